public import ClosureModel
import Foundation

/// A ticket whose earlier decision stands.
public struct StandingCase: Sendable, Hashable {
  public let ticket: Ticket
  public let decision: EarlierDecision
  /// Reasons that stood in the way of an accept.
  public let codes: [FindingCode]
  init(ticket: Ticket, decision: EarlierDecision, codes: [FindingCode]) {
    self.ticket = ticket
    self.decision = decision
    self.codes = codes
  }
}

/// Tells whether an earlier decision on a ticket stands, so that its files need not be opened and read again.
///
/// A decision follows from the ticket, its files, the policy, the word lists, the program and the recogniser; neither the
/// clock nor chance comes in. So it stands while all of these are the same: the revision covers ticket and files, `basis`
/// the rest. Two exceptions:
/// - What rests on something that was out of order (no recogniser, a decoder that could not be had or died) is looked at
///   again: it may go well this time.
/// - What a person decided stands while the revision is the same, whatever else changed.
///
/// Asked for tickets alone whose files would be opened; reading a text again is cheaper than asking.
public struct StandingDecisions: Sendable {
  private let ledger: any EarlierDecisions
  private let policy: Policy
  public let basis: String

  /// - Parameter basis: a digest of whatever decisions follow from besides the ticket.
  public init(ledger: any EarlierDecisions, policy: Policy, basis: String) {
    self.ledger = ledger
    self.policy = policy
    self.basis = basis
  }

  /// Findings that another look may change though nothing else did.
  static let passing: Set<FindingCode> = [
    .letterNotRead, .attachmentNotOpened, .attachmentOverLimit,
  ]

  func decision(on ticket: Ticket.ID, _ revision: Revision) throws(StoreError) -> EarlierDecision? {
    guard let earlier = try ledger.latest(of: ticket, policyID: policy.id), earlier.revision == revision else {
      return nil
    }
    if earlier.isByPerson { return earlier }
    guard earlier.basis == basis, earlier.policy == policy.label, !earlier.isDisplaced,
      let codes = Self.findings(earlier.line), codes.allSatisfy({ !Self.passing.contains($0.code) })
    else { return nil }
    return earlier
  }

  private struct Line: Decodable {
    struct Finding: Decodable {
      let code: String
      let verdict: String
    }
    let findings: [Finding]
  }

  /// - Returns: nil for a line that is not ours to read, or that names a code unknown to us.
  private static func findings(_ line: String) -> [(code: FindingCode, verdict: Verdict)]? {
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else { return nil }
    var out: [(FindingCode, Verdict)] = []
    for finding in line.findings {
      guard let code = FindingCode(rawValue: finding.code), let verdict = Verdict(rawValue: finding.verdict) else {
        return nil
      }
      out.append((code, verdict))
    }
    return out
  }

  /// The reasons of a line, for counting.
  static func codes(_ line: String) -> [FindingCode] {
    (findings(line) ?? []).filter { ![.satisfied, .notApplicable].contains($0.verdict) }.map(\.code)
  }
}
