public import ClosureModel
import Mustache

/// Words around a reply that goes to the customer's security e-mail as well. Templates are read and checked once, before
/// the first ticket.
public struct MailComposer: Sendable {
  /// Below `Templates/replies/<locale>/`.
  public static let template = "security-email"
  private let policy: Policy
  private let templates: [Reply.Format: TemplateFile]

  /// - Parameter formats: of the replies; each needs a template of its own.
  /// - Parameter templates: gives the file names and texts of `security-email` in a language, `.txt` and `.html`.
  /// - Throws: `ComposeError` where one is missing or has mistakes, or what `templates` throws.
  public init(
    policy: Policy, locale: Locale, formats: Set<Reply.Format>,
    templates: (String, Locale) throws -> [(file: String, text: String)]
  ) throws {
    self.policy = policy
    var compiled: [Reply.Format: TemplateFile] = [:]
    for (file, text) in try templates(Self.template, locale) {
      let template = try TemplateFile(file: file, text: text, .mail)
      compiled[template.format] = template
    }
    for format in formats where compiled[format] == nil {
      throw ComposeError(
        file: "Templates/replies/\(locale.rawValue)/\(Self.template).\(format == .html ? "html" : "txt")",
        what: "the template of mails is missing", fix: "Add it, or remove mail.security_email from the configuration.")
    }
    self.templates = compiled
  }

  /// - Returns: subject and body in the reply's own format.
  public func mail(_ reply: Reply, to ticket: Ticket) -> (subject: String, body: String) {
    guard let template = templates[reply.format] else { preconditionFailure("every format of a reply has a template") }
    var values: [String: Any] = [
      "ticket": Inserted.clean(ticket.id.rawValue), "provider": policy.provider, "subject": reply.subject,
      "body": reply.body,
    ]
    if let account = Inserted.account(of: ticket) { values["account"] = account }
    return (template.subject.render(Values(values)), template.body.render(Values(values)))
  }
}
