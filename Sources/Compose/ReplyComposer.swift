public import ClosureModel
import Mustache

/// Decision and template to reply. Templates are read and checked once, before the first ticket.
public struct ReplyComposer: Sendable {
  private let policy: Policy
  private let locale: Locale
  private let templates: [Outcome: TemplateFile]
  private let asks: [FindingCode: Ask]
  private let catalog: FindingCatalog
  private let now: Timestamp?
  private let patterns = ReplyPatterns()

  /// What is asked of the customer for a finding: always the same words, but where it names a suggestion.
  private enum Ask: Sendable {
    case fixed(String)
    case suggesting(MustacheTemplate)
  }

  /// - Parameters:
  ///   - now: a reply that is written later than its deadline does not promise it; `nil`: every deadline is promised.
  ///   - templates: gives the file name and the text of `jdcloud/incomplete` in a language.
  public init(
    policy: Policy, catalog: FindingCatalog, locale: Locale, now: Timestamp? = nil,
    templates: (String, Locale) -> (file: String, text: String)?
  ) throws(ComposeError) {
    self.policy = policy
    self.locale = locale
    self.catalog = catalog
    self.now = now
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
    var open: [Finding] = []
    var unchecked: [String] = []
    for finding in decision.findings {
      switch finding.verdict {
      case .satisfied: break
      case .notApplicable: if isCondition(finding.requirement), let text = ask(finding) { unchecked.append(text) }
      case .missing, .unusable, .contradicted, .doubtful: open.append(finding)
      }
    }
    var values = ReplyValues(
      ticket: Inserted.clean(ticket.id.rawValue), account: Inserted.account(of: ticket),
      submitted: ticket.submittedAt.map { DateText.day($0, locale) },
      due: decision.due.map { DateText.hour($0, locale) },
      items: lines(open.filter { !isCondition($0.requirement) }, decision.outcome),
      blocks: lines(open.filter { isCondition($0.requirement) }, decision.outcome), unchecked: unchecked)
    let inTime = written(values, template, decision.outcome)
    var late: Reply.Words?
    if template.tellsOverdue, let due = decision.due, let now, due < now {
      values.isOverdue = true
      late = written(values, template, decision.outcome)
    }
    let words = late ?? inTime
    return Reply(
      template: name, locale: locale, subject: words.subject, body: words.body, format: template.format,
      inTime: late.map { _ in inTime })
  }

  private func written(_ values: ReplyValues, _ template: TemplateFile, _ outcome: Outcome) -> Reply.Words {
    // In HTML a value is written otherwise than it is.
    guard template.format == .text else { return render(values, template) }
    let shape = values.shape(outcome)
    switch patterns[shape] {
    case .pattern(let pattern)?: return pattern.fill(values.all)
    case .unfit?: return render(values, template)
    case nil:
      let rendered = render(values, template)
      // Kept only where it says to the byte what the template says.
      if let pattern = ReplyPattern(marked: render(values.marked, template)), pattern.fill(values.all) == rendered {
        patterns[shape] = .pattern(pattern)
      } else {
        patterns[shape] = .unfit
      }
      return rendered
    }
  }

  private func render(_ values: ReplyValues, _ template: TemplateFile) -> Reply.Words {
    func numbered(_ texts: [String]) -> [Values] {
      texts.enumerated().map { Values(["number": String($0 + 1), "text": $1]) }
    }
    var all: [String: Any] = [
      "ticket": values.ticket, "working_days": String(policy.deadline.workingDays),
      "notice": policy.notice.title, "letter": policy.letter?.titles.first ?? "", "provider": policy.provider,
      "items": numbered(values.items), "has_items": !values.items.isEmpty, "blocks": numbered(values.blocks),
      "unchecked": values.unchecked.map { Values(["text": $0]) }, "has_unchecked": !values.unchecked.isEmpty,
      "overdue": values.isOverdue,
    ]
    if let account = values.account { all["account"] = account }
    if let submitted = values.submitted { all["submitted"] = submitted }
    if let due = values.due { all["due"] = due }
    return Reply.Words(subject: template.subject.render(Values(all)), body: template.body.render(Values(all)))
  }

  private func isCondition(_ requirement: Requirement) -> Bool { policy.condition(requirement) != nil }

  /// What a finding asks for, each text once.
  private func lines(_ findings: [Finding], _ outcome: Outcome) -> [String] {
    guard outcome == .incomplete || outcome == .ineligible else { return [] }
    var texts: [String] = []
    for finding in findings {
      if let text = ask(finding), !texts.contains(text) { texts.append(text) }
    }
    return texts
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
  /// - Returns: masked; `nil` where the ticket names none.
  static func account(of ticket: Ticket) -> String? {
    let text = clean(ticket.account)
    return MissingValue.stands(in: text) ? nil : Masking.identifier(text)
  }

  static func clean(_ text: String) -> String {
    // Most have nothing to be taken out: ASCII, and no longer than what is kept.
    if text.utf8.count <= 200, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
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
