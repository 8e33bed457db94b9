import Foundation

/// What a webhook says, as far as this program shows it.
struct Delivery {
  private struct Envelope: Decodable {
    let data: Content?
  }

  private struct Content: Decodable {
    let ticket: String?
    let outcome: String?
    let subject: String?
    let body: String?
  }

  let id: String
  private let content: Content?

  var ticket: String? { content?.ticket }
  var outcome: String? { content?.outcome }

  init(id: String, body: Data) {
    self.id = id
    content = try? JSONDecoder().decode(Envelope.self, from: body).data
  }

  /// For the person at the terminal: one line of facts, the reply below it.
  func shown(status: Int, note: String) -> String {
    let head = "[\(status)] \(Self.plain(ticket ?? "(no ticket)"))  \(Self.plain(outcome ?? "(no outcome)"))  \(note)"
    var lines = [head.trimmingCharacters(in: .whitespaces)]
    if let subject = content?.subject, !subject.isEmpty { lines.append("  " + Self.plain(subject)) }
    for line in (content?.body ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(line.isEmpty ? "" : "    " + Self.plain(String(line)))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Without control characters: what comes over the network must not steer a terminal.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}
