/// What a word does in a text. The raw value is the section's name in the lexicon files.
enum WordClass: String, CaseIterable, Sendable {
  case read, agree, notice, near, plain, service, negation, condition, future, question, third, quoted, delay, insincere
  case elsewhere, withdrawn, ambiguous, other, close, harmless, doubt
  case balanceWaiver = "balance_waiver"
  case resourceWaiver = "resource_waiver"
  case keep, pause
  case otherRequest = "other_request"
  case mailSlip = "mail_slip"
}

struct Word: Sendable {
  let kind: WordClass
  let range: Range<Int>
}

/// Word lists, matched longest first.
struct Lexicon: Sendable {
  private var table: [UInt32: [(word: [UInt32], kind: WordClass)]] = [:]
  private(set) var slips: [String: String] = [:]

  init(_ files: [(file: String, text: String)]) throws(ExamineError) {
    var seen: Set<WordClass> = []
    for (file, text) in files {
      var section: WordClass? = nil
      for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let line = String(raw.split(separator: "#", omittingEmptySubsequences: false).first ?? "").trimmed
        if line.isEmpty { continue }
        if line.hasPrefix("["), line.hasSuffix("]") {
          let name = String(line.dropFirst().dropLast())
          guard let kind = WordClass(rawValue: name), kind != .notice else {
            throw ExamineError(
              file: file, line: index + 1, what: "no section “\(name)” is known",
              fix: "Use one of: \(WordClass.allCases.filter { $0 != .notice }.map(\.rawValue).joined(separator: ", "))."
            )
          }
          section = kind
          seen.insert(kind)
          continue
        }
        guard let kind = section else {
          throw ExamineError(
            file: file, line: index + 1, what: "an entry before the first section",
            fix: "Put a [section] line above it.")
        }
        if kind == .mailSlip {
          let parts = line.split(separator: " ")
          guard parts.count == 2 else {
            throw ExamineError(
              file: file, line: index + 1, what: "a slip needs two domains", fix: "Write: wrong.con right.com")
          }
          slips[String(parts[0])] = String(parts[1])
        } else {
          for entry in line.split(separator: "|") { add(String(entry).trimmed, kind) }
        }
      }
    }
    for kind in [WordClass.read, .agree, .negation, .condition, .plain] where !seen.contains(kind) {
      throw ExamineError(
        file: files.first?.file ?? "lexicons", line: nil, what: "section [\(kind.rawValue)] is missing",
        fix: "Restore it from the delivered lexicons.")
    }
  }

  /// Adds a word; a word that is there already keeps its first class.
  mutating func add(_ text: String, _ kind: WordClass) {
    let word = Normaliser.normalise(Scalars.of(text)).scalars
    guard let first = word.first else { return }
    var list = table[first] ?? []
    guard !list.contains(where: { $0.word == word }) else { return }
    list.insert((word, kind), at: list.firstIndex { $0.word.count < word.count } ?? list.count)
    table[first] = list
  }

  /// The longest known word at a place; Latin words only whole.
  func match(_ text: [UInt32], _ at: Int) -> (WordClass, Int)? {
    guard let list = table[text[at]] else { return nil }
    for (word, kind) in list {
      let end = at + word.count
      guard end <= text.count, text[at..<end].elementsEqual(word) else { continue }
      if Scalars.isWord(word[0]), at > 0, Scalars.isWord(text[at - 1]) { continue }
      if let last = word.last, Scalars.isWord(last), end < text.count, Scalars.isWord(text[end]) { continue }
      return (kind, word.count)
    }
    return nil
  }
}

extension String {
  var trimmed: String {
    let body = drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = body.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return String(body[...last])
  }
}
