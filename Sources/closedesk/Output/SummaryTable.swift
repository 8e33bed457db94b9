import ClosureModel
import Compose
import Ingest

/// What a person sees at the end of a run: how many of each outcome, and what is missing most.
struct SummaryTable {
  let summary: RunSummary
  /// Nil where there is nothing to count: no ticket, no reason.
  let catalog: FindingCatalog?
  let locale: Locale
  let style: Style
  var receipts: [Receipt] = []
  /// Nil: nothing is mailed.
  var mails: MailCounts?
  private static let barWidth = 30
  private static let reasons = 10

  func lines() -> [String] {
    let total = max(summary.decided, 1)
    var out: [String] = []
    for outcome in Outcome.allCases {
      let count = summary.outcomes[outcome] ?? 0
      let share = Double(count) / Double(total)
      let bar = String(repeating: "█", count: Int((share * Double(Self.barWidth)).rounded()))
      let label = Columns.padded("\(outcome.rawValue)", to: 13) + Columns.padded(Self.name(outcome, locale), to: 18)
      let percent = count == 0 ? "" : Columns.right("\(Int((share * 100).rounded()))%", in: 5)
      out.append("  " + colour(outcome, label) + Columns.right("\(count)", in: 8) + percent + "  " + style.dim(bar))
    }
    out.append(
      locale == .en
        ? "  \(summary.rows) rows = \(summary.decided) decided + \(summary.rowErrorCount) unreadable"
        : "  共 \(summary.rows) 行 = \(summary.decided) 张工单有决定 + \(summary.rowErrorCount) 行无法读取")
    if let mails { out.append(mails.line(locale)) }
    let common = commonReasons()
    if !common.isEmpty {
      out.append("")
      out.append(style.bold(locale == .en ? "  Most frequent reasons" : "  最常见的原因"))
      for (code, count) in common {
        out.append(
          Columns.right("\(count)", in: 8) + "  " + Columns.padded(code.rawValue, to: 34)
            + style.dim(catalog?.message(code, locale) ?? ""))
      }
    }
    return out
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.summary/1")
      json.field("rows", summary.rows)
      json.field("decided", summary.decided)
      json.object("outcomes") { json in
        for outcome in Outcome.allCases { json.field(outcome.rawValue, summary.outcomes[outcome] ?? 0) }
      }
      json.object("codes") { json in
        for (code, count) in summary.codes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
          json.field(code.rawValue, count)
        }
      }
      json.field("row_errors", summary.rowErrorCount)
      json.array("errors") { json in
        for error in summary.rowErrors {
          json.object { json in
            json.field("code", error.code.rawValue)
            json.field("file", error.origin.file)
            json.field("row", error.origin.row)
            json.field("column", error.origin.column)
            json.field("what", error.what)
            json.field("fix", error.fix)
          }
        }
      }
      mails?.write(to: &json)
      ReceiptLines.write(receipts, to: &json)
    }
    return json.text
  }

  /// Reasons that kept tickets from being accepted.
  private func commonReasons() -> [(FindingCode, Int)] {
    Array(
      summary.codes.filter { $0.value > 0 }
        .sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
        .prefix(Self.reasons)
        .map { ($0.key, $0.value) })
  }

  private func colour(_ outcome: Outcome, _ text: String) -> String {
    switch outcome {
    case .accepted: style.green(text)
    case .review: style.yellow(text)
    case .ineligible: style.red(text)
    case .incomplete, .withdrawn, .outOfScope: text
    }
  }

  static func name(_ outcome: Outcome, _ locale: Locale) -> String {
    guard locale == .zhCN else { return "" }
    return switch outcome {
    case .accepted: "受理"
    case .incomplete: "材料不全"
    case .ineligible: "不满足条件"
    case .review: "人工复核"
    case .withdrawn: "客户撤回"
    case .outOfScope: "不属于注销"
    }
  }
}
