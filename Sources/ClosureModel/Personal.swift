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
    var text = text
    return text.withUTF8 { bytes in
      guard mayHoldPersonal(bytes[...]) else { return nil }
      let kept = ticket.map(\.rawValue).flatMap { TicketShape.isPlain($0) ? Array($0.unicodeScalars) : nil } ?? []
      // Neither an address nor a run goes over a line end, so that most lines of a reply are copied as they are.
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count + 16)
      for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
        if number > 0 { out.append(0x0A) }
        if mayHoldPersonal(line) {
          mask(Array(String(decoding: line, as: UTF8.self).unicodeScalars), keeping: kept) { scalar, _ in
            out.append(contentsOf: String(scalar).utf8)
          }
        } else {
          out.append(contentsOf: line)
        }
      }
      return String(decoding: out, as: UTF8.self)
    } ?? text
  }

  /// A cheap look: an `@`, or five digits, of either width.
  private static func mayHoldPersonal(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var digits = 0
    // The last three bytes: ０ to ９ are EF BC 90 to 99, ＠ is EF BC A0.
    var last: UInt32 = 0
    for byte in text {
      last = (last << 8 | UInt32(byte)) & 0xFF_FFFF
      switch last {
      case _ where byte == UInt8(ascii: "@"), 0xEFBCA0: return true
      case _ where (0x30...0x39).contains(byte), 0xEFBC90...0xEFBC99:
        digits += 1
        if digits == 5 { return true }
      default: break
      }
    }
    return false
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

  /// Keeps the first two and the last two characters of an account name or another identifier.
  public static func identifier(_ text: String) -> String {
    guard text.count > 5 else { return text.isEmpty ? "" : String(text.prefix(1)) + "***" }
    return String(text.prefix(3)) + "***" + String(text.suffix(2))
  }

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
    " -－—–()（）\u{3000}\u{00A0}.*".unicodeScalars.contains(s)
  }

  private static func isMailAtom(_ s: Unicode.Scalar) -> Bool {
    switch s.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: true
    default: "._%+-".unicodeScalars.contains(s)
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
