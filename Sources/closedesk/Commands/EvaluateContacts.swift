import ArgumentParser
import ClosureModel
import Compose
import Examine
import Foundation

extension Evaluate {
  struct Contacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "contacts", abstract: "联系方式：逐条完全一致的比例、精确率、召回率 / contacts: share of exact sets, precision, recall.",
      discussion: """
        LABELS: JSON Lines of {"id","text","provider","emails":[…],"phones":[…]}. An item is the normalised value of a valid
        contact of the applicant (phones in E.164, `;ext=801` where the extension counts), or an object
        {"value","ext","status","owner"}: of those only valid ones of the applicant are expected. Where a label gives no
        extension, none is compared.
        """)

    @Argument(help: "带标签的 JSON Lines / labelled JSON Lines.")
    var labels: String

    @OptionGroup var results: Results
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(self.settings)
        return try ReportFile.with(results.report, day: settings.clock().day(), inputs: [labels]) { report in
          var score = ContactScore(reveal: results.reveal)
          let exit = try read(settings) { line, place, reading in score.add(line, place, reading) }
          try report?.write(
            score.page(corpus: ReportFile.name(labels), generated: settings.clock(), locale: settings.locale))
          if results.json { Console.out(score.json()) } else { score.lines().forEach(Console.out) }
          return exit
        }
      }
    }

    private func read(_ settings: Settings, _ body: (LabelledContacts, String, TextReading) -> Void) throws -> Exit {
      var readers: [String: TicketExaminer] = [:]
      var exit = Exit.done
      let text = String(decoding: try TextFile.bytes(labels), as: UTF8.self)
      let known = Workbench.policyIDs(settings.library)
      for (index, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        guard row.contains(where: { !$0.isWhitespace }) else { continue }
        let line: LabelledContacts
        do {
          line = try JSONDecoder().decode(LabelledContacts.self, from: Data(row.utf8))
        } catch {
          Console.error(
            "closedesk: \(labels), line \(index + 1): no object with \"text\", \"emails\" and \"phones\". Mend the line."
          )
          exit = .rowsUnread
          continue
        }
        // Contacts are read alike for every provider; one without a policy here is read under the chosen one.
        let provider = line.provider.flatMap { known.contains($0) ? $0 : nil } ?? settings.policy
        if readers[provider] == nil {
          readers[provider] = try Workbench.examiner(Workbench.policy(provider, settings.library), settings.library)
        }
        if let reading = readers[provider]?.read(line.text) { body(line, "line \(index + 1)", reading) }
      }
      return exit
    }
  }
}

struct LabelledContacts: Decodable {
  /// A contact, as a string or an object.
  struct Item: Decodable {
    let value: String
    /// `nil`: the label does not say.
    let ext: String?
    let counts: Bool

    private enum Key: String, CodingKey { case value, ext, status, owner }
    init(from decoder: any Decoder) throws {
      if let whole = try? decoder.singleValueContainer().decode(String.self) {
        let parts = whole.split(separator: ";", maxSplits: 1).map(String.init)
        value = parts.first ?? ""
        ext = parts.count > 1 && parts[1].hasPrefix("ext=") ? String(parts[1].dropFirst(4)) : nil
        counts = true
        return
      }
      let object = try decoder.container(keyedBy: Key.self)
      value = try object.decode(String.self, forKey: .value)
      ext = try object.decodeIfPresent(String.self, forKey: .ext)
      counts =
        try object.decodeIfPresent(String.self, forKey: .status) ?? "valid" == "valid"
        && object.decodeIfPresent(String.self, forKey: .owner) ?? "applicant" == "applicant"
    }
  }
  let id: String?
  let text: String
  let provider: String?
  let emails: [Item]
  let phones: [Item]
}

/// Counts of a labelled corpus of contacts.
struct ContactScore {
  struct Kind {
    var exact = 0
    var right = 0
    var extra = 0
    var missed = 0
  }
  struct Wrong {
    let id: String
    let missed: [String]
    let extra: [String]
    /// The text with the contacts that count as read: the right ones, and those too many.
    let text: MarkedText
  }
  let reveal: Bool
  private(set) var total = 0
  private(set) var exact = 0
  private(set) var emails = Kind()
  private(set) var phones = Kind()
  private(set) var wrong: [Wrong] = []

  init(reveal: Bool) { self.reveal = reveal }

  mutating func add(_ line: LabelledContacts, _ place: String, _ reading: TextReading) {
    let mails = Self.compare(line.emails, reading.emails, &emails)
    let numbers = Self.compare(line.phones, reading.phones, &phones)
    total += 1
    let missed = mails.missed + numbers.missed
    let extra = mails.extra + numbers.extra
    if missed.isEmpty, extra.isEmpty {
      exact += 1
    } else {
      let counted = (reading.emails + reading.phones).filter { $0.status == .valid && $0.owner == .applicant }
      let extras = Set(extra.map { $0.split(separator: ";").first.map(String.init) ?? $0 })
      let text = MarkedText(
        line.text, reading, statement: counted.compactMap(\.evidence.span),
        against: counted.filter { extras.contains($0.value) }.compactMap(\.evidence.span), reveal: reveal)
      wrong.append(Wrong(id: line.id ?? place, missed: missed, extra: extra, text: text))
    }
  }

  private static func compare(
    _ expected: [LabelledContacts.Item], _ read: [ContactReading], _ kind: inout Kind
  ) -> (missed: [String], extra: [String]) {
    func name(_ value: String, _ ext: String?) -> String { ext.map { "\(value);ext=\($0)" } ?? value }
    let wanted = expected.filter(\.counts)
    let silent = Set(wanted.filter { $0.ext == nil }.map(\.value))
    let want = Set(wanted.map { name($0.value, $0.ext) })
    let got = Set(
      read.filter { $0.status == .valid && $0.owner == .applicant }
        .map { name($0.value, silent.contains($0.value) ? nil : $0.ext) })
    kind.right += want.intersection(got).count
    kind.missed += want.subtracting(got).count
    kind.extra += got.subtracting(want).count
    if want == got { kind.exact += 1 }
    return (want.subtracting(got).sorted(), got.subtracting(want).sorted())
  }

  private static func share(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 1 : Double((part * 10000 + whole / 2) / whole) / 10000
  }
  private static func text(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "–" : "\(part)/\(whole) = \(Double((part * 1000 + whole / 2) / whole) / 10) %"
  }

  private func shown(_ value: String) -> String { reveal ? value : Masking.text(value) }

  func lines() -> [String] {
    var out = ["exact sets          \(Self.text(exact, total))"]
    for (name, kind) in [("e-mails", emails), ("phones", phones)] {
      out.append("\(Columns.padded(name, to: 20))\(Self.text(kind.exact, total)) exact")
      out.append("  precision         \(Self.text(kind.right, kind.right + kind.extra))")
      out.append("  recall            \(Self.text(kind.right, kind.right + kind.missed))")
    }
    for one in wrong {
      let parts = one.missed.map { "missed \(shown($0))" } + one.extra.map { "extra \(shown($0))" }
      out.append("  \(one.id)  \(parts.joined(separator: ", "))")
    }
    return out
  }

  func json() -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.evaluation/1")
      json.field("kind", "contacts")
      json.field("lines", total)
      json.field("exact", exact)
      json.raw("exact_share", "\(Self.share(exact, total))")
      for (name, kind) in [("emails", emails), ("phones", phones)] {
        json.object(name) { json in
          json.field("exact", kind.exact)
          json.raw("exact_share", "\(Self.share(kind.exact, total))")
          json.raw("precision", "\(Self.share(kind.right, kind.right + kind.extra))")
          json.raw("recall", "\(Self.share(kind.right, kind.right + kind.missed))")
        }
      }
      json.array("wrong") { json in
        for one in wrong {
          json.object { json in
            json.field("id", one.id)
            json.array("missed") { json in for value in one.missed { json.value(shown(value)) } }
            json.array("extra") { json in for value in one.extra { json.value(shown(value)) } }
          }
        }
      }
    }
    return json.text
  }

  private static let kept = 1000

  func page(corpus: String, generated: Timestamp, locale: ClosureModel.Locale) -> String {
    let zh = locale == .zhCN
    let texts = zh ? "\(total) 段文字" : "\(total) texts"
    var measures = [EvaluationPage.Measure(zh ? "整段完全一致" : "exact texts", exact, of: total)]
    for (name, kind) in [(zh ? "邮箱" : "e-mails", emails), (zh ? "电话" : "phones", phones)] {
      measures += [
        .init(name + (zh ? "：完全一致" : ": exact"), kind.exact, of: total),
        .init(name + (zh ? "：精确率" : ": precision"), kind.right, of: kind.right + kind.extra),
        .init(name + (zh ? "：召回率" : ": recall"), kind.right, of: kind.right + kind.missed),
      ]
    }
    return EvaluationPage.html(
      title: "closedesk evaluate contacts", meta: "\(corpus) · \(texts) · \(generated)",
      parts: [
        .verdict(
          zh ? "\(total - exact) 段不一致" : "\(total - exact) of \(total) texts are not exact", isGood: exact == total),
        .measures(measures),
        .wrong(
          title: zh ? "不一致的文字" : "Texts that are not exact",
          note: zh ? "绿色：读出且在标签里；红色：读出而标签里没有。" : "Green: read and in the label. Red: read, not in the label.",
          header: [zh ? "编号" : "id", zh ? "漏读" : "missed", zh ? "多读" : "extra", zh ? "文字" : "text"],
          all: wrong.prefix(Self.kept).map { one in
            EvaluationPage.WrongLine(
              id: one.id, missed: one.missed.map(shown), extra: one.extra.map(shown), text: one.text)
          }, omitted: max(0, wrong.count - Self.kept)),
      ], locale: locale)
  }
}
