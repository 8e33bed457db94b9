import ClosureModel

/// What was read, claimed and missing, as a section of the report.
enum ReceiptPage {
  static func html(_ receipts: [Receipt], _ locale: Locale) -> String {
    guard !receipts.isEmpty else { return "" }
    let zh = locale == .zhCN
    var out = "<h2 id=\"receipts\">\(zh ? "读取的导出" : "Exports that were read")</h2><table>\n"
    let heads =
      zh
      ? ["导出", "系统", "自称", "读到", "无法读取", "文件", ""] : ["export", "system", "claims", "read", "unreadable", "files", ""]
    out += "<tr>\(heads.map { "<th>\($0)</th>" }.joined())</tr>\n"
    for receipt in receipts {
      let standing =
        !receipt.isWhole
        ? (zh ? "提前结束" : "ended early")
        : receipt.isComplete ? (zh ? "没有发现缺失" : "nothing missing was found") : (zh ? "不完整" : "INCOMPLETE")
      let mark = !receipt.isWhole ? "doubtful" : receipt.isComplete ? "satisfied" : "missing"
      out += """
        <tr class="\(mark)"><td>\(escape(receipt.file))</td><td>\(escape(receipt.system ?? "–"))</td>\
        <td class="n">\(receipt.claimed.map(String.init) ?? "–")</td><td class="n">\(receipt.tickets)</td>\
        <td class="n">\(receipt.rowErrors)</td><td class="n">\(receipt.usedFiles) / \(receipt.files)</td>\
        <td>\(standing)</td></tr>

        """
      for gap in receipt.gaps {
        let (what, fix) = zh ? chinese(gap) : (gap.what, gap.fix)
        out += """
          <tr class="missing"><td></td><td colspan="6"><code>\(gap.code.rawValue)</code> \(escape(what)) \(escape(fix))\
          </td></tr>

          """
      }
      for note in zh ? chinese(receipt) : receipt.notes {
        out += "<tr><td></td><td colspan=\"6\">\(escape(note))</td></tr>\n"
      }
    }
    return out + "</table>\n"
  }

  private static func chinese(_ gap: Receipt.Gap) -> (what: String, fix: String) {
    let count = gap.count.map(String.init) ?? "若干"
    let which = gap.which.isEmpty ? "" : "（\(gap.which.joined(separator: "、"))）"
    let again = "请重新完整导出，或用 closedesk pull 拉取。"
    return switch gap.code {
    case .total: ("导出自称的工单比读到的多 \(count) 张。", again)
    case .page: ("缺少 \(count) 页\(which)。", again)
    case .lastPage: ("最后一页之后似乎还有内容，但不在导出里。", again)
    case .messages: ("\(count) 张工单的往来消息不在导出里，转人工。", "请连同消息文件夹一起给出，或拉取这些工单。")
    case .messageCount where gap.count == nil: ("消息恰好满一页，或自称还有下一页：后面的可能不在导出里，有关工单转人工。", again)
    case .messageCount: ("按导出自己的计数，缺少 \(count) 条消息，有关工单转人工。", again)
    case .attachment: ("工单列出的 \(count) 个附件找不到。", "请放到 attachments/<工单>/，或用 --attachments 指明。")
    case .roundNumber: ("行数恰好是导出常被截断的整数。", "请与工单系统里的数量核对，分批导出。")
    case .lastRow: ("最后一行被截断。", "请重新导出：结尾缺失。")
    case .document: ("\(count) 个文件无法读取\(which)。", "文件被截断或损坏，请重新导出。")
    }
  }

  private static func chinese(_ receipt: Receipt) -> [String] {
    var notes: [String] = []
    if let columns = receipt.unusedColumns {
      notes.append("没有用到的列：\(columns.names.joined(separator: "、"))。")
      if !columns.unclear.isEmpty {
        notes.append(
          "\(columns.unclear.joined(separator: "、"))：列名像账号情况而没有映射，相应情况按“查不到”转人工。请在 input.columns 里写明它是什么，或写 ignore。")
      }
      if let messages = columns.messages {
        notes.append(
          "\(messages.joined(separator: "、"))：列名像后来写的话，而表里看不出是谁写的；这一列有内容的工单转人工。如果其中没有客户的话，请在 input.columns 里写 ignore。")
      }
    }
    if let times = receipt.oddTimes {
      notes.append(
        "提交时间有误：\(times.unreadable) 张无法读取，\(times.future) 张晚于现在（\(times.tickets.joined(separator: "、"))）。")
    }
    if let facts = receipt.factsFile {
      notes.append(
        "账号情况另取自 \(facts.file)：\(facts.accounts) 个账号；\(facts.unknown) 张工单没有账号或账号不在其中。"
          + (facts.sha256.map { "sha256:\($0)" } ?? ""))
    }
    if let zone = receipt.localZone { notes.append("没有写时区的时间按 \(zone) 读取。") }
    if let rows = receipt.noTickets {
      notes.append("\(rows.sums + rows.headers) 行不是工单，未计入：合计 \(rows.sums) 行，重复的表头 \(rows.headers) 行。")
    }
    if let count = receipt.withoutTexts {
      notes.append("这种导出从不含工单正文，\(count) 张工单中未关闭的全部转人工。请改用含往来消息的文件夹（见 docs/exports.md 的 “Forms without texts”）。")
    }
    if receipt.partial > 0 { notes.append("\(receipt.partial) 张工单在导出里不完整，转人工。") }
    if receipt.files > receipt.usedFiles { notes.append("文件夹里有 \(receipt.files - receipt.usedFiles) 个文件不属于导出。") }
    if receipt.sameTicketsElsewhere > 0 {
      notes.append("\(receipt.sameTicketsElsewhere) 个文件是同一批工单的另一种形式，没有用到。")
    }
    if let copies = receipt.copies { notes.append("\(copies) 条记录是工单的旧副本或完全相同的副本，没有用到。") }
    if let gaps = receipt.numberGaps {
      let all = gaps.missing > gaps.ranges.count ? "等共 \(gaps.missing) 个" : ""
      notes.append(
        "编号从 \(gaps.prefix)\(gaps.first) 连到 \(gaps.last)，其间没有 \(gaps.ranges.joined(separator: "、"))\(all)：可能已删除，也可能没有导出。"
      )
    }
    return notes
  }

  private static func escape(_ text: String) -> String { HTMLPage.escape(text) }
}
