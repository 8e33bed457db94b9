import ClosureModel
import FoundationEssentials

/// How one attempt at a notice ended.
public enum NoticeEnd: Sendable, Hashable {
  case sent
  /// Worth another try after so many seconds.
  case busy(afterSeconds: Double, why: String)
  /// Another try would end the same way; what to do about it.
  case refused(why: String, fix: String)
  /// The robot is blocked for so many seconds: whatever is sent meanwhile is lost and may prolong it.
  case blocked(seconds: Int64, why: String)
}

/// Reads what robots answer. They answer 200 to nearly everything; the code in the body says what happened.
enum RobotAnswer {
  static func end(_ outcome: TransportOutcome, _ kind: Robot.Kind, at now: Timestamp) -> NoticeEnd {
    switch outcome {
    case .answered(let reply): return end(reply, kind, now)
    case .failed(let failure, let what, _):
      switch failure {
      case .blockedAddress, .badRequest, .tls:
        return .refused(why: "\(failure.rawValue): \(what)", fix: "Mend the address, allow_hosts or ca_file.")
      case .resolve, .connect, .timeout, .reset, .responseTooLarge, .cancelled, .other:
        // A notice that is there twice harms nobody.
        return .busy(afterSeconds: 2, why: "\(failure.rawValue): \(what)")
      }
    }
  }

  private struct Body: Decodable {
    let errcode: Int?
    let code: Int?
    let statusCode: Int?
    let msg: String?
    enum CodingKeys: String, CodingKey {
      case errcode, code, msg
      case statusCode = "StatusCode"
    }
  }

  private static func end(_ reply: HTTPReply, _ kind: Robot.Kind, _ now: Timestamp) -> NoticeEnd {
    if reply.status == 429 || reply.status >= 500 {
      let wait = reply.header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) } ?? 2
      return .busy(afterSeconds: min(max(wait, 1), 3600), why: "HTTP \(reply.status)")
    }
    guard (200...299).contains(reply.status) else {
      return .refused(why: "HTTP \(reply.status)", fix: "Check the robot's address.")
    }
    let body = try? JSONDecoder().decode(Body.self, from: Data(reply.body))
    // An answer without a code is not a robot's: a login page of a proxy is 200 too.
    guard let code = kind == .feishu ? body?.code ?? body?.statusCode : body?.errcode else {
      return .refused(why: "the answer is not a robot's", fix: "Check the robot's address, and proxies on the way.")
    }
    // Feishu gives bad requests and too many of them the same code.
    if kind == .feishu, code == 9499, let text = body?.msg?.lowercased(), !text.contains("too many request"),
      !text.contains("frequency")
    {
      return .refused(why: "code 9499, a bad request", fix: "Look the code up in the documentation of feishu.")
    }
    return code == 0 ? .sent : meaning(code, kind)
  }

  /// The codes that operators meet. The texts beside them are not passed on: they hold addresses and links.
  private static func meaning(_ code: Int, _ kind: Robot.Kind) -> NoticeEnd {
    let why = "code \(code)"
    switch (kind, code) {
    case (.dingtalk, 130101):
      return .blocked(seconds: 600, why: why + ", more than 20 messages in a minute; blocked for 10 minutes")
    case (.dingtalk, 310000):
      return .refused(
        why: why + ", the robot's security settings refuse it",
        fix: "Check the signing secret and the clock; with keywords, a word of Templates/notices must be one of them.")
    case (.dingtalk, -1): return .busy(afterSeconds: 3, why: why + ", the system is busy")
    case (.feishu, 19021):
      return .refused(
        why: why + ", the signature does not match or the time is an hour off",
        fix: "Check secret_file or secret_env, and the clock.")
    case (.feishu, 19022):
      return .refused(why: why + ", our address is not allowed", fix: "Add it to the robot's list.")
    case (.feishu, 19024):
      return .refused(
        why: why + ", no keyword of the robot's is in the text", fix: "Put one into a title of Templates/notices.")
    case (.feishu, 11232), (.feishu, 9499):
      return .busy(afterSeconds: 4, why: why + ", too many messages at this moment; avoid the full and half hour")
    case (.wecom, 45009):
      return .blocked(seconds: 60, why: why + ", more than 20 messages in a minute")
    case (.wecom, 93000), (.wecom, 93004), (.wecom, 93008):
      return .refused(why: why + ", there is no such robot, or it was removed", fix: "Check the robot's address.")
    case (.wecom, -1): return .busy(afterSeconds: 3, why: why + ", the system is busy")
    default: return .refused(why: why, fix: "Look the code up in the documentation of \(kind.rawValue).")
    }
  }
}
