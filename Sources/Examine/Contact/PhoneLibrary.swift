internal import CPhoneNumber

/// The one place that asks libphonenumber: 15 to 26 µs a call, so only landlines and numbers abroad come here.
enum PhoneLibrary {
  /// - Parameter text: ASCII digits, at its head perhaps a `+`; without it the number is one of the mainland's.
  /// - Returns: E.164 of a number that exists, else `nil`.
  static func e164(_ text: [UInt8]) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { out in
      let found = text.withUnsafeBytes { bytes in
        cphone_e164(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, out.baseAddress, out.count)
      }
      guard found == 1 else { return nil }
      return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
