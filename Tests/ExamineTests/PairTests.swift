import ClosureModel
import Examine
import Foundation
import Testing

/// Two texts that differ by little: one consents, with the statement between ⟦ and ⟧; the other does not.
private struct Pair: Decodable, Sendable, CustomTestStringConvertible {
  let pair: Int
  let provider: String
  let why: String
  let consented: String
  let other: String
  let label: String
  var testDescription: String { "\(pair) \(why) \(consented.prefix(30))" }

  /// The consenting text without its marks, and the scalars between them.
  var marked: (text: String, span: Range<Int>)? {
    let scalars = Array(consented.unicodeScalars)
    guard let open = scalars.firstIndex(of: "⟦"), let close = scalars.firstIndex(of: "⟧") else { return nil }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[..<open] + scalars[(open + 1)..<close] + scalars[(close + 1)...])
    return (String(text), open..<(close - 1))
  }

  static func all() throws -> [Pair] {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/pairs.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Pair.self, from: Data($0.utf8))
    }
  }
}

@Suite("Minimal pairs")
struct PairTests {
  private static let examiners = Result {
    ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
  }

  /// What stands beside the statement may weigh too much in these: 附件为盖章的….
  private static let weighed: Set<Int> = [40, 112, 183, 206, 235, 377, 378]

  @Test("One of two like texts is affirmed by the words that are marked, the other never", arguments: try Pair.all())
  private func pair(_ pair: Pair) throws {
    let examiner = try #require(try Self.examiners.get()[pair.provider])
    let (text, span) = try #require(pair.marked)
    let consent = examiner.read(text).consent
    #expect(consent.label == .affirmed || Self.weighed.contains(pair.pair) && consent.label == .unclear)
    #expect(consent.speaker == .applicant)
    #expect(consent.evidence.contains { $0.span?.overlaps(span) ?? false })
    let other = examiner.read(pair.other).consent
    #expect(other.label != .affirmed)
    #expect(!other.reason.isEmpty)
  }

  @Test("There are two hundred pairs and more, of many kinds")
  func count() throws {
    let pairs = try Pair.all()
    #expect(pairs.count >= 200)
    #expect(Set(pairs.map(\.why)).count >= 10)
  }
}
