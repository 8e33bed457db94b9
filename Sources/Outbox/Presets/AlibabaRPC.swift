import ClosureModel
import FoundationEssentials
import Hashing

/// Signatures of Alibaba Cloud's RPC style, version 1.0: the sorted parameters, HMAC-SHA1 under the secret and `&`.
/// Source: Alibaba Cloud, “Signature mechanism” of the RPC APIs. Sorting and hashing are beyond what data can say.
enum AlibabaRPC {
  /// - Returns: the parameters with those of the signature, `Signature` last.
  static func signed(
    _ parameters: [(name: String, value: String)], accessKeyID: String, secret: String, nonce: String,
    at now: Timestamp, method: String
  ) -> [(name: String, value: String)] {
    let time = Timestamp(epochSeconds: now.epochSeconds, offsetSeconds: 0).description
    let all =
      parameters + [
        ("AccessKeyId", accessKeyID), ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"),
        ("SignatureNonce", nonce), ("Timestamp", time),
      ]
    let sorted = all.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
    let query = PercentEncoding.form(sorted.map { (name: $0.0, value: $0.1) })
    let text = "\(method)&%2F&\(PercentEncoding.encoded(query))"
    let code = Digest.hmacSHA1(key: Array("\(secret)&".utf8), message: Array(text.utf8))
    return all.map { (name: $0.0, value: $0.1) } + [("Signature", Data(code).base64EncodedString())]
  }
}
