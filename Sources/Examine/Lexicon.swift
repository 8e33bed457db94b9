/// What a word does in a text. The raw value is the section's name in the lexicon files.
enum WordClass: String, CaseIterable, Sendable {
  case read, knows, unread, later, untrue, template, agree, notice, near, plain, service, negation, condition, future,
    question, third, quoted, delay, insincere
  case elsewhere, withdrawn, ambiguous, other, close, harmless, doubt
  case balanceWaiver = "balance_waiver"
  case resourceWaiver = "resource_waiver"
  case keep, pause
  case otherRequest = "other_request"
  case mailSlip = "mail_slip"

  /// One bit of a set of classes.
  var bit: UInt64 { 1 << UInt64(index) }
  private var index: Int {
    switch self {
    case .read: 0
    case .knows: 1
    case .agree: 2
    case .notice: 3
    case .near: 4
    case .plain: 5
    case .service: 6
    case .negation: 7
    case .condition: 8
    case .future: 9
    case .question: 10
    case .third: 11
    case .quoted: 12
    case .delay: 13
    case .insincere: 14
    case .elsewhere: 15
    case .withdrawn: 16
    case .ambiguous: 17
    case .other: 18
    case .close: 19
    case .harmless: 20
    case .doubt: 21
    case .balanceWaiver: 22
    case .resourceWaiver: 23
    case .keep: 24
    case .pause: 25
    case .otherRequest: 26
    case .mailSlip: 27
    case .unread: 28
    case .later: 29
    case .untrue: 30
    case .template: 31
    }
  }
}

struct Word: Sendable {
  let kind: WordClass
  let range: Range<Int>
}

/// Word lists, matched longest first.
struct Lexicon: Sendable {
  private var lists: [[(word: [UInt32], kind: WordClass)]] = [[]]
  /// The list of a first scalar; 0 is the empty one.
  private var table = [UInt16](repeating: 0, count: 0x10000)
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
    guard let first = word.first, first < 0x10000 else { return }
    if table[Int(first)] == 0 {
      table[Int(first)] = UInt16(lists.count)
      lists.append([])
    }
    let at = Int(table[Int(first)])
    guard !lists[at].contains(where: { $0.word == word }) else { return }
    lists[at].insert((word, kind), at: lists[at].firstIndex { $0.word.count < word.count } ?? lists[at].count)
  }

  /// The longest known word at a place; Latin words only whole.
  func match(_ text: [UInt32], _ at: Int) -> (WordClass, Int)? {
    let first = text[at]
    guard first < 0x10000, table[Int(first)] != 0 else { return nil }
    if Scalars.isWord(first), at > 0, Scalars.isWord(text[at - 1]) { return nil }
    for (word, kind) in lists[Int(table[Int(first)])] where at + word.count <= text.count {
      var i = 1
      while i < word.count, text[at + i] == word[i] { i += 1 }
      guard i == word.count else { continue }
      let end = at + i
      if end < text.count, Scalars.isWord(text[end]), Scalars.isWord(text[end - 1]) { continue }
      return (kind, i)
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
