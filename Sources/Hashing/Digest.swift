import CCrypto
import Synchronization

/// SHA-256 and HMAC-SHA-256 by libcrypto, the library that libcurl verifies certificates with.
public enum Digest {
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { sha256($0) }
  }

  /// - Returns: 32 bytes.
  public static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var stream = SHA256Stream()
    stream.update(bytes)
    return stream.final()
  }

  /// 64 lower-case hex digits.
  public static func sha256Hex(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

  /// - Returns: 32 bytes.
  public static func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 32
    let made = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &out, &length)
    precondition(made != nil && length == 32, "libcrypto has no HMAC-SHA-256")
    return out
  }

  /// A key of HMAC-SHA-256 whose two blocks are hashed once, with the first message: what signs thousands pays for them
  /// once, what signs none does not wake libcrypto.
  public final class HMACKey: Sendable {
    private let key: [UInt8]
    private let primed = Mutex<(inner: SHA256Stream, outer: SHA256Stream)?>(nil)

    public init(_ key: [UInt8]) { self.key = key }

    private func blocks() -> (inner: SHA256Stream, outer: SHA256Stream) {
      primed.withLock { primed in
        if let primed { return primed }
        // RFC 2104: a key longer than a block is hashed first.
        let key = key.count > 64 ? Digest.sha256(key) : key
        func hashed(_ pad: UInt8) -> SHA256Stream {
          var block = [UInt8](repeating: pad, count: 64)
          for (index, byte) in key.enumerated() { block[index] ^= byte }
          var stream = SHA256Stream()
          block.withUnsafeBytes { stream.update($0) }
          return stream
        }
        let made = (inner: hashed(0x36), outer: hashed(0x5C))
        primed = made
        return made
      }
    }

    /// Of a text and the bytes behind it.
    /// - Returns: 32 bytes.
    public func sign(_ head: String, _ body: [UInt8]) -> [UInt8] {
      let (inner, outer) = blocks()
      var stream = inner
      stream.update(head)
      body.withUnsafeBytes { stream.update($0) }
      let digest = stream.final()
      stream = outer
      digest.withUnsafeBytes { stream.update($0) }
      return stream.final()
    }
  }

  /// As RFC 4648 has it, with padding.
  public static func base64(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { out in
      Int(EVP_EncodeBlock(out.baseAddress, bytes, Int32(bytes.count)))
    }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x57 + half }
    return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[index * 2] = digit(byte >> 4)
        buffer[index * 2 + 1] = digit(byte & 15)
      }
      return bytes.count * 2
    }
  }

  /// SHA-256 as the library's providers give it, looked up once: by `EVP_sha256` every hash would look it up anew.
  private struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer?
  }
  private static let algorithm = Algorithm(pointer: EVP_MD_fetch(nil, "SHA256", nil))

  /// A hash that is fed piece by piece. A value: copies go separate ways.
  // @unchecked: a context is only changed while one value alone holds it.
  public struct SHA256Stream: @unchecked Sendable {
    private var context: Context

    public init() { context = Context() }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
      makeOwn()
      precondition(EVP_DigestUpdate(context.pointer, base, bytes.count) == 1, "libcrypto refused to hash")
    }

    public mutating func update(_ text: String) {
      var text = text
      text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    private mutating func makeOwn() {
      if !isKnownUniquelyReferenced(&context) { context = Context(copying: context) }
    }

    public mutating func final() -> [UInt8] {
      makeOwn()
      var out = [UInt8](repeating: 0, count: 32)
      var length: UInt32 = 0
      precondition(
        EVP_DigestFinal_ex(context.pointer, &out, &length) == 1 && length == 32, "libcrypto refused to end a hash")
      return out
    }

    /// Ends the hash: the stream is used up.
    public mutating func finalHex() -> String { Digest.hex(final()) }

    private final class Context {
      let pointer: OpaquePointer
      init() {
        guard let made = EVP_MD_CTX_new(), EVP_DigestInit_ex(made, algorithm.pointer, nil) == 1 else {
          preconditionFailure("libcrypto has no SHA-256")
        }
        pointer = made
      }
      init(copying other: Context) {
        guard let made = EVP_MD_CTX_new(), EVP_MD_CTX_copy_ex(made, other.pointer) == 1 else {
          preconditionFailure("libcrypto cannot copy a hash")
        }
        pointer = made
      }
      deinit { EVP_MD_CTX_free(pointer) }
    }
  }
}
