public import ClosureModel

/// What the parts of a reading are called: the labels of the contract, and speakers and reasons in words.
public enum ReadingWords {
  public static func consent(_ label: StatementReading.Label) -> String {
    switch label {
    case .affirmed: "consented"
    case .denied: "not_consented"
    case .unclear: "unclear"
    }
  }

  public static func declaration(_ label: StatementReading.Label) -> String {
    switch label {
    case .affirmed: "declared"
    case .denied: "not_declared"
    case .unclear: "unclear"
    }
  }

  public static func speaker(_ speaker: StatementReading.Speaker?, _ locale: Locale) -> String {
    let zh = locale == .zhCN
    return switch speaker {
    case nil: zh ? "无（没有这类文字）" : "nobody (nothing of the kind is said)"
    case .applicant: zh ? "申请人本人" : "the applicant"
    case .agent: zh ? "客服或工作人员" : "an agent of the provider"
    case .history: zh ? "以前的邮件或往来记录" : "an earlier mail or message"
    case .quoted: zh ? "引用、模板或未勾选的选项" : "a quotation, a template or an empty box"
    case .other: zh ? "他人" : "somebody else"
    }
  }

  /// One sentence for a reviewer. The reader's own sentences are Chinese; in English the words of the finding codes, and
  /// of the table below for codes that are no findings, are used.
  public static func reason(_ statement: StatementReading, _ catalog: FindingCatalog, _ locale: Locale) -> String {
    guard locale == .en else { return statement.reason }
    guard let code = FindingCode(rawValue: statement.code) else {
      return declarations[statement.code] ?? statement.reason
    }
    let message = catalog.message(code, .en)
    return statement.label == .unclear && saysSo[code] == nil
      ? message + " It cannot be told for certain; a person decides." : message
  }

  /// Messages that tell of the doubt themselves.
  private static let saysSo: [FindingCode: Bool] = [.consentUnclear: true, .consentDelayed: true]

  private static let declarations = [
    "declared": "The applicant declares it.",
    "not_declared": "Nothing of the kind is declared.",
    "negated": "The applicant says the contrary.",
    "unclear": "A condition, a negation, a question or somebody else's words stand beside it; a person decides.",
    "paused": "The applicant asks to wait or to pause; a person decides.",
    "mixed": "The text asks for the closing and for something else; a person decides.",
    "other_request": "The applicant asks for something else.",
    "no_sign": "Whether the closing is asked for cannot be told.",
  ]
}
