import FoundationEssentials
import Hashing

/// What is wrong with a secret.
public struct OutboxError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable { case noSecret, badSecret }
  public let code: Code
  public let what: String
  public let fix: String
  public var description: String { "\(what). \(fix) [\(code.rawValue)]" }
}

/// Signatures of Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`, one per secret while secrets are rotated.
/// Source: the Standard Webhooks specification.
public struct Signer: Sendable {
  private let keys: [Digest.HMACKey]
  private static let least = 16

  /// - Parameter secrets: each `whsec_` and base64, or base64 alone, or `raw:` and the bytes themselves; at least 16 bytes.
  ///   Text that is no base64 is never taken for raw bytes unasked: a cut-off secret would sign, and be refused elsewhere.
  public init(secrets: [String]) throws(OutboxError) {
    guard !secrets.isEmpty else {
      throw OutboxError(code: .noSecret, what: "there is no signing secret", fix: "Configure webhook.secret_file.")
    }
    var keys: [Digest.HMACKey] = []
    for (index, secret) in secrets.enumerated() {
      guard let key = Self.key(secret), key.count >= Self.least else {
        throw OutboxError(
          code: .badSecret, what: "signing secret \(index + 1) is no base64 of at least \(Self.least) bytes",
          fix: "Make one with `openssl rand -base64 32 | sed s/^/whsec_/`.")
      }
      keys.append(Digest.HMACKey(key))
    }
    self.keys = keys
  }

  private static func key(_ secret: String) -> [UInt8]? {
    if secret.hasPrefix("raw:") { return Array(secret.utf8.dropFirst(4)) }
    let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
    return Data(base64Encoded: text).map { Array($0) }
  }

  /// The value of `webhook-signature`.
  public func header(id: String, timestamp: Int64, body: [UInt8]) -> String {
    if keys.count == 1 { return "v1," + signature(key: keys[0], id, timestamp, body) }
    return keys.map { "v1," + signature(key: $0, id, timestamp, body) }.joined(separator: " ")
  }

  /// Whether one of the signatures is right under one of the secrets. The time of the comparison tells nothing.
  public func verifies(header: String, id: String, timestamp: Int64, body: [UInt8]) -> Bool {
    let given = header.split(separator: " ").filter { $0.hasPrefix("v1,") }.map { Array($0.dropFirst(3).utf8) }
    var good = false
    for key in keys {
      let expected = Array(signature(key: key, id, timestamp, body).utf8)
      for one in given where one.count == expected.count {
        if zip(one, expected).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0 { good = true }
      }
    }
    return good
  }

  private func signature(key: Digest.HMACKey, _ id: String, _ timestamp: Int64, _ body: [UInt8]) -> String {
    Digest.base64(key.sign("\(id).\(timestamp).", body))
  }
}
