import ClosureModel

/// What people of the team wrote in a ticket: never the customer's statement, but reason enough to stop: 客户来电撤回申请,
/// 疑似盗号，勿处理.
struct ColleagueNotes {
  let vocabulary: Vocabulary

  /// - Returns: the first clause that says to stop.
  func stop(in page: Page) -> Range<Int>? {
    let stated = vocabulary.stated
    return page.script.clauses.first { clause in
      let words = page.text.scalars[clause.range]
      let stops =
        stated.isIn(words, .stop) || stated.isIn(words, .takenBack) && stated.isIn(words, .customer)
      return stops && clause.end != .question && !stated.isIn(words, .supposed)
    }?.range
  }

  /// A part of a conversation that says nothing but that.
  static func reading(_ evidence: Evidence) -> TextReading {
    let none = StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
    return TextReading(
      consent: StatementReading(
        label: .denied, code: FindingCode.consentMissing.rawValue, evidence: [], reason: "不是客户的话。"),
      balanceWaiver: none, resourceWaiver: none,
      withdrawal: StatementReading(
        label: .unclear, code: "unclear", evidence: [evidence], reason: "客服或同事的话叫停了这张工单，请人工判断。"),
      closingRequest: StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "看不出是否要求注销账号。"),
      emails: [], phones: [], identityNumbers: [], accounts: [])
  }
}
