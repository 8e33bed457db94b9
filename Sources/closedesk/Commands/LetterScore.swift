import ClosureModel
import Compose
import Foundation
import Hashing

/// A line of a labelled set of letters, as `labels.jsonl` beside the files has it.
struct LabelledLetter: Decodable {
  let file: String
  /// What the file is; the group in the tables.
  let cls: String?
  /// accept, accept_or_review, review, reject.
  let suggest: String
  let titleOK: Bool?
  let letterCompany: String?
  let account: String?
  let statement: String?
  let ticketCompany: String?
  let ticketAccount: String?
  let seal: String?
  let sealCompany: String?
  let match: Bool?
  let colour: String?
  let date: String?
  /// Day of the ticket; nil: the day of the letter.
  let submitted: String?

  private enum CodingKeys: String, CodingKey {
    case file, cls, suggest, account, statement, seal, match, colour, date, submitted
    case titleOK = "title_ok"
    case letterCompany = "letter_company"
    case ticketCompany = "ticket_company"
    case ticketAccount = "ticket_account"
    case sealCompany = "seal_company"
  }

  var mayBeAccepted: Bool { suggest == "accept" || suggest == "accept_or_review" }

  /// The findings that name the letter's fault; any of them is right. Empty: no fault that has a code.
  var faults: Set<FindingCode> {
    var codes: Set<FindingCode> = []
    switch seal {
    case "none": codes.insert(.letterSealMissing)
    case "round_grey": codes.insert(.letterSealGrey)
    case "round_blue": codes.insert(.letterSealNotRed)
    case "oval_invoice", "oval_finance", "round_finance", "round_contract", "round_hr":
      codes.insert(.letterSealSpecialPurpose)
    case "square_chop": codes.insert(.letterSealPersonal)
    case "fingerprint", "red_logo", "red_handwriting": codes.insert(.letterSealMissing)
    case "pasted_digital": codes.insert(.letterSealSuspect)
    default: break
    }
    if colour == "grey" || colour == "bw" { codes.insert(.letterSealGrey) }
    if match == false { codes.insert(.letterSealCompanyMismatch) }
    if let letterCompany, let ticketCompany, letterCompany != ticketCompany { codes.insert(.letterCompanyMismatch) }
    if let account, let ticketAccount, account != ticketAccount { codes.insert(.letterAccountMismatch) }
    if statement == "conditional" { codes.insert(.letterStatementConditional) }
    if statement == "refusal" { codes.insert(.letterStatementRefused) }
    if titleOK == false { codes.insert(.letterWrongDocument) }
    if letterCompany == nil, account == nil { codes.formUnion([.letterBlank, .letterSealMissing]) }
    switch cls {
    case "unreadable": codes.insert(.letterUnreadable)
    case "cut_off": codes.insert(.letterSealCutOff)
    default: break
    }
    return codes
  }
}

extension LabelledLetter {
  /// - Parameter part: hexadecimal digits; only files whose name's SHA-256 begins with one of them. nil: all.
  static func read(_ labels: String, part: String?, _ exit: inout Exit) throws -> [LabelledLetter] {
    let text = String(decoding: try TextFile.bytes(labels), as: UTF8.self)
    var rows: [LabelledLetter] = []
    for (index, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard row.contains(where: { !$0.isWhitespace }) else { continue }
      do {
        let label = try JSONDecoder().decode(LabelledLetter.self, from: Data(row.utf8))
        let first = Digest.sha256Hex(Array(label.file.utf8)).first
        if let part, first.map({ !part.lowercased().contains($0) }) ?? true { continue }
        rows.append(label)
      } catch {
        Console.error(
          "closedesk: \(labels), line \(index + 1): no object with \"file\" and \"suggest\". Mend the line.")
        exit = .rowsUnread
      }
    }
    return rows
  }
}

/// Counts of a labelled set of letters.
struct LetterScore {
  enum Got: String, CaseIterable { case accepted, review, incomplete }
  struct Case {
    let label: LabelledLetter
    let got: Got
    let codes: [FindingCode]
  }
  private(set) var cases: [Case] = []

  /// One letter's findings to what would become of its ticket if all else were in order.
  static func got(_ findings: [Finding]) -> Got {
    if findings.contains(where: { $0.verdict == .doubtful }) { return .review }
    return findings.allSatisfy { $0.verdict == .satisfied } && !findings.isEmpty ? .accepted : .incomplete
  }

  mutating func add(_ label: LabelledLetter, _ findings: [Finding]) {
    cases.append(Case(label: label, got: Self.got(findings), codes: findings.map(\.code)))
  }

  var falseAccepts: [Case] { cases.filter { !$0.label.mayBeAccepted && $0.got == .accepted } }
  private var good: [Case] { cases.filter { $0.label.suggest == "accept" } }
  private var faulty: [Case] { cases.filter { !$0.label.mayBeAccepted && !$0.label.faults.isEmpty } }
  /// Of the faulty ones that the customer was told something of, or a person was: the fault is named.
  private func isNamed(_ one: Case) -> Bool { !one.label.faults.isDisjoint(with: one.codes) }

  private struct Share {
    let key: String
    let part: Int
    let whole: Int
  }
  private var shares: [Share] {
    let asked = faulty.filter { $0.got == .incomplete }
    return [
      Share(key: "accepted_of_good", part: good.count { $0.got == .accepted }, whole: good.count),
      Share(key: "good_sent_back", part: good.count { $0.got == .incomplete }, whole: good.count),
      Share(key: "fault_named", part: faulty.count(where: isNamed), whole: faulty.count),
      Share(key: "fault_named_when_asked_back", part: asked.count(where: isNamed), whole: asked.count),
    ]
  }

  private static let names: [String: String] = [
    "accepted_of_good": "好的同意书自动受理 / good letters accepted", "good_sent_back": "好的同意书被退回 / good letters sent back",
    "fault_named": "有问题的说对问题 / faults named rightly",
    "fault_named_when_asked_back": "退回时说对问题 / faults named rightly when sent back",
  ]

  func lines(verbose: Bool) -> [String] {
    var out = ["                     accepted   review   incomplete"]
    for suggest in ["accept", "accept_or_review", "review", "reject"] {
      let row = cases.filter { $0.label.suggest == suggest }
      guard !row.isEmpty else { continue }
      let counts = Got.allCases.map { got in String(row.count { $0.got == got }) }
      out.append(
        suggest.padding(toLength: 18, withPad: " ", startingAt: 0)
          + counts.map { String(repeating: " ", count: max(0, 11 - $0.count)) + $0 }.joined())
    }
    out.append("")
    out.append("误受理 / false accepts: \(falseAccepts.count)")
    for one in falseAccepts { out.append("  \(one.label.file)  \(one.label.cls ?? "")") }
    for share in shares {
      let percent = share.whole == 0 ? "–" : EvaluationPage.percent(share.part, share.whole)
      out.append("\(Self.names[share.key] ?? share.key): \(share.part)/\(share.whole) = \(percent)")
    }
    guard verbose else { return out }
    out.append("")
    for one in cases where one.label.mayBeAccepted != (one.got == .accepted) || !one.label.mayBeAccepted {
      let named = one.label.mayBeAccepted ? "" : isNamed(one) ? " ✓" : " ✗"
      out.append(
        "\(one.label.file) \(one.label.cls ?? "") [\(one.label.suggest)] → \(one.got.rawValue)\(named): "
          + one.codes.map(\.rawValue).joined(separator: ", "))
    }
    return out
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.evaluation.letters/1")
      json.field("letters", cases.count)
      json.object("matrix") { json in
        for suggest in ["accept", "accept_or_review", "review", "reject"] {
          json.object(suggest) { json in
            for got in Got.allCases {
              json.field(got.rawValue, cases.count { $0.label.suggest == suggest && $0.got == got })
            }
          }
        }
      }
      json.array("false_accepts") { json in
        for one in falseAccepts { json.value(one.label.file) }
      }
      json.object("shares") { json in
        for share in shares { json.raw(share.key, "[\(share.part),\(share.whole)]") }
      }
      json.array("cases") { json in
        for one in cases {
          json.object { json in
            json.field("file", one.label.file)
            json.field("suggest", one.label.suggest)
            json.field("outcome", one.got.rawValue)
            json.array("codes") { json in
              for code in one.codes { json.value(code.rawValue) }
            }
          }
        }
      }
    }
    return json.text
  }
}
