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
  private static let sets = [
    "b5", "b6", "b7", "b8", "b9", "b12", "c", "d", "d1", "e", "f4", "f6", "g", "g13", "g14", "h", "h1", "h2", "h3",
    "h4", "h7", "h9", "h13", "k", "m", "n", "o", "p1", "q1", "unseen-f3", "unseen-f5", "unseen-h10", "unseen-h11",
    "unseen-h12", "unseen-h14", "unseen-k19", "unseen-l20", "unseen-m21", "unseen-m23", "unseen-n27", "unseen-r25", "w",
    "x",
    "y",
  ]
  /// Percent of the consents found, where it is not 80: wording as odd as can be, clauses in odd places, long talk.
  private static let bars = [
    "d1": 30, "f4": 70, "g13": 75, "g14": 43, "h13": 74, "h7": 75, "h9": 60, "p1": 70, "q1": 90, "unseen-f3": 72,
    "unseen-h10": 78, "unseen-h11": 78, "unseen-h14": 73, "unseen-l20": 73,
  ]
  /// Texts that hold an everyday trap each: these are affirmed, which none should be.
  private static let trapSets: [(String, Int, Set<String>)] = [
    ("b13", 150, ["nb13-035", "nb13-120", "nb13-124", "nb13-143"]), ("b14", 150, ["nb14-099", "nb14-104"]),
    ("b15", 170, ["nb15-040"]), ("b16", 150, ["l1-097"]),
  ]
  private static let examiners = Result {
    ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
  }

  @Test("No text that does not consent is affirmed; most that do are", arguments: sets)
  func gate(_ name: String) throws {
    var consented = 0
    var found = 0
    for line in try Self.texts(name) {
      let label = try Self.label(line)
      if line.label == "consented" {
        consented += 1
        if label == .affirmed { found += 1 }
      } else {
        #expect(label != .affirmed, "\(line.id) is \(line.label)")
      }
    }
    #expect(found * 100 >= consented * Self.bars[name, default: 80])
  }

  @Test("No everyday trap is fallen into but those that are known", arguments: trapSets)
  func traps(_ name: String, _ count: Int, _ known: Set<String>) throws {
    let traps = try Self.texts(name).filter { $0.label != "consented" }
    #expect(traps.count == count)
    let affirmed = try traps.filter { try Self.label($0) == .affirmed }.map(\.id)
    #expect(Set(affirmed).subtracting(known).isEmpty)
  }

  private static func texts(_ name: String) throws -> [LabelledText] {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/consent/\(name).jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(LabelledText.self, from: Data($0.utf8))
    }
  }

  private static func label(_ line: LabelledText) throws -> StatementReading.Label {
    try #require(examiners.get()[line.provider]).read(line.text).consent.label
  }
}
