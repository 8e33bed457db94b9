/// What the id of a ticket looks like: it goes to places where no personal data may, and comes from an export.
public enum TicketShape {
  private static let longest = 40

  /// Letters, digits and a few signs, not long, and nothing in it that is a person's number.
  public static func isPlain(_ text: String) -> Bool {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      // - _ . # : /
      case 0x2D, 0x5F, 0x2E, 0x23, 0x3A, 0x2F: true
      default: false
      }
    }
    return isPlain && text.utf8.count <= longest && !holdsNumberOfPerson(text)
  }

  /// A run of digits that has the shape of a mainland mobile number or a resident identity number.
  /// - Parameter text: ASCII.
  private static func holdsNumberOfPerson(_ text: String) -> Bool {
    var digits: [UInt8] = []
    digits.reserveCapacity(longest)
    var start = 0
    for byte in text.utf8 {
      if byte &- 0x30 < 10 {
        digits.append(byte &- 0x30)
      } else {
        if isNumberOfPerson(digits[start...]) { return true }
        start = digits.count
      }
    }
    // An identity number may end in X; numbers may be broken up by dashes and dots.
    return isNumberOfPerson(digits[start...]) || start > 0 && isNumberOfPerson(digits[...])
  }

  private static func isNumberOfPerson(_ digits: ArraySlice<UInt8>) -> Bool {
    guard digits.count >= 11 else { return false }
    let bare = digits.count == 13 && digits.starts(with: [8, 6]) ? Array(digits.dropFirst(2)) : Array(digits)
    if bare.count == 11 { return bare[0] == 1 && bare[1] >= 3 }
    guard bare.count == 17 || bare.count == 18 else { return false }
    // Birth date in the middle: years 1900 to 2099. A number that begins with the day (20261121…) has no such date
    // in its seventh place.
    func number(_ places: Range<Int>) -> Int { bare[places].reduce(0) { $0 * 10 + Int($1) } }
    return (1900...2099).contains(number(6..<10)) && (1...12).contains(number(10..<12))
      && (1...31).contains(number(12..<14))
  }
}
