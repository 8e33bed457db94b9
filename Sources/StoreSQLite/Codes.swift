import ClosureModel
import Foundation

/// How the ledger writes what it repeats a million times: as small numbers and plain bytes. A number that was released
/// keeps its meaning for ever.
enum Code {
  static func number(_ outcome: Outcome) -> Int64 {
    switch outcome {
    case .accepted: 1
    case .incomplete: 2
    case .ineligible: 3
    case .review: 4
    case .withdrawn: 5
    case .outOfScope: 6
    }
  }

  static func outcome(_ number: Int64) throws -> Outcome {
    guard let outcome = Outcome.allCases.first(where: { Code.number($0) == number }) else {
      throw StoreFailure.unknown("outcome \(number)")
    }
    return outcome
  }

  static func number(_ state: OutboxEntry.State) -> Int64 {
    switch state {
    case .queued: 0
    case .claimed: 1
    case .sent: 2
    case .confirmed: 3
    case .parked: 4
    case .superseded: 5
    case .dropped: 6
    }
  }

  static func state(_ number: Int64) throws -> OutboxEntry.State {
    guard let state = OutboxEntry.State.allCases.first(where: { Code.number($0) == number }) else {
      throw StoreFailure.unknown("state \(number)")
    }
    return state
  }

  static func number(_ fault: Settlement.Fault) -> Int64 {
    switch fault {
    case .theirs: 1
    case .ours: 2
    case .policy: 3
    }
  }

  static func fault(_ number: Int64) throws -> Settlement.Fault {
    guard let fault = Settlement.Fault.allCases.first(where: { Code.number($0) == number }) else {
      throw StoreFailure.unknown("fault \(number)")
    }
    return fault
  }

  /// A `CASE` that gives numbers back their names, for the view that people look at.
  static func names<Value: CaseIterable & RawRepresentable>(
    _ column: String, _ values: Value.Type, _ number: (Value) -> Int64
  )
    -> String where Value.RawValue == String
  {
    "CASE \(column)" + values.allCases.map { " WHEN \(number($0)) THEN '\($0.rawValue)'" }.joined() + " END"
  }

  static let keyPrefix = "cd_"
  static let mailPrefix = IdempotencyKey.mailPrefix
  static let revisionPrefix = "sha256:"

  /// Hex digits behind their prefix as half as many bytes; `nil` for any other text, which is kept as it is.
  static func packed(_ text: String, prefix: String, bytes: Int) -> [UInt8]? {
    let start = prefix.utf8.count
    guard text.utf8.count == start + bytes * 2, text.utf8.starts(with: prefix.utf8) else { return nil }
    var text = text
    var isHex = true
    let out = text.withUTF8 { utf8 in
      [UInt8](unsafeUninitializedCapacity: bytes) { out, count in
        count = bytes
        for index in 0..<bytes {
          let (high, low) = (value(utf8[start + index * 2]), value(utf8[start + index * 2 + 1]))
          if high > 15 || low > 15 { isHex = false }
          out[index] = high << 4 | low
        }
      }
    }
    return isHex ? out : nil
  }

  /// Of a digit; above 15 for what is none. Lower case alone: what is unpacked must be what was packed.
  private static func value(_ digit: UInt8) -> UInt8 {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x57
    default: 0xFF
    }
  }

  static func unpacked(_ bytes: some Collection<UInt8>, prefix: String) -> String {
    let length = prefix.utf8.count + bytes.count * 2
    return String(unsafeUninitializedCapacity: length) { out in
      var at = 0
      for byte in prefix.utf8 {
        out[at] = byte
        at += 1
      }
      for byte in bytes {
        out[at] = digit(byte >> 4)
        out[at + 1] = digit(byte & 15)
        at += 2
      }
      return at
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// A fencing token names its entry and counts the claims made on it: a settlement needs no index over the keys.
  static func token(entry: Int64, claims: Int64) -> Int64 { entry << 20 | claims & 0xF_FFFF }
  static func entry(ofToken token: Int64) -> Int64 { token >> 20 }
}
