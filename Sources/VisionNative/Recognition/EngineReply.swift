import ClosureModel
import Foundation

/// One reply line of an engine. Which fields must be there depends on the request; `EngineReply+Checks` says.
struct EngineReply: Codable, Sendable {
  struct Line: Codable, Sendable {
    var text: String
    /// Left, top, width, height in pixels of the picture handed in.
    var box: [Int]
    var confidence: Double
  }

  struct Problem: Codable, Sendable {
    /// unavailable, unsupported, bad_request, too_large, failed
    var code: String
    var what: String
  }

  var id: String?
  var error: Problem?
  // info
  var name: String?
  var version: String?
  var readsNames: Bool?
  var givesFrames: Bool?
  // lines
  var lines: [Line]?
  // frames
  var bestText: String?
  var best: [Float]?
  var blank: [Float]?
  var characters: [String: [Float]]?

  enum CodingKeys: String, CodingKey {
    case id, error, name, version, lines, best, blank, characters
    case readsNames = "reads_names"
    case givesFrames = "gives_frames"
    case bestText = "best_text"
  }

  /// - Throws: `.badAnswer` for anything but one JSON object of these fields with this id; what the engine says is wrong,
  ///   as `failure` translates it.
  static func decode(_ line: [UInt8], id: String) throws(RecognizerFailure) -> EngineReply {
    guard let reply = try? JSONDecoder().decode(EngineReply.self, from: Data(line)) else {
      throw .badAnswer("the engine's answer is not the JSON of the protocol")
    }
    // An answer to something else: what it says may belong to another customer's letter.
    guard reply.id == id else { throw .badAnswer("the engine answered another request") }
    if let error = reply.error { throw failure(error) }
    return reply
  }

  private static func failure(_ error: Problem) -> RecognizerFailure {
    let what =
      "the engine says: \(String(error.what.unicodeScalars.prefix(300).map { $0.value < 32 ? " " : Character($0) }))"
    return switch error.code {
    case "unavailable": RecognizerFailure(.unavailable, what, fix: Recognizers.installHint)
    case "unsupported", "too_large", "bad_request":
      RecognizerFailure(.unsupported, what, fix: "Let a person read this picture.")
    default: RecognizerFailure(.crashed, what, fix: "Let a person read this picture; report it if it happens often.")
    }
  }
}

extension RecognizerFailure {
  static func badAnswer(_ what: String) -> RecognizerFailure {
    RecognizerFailure(.badAnswer, what, fix: "Check the engine against docs/ocr-protocol.md.")
  }
}
