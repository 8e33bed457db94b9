public enum Outcome: String, Sendable, Hashable, CaseIterable {
  case accepted, incomplete, ineligible, review, withdrawn
  case outOfScope = "out_of_scope"
}

/// Why a proof could not be built. Each is a broken promise of the caller or a reason to look again, never a default.
public enum AcceptanceRefused: Error, Sendable, Hashable {
  /// The policy lists nothing for this kind of applicant.
  case noRequirements
  case notSatisfied(Finding)
  case unexamined(Requirement)
}

/// Proof that every requirement of a policy is met: the only way to an accepting `Decision`.
/// Not `Codable`, so no stored row can forge it.
public struct AcceptanceProof: Sendable, Hashable {
  public let findings: [Finding]

  /// - Parameter findings: everything that was found about the ticket. Each must be satisfied by evidence; a condition
  ///   that the policy puts off (`whenAbsent: later`) may be `notApplicable`, a condition that it only notes
  ///   (`note`) may be anything but doubtful.
  public init(policy: Policy, applicant: ApplicantKind, findings: [Finding]) throws(AcceptanceRefused) {
    let required = policy.requirements(for: applicant)
    guard !required.isEmpty else { throw .noRequirements }
    for finding in findings {
      guard !finding.evidence.isEmpty, Self.allows(finding, policy) else { throw .notSatisfied(finding) }
    }
    for requirement in required where !findings.contains(where: { $0.requirement == requirement }) {
      throw .unexamined(requirement)
    }
    self.findings = findings
  }

  static func allows(_ finding: Finding, _ policy: Policy) -> Bool {
    switch finding.verdict {
    case .satisfied: return true
    case .notApplicable:
      // Only a condition can be put off, and only where the policy says so and the export has no such column.
      guard let condition = policy.condition(finding.requirement), condition.whenAbsent == .later else { return false }
      return finding.code.rawValue.hasSuffix(".unchecked")
    case .contradicted:
      guard let condition = policy.condition(finding.requirement) else { return false }
      switch finding.code {
      case .balanceWaived: return condition.whenWaived == .note
      case .balanceWaiverUnclear: return false
      default: return condition.whenTrue == .note
      }
    case .missing, .unusable, .doubtful: return false
    }
  }
}

/// What is to be done with a ticket, and why.
public struct Decision: Sendable, Hashable {
  public enum Judgement: Sendable, Hashable {
    case accepted(AcceptanceProof)
    /// A person's word in place of a proof.
    case acceptedByPerson(PersonalAcceptance)
    case incomplete, ineligible, review, withdrawn, outOfScope
  }
  public let judgement: Judgement
  /// In the order of the report; never empty.
  public let findings: [Finding]
  /// `nil` where 实名类型 could not be read.
  public let applicant: ApplicantKind?
  /// By when the provider promises an answer; `nil` when the calendar does not cover it or the submission time is unknown.
  public let due: Timestamp?

  public init(judgement: Judgement, findings: [Finding], applicant: ApplicantKind?, due: Timestamp?) {
    self.judgement = judgement
    self.findings = findings
    self.applicant = applicant
    self.due = due
  }

  public var outcome: Outcome {
    switch judgement {
    case .accepted, .acceptedByPerson: .accepted
    case .incomplete: .incomplete
    case .ineligible: .ineligible
    case .review: .review
    case .withdrawn: .withdrawn
    case .outOfScope: .outOfScope
    }
  }
}

public enum Locale: String, Sendable, Hashable, CaseIterable {
  case zhCN = "zh-CN"
  case en
}

/// The answer to the customer, ready to be sent; unmasked.
public struct Reply: Sendable, Hashable {
  public enum Format: String, Sendable, Hashable { case text, html }
  public struct Words: Sendable, Hashable {
    public let subject: String
    public let body: String
    public init(subject: String, body: String) {
      self.subject = subject
      self.body = body
    }
  }
  /// `jdcloud/incomplete`.
  public let template: String
  public let locale: Locale
  public let subject: String
  public let body: String
  public let format: Format
  /// What the reply would say had its deadline not passed; `nil`: it has not. The reply's key follows from these, so that
  /// the passing of a day makes no other reply.
  public let inTime: Words?
  public init(
    template: String, locale: Locale, subject: String, body: String, format: Format = .text, inTime: Words? = nil
  ) {
    self.template = template
    self.locale = locale
    self.subject = subject
    self.body = body
    self.format = format
    self.inTime = inTime
  }
}

/// SHA-256 over what the customer and the account facts say, not over status or times: our own answer changes those.
public struct Revision: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// `sha256:` and 64 hex digits.
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }
}

/// One ticket's way through the run: what `--output` prints and the ledger keeps.
public struct CaseFile: Sendable, Hashable {
  public let ticket: Ticket
  public let revision: Revision
  /// `Policy.label`.
  public let policy: String
  public let decision: Decision
  /// `nil` for outcomes that are not answered.
  public let reply: Reply?
  /// What was seen of the files that the ticket lists.
  public let files: [AttachmentFact]
  /// Files were opened and looked at, which takes time.
  public let hasExaminedFiles: Bool
  public init(
    ticket: Ticket, revision: Revision, policy: String, decision: Decision, reply: Reply?,
    files: [AttachmentFact] = [], hasExaminedFiles: Bool = false
  ) {
    self.ticket = ticket
    self.revision = revision
    self.policy = policy
    self.decision = decision
    self.reply = reply
    self.files = files
    self.hasExaminedFiles = hasExaminedFiles
  }
}
