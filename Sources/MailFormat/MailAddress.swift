/// An address that mail can be sent to: one mailbox, ASCII, nothing in it that could end a command or a header.
///
/// Stricter than RFC 5321 on purpose: quoted local parts, comments, address literals and names without a dot are refused.
/// So is every masked value (`a***@example.com`): what an export hides is not for us to guess.
public struct MailAddress: Sendable, Hashable {
  /// `local@domain`.
  public let text: String
  public let domain: String

  /// - Returns: `nil` for anything that is no plain address.
  public init?(_ text: String) {
    guard text.utf8.count <= 254, let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let local = text.utf8[..<at]
    let domain = text.utf8[text.utf8.index(after: at)...]
    guard !local.isEmpty, local.count <= 64, local.allSatisfy(Self.isAtom), Self.dotsAreInside(local) else {
      return nil
    }
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
    self.text = text
    self.domain = String(decoding: Array(domain), as: UTF8.self)
  }

  private static func isAtom(_ byte: UInt8) -> Bool {
    // `*` is an atom character of RFC 5322, but only masks use it.
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'+-/=?^_`{|}~.".utf8.contains(byte)
    }
  }

  private static func dotsAreInside(_ local: Substring.UTF8View) -> Bool {
    local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else {
      return false
    }
    return label.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
      default: false
      }
    }
  }
}
