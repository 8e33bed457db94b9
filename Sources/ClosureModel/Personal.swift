/// A value that names a person or lets one be reached. Prints as its length; read only with a reason.
public struct Personal: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
  public enum Reason: Sendable { case customerReply, operatorReveal, ledgerRecord }
  private let value: String
  public init(_ value: String) { self.value = value }
  public func reveal(for reason: Reason) -> String { value }
  public var description: String { "‹\(value.count) chars›" }
  public var debugDescription: String { description }
}

/// Masking of personal data in whatever leaves the program. Digits of phones and ids, mail boxes: what stays lets an
/// operator recognise a value that she has beside her, and nobody else use it.
public enum Masking {
  /// Masks mail addresses and every run of five or more digits (also with blanks, dashes or full-width digits between).
  /// Text without either comes back as it is.
  /// - Parameter ticket: shown whole where it stands alone: a reply names the customer's own ticket. One that has the shape
  ///   of a person's number or address is masked like any other text.
  public static func text(_ text: String, keeping ticket: Ticket.ID? = nil) -> String {
    var whole = text
    guard let masked = whole.withUTF8({ masked($0, ticket) }) else { return text }
    return String(decoding: masked, as: UTF8.self)
  }

  /// The masked text as UTF-8, for writers that have no use for a `String`.
  public static func withText<Result>(
    _ text: String, keeping ticket: Ticket.ID? = nil, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      guard let masked = masked(bytes, ticket) else { return body(bytes) }
      return masked.withUnsafeBufferPointer(body)
    }
  }

  /// - Returns: `nil` for a text that comes back as it is.
  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>, _ ticket: Ticket.ID?) -> [UInt8]? {
    var out: [UInt8] = []
    var kept: [Unicode.Scalar]?
    var scalars: [Unicode.Scalar] = []
    // Neither an address nor a run of digits goes over a line end or a Chinese character, so that most of a text is copied
    // as it is.
    var copied = 0
    var at = 0
    while at < bytes.count {
      if let width = partingWidth(bytes[at]) {
        at += width
        continue
      }
      let start = at
      guard passStretch(bytes, &at) else { continue }
      if kept == nil {
        out.reserveCapacity(bytes.count + 16)
        kept = ticket.map(\.rawValue).flatMap { TicketShape.isPlain($0) ? Array($0.unicodeScalars) : nil } ?? []
      }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<start]))
      scalars.removeAll(keepingCapacity: true)
      decode(UnsafeBufferPointer(rebasing: bytes[start..<at]), to: &scalars)
      mask(scalars, keeping: kept ?? []) { scalar, _ in
        if scalar.value < 0x80 {
          out.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          for byte in scalar.utf8 { out.append(byte) }
        }
      }
      copied = at
    }
    guard kept != nil else { return nil }
    out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
    return out
  }

  /// How many bytes a character takes that no address, number or kept id holds: a line end, one of U+4000 to U+9FFF; nil
  /// for the first byte of another.
  private static func partingWidth(_ lead: UInt8) -> Int? {
    if lead &- 0xE4 <= 5 { return 3 }
    return lead == 0x0A ? 1 : nil
  }

  /// Goes on to the next character that parts addresses and numbers.
  /// - Returns: whether what was passed may hold one: an `@`, or five digits, of either width.
  private static func passStretch(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Bool {
    var digits = 0
    var hasSign = false
    while at < text.count, partingWidth(text[at]) == nil {
      switch text[at] {
      case 0x30...0x39: digits += 1
      case UInt8(ascii: "@"): hasSign = true
      // ０ to ９ are EF BC 90 to 99, ＠ is EF BC A0.
      case 0xEF where at + 2 < text.count && text[at + 1] == 0xBC:
        if text[at + 2] == 0xA0 { hasSign = true }
        if (0x90...0x99).contains(text[at + 2]) { digits += 1 }
        at += 2
      default: break
      }
      at += 1
    }
    return hasSign || digits >= 5
  }

  /// - Parameter bytes: UTF-8 that is known to be valid, as a string's is.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, to scalars: inout [Unicode.Scalar]) {
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var value = width == 1 ? UInt32(lead) : UInt32(lead) & (0xFF >> UInt32(width + 1))
      for place in at + 1..<max(at + width, at + 1) { value = value << 6 | UInt32(bytes[place]) & 0x3F }
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      at += width
    }
  }

  /// The masked text scalar by scalar, each with the place in `text` that it stands for (rising, in scalars), so that
  /// spans of the text as read can be found in it.
  public static func mapped(_ text: String) -> [(scalar: Unicode.Scalar, source: Int)] {
    var out: [(scalar: Unicode.Scalar, source: Int)] = []
    let scalars = Array(text.unicodeScalars)
    out.reserveCapacity(scalars.count)
    mask(scalars) { out.append(($0, $1)) }
    return out
  }

  private static func mask(
    _ scalars: [Unicode.Scalar], keeping kept: [Unicode.Scalar] = [], _ put: (Unicode.Scalar, Int) -> Void
  ) {
    var i = 0
    while i < scalars.count {
      if scalars[i] == kept.first, standsAlone(kept, in: scalars, at: i) {
        for place in i..<i + kept.count { put(scalars[place], place) }
        i += kept.count
      } else if let end = timeEnd(scalars, from: i) {
        for place in i..<end { put(scalars[place], place) }
        i = end
      } else if let end = policyEnd(scalars, from: i) {
        for place in i..<end { put(scalars[place], place) }
        i = end
      } else if isMailAtom(scalars[i]), let end = mailEnd(scalars, from: i) {
        let at = scalars[i..<end].firstIndex { $0 == "@" || $0 == "＠" } ?? i
        put(scalars[i], i)
        for star in "***".unicodeScalars { put(star, min(i + 1, at)) }
        for place in at..<end { put(scalars[place], place) }
        i = end
      } else if digit(scalars[i]) != nil || (scalars[i] == "+" && i + 1 < scalars.count && digit(scalars[i + 1]) != nil)
      {
        let end = digitRunEnd(scalars, from: i)
        let count = scalars[i..<end].count { digit($0) != nil }
        if count < 5 {
          for place in i..<end { put(scalars[place], place) }
        } else {
          // The first three and the last two digits stay of a phone or an id; of a shorter run only the first two.
          let head = count >= 9 ? 3 : 1
          let tail = count >= 9 ? 2 : 1
          var seen = 0
          for place in i..<end {
            guard digit(scalars[place]) != nil else {
              put(scalars[place], place)
              continue
            }
            seen += 1
            put(seen <= head || seen > count - tail ? scalars[place] : "*", place)
          }
        }
        i = end
      } else if isMailAtom(scalars[i]) {
        // A word that is no address: copied whole, so that its tail is not tried again as one.
        var end = i
        while end < scalars.count, isMailAtom(scalars[end]), digit(scalars[end]) == nil { end += 1 }
        for place in i..<max(end, i + 1) { put(scalars[place], place) }
        i = max(end, i + 1)
      } else {
        put(scalars[i], i)
        i += 1
      }
    }
  }

  /// Whether the text stands there, and is no part of a longer word, number or address.
  private static func standsAlone(_ text: [Unicode.Scalar], in s: [Unicode.Scalar], at start: Int) -> Bool {
    let end = start + text.count
    guard end <= s.count, s[start..<end].elementsEqual(text) else { return false }
    func isWord(_ place: Int) -> Bool {
      s.indices.contains(place) && (isMailAtom(s[place]) && !".-_".contains(Character(s[place])))
    }
    guard !isWord(start - 1), !isWord(end) else { return false }
    // The number that it might be a part of may have blanks and dashes inside.
    for step in [-1, 1] {
      var place = step < 0 ? start - 1 : end
      while s.indices.contains(place), isNumberGap(s[place]) { place += step }
      if s.indices.contains(place), digit(s[place]) != nil { return false }
    }
    var tail = end
    while tail < s.count, isMailAtom(s[tail]) { tail += 1 }
    return tail == s.count || (s[tail] != "@" && s[tail] != "＠")
  }

  /// A name that somebody else gave, such as a column's heading, on one line: masked, no control or direction characters,
  /// 40 characters at most.
  public static func name(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(400) {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
      case .format, .surrogate, .privateUse, .unassigned: break
      default: line.append(scalar)
      }
    }
    let masked = Self.text(String(line))
    return masked.count > 40 ? masked.prefix(39) + "…" : masked
  }

  /// Keeps the first two and the last two characters of an account name or another identifier.
  public static func identifier(_ text: String) -> String {
    // Where no two scalars can join to one character, places are counted without looking for such.
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
      guard text.utf8.count > 5 else { return text.isEmpty ? "" : String(text.unicodeScalars.prefix(1)) + "***" }
      return String(text.unicodeScalars.prefix(3)) + "***" + String(text.unicodeScalars.suffix(2))
    }
    guard text.count > 5 else { return text.isEmpty ? "" : String(text.prefix(1)) + "***" }
    return String(text.prefix(3)) + "***" + String(text.suffix(2))
  }

  /// Where a moment ends that begins here: 2026-11-23T09:10, with or without seconds. A day alone may be one of birth.
  private static func timeEnd(_ s: [Unicode.Scalar], from start: Int) -> Int? {
    guard digit(s[start]) != nil else { return nil }
    // 138 0013 2026-…: the end of a number.
    if let last = s[..<start].last(where: { !isNumberGap($0) }), digit(last) != nil { return nil }
    let shape = timeShape
    guard start + shape.count <= s.count else { return nil }
    for (place, mark) in shape.enumerated() {
      let scalar = s[start + place]
      guard mark == "0" ? digit(scalar) != nil : scalar == mark else { return nil }
    }
    var end = start + shape.count
    if end + 2 < s.count, s[end] == ":", digit(s[end + 1]) != nil, digit(s[end + 2]) != nil { end += 3 }
    return end < s.count && digit(s[end]) != nil ? nil : end
  }
  private static let timeShape = Array("0000-00-00T00:00".unicodeScalars)

  /// Where a policy's id ends that begins here: jdcloud@2026-01-15. No address has a day for its domain.
  private static func policyEnd(_ s: [Unicode.Scalar], from start: Int) -> Int? {
    guard start == 0 || !isMailAtom(s[start - 1]) else { return nil }
    let name = s[start...].prefix { (0x61...0x7A).contains($0.value) || $0 == "-" || $0 == "_" }
    let day = dayShape
    guard !name.isEmpty, name.endIndex + day.count < s.count, s[name.endIndex] == "@" else { return nil }
    let end = name.endIndex + 1 + day.count
    for (scalar, mark) in zip(s[(name.endIndex + 1)..<end], day) {
      guard mark == "0" ? digit(scalar) != nil : scalar == mark else { return nil }
    }
    return end < s.count && isMailAtom(s[end]) ? nil : end
  }
  private static let dayShape = Array("0000-00-00".unicodeScalars)

  private static func digit(_ s: Unicode.Scalar) -> Int? {
    switch s.value {
    case 0x30...0x39: Int(s.value - 0x30)
    case 0xFF10...0xFF19: Int(s.value - 0xFF10)
    default: nil
    }
  }

  private static func digitRunEnd(_ s: [Unicode.Scalar], from start: Int) -> Int {
    var end = start + 1
    var probe = end
    while probe < s.count {
      if digit(s[probe]) != nil {
        probe += 1
        end = probe
      } else if probe - end < 2, isNumberGap(s[probe]) {
        probe += 1
      } else {
        break
      }
    }
    return end
  }

  private static func isNumberGap(_ s: Unicode.Scalar) -> Bool {
    switch s {
    case " ", "-", "－", "—", "–", "(", ")", "（", "）", "\u{3000}", "\u{00A0}", ".", "*": true
    default: false
    }
  }

  private static func isMailAtom(_ s: Unicode.Scalar) -> Bool {
    switch s.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: true
    // . _ % + -
    case 0x2E, 0x5F, 0x25, 0x2B, 0x2D: true
    default: false
    }
  }

  private static func mailEnd(_ s: [Unicode.Scalar], from start: Int) -> Int? {
    var i = start
    while i < s.count, i - start < 65, isMailAtom(s[i]) { i += 1 }
    guard i > start, i < s.count, s[i] == "@" || s[i] == "＠" else { return nil }
    let at = i
    i += 1
    while i < s.count, isMailAtom(s[i]) { i += 1 }
    return i > at + 1 ? i : nil
  }
}
