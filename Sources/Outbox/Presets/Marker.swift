public import ClosureModel
import Hashing

/// The mark by which a reply of ours is found again in a ticket: `CD-` and ten letters or digits, made from the reply's
/// key. It says nothing about the customer, and customers do not mind it.
public enum Marker {
  /// No I, L, O, U: nothing that is misread.
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  static let prefix = "CD-"
  static let length = 10

  /// E.g. `CD-7F3KQ2MZ8W`, without brackets: the same key gives the same code in every version.
  public static func code(_ key: IdempotencyKey) -> String {
    let digest = Digest.sha256(Array("closedesk.marker/1 \(key.rawValue)".utf8))
    var bits: UInt64 = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    var out: [UInt8] = []
    for _ in 0..<length {
      out.append(letters[Int(bits >> 59)])
      bits <<= 5
    }
    return prefix + String(decoding: out, as: UTF8.self)
  }

  /// Whether a text carries the code of some reply of ours.
  static func isMarked(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let start = Array(prefix.utf8)
    guard bytes.count >= start.count + length else { return false }
    for index in 0...(bytes.count - start.count - length) where bytes[index...].starts(with: start) {
      if bytes[(index + start.count)...].prefix(length).allSatisfy({ letters.contains($0) }) { return true }
    }
    return false
  }
}

/// Plain text as HTML that shows the same: nothing in it can become markup.
enum HTMLText {
  static func escaped(_ text: String) -> String {
    var out = ""
    var wasReturn = false
    for scalar in text.unicodeScalars {
      defer { wasReturn = scalar == "\r" }
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\r": out += "<br>"
      case "\n": if !wasReturn { out += "<br>" }
      case _ where scalar.value < 0x20 && scalar != "\t": continue
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
