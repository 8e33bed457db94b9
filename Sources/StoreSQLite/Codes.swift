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
    var text = text
    return text.withUTF8 { utf8 -> [UInt8]? in
      let start = prefix.utf8.count
      guard utf8.count == start + bytes * 2, utf8.prefix(start).elementsEqual(prefix.utf8) else { return nil }
      var out = [UInt8](repeating: 0, count: bytes)
      for index in 0..<(bytes * 2) {
        let digit: UInt8
        switch utf8[start + index] {
        case let byte where (0x30...0x39).contains(byte): digit = byte - 0x30
        // Lower case alone: what is unpacked must be what was packed.
        case let byte where (0x61...0x66).contains(byte): digit = byte - 0x57
        default: return nil
        }
        out[index / 2] = out[index / 2] << 4 | digit
      }
      return out
    }
  }

  static func unpacked(_ bytes: some Sequence<UInt8>, prefix: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return prefix + String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// A fencing token names its entry and counts the claims made on it: a settlement needs no index over the keys.
  static func token(entry: Int64, claims: Int64) -> Int64 { entry << 20 | claims & 0xF_FFFF }
  static func entry(ofToken token: Int64) -> Int64 { token >> 20 }
}
