public import ClosureModel

extension Timestamp {
  /// Saturday 2026-11-21, 10:00 China Standard Time.
  public static let sample = Timestamp(epochSeconds: 1_795_226_400)
}

extension Ticket {
  /// An invented ticket whose applicant left everything that is asked for.
  public static func sample(_ id: String = "T-1001", body: String = "本人已阅读并同意《京东云账户注销须知》") -> Ticket {
    Ticket(
      id: ID(id), origin: Origin(file: "export.csv", row: 2), category: "账号与认证", subject: "申请注销账号", body: body,
      submittedAt: .sample, status: "处理中", account: "jd_sample", declaredKind: "个人实名",
      contactEmail: "li.lei@example.com", contactPhone: "138 0013 8000")
  }
}

extension CaseRecord {
  /// A decision and its reply. The key follows from ticket, revision and outcome, as the real one does.
  /// - Parameter answered: `false` for a decision that no reply follows from.
  public static func sample(
    _ ticket: String = "T-1001", revision: String = "a", policyID: String = "jdcloud", outcome: Outcome = .incomplete,
    due: Timestamp? = nil, answered: Bool = true, asOf: Timestamp? = nil
  ) -> CaseRecord {
    let entry = OutboxEntry(
      key: .sample(ticket, revision: revision, policyID: policyID, outcome: outcome), ticket: Ticket.ID(ticket),
      outcome: outcome, payload: Array(#"{"ticket":"\#(ticket)","revision":"\#(revision)"}"#.utf8), asOf: asOf)
    return CaseRecord(
      ticket: Ticket.ID(ticket), revision: Revision(rawValue: "sha256:\(revision)"), policy: "\(policyID)@2026-01-15",
      policyID: policyID, outcome: outcome, line: #"{"ticket":"\#(ticket)","outcome":"\#(outcome.rawValue)"}"#,
      due: due, entry: answered ? entry : nil, asOf: asOf)
  }
}

extension Authorship {
  public static let sample = Authorship(who: "li", why: "mended")
}

extension IdempotencyKey {
  public static func sample(
    _ ticket: String = "T-1001", revision: String = "a", policyID: String = "jdcloud", outcome: Outcome = .incomplete
  ) -> IdempotencyKey {
    IdempotencyKey(rawValue: "cd_\(policyID)_\(ticket)_\(revision)_\(outcome.rawValue)")
  }
}
