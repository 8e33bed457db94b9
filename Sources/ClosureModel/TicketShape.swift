/// What the id of a ticket looks like: it goes to places where no personal data may, and comes from an export.
public enum TicketShape {
  private static let longest = 40

  /// Letters, digits and a few signs, not long, and nothing in it that is a person's number.
  public static func isPlain(_ text: String) -> Bool {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-_.#:/".unicodeScalars.contains(scalar)
      }
    }
    return isPlain && text.utf8.count <= longest && !holdsNumberOfPerson(text)
  }

  /// A run of digits that has the shape of a mainland mobile number or a resident identity number.
  private static func holdsNumberOfPerson(_ text: String) -> Bool {
    var digits = text.split { !$0.isNumber }.map { String($0) }
    // An identity number may end in X; numbers may be broken up by dashes and dots.
    digits.append(text.filter(\.isNumber))
    return digits.contains { run in
      let bare = run.hasPrefix("86") && run.count == 13 ? String(run.dropFirst(2)) : run
      if bare.count == 11, bare.hasPrefix("1"), let second = bare.dropFirst().first, ("3"..."9").contains(second) {
        return true
      }
      guard bare.count == 17 || bare.count == 18 else { return false }
      // Birth date in the middle: years 1900 to 2099. A number that begins with the day (20261121…) has no such date
      // in its seventh place.
      let birth = Array(bare.dropFirst(6).prefix(8))
      guard let year = Int(String(birth[0..<4])), let month = Int(String(birth[4..<6])),
        let day = Int(String(birth[6..<8]))
      else { return false }
      return (1900...2099).contains(year) && (1...12).contains(month) && (1...31).contains(day)
    }
  }
}
