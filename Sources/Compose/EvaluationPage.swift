public import ClosureModel

/// A text of a labelled corpus that was not read as its label says.
public struct EvaluationCase: Sendable {
  public enum Weight: String, Sendable {
    case grave, missed, doubtful

    /// As outcomes of a run look.
    var style: String {
      switch self {
      case .grave: "ineligible"
      case .missed: "incomplete"
      case .doubtful: "review"
      }
    }
  }
  let id: String
  let weight: Weight
  /// Label and reading, then what is known of the text: provider, language, why it was written.
  let facts: [String]
  let code: String
  let reason: String
  let text: MarkedText

  public init(id: String, weight: Weight, facts: [String], code: String, reason: String, text: MarkedText) {
    self.id = id
    self.weight = weight
    self.facts = facts
    self.code = code
    self.reason = reason
    self.text = text
  }
}

/// The HTML page of an evaluation: one file, no script, nothing from outside.
public enum EvaluationPage {
  public struct Cell: Sendable {
    public enum Look: String, Sendable { case plain, number = "n", good = "n good", bad = "n bad" }
    let text: String
    /// Beside the text, small.
    let detail: String?
    let look: Look
    public init(_ text: String, _ look: Look = .number, detail: String? = nil) {
      self.text = text
      self.look = look
      self.detail = detail
    }
    /// A share in whole percents with its counts.
    public init(_ part: Int, of whole: Int) {
      self.init(
        whole == 0 ? "–" : "\((part * 100 + whole / 2) / whole) %", detail: whole == 0 ? nil : "\(part)/\(whole)")
    }
  }
  public struct Row: Sendable {
    /// Above the row, where a new group begins.
    let group: String?
    let name: String
    let cells: [Cell]
    public init(_ name: String, _ cells: [Cell], group: String? = nil) {
      self.name = name
      self.cells = cells
      self.group = group
    }
  }
  public struct Measure: Sendable {
    let name: String
    let part: Int
    let whole: Int
    let weight: EvaluationCase.Weight?
    /// - Parameter weight: nil for what is good the more of it there is.
    public init(_ name: String, _ part: Int, of whole: Int, _ weight: EvaluationCase.Weight? = nil) {
      self.name = name
      self.part = part
      self.whole = whole
      self.weight = weight
    }
  }
  /// A line of contacts that was misread: what is wanting, what is too much, the text with what was read.
  public struct WrongLine: Sendable {
    let id: String
    let missed: [String]
    let extra: [String]
    let text: MarkedText
    public init(id: String, missed: [String], extra: [String], text: MarkedText) {
      self.id = id
      self.missed = missed
      self.extra = extra
      self.text = text
    }
  }
  public enum Part: Sendable {
    case verdict(String, isGood: Bool)
    case measures([Measure])
    case table(title: String, header: [String], rows: [Row])
    case cases(title: String, note: String, all: [EvaluationCase], omitted: Int)
    case wrong(title: String, note: String, header: [String], all: [WrongLine], omitted: Int)

    var title: String? {
      switch self {
      case .verdict, .measures: nil
      case .table(let title, _, _), .cases(let title, _, _, _), .wrong(let title, _, _, _, _): title
      }
    }
  }

  /// - Parameter meta: one line under the title: corpus, policies, time.
  public static func html(title: String, meta: String, parts: [Part], locale: Locale) -> String {
    var out = HTMLPage.head(title, locale) + "<p class=\"meta\">\(HTMLPage.escape(meta))</p>\n"
    let titles = parts.compactMap(\.title)
    if titles.count > 1 {
      out +=
        "<p class=\"meta\">"
        + titles.enumerated().map { "<a href=\"#p\($0)\">\(HTMLPage.escape($1))</a>" }
        .joined(separator: " · ") + "</p>\n"
    }
    var place = 0
    for part in parts {
      out += html(part, "p\(place)", locale)
      if part.title != nil { place += 1 }
    }
    return out + HTMLPage.foot
  }

  private static func html(_ part: Part, _ anchor: String, _ locale: Locale) -> String {
    let escape = HTMLPage.escape
    switch part {
    case .verdict(let text, let isGood):
      return "<p><span class=\"verdict\(isGood ? "" : " bad")\">\(escape(text))</span></p>\n"
    case .measures(let measures):
      let rows = measures.map { measure in
        """
        <tr><th>\(escape(measure.name))</th><td class="n">\(measure.part) / \(measure.whole)</td>\
        <td class="n">\(percent(measure.part, measure.whole))</td><td class="bar"><span class="\
        \(measure.weight?.style ?? "accepted")" style="width:\(measure.whole == 0 ? 0 : measure.part * 100 / measure.whole)%">\
        </span></td></tr>

        """
      }
      return "<table class=\"bars measures\">\n" + rows.joined() + "</table>\n"
    case .table(let title, let header, let rows):
      var out = "<h2 id=\"\(anchor)\">\(escape(title))</h2><div class=\"scroll\"><table class=\"grid\">\n<tr>"
      for (index, name) in header.enumerated() {
        let isText = index == 0 || rows.first.map { $0.cells.dropFirst(index - 1).first?.look == .plain } ?? false
        out += "<th\(isText ? "" : " class=\"n\"")>\(escape(name))</th>"
      }
      out += "</tr>\n"
      for row in rows {
        if let group = row.group {
          out += "<tr class=\"group\"><th colspan=\"\(header.count)\">\(escape(group))</th></tr>\n"
        }
        let cells = row.cells.map { cell in
          let detail = cell.detail.map { " <small>\(escape($0))</small>" } ?? ""
          let look = cell.look == .plain ? "" : " class=\"\(cell.look.rawValue)\""
          return "<td\(look)>\(escape(cell.text))\(detail)</td>"
        }
        out += "<tr><td>\(escape(row.name))</td>\(cells.joined())</tr>\n"
      }
      return out + "</table></div>\n"
    case .cases(let title, let note, let all, let omitted):
      var out = head(title, anchor, note, all.count + omitted)
      for one in all { out += section(one) }
      return out + more(omitted, locale)
    case .wrong(let title, let note, let header, let all, let omitted):
      var out = head(title, anchor, note, all.count + omitted)
      if all.isEmpty { return out }
      out += "<table class=\"wrong\"><tr>\(header.map { "<th>\(escape($0))</th>" }.joined())</tr>\n"
      for line in all {
        let cells = [line.missed, line.extra].map { "<td>\($0.map(escape).joined(separator: "<br>"))</td>" }
        out +=
          "<tr><td><code>\(escape(line.id))</code></td>\(cells.joined())<td><pre>\(marked(line.text))</pre></td></tr>\n"
      }
      return out + "</table>\n" + more(omitted, locale)
    }
  }

  private static func head(_ title: String, _ anchor: String, _ note: String, _ count: Int) -> String {
    "<h2 id=\"\(anchor)\">\(HTMLPage.escape(title)) <small>\(count)</small></h2><p class=\"meta\">\(HTMLPage.escape(note))</p>\n"
  }

  private static func more(_ omitted: Int, _ locale: Locale) -> String {
    guard omitted > 0 else { return "" }
    return "<p class=\"meta\">" + (locale == .zhCN ? "另有 \(omitted) 条没有列出。" : "\(omitted) more are not listed.")
      + "</p>\n"
  }

  private static func section(_ one: EvaluationCase) -> String {
    let facts = one.facts.map { "<small>\(HTMLPage.escape($0))</small>" }.joined(separator: " · ")
    return """
      <section class="\(one.weight.style)"><h3>\(HTMLPage.escape(one.id)) \(facts)</h3>
      <p><code>\(HTMLPage.escape(one.code))</code> \(HTMLPage.escape(one.reason))</p>
      <pre>\(marked(one.text))</pre></section>

      """
  }

  // MARK: Texts

  private static let longestPlain = 600
  private static let keptOfPlain = 200

  /// Long stretches without a mark are cut: a page of a corpus is to be read.
  private static func marked(_ text: MarkedText) -> String {
    text.pieces.map { piece in
      switch piece.mark {
      case .statement: "<mark>\(HTMLPage.escape(piece.text))</mark>"
      case .against: "<mark class=\"against\">\(HTMLPage.escape(piece.text))</mark>"
      case .none:
        if piece.text.unicodeScalars.count <= longestPlain {
          HTMLPage.escape(piece.text)
        } else {
          HTMLPage.escape(String(piece.text.unicodeScalars.prefix(keptOfPlain)))
            + "<span class=\"cut\"> … \(piece.text.unicodeScalars.count - 2 * keptOfPlain) … </span>"
            + HTMLPage.escape(String(piece.text.unicodeScalars.suffix(keptOfPlain)))
        }
      }
    }.joined()
  }

  /// In tenths, rounded half up; a dash where there is nothing to take a share of.
  public static func percent(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let tenths = (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
