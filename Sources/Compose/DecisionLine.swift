public import ClosureModel

/// One decision as `--output` and the ledger keep it: `closedesk.decision/1`.
public enum DecisionLine {
  /// - Returns: one line without its end; personal data masked unless `reveal`.
  /// - Parameter by: the person who decided in place of the program.
  /// - Parameter mail: to the security e-mail, beside the reply; nil: none is set up, or none belongs to this outcome.
  public static func json(
    _ file: CaseFile, catalog: FindingCatalog, locale: Locale, reveal: Bool, by: Authorship? = nil,
    mail: CustomerMail? = nil
  ) -> String {
    var json = JSONWriter()
    write(file, catalog: catalog, locale: locale, reveal: reveal, by: by, mail: mail, to: &json)
    return json.text
  }

  /// The same, behind what `json` holds.
  public static func write(
    _ file: CaseFile, catalog: FindingCatalog, locale: Locale, reveal: Bool, by: Authorship? = nil,
    mail: CustomerMail? = nil, to json: inout JSONWriter
  ) {
    let heads = catalog.heads(locale)
    json.object { json in
      json.prefab(Self.schema)
      json.field("ticket", file.ticket.id.rawValue)
      json.field("revision", file.revision.rawValue)
      json.field("policy", file.policy)
      json.field("applicant", file.decision.applicant?.rawValue)
      json.field("outcome", file.decision.outcome.rawValue)
      json.array("findings") { json in
        for finding in file.decision.findings {
          json.object { json in
            heads.write(finding, to: &json)
            json.array("evidence") { json in
              for evidence in finding.evidence { EvidenceJSON.write(evidence, to: &json, reveal: reveal) }
            }
          }
        }
      }
      json.field("due", file.decision.due?.description)
      if let reply = file.reply {
        json.object("reply") { json in
          json.field("template", reply.template)
          json.field("locale", reply.locale.rawValue)
          json.field("subject", maskedUnless: reveal, keeping: file.ticket.id, reply.subject)
          json.field("body", maskedUnless: reveal, keeping: file.ticket.id, reply.body)
        }
      } else {
        json.raw("reply", "null")
      }
      if let mail { Self.write(mail, of: file.ticket.id, reveal: reveal, to: &json) }
      if let by {
        json.object("decided_by") { json in
          json.field("who", by.who)
          json.field("why", maskedUnless: reveal, keeping: file.ticket.id, by.why)
        }
      }
    }
  }

  private static let schema = FindingHeads.member("schema", "closedesk.decision/1")

  private static func write(
    _ mail: CustomerMail, of ticket: Ticket.ID, reveal: Bool, to json: inout JSONWriter
  ) {
    json.object("mail") { json in
      if mail.obstacle == nil {
        json.field("to", maskedUnless: reveal, keeping: ticket, mail.to)
      } else {
        json.field("to", nil)
      }
      json.field("obstacle", mail.obstacle?.rawValue)
      json.field("subject", maskedUnless: reveal, keeping: ticket, mail.subject)
      json.field("body", maskedUnless: reveal, keeping: ticket, mail.body)
    }
  }
}

enum EvidenceJSON {
  /// - Parameter bare: spans and quotes alone, as readings print them.
  static func write(_ evidence: Evidence, to json: inout JSONWriter, reveal: Bool, bare: Bool = false) {
    json.object { json in
      if !bare { source(evidence.source, to: &json, reveal: reveal) }
      if let heading = evidence.heading { json.field("heading", reveal ? heading : Masking.name(heading)) }
      if let page = evidence.page { json.field("page", page) }
      if let span = evidence.span { json.span(span) }
      if let quote = evidence.quote {
        if isIdentifier(evidence) {
          json.field("quote", Self.quote(quote, evidence, reveal))
        } else {
          json.field("quote", maskedUnless: reveal, quote)
        }
      }
      if let box = evidence.box { json.raw("box", "[\(box.x),\(box.y),\(box.width),\(box.height)]") }
      if let score = evidence.score { json.raw("score", "\(score)") }
    }
  }

  private static func isIdentifier(_ evidence: Evidence) -> Bool {
    evidence.isIdentifier || evidence.source == .column(.account)
  }

  /// Cells of the account are identifiers, which no pattern finds.
  static func quote(_ text: String, _ evidence: Evidence, _ reveal: Bool) -> String {
    if reveal { return text }
    if isIdentifier(evidence) { return Masking.identifier(text) }
    return Masking.text(text)
  }

  private static func source(_ source: Evidence.Source, to json: inout JSONWriter, reveal: Bool) {
    switch source {
    case .subject: json.prefab(subject)
    case .body: json.prefab(body)
    case .message(let index):
      json.prefab(message)
      json.field("index", index)
    case .column(let field): json.prefab(columns[field])
    case .attachment(let name):
      json.prefab(attachment)
      json.field("name", maskedUnless: reveal, name)
    case .policy: json.prefab(policy)
    }
  }

  private static let subject = FindingHeads.member("source", "subject")
  private static let body = FindingHeads.member("source", "body")
  private static let message = FindingHeads.member("source", "message")
  private static let attachment = FindingHeads.member("source", "attachment")
  private static let policy = FindingHeads.member("source", "policy")
  private static let columns = CaseTable<TicketField, [UInt8]> { field in
    FindingHeads.member("source", "column") + [UInt8(ascii: ",")] + FindingHeads.member("name", field.rawValue)
  }
}

extension Evidence {
  /// The words for a person: behind the column's own name, masked unless `reveal`.
  /// - Returns: nil where there are none.
  public func shownQuote(reveal: Bool) -> String? {
    guard let quote, !quote.isEmpty else { return nil }
    let shown = EvidenceJSON.quote(quote, self, reveal)
    return heading.map { "\(reveal ? $0 : Masking.name($0))：\(shown)" } ?? shown
  }
}

/// One text as `closedesk read` prints it: `closedesk.reading/1`.
public enum ReadingLine {
  /// - Parameter reason: the reason in another language than the reader's own Chinese.
  /// - Returns: one line without its end; personal data masked unless `reveal`.
  public static func json(
    id: String?, policy: String, reading: TextReading, reason: String? = nil, reveal: Bool
  ) -> String {
    func shown(_ text: String) -> String { reveal ? text : Masking.text(text) }
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.reading/1")
      json.field("id", id)
      json.field("policy", policy)
      json.object("consent") { json in
        json.field("label", ReadingWords.consent(reading.consent.label))
        json.field("code", reading.consent.code)
        evidence("evidence", reading.consent.evidence, &json, reveal)
        json.field("reason", shown(reason ?? reading.consent.reason))
        json.field("speaker", reading.consent.speaker?.rawValue)
        evidence("against", reading.consent.against, &json, reveal)
      }
      json.object("declarations") { json in
        for (name, statement) in [
          ("balance_waiver", reading.balanceWaiver), ("resource_waiver", reading.resourceWaiver),
          ("withdrawal", reading.withdrawal),
        ] {
          json.object(name) { json in
            json.field("label", ReadingWords.declaration(statement.label))
            evidence("evidence", statement.evidence, &json, reveal)
          }
        }
      }
      json.object("contacts") { json in
        json.array("emails") { json in
          for email in reading.emails {
            json.object { json in
              json.field("value", shown(email.value))
              json.field("status", email.status.rawValue)
              json.field("suggest", email.suggestion.map(shown))
              span(email.evidence, &json)
              json.field("owner", email.owner.rawValue)
            }
          }
        }
        json.array("phones") { json in
          for phone in reading.phones {
            json.object { json in
              json.field("value", shown(phone.value))
              json.field("ext", phone.ext)
              json.field("status", phone.status.rawValue)
              span(phone.evidence, &json)
              json.field("owner", phone.owner.rawValue)
            }
          }
        }
      }
      json.array("identity_numbers") { json in
        for number in reading.identityNumbers {
          json.object { json in
            json.field("kind", number.kind.rawValue)
            json.field("value", reveal ? number.value : Masking.identifier(number.value))
            json.field("valid", number.valid)
            json.field("why", number.why.map(shown))
            span(number.evidence, &json)
          }
        }
      }
    }
    return json.text
  }

  private static func evidence(_ key: String, _ all: [Evidence], _ json: inout JSONWriter, _ reveal: Bool) {
    json.array(key) { json in
      for one in all { EvidenceJSON.write(one, to: &json, reveal: reveal, bare: true) }
    }
  }

  private static func span(_ evidence: Evidence, _ json: inout JSONWriter) {
    json.span(evidence.span ?? 0..<0)
  }
}
