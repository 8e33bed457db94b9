import ClosureModel
import Examine
import Foundation

// reader-bench [--lexicons DIR] [--seconds N] [KIND or TEXT…]
//
// Reads texts of one repeated kind at 1.25, 2.5 and 5 MB (UTF-8) without the policy's limit on their length; prints
// milliseconds (the best of three) and how time grows when the text doubles: about 2 is linear, about 4 is quadratic.
// A kind that would take longer than N seconds (60) at 5 MB, told from shorter texts, is measured at those alone.

struct Kind {
  let name: String
  let unit: String
  func text(_ bytes: Int) -> String { String(repeating: unit, count: max(1, bytes / unit.utf8.count)) }
}

let kinds = [
  Kind(name: "letter a", unit: "a"), Kind(name: "的", unit: "的"), Kind(name: "同意", unit: "同意"),
  Kind(name: "不", unit: "不"), Kind(name: "“", unit: "“"), Kind(name: "\"", unit: "\""), Kind(name: "<", unit: "<"),
  Kind(name: "&", unit: "&"), Kind(name: "[", unit: "["), Kind(name: "(", unit: "("), Kind(name: "《", unit: "《"),
  Kind(name: "digits", unit: "1"), Kind(name: "digits, blanks", unit: "138 "), Kind(name: "@", unit: "@"),
  Kind(name: "a@", unit: "a@"), Kind(name: "a.", unit: "a."), Kind(name: "a-", unit: "a-"), Kind(name: "~", unit: "~"),
  Kind(name: "=", unit: "="), Kind(name: "=E5", unit: "=E5"), Kind(name: ">", unit: ">"),
  Kind(name: "commas", unit: "，"), Kind(name: "words, commas", unit: "同意，"), Kind(name: "line ends", unit: "\n"),
  Kind(name: "short lines", unit: "同意\n"), Kind(name: "labels", unit: "客服：同意\n"), Kind(name: "questions", unit: "同意？"),
  Kind(name: "<del>", unit: "<del>"), Kind(name: "<!--", unit: "<!--"),
  Kind(name: "statements", unit: "本人已阅读并同意《京东云账户注销须知》。"),
  Kind(name: "statement, commas", unit: "本人已阅读并同意《京东云账户注销须知》，"), Kind(name: "phones", unit: "电话13800138000，"),
  Kind(name: "e-mails", unit: "邮箱desk@example.com，"), Kind(name: "ids", unit: "身份证11010519491231002X，"),
]

func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data(("reader-bench: " + text + "\n").utf8))
  exit(64)
}

/// A line at a time: a long measurement is followed as it goes.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

func option(_ name: String, from arguments: inout [String]) -> String? {
  guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(at...at + 1) }
  return arguments[at + 1]
}

func examiner(_ folder: String) throws -> TicketExaminer {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0.hasSuffix(".txt") }
  let lexicons = try names.map { ($0, try String(contentsOfFile: folder + "/" + $0, encoding: .utf8)) }
  let notice = Policy.Notice(
    title: "京东云账户注销须知", aliases: ["账户注销须知", "注销须知", "须知"], ambiguous: ["协议", "相关协议"], other: ["隐私政策"])
  let policy = Policy(
    id: "bench", version: "2026-01-01", provider: "bench", sourceTitle: "", sourceURL: "", categories: [],
    closedStatuses: [], applicantKinds: [:], notice: notice, letter: nil, material: [:], conditions: [],
    deadline: Policy.Deadline(workingDays: 3, calendar: "cn", hour: 18), replies: [:],
    providerContacts: Policy.ProviderContacts(domains: ["jdcloud.com"], phones: []), maxBodyScalars: .max)
  return try TicketExaminer(policy: policy, lexicons: lexicons)
}

func milliseconds(_ body: () -> Void) -> Double {
  let time = ContinuousClock().measure(body).components
  return Double(time.seconds) * 1e3 + Double(time.attoseconds) / 1e15
}

var arguments = Array(CommandLine.arguments.dropFirst())
let budget = (option("--seconds", from: &arguments).flatMap(Double.init) ?? 60) * 1e3
let folder =
  option("--lexicons", from: &arguments)
  ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Templates/lexicons").standardizedFileURL.path
let wanted =
  arguments.isEmpty
  ? kinds : arguments.map { given in kinds.first { $0.name == given } ?? Kind(name: given, unit: given) }
guard wanted.allSatisfy({ !$0.unit.isEmpty }) else { fail("a kind is a name or the text to repeat") }
let reader: TicketExaminer
do { reader = try examiner(folder) } catch { fail("\(error)") }

/// The reading is used, so that it is not optimised away.
var spans = 0
@MainActor func time(_ kind: Kind, _ bytes: Int) -> Double {
  let text = kind.text(bytes)
  func once() -> Double { milliseconds { spans += reader.read(text).consent.evidence.count } }
  let first = once()
  return first > 5_000 ? first : min(first, once(), once())
}

let sizes = [1_250_000, 2_500_000, 5_000_000]
let small = [20_000, 40_000, 80_000, 160_000, 320_000, 640_000]
_ = time(wanted[0], 1000)
say("| text | 1.25 MB ms | 2.5 MB ms | 5 MB ms | ×2 | ×2 | |")
say("|---|---|---|---|---|---|---|")
for kind in wanted {
  var last = 0.0
  var note: String? = nil
  for bytes in small where note == nil {
    let now = time(kind, bytes)
    // Grows by this much when the text doubles; what 5 MB would take at that.
    let growth = max(1, now / max(last, 0.1))
    let steps = log2(5_000_000 / Double(bytes))
    if last > 1, now > 200, now * pow(growth, steps) > budget {
      note = String(
        format: "%.2f MB: %.0f ms, ×%.1f when doubled; longer ones not measured", Double(bytes) / 1e6, now, growth)
    }
    last = now
  }
  let name = kind.name.replacingOccurrences(of: "|", with: "\\|")
  if let note {
    say("| \(name) | – | – | – | – | – | \(note) |")
  } else {
    let times = sizes.map { time(kind, $0) }
    say(
      "| \(name) | "
        + String(
          format: "%.0f | %.0f | %.0f | %.2f | %.2f | %@ |", times[0], times[1], times[2], times[1] / times[0],
          times[2] / times[1], times[2] > 1000 ? "over 1 s" : ""))
  }
}
