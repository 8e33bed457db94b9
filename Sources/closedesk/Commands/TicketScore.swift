import Batch
import ClosureModel
import Compose
import Foundation

/// What is right for a ticket, as a person labelled it.
struct LabelledTicket: Decodable {
  let id: String
  /// Any of them is right; the first is meant. Empty: a row that cannot be read.
  let outcomes: [Outcome]
  /// Reasons that the reply has to name; nil: not labelled.
  let codes: [FindingCode]?

  private enum CodingKeys: String, CodingKey {
    case ticket, id, outcome, decision, codes
    case alsoRight = "also_ok"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .ticket) ?? fields.decode(String.self, forKey: .id)
    let meant =
      try fields.decodeIfPresent(String.self, forKey: .outcome) ?? fields.decode(String.self, forKey: .decision)
    let all = try [meant] + (fields.decodeIfPresent([String].self, forKey: .alsoRight) ?? [])
    outcomes = try all.compactMap { word in
      guard let outcome = Self.words[word] else {
        throw DecodingError.dataCorruptedError(
          forKey: .outcome, in: fields,
          debugDescription: "“\(word)” is no outcome (\(Outcome.allCases.map(\.rawValue).joined(separator: ", ")))")
      }
      return outcome
    }
    codes = try fields.decodeIfPresent([String].self, forKey: .codes)?.map { name in
      guard let code = FindingCode(rawValue: name) else {
        throw DecodingError.dataCorruptedError(
          forKey: .codes, in: fields, debugDescription: "“\(name)” is no finding code (docs/finding-codes.md)")
      }
      return code
    }
  }

  /// Our outcomes, and what others call them; nil: the row is damaged.
  private static let words: [String: Outcome?] = {
    var words = Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0.rawValue, Outcome?.some($0)) })
    words.merge([
      "need_info": .incomplete, "blocked": .ineligible, "skipped_category": .outOfScope, "error": Outcome?.none,
    ]) { $1 }
    return words
  }()

  static func read(_ path: String, _ exit: inout Exit) throws -> [String: LabelledTicket] {
    var all: [String: LabelledTicket] = [:]
    var isDamaged = false
    try TextLines.each(path) { line, number in
      guard line.contains(where: { !$0.isWhitespace }) else { return true }
      do {
        let label = try JSONDecoder().decode(LabelledTicket.self, from: Data(line.utf8))
        // Of a ticket that is there twice the first row is meant.
        if all[label.id] == nil { all[label.id] = label }
      } catch {
        var what = "no object with \"ticket\" and \"outcome\""
        if case DecodingError.dataCorrupted(let context) = error, !context.codingPath.isEmpty {
          what = context.debugDescription
        }
        Console.error("closedesk: \(path), line \(number): \(what). Mend the line.")
        isDamaged = true
      }
      return true
    }
    if isDamaged { exit = .rowsUnread }
    return all
  }
}

/// Follows a dry run over labelled tickets and counts what was decided against what is right.
final class TicketScore: RunObserver {
  struct Case {
    let id: String
    /// Nil: a row that cannot be read.
    let expected: Outcome?
    let got: Outcome?
    let codes: [FindingCode]
    /// Words that an accept rests on.
    let quotes: [String]
  }

  private let labels: [String: LabelledTicket]
  private let locale: ClosureModel.Locale
  private let reveal: Bool
  private var seen: Set<String> = []
  private var counts: [String: [String: Int]] = [:]
  private var rightCount = 0
  private var coded = 0
  private var named = 0
  private(set) var falseAccepts: [Case] = []
  private var wrong: [Case] = []
  private var wrongCount = 0
  private(set) var unlabelled = 0
  private static let kept = 1000
  private static let unreadable = "unreadable"
  private static let columns = Outcome.allCases.map(\.rawValue) + [unreadable]

  init(_ labels: [String: LabelledTicket], _ locale: ClosureModel.Locale, reveal: Bool) {
    (self.labels, self.locale, self.reveal) = (labels, locale, reveal)
  }

  func decided(_ file: CaseFile) {
    let open = file.decision.findings.filter { ![.satisfied, .notApplicable].contains($0.verdict) }.map(\.code)
    let quotes =
      file.decision.outcome != .accepted
      ? []
      : file.decision.findings.flatMap { finding in
        finding.evidence.compactMap { $0.shownQuote(reveal: reveal) }
      }
    add(file.ticket.id.rawValue, file.decision.outcome, open, quotes)
  }

  /// A dry run asks no ledger.
  func stands(_ standing: StandingCase) {
    add(standing.ticket.id.rawValue, standing.decision.outcome, standing.codes, [])
  }

  func unreadable(_ error: RowError) {
    // A row too many of a ticket that was decided says nothing of that.
    if let id = error.ticket?.rawValue, labels[id] != nil, !seen.contains(id) { add(id, nil, [], []) }
  }

  private func add(_ id: String, _ got: Outcome?, _ codes: [FindingCode], _ quotes: [String]) {
    guard let label = labels[id] else {
      unlabelled += 1
      return
    }
    guard seen.insert(id).inserted else { return }
    let expected = label.outcomes.first
    counts[expected?.rawValue ?? Self.unreadable, default: [:]][got?.rawValue ?? Self.unreadable, default: 0] += 1
    let isRight = got.map(label.outcomes.contains) ?? label.outcomes.isEmpty
    if isRight { rightCount += 1 }
    if let wanted = label.codes, got == expected {
      coded += 1
      if Set(wanted).isSubset(of: codes) { named += 1 }
    }
    guard !isRight else { return }
    let one = Case(id: id, expected: expected, got: got, codes: codes, quotes: quotes)
    if got == .accepted {
      falseAccepts.append(one)
    } else {
      wrongCount += 1
      if wrong.count < Self.kept { wrong.append(one) }
    }
  }

  // MARK: Output

  private var zh: Bool { locale == .zhCN }
  private func count(_ expected: String, _ got: String) -> Int { counts[expected]?[got] ?? 0 }
  private func total(_ expected: String) -> Int { counts[expected]?.values.reduce(0, +) ?? 0 }
  private var absent: [String] { labels.keys.filter { !seen.contains($0) }.sorted() }

  private struct Measure {
    let key: String
    let name: String
    let part: Int
    let whole: Int
    let weight: EvaluationCase.Weight?
  }

  private var measures: [Measure] {
    let accepted = Outcome.accepted.rawValue
    let good = total(accepted)
    func one(
      _ key: String, _ chinese: String, _ english: String, _ part: Int, _ whole: Int, _ weight: EvaluationCase.Weight?
    ) -> Measure {
      Measure(key: key, name: zh ? chinese : english, part: part, whole: whole, weight: weight)
    }
    return [
      one("recall", "可受理的已受理", "acceptable, accepted", count(accepted, accepted), good, nil),
      one("to_people", "可受理的交给人", "acceptable, left to people", count(accepted, "review"), good, .doubtful),
      one("asked_back", "可受理的被追问", "acceptable, asked back", count(accepted, "incomplete"), good, .missed),
      one("right", "结论正确", "right outcome", rightCount, seen.count, nil),
      one("codes_named", "结论正确且说对原因", "right outcome with its reasons", named, coded, nil),
    ]
  }

  func lines(verbose: Bool) -> [String] {
    var out = [
      Columns.padded(zh ? "应为 \\ 得出" : "right \\ got", to: 14)
        + Self.columns.map { Columns.right($0, in: 14) }.joined()
    ]
    for expected in Self.columns where total(expected) > 0 {
      out.append(
        Columns.padded(expected, to: 14)
          + Self.columns.map { Columns.right("\(count(expected, $0))", in: 14) }.joined())
    }
    out.append("")
    out.append((zh ? "工单                " : "tickets             ") + "\(seen.count)")
    out.append((zh ? "误受理              " : "false accepts       ") + "\(falseAccepts.count)")
    for one in falseAccepts {
      out.append("  \(one.id)  \(one.expected?.rawValue ?? Self.unreadable)")
      for quote in one.quotes { out.append("    “\(quote)”") }
    }
    for measure in measures {
      let percent = measure.whole == 0 ? "–" : EvaluationPage.percent(measure.part, measure.whole)
      out.append(Columns.padded(measure.name, to: 32) + "\(measure.part)/\(measure.whole) = \(percent)")
    }
    if unlabelled > 0 {
      out.append(zh ? "没有标签的工单：\(unlabelled)" : "tickets without a label: \(unlabelled)")
    }
    if !absent.isEmpty {
      let some = absent.prefix(5).joined(separator: ", ") + (absent.count > 5 ? " …" : "")
      out.append(
        zh ? "有标签而不在导出里：\(absent.count)（\(some)）" : "labelled and not in the export: \(absent.count) (\(some))")
    }
    if verbose {
      for one in wrong {
        out.append(
          "  \(one.id)  \(one.expected?.rawValue ?? Self.unreadable) → \(one.got?.rawValue ?? Self.unreadable)  "
            + one.codes.map(\.rawValue).joined(separator: ", "))
      }
    }
    return out
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.evaluation/1")
      json.field("kind", "tickets")
      json.field("tickets", seen.count)
      json.field("unlabelled", unlabelled)
      json.field("absent", absent.count)
      json.object("confusion") { json in
        for expected in Self.columns where total(expected) > 0 {
          json.object(expected) { json in for got in Self.columns { json.field(got, count(expected, got)) } }
        }
      }
      for (key, cases) in [("false_accepts", falseAccepts), ("wrong", wrong)] {
        json.array(key) { json in
          for one in cases {
            json.object { json in
              json.field("ticket", one.id)
              json.field("label", one.expected?.rawValue ?? Self.unreadable)
              json.field("outcome", one.got?.rawValue ?? Self.unreadable)
              json.array("codes") { json in for code in one.codes { json.value(code.rawValue) } }
              json.array("words") { json in for quote in one.quotes { json.value(quote) } }
            }
          }
        }
      }
      for measure in measures {
        json.object(measure.key) { json in
          json.field("count", measure.part)
          json.field("of", measure.whole)
        }
      }
    }
    return json.text
  }

  func page(corpus: String, generated: Timestamp) -> String {
    let confusion = EvaluationPage.Part.table(
      title: zh ? "标签与结论" : "Labels and outcomes", header: [zh ? "应为 \\ 得出" : "right \\ got"] + Self.columns,
      rows: Self.columns.filter { total($0) > 0 }.map { expected in
        EvaluationPage.Row(
          expected,
          Self.columns.map { got in
            let count = count(expected, got)
            let isFalse = got == Outcome.accepted.rawValue && got != expected && count > 0
            return EvaluationPage.Cell("\(count)", isFalse ? .bad : got == expected ? .good : .number)
          })
      })
    return EvaluationPage.html(
      title: "closedesk evaluate tickets",
      meta: "\(corpus) · " + (zh ? "\(seen.count) 张工单" : "\(seen.count) tickets") + " · \(generated)",
      parts: [
        .verdict(
          zh ? "误受理 \(falseAccepts.count)" : "False accepts: \(falseAccepts.count)", isGood: falseAccepts.isEmpty),
        .measures(measures.map { EvaluationPage.Measure($0.name, $0.part, of: $0.whole, $0.weight) }), confusion,
      ] + list(zh ? "误受理" : "False accepts", falseAccepts, falseAccepts.count)
        + list(zh ? "其他不符的" : "Other differences", wrong, wrongCount), locale: locale)
  }

  /// - Returns: no part where there is nothing to list.
  private func list(_ title: String, _ cases: [Case], _ count: Int) -> [EvaluationPage.Part] {
    guard count > 0 else { return [] }
    let shown = cases.prefix(Self.kept)
    return [
      .table(
        title: title + (count > shown.count ? " (\(shown.count) / \(count))" : ""),
        header: zh ? ["工单", "应为", "得出", "依据与原因"] : ["ticket", "right", "got", "words and reasons"],
        rows: shown.map { one in
          EvaluationPage.Row(
            one.id,
            [
              .init(one.expected?.rawValue ?? Self.unreadable, .plain),
              .init(one.got?.rawValue ?? Self.unreadable, .plain),
              .init((one.quotes.map { "“\($0)”" } + one.codes.map(\.rawValue)).joined(separator: ", "), .plain),
            ])
        })
    ]
  }
}
