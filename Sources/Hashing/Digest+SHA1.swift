import CCrypto

extension Digest {
  /// For systems that know nothing newer.
  /// - Returns: 20 bytes.
  public static func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 20)
    var length: UInt32 = 20
    let made = HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &out, &length)
    precondition(made != nil && length == 20, "libcrypto has no HMAC-SHA-1")
    return out
  }
}
