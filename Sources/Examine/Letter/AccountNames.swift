import ClosureModel

/// Account names written on the letter, held against the one of the ticket.
struct AccountNames {
  struct Mention: Hashable {
    enum Kind: Hashable {
      case exact
      /// The same but for characters that look alike (l 1 I, 0 O): misread, or another account.
      case alike
      case near
      case other
      case empty
    }
    let range: Range<Int>
    let kind: Kind
    let value: [Unicode.Scalar]
    let confidence: Double
  }

  let expected: [Unicode.Scalar]

  init(expected: String) { self.expected = LetterText.fold(expected).filter { $0 != " " } }

  /// What stands before an account's name.
  private static let labels = TextSearch.words(
    """
    账号名称为 账号名称是 账号名称 账户名称为 账户名称 账号名为 账号名 账户名 账号ID 账号id 账户ID 用户名为 用户名称 用户名 用户ID 登录名 \
    登录账号 登录账户 账号为 账号是 账号 账户为 账户 用户PIN PIN pin
    """)
  /// Marks between a label and the name.
  private static let marks = Array(":：\"“”‘’'《》【】[]()「」『』=".unicodeScalars)

  /// Whether an account is announced in a line, or something stands there that may be a piece of one.
  func mayBeNamed(in line: [Unicode.Scalar]) -> Bool {
    if TextSearch.contains(line, anyOf: Self.labels) { return true }
    let latin = line.count { Scalars.isWord($0.value) && !TextSearch.isHan($0) }
    return latin >= 3 || !Set(line.filter(TextSearch.isHan)).isDisjoint(with: expected)
  }

  func mentions(in text: LetterText) -> [Mention] {
    let scalars = text.scalars
    var found: [Mention] = []
    var at = 0
    while at < scalars.count {
      guard let label = TextSearch.word(at: at, in: scalars, of: Self.labels) else {
        at += 1
        continue
      }
      at += label.count
      var start = at
      var isLabelled = TextSearch.ends(label, with: Array("为".unicodeScalars))
      if start < scalars.count, scalars[start] == "(", let close = scalars[start...].prefix(14).firstIndex(of: ")"),
        close + 1 < scalars.count, scalars[close + 1] == ":"
      {
        start = close + 1
      }
      while start < scalars.count, Self.marks.contains(scalars[start]) || scalars[start] == " " {
        isLabelled = isLabelled || scalars[start] == ":"
        start += 1
      }
      if isLabelled || start > at, start < scalars.count, scalars[start] == "\n",
        let next = isBelow(start + 1, scalars)
      {
        guard next else { continue }
        start += 1
        isLabelled = true
      }
      var end = start
      while end < scalars.count, isPart(scalars[end], at: end, from: start, scalars) { end += 1 }
      if let mention = mention(start..<end, isLabelled, text) { found.append(mention) }
      at = max(at, end)
    }
    return found
  }

  /// Whether the row below a label with nothing behind it begins with the expected name.
  /// - Returns: false where it begins with another word of Latin letters or digits: the name, badly read, or something
  ///   else's value; nil where it begins with none.
  private func isBelow(_ start: Int, _ scalars: [Unicode.Scalar]) -> Bool? {
    guard start < scalars.count, Scalars.isWord(scalars[start].value), !TextSearch.isHan(scalars[start]) else {
      return nil
    }
    let end = start + expected.count
    guard !expected.isEmpty, end <= scalars.count, isSame(Array(scalars[start..<end]), expected) else { return false }
    var rest = scalars[end...].drop { ".-_ ".unicodeScalars.contains($0) }
    return rest.popFirst().map { !isPart($0, at: end, from: start, scalars) } ?? true
  }

  /// Names are Latin; the expected one may hold others.
  private func isPart(_ scalar: Unicode.Scalar, at: Int, from start: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    if Scalars.isWord(scalar.value) || "_-.@+ ".unicodeScalars.contains(scalar) { return true }
    if Self.bars.contains(scalar) {
      return at > start && at + 1 < scalars.count && LetterText.isNarrow(scalars[at - 1])
        && LetterText.isNarrow(scalars[at + 1])
    }
    return expected.contains(scalar) && TextSearch.isHan(scalar)
  }

  private func mention(_ range: Range<Int>, _ isLabelled: Bool, _ text: LetterText) -> Mention? {
    var value = Array(text.scalars[range])
    // A full stop or a rule after the name is none of it; an address may stand behind.
    while let last = value.last, ".- ".unicodeScalars.contains(last) || (last == "_" && expected.last != "_") {
      value.removeLast()
    }
    while let first = value.first, ".- ".unicodeScalars.contains(first) || (first == "_" && expected.first != "_") {
      value.removeFirst()
    }
    if value.count < 2 {
      let next = range.upperBound < text.scalars.count ? text.scalars[range.upperBound] : "\n"
      // “京东云账号：” with nothing behind it, or a rule: the place is empty. “注销京东云账号的” is no place.
      let isEmpty = isLabelled && value.isEmpty && (",，。;)\n".unicodeScalars.contains(next) || !range.isEmpty)
      return isEmpty ? Mention(range: range, kind: .empty, value: [], confidence: 1) : nil
    }
    if !isLabelled, !value.contains(where: { Scalars.isLetter($0.value) || TextSearch.isDigit($0) }) { return nil }
    let confidence = Set(text.origin[range]).map { text.lines[$0].confidence }.min() ?? 0
    return Mention(range: range, kind: kind(value), value: value, confidence: confidence)
  }

  private func kind(_ value: [Unicode.Scalar]) -> Mention.Kind {
    guard !expected.isEmpty else { return .near }
    if isSame(barsRead(in: value), expected) { return hasTreacherousSign ? .alike : .exact }
    let a = value.filter { $0 != " " }.map(Self.skeleton)
    let b = expected.map(Self.skeleton)
    if a == b || isSame(value.map { $0 == " " ? $0 : Self.skeleton($0) }, b) { return .alike }
    let plain = a.filter { $0 != "_" }
    let plainExpected = b.filter { $0 != "_" }
    return TextSearch.distance(plain, plainExpected) <= max(2, expected.count / 4)
      || TextSearch.contains(plainExpected, plain) ? .near : .other
  }

  /// A bare stroke is written for an l that leans or stands alone; no account has one. It is the expected name's l where
  /// the same name shows that this hand's 1 is no bare stroke: a 1 of the expected name was read as one.
  private func barsRead(in value: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard value.count == expected.count, zip(value, expected).contains(where: { $0 == "1" && $1 == "1" }) else {
      return value
    }
    return zip(value, expected).map { Self.bars.contains($0) && Self.lower($1) == "l" ? $1 : $0 }
  }
  private static let bars = Array("\\|".unicodeScalars)

  /// Recognisers write 1 for an l beside letters and o for a 0 beside digits, with full confidence, and hardly ever the
  /// other way round: where the expected name has such a sign, reading it proves nothing.
  private var hasTreacherousSign: Bool {
    // 101, lOl: nothing in it says which they are.
    if expected.allSatisfy({ "10".unicodeScalars.contains(Self.skeleton($0)) }) { return true }
    return expected.indices.contains { index in
      let before: Unicode.Scalar = index > 0 ? expected[index - 1] : "_"
      let after: Unicode.Scalar = index + 1 < expected.count ? expected[index + 1] : "_"
      return switch Self.lower(expected[index]) {
      case "1":
        // A digit behind it makes it the first of a number.
        !TextSearch.isDigit(after) && (Scalars.isLetter(before.value) || Scalars.isLetter(after.value))
      case "o": TextSearch.isDigit(before) || TextSearch.isDigit(after)
      default: false
      }
    }
  }

  /// Letter for letter; a thin underscore on a ruled line may have been read as the gap that it is.
  private func isSame(_ value: [Unicode.Scalar], _ expected: [Unicode.Scalar]) -> Bool {
    value.count == expected.count
      && zip(value, expected).allSatisfy { $0 == $1 || ($0 == " " && $1 == "_") || Self.lower($0) == Self.lower($1) }
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar
  }

  /// One sign for all that look alike in print.
  static func skeleton(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch lower(scalar) {
    case "l", "i", "1", "|", "\\": "1"
    case "o", "0": "0"
    case "z", "2": "2"
    case "s", "5": "5"
    case "q", "9", "g": "9"
    case "-", "_", ".": "_"
    default: lower(scalar)
    }
  }

  func compare(_ mentions: [Mention]) -> LetterReading.Comparison.State {
    guard !expected.isEmpty else { return .notRead }
    let named = mentions.filter { $0.kind != .empty }
    if named.isEmpty { return mentions.isEmpty ? .notRead : .blank }
    if named.contains(where: { $0.kind == .exact }) {
      return named.contains { $0.kind == .other && $0.confidence > 0.9 } ? .notRead : .equal
    }
    if named.allSatisfy({ $0.kind == .other && $0.confidence > 0.9 }) { return .differs }
    // The same other name twice, read well, and no look-alike of the expected one.
    let values = Set(named.map(\.value))
    let isCertain =
      named.count > 1 && values.count == 1 && named.allSatisfy { $0.confidence > 0.97 && $0.kind != .alike }
    return isCertain ? .differs : .notRead
  }
}
