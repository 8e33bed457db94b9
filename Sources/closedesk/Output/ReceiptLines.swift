import Compose
import Ingest

/// What was read of an input and what is missing, for people and for programs.
enum ReceiptLines {
  /// Gaps and notes; nothing of a table that was read whole.
  static func lines(_ receipt: Receipt) -> [String] {
    var out: [String] = []
    if let system = receipt.system {
      let claim = receipt.claimed.map { " of \($0)" } ?? ""
      out.append(
        "\(receipt.file): \(system), \(receipt.tickets)\(claim) tickets from \(receipt.usedFiles) of \(receipt.files) files"
      )
    }
    out += receipt.gaps.map { "\(receipt.file): INCOMPLETE: \($0.what). \($0.fix) [\($0.code.rawValue)]" }
    out += receipt.notes.map { "\(receipt.file): \($0)" }
    return out
  }

  static func write(_ receipts: [Receipt], to json: inout JSONWriter) {
    json.array("receipts") { json in
      for receipt in receipts {
        json.object { json in
          json.field("file", receipt.file)
          json.field("system", receipt.system)
          json.field("files", receipt.files)
          json.field("used_files", receipt.usedFiles)
          json.raw("claimed", receipt.claimed.map(String.init) ?? "null")
          json.field("tickets", receipt.tickets)
          json.field("row_errors", receipt.rowErrors)
          json.field("local_zone", receipt.localZone)
          json.field("read_whole", receipt.isWhole)
          json.field("complete", receipt.isComplete)
          json.array("gaps") { json in
            for gap in receipt.gaps {
              json.object { json in
                json.field("code", gap.code.rawValue)
                json.raw("count", gap.count.map(String.init) ?? "null")
                json.field("what", gap.what)
                json.field("fix", gap.fix)
              }
            }
          }
          json.array("notes") { json in for note in receipt.notes { json.value(note) } }
        }
      }
    }
  }
}
