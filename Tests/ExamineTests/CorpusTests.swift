import ClosureModel
import Examine
import Foundation
import Testing

private struct Line: Decodable {
  let id: String
  let provider: String
  let text: String
  let label: String
  let why: String
}

@Suite("Labelled texts")
struct CorpusTests {
  @Test(
    "No text without full consent is ever affirmed", .enabled(if: Fixture.hasCorpus, "the labelled texts are absent"))
  func corpus() throws {
    let readers = ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
    let text = try String(contentsOf: Fixture.corpus, encoding: .utf8)
    let dump = ProcessInfo.processInfo.environment["EXAMINE_DUMP"]
    var consented = 0
    var found = 0
    var rows = ""
    for raw in text.split(separator: "\n") {
      let line = try JSONDecoder().decode(Line.self, from: Data(raw.utf8))
      let reader = try #require(readers[line.provider])
      let reading = reader.read(line.text).consent
      if line.label == "consented" {
        consented += 1
        if reading.label == .affirmed { found += 1 }
      } else {
        #expect(reading.label != .affirmed, "\(line.id) is \(line.label) (\(line.why))")
      }
      rows += "\(line.id)\t\(line.label)\t\(reading.label.rawValue)\t\(reading.code)\t\(reading.reason)\n"
    }
    if let dump { try rows.write(toFile: dump, atomically: true, encoding: .utf8) }
    #expect(Double(found) / Double(max(1, consented)) >= 0.2)
  }
}
