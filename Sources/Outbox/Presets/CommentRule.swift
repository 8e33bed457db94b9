import ClosureModel

/// One comment as it was read back.
struct SeenComment: Sendable, Hashable {
  let text: String?
  /// Nil: none, or none that can be read.
  let time: Timestamp?
  /// Carries what holds of comments that we wrote.
  let isByUs: Bool
  /// The system says that the customer can see it.
  var isPublic = false
}

enum CommentRule {
  enum Meaning: Sendable, Hashable {
    /// The reply is there; `isAnswered`: somebody else wrote after it.
    case found(isAnswered: Bool)
    case clear
    case changed(why: String)
  }

  /// Exports give minutes where the system has seconds: a full minute stands for all of it.
  static func lastRead(_ asOf: Timestamp) -> Timestamp {
    asOf.epochSeconds % 60 == 0 ? asOf.adding(seconds: 59) : asOf
  }

  /// - Parameter asOf: the ticket's last change as exported; nil: nobody knows, and later comments are not noticed.
  static func meaning(of comments: [SeenComment], code: String, asOf: Timestamp?) -> Meaning {
    if let ours = reply(in: comments, code: code) {
      // Of what has no time nobody knows that it came before.
      let isAnswered = comments.contains { comment in
        if comment.isByUs, comment.text.map(Marker.isMarked) ?? false { return false }
        if comment == ours { return false }
        guard let ourTime = ours.time, let time = comment.time else { return true }
        return time > ourTime
      }
      return .found(isAnswered: isAnswered)
    }
    guard let asOf else { return .clear }
    let last = lastRead(asOf)
    for comment in comments {
      // A customer who quotes us quotes the marker too: ours is only what we wrote.
      if comment.isByUs, comment.text.map(Marker.isMarked) ?? false { continue }
      guard let time = comment.time else {
        return .changed(why: "it has a comment whose time cannot be read")
      }
      if time > last { return .changed(why: "a comment of \(time) came later") }
    }
    return .clear
  }

  /// The comment that carries the reply's code; ours, where a customer quotes it.
  private static func reply(in comments: [SeenComment], code: String) -> SeenComment? {
    let marked = comments.filter { $0.text?.contains(code) ?? false }
    return marked.first(where: \.isByUs) ?? marked.first
  }

  /// Whether the reply with that code is one that the customer can see.
  static func isPublic(_ comments: [SeenComment], code: String) -> Bool {
    reply(in: comments, code: code)?.isPublic ?? false
  }

  /// Times as systems write them: ISO 8601, seconds or milliseconds since 1970, Roundup's `2026-11-21.00:42:02`; without
  /// a zone they are UTC.
  static func time(_ value: JSONValue?) -> Timestamp? {
    switch value {
    case .number(let text):
      guard let number = Double(text), number > 0, number < 1e14 else { return nil }
      return Timestamp(epochSeconds: Int64(number > 1e11 ? number / 1000 : number), offsetSeconds: 0)
    case .string(let text):
      let bytes = Array(text.utf8)
      if bytes.count > 11, bytes[10] == UInt8(ascii: ".") {
        return Timestamp(parsing: String(text.prefix(10)) + " " + text.dropFirst(11), defaultOffset: 0)
      }
      return Timestamp(parsing: text, defaultOffset: 0)
    case .bool, .null, .array, .object, nil: return nil
    }
  }
}
