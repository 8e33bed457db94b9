public import ClosureModel
import Mustache

/// One reply template: `subject:` line, `---`, body; Mustache tags.
struct TemplateFile: Sendable {
  let subject: MustacheTemplate
  let body: MustacheTemplate
  let format: Reply.Format
  /// It says something else once the deadline has passed.
  let tellsOverdue: Bool

  init(file: String, text: String, _ kind: TemplateKind) throws(ComposeError) {
    let problems = TemplateCheck.check(file: file, text: text, kind)
    if let first = problems.first { throw first }
    let parts = Self.parts(text)
    tellsOverdue = TemplateCheck.tags(in: text).contains { $0.value?.name == "overdue" }
    format = file.hasSuffix(".html") ? .html : .text
    // Values are cleaned for their format before they are put in; Mustache must not escape plain text for HTML.
    let type = format == .html ? "" : "{{% CONTENT_TYPE:TEXT}}"
    do {
      subject = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + (parts?.subject ?? ""))
      body = try MustacheTemplate(string: type + (parts?.body ?? ""))
    } catch {
      throw ComposeError(
        file: file, what: "no valid template: \(error)", fix: "Close every {{#section}} with {{/section}}.")
    }
  }

  /// The subject line and the body; `nil` when there is no subject line or no `---`.
  static func parts(_ text: String) -> (subject: String, body: String)? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = lines.first, first.isEmpty || first.hasPrefix("{{!") { lines = lines.dropFirst() }
    guard let head = lines.first, head.hasPrefix("subject: "), lines.dropFirst().first == "---" else { return nil }
    var body = lines.dropFirst(2).joined(separator: "\n")
    while body.hasSuffix("\n") { body.removeLast() }
    return (String(head.dropFirst("subject: ".count)), body + "\n")
  }
}

/// What a template is for.
public enum TemplateKind: Sendable, Hashable {
  case reply(Outcome)
  /// Around a reply, for the customer's security e-mail.
  case mail

  /// Names that it may use.
  var known: Set<String> {
    switch self {
    case .reply:
      [
        "ticket", "account", "submitted", "due", "overdue", "working_days", "notice", "letter", "provider", "items",
        "has_items", "blocks", "unchecked", "has_unchecked", "number", "text",
      ]
    case .mail: ["ticket", "account", "provider", "subject", "body"]
    }
  }

  /// Names that it must use: without them the customer would not learn what to do.
  var required: [String] {
    switch self {
    case .reply(.accepted): ["ticket", "due", "working_days", "unchecked"]
    case .reply(.incomplete): ["ticket", "items"]
    case .reply(.ineligible): ["ticket", "blocks", "items"]
    case .reply(.withdrawn): ["ticket"]
    case .reply(.review), .reply(.outOfScope): []
    case .mail: ["ticket", "body"]
    }
  }

  var name: String {
    switch self {
    case .reply(let outcome): "A reply for \(outcome.rawValue)"
    case .mail: "A mail"
    }
  }
}

/// Looks for mistakes that Mustache itself passes over in silence.
public enum TemplateCheck {
  /// - Returns: unknown placeholders, required ones that are not used, sections left open, a missing subject; empty: in order.
  public static func check(file: String, text: String, _ kind: TemplateKind) -> [ComposeError] {
    var problems: [ComposeError] = []
    if TemplateFile.parts(text) == nil {
      problems.append(
        ComposeError(
          file: file, line: 1, what: "no subject", fix: "Begin with `subject: …`, then a line `---`, then the body."))
    }
    var used: Set<String> = []
    var open: [(name: String, line: Int)] = []
    for tag in tags(in: text) {
      guard let tag = tag.value else {
        problems.append(
          ComposeError(file: file, line: tag.line, what: "a {{ is not closed", fix: "Write }} behind the name."))
        continue
      }
      guard tag.kind != "!" else { continue }
      guard kind.known.contains(tag.name) else {
        problems.append(
          ComposeError(
            file: file, line: tag.line, what: "unknown placeholder “\(tag.name)”",
            fix: "Known: \(kind.known.sorted().joined(separator: ", "))."))
        continue
      }
      used.insert(tag.name)
      if tag.kind == "#" || tag.kind == "^" { open.append((tag.name, tag.line)) }
      if tag.kind == "/" {
        if open.last?.name == tag.name {
          open.removeLast()
        } else {
          problems.append(
            ComposeError(file: file, line: tag.line, what: "“{{/\(tag.name)}}” closes nothing", fix: "Open it first."))
        }
      }
    }
    for section in open {
      problems.append(
        ComposeError(
          file: file, line: section.line, what: "the section “\(section.name)” is not closed",
          fix: "Add {{/\(section.name)}}."))
    }
    for name in kind.required where !used.contains(name) {
      problems.append(
        ComposeError(
          file: file, what: "the placeholder “\(name)” is not used", fix: "\(kind.name) needs it."))
    }
    return problems
  }

  struct Tag {
    let kind: Character?
    let name: String
    let line: Int
  }

  /// Every tag of a template; a value of `nil` is a `{{` without its end.
  static func tags(in text: String) -> [(line: Int, value: Tag?)] {
    var out: [(Int, Tag?)] = []
    var line = 1
    var rest = text[...]
    while let at = rest.firstIndex(where: { $0 == "{" || $0 == "\n" }) {
      if rest[at] == "\n" {
        line += 1
        rest = rest[rest.index(after: at)...]
        continue
      }
      guard rest[at...].hasPrefix("{{") else {
        rest = rest[rest.index(after: at)...]
        continue
      }
      var inner = rest[rest.index(at, offsetBy: 2)...]
      guard let end = inner.firstRange(of: "}}") else { return out + [(line, nil)] }
      rest = inner[end.upperBound...]
      inner = inner[..<end.lowerBound]
      let kind = inner.first.flatMap { "#^/!&{>".contains($0) ? $0 : nil }
      let name = (kind == nil ? inner : inner.dropFirst()).filter { $0 != " " && $0 != "}" }
      out.append((line, Tag(kind: kind, name: String(name), line: line)))
      line += inner.count { $0 == "\n" }
    }
    return out
  }
}
