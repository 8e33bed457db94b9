/// The words around a place of a text: labels, owners, corrections. Every look is bounded.
struct Surroundings {
  struct Hit {
    let kinds: ContactWordSet
    let range: Range<Int>
    func has(_ kind: ContactWord) -> Bool { kinds.has(kind) }
  }
  static let reach = 40

  let s: [UInt32]
  let words: ContactWords

  /// Ends a clause: a line break, a full stop, a comma, a question or exclamation mark, a semicolon.
  static func isStop(_ s: UInt32) -> Bool {
    s == 10 || s == 0x2C || s == 0x3002 || s == 0x3B || s == 0x21 || s == 0x3F || s == 0xFF0C || s == 0xFF1B
      || s == 0xFF01 || s == 0xFF1F || s == 0x7C
  }
  /// Ends a sentence.
  static func isFullStop(_ s: UInt32) -> Bool { isStop(s) && s != 0x2C && s != 0xFF0C }

  /// A clause ends here: a stop, or a full stop of English.
  private func stops(_ i: Int) -> Bool {
    if Self.isStop(s[i]) { return true }
    return s[i] == 0x2E && (i + 1 == s.count || s[i + 1] == 0x20 || s[i + 1] == 10)
      && !(i > 1 && Scalars.isLetter(s[i - 1]) && i - 4 >= 0 && isLabelDot(i))
  }
  /// Tel. and no. are no end of a sentence.
  private func isLabelDot(_ i: Int) -> Bool {
    var from = i
    while from > 0, i - from < 5, Scalars.isLetter(s[from - 1]) { from -= 1 }
    // Fax no. 010-…
    if i - from == 2, s[from] == 0x6E, s[from + 1] == 0x6F { return true }
    return words.phrases.match(s, from, below: i, [.phoneLabel, .extension]) != nil
  }

  /// Where the clause begins that leads to `at`: after a stop, or after another contact.
  func clauseStart(_ at: Int, crossingCommas: Bool = false) -> Int {
    var i = at
    var digits = 0
    while i > 0, at - i < Self.reach {
      let scalar = s[i - 1]
      if scalar == 0x40 { break }
      if Scalars.isDigit(scalar) {
        digits += 1
        if digits >= 5 { break }
      } else {
        digits = 0
        if crossingCommas ? Self.isFullStop(scalar) : stops(i - 1) { break }
      }
      i -= 1
    }
    return i
  }

  /// Where the clause ends that begins at `end`.
  func clauseEnd(_ end: Int) -> Int {
    var i = end
    var digits = 0
    while i < s.count, i - end < Self.reach {
      if s[i] == 0x40 || stops(i) { break }
      digits = Scalars.isDigit(s[i]) ? digits + 1 : 0
      if digits >= 5 { return i - 4 }
      i += 1
    }
    return i
  }

  func hits(_ range: Range<Int>, _ wanted: ContactWordSet) -> [Hit] {
    var found: [Hit] = []
    var i = range.lowerBound
    while i < range.upperBound {
      i = words.phrases.candidate(in: s, i..<range.upperBound, wanted)
      if let (kinds, length) = words.phrases.match(s, i, below: range.upperBound, wanted) {
        found.append(Hit(kinds: kinds, range: i..<(i + length)))
        i += length
      } else {
        i += 1
      }
    }
    return found
  }

  enum Label { case none, phone, mail, notPhone }

  /// What the nearest label before a place announces. Labels that stand together (微信/电话) count as one: phone first.
  func label(_ at: Int) -> (label: Label, end: Int) {
    let start = clauseStart(at)
    let found = hits(start..<at, [.phoneLabel, .mailLabel, .notPhone])
    guard let last = found.last else { return (.none, start) }
    var kinds = last.kinds
    var begin = last.range.lowerBound
    for hit in found.dropLast().reversed() {
      guard begin - hit.range.upperBound <= 1 else { break }
      // 手机QQ is a QQ; QQ手机 is a phone; 手机/QQ is both.
      if begin > hit.range.upperBound { kinds.formUnion(hit.kinds) }
      begin = hit.range.lowerBound
    }
    let label: Label =
      kinds.has(.phoneLabel) ? .phone : kinds.has(.notPhone) ? .notPhone : .mail
    return (label, last.range.upperBound)
  }

  /// What may stand between a region and its number: `: ( ) - /`, a blank, 的, 是, 号, 码.
  private static func isBetween(_ s: UInt32) -> Bool {
    switch s {
    case 0x3A, 0x20, 0x28, 0x29, 0x7684, 0x662F, 0x53F7, 0x7801, 0x2D, 0x2F: true
    default: false
    }
  }

  /// The calling code that a region word right before or after a number gives.
  func region(before at: Int, after end: Int) -> String? {
    let start = max(clauseStart(at), at - 24)
    for i in stride(from: at - 1, through: start, by: -1) {
      guard let hit = words.regions.match(s, i, below: at, where: { _ in true }) else { continue }
      var between = i + hit.length
      while between < at {
        if let label = words.phrases.match(s, between, below: at, [.phoneLabel, .seat]) {
          between += label.length
        } else if Self.isBetween(s[between]) {
          between += 1
        } else {
          return nil
        }
      }
      return hit.value
    }
    var next = end
    while next < s.count, next - end < 2, s[next] == 0x28 || s[next] == 0x20 { next += 1 }
    guard next > end || next < s.count else { return nil }
    guard next < s.count, next > end, s[next - 1] == 0x28 else { return nil }
    return words.regions.match(s, next, below: s.count, where: { _ in true })?.value
  }

  // MARK: Tables

  /// The cells above a place of a table whose cells bars part, nearest line first; none where it stands in no table.
  func cellsAbove(_ at: Int) -> [Range<Int>] {
    var line = at
    var bars = 0
    while line > 0, at - line < 200, s[line - 1] != 10 {
      line -= 1
      if s[line] == 0x7C { bars += 1 }
    }
    var found: [Range<Int>] = []
    // A row with one cell and no bar is no row.
    guard bars > 0 || s[at...].prefix(120).prefix(while: { $0 != 10 }).contains(0x7C) else { return found }
    while line > 1, at - line < 600, s[line - 1] == 10 {
      let end = line - 1
      line = end
      while line > 0, end - line < 200, s[line - 1] != 10 { line -= 1 }
      if line == end { continue }
      guard line == 0 || s[line - 1] == 10 else { return found }
      let cells = s[line..<end].split(separator: 0x7C, omittingEmptySubsequences: false)
      guard cells.count > 1, bars < cells.count else { return found }
      let cell = cells[cells.startIndex + bars]
      if cell.count <= 16 { found.append(cell.startIndex..<cell.endIndex) }
    }
    return found
  }

  // MARK: Numbers of a list

  /// `1.a@example.com⏎2.138…`: where the value of an item begins, whose number the text goes on from or to.
  func afterListNumber(_ at: Int) -> Int? {
    guard let item = listNumber(at), hasItem(item.number + 1, at) || item.number > 1 && hasItem(item.number - 1, at)
    else { return nil }
    return item.end
  }

  /// One digit or two and a dot at the beginning of a line, or behind a blank or a Chinese mark.
  func listNumber(_ at: Int) -> (number: Int, end: Int)? {
    guard at == 0 || s[at - 1] == 10 || s[at - 1] == 0x20 || s[at - 1] >= 0x2E80 && Self.isStop(s[at - 1]) else {
      return nil
    }
    let digits = s[at...].prefix(3).prefix(while: Scalars.isDigit)
    guard (1...2).contains(digits.count), let number = Int(Scalars.string(digits)), number > 0,
      digits.endIndex + 1 < s.count, Self.isListMark(s[digits.endIndex])
    else { return nil }
    return (number, digits.endIndex + 1)
  }

  private func hasItem(_ number: Int, _ at: Int) -> Bool {
    (max(0, at - Self.list)..<min(s.count, at + Self.list)).contains {
      Scalars.isDigit(s[$0]) && listNumber($0)?.number == number
    }
  }
  /// Longest part of a list that is looked at.
  private static let list = 400
  /// `. 、 )`
  private static func isListMark(_ s: UInt32) -> Bool { s == 0x2E || s == 0x3001 || s == 0x29 }
}
