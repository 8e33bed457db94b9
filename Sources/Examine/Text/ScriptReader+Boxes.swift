/// Boxes to be ticked, typed, drawn or blotted.
extension ScriptReader {
  /// `[ ]`, `( )`, `[x]`, `(√)`: boxes typed with brackets.
  mutating func box() -> Bool {
    let s = text.scalars
    let close: UInt32
    switch s[i] {
    case 0x5B: close = 0x5D
    case 0x28: close = 0x29
    case 0x3010: close = 0x3011
    case 0x7B: close = 0x7D
    default: return false
    }
    var at = i + 1
    while at < s.count, at - i < 6, s[at] == 0x20 { at += 1 }
    guard at < s.count else { return false }
    if s[at] == close {
      put(.unticked, i..<(at + 1))
      return true
    }
    let isCross = [0xD7, 0x2717, 0x2718, 0x274C].contains(s[at])
    let isTick = isCross || [0x221A, 0x2713, 0x2714, 0x2705, 0x78, 0x76, 0x25CF, 0x25A0, 0x79].contains(s[at])
    var end = at + 1
    while end < s.count, s[end] == 0x20 { end += 1 }
    guard isTick, end < s.count, s[end] == close else { return false }
    put(isCross ? .unticked : .ticked, i..<(end + 1))
    return true
  }

  /// ● 同意 ○ 不同意: a filled circle beside an empty one on the line.
  var isChosen: Bool {
    let s = text.scalars
    var at = i
    while at > 0, i - at < Self.longestTitle, s[at - 1] != 10 { at -= 1 }
    while at < s.count, at - i < Self.longestTitle, s[at] != 10 {
      if s[at] == 0x25CB || s[at] == 0x25EF { return true }
      at += 1
    }
    return false
  }

  /// 二〇二六, 二〇〇八年: the circle between two numerals, or before a measure of time.
  var isNought: Bool {
    let s = text.scalars
    guard isBehindNumeral, let next = s[i...].firstIndex(where: { !Self.noughts.contains($0) }), !text.gaps[next] else {
      return false
    }
    return Self.numerals.contains(s[next]) || Self.measures.contains(s[next])
  }
  /// A circle that stands right behind a numeral.
  var isBehindNumeral: Bool {
    let s = text.scalars
    guard Self.noughts.contains(s[i]), !text.gaps[i] else { return false }
    return s[..<i].last { !Self.noughts.contains($0) }.map { Self.numerals.contains($0) } ?? false
  }
  private static let noughts = ScalarSet("〇○◯")
  private static let numerals = ScalarSet("一二三四五六七八九十百千零两")
  private static let measures = ScalarSet("年月日号")

  /// A square right behind 并 or 不 stands for a character that was not read.
  var hidesCharacter: Bool {
    guard let last = script.tokens.last, script.tokens.count > tokenStart, unknownFrom == nil else { return false }
    return (last.kind == .and || last.kind == .negation) && last.range.upperBound == i && !text.gaps[i]
  }

  /// 并▓同意: ink between two characters hides one.
  var isBlot: Bool {
    let s = text.scalars
    guard (0x2580...0x259F).contains(s[i]), i > 0, i + 1 < s.count, !text.gaps[i], !text.gaps[i + 1] else {
      return false
    }
    return (Scalars.isHan(s[i - 1]) || s[i - 1] == s[i]) && (Scalars.isHan(s[i + 1]) || s[i + 1] == s[i])
  }

  /// ■ at the beginning of a clause is a filled box; inside one it hides a character.
  mutating func blackBox() -> Bool {
    let s = text.scalars
    let isRun = i + 1 < s.count && s[i + 1] == 0x25A0
    // □ 不同意   ■ 同意: boxes parted by blanks.
    if !isRun, text.gaps[i], unknownFrom == nil, let last = script.tokens.last, last.kind != .and, last.kind != .filler
    {
      endClause(.gap, at: i, next: i)
    }
    if script.tokens.count == tokenStart, unknownFrom == nil, !isRun,
      i == 0 || s[i - 1] == 10 || s[i - 1] == 0x3A || s[i - 1] == 0x7C || text.gaps[i] || s[i - 1] > 0x80
    {
      put(.ticked, i..<(i + 1))
      return true
    }
    if unknownFrom == nil { unknownFrom = i }
    unknown += 1
    i += 1
    return true
  }
}
