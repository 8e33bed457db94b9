import ClosureModel
import Compose

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
    // Of a table that was read whole to its last row, its report and --json say where times were and which numbers are left out.
    if receipt.system != nil || !receipt.isComplete || receipt.noTickets != nil {
      out += receipt.notes.map { "\(receipt.file): \($0)" }
    } else {
      out += receipt.warnings.map { "\(receipt.file): \($0)" }
    }
    return out
  }

  /// One line an export and its gaps, for what the ledger keeps.
  static func kept(_ receipt: Receipt, _ locale: Locale) -> [String] {
    let en = locale == .en
    let claim = receipt.claimed.map { en ? " of \($0)" : " / 自称 \($0)" } ?? ""
    let counts =
      en
      ? "\(receipt.tickets)\(claim) tickets, \(receipt.rowErrors) unreadable"
      : "\(receipt.tickets)\(claim) 张，\(receipt.rowErrors) 行无法读取"
    let standing =
      !receipt.isWhole
      ? (en ? "ended early" : "提前结束") : receipt.isComplete ? (en ? "nothing missing" : "没有发现缺失") : "INCOMPLETE"
    return ["\(receipt.file): \(counts), \(standing)"]
      + receipt.gaps.map { "  INCOMPLETE: \($0.what). \($0.fix) [\($0.code.rawValue)]" }
      + receipt.notes.map { "  " + $0 }
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
          if let rows = receipt.noTickets {
            json.object("no_tickets") { json in
              json.field("sums", rows.sums)
              json.field("headers", rows.headers)
            }
          }
          json.field("local_zone", receipt.localZone)
          if let gaps = receipt.numberGaps {
            json.object("number_gaps") { json in
              json.field("prefix", gaps.prefix)
              json.raw("first", String(gaps.first))
              json.raw("last", String(gaps.last))
              json.field("missing", gaps.missing)
              json.array("ranges") { json in for range in gaps.ranges { json.value(range) } }
            }
          }
          if let columns = receipt.unusedColumns {
            json.array("unused_columns") { json in for name in columns.names { json.value(name) } }
            json.array("unclear_columns") { json in for name in columns.unclear { json.value(name) } }
            if let messages = columns.messages {
              json.array("message_columns") { json in for name in messages { json.value(name) } }
            }
          }
          if let times = receipt.oddTimes {
            json.object("odd_times") { json in
              json.field("unreadable", times.unreadable)
              json.field("future", times.future)
              json.array("tickets") { json in for ticket in times.tickets { json.value(ticket) } }
            }
          }
          if let facts = receipt.factsFile {
            json.object("facts") { json in
              json.field("file", facts.file)
              json.field("sha256", facts.sha256)
              json.field("accounts", facts.accounts)
              json.field("unknown", facts.unknown)
            }
          }
          json.field("read_whole", receipt.isWhole)
          json.field("complete", receipt.isComplete)
          json.array("gaps") { json in
            for gap in receipt.gaps {
              json.object { json in
                json.field("code", gap.code.rawValue)
                json.raw("count", gap.count.map(String.init) ?? "null")
                json.array("which") { json in for one in gap.which { json.value(one) } }
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
