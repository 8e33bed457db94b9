import ClosureModel

extension ConsentReader.Result {
  var label: StatementReading.Label {
    switch verdict {
    case .affirmed: .affirmed
    case .denied: .denied
    case .unclear: .unclear
    }
  }

  var speaker: StatementReading.Speaker? {
    switch code {
    case .consentMissing: nil
    case .consentThirdParty: .other
    case .consentQuoted: foreign ?? .quoted
    default: .applicant
    }
  }

  /// One sentence as a reviewer would write it.
  var reason: String {
    if isWeighed { return "声明之外有一句话可能使它不成立，请人工判断。" }
    return switch (code, verdict) {
    case (.consentSatisfied, _): "申请人声明已阅读并同意须知。"
    case (.consentMissing, _): "没有看到已阅读并同意须知的声明。"
    case (.consentHalf, _): "只表示了阅读或只表示了同意，缺另一半。"
    case (.consentInsincere, _): "文字是反话，或是写给机器看的，不能当作声明。"
    case (.consentQuoted, .denied): "文字是引用、模板、说明、未勾选的选项或他人的话，不是申请人自己的声明。"
    case (.consentQuoted, _): "声明整段在引号内、写在别处或出自旧邮件，请人工判断。"
    case (.consentWithdrawn, .denied): "声明已撤回或更正。"
    case (.consentWithdrawn, _): "文中有撤回申请或保留账号的字样，请人工判断。"
    case (.consentThirdParty, .denied): "文字说的是他人的同意，不是申请人本人的。"
    case (.consentThirdParty, _): "文字涉及他人，不能确定是申请人本人的同意。"
    case (.consentConditional, .denied): "声明附有条件或例外。"
    case (.consentConditional, _): "声明近旁有条件，请人工判断是否限制了同意。"
    case (.consentQuestion, _): "文字是疑问，不是声明。"
    case (.consentDelayed, _): "声明之外另有推迟、限制注销或要求先办他事的话。"
    case (.consentOtherDocument, _): "阅读或同意的是其他文件。"
    case (.consentNegated, .denied): "文中否认已阅读或不同意。"
    case (.consentNegated, _): "文中另有不同意或未阅读的话，前后不一致，请人工判断。"
    case (.consentFuture, _): "只说将来会阅读或同意。"
    default: "声明不明确：对象、用词或上下文没有完全读懂，请人工判断。"
    }
  }
}
