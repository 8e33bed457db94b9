import Hashing
import Outbox

/// The key that signs plans. A key of its own, not the webhook's secret: whoever receives replies knows that one, and
/// could otherwise write plans that this desk carries out.
public struct PlanKey: Sendable {
  private let key: [UInt8]
  /// Fewer characters are too easily guessed.
  public static let least = 32

  /// - Parameter text: the first line of the key's file; blanks around it do not count.
  /// - Throws: `BatchError.planKey` when it is too short.
  public init(_ text: String) throws(BatchError) {
    let line = text.split(whereSeparator: \.isNewline).first.map { $0.filter { !$0.isWhitespace } } ?? ""
    guard line.utf8.count >= Self.least else {
      throw BatchError(
        code: .planKey, what: "the key for plans has fewer than \(Self.least) characters",
        fix: "Make one with `openssl rand -hex 32`, or remove the file: `closedesk plan` makes a new one.")
    }
    // Of no use for anything else that the same text may serve.
    key = Digest.hmacSHA256(key: Array(line.utf8), message: Array("closedesk plan signing key 1".utf8))
  }

  /// Tells two keys apart without telling anything about them.
  public var fingerprint: String {
    String(Digest.sha256Hex(Digest.hmacSHA256(key: key, message: Array("fingerprint".utf8))).prefix(16))
  }

  /// - Parameter digest: SHA-256 of all that stands before the last line.
  func signature(cases: Int, digest: String) -> String {
    Digest.sha256Hex(Digest.hmacSHA256(key: key, message: Array("closedesk.plan/1\n\(cases)\n\(digest)\n".utf8)))
  }

  /// The time of the comparison tells nothing.
  func verifies(_ signature: String, cases: Int, digest: String) -> Bool {
    let (given, right) = (Array(signature.utf8), Array(self.signature(cases: cases, digest: digest).utf8))
    return given.count == right.count && zip(given, right).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0
  }
}
