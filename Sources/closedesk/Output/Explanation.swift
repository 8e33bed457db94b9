import ClosureModel
import Compose

/// One text's reading for a person: the text with its marks, what was made of it and why.
struct Explanation {
  let catalog: FindingCatalog
  let locale: Locale
  let style: Style
  let reveal: Bool
  private var zh: Bool { locale == .zhCN }
  private static let width = 12

  func lines(id: String?, policy: Policy, text: String, reading: TextReading) -> [String] {
    let marked = MarkedText(text, reading, reveal: reveal)
    var out = [style.bold([id.map { "── \($0)" }, policy.label].compactMap(\.self).joined(separator: "  "))]
    out += body(marked).map { "  │ " + $0 }
    out.append("  " + legend())
    let consent = reading.consent
    out.append(
      row(zh ? "同意声明" : "consent", colour(consent.label, ReadingWords.consent(consent.label)) + "  " + consent.code))
    out.append(row(zh ? "说话人" : "speaker", ReadingWords.speaker(consent.speaker, locale)))
    out.append(row(zh ? "理由" : "reason", ReadingWords.reason(consent, catalog, locale)))
    out += declarations(reading, marked)
    for (name, contacts) in [(zh ? "邮箱" : "e-mail", reading.emails), (zh ? "电话" : "phone", reading.phones)] {
      for contact in contacts { out.append(row(name, line(contact))) }
    }
    for number in reading.identityNumbers { out.append(row(zh ? "证件号" : "id number", line(number))) }
    return out
  }

  // MARK: The text

  /// The text's lines. Colours end with their line; brackets may span several.
  private func body(_ text: MarkedText) -> [String] {
    var whole = ""
    for piece in text.pieces {
      guard style.colours else {
        let (open, close) = Self.brackets(piece.mark)
        whole += open + Self.withoutBrackets(piece.text) + close
        continue
      }
      whole += piece.text.split(separator: "\n", omittingEmptySubsequences: false).map { paint(piece.mark, String($0)) }
        .joined(separator: "\n")
    }
    var lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.count > 1, lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  private static func brackets(_ mark: MarkedText.Mark) -> (String, String) {
    switch mark {
    case .none: ("", "")
    case .statement: ("⟦", "⟧")
    case .against: ("⟪", "⟫")
    }
  }

  /// The text's own brackets of these kinds are no marks of ours.
  private static func withoutBrackets(_ text: String) -> String {
    text.contains { "⟦⟧⟪⟫".contains($0) } ? String(text.map { "⟦⟧⟪⟫".contains($0) ? "\u{FFFD}" : $0 }) : text
  }

  private func paint(_ mark: MarkedText.Mark, _ text: String) -> String {
    if text.isEmpty { return text }
    return switch mark {
    case .none: text
    case .statement: style.green(text)
    case .against: style.red(text)
    }
  }

  private func legend() -> String {
    let (statement, against) =
      zh ? ("支持声明的文字", "反对声明的文字") : ("words that speak for the statement", "words that speak against it")
    return style.colours
      ? style.green(statement) + "  " + style.red(against)
      : style.dim("⟦…⟧ \(statement)  ⟪…⟫ \(against)")
  }

  // MARK: What was read

  private func declarations(_ reading: TextReading, _ text: MarkedText) -> [String] {
    var out: [String] = []
    for (name, statement) in [
      (zh ? "放弃余额" : "balance", reading.balanceWaiver), (zh ? "放弃资源" : "resources", reading.resourceWaiver),
      (zh ? "撤回申请" : "withdrawal", reading.withdrawal), (zh ? "要求注销" : "closing", reading.closingRequest),
    ] where statement.label != .denied {
      let words = statement.evidence.compactMap(\.span).map { "“\(quoted(text.words($0)))”" }
      let label = colour(statement.label, ReadingWords.declaration(statement.label))
      out.append(
        row(name, ([label] + words + [ReadingWords.reason(statement, catalog, locale)]).joined(separator: "  ")))
    }
    return out
  }

  private static let longestQuote = 80
  private func quoted(_ words: String) -> String {
    words.count > Self.longestQuote ? words.prefix(Self.longestQuote) + "…" : words
  }

  private func line(_ contact: ContactReading) -> String {
    let ext = contact.ext.map { (zh ? "转 " : "ext. ") + $0 }
    let owner =
      switch contact.owner {
      case .applicant: zh ? "申请人的" : "the applicant's"
      case .agent: zh ? "客服的" : "the agent's"
      case .unknown: zh ? "归属不明" : "whose is not known"
      }
    let suggestion = contact.suggestion.map { (zh ? "可能是 " : "perhaps ") + masked($0) }
    let status =
      switch contact.status {
      case .valid: style.green(contact.status.rawValue)
      case .suspect: style.yellow(contact.status.rawValue)
      case .invalid: style.red(contact.status.rawValue)
      }
    return [masked(contact.value), ext, status, owner, suggestion].compactMap(\.self).joined(separator: "  ")
  }

  private func line(_ number: IdentityNumberReading) -> String {
    let value = reveal ? number.value : Masking.identifier(number.value)
    let valid = number.valid ? style.green("valid") : style.red("invalid")
    return [value, number.kind.rawValue, valid, number.why.map(masked)].compactMap(\.self).joined(separator: "  ")
  }

  private func masked(_ value: String) -> String {
    if reveal { return value }
    let masked = Masking.text(value)
    // No pattern found it (一三八…): still nobody's business.
    return masked == value ? Masking.identifier(value) : masked
  }

  private func row(_ name: String, _ text: String) -> String {
    "  " + style.dim(Columns.padded(name, to: Self.width)) + text
  }

  private func colour(_ label: StatementReading.Label, _ text: String) -> String {
    switch label {
    case .affirmed: style.green(text)
    case .denied: style.red(text)
    case .unclear: style.yellow(text)
    }
  }
}
