import ClosureModel
import Examine
import Foundation
import Testing

/// A text with its label by the labelling guide, of `Data/consent`.
private struct LabelledText: Decodable {
  let id: String
  let provider: String
  let text: String
  let label: String
}

@Suite("Labelled texts of our own")
struct ConsentSetTests {
  private static let sets = ["c", "d", "e", "g", "h", "k", "m", "n", "o", "p1", "q1", "w", "x", "y"]
  /// Percent of the consents found, where it is not 80: wording as odd as can be, and clauses in odd places.
  private static let bars = ["p1": 70, "q1": 90]
  private static let examiners = Result {
    ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
  }

  @Test("No text that does not consent is affirmed; most that do are", arguments: sets)
  func gate(_ name: String) throws {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/consent/\(name).jsonl")
    let examiners = try Self.examiners.get()
    var consented = 0
    var found = 0
    for raw in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let line = try JSONDecoder().decode(LabelledText.self, from: Data(raw.utf8))
      let label = try #require(examiners[line.provider]).read(line.text).consent.label
      if line.label == "consented" {
        consented += 1
        if label == .affirmed { found += 1 }
      } else {
        #expect(label != .affirmed, "\(line.id) is \(line.label)")
      }
    }
    #expect(found * 100 >= consented * Self.bars[name, default: 80])
  }
}
