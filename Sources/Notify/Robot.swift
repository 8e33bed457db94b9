public import ClosureModel
import FoundationEssentials
import Hashing

/// A group robot: where it is, how a message to it is signed, what it takes.
public struct Robot: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case wecom, dingtalk, feishu

    /// Bytes of text in one message. WeCom's limit is its documented 2,048; the others take more than a group reads.
    var textBytes: Int {
      switch self {
      case .wecom: 2048
      case .dingtalk: 6000
      case .feishu: 8000
      }
    }

    /// Bytes of a whole request: 20 KB at Feishu.
    var bodyBytes: Int { 20_000 }

    /// What the robot bears: messages in a number of seconds, tightest last. One below the published figures: another
    /// program may use the same robot.
    var pace: [Pace.Limit] {
      switch self {
      case .wecom, .dingtalk: [Pace.Limit(count: 19, seconds: 60)]
      case .feishu: [Pace.Limit(count: 99, seconds: 60), Pace.Limit(count: 4, seconds: 1)]
      }
    }

    /// What every address of such a robot holds.
    private var mark: String {
      switch self {
      case .wecom: "key="
      case .dingtalk: "access_token="
      case .feishu: "/hook/"
      }
    }

    /// - Returns: why the address cannot be this robot's; nil: it can. The address is not quoted: it is a secret.
    public func refusal(of url: String) -> String? {
      if Kind.allCases.contains(where: { $0 != self && url.contains($0.mark) }), !url.contains(mark) {
        return "the address is another kind of robot's"
      }
      return url.contains(mark) ? nil : "the address has no “\(mark)…” in it"
    }
  }

  public let kind: Kind
  /// With its token: whoever has it can write to the group.
  let url: String
  let secret: String?

  /// - Parameter secret: of the signature; nil: unsigned (WeCom knows none).
  public init(kind: Kind, url: String, secret: String?) {
    self.kind = kind
    self.url = url
    self.secret = secret
  }

  /// Tells robots apart without telling their address: 16 hex digits.
  public var fingerprint: String { Fingerprint.of(["robot", url]) }

  /// The message as this robot wants it, signed for this moment: the signature holds for an hour.
  public func request(_ text: NoticeText, at now: Timestamp, timeoutSeconds: Double) -> WebhookRequest {
    var room = kind.textBytes
    var body = self.body(text.fitted(maxBytes: room), at: now)
    // JSON doubles some characters.
    while body.count > kind.bodyBytes, room > 200 {
      room /= 2
      body = self.body(text.fitted(maxBytes: room), at: now)
    }
    return WebhookRequest(
      url: signedURL(at: now), headers: [HTTPField("Content-Type", "application/json; charset=utf-8")], body: body,
      timeoutSeconds: timeoutSeconds, connectTimeoutSeconds: min(5, timeoutSeconds))
  }

  private func body(_ text: String, at now: Timestamp) -> [UInt8] {
    let quoted = Self.quoted(text)
    switch kind {
    case .wecom, .dingtalk: return Array(#"{"msgtype":"text","text":{"content":\#(quoted)}}"#.utf8)
    case .feishu:
      var head = ""
      if let secret {
        // Source: Feishu, custom bots: the key is time and secret, the message is empty.
        let sign = Self.base64(
          Digest.hmacSHA256(key: Array("\(now.epochSeconds)\n\(secret)".utf8), message: []))
        head = #""timestamp":"\#(now.epochSeconds)","sign":"\#(sign)","#
      }
      return Array((#"{"# + head + #""msg_type":"text","content":{"text":\#(quoted)}}"#).utf8)
    }
  }

  private func signedURL(at now: Timestamp) -> String {
    guard kind == .dingtalk, let secret else { return url }
    // Source: DingTalk, custom robots: the key is the secret, the message is time (ms) and secret.
    let milliseconds = now.epochSeconds * 1000
    let sign = Self.base64(
      Digest.hmacSHA256(key: Array(secret.utf8), message: Array("\(milliseconds)\n\(secret)".utf8)))
    return url + (url.contains("?") ? "&" : "?") + "timestamp=\(milliseconds)&sign=\(Self.percentEncoded(sign))"
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Of Base64: everything but letters and digits.
  private static func percentEncoded(_ base64: String) -> String {
    base64.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
