import TestSupport

/// Ways of writing that a person does not see or that say nothing: they never change what a text states.
enum Disguise: String, CaseIterable, Sendable {
  case zeroWidth = "zero-width characters between characters"
  case fullWidth = "letters, digits and marks in full-width forms"
  case entities = "characters as HTML numeric entities"
  case greeting = "a greeting line before the text"
  case signature = "a signature with a phone and an e-mail after the text"

  func apply(_ text: String, _ random: inout SeededGenerator) -> String {
    switch self {
    case .greeting: return "您好！\n" + text
    case .signature: return text + "\n联系电话：13800138000\n邮箱：desk@example.com"
    case .zeroWidth:
      let invisible = ["\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{AD}"].map(Unicode.Scalar.init)
      return Self.rewritten(text) { scalar, next, out in
        out.append(scalar)
        guard next, Bool.random(using: &random) else { return }
        if let one = invisible.compactMap(\.self).randomElement(using: &random) { out.append(one) }
      }
    case .fullWidth:
      // A tag in full-width forms is no tag any more, but words that a person sees.
      if Self.hasMarkup(text) { return text }
      return Self.rewritten(text) { scalar, _, out in
        let wide = (0x21...0x7E).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0xFEE0) : nil
        out.append(wide ?? scalar)
      }
    case .entities:
      let isHex = Bool.random(using: &random)
      return Self.rewritten(text) { scalar, _, out in
        guard scalar.value > 0x20, Int.random(in: 0..<4, using: &random) > 0 else { return out.append(scalar) }
        let number = isHex ? "x" + String(scalar.value, radix: 16) : String(scalar.value)
        out.append(contentsOf: "&#\(number);".unicodeScalars)
      }
    }
  }

  private static func hasMarkup(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0 == "<" || $0 == "&" || $0 == "=" } || text.contains("~~")
  }

  /// Rewrites scalar by scalar, but leaves tags, entities, `=E5` and `~~` as they are: a change in them is seen.
  /// - Parameter change: the scalar, whether something may be put behind it, where to write.
  private static func rewritten(
    _ text: String, _ change: (Unicode.Scalar, Bool, inout String.UnicodeScalarView) -> Void
  ) -> String {
    let scalars = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var i = 0
    while i < scalars.count {
      let end = markupEnd(scalars, i)
      if end > i {
        out.append(contentsOf: scalars[i..<end])
        i = end
        continue
      }
      // Not before a combining mark and not inside a line end.
      let isParted =
        i + 1 < scalars.count && scalars[i] != "\r" && markupEnd(scalars, i + 1) == i + 1
        && !scalars[i + 1].properties.isGraphemeExtend
      change(scalars[i], isParted, &out)
      i += 1
    }
    return String(out)
  }

  private static func markupEnd(_ s: [Unicode.Scalar], _ at: Int) -> Int {
    switch s[at] {
    case "<": return s[at...].firstIndex(of: ">").map { $0 + 1 } ?? s.count
    case "&":
      // &lt;p&gt; is a tag to the reader as it is to a mail program that decodes twice.
      if Array(s[at...].prefix(4)) == Array("&lt;".unicodeScalars) {
        var end = at + 4
        while end < s.count, end < at + 200, !(s[end] == ";" && s[end - 1] == "t" && s[end - 2] == "g") { end += 1 }
        return min(s.count, end + 1)
      }
      return s[at..<min(s.count, at + 12)].firstIndex(of: ";").map { $0 + 1 } ?? at + 1
    case "=": return min(s.count, at + 3)
    case "~": return at + 1
    default: return at
    }
  }
}
