import ClosureModel
import Compose
import Foundation

/// A decision line (`closedesk.decision/1`) as it was written to a file or into the ledger.
struct RecordedLine: Decodable {
  struct Finding: Decodable {
    struct Evidence: Decodable {
      let source: String
      let name: String?
      let heading: String?
      let page: Int?
      let box: [Int]?
      let quote: String?

      /// An account's name, which no pattern finds; of a letter's words those without Chinese may be one.
      private var isIdentifier: Bool {
        switch source {
        case "column": name == TicketField.account.rawValue
        case "attachment": quote?.allSatisfy(\.isASCII) == true
        default: false
        }
      }

      /// The words for a person, masked unless `reveal`, also where the line has them unmasked.
      func shownQuote(reveal: Bool, of ticket: Ticket.ID) -> String? {
        guard let quote, !quote.isEmpty else { return nil }
        if reveal { return heading.map { "\($0)：\(quote)" } ?? quote }
        let shown = isIdentifier ? Masking.identifier(quote) : Masking.text(quote, keeping: ticket)
        return heading.map { "\(Masking.name($0))：\(shown)" } ?? shown
      }
    }
    let code: String
    let verdict: String
    let message: String
    let evidence: [Evidence]

    /// It stood in the way of an accept. A verdict of a later version does, for all we know.
    var isOpen: Bool { ![.satisfied, .notApplicable].contains(Verdict(rawValue: verdict)) }
  }
  struct Reply: Decodable {
    let subject: String
    let body: String
  }
  struct Person: Decodable { let who: String }

  let schema: String
  let ticket: String
  let policy: String
  let applicant: String?
  let outcome: String
  let findings: [Finding]
  let due: String?
  let reply: Reply?
  let person: Person?

  private enum CodingKeys: String, CodingKey {
    case schema, ticket, policy, applicant, outcome, findings, due, reply
    case person = "decided_by"
  }

  /// - Returns: nil for what is no such line, or a later version's.
  static func parsed(_ json: some StringProtocol) -> RecordedLine? {
    // Why it is none would quote the line's data: callers name the line, or show it whole.
    let line = try? JSONDecoder().decode(RecordedLine.self, from: Data(json.utf8))
    return line.flatMap { $0.schema == "closedesk.decision/1" ? $0 : nil }
  }

  var codes: [FindingCode] { findings.filter(\.isOpen).compactMap { FindingCode(rawValue: $0.code) } }

  /// - Parameters:
  ///   - reveal: otherwise masked, also what is not masked in the line.
  ///   - note: what the report adds to the ticket's heading.
  func row(_ outcome: Outcome, reveal: Bool, note: String?) -> ReportRow {
    let own = Ticket.ID(ticket)
    func shown(_ text: String) -> String { reveal ? text : Masking.text(text, keeping: own) }
    return ReportRow(
      ticket: ticket, outcome: outcome, applicant: applicant, due: due,
      findings: findings.map { finding in
        ReportRow.Finding(
          code: finding.code, verdict: Verdict(rawValue: finding.verdict) ?? .doubtful,
          message: shown(finding.message),
          quotes: finding.evidence.compactMap { $0.shownQuote(reveal: reveal, of: own) }
        )
      },
      reply: reply.map { (shown($0.subject), shown($0.body)) }, note: note)
  }
}
