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
  let quote: String
}

@Suite("Labelled texts")
struct CorpusTests {
  @Test(
    "No text without full consent is ever affirmed; nearly all with it are",
    .enabled(if: Fixture.hasCorpus, "the labelled texts are absent"))
  func corpus() throws {
    let readers = ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
    let text = try String(contentsOf: Fixture.corpus, encoding: .utf8)
    var counts: [String: Int] = [:]
    var found = 0
    var onQuote = 0
    var toPeople = 0
    for raw in text.split(separator: "\n") {
      let line = try JSONDecoder().decode(Line.self, from: Data(raw.utf8))
      let reader = try #require(readers[line.provider])
      let reading = reader.read(line.text).consent
      counts[line.label, default: 0] += 1
      if line.label == "unclear", reading.label == .unclear { toPeople += 1 }
      if line.label == "consented" {
        guard reading.label == .affirmed else { continue }
        found += 1
        if Self.rests(reading, on: line) { onQuote += 1 }
      } else {
        #expect(reading.label != .affirmed, "\(line.id) is \(line.label) (\(line.why))")
      }
    }
    // The fixture knows fewer names of the notices than the shipped policies, which reach 94 %.
    #expect(Double(found) >= 0.91 * Double(counts["consented"] ?? 0))
    #expect(Double(toPeople) >= 0.75 * Double(counts["unclear"] ?? 0))
    #expect(Double(onQuote) >= 0.95 * Double(found))
  }

  /// The evidence overlaps the words that the label rests on.
  private static func rests(_ reading: StatementReading, on line: Line) -> Bool {
    guard let quote = line.text.range(of: line.quote) else { return false }
    let start = line.text.unicodeScalars.distance(from: line.text.startIndex, to: quote.lowerBound)
    let span = start..<(start + line.quote.unicodeScalars.count)
    return reading.evidence.contains { $0.span?.overlaps(span) ?? false }
  }
}
