public import ClosureModel
import Mustache

/// Decision and template to reply. Templates are read and checked once, before the first ticket.
public struct ReplyComposer: Sendable {
  private let policy: Policy
  private let locale: Locale
  private let templates: [Outcome: TemplateFile]
  private let asks: [FindingCode: Ask]
  private let catalog: FindingCatalog

  /// What is asked of the customer for a finding: always the same words, but where it names a suggestion.
  private enum Ask: Sendable {
    case fixed(String)
    case suggesting(MustacheTemplate)
  }

  /// - Parameter templates: gives the file name and the text of `jdcloud/incomplete` in a language.
  public init(
    policy: Policy, catalog: FindingCatalog, locale: Locale,
    templates: (String, Locale) -> (file: String, text: String)?
  ) throws(ComposeError) {
    self.policy = policy
    self.locale = locale
    self.catalog = catalog
    var compiled: [Outcome: TemplateFile] = [:]
    for (outcome, name) in policy.replies {
      guard let (file, text) = templates(name, locale) else {
        throw ComposeError(
          file: "Templates/replies/\(locale.rawValue)/\(name).txt", what: "the template is missing",
          fix: "Add it, or mend replies: in the policy \(policy.label).")
      }
      compiled[outcome] = try TemplateFile(file: file, text: text, .reply(outcome))
    }
    self.templates = compiled
    self.asks = try Self.asks(catalog, locale, policy)
  }

  private static func asks(_ catalog: FindingCatalog, _ locale: Locale, _ policy: Policy) throws(ComposeError)
    -> [FindingCode: Ask]
  {
    var out: [FindingCode: Ask] = [:]
    let file = catalog.files[locale] ?? locale.rawValue
    for code in FindingCode.allCases {
      guard let entry = catalog.entries[locale]?[code], let ask = entry.ask else { continue }
      let tags = TemplateCheck.tags(in: ask)
      for tag in tags where !["notice", "letter", "suggestion"].contains(tag.value?.name ?? "") {
        throw ComposeError(
          file: file, line: entry.line,
          what: "unknown placeholder “\(tag.value?.name ?? "{{")” in the ask of \(code.rawValue)",
          fix: "Known: notice, letter, suggestion.")
      }
      do {
        let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + ask)
        out[code] =
          tags.contains { $0.value?.name == "suggestion" }
          ? .suggesting(template) : .fixed(template.render(Values(names(policy))))
      } catch {
        throw ComposeError(file: file, line: entry.line, what: "no valid ask: \(error)", fix: "Mend its placeholders.")
      }
    }
    return out
  }

  private static func names(_ policy: Policy) -> [String: Any] {
    ["notice": policy.notice.title, "letter": policy.letter?.titles.first ?? ""]
  }

  private func ask(_ finding: Finding) -> String? {
    switch asks[finding.code] {
    case nil: return nil
    case .fixed(let text): return text
    case .suggesting(let template):
      var values = Self.names(policy)
      if let suggestion = finding.suggestion { values["suggestion"] = Inserted.clean(suggestion) }
      return template.render(Values(values))
    }
  }

  public var formats: Set<Reply.Format> { Set(templates.values.map(\.format)) }

  /// - Returns: `nil` for outcomes that are not answered.
  public func reply(to ticket: Ticket, _ decision: Decision) throws(ComposeError) -> Reply? {
    guard let template = templates[decision.outcome], let name = policy.replies[decision.outcome] else { return nil }
    let format = template.format
    func clean(_ text: String) -> String { Inserted.clean(text) }
    let open = decision.findings.filter { ![.satisfied, .notApplicable].contains($0.verdict) }
    let blocks = lines(open.filter { isCondition($0.requirement) }, decision.outcome)
    let items = lines(open.filter { !isCondition($0.requirement) }, decision.outcome)
    let unchecked = decision.findings.filter { $0.verdict == .notApplicable && isCondition($0.requirement) }
      .compactMap { finding in ask(finding).map { Values(["text": $0]) } }
    var values: [String: Any] = [
      "ticket": clean(ticket.id.rawValue), "account": Masking.identifier(clean(ticket.account)),
      "working_days": String(policy.deadline.workingDays), "notice": policy.notice.title,
      "letter": policy.letter?.titles.first ?? "", "provider": policy.provider, "items": items,
      "has_items": !items.isEmpty, "blocks": blocks, "unchecked": unchecked, "has_unchecked": !unchecked.isEmpty,
    ]
    if let submitted = ticket.submittedAt { values["submitted"] = DateText.day(submitted, locale) }
    if let due = decision.due { values["due"] = DateText.hour(due, locale) }
    return Reply(
      template: name, locale: locale, subject: template.subject.render(Values(values)),
      body: template.body.render(Values(values)),
      format: format)
  }

  private func isCondition(_ requirement: Requirement) -> Bool { policy.condition(requirement) != nil }

  /// One numbered line a finding, each text once.
  private func lines(_ findings: [Finding], _ outcome: Outcome) -> [Values] {
    guard outcome == .incomplete || outcome == .ineligible else { return [] }
    var texts: [String] = []
    for finding in findings {
      if let text = ask(finding), !texts.contains(text) { texts.append(text) }
    }
    return texts.enumerated().map { Values(["number": String($0 + 1), "text": $1]) }
  }
}

/// What placeholders stand for. A type of its own: asked whether a dictionary has names, the template engine would look
/// through the conformances of its parameters each time, which costs more than the rest of the reply.
struct Values: MustacheParent {
  private let values: [String: Any]
  init(_ values: [String: Any]) { self.values = values }
  func child(named: String) -> Any? { values[named] }
}

/// Text of a customer's on its way into a reply: no line ends, control or direction characters that could fake a line of
/// ours, and a bounded length.
enum Inserted {
  static func clean(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: false
      default: true
      }
    }
    return String(String.UnicodeScalarView(kept.prefix(200)))
  }
}

/// Dates as replies write them, in China Standard Time.
enum DateText {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static func day(_ time: Timestamp, _ locale: Locale) -> String {
    let (year, month, day) = time.day().components
    return locale == .zhCN ? "\(year)年\(month)月\(day)日" : "\(day) \(months[month - 1]) \(year)"
  }

  static func hour(_ time: Timestamp, _ locale: Locale) -> String {
    let seconds = Int(time.epochSeconds + Int64(Timestamp.chinaOffset)) % 86_400
    let minute = seconds / 60 % 60
    let clock = "\(seconds / 3600):\(minute < 10 ? "0" : "")\(minute)"
    return locale == .zhCN ? "\(day(time, locale)) \(clock)" : "\(clock) (UTC+8) on \(day(time, locale))"
  }
}
