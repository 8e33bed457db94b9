import ClosureModel

/// Statements that a program wrote, that stand in the name of a file, that were spoilt on the way.
extension ConsentReader {
  // MARK: Machines

  /// Data of some program that would otherwise be a statement; orders to the reader never are.
  func machineVerdict(_ machine: Int) -> Result {
    let isOrder = own.contains { index in
      script.words(script.clauses[index]).contains { $0.kind == .machine && !isData($0) }
    }
    let isStatement = !isOrder && data.reading.isIn(text.scalars[...]) && data.agreeing.isIn(text.scalars[...])
    return Result(verdict: isStatement ? .unclear : .denied, code: .consentInsincere, against: range(machine))
  }

  /// A tag, a bracket, true, json: the form of data, no verdict.
  private func isData(_ token: Token) -> Bool {
    let word = text.scalars[token.range]
    if word.first == 0x3C || !word.contains(where: { Scalars.isLetter($0) || Scalars.isHan($0) }) { return true }
    return data.forms.contains(word)
  }

  /// {"code":500,"msg":"revoke failed"}, 10:02 [INFO] release eip ... done: what a program printed, pasted beside the applicant's
  /// own words. Its stretch, the braces around it or the line, holds no Chinese and neither reads nor agrees.
  func isPrinted(_ index: Int) -> Bool {
    let s = text.scalars
    let clause = script.clauses[index]
    guard !clause.classes.meets(Self.acting) else { return false }
    return script.words(clause).filter { $0.kind == .machine }.allSatisfy { word in
      guard isData(word) else { return false }
      let from = (s[..<word.range.lowerBound].lastIndex(of: 10) ?? -1) + 1
      let to = s[word.range.lowerBound...].firstIndex(of: 10) ?? s.count
      let stretch = s[braces(around: word.range.lowerBound, from..<to) ?? from..<to]
      return stretch.contains(where: Scalars.isLetter) && !stretch.contains(where: Scalars.isHan)
        && !data.reading.isIn(stretch) && !data.agreeing.isIn(stretch)
    }
  }

  /// The outermost braces of a line that hold a place.
  private func braces(around place: Int, _ line: Range<Int>) -> Range<Int>? {
    var (depth, open) = (0, line.lowerBound)
    for at in line {
      switch text.scalars[at] {
      case Self.brace:
        if depth == 0 { open = at }
        depth += 1
      case Self.braceEnd where depth > 0:
        depth -= 1
        if depth == 0, (open...at).contains(place) { return open..<(at + 1) }
      default: break
      }
    }
    return nil
  }
  private static let brace: UInt32 = 0x7B, braceEnd: UInt32 = 0x7D

  /// `consent:⏎  read: yes`, `agree=true`: keys and values of some program that name the acts.
  var keyed: Int? {
    let s = text.scalars
    let mayBeEqual = page.traces.mayHold(Self.equal)
    return own.first { index in
      guard mayBeEqual || script.clauses[index].end == .colon else { return false }
      let clause = script.clauses[index]
      guard clause.classes.meets(Self.acting) || script.words(clause).last?.kind == .identifier else { return false }
      let range = clause.range
      let isAct = clause.classes.meets(Self.acting)
      let isKeyed =
        range.upperBound + 1 < s.count && s[range.upperBound] == 0x3D && s[range.upperBound + 1] != 0x3D
        && (isAct || isKey(range))
      if isKeyed || isAct && isAssigned(range.lowerBound) { return true }
      return clause.end == .colon && (isIndentedKey(index) || isKey(range) && s[range].contains(0x5F))
    }
  }

  private static let equal: UInt32 = 0x3D

  /// statement: 本人已阅读…⏎type: close⏎source: api: every line is a Latin key with its value, and two of the keys
  /// and values are a program's.
  var record: Int? {
    let s = text.scalars
    var lines = 0
    var signs = 0
    var act: Int? = nil
    for line in script.lines.indices {
      guard let first = script.lines[line].first else { continue }
      let key = script.clauses[first]
      // A value alone on the text's last lines: `}`, ``` and the like hold no words.
      guard key.end == .colon, s[key.range].allSatisfy({ Scalars.isWord($0) || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E })
      else {
        return nil
      }
      lines += 1
      if s[key.range].contains(0x5F) { signs += 1 }
      for at in script.lines[line].prefix(2) where data.keys.contains(s[script.clauses[at].range]) { signs += 1 }
      if act == nil { act = script.lines[line].first { script.clauses[$0].classes.meets(Self.acting) } }
    }
    return signs >= Self.fewestSigns && lines >= Self.fewestKeys ? act : nil
  }
  private static let fewestKeys = 2
  private static let fewestSigns = 2

  /// 声明=我已阅读…: one sign of equality behind a name.
  private func isAssigned(_ at: Int) -> Bool {
    let s = text.scalars
    return at > 1 && s[at - 1] == 0x3D && (Scalars.isLetter(s[at - 2]) || Scalars.isHan(s[at - 2]))
  }

  /// read_and_agree, consent-read: a name that holds an act.
  private func isKey(_ range: Range<Int>) -> Bool {
    let word = text.scalars[range]
    guard word.allSatisfy({ Scalars.isWord($0) || $0 == 0x5F || $0 == 0x2D }) else { return false }
    return data.reading.isIn(word) || data.agreeing.isIn(word)
  }

  /// A Latin key on an indented line below a key without a value.
  private func isIndentedKey(_ index: Int) -> Bool {
    let s = text.scalars
    let clause = script.clauses[index]
    guard let first = script.lines[clause.line].first, text.gaps[script.clauses[first].range.lowerBound],
      s[script.clauses[first].range].allSatisfy({ Scalars.isWord($0) || $0 == 0x5F || $0 == 0x20 })
    else { return false }
    var line = clause.line - 1
    while line >= 0, clause.line - line < 8 {
      guard let head = script.lines[line].first else { return false }
      let isKey = s[script.clauses[head].range].allSatisfy { Scalars.isWord($0) || $0 == 0x5F }
      guard isKey, script.clauses[head].end == .colon else { return false }
      if !text.gaps[script.clauses[head].range.lowerBound] { return script.lines[line].count == 1 }
      line -= 1
    }
    return false
  }

  // MARK: Files, garbled words

  /// 已阅读并同意….pdf, 《已阅读并同意…_签名.pdf》
  var file: Int? {
    guard page.traces.mayHold(Self.point), text.scalars.contains(Self.point) else { return nil }
    return own.first { index in
      script.clauses[index].classes.meets(ClassSet(.document, .identifier, .ambiguous))
        && script.words(script.clauses[index]).contains(where: isFileOfStatement)
    }
      ?? notOwn.first { isExtension(script.words(script.clauses[$0]).last) || isCutInTwo($0) }
  }

  private static let point: UInt32 = 0x2E

  /// A word with a point that names reading and agreeing.
  private func isFileOfStatement(_ word: Token) -> Bool {
    guard word.kind == .document || word.kind == .identifier || word.kind == .ambiguous,
      text.scalars[word.range].contains(0x2E)
    else { return false }
    let name = text.scalars[word.range]
    return data.reading.isIn(name) && data.agreeing.isIn(name)
  }

  /// 已阅读并同意(1).png: the extension stands in the next clause.
  private func isCutInTwo(_ index: Int) -> Bool {
    guard index + 1 < script.clauses.count else { return false }
    let next = script.clauses[index + 1]
    return next.sentence == script.clauses[index].sentence
      && script.words(next).contains { isExtension($0) && !$0.isQuoted }
  }

  private func isExtension(_ word: Token?) -> Bool {
    word.map { $0.kind == .identifier && text.scalars[$0.range.lowerBound] == 0x2E } ?? false
  }

  /// UTF-8 read as GBK or Latin-1, a replacement character, blots.
  private static let garbles = ScalarSet("\u{FFFD}■锛銆鈥鍚槄闃璇诲璐鎰閿锟烫屯åæäèçÃ")
  private static let fewGarbles = 2

  /// Characters of a wrong decoding or of ink that was not read, sounds for words, agreeing cut to pieces.
  var isGarbled: Bool {
    if page.traces.mayHold(Self.garbles), Self.garbles.count(in: text.scalars) >= Self.fewGarbles { return true }
    let isSpoilt = own.contains { index in
      script.clauses[index].has(.hedge)
        && script.words(script.clauses[index]).contains { $0.kind == .hedge && isSoundOrBlot($0) }
    }
    return isSpoilt || isCut
  }

  /// ▇, tong yi.
  private func isSoundOrBlot(_ token: Token) -> Bool {
    let word = text.scalars[token.range]
    guard let first = word.first else { return false }
    return first > 0x2500 && first < 0x2600 || word.starts(with: Self.tong)
  }
  private static let tong = Scalars.of("tong")

  /// 已阅…同…, 同 阅 意 并 读: a 同 or 意 that is part of no word, beside something read.
  private var isCut: Bool {
    guard page.traces.mayHold(Self.cut) else { return false }
    let hasRead =
      own.contains { script.clauses[$0].classes.meets(ClassSet(.read, .know)) } || text.scalars.contains(0x9605)
    guard hasRead else { return false }
    return own.contains { index in
      guard script.clauses[index].classes.meets(ClassSet(.unknown, .and)) else { return false }
      return script.words(script.clauses[index]).contains { word in
        let isLoose = word.kind == .unknown || word.kind == .and && script.clauses[index].tokens.count == 1
        return isLoose && text.scalars[word.range].contains(where: Self.cut.contains)
      }
    }
  }
  private static let cut = ScalarSet("同意")
}
