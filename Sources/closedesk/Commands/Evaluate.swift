import ArgumentParser
import ClosureModel
import Compose
import Foundation

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "用带标签的语料衡量 / measures against a labelled corpus.", subcommands: [Consent.self, Contacts.self])

  struct Consent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "同意声明：混淆矩阵、误受理、召回 / consent statement: confusion matrix, false accepts, recall.",
      discussion: "LABELS: JSON Lines of {\"id\",\"provider\",\"text\",\"label\",\"why\",\"quote\"}.")

    @Argument(help: "带标签的 JSON Lines / labelled JSON Lines.")
    var labels: String

    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(self.settings)
        var score = ConsentScore()
        let exit = try LabelledTexts.each(labels, settings: settings) { line, _, reading in
          score.add(line, reading)
        }
        if json { Console.out(score.json()) } else { score.lines(verbose: self.settings.verbose).forEach(Console.out) }
        return score.falseAccepts.isEmpty ? exit : .notAllAccepted
      }
    }
  }
}

/// Counts of a labelled corpus of consent statements.
struct ConsentScore {
  private static let labels = ["consented", "not_consented", "unclear"]
  private var counts: [String: [String: Int]] = [:]
  private(set) var falseAccepts: [(id: String, label: String, why: String, reason: String)] = []
  private var missed: [(id: String, got: String, code: String)] = []
  private var overlapping = 0
  private var unlabelled = 0

  mutating func add(_ line: LabelledTexts.Line, _ reading: TextReading) {
    guard let label = line.label, Self.labels.contains(label) else {
      unlabelled += 1
      return
    }
    let got = Self.name(reading.consent.label)
    counts[label, default: [:]][got, default: 0] += 1
    let id = line.id ?? "?"
    if got == "consented", label != "consented" {
      falseAccepts.append((id, label, line.why ?? "", reading.consent.reason))
    } else if label == "consented", got != "consented" {
      missed.append((id, got, reading.consent.code))
    } else if label == "consented", let quote = line.quote, overlaps(quote, in: line.text, reading.consent) {
      overlapping += 1
    }
  }

  private func overlaps(_ quote: String, in text: String, _ consent: StatementReading) -> Bool {
    guard let found = text.range(of: quote) else { return false }
    let start = text.unicodeScalars.distance(from: text.startIndex, to: found.lowerBound)
    let range = start..<start + quote.unicodeScalars.count
    return consent.evidence.contains { $0.span?.overlaps(range) ?? false }
  }

  private static func name(_ label: StatementReading.Label) -> String {
    switch label {
    case .affirmed: "consented"
    case .denied: "not_consented"
    case .unclear: "unclear"
    }
  }

  private func count(_ label: String, _ got: String) -> Int { counts[label]?[got] ?? 0 }
  private func total(_ label: String) -> Int { counts[label]?.values.reduce(0, +) ?? 0 }
  private func share(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "–" : "\(part)/\(whole) = \(Double((part * 1000 + whole / 2) / whole) / 10) %"
  }

  func lines(verbose: Bool) -> [String] {
    var out = [Columns.padded("label \\ read", to: 16) + Self.labels.map { Columns.right($0, in: 15) }.joined()]
    for label in Self.labels {
      out.append(
        Columns.padded(label, to: 16) + Self.labels.map { Columns.right("\(count(label, $0))", in: 15) }.joined())
    }
    out.append("false accepts       \(falseAccepts.count)")
    for one in falseAccepts { out.append("  \(one.id)  \(one.label)  \(one.why)  \(one.reason)") }
    out.append("recall              \(share(count("consented", "consented"), total("consented")))")
    out.append("unclear to review   \(share(count("unclear", "unclear"), total("unclear")))")
    out.append("evidence on quote   \(share(overlapping, count("consented", "consented")))")
    if unlabelled > 0 { out.append("without a label     \(unlabelled)") }
    if verbose { for one in missed { out.append("  missed \(one.id)  \(one.got)  \(one.code)") } }
    return out
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.evaluation/1")
      json.object("confusion") { json in
        for label in Self.labels {
          json.object(label) { json in for got in Self.labels { json.field(got, count(label, got)) } }
        }
      }
      json.array("false_accepts") { json in
        for one in falseAccepts {
          json.object { json in
            json.field("id", one.id)
            json.field("label", one.label)
            json.field("reason", one.reason)
          }
        }
      }
      json.array("missed") { json in
        for one in missed {
          json.object { json in
            json.field("id", one.id)
            json.field("read", one.got)
            json.field("code", one.code)
          }
        }
      }
      json.field("quote_overlap", overlapping)
    }
    return json.text
  }
}
