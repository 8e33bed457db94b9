/// A recorded decision line as a person reads it.
enum DecisionText {
  static func lines(_ json: String) -> [String] {
    guard let line = RecordedLine.parsed(json) else {
      // A line of a later version: shown as it is rather than not at all.
      return [json]
    }
    var out: [String] = []
    for finding in line.findings {
      out.append("\(mark(finding.verdict)) \(Columns.padded(finding.code, to: 34)) \(finding.message)")
      for evidence in finding.evidence {
        guard let quote = evidence.quote, !quote.isEmpty else { continue }
        out.append("    \(evidence.source)\(evidence.name.map { " " + $0 } ?? ""): “\(quote)”")
      }
    }
    if let due = line.due { out.append("due \(due)") }
    if let reply = line.reply {
      out.append("reply: \(reply.subject)")
      out += reply.body.split(separator: "\n", omittingEmptySubsequences: false).map { "  | \($0)" }
    }
    return out
  }

  private static func mark(_ verdict: String) -> String {
    switch verdict {
    case "satisfied": "✓"
    case "not_applicable": "·"
    case "doubtful": "?"
    default: "✗"
    }
  }
}
