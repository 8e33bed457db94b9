/// A number as somebody typed it, folded for checking: full-width forms to ASCII, capitals, blanks and dashes dropped.
/// Nothing else is mended: a Cyrillic Х or an Arabic digit stays what it is and is named as the fault.
struct TypedNumber {
  let scalars: [UInt32]

  init(_ text: String) { self.init(text.unicodeScalars.lazy.map(\.value)) }

  init(_ given: some Sequence<UInt32>) {
    scalars = given.compactMap { scalar in
      guard scalar > 0x20, !Scalars.isBlank(scalar), !Scalars.isInvisible(scalar) else { return nil }
      let ascii = (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar
      return Self.isDash(ascii) ? nil : (0x61...0x7A).contains(ascii) ? ascii - 32 : ascii
    }
  }

  var count: Int { scalars.count }
  var text: String { Scalars.string(scalars) }

  /// Values of the digits of a range; only for places that are known to be digits.
  func digits(_ range: Range<Int>) -> [Int] { scalars[range].map { Int($0) - 0x30 } }
  func number(_ range: Range<Int>) -> Int { digits(range).reduce(0) { $0 * 10 + $1 } }

  /// The first place of a range that holds no ASCII digit.
  func firstNonDigit(_ range: Range<Int>) -> Int? { range.first { !Scalars.isDigit(scalars[$0]) } }

  /// Stars, dots or a row of X where characters should be. Fewer X than `row` may be what the number holds.
  func isMasked(row limit: Int = 3) -> Bool {
    if scalars.contains(where: Self.isMask) { return true }
    var row = 0
    for scalar in scalars {
      row = scalar == 0x58 ? row + 1 : 0
      if row == limit { return true }
    }
    return false
  }

  /// 000…, 111…, 12345678…: typed to fill a field.
  var isPlaceholder: Bool {
    guard count > 3, let first = scalars.first, Scalars.isDigit(first) else { return false }
    let body = scalars.dropLast()
    let steps = zip(body, body.dropFirst()).map { (Int($1) - Int($0) + 10) % 10 }
    return body.allSatisfy(Scalars.isDigit) && (steps.allSatisfy { $0 == 0 } || steps.allSatisfy { $0 == 1 })
  }

  /// `“O”`, for a complaint.
  func quoted(_ place: Int) -> String { "“\(Scalars.string([scalars[place]]))”" }

  static func isMask(_ scalar: UInt32) -> Bool {
    switch scalar {
    // * × · • ● ○ ■ □ ＊ after folding, and the star operators that keyboards offer.
    case 0x2A, 0xD7, 0xB7, 0x2022, 0x25CF, 0x25CB, 0x25A0, 0x25A1, 0x2217, 0x2605, 0x2606, 0x203B: true
    default: false
    }
  }

  static func isDash(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: true
    default: false
    }
  }
}
