import ClosureModel

/// 实名类型 to `ApplicantKind`, by the spellings of the policy.
struct KindRule: Sendable {
  private let spellings: [String: ApplicantKind]
  private let recent = RecentAnswers<String, ApplicantKind?>()

  init(_ policy: Policy) {
    var spellings: [String: ApplicantKind] = [:]
    var torn: Set<String> = []
    for (spelling, kind) in policy.applicantKinds {
      let key = Fold.simple(spelling)
      if let other = spellings.updateValue(kind, forKey: key), other != kind { torn.insert(key) }
    }
    // The loader refuses such a policy; one built by hand knows the spelling no more.
    for key in torn { spellings[key] = nil }
    self.spellings = spellings
  }

  /// - Parameter folded: a cell's text.
  func kind(_ folded: String) -> ApplicantKind? {
    recent.answer(folded, of: folded) { MissingValue.stands(in: folded) ? nil : spellings[folded] }
  }

  func judge(_ ticket: Ticket, _ fields: FoldedFields) -> (ApplicantKind?, Finding) {
    let folded = fields.kind.isEmpty ? Fold.simple(ticket.declaredKind) : fields.kind
    let cell = Evidence(.column(.kind), quote: ticket.declaredKind)
    // A policy may not take a missing value for a kind.
    guard let kind = kind(folded) else {
      return (nil, Finding(.kindUnknown, .applicantKind, .doubtful, evidence: [cell]))
    }
    return (kind, Finding(.kindKnown, .applicantKind, .satisfied, evidence: [cell]))
  }
}
