import ClosureModel
import Compose
import Foundation

/// Doubtful tickets for a person and for programs; what is quoted is masked already.
enum ReviewText {
  private static func open(_ line: String) -> [RecordedLine.Finding] {
    (RecordedLine.parsed(line)?.findings ?? []).filter(\.isOpen)
  }

  /// Where the ticket's files lie; nil where no such folder is.
  private static func folder(_ ticket: Ticket.ID, _ attachments: String?) -> String? {
    guard let attachments, !ticket.rawValue.contains("/"), ticket.rawValue != ".." else { return nil }
    let own = attachments + "/" + ticket.rawValue
    return FileManager.default.fileExists(atPath: own) ? own : nil
  }

  /// - Parameter inExport: nil: no export was looked at.
  static func lines(_ item: EarlierDecision, _ attachments: String?, inExport: Bool?, _ style: Style) -> [String] {
    var out = [style.bold(item.ticket.rawValue) + "  \(item.policy)  due \(item.due?.description ?? "unknown")"]
    if inExport == false { out[0] += "  not in the export; decided \(item.decidedAt)" }
    for finding in open(item.line) {
      out.append(
        "  \(finding.verdict == "doubtful" ? "?" : "✗") \(Columns.padded(finding.code, to: 34)) \(finding.message)")
      for evidence in finding.evidence {
        var words = [evidence.source] + [evidence.name].compactMap(\.self)
        if let page = evidence.page { words.append("page \(page)") }
        if let box = evidence.box { words.append("at \(box.map(String.init).joined(separator: ","))") }
        if let quote = evidence.quote, !quote.isEmpty { words.append("“\(quote)”") }
        if words != ["policy"] { out.append("      " + words.joined(separator: " ")) }
      }
    }
    if let folder = folder(item.ticket, attachments) {
      out.append(
        style.dim("  files: \(folder)/  (`closedesk inspect FILE --crops DIR` cuts pages, seals and titles out)"))
    }
    return out
  }

  /// - Parameter inExport: nil: no export was looked at.
  static func json(_ item: EarlierDecision, _ attachments: String?, inExport: Bool?) -> String {
    var out = JSONWriter()
    out.object { out in
      out.field("schema", "closedesk.review/1")
      out.field("ticket", item.ticket.rawValue)
      out.field("policy", item.policy)
      out.field("due", item.due?.description)
      out.field("decided_at", item.decidedAt.description)
      out.array("codes") { out in for finding in open(item.line) { out.value(finding.code) } }
      out.field("files", folder(item.ticket, attachments))
      if let inExport { out.field("in_export", inExport) }
      out.raw("decision", item.line)
    }
    return out.text
  }
}
