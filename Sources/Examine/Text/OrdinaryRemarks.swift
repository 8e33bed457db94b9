/// What tickets ordinarily say beside a statement, and what says nothing against it: 云主机已释放, 我是学生, 做爬虫练手用的. A grammar of
/// whole clauses, in `Templates/lexicons/ordinary.txt`: an entry under a section of a `Kind`'s name is a clause, every other
/// section a part that `{section}` stands for.
struct OrdinaryRemarks: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case remark = "ordinary"
    /// 请注销, please close my account: what stands before it in the sentence may put a condition or a time on it.
    case request = "ordinary_request"
    /// 另想问一句，: leads into a question, and says nothing where one follows.
    case asking = "ordinary_asking"
    /// 账户一旦注销无法恢复, once closed it cannot be restored: what the closing brings, in the form of a condition.
    case loss = "ordinary_loss"
  }

  static let file = "ordinary.txt"
  static func owns(_ path: String) -> Bool { path == file || path.hasSuffix("/" + file) }

  private indirect enum Piece: Sendable {
    case word([UInt32])
    case choice([[Piece]])
    case part(Int)
    case open(Open)
  }
  /// What no list can hold.
  private enum Open: String, CaseIterable, Sendable {
    /// One to ten characters or letters, in a clause that speaks of nobody and of nothing to be done.
    case anything
    /// A number, in digits or Chinese numerals.
    case number
    /// An account, an address, a number: letters, digits and the marks between them, not letters alone.
    case identifier
  }
  private struct Entry: Sendable {
    var pieces: [Piece]
    var isOpen = false
  }
  /// Entries by what they begin with; those that may begin with anything stand apart.
  private struct Entries: Sendable {
    var all: [Entry] = []
    var byFirst: [UInt32: [Int]] = [:]
    var others: [Int] = []
  }

  /// A clause's places are the bits of a number.
  private static let longestClause = 120
  private static let longestAnything = 10
  private var parts: [Entries] = []
  private var ordinary: [Kind: Entries] = [:]

  // MARK: Reading clauses

  /// - Parameters:
  ///   - clause: its scalars as they were normalised; blanks count between Latin words alone.
  ///   - isPlain: the clause speaks of nobody and of nothing to be done; entries with `{anything}` are for such clauses.
  /// - Returns: what an entry of the grammar takes the whole clause for.
  func kind(of clause: ArraySlice<UInt32>, isPlain: Bool) -> Kind? {
    let s = Self.words(clause)
    guard let first = s.first, s.count <= Self.longestClause else { return nil }
    let end: UInt128 = 1 << s.count
    return Kind.allCases.first { kind in
      guard let entries = ordinary[kind] else { return false }
      func isWhole(_ at: Int) -> Bool {
        let entry = entries.all[at]
        return (isPlain || !entry.isOpen) && places(behind: entry.pieces, 1, s) & end != 0
      }
      return entries.byFirst[first]?.contains(where: isWhole) ?? false || entries.others.contains(where: isWhole)
    }
  }

  /// Blanks are left between Latin words and numbers alone.
  private static func words(_ clause: ArraySlice<UInt32>) -> [UInt32] {
    var found: [UInt32] = []
    found.reserveCapacity(clause.count)
    for scalar in clause where scalar != blank || found.last.map(Scalars.isWord) ?? false {
      if found.last == blank, !Scalars.isWord(scalar) { found.removeLast() }
      found.append(scalar)
    }
    if found.last == blank { found.removeLast() }
    return found
  }
  private static let blank: UInt32 = 0x20

  /// Where a piece that begins with a scalar may begin: behind a blank, and not within a Latin word.
  private static func begin(_ at: Int, _ first: UInt32, _ s: [UInt32]) -> Int? {
    if at < s.count, s[at] == blank { return at + 1 }
    return at > 0 && Scalars.isWord(s[at - 1]) && Scalars.isWord(first) ? nil : at
  }

  /// Where what the pieces stand for may end, begun at any of some places.
  private func places(behind pieces: [Piece], _ from: UInt128, _ s: [UInt32]) -> UInt128 {
    var places = from
    for piece in pieces where places != 0 {
      switch piece {
      case .word(let word):
        var next: UInt128 = 0
        Self.forEach(places, s.count - word.count) { at in
          if let from = Self.begin(at, word[0], s), s[from...].starts(with: word) { next |= 1 << (from + word.count) }
        }
        places = next
      case .choice(let choices): places = choices.reduce(0) { $0 | self.places(behind: $1, places, s) }
      case .part(let part):
        let entries = parts[part]
        var next: UInt128 = 0
        Self.forEach(places, s.count) { at in
          let from = at < s.count && s[at] == Self.blank ? at + 1 : at
          let begun = from < s.count ? entries.byFirst[s[from]] ?? [] : []
          for entry in begun { next |= self.places(behind: entries.all[entry].pieces, 1 << at, s) }
          for entry in entries.others { next |= self.places(behind: entries.all[entry].pieces, 1 << at, s) }
        }
        places = next
      case .open(let open):
        var next: UInt128 = 0
        Self.forEach(places, s.count - 1) { at in
          guard let from = Self.begin(at, s[at], s) else { return }
          var to = from
          while to < s.count, Self.isOf(open, s[to]), to - from < (open == .anything ? Self.longestAnything : s.count) {
            to += 1
            if open != .identifier || s[from..<to].contains(where: { !Scalars.isLetter($0) }) { next |= 1 << to }
          }
        }
        places = next
      }
    }
    return places
  }

  private static func forEach(_ places: UInt128, _ last: Int, _ body: (Int) -> Void) {
    var rest = places
    while rest != 0 {
      let at = rest.trailingZeroBitCount
      if at > last { return }
      body(at)
      rest &= rest - 1
    }
  }

  private static func isOf(_ open: Open, _ scalar: UInt32) -> Bool {
    switch open {
    case .anything: Scalars.isHan(scalar) || Scalars.isWord(scalar)
    case .number: Scalars.isDigit(scalar) || numerals.contains(scalar)
    case .identifier: Scalars.isWord(scalar) || marks.contains(scalar)
    }
  }
  private static let numerals = ScalarSet("〇零一二三四五六七八九十百千万两几半多.")
  private static let marks = ScalarSet("_-.@+")

  // MARK: Reading the file

  /// - Throws: `ExamineError` with the line of what cannot be used.
  init(file: String, text: String) throws(ExamineError) {
    var names: [String: Int] = [:]
    var isMade: [Bool] = []
    var section: String? = nil
    var number = 0
    func fail(_ what: String, _ fix: String) -> ExamineError {
      ExamineError(file: file, line: number, what: what, fix: fix)
    }
    var used: [(name: Int, line: Int)] = []
    func place(_ name: String) -> Int {
      if let place = names[name] { return place }
      names[name] = names.count
      parts.append(Entries())
      isMade.append(false)
      return names.count - 1
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = line.prefix { $0 != "#" }.trimming { $0 == " " || $0 == "\r" || $0 == "\t" }
      if line.isEmpty { continue }
      if line.first == "[" {
        guard line.last == "]", line.count > 2 else { throw fail("“\(line)” is no section", "Write [name].") }
        let name = String(line.dropFirst().dropLast())
        guard Open(rawValue: name) == nil else { throw fail("{\(name)} is built in", "Give the section another name.") }
        section = name
        if Kind(rawValue: name) == nil { isMade[place(name)] = true }
        continue
      }
      guard let section else { throw fail("an entry before the first section", "Write [ordinary] above it.") }
      for word in line.split(separator: "|") {
        var reader = EntryReader(word)
        let entry: Entry
        do throws(EntryReader.Mistake) {
          let pieces = try reader.pieces { name in
            let at = place(name)
            used.append((at, number))
            return at
          }
          entry = Entry(pieces: pieces, isOpen: reader.isOpen)
        } catch {
          throw fail(
            "“\(word.trimming { $0 == " " })”: \(error.what)", "Write (a/b) for choices and {section} for a part.")
        }
        if entry.pieces.isEmpty { continue }
        if let kind = Kind(rawValue: section) {
          ordinary[kind, default: Entries()].all.append(entry)
        } else {
          parts[place(section)].all.append(entry)
        }
      }
    }
    for use in used where !isMade[use.name] {
      number = use.line
      throw fail("no section for {\(names.first { $0.value == use.name }?.key ?? "")}", "Add it, or mend the name.")
    }
    if let loop = parts.indices.first(where: { isLooped($0, []) }) {
      throw ExamineError(
        file: file, line: nil, what: "{\(names.first { $0.value == loop }?.key ?? "")} stands for itself",
        fix: "Let no section name one that names it.")
    }
    index()
  }

  /// The part comes back to itself through the parts that it names.
  private func isLooped(_ part: Int, _ above: Set<Int>) -> Bool {
    if above.contains(part) { return true }
    func names(_ piece: Piece) -> [Int] {
      switch piece {
      case .word, .open: []
      case .choice(let choices): choices.flatMap { $0.flatMap(names) }
      case .part(let part): [part]
      }
    }
    let named = Set(parts[part].all.flatMap { $0.pieces.flatMap(names) })
    return named.contains { isLooped($0, above.union([part])) }
  }

  /// Lays entries down by what they begin with.
  private mutating func index() {
    var known: [Int: Beginning] = [:]
    func beginning(of pieces: [Piece]) -> Beginning {
      var all = Beginning(scalars: [], isEmpty: true)
      for piece in pieces where all.isEmpty {
        let own: Beginning
        switch piece {
        case .word(let word): own = Beginning(scalars: [word[0]], isEmpty: false)
        case .open: own = Beginning(scalars: nil, isEmpty: false)
        case .choice(let choices): own = union(choices)
        case .part(let part):
          own = known[part] ?? union(parts[part].all.map(\.pieces))
          known[part] = own
        }
        all = Beginning(scalars: own.scalars.flatMap { all.scalars?.union($0) }, isEmpty: own.isEmpty)
      }
      return all
    }
    func union(_ choices: [[Piece]]) -> Beginning {
      choices.map(beginning).reduce(Beginning(scalars: [], isEmpty: false)) { all, one in
        Beginning(scalars: one.scalars.flatMap { all.scalars?.union($0) }, isEmpty: all.isEmpty || one.isEmpty)
      }
    }
    func lay(_ entries: Entries) -> Entries {
      var laid = entries
      for (at, entry) in entries.all.enumerated() {
        let own = beginning(of: entry.pieces)
        guard let scalars = own.scalars, !own.isEmpty else {
          laid.others.append(at)
          continue
        }
        for scalar in scalars { laid.byFirst[scalar, default: []].append(at) }
      }
      return laid
    }
    (ordinary, parts) = (ordinary.mapValues(lay), parts.map(lay))
    // An entry is open where a part of it is.
    for (kind, entries) in ordinary {
      for at in entries.all.indices where entries.all[at].pieces.contains(where: isOpen) {
        ordinary[kind]?.all[at].isOpen = true
      }
    }
  }

  /// What pieces may begin with, nil for anything; and whether they may stand for nothing.
  private struct Beginning {
    var scalars: Set<UInt32>?
    var isEmpty: Bool
  }

  private func isOpen(_ piece: Piece) -> Bool {
    switch piece {
    case .word: false
    case .open(let open): open == .anything
    case .choice(let choices): choices.contains { $0.contains(where: isOpen) }
    case .part(let part): parts[part].all.contains { $0.pieces.contains(where: isOpen) }
    }
  }

  /// Reads one entry: 我(/们)是{who}.
  private struct EntryReader {
    struct Mistake: Error { var what: String }
    private let characters: [Character]
    private var at = 0
    private(set) var isOpen = false

    init(_ entry: Substring) { characters = Array(entry) }

    mutating func pieces(_ part: (String) -> Int) throws(Mistake) -> [Piece] {
      let all = try sequence(isChoice: false, part)
      guard at == characters.count else { throw Mistake(what: "the brackets do not match") }
      return all
    }

    private mutating func sequence(isChoice: Bool, _ part: (String) -> Int) throws(Mistake) -> [Piece] {
      var (found, word) = ([Piece](), "")
      func flush() {
        var scalars = OrdinaryRemarks.words(Normaliser.fold(word)[...])
        while scalars.first == OrdinaryRemarks.blank { scalars.removeFirst() }
        if !scalars.isEmpty { found.append(.word(scalars)) }
        word = ""
      }
      while at < characters.count {
        switch characters[at] {
        case "(":
          guard !isChoice else { throw Mistake(what: "brackets stand within brackets") }
          flush()
          at += 1
          var choices: [[Piece]] = [try sequence(isChoice: true, part)]
          while at < characters.count, characters[at] == "/" {
            at += 1
            choices.append(try sequence(isChoice: true, part))
          }
          guard at < characters.count, characters[at] == ")" else { throw Mistake(what: "the brackets do not match") }
          at += 1
          found.append(.choice(choices))
        case ")", "/":
          guard isChoice else { throw Mistake(what: "“\(characters[at])” stands outside of brackets") }
          flush()
          return found
        case "{":
          flush()
          guard let end = characters[at...].firstIndex(of: "}") else {
            throw Mistake(what: "the brackets do not match")
          }
          let name = String(characters[(at + 1)..<end])
          if let open = Open(rawValue: name) {
            found.append(.open(open))
            isOpen = isOpen || open == .anything
          } else {
            found.append(.part(part(name)))
          }
          at = end + 1
        case "}": throw Mistake(what: "the brackets do not match")
        default:
          word.append(characters[at])
          at += 1
        }
      }
      flush()
      return found
    }
  }
}

extension Substring {
  fileprivate func trimming(_ isBlank: (Character) -> Bool) -> Substring {
    var rest = self
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }
}
