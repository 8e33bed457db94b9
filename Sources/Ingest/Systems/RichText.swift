import ClosureModel

/// Texts that are neither plain nor HTML, as plain text in which quoted words keep the mark `> `.
enum RichText {
  /// Atlassian Document Format, or the wiki markup that stood in its place before. Nodes that are not known speak
  /// through their content.
  static func atlassian(_ document: JSONValue) -> String? {
    if case .text(let text) = document { return wiki(text) }
    guard case .object = document else { return nil }
    var out = ""
    block(document, quote: 0, &out)
    while out.last == "\n" { out.removeLast() }
    return out
  }

  /// Nodes whose children stand in one line.
  private static let lines: Set<String> = [
    "paragraph", "heading", "codeBlock", "caption", "taskItem", "decisionItem",
  ]

  private static func block(_ node: JSONValue, quote: Int, _ out: inout String) {
    let type = node["type"]?.text ?? ""
    guard case .array(let children)? = node["content"] else {
      // A card or an extension on its own, or a line's node where a block was expected.
      var line = ""
      inline(node, &line)
      if !line.isEmpty { add(line, quote: quote, &out) }
      return
    }
    let inside = type == "blockquote" ? quote + 1 : quote
    // The heading of a part that can be folded away.
    if type == "expand" || type == "nestedExpand", let title = node["attrs"]?["title"]?.text, !title.isEmpty {
      add(title, quote: inside, &out)
    }
    guard !lines.contains(type) else {
      var line = box(node)
      for child in children { inline(child, &line) }
      add(line, quote: inside, &out)
      return
    }
    // A task whose words stand in paragraphs.
    if type == "blockTaskItem" {
      var inner = ""
      for child in children { block(child, quote: 0, &inner) }
      while inner.last == "\n" { inner.removeLast() }
      return add(box(node) + inner, quote: inside, &out)
    }
    for child in children { block(child, quote: inside, &out) }
  }

  /// `☑ ` before what is ticked, `☐ ` before what is not: an empty box says nothing of the words behind it. A decision
  /// has a box only where it has a state.
  private static func box(_ node: JSONValue) -> String {
    let state = node["attrs"]?["state"]?.text?.uppercased() ?? ""
    switch node["type"]?.text {
    case "taskItem", "blockTaskItem": return state == "DONE" ? "☑ " : "☐ "
    case "decisionItem": return state.isEmpty ? "" : state == "DECIDED" ? "☑ " : "☐ "
    default: return ""
    }
  }

  private static func add(_ text: String, quote: Int, _ out: inout String) {
    let mark = String(repeating: "> ", count: quote)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { out += mark + line + "\n" }
  }

  private static func inline(_ node: JSONValue, _ out: inout String) {
    let attributes = node["attrs"]
    switch node["type"]?.text {
    case "text":
      let text = node["text"]?.text ?? ""
      var isStruck = false
      if case .array(let marks)? = node["marks"] { isStruck = marks.contains { $0["type"]?.text == "strike" } }
      // Struck words stay visible as struck ones: the reader knows the tag.
      out += isStruck ? "<s>" + text + "</s>" : text
    case "hardBreak": out += "\n"
    case "date":
      // Milliseconds at midnight UTC of the day that was chosen.
      if let time = attributes?["timestamp"]?.text.flatMap({ Int64($0) }) {
        out += Timestamp(epochSeconds: time / 1000, offsetSeconds: 0).day(offsetSeconds: 0).description
      }
    // What the form says before anybody has written.
    case "placeholder": break
    case "media", "mediaInline": out += attributes?["alt"]?.text ?? ""
    case "mention": out += attributes?["text"]?.text ?? "@"
    case "inlineCard", "blockCard", "embedCard":
      out += attributes?["url"]?.text ?? attributes?["data"]?["url"]?.text ?? attributes?["data"]?["name"]?.text ?? ""
    default:
      if case .array(let children)? = node["content"] {
        for child in children { inline(child, &out) }
      } else {
        out += attributes?["text"]?.text ?? attributes?["shortName"]?.text ?? attributes?["url"]?.text ?? ""
      }
    }
  }

  /// Jira's wiki markup: `{quote}` … `{quote}` and `bq. ` become quotations, `-struck words-` struck ones.
  static func wiki(_ text: String) -> String { struck(quoted(text)) }

  /// Redmine's Textile: `-struck words-`, and `bq. ` before a paragraph, `bq.. ` before several, which quotes it. Other
  /// quotations begin with `> ` as they are.
  static func textile(_ text: String) -> String { struck(paragraphsQuoted(text)) }

  private static func paragraphsQuoted(_ text: String) -> String {
    guard text.contains("bq") else { return text }
    var out: [String] = []
    var quoting: (on: Bool, isLong: Bool) = (false, false)
    for line in text.split(whereSeparator: \.isNewline, omitting: false) {
      let words = line.drop { $0.isWhitespace }
      if let sign = words.firstMatch(of: /^bq(?:\([^)]*\)|\{[^}]*\}|\[[^\]]*\])*(\.{1,2})(?::\S*)?\s+/) {
        quoting = (true, sign.1.count == 2)
        out.append("> " + words[sign.range.upperBound...])
        continue
      }
      if quoting.isLong, words.firstMatch(of: /^(?:p|h[1-6]|pre|bc)(?:\([^)]*\))?\.{1,2}\s/) != nil {
        quoting = (false, false)
      }
      if !quoting.isLong, words.isEmpty { quoting = (false, false) }
      out.append(quoting.on ? "> " + line : String(line))
    }
    return out.joined(separator: "\n")
  }

  /// `-words-` and `{-}words{-}` of a line as `<s>words</s>`: the reader knows the tag. The hyphens stand at the edges of
  /// words – `138-0013-8000`, `a-b` and `- item` strike nothing.
  static func struck(_ text: String) -> String {
    guard text.contains("-") else { return text }
    return text.split(whereSeparator: \.isNewline, omitting: false).map { line in
      line.contains("-") ? struck(line: Array(line)) : String(line)
    }.joined(separator: "\n")
  }

  private static func struck(line: [Character]) -> String { StruckLine(line).marked }

  /// An open `{quote}` quotes all behind it.
  private static func quoted(_ text: String) -> String {
    guard text.contains("{quote}") || text.contains("bq.") else { return text }
    var out: [String] = []
    var isQuoted = false
    for line in text.split(whereSeparator: \.isNewline, omitting: false) {
      if line.contains("{quote}") {
        for (index, piece) in line.split(separator: "{quote}", omittingEmptySubsequences: false).enumerated() {
          if index > 0 { isQuoted.toggle() }
          if piece.contains(where: { !$0.isWhitespace }) { out.append(isQuoted ? "> " + piece : String(piece)) }
        }
      } else if isQuoted {
        out.append("> " + line)
      } else if line.trimmed.hasPrefix("bq. ") {
        out.append("> " + line.trimmed.dropFirst(4))
      } else {
        out.append(String(line))
      }
    }
    return out.joined(separator: "\n")
  }

  /// Is there a sign of quoted words in the mark-up, which a plain copy of it may have lost?
  static func showsQuotation(html: String) -> Bool {
    let text = html.lowercased()
    return [
      "<blockquote", "quote", "border-left", "appendonsend", "divrplyfwdmsg", "<del", "<s>", "<strike",
      "line-through",
    ]
    .contains { text.contains($0) } || text.contains(/<s\s/)
  }

  /// RFC 4648, line ends passed over.
  static func base64(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text.utf8 {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
      case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D:
        padding += 1
        continue
      case 0x0A, 0x0D, 0x20, 0x09: continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        out.append(UInt8(truncatingIfNeeded: bits >> 16))
        out.append(UInt8(truncatingIfNeeded: bits >> 8))
        out.append(UInt8(truncatingIfNeeded: bits))
        (bits, count) = (0, 0)
      }
    }
    switch count {
    case 0: return out
    case 2: out.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3:
      out.append(UInt8(truncatingIfNeeded: bits >> 10))
      out.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return out
  }
}

extension String {
  fileprivate func split(whereSeparator isSeparator: (Character) -> Bool, omitting: Bool) -> [Substring] {
    split(maxSplits: .max, omittingEmptySubsequences: omitting, whereSeparator: isSeparator)
  }
}

/// One line whose struck words are to be found. Each place is looked at once, however many hyphens there are.
private struct StruckLine {
  private let line: [Character]
  /// For each place the next one, itself included, where `{-}` stands, and the next hyphen that ends struck words.
  private let nextMark: [Int?]
  private let nextEnd: [Int?]
  /// Letters before each place.
  private let letters: [Int]

  init(_ line: [Character]) {
    self.line = line
    var (mark, end): (Int?, Int?) = (nil, nil)
    var marks = [Int?](repeating: nil, count: line.count + 1)
    var ends = marks
    for at in line.indices.reversed() {
      if Self.isMark(line, at) { mark = at }
      if line[at] == "-", Self.isInner(line, at - 1), Self.isEdge(line, at + 1) { end = at }
      (marks[at], ends[at]) = (mark, end)
    }
    (nextMark, nextEnd) = (marks, ends)
    letters = line.reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1.isLetter ? 1 : 0)) }
  }

  var marked: String {
    var out = ""
    var index = 0
    while index < line.count {
      if let (inside, after) = forced(index) ?? strike(index) {
        out += "<s>" + String(line[inside]) + "</s>"
        index = after
      } else {
        out.append(line[index])
        index += 1
      }
    }
    return out
  }

  /// What `{-}` … `{-}` holds, and where the line goes on.
  private func forced(_ start: Int) -> (Range<Int>, Int)? {
    guard Self.isMark(line, start), let end = nextMark[start + 3] else { return nil }
    return (start + 3..<end, end + 3)
  }

  private func strike(_ start: Int) -> (Range<Int>, Int)? {
    guard line[start] == "-", Self.isEdge(line, start - 1), Self.isInner(line, start + 1), start + 2 < line.count,
      let end = nextEnd[start + 2], letters[end] > letters[start]
    else { return nil }
    return (start + 1..<end, end + 1)
  }

  private static func isMark(_ line: [Character], _ at: Int) -> Bool {
    at + 2 < line.count && line[at] == "{" && line[at + 1] == "-" && line[at + 2] == "}"
  }

  private static func isEdge(_ line: [Character], _ at: Int) -> Bool {
    !line.indices.contains(at) || !(line[at].isLetter || line[at].isNumber || line[at] == "-")
  }

  private static func isInner(_ line: [Character], _ at: Int) -> Bool {
    line.indices.contains(at) && !line[at].isWhitespace && line[at] != "-"
  }
}
