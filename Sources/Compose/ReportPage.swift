public import ClosureModel

/// One ticket of the report, masked unless it was to be revealed.
public struct ReportRow: Sendable {
  public struct Finding: Sendable {
    let code: String
    let verdict: Verdict
    let message: String
    let quotes: [String]
    public init(code: String, verdict: Verdict, message: String, quotes: [String]) {
      (self.code, self.verdict, self.message, self.quotes) = (code, verdict, message, quotes)
    }
  }

  let ticket: String
  let outcome: Outcome
  let applicant: String?
  let due: String?
  let findings: [Finding]
  let reply: (subject: String, body: String)?
  let pictures: [ReportPicture]
  /// Stands beside the heading.
  var note: String?

  public init(
    _ file: CaseFile, pictures: [ReportPicture] = [], catalog: FindingCatalog, locale: Locale, reveal: Bool
  ) {
    self.pictures = pictures
    func shown(_ text: String) -> String { reveal ? text : Masking.text(text) }
    ticket = file.ticket.id.rawValue
    outcome = file.decision.outcome
    applicant = file.decision.applicant?.rawValue
    due = file.decision.due?.description
    findings = file.decision.findings.map { finding in
      Finding(
        code: finding.code.rawValue, verdict: finding.verdict, message: catalog.message(finding.code, locale),
        quotes: finding.evidence.compactMap { $0.shownQuote(reveal: reveal) })
    }
    reply = file.reply.map { (shown($0.subject), shown($0.body)) }
  }

  /// A ticket whose earlier decision stands: outcome and reasons; the ledger holds the evidence.
  public init(
    ticket: Ticket.ID, outcome: Outcome, due: Timestamp?, codes: [FindingCode], catalog: FindingCatalog, locale: Locale
  ) {
    self.ticket = ticket.rawValue
    self.outcome = outcome
    self.due = due?.description
    applicant = nil
    findings = codes.map {
      Finding(code: $0.rawValue, verdict: .doubtful, message: catalog.message($0, locale), quotes: [])
    }
    reply = nil
    pictures = []
  }

  /// A ticket as its decision line has it; all of it masked already, unless it was to be revealed.
  public init(
    ticket: String, outcome: Outcome, applicant: String?, due: String?, findings: [Finding],
    reply: (subject: String, body: String)?, note: String?
  ) {
    (self.ticket, self.outcome, self.applicant, self.due) = (ticket, outcome, applicant, due)
    (self.findings, self.reply, self.note) = (findings, reply, note)
    pictures = []
  }
}

/// The HTML page of a run: one file, no script, readable in print.
public enum ReportPage {
  /// - Parameter about: what the page is of, for the line below its title: provider and policy, or the ledger.
  public static func html(
    title: String, about: String, summary: RunSummary, cases: [ReportRow], catalog: FindingCatalog, locale: Locale,
    generated: Timestamp, note: String?, receipts: [Receipt] = []
  ) -> String {
    let zh = locale == .zhCN
    let decided = max(1, summary.outcomes.values.reduce(0, +))
    var out = HTMLPage.head(title, locale)
    out += """
      <p class="meta">\(escape(about)) · \(generated)</p>
      <table class="bars">
      """
    for outcome in Outcome.allCases {
      let count = summary.outcomes[outcome] ?? 0
      out += """
        <tr><th><a href="#\(outcome.rawValue)">\(name(outcome, locale))</a></th><td class="n">\(count)</td>\
        <td class="bar"><span class="\(outcome.rawValue)" style="width:\(count * 100 / decided)%"></span></td></tr>

        """
    }
    out += "</table><p>"
    let sum = summary.outcomes.values.reduce(0, +)
    out +=
      zh
      ? "共 \(summary.rows) 行 = \(sum) 张工单有决定 + \(summary.rowErrorCount) 行无法读取"
      : "\(summary.rows) rows = \(sum) decided + \(summary.rowErrorCount) unreadable"
    out += "</p>\n"
    out += ReceiptPage.html(receipts, locale)
    out += reasons(summary, catalog, locale)
    out += errors(summary, locale)
    for outcome in [Outcome.review, .ineligible, .incomplete, .accepted, .withdrawn, .outOfScope] {
      let rows = cases.filter { $0.outcome == outcome }
      guard !rows.isEmpty else { continue }
      out += "<h2 id=\"\(outcome.rawValue)\">\(name(outcome, locale))</h2>\n"
      for row in rows { out += section(row, locale) }
    }
    if let note {
      out += "<p class=\"meta\">" + (zh ? "此处列出 " : "listed here: ") + escape(note) + "</p>"
    }
    return out + HTMLPage.foot
  }

  private static func reasons(_ summary: RunSummary, _ catalog: FindingCatalog, _ locale: Locale) -> String {
    guard !summary.codes.isEmpty else { return "" }
    var out = "<h2>\(locale == .zhCN ? "最常见的原因" : "Most frequent reasons")</h2><table>\n"
    let most = summary.codes.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }.prefix(15)
    for (code, count) in most {
      out +=
        "<tr><td class=\"n\">\(count)</td><td><code>\(code.rawValue)</code></td><td>\(escape(catalog.message(code, locale)))</td></tr>\n"
    }
    return out + "</table>\n"
  }

  private static func errors(_ summary: RunSummary, _ locale: Locale) -> String {
    guard summary.rowErrorCount > 0 else { return "" }
    var out = "<h2>\(locale == .zhCN ? "无法读取的行" : "Rows that could not be read")</h2><table>\n"
    for error in summary.rowErrors {
      out +=
        "<tr><td>\(escape("\(error.origin)"))</td><td>\(escape(error.what))</td><td>\(escape(error.fix))</td></tr>\n"
    }
    if summary.rowErrorCount > summary.rowErrors.count {
      out += "<tr><td colspan=3>… \(summary.rowErrorCount - summary.rowErrors.count)</td></tr>"
    }
    return out + "</table>\n"
  }

  private static func section(_ row: ReportRow, _ locale: Locale) -> String {
    var out = "<section class=\"\(row.outcome.rawValue)\"><h3>\(escape(row.ticket))"
    if let applicant = row.applicant { out += " <small>\(escape(applicant))</small>" }
    if let due = row.due { out += " <small>\(locale == .zhCN ? "时限" : "due") \(escape(due))</small>" }
    if let note = row.note { out += " <small>\(escape(note))</small>" }
    out += "</h3><table>\n"
    // What kept the ticket from being accepted comes first.
    let plain: Set<Verdict> = [.satisfied, .notApplicable]
    for finding in row.findings.filter({ !plain.contains($0.verdict) })
      + row.findings.filter({ plain.contains($0.verdict) })
    {
      out += """
        <tr class="\(finding.verdict.rawValue)"><td>\(mark(finding.verdict))</td><td><code>\(escape(finding.code))</code></td>\
        <td>\(escape(finding.message))\(finding.quotes.map { "<q>\(escape($0))</q>" }.joined())</td></tr>

        """
    }
    out += "</table>"
    for picture in row.pictures {
      out += """
        <figure><img alt="" src="\(picture.dataURI)"><figcaption><code>\
        \(escape(picture.caption))</code></figcaption></figure>

        """
    }
    if let reply = row.reply {
      out += "<details><summary>\(escape(reply.subject))</summary><pre>\(escape(reply.body))</pre></details>"
    }
    return out + "</section>\n"
  }

  private static func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .satisfied: "✓"
    case .notApplicable: "·"
    case .doubtful: "?"
    case .missing, .unusable, .contradicted: "✗"
    }
  }

  private static func name(_ outcome: Outcome, _ locale: Locale) -> String {
    guard locale == .zhCN else { return outcome.rawValue }
    return switch outcome {
    case .accepted: "受理"
    case .incomplete: "材料不全"
    case .ineligible: "不满足条件"
    case .review: "人工复核"
    case .withdrawn: "客户撤回"
    case .outOfScope: "不属于注销"
    }
  }

  private static func escape(_ text: String) -> String { HTMLPage.escape(text) }
}
