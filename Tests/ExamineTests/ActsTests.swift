import ClosureModel
import Examine
import Foundation
import Testing

/// A text with its label, of `Data/acts.jsonl`.
private struct ActLine: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let provider: String
  let text: String
  let label: String
  var testDescription: String { "\(id) \(text.prefix(40))" }

  static func all() throws -> [ActLine] {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/acts.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(ActLine.self, from: Data($0.utf8))
    }
  }
}

@Suite("Acts, objects, vocabulary and slips")
struct ActsTests {
  private static let examiners = Result {
    ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
  }

  @Test("Consent in many words is affirmed; what only looks like it never is", arguments: try ActLine.all())
  private func line(_ line: ActLine) throws {
    let examiner = try #require(try Self.examiners.get()[line.provider])
    #expect((examiner.read(line.text).consent.label == .affirmed) == (line.label == "consented"))
  }
}
