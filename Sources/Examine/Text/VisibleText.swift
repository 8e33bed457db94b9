/// Mail and HTML to what a person sees: tags and comments dropped, block elements break lines, entities and
/// quoted-printable remnants read, hidden text left out, struck-out text replaced by one mark.
enum VisibleText {
  /// Stands for struck-out text: beside the words of a statement it makes them doubtful, elsewhere it is nothing.
  static let struckMark: UInt32 = 0xE000

  private static let blocks: Set<String> = [
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1",
    "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
  ]
  private static let cells: Set<String> = ["td", "th"]
  private static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdo", "big", "body", "center", "cite", "code", "col", "dfn", "em", "font", "head",
    "html",
    "i", "img", "input", "ins", "kbd", "label", "link", "mark", "meta", "o", "q", "samp", "small", "span", "strong",
    "sub",
    "sup", "time", "tt", "u", "var", "wbr", "textarea", "select", "button", "v", "w",
  ]
  private static let struck: Set<String> = ["del", "s", "strike"]
  private static let unseen: Set<String> = ["script", "style", "title", "template", "noscript"]
  private static let empty: Set<String> = ["br", "hr", "img", "input", "meta", "link", "wbr", "col"]
  private static let entities: [String: UInt32] = [
    "nbsp": 0x20, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "ldquo": 0x201C, "rdquo": 0x201D,
    "lsquo": 0x2018, "rsquo": 0x2019, "emsp": 0x20, "ensp": 0x20, "thinsp": 0x20, "zwnj": 0x200C, "zwj": 0x200D,
    "shy": 0xAD, "middot": 0xB7, "hellip": 0x2026, "mdash": 0x2014, "ndash": 0x2013, "laquo": 0xAB, "raquo": 0xBB,
    "times": 0xD7, "check": 0x2713, "bull": 0x2022, "commat": 0x40, "lpar": 0x28, "rpar": 0x29, "colon": 0x3A,
    "comma": 0x2C, "period": 0x2E, "newline": 10, "tab": 9,
  ]
  /// Longest tag that is looked for; keeps hostile texts linear.
  private static let longestTag = 2000

  /// Is there any sign of mark-up? Most texts have none and are seen as they are.
  static func mayHide(_ given: [UInt32]) -> Bool {
    given.withUnsafeBufferPointer { given in
      // & < = ~; no way out of the loop and no branch in it: the compiler takes several scalars at once.
      var marks: UInt32 = 0
      for scalar in given {
        marks |= (scalar == 0x26 ? 1 : 0) | (scalar &- 0x3C < 2 ? 1 : 0) | (scalar == 0x7E ? 1 : 0)
      }
      return marks != 0
    }
  }

  /// - Returns: what is seen, with the places of its scalars in the text as given; nil where that is the text itself.
  static func read(_ given: [UInt32]) -> (scalars: [UInt32], map: [Int])? {
    let isQuotedPrintable = mayBeQuotedPrintable(given)
    guard isQuotedPrintable || given.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x7E }) else { return nil }
    var (scalars, map) = (given, Array(given.indices))
    if isQuotedPrintable { quotedPrintable(&scalars, &map) }
    if scalars.contains(0x26) { decodeEntities(&scalars, &map) }
    if scalars.contains(0x3C) || scalars.contains(0x7E) { dropTags(&scalars, &map) }
    return (scalars, map)
  }

  /// An equals sign before a line break or two capital hexadecimal digits; not the one of `id=x`.
  private static func mayBeQuotedPrintable(_ s: [UInt32]) -> Bool {
    for i in s.indices.dropLast() where s[i] == 0x3D {
      if s[i + 1] == 10 || s[i + 1] == 13 { return true }
      if i + 2 < s.count, let high = hex(s[i + 1]), let low = hex(s[i + 2]), isEncoded(UInt8(high * 16 + low)) {
        return true
      }
    }
    return false
  }

  /// What is written in two digits: a blank, a sign of equality, a line break, the first byte of a character.
  private static func isEncoded(_ byte: UInt8) -> Bool { isPlain(byte) || byte >= 0xC0 }
  private static func isPlain(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x3D || byte == 0x0A || byte == 0x0D }

  /// `=` before a line break is no line break (a rule of many is none of these), `=20` a blank, `=E5=B7=B2` a character.
  private static func quotedPrintable(_ s: inout [UInt32], _ map: inout [Int]) {
    var out: [UInt32] = []
    var places: [Int] = []
    out.reserveCapacity(s.count)
    var i = 0
    func byte(_ at: Int) -> UInt8? {
      guard at + 2 < s.count, s[at] == 0x3D, let high = hex(s[at + 1]), let low = hex(s[at + 2]) else { return nil }
      return UInt8(high * 16 + low)
    }
    while i < s.count {
      if s[i] == 0x3D {
        if i + 1 < s.count, s[i + 1] == 10 || s[i + 1] == 13, i == 0 || s[i - 1] != 0x3D {
          i += s[i + 1] == 13 && i + 2 < s.count && s[i + 2] == 10 ? 3 : 2
          continue
        }
        if let first = byte(i) {
          var count = 1
          while count < 4, first >= 0xC0, let next = byte(i + 3 * count), next & 0xC0 == 0x80 { count += 1 }
          if isPlain(first) || first >= 0xC0 && count == length(first),
            let text = String(validating: (0..<count).compactMap { byte(i + 3 * $0) }, as: UTF8.self),
            let scalar = text.unicodeScalars.first
          {
            out.append(scalar.value)
            places.append(map[i])
            i += 3 * count
            continue
          }
        }
      }
      out.append(s[i])
      places.append(map[i])
      i += 1
    }
    (s, map) = (out, places)
  }

  /// Bytes of a character of UTF-8 that begins with this one.
  private static func length(_ lead: UInt8) -> Int { lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  private static func hex(_ s: UInt32) -> UInt32? {
    switch s {
    case 0x30...0x39: s - 0x30
    case 0x41...0x46: s - 55
    default: nil
    }
  }

  private static func decodeEntities(_ s: inout [UInt32], _ map: inout [Int]) {
    var out: [UInt32] = []
    var places: [Int] = []
    out.reserveCapacity(s.count)
    var i = 0
    while i < s.count {
      if s[i] == 0x26, let (value, length) = entity(s, i) {
        out.append(value)
        places.append(map[i])
        i += length
      } else {
        out.append(s[i])
        places.append(map[i])
        i += 1
      }
    }
    (s, map) = (out, places)
  }

  private static func entity(_ given: [UInt32], _ at: Int) -> (UInt32, Int)? {
    let limit = min(given.count, at + 12)
    var end = at + 1
    while end < limit, Scalars.isWord(given[end]) || given[end] == 0x23 { end += 1 }
    guard end < given.count, end > at + 1, given[end] == 0x3B else { return nil }
    let name = Scalars.string(given[(at + 1)..<end])
    if let value = entities[name.lowercased()] { return (value, end - at + 1) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let value = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10), Unicode.Scalar(value) != nil
    else { return nil }
    return (value, end - at + 1)
  }

  private static func dropTags(_ s: inout [UInt32], _ map: inout [Int]) {
    var out: [UInt32] = []
    var places: [Int] = []
    out.reserveCapacity(s.count)
    // What is being left out: the element that began it, how deep it is nested in its own kind, whether it is struck.
    var dropped: (name: String, depth: Int, isStruck: Bool)? = nil
    // Lines of a quotation get the mark that mails have.
    var quotations = 0
    func put(_ scalar: UInt32, _ at: Int) {
      guard dropped == nil else { return }
      out.append(scalar)
      places.append(map[at])
      if scalar == 10, quotations > 0 {
        out.append(0x3E)
        places.append(map[at])
      }
    }
    func drop(_ name: String, _ at: Int, isStruck: Bool) {
      if isStruck { put(struckMark, at) }
      dropped = (name, 1, isStruck)
    }
    var i = 0
    while i < s.count {
      if s[i] == 0x3C, i + 1 < s.count {
        if s[i + 1] == 0x21, i + 3 < s.count, s[i + 2] == 0x2D, s[i + 3] == 0x2D {
          // A comment ends at its own end; one that never ends hides nothing that a person would see either.
          var end = i + 4
          while end + 2 < s.count, !(s[end] == 0x2D && s[end + 1] == 0x2D && s[end + 2] == 0x3E) { end += 1 }
          i = min(s.count, end + 3)
          continue
        }
        if let tag = tag(s, i) {
          if var now = dropped {
            if tag.name == now.name {
              now.depth += tag.isClosing ? -1 : empty.contains(tag.name) ? 0 : 1
              dropped = now.depth == 0 ? nil : now
            }
          } else if !tag.isClosing, !empty.contains(tag.name), !tag.isSelfClosed {
            if struck.contains(tag.name) || tag.isStruck {
              drop(tag.name, i, isStruck: true)
            } else if unseen.contains(tag.name) || tag.isHidden {
              drop(tag.name, i, isStruck: false)
            }
          }
          if tag.name == "blockquote" { quotations = max(0, quotations + (tag.isClosing ? -1 : 1)) }
          if cells.contains(tag.name) {
            // A row is one line; a bar parts its cells.
            if tag.isClosing { put(0x7C, i) }
          } else if blocks.contains(tag.name) {
            put(10, i)
          }
          // A box is seen as a box.
          if tag.name == "input", let box = tag.box { put(box, i) }
          i = tag.end
          continue
        }
      }
      if s[i] == 0x7E, i + 1 < s.count, s[i + 1] == 0x7E {
        if dropped?.name == "~~" {
          dropped = nil
        } else if dropped == nil, closes(s, i + 2) {
          drop("~~", i, isStruck: true)
        }
        i += 2
        continue
      }
      put(s[i], i)
      i += 1
    }
    (s, map) = (out, places)
  }

  /// Two tildes strike out only what two more tildes on the same line end.
  private static func closes(_ s: [UInt32], _ from: Int) -> Bool {
    var i = from
    while i + 1 < s.count, i - from < longestTag, s[i] != 10 {
      if s[i] == 0x7E, s[i + 1] == 0x7E { return i > from }
      i += 1
    }
    return false
  }

  private struct Tag {
    var name: String
    var end: Int
    var isClosing: Bool
    var isSelfClosed: Bool
    var isHidden: Bool
    var isStruck: Bool
    /// The box that a form's control shows.
    var box: UInt32?
  }

  /// A tag of HTML. Angle brackets around anything else (a title, an address, another markup) are text.
  private static func tag(_ s: [UInt32], _ at: Int) -> Tag? {
    var i = at + 1
    let isClosing = i < s.count && s[i] == 0x2F
    if isClosing { i += 1 }
    let from = i
    while i < s.count, i - from < 12, Scalars.isWord(s[i]) { i += 1 }
    guard i > from, i < s.count, s[i] == 0x3E || s[i] == 0x2F || s[i] == 0x3A || s[i] <= 0x20 else { return nil }
    let name = Scalars.string(s[from..<i]).lowercased()
    guard blocks.contains(name) || inline.contains(name) || struck.contains(name) || unseen.contains(name) else {
      return nil
    }
    let limit = min(s.count, at + longestTag)
    let attributes = i
    var quote: UInt32 = 0
    while i < limit, s[i] != 0x3E || quote != 0 {
      if quote == 0, s[i] == 0x22 || s[i] == 0x27 { quote = s[i] } else if s[i] == quote { quote = 0 }
      i += 1
    }
    guard i < limit else { return nil }
    let text = attributes < i ? Scalars.string(s[attributes..<i]).lowercased() : ""
    let flat = text.filter { $0 != " " && $0 != "\n" && $0 != "\t" }
    return Tag(
      name: name, end: i + 1, isClosing: isClosing, isSelfClosed: text.hasSuffix("/"), isHidden: isHidden(text, flat),
      isStruck: flat.contains("line-through"),
      box: name == "input" && (flat.contains("checkbox") || flat.contains("radio"))
        ? (text.split(separator: " ").contains { $0.hasPrefix("checked") } ? 0x2611 : 0x2610) : nil)
  }

  private static func isHidden(_ text: String, _ flat: String) -> Bool {
    if flat.isEmpty { return false }
    let styles = ["display:none", "visibility:hidden", "opacity:0;", "opacity:0\"", "opacity:0'", "mso-hide:all"]
    if styles.contains(where: { flat.contains($0) }) { return true }
    if let size = flat.firstRange(of: "font-size:0") {
      // font-size:0, 0px, 0pt; 0.9em is small and seen.
      let rest = flat[size.upperBound...]
      return !(rest.first.map { $0 == "." || $0.isNumber } ?? false) || rest.hasPrefix(".0")
    }
    return text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).contains {
      $0 == "hidden" || $0.hasPrefix("hidden=")
    }
  }
}
