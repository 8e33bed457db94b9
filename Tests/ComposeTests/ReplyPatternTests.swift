import ClosureModel
import Testing

@testable import Compose

@Suite("Replies that are put together from the words of an earlier one")
struct ReplyPatternTests {
  /// Values that a template engine, or whoever splits its output, could stumble over.
  private static let accounts = ["jd_demo_0001", "", "{{ticket}}", "云上\u{F0000}0\u{F0001}公司", "a<b>&\"c\"", "0\n1"]

  private static func ticket(_ account: String, submitted: Timestamp?) -> Ticket {
    var ticket = Desk.ticket(account: account)
    ticket.submittedAt = submitted
    return ticket
  }

  private static func decision(_ outcome: Outcome, suggestion: String?, due: Timestamp?) -> Decision {
    let plain = Desk.decision(outcome, due: due)
    return Decision(
      judgement: plain.judgement,
      findings: plain.findings.map {
        $0.suggestion == nil ? $0 : Desk.finding($0.code, $0.requirement, $0.verdict, suggestion: suggestion)
      }, applicant: plain.applicant, due: plain.due)
  }

  @Test("They say to the byte what the template says", arguments: ClosureModel.Locale.allCases)
  func same(_ locale: ClosureModel.Locale) throws {
    let used = try Desk.composer(locale)
    for outcome in [Outcome.accepted, .incomplete, .ineligible, .withdrawn] {
      for account in Self.accounts {
        for times in [[Timestamp(epochSeconds: 1_770_000_000), Desk.due], [nil, nil]] {
          for suggestion in ["name@qq.com", "{{items}}"] {
            let ticket = Self.ticket(account, submitted: times[0])
            let decision = Self.decision(outcome, suggestion: suggestion, due: times[1])
            // A composer that has written nothing yet asks the template engine.
            let first = try Desk.composer(locale).reply(to: ticket, decision)
            #expect(try used.reply(to: ticket, decision) == first)
          }
        }
      }
    }
  }

  @Test("A template that uses the marks itself is written by the engine each time")
  func marks() throws {
    let template = "subject: {{ticket}}\n---\n\u{F0000}0\u{F0001} {{account}} {{number}}{{text}}\n"
    let composer = try ReplyComposer(policy: Desk.policy, catalog: try Desk.catalog(), locale: .en) { name, _ in
      name == "jdcloud/withdrawn" ? (name, template) : Desk.text("replies/en/\(name).txt")
    }
    for account in ["first_account", "other_account"] {
      let reply = try #require(try composer.reply(to: Desk.ticket(account: account), Desk.decision(.withdrawn)))
      #expect(reply.body == "\u{F0000}0\u{F0001} \(Masking.identifier(account)) \n")
    }
  }

  @Test("Values in HTML are escaped in every reply")
  func html() throws {
    let composer = try ReplyComposer(policy: Desk.policy, catalog: try Desk.catalog(), locale: .en) { name, _ in
      name == "jdcloud/withdrawn"
        ? (name + ".html", "subject: {{ticket}}\n---\n<p>{{account}}</p>\n") : Desk.text("replies/en/\(name).txt")
    }
    for account in ["a<bcdef", "c<defgh"] {
      let reply = try #require(try composer.reply(to: Desk.ticket(account: account), Desk.decision(.withdrawn)))
      #expect(reply.body == "<p>\(Masking.identifier(account).replacing("<", with: "&lt;"))</p>\n")
    }
  }
}

@Suite("JSON that is written byte by byte")
struct JSONWriterTests {
  /// What the writer did before it looked at several bytes together.
  private static func plain(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x0D: out += "\\r"
      case 0x09: out += "\\t"
      case 0..<0x20, 0x7F:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  @Test("Every byte that must be escaped is, wherever it stands")
  func escapes() {
    for scalar in (0..<0x80).compactMap(Unicode.Scalar.init) + ["账", "😀"] {
      for before in 0...40 {
        let text = String(repeating: "a", count: before) + String(scalar) + "号\"" + String(scalar)
        var json = JSONWriter()
        json.value(text)
        #expect(json.text == Self.plain(text))
      }
    }
  }

  @Test("A masked text is written as the masked text")
  func masked() {
    for text in ["", "电话 13800138000\n邮箱 name@example.com\n完", "１３８００１３８０００", "一行\n", "\n\n12345\n"] {
      var masked = JSONWriter()
      masked.field("k", maskedUnless: false, text)
      var other = JSONWriter()
      other.field("k", Masking.text(text))
      #expect(masked.text == other.text)
    }
  }
}
