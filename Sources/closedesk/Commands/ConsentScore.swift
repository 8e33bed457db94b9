import ClosureModel
import Compose
import Foundation

/// How a set of labelled consent statements was read.
struct ConsentTally {
  static let labels = ["consented", "not_consented", "unclear"]
  private var counts: [String: [String: Int]] = [:]
  /// True accepts whose evidence lies on the words that the label names, and those that name some.
  private(set) var overlapping = 0
  private(set) var quoted = 0

  mutating func add(label: String, got: String, overlaps: Bool?) {
    counts[label, default: [:]][got, default: 0] += 1
    if let overlaps {
      quoted += 1
      if overlaps { overlapping += 1 }
    }
  }

  func count(_ label: String, _ got: String) -> Int { counts[label]?[got] ?? 0 }
  func total(_ label: String) -> Int { counts[label]?.values.reduce(0, +) ?? 0 }
  var lines: Int { Self.labels.reduce(0) { $0 + total($1) } }
  var falseAccepts: Int { count("not_consented", "consented") + count("unclear", "consented") }

  struct Share {
    let key: String
    let part: Int
    let whole: Int
    let weight: EvaluationCase.Weight?
  }

  /// The measures of the contract, in the order in which they count after the false accepts.
  var shares: [Share] {
    let consented = total("consented")
    return [
      Share(key: "recall", part: count("consented", "consented"), whole: consented, weight: nil),
      Share(key: "asked_back", part: count("consented", "not_consented"), whole: consented, weight: .missed),
      Share(key: "left_to_people", part: count("consented", "unclear"), whole: consented, weight: .doubtful),
      Share(
        key: "not_consented_left_to_people", part: count("not_consented", "unclear"), whole: total("not_consented"),
        weight: .doubtful),
      Share(key: "unclear_to_review", part: count("unclear", "unclear"), whole: total("unclear"), weight: nil),
      Share(key: "evidence_on_quote", part: overlapping, whole: quoted, weight: nil),
    ]
  }
}

/// Counts of a labelled corpus of consent statements, the whole and its slices, and the texts to look at.
struct ConsentScore {
  struct Case {
    let id: String
    let label: String
    let got: String
    let provider: String?
    let lang: String?
    let why: String?
    let code: String
    let reason: String
    let speaker: StatementReading.Speaker?
    /// What the reading rests on, masked.
    let words: [String]
    let text: MarkedText
  }
  /// Texts of a list that are kept: more make a page nobody opens.
  static let kept = 1000
  static let long = 2000

  let catalog: FindingCatalog
  let locale: ClosureModel.Locale
  let reveal: Bool
  private(set) var whole = ConsentTally()
  private(set) var slices: [String: [String: ConsentTally]] = [:]
  private(set) var falseAccepts: [Case] = []
  private(set) var missed: [Case] = []
  /// Labelled `unclear` and answered, or answerable and left to people; false accepts are a list of their own.
  private(set) var doubtful: [Case] = []
  private(set) var missedCount = 0
  private(set) var doubtfulCount = 0
  private(set) var unlabelled = 0

  init(catalog: FindingCatalog, locale: ClosureModel.Locale, reveal: Bool) {
    self.catalog = catalog
    self.locale = locale
    self.reveal = reveal
  }

  static let groups = ["provider", "lang", "length", "why"]

  mutating func add(_ line: LabelledTexts.Line, _ reading: TextReading) {
    guard let label = line.label, ConsentTally.labels.contains(label) else {
      unlabelled += 1
      return
    }
    let got = ReadingWords.consent(reading.consent.label)
    let quote = line.quote.flatMap { $0.isEmpty ? nil : $0 }
    let overlaps =
      label == "consented" && got == label ? quote.map { self.overlaps($0, in: line.text, reading.consent) } : nil
    whole.add(label: label, got: got, overlaps: overlaps)
    let isLong = line.text.unicodeScalars.count >= Self.long
    for (group, name) in [
      ("provider", line.provider), ("lang", line.lang), ("length", isLong ? "≥ \(Self.long)" : "< \(Self.long)"),
      ("why", line.why),
    ] {
      guard let name, !name.isEmpty else { continue }
      slices[group, default: [:]][name, default: ConsentTally()].add(label: label, got: got, overlaps: overlaps)
    }
    if label != "consented", got == "consented" {
      falseAccepts.append(made(line, label, got, reading))
    } else if label == "consented", got != label {
      missedCount += 1
      if missed.count < Self.kept { missed.append(made(line, label, got, reading)) }
    } else if label != got {
      doubtfulCount += 1
      if doubtful.count < Self.kept { doubtful.append(made(line, label, got, reading)) }
    }
  }

  private func made(_ line: LabelledTexts.Line, _ label: String, _ got: String, _ reading: TextReading) -> Case {
    let text = MarkedText(line.text, reading, reveal: reveal)
    return Case(
      id: line.id ?? "?", label: label, got: got, provider: line.provider, lang: line.lang, why: line.why,
      code: reading.consent.code, reason: ReadingWords.reason(reading.consent, catalog, locale),
      speaker: reading.consent.speaker, words: reading.consent.evidence.compactMap(\.span).map(text.words), text: text)
  }

  /// Does the evidence touch one of the places where the quote stands?
  private func overlaps(_ quote: String, in text: String, _ consent: StatementReading) -> Bool {
    let spans = consent.evidence.compactMap(\.span)
    let (text, quote) = (Array(text.unicodeScalars), Array(quote.unicodeScalars))
    guard let first = quote.first, text.count >= quote.count else { return false }
    for start in 0...(text.count - quote.count)
    where text[start] == first && text[start..<(start + quote.count)].elementsEqual(quote) {
      if spans.contains(where: { $0.overlaps(start..<(start + quote.count)) }) { return true }
    }
    return false
  }
}

// MARK: - Output

extension ConsentScore {
  private var zh: Bool { locale == .zhCN }

  private static func share(_ share: ConsentTally.Share) -> String {
    share.whole == 0
      ? "–" : "\(share.part)/\(share.whole) = \(EvaluationPage.percent(share.part, share.whole))"
  }

  private static let names = [
    "recall": "recall", "asked_back": "asked back", "left_to_people": "left to people",
    "not_consented_left_to_people": "no, to people", "unclear_to_review": "unclear to review",
    "evidence_on_quote": "evidence on quote",
  ]

  func lines(verbose: Bool) -> [String] {
    let labels = ConsentTally.labels
    var out = [Columns.padded("label \\ read", to: 16) + labels.map { Columns.right($0, in: 15) }.joined()]
    for label in labels {
      out.append(
        Columns.padded(label, to: 16) + labels.map { Columns.right("\(whole.count(label, $0))", in: 15) }.joined())
    }
    out.append("texts               \(whole.lines)")
    out.append("false accepts       \(falseAccepts.count)")
    for one in falseAccepts {
      out.append("  \(one.id)  \(one.label)  \(one.why ?? "")  \(one.code)  \(one.reason)")
      for words in one.words { out.append("    “\(words)”") }
    }
    for share in whole.shares {
      out.append(Columns.padded(Self.names[share.key] ?? share.key, to: 20) + Self.share(share))
    }
    if unlabelled > 0 { out.append("without a label     \(unlabelled)") }
    out += table()
    if verbose {
      for one in missed { out.append("  missed \(one.id)  \(one.got)  \(one.code)") }
      for one in doubtful { out.append("  doubtful \(one.id)  \(one.label)  \(one.got)  \(one.code)") }
    }
    return out
  }

  private static let columns = ["recall", "asked", "people", "no→people", "unclear", "quote"]

  private func table() -> [String] {
    var out: [String] = []
    for group in Self.groups {
      guard let slices = slices[group] else { continue }
      let titles = Self.columns.map { Columns.right($0, in: 10) }.joined()
      out.append("")
      out.append(
        Columns.padded("by \(group)", to: 20) + Columns.right("texts", in: 7) + Columns.right("false", in: 7) + titles)
      for (name, tally) in sorted(slices) {
        let shares = tally.shares.map { $0.whole == 0 ? "–" : "\($0.part)/\($0.whole)" }
        out.append(
          Columns.padded("  " + name, to: 20) + Columns.right("\(tally.lines)", in: 7)
            + Columns.right("\(tally.falseAccepts)", in: 7) + shares.map { Columns.right($0, in: 10) }.joined())
      }
    }
    return out
  }

  /// The largest first.
  private func sorted(_ slices: [String: ConsentTally]) -> [(String, ConsentTally)] {
    slices.sorted { ($1.value.lines, $0.key) < ($0.value.lines, $1.key) }.map { ($0.key, $0.value) }
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.evaluation/1")
      json.object("confusion") { json in
        for label in ConsentTally.labels {
          json.object(label) { json in
            for got in ConsentTally.labels { json.field(got, whole.count(label, got)) }
          }
        }
      }
      json.array("false_accepts") { json in
        for one in falseAccepts {
          json.object { json in
            json.field("id", one.id)
            json.field("label", one.label)
            json.field("reason", one.reason)
            json.field("why", one.why)
            json.field("code", one.code)
            json.field("speaker", one.speaker?.rawValue)
            json.array("words") { json in for words in one.words { json.value(words) } }
          }
        }
      }
      for (key, cases) in [("missed", missed), ("doubtful", doubtful)] {
        json.array(key) { json in
          for one in cases {
            json.object { json in
              json.field("id", one.id)
              if key == "doubtful" { json.field("label", one.label) }
              json.field("read", one.got)
              json.field("code", one.code)
            }
          }
        }
      }
      json.field("quote_overlap", whole.overlapping)
      json.field("kind", "consent")
      json.field("unlabelled", unlabelled)
      measures(whole, &json)
      json.object("slices") { json in
        for group in Self.groups {
          json.array(group) { json in
            for (name, tally) in sorted(slices[group] ?? [:]) {
              json.object { json in
                json.field("name", name)
                json.field("false_accepts", tally.falseAccepts)
                measures(tally, &json)
              }
            }
          }
        }
      }
    }
    return json.text
  }

  private func measures(_ tally: ConsentTally, _ json: inout JSONWriter) {
    json.field("lines", tally.lines)
    for share in tally.shares {
      json.object(share.key) { json in
        json.field("count", share.part)
        json.field("of", share.whole)
        let tenThousandths = share.whole == 0 ? 0 : (share.part * 10000 + share.whole / 2) / share.whole
        json.raw("share", share.whole == 0 ? "null" : "\(Double(tenThousandths) / 10000)")
      }
    }
  }

  // MARK: The page

  func page(corpus: String, generated: Timestamp) -> String {
    let texts = zh ? "\(whole.lines) 段文字" : "\(whole.lines) texts"
    return EvaluationPage.html(
      title: "closedesk evaluate consent", meta: "\(corpus) · \(texts) · \(generated)",
      parts: [
        .verdict(
          zh ? "误受理 \(falseAccepts.count)" : "False accepts: \(falseAccepts.count)", isGood: falseAccepts.isEmpty),
        .measures(whole.shares.map { EvaluationPage.Measure(title($0.key), $0.part, of: $0.whole, $0.weight) }),
        confusion(), sliced(),
        .cases(
          title: zh ? "误受理" : "False accepts",
          note: zh
            ? "标签不是 consented，却读作 consented。必须为零。" : "Read as consented, labelled otherwise. There must be none.",
          all: falseAccepts.prefix(Self.kept).map { made($0, .grave) }, omitted: max(0, falseAccepts.count - Self.kept)),
        .cases(
          title: zh ? "没有认出的同意" : "Missed consents",
          note: zh ? "标签是 consented，却会追问客户或交给人。" : "Labelled consented; the customer is asked or a person decides.",
          all: missed.map { made($0, .missed) }, omitted: missedCount - missed.count),
        .cases(
          title: zh ? "存疑的" : "Doubtful ones",
          note: zh
            ? "标签是 unclear 却会追问客户，或标签是 not_consented 却交给人。"
            : "Labelled unclear and asked back, or labelled not_consented and left to people.",
          all: doubtful.map { made($0, .doubtful) }, omitted: doubtfulCount - doubtful.count),
      ], locale: locale)
  }

  private func title(_ key: String) -> String {
    switch key {
    case "recall": zh ? "召回：同意读作同意" : "recall: consents found"
    case "asked_back": zh ? "同意却追问客户" : "consents asked back"
    case "left_to_people": zh ? "同意却交给人" : "consents left to people"
    case "not_consented_left_to_people": zh ? "不同意却交给人" : "no consent, left to people"
    case "unclear_to_review": zh ? "不明读作不明" : "unclear, left to people"
    default: zh ? "依据落在标注的原文上" : "evidence on the quote"
    }
  }

  private func confusion() -> EvaluationPage.Part {
    .table(
      title: zh ? "标签与读法" : "Labels and readings", header: [zh ? "标签 \\ 读作" : "label \\ read"] + ConsentTally.labels,
      rows: ConsentTally.labels.map { label in
        EvaluationPage.Row(
          label,
          ConsentTally.labels.map { got in
            let count = whole.count(label, got)
            let isFalse = got == "consented" && label != got && count > 0
            return EvaluationPage.Cell("\(count)", isFalse ? .bad : label == got ? .good : .number)
          })
      })
  }

  private func sliced() -> EvaluationPage.Part {
    var rows: [EvaluationPage.Row] = []
    for (group, name) in zip(
      Self.groups, zh ? ["云厂商", "语言", "字数", "类别（why）"] : ["provider", "language", "characters", "why"])
    {
      for (index, (slice, tally)) in sorted(slices[group] ?? [:]).enumerated() {
        let shares = tally.shares.map { EvaluationPage.Cell($0.part, of: $0.whole) }
        let isFalse = tally.falseAccepts > 0
        rows.append(
          EvaluationPage.Row(
            slice,
            [EvaluationPage.Cell("\(tally.lines)"), .init("\(tally.falseAccepts)", isFalse ? .bad : .good)] + shares,
            group: index == 0 ? name : nil))
      }
    }
    return .table(
      title: zh ? "分组" : "Slices",
      header: zh
        ? ["", "文字", "误受理", "召回", "同意→追问", "同意→人", "不同意→人", "不明→人", "依据"]
        : ["", "texts", "false", "recall", "asked", "yes→people", "no→people", "unclear", "quote"],
      rows: rows)
  }

  private func made(_ one: Case, _ weight: EvaluationCase.Weight) -> EvaluationCase {
    EvaluationCase(
      id: one.id, weight: weight,
      facts: ["\(one.label) → \(one.got)"] + [one.provider, one.lang, one.why].compactMap(\.self)
        + [ReadingWords.speaker(one.speaker, locale)],
      code: one.code, reason: one.reason, text: one.text)
  }
}
