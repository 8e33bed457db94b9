import ClosureModel
import Examine
import Foundation
import TestSupport
import Testing

/// A ticket's text with the provider under whose policy it is read.
private struct Sample: Sendable {
  let id: String
  let provider: String
  let text: String
}

@Suite("What never changes what a text states")
struct ConsentPropertyTests {
  static let seeds: [UInt64] = [20_260_601, 7, 424_242]
  private static let sampled = 200
  private static let readers = Result {
    ["jdcloud": try Fixture.examiner(), "tencentcloud": try Fixture.examiner("tencentcloud")]
  }

  private struct Line: Decodable {
    let id: String
    let provider: String
    let text: String
  }

  /// The invented texts, and as many of the labelled ones as a run bears.
  private static func samples(_ random: inout SeededGenerator) throws -> [Sample] {
    var all = InventedTexts.all.enumerated().map {
      Sample(id: "invented-\($0)", provider: $1.provider, text: $1.text)
    }
    if Fixture.hasCorpus {
      let lines = try String(contentsOf: Fixture.corpus, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
      all += lines.shuffled(using: &random).prefix(sampled).map {
        Sample(id: $0.id, provider: $0.provider, text: $0.text)
      }
    }
    return all
  }

  private static func read(_ sample: Sample, _ text: String) throws -> StatementReading {
    try #require(try readers.get()[sample.provider]).read(text).consent
  }

  @Test("A disguise leaves the label as it is", arguments: Disguise.allCases, seeds)
  func disguise(_ disguise: Disguise, _ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var violations: [String] = []
    for sample in try Self.samples(&random) {
      let plain = try Self.read(sample, sample.text)
      let text = disguise.apply(sample.text, &random)
      let read = try Self.read(sample, text)
      if read.label != plain.label {
        violations.append("\(sample.id) \(plain.label) -> \(read.label) \(read.code): \(text.debugDescription)")
      }
    }
    #expect(violations.isEmpty, "seed \(seed), \(disguise.rawValue):\n\(violations.joined(separator: "\n"))")
  }

  @Test("不 before the agreeing word of a statement never leaves it affirmed", arguments: seeds)
  func negated(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var violations: [String] = []
    var tried = 0
    for sample in try Self.samples(&random) {
      let plain = try Self.read(sample, sample.text)
      guard plain.label == .affirmed, let span = plain.evidence.first?.span else { continue }
      let scalars = Array(sample.text.unicodeScalars)
      for word in ["同意", "接受", "认可", "認可"].map({ Array($0.unicodeScalars) }) {
        for at in span.clamped(to: 0..<max(0, scalars.count - 1)) where Array(scalars[at...].prefix(2)) == word {
          // 同意书 is a paper.
          if at + 2 < scalars.count, scalars[at + 2] == "书" || scalars[at + 2] == "書" { continue }
          var view = String.UnicodeScalarView(scalars[..<at])
          view.append("不")
          view.append(contentsOf: scalars[at...])
          tried += 1
          let text = String(view)
          if try Self.read(sample, text).label == .affirmed {
            violations.append("\(sample.id): \(text.debugDescription)")
          }
        }
      }
    }
    #expect(tried >= 10)
    #expect(violations.isEmpty, "seed \(seed):\n\(violations.joined(separator: "\n"))")
  }

  /// A form's question turned into its contrary, its answer left as it is: neither a clear yes nor a clear no.
  private static let contrary = [
    """
    Q1 是否个人实名？ A：是
    Q2 是否已阅读京东云账户注销须知？ A：已阅读
    Q3 是否不同意京东云账户注销须知？ A：同意
    Q4 联系方式？ A：13800138000，qa@example.com
    """
  ]

  @Test("A negated question of a form whose answer says the contrary is not affirmed", arguments: contrary)
  func negatedQuestion(_ text: String) throws {
    let sample = Sample(id: "contrary", provider: "jdcloud", text: text)
    let label = try Self.read(sample, text).label
    #expect(label != .affirmed)
  }
}
