import ClosureModel
import Decide
@_spi(Training) import Examine
import Foundation

// remark-pieces TEMPLATES FILE…
//
// What `scripts/train-remarks` learns from: for each remark of the files a line of JSON, {"spoils":…,"weight":…,"pieces":{…}}.
// A .jsonl file holds labelled texts (`text`, `label`, `provider`): each remark of a consenting one is harmless; of one
// that does not consent nobody knows which remark spoils it, so they share its weight. A .txt file holds remarks alone,
// S or H, a tab and the remark a line: it spoils the statement, or is harmless.

func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data(("remark-pieces: " + text + "\n").utf8))
  exit(64)
}

let arguments = CommandLine.arguments
guard arguments.count > 2 else { fail("usage: remark-pieces TEMPLATES FILE…") }
let templates = arguments[1]

/// What is learned does not depend on what was learned before.
let weightless = "bias=0\nheavy=0\nheavy_before=0\nheavy_clause=0\nlight=0\nplain=0\npieces=0\n"

func examiner(_ policy: String) throws -> TicketExaminer {
  let folder = templates + "/lexicons"
  let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.sorted()
  let file = templates + "/policies/\(policy).yaml"
  return try TicketExaminer(
    policy: try PolicyLoader.load(text: String(contentsOfFile: file, encoding: .utf8), file: file),
    lexicons: names.map { name in
      let isLearned = name == "remark-weights.txt"
      return (
        file: name, text: try isLearned ? weightless : String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      )
    })
}

struct Labelled: Decodable {
  var provider: String
  var text: String
  var label: String
}

func labelled(_ line: Substring, _ file: String, _ number: Int) throws -> Labelled {
  do {
    return try JSONDecoder().decode(Labelled.self, from: Data(line.utf8))
  } catch {
    fail("\(file), line \(number): \(error)")
  }
}

struct Instance: Encodable {
  var spoils: Bool
  var weight: Double
  var pieces: [String: Int]
}

/// What the reader says of texts that hold no whole statement.
let codesWithoutStatement = Set([FindingCode.consentMissing, .consentHalf, .consentOtherDocument].map(\.rawValue))

/// A remark by itself counts as often as this many remarks of a text: it is known what it does.
let weightOfRemark = 3.0
/// All remarks together of a text that does not consent.
let weightOfText = 0.7

let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys

func write(_ instance: Instance) throws {
  guard !instance.pieces.isEmpty else { return }
  FileHandle.standardOutput.write(try encoder.encode(instance) + Data("\n".utf8))
}

do {
  let examiners = ["jdcloud": try examiner("jdcloud"), "tencentcloud": try examiner("tencentcloud")]
  guard let usual = examiners["jdcloud"] else { fail("no policy") }
  for file in arguments.dropFirst(2) {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    if file.hasSuffix(".txt") {
      for line in lines {
        let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] == "S" || parts[0] == "H" else { fail("\(file): no S or H in “\(line)”") }
        let isChinese = parts[1].unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        let statement =
          isChinese
          ? "本人已阅读并同意《京东云账户注销须知》。" : "I have read and agree to the JD Cloud account closing notice. "
        let isEnded = parts[1].last.map { "。.!?！？".contains($0) } ?? false
        let remarks = usual.remarks(of: statement + parts[1] + (isEnded ? "" : isChinese ? "。" : "."))
        let pieces = remarks.reduce(into: [String: Int]()) { $0.merge($1.pieces, uniquingKeysWith: +) }
        try write(Instance(spoils: parts[0] == "S", weight: weightOfRemark, pieces: pieces))
      }
    } else {
      for (number, line) in zip(1..., lines) {
        let ticket = try labelled(line, file, number)
        let examiner = examiners[ticket.provider] ?? usual
        let spoils = ticket.label != "consented"
        // Where there is no statement the remarks beside it have nothing to spoil.
        if spoils, codesWithoutStatement.contains(examiner.read(ticket.text).consent.code) { continue }
        let remarks = examiner.remarks(of: ticket.text)
        for remark in remarks {
          try write(
            Instance(
              spoils: spoils, weight: spoils ? weightOfText / Double(remarks.count) : 1, pieces: remark.pieces))
        }
      }
    }
  }
} catch {
  fail("\(error)")
}
