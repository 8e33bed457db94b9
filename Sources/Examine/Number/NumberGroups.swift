/// Groups of Latin letters, digits and mask marks in a text, and what parts them. People write numbers in groups:
/// `110101 19900307 013X`, `91110000-10000001-X`, `1101 **** **** 0134`.
struct NumberGroup {
  let range: Range<Int>
  /// ASCII digits.
  let digits: Int
  let marks: Int
  /// Blanks and at most one dash stand between it and the group before; nothing else.
  let isJoined: Bool
  /// A hyphen and nothing else stands there, as in `JD-2026-0001`.
  let isDashed: Bool

  var count: Int { range.count }
  var hasOnlyDigits: Bool { digits == count }

  /// Every group of a text, in order.
  static func all(in s: [UInt32]) -> [NumberGroup] { s.withUnsafeBufferPointer(all) }

  private static func all(in s: UnsafeBufferPointer<UInt32>) -> [NumberGroup] {
    var groups: [NumberGroup] = []
    groups.reserveCapacity(16)
    var i = 0
    while i < s.count {
      // Most scalars are Chinese.
      if s[i] >= 0x3000 || !isPart(s[i]) {
        i &+= 1
        continue
      }
      let start = i
      var digits = 0
      var marks = 0
      while i < s.count, s[i] < 0x3000 {
        if Scalars.isDigit(s[i]) {
          digits &+= 1
        } else if !Scalars.isLetter(s[i]) {
          guard isMark(s[i]) else { break }
          marks &+= 1
        }
        i &+= 1
      }
      let gap = (groups.last?.range.upperBound ?? start)..<start
      var group = NumberGroup(
        range: start..<i, digits: digits, marks: marks, isJoined: joins(s, gap),
        isDashed: gap.count == 1 && s[gap.lowerBound] == 0x2D)
      // One mark or two before a number are a bullet or bold print, unless a number is going on.
      let leading = group.range.prefix { isMark(s[$0]) }.count
      if leading > 0, leading < 4, !group.isJoined || groups.last?.digits == 0 {
        guard leading < group.count else { continue }
        group = NumberGroup(
          range: (start + leading)..<i, digits: digits, marks: marks - leading, isJoined: false, isDashed: false)
      }
      groups.append(group)
    }
    return groups
  }

  private static func joins(_ s: UnsafeBufferPointer<UInt32>, _ gap: Range<Int>) -> Bool {
    guard (1...3).contains(gap.count) else { return false }
    var dashes = 0
    for scalar in s[gap] where scalar != 0x20 {
      guard TypedNumber.isDash(scalar), dashes == 0 else { return false }
      dashes += 1
    }
    return true
  }

  @inline(__always)
  private static func isPart(_ scalar: UInt32) -> Bool {
    // Most scalars are Chinese, most others ASCII.
    scalar < 0x3000 && (scalar < 0x80 ? Scalars.isWord(scalar) || scalar == 0x2A : isMark(scalar))
  }

  /// The marks that people mask with; fewer than `TypedNumber.isMask`, as texts use the others as ornaments.
  static func isMark(_ scalar: UInt32) -> Bool {
    scalar == 0x2A || scalar == 0xD7 || scalar == 0x2022 || scalar == 0x25CF || scalar == 0x25A0
  }
}
