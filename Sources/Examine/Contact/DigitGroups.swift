/// A run of digits, perhaps masked, and what parts it from the one before.
struct DigitGroup {
  var range: Range<Int>
  var hasPlus = false
  var isMasked = false
  /// Marks between the group before and this one.
  var hasBlank = false
  var hasDash = false
  var hasDot = false
  var count: Int { range.count }
}

enum DigitGroups {
  /// Longer chains are tables or noise, no numbers.
  static let most = 64

  static func isMask(_ s: UInt32) -> Bool { s == 0x2A || s == 0x25CF || s == 0x2022 || s == 0x2588 || s == 0xD7 }
  static func isDash(_ s: UInt32) -> Bool { s == 0x2D || (0x2010...0x2015).contains(s) || s == 0x2212 }
  private static func isDot(_ s: UInt32) -> Bool { s == 0x2E || s == 0xB7 || s == 0x30FB }

  /// Groups from `start` on, parted by at most three marks each. `end`: where the chain ends, even if it is longer.
  static func chain(_ s: [UInt32], _ start: Int) -> (groups: [DigitGroup], end: Int) {
    var groups: [DigitGroup] = []
    var i = start
    var next = DigitGroup(range: start..<start)
    next.hasPlus = start > 0 && s[start - 1] == 0x2B
    var digits = 0
    while true {
      let from = i
      while i < s.count {
        if Scalars.isDigit(s[i]) {
          i += 1
          digits += 1
        } else if digits >= 10, isExtension(s, i) || isBoldEnd(s, i) {
          break
        } else if isMask(s[i]) {
          next.isMasked = true
          i += 1
        } else if s[i] == 0x78, i > from, let end = crosses(s, i) {
          next.isMasked = true
          i = end
        } else {
          break
        }
      }
      guard i > from else { break }
      next.range = from..<i
      if groups.count < most { groups.append(next) }
      // The marks up to the next group.
      var at = i
      next = DigitGroup(range: i..<i)
      while at < s.count, at - i < 3 {
        let scalar = s[at]
        if scalar == 0x20 {
          next.hasBlank = true
        } else if isDash(scalar) {
          next.hasDash = true
        } else if isDot(scalar) {
          next.hasDot = true
        } else if scalar != 0x28, scalar != 0x29 {
          break
        }
        at += 1
      }
      guard at > i, at < s.count, Scalars.isDigit(s[at]) || isMask(s[at]), digits < 10 || !isExtension(s, at) else {
        break
      }
      i = at
    }
    return (groups, groups.last.map { max($0.range.upperBound, i) } ?? start + 1)
  }

  /// `021-62345678*806`: one star behind a whole number, a few digits, and nothing more.
  static func isExtension(_ s: [UInt32], _ at: Int) -> Bool {
    guard s[at] == 0x2A else { return false }
    var i = at + 1
    while i < s.count, i - at < 8, Scalars.isDigit(s[i]) { i += 1 }
    return (2...7).contains(i - at) && (i == s.count || !Scalars.isWord(s[i]) && !isMask(s[i]))
  }

  /// `**138…**`: the stars behind a whole number that begins behind stars.
  private static func isBoldEnd(_ s: [UInt32], _ at: Int) -> Bool {
    guard at + 1 < s.count, s[at] == 0x2A, s[at + 1] == 0x2A, at + 2 == s.count || !isMask(s[at + 2]),
      at + 2 == s.count || !Scalars.isWord(s[at + 2])
    else { return false }
    var i = at
    while i > 0, at - i < 24, Scalars.isDigit(s[i - 1]) || s[i - 1] == 0x20 || s[i - 1] == 0x2D || s[i - 1] == 0x2B {
      i -= 1
    }
    return i > 1 && s[i - 1] == 0x2A && s[i - 2] == 0x2A
  }

  /// `138xxxx8000`
  private static func crosses(_ s: [UInt32], _ at: Int) -> Int? {
    var i = at
    while i < s.count, s[i] == 0x78, i - at < 6 { i += 1 }
    return i - at >= 3 && i < s.count && Scalars.isDigit(s[i]) ? i : nil
  }
}
