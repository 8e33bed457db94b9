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
    func shown(_ text: String) -> String { reveal ? text : Masking.text(text, keeping: file.ticket.id) }
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.decision/1")
      json.field("ticket", file.ticket.id.rawValue)
      json.field("revision", file.revision.rawValue)
      json.field("policy", file.policy)
      json.field("applicant", file.decision.applicant?.rawValue)
      json.field("outcome", file.decision.outcome.rawValue)
      json.array("findings") { json in
        for finding in file.decision.findings {
          json.object { json in
            json.field("code", finding.code.rawValue)
            json.field("requirement", finding.requirement.rawValue)
            json.field("verdict", finding.verdict.rawValue)
            json.field("message", catalog.message(finding.code, locale))
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
          json.field("subject", shown(reply.subject))
          json.field("body", shown(reply.body))
        }
      } else {
        json.raw("reply", "null")
      }
      if let mail { Self.write(mail, to: &json, shown) }
      if let by {
        json.object("decided_by") { json in
          json.field("who", by.who)
          json.field("why", shown(by.why))
        }
      }
    }
    return json.text
  }

  private static func write(_ mail: CustomerMail, to json: inout JSONWriter, _ shown: (String) -> String) {
    json.object("mail") { json in
      json.field("to", mail.obstacle == nil ? shown(mail.to) : nil)
      json.field("obstacle", mail.obstacle?.rawValue)
      json.field("subject", shown(mail.subject))
      json.field("body", shown(mail.body))
    }
  }
}

enum EvidenceJSON {
  /// - Parameter bare: spans and quotes alone, as readings print them.
  static func write(_ evidence: Evidence, to json: inout JSONWriter, reveal: Bool, bare: Bool = false) {
    json.object { json in
      if !bare { source(evidence.source, to: &json, reveal: reveal) }
      if let page = evidence.page { json.field("page", page) }
      if let span = evidence.span { json.raw("span", "[\(span.lowerBound),\(span.upperBound)]") }
      if let quote = evidence.quote { json.field("quote", Self.quote(quote, evidence, reveal)) }
      if let box = evidence.box { json.raw("box", "[\(box.x),\(box.y),\(box.width),\(box.height)]") }
      if let score = evidence.score { json.raw("score", "\(score)") }
    }
  }

  /// Cells of the account are identifiers, which no pattern finds.
  static func quote(_ text: String, _ evidence: Evidence, _ reveal: Bool) -> String {
    if reveal { return text }
    if evidence.source == .column(.account) || evidence.isIdentifier { return Masking.identifier(text) }
    return Masking.text(text)
  }

  private static func source(_ source: Evidence.Source, to json: inout JSONWriter, reveal: Bool) {
    switch source {
    case .subject: json.field("source", "subject")
    case .body: json.field("source", "body")
    case .message(let index):
      json.field("source", "message")
      json.field("index", index)
    case .column(let field):
      json.field("source", "column")
      json.field("name", field.rawValue)
    case .attachment(let name):
      json.field("source", "attachment")
      json.field("name", reveal ? name : Masking.text(name))
    case .policy: json.field("source", "policy")
    }
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
    let span = evidence.span ?? 0..<0
    json.raw("span", "[\(span.lowerBound),\(span.upperBound)]")
  }
}
