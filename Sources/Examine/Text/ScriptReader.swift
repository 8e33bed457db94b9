/// Splits a text into words and clauses in one pass: every scalar is looked at a bounded number of times. What
/// looks ahead at every scalar is `mutating` as well: the reader would be copied for it otherwise.
struct ScriptReader {
  enum Mark: UInt8 { case none, stop, soft, quote, open, close, title }
  static let marks: [Mark] = {
    var table = [Mark](repeating: .none, count: 0x10000)
    for (marks, kind) in [
      ("。!;\n?！？；｡", Mark.stop), (",，、丶､:：~…·|—–/\\=#^_*•▪●◆❶❷❸❹❺❻❼❽❾❿", .soft), ("“”\"「」『』‘’'", .quote),
      ("([{【〔", .open), (")]}】〕", .close), ("《》〈〉«»<>", .title),
    ] { for scalar in Scalars.of(marks) { table[Int(scalar)] = kind } }
    return table
  }()
  static let longestTitle = 60
  private static let longestQuote = 400
  /// Words.
  private static let longestClause = 256
  static let longestHead = 8

  let text: NormalText
  let vocabulary: Vocabulary
  let marks = Self.marks
  var script = Script()
  var i = 0
  private var sentence = 0
  var line = 0
  private var lineStart = 0
  var clauseStart = 0
  var tokenStart = 0
  private(set) var classes = ClassSet()
  private var notes = ClassSet()
  var unknown = 0
  private var isLabelled = false
  var brackets = 0
  /// The last run of Latin letters that was no name (`a-a-a`): where it ends, and its last point that a host may have.
  private var plainRun = (end: 0, dot: -1)
  /// The text speaks of its typing; nil until somebody asks.
  var speaksOfTyping: Bool? = nil
  /// The blank behind a page's address, where the phrase goes on: https://… 上的《注销须知》.
  private var joined = -1
  /// Where the open quotation began; nil outside.
  var quote: Int? = nil
  var unknownFrom: Int? = nil
  /// Blanks before these places part words; elsewhere they stand between single characters of one. Empty where the text
  /// has no gap.
  let breaks: [Bool]

  static func read(_ text: NormalText, _ vocabulary: Vocabulary) -> Script {
    var reader = ScriptReader(text: text, vocabulary: vocabulary)
    reader.run()
    return reader.script
  }

  private init(text: NormalText, vocabulary: Vocabulary) {
    self.text = text
    self.vocabulary = vocabulary
    breaks = text.gaps.contains(true) ? Self.breaks(text) : []
    script.tokens.reserveCapacity(text.scalars.count / 2)
    script.clauses.reserveCapacity(text.scalars.count / 8)
    script.lines.reserveCapacity(8)
  }

  private mutating func run() {
    let s = text.scalars
    while i < s.count {
      let scalar = s[i]
      if text.gaps[i], i > clauseStart, i != joined, isGap(i) { endClause(.gap, at: i, next: i) }
      if scalar == 0x20 {
        endUnknown()
        i += 1
        continue
      }
      if i == 0 || s[i - 1] == 10, let end = enumerated(i) {
        i = end
        continue
      }
      if isMark(scalar), box() || markup() || title() { continue }
      if scalar == Self.scheme, let end = addressEnd(i) {
        put(vocabulary.isAddress(text.scalars[i..<end]) ? .notice : .identifier, i..<end)
        if end < s.count, text.gaps[end], Self.behindAddress.contains(s[end]) { joined = end }
        continue
      }
      if scalar == Self.ordinal, let end = partEnd(i) {
        put(.part, i..<end)
        continue
      }
      if let (spoken, end) = spokenMark() {
        endClause(spoken, at: i, next: end)
        if spoken != .comma { sentence += 1 }
        i = end
        continue
      }
      let word = longest(i)
      if scalar < 0x80, let end = identifierEnd(i), end > word?.end ?? 0 || word?.kind == .filler {
        put(.identifier, i..<end)
        continue
      }
      if word == nil, let end = accountNameEnd(i) {
        put(.identifier, i..<end)
        continue
      }
      if let (kind, end) = word {
        if kind == .unticked, end == i + 1, isNought {
          put(.filler, i..<end)
          continue
        }
        // 已阅读并□同意: it hides a character. 一〇: a box or a number, nobody knows.
        if kind == .unticked, end == i + 1, hidesCharacter || isBehindNumeral {
          if unknownFrom == nil { unknownFrom = i }
          unknown += 1
          i += 1
          continue
        }
        // 擦除, 多待: the character ends a word that is not known.
        if end == i + 1, kind == .strict, unknownFrom != nil, s[i - 1] != 0x20, Scalars.isHan(s[i - 1]),
          !isBeforeAct(end)
        {
          unknown += 1
          i += 1
          continue
        }
        // 【账号】abc123 at the head of a line: no blank to be filled, a heading.
        if kind == .blank, isHeading(i, end) {
          endClause(.bracket, at: i, next: i + 1)
          brackets += 1
          i += 1
          continue
        }
        // …现在不跑了注销须知我看了: said without a pause, the notice begins something new.
        if kind == .notice, let token = runOn(end) { part(before: token) }
        // …我看完了我同意的你们给我销掉: the statement is whole, and a request follows it.
        if isRunOut(kind, end) { endClause(.gap, at: i, next: i) }
        // A box or a 但 begins something new.
        if Self.opening.has(kind), script.tokens.count > tokenStart { endClause(.gap, at: i, next: i) }
        put(spoken(kind, i..<end), i..<end)
        if s[end - 1] == 0x3A {
          // 短信：, 格式：: the word ends in a label's colon.
          endClause(.colon, at: end, next: end)
        } else if isLabelled, script.tokens.count == tokenStart + 1, Self.values.has(kind), isBeforeField(end) {
          endClause(.gap, at: end, next: end)
        }
        continue
      }
      if scalar == 0x25A0, blackBox() { continue }
      if scalar == 0x25CF, isChosen {
        if script.tokens.count > tokenStart || unknownFrom != nil { endClause(.gap, at: i, next: i) }
        put(.ticked, i..<(i + 1))
        continue
      }
      switch mark(scalar) {
      case .stop:
        endClause(scalar == 10 ? .line : scalar == 0x3F ? .question : .stop, at: i, next: i + 1)
        sentence += 1
        if scalar == 10 { endLine() }
      case .soft
      where scalar == 0x2A && script.tokens.last.map { $0.kind == .and && $0.range.upperBound == i } ?? false:
        // 已阅读并*同意: it hides a character.
        if unknownFrom == nil { unknownFrom = i }
        unknown += 1
      case .soft:
        endClause(scalar == 0x3A ? .colon : .comma, at: i, next: i + 1)
      case .open:
        endClause(.bracket, at: i, next: i + 1)
        brackets += 1
      case .close:
        endClause(.bracket, at: i, next: i + 1)
        brackets = max(0, brackets - 1)
      case .quote: quotation(scalar)
      case .title: endUnknown()
      case .none:
        if scalar == 0x2E {
          let count = script.clauses.count
          fileName()
          if script.clauses.count == count {
            // A full stop; points inside numbers and addresses were taken with them.
            endClause(.stop, at: i, next: i + 1)
            sentence += 1
          }
        } else if scalar == 0x2D, isDash {
          endClause(.comma, at: i, next: i + 1)
        } else if !Self.isLetter(scalar), !isBlot {
          endUnknown()
          // ✅同意 👋再见啦: a picture parts what it stands between.
          if Self.isPicture(scalar), classes.has(.agree) && isBeforeFarewell(i + 1) || isPauseBehindPicture(i) {
            endClause(.gap, at: i, next: i + 1)
          }
        } else {
          if unknownFrom == nil { unknownFrom = i }
          if Scalars.isLetter(scalar) {
            while i + 1 < s.count, Scalars.isWord(s[i + 1]) || s[i + 1] == 0x27 { i += 1 }
          }
          unknown += 1
        }
      }
      i += 1
    }
    endClause(.line, at: s.count, next: s.count)
    endLine()
  }

  // MARK: Words

  mutating func put(_ kind: WordClass, _ range: Range<Int>) {
    if unknownFrom != nil { endUnknown() }
    // Nobody says so much in one breath; what looks at a clause's words again stays cheap.
    if script.tokens.count - tokenStart >= Self.longestClause {
      endClause(.comma, at: range.lowerBound, next: range.lowerBound)
    }
    let parent = kind.parent
    if parent != nil { notes.formUnion(ClassSet(kind)) }
    script.tokens.append(
      Token(kind: parent ?? kind, fine: parent == nil ? nil : kind, range: range, isQuoted: quote != nil))
    classes.formUnion(ClassSet(parent ?? kind))
    i = range.upperBound
  }

  /// Ends the clause before one of its last words, which begins the next.
  mutating func part(before token: Int) {
    guard token < script.tokens.count else { return endClause(.gap, at: i, next: i) }
    let rest = script.tokens[token...]
    let (from, end) = (rest[token].range.lowerBound, i)
    script.tokens.removeSubrange(token...)
    classes = ClassSet()
    notes = ClassSet()
    for word in script.tokens[tokenStart...] {
      classes.formUnion(ClassSet(word.kind))
      if let fine = word.fine { notes.formUnion(ClassSet(fine)) }
    }
    endClause(.gap, at: from, next: from)
    for word in rest { put(word.fine ?? word.kind, word.range) }
    i = end
  }

  mutating func endUnknown() {
    guard let from = unknownFrom else { return }
    unknownFrom = nil
    script.tokens.append(Token(kind: .unknown, range: from..<i, isQuoted: quote != nil))
    classes.formUnion(ClassSet(.unknown))
  }

  /// 【账号】abc123, 【姓名】：张三: brackets at the head of a line with a value of Latin letters, digits or behind a colon.
  private func isHeading(_ from: Int, _ end: Int) -> Bool {
    let s = text.scalars
    guard s[from] == 0x3010 || s[from] == 0x5B, end < s.count, s[end - 1] == 0x3011 || s[end - 1] == 0x5D,
      from == 0 || s[from - 1] == 10 || s[from - 1] == 0x3011 || s[from - 1] == 0x5D
    else { return false }
    return s[end] == 0x3A || Scalars.isWord(s[end])
  }

  private static var values: ClassSet { ClassSet(.yes, .no, .none, .ticked, .unticked) }

  /// 已阅读：√　同意：×: behind a blank another field begins.
  private func isBeforeField(_ from: Int) -> Bool {
    let s = text.scalars
    guard from < s.count, text.gaps[from] || s[from] == 0x20 else { return false }
    var at = from
    while at < s.count, at - from < Self.longestField {
      if s[at] == 0x3A { return true }
      if s[at] == 10 || mark(s[at]) == .stop || mark(s[at]) == .soft { return false }
      at += 1
    }
    return false
  }
  private static let longestField = 30

  private static var opening: ClassSet { ClassSet(.ticked, .unticked, .but) }

  /// `read and agreed to - uin 1000`: blanks on both sides.
  private var isDash: Bool {
    let s = text.scalars
    return i > 0 && i + 1 < s.count && (s[i - 1] == 0x20 || text.gaps[i]) && (s[i + 1] == 0x20 || text.gaps[i + 1])
  }

  @inline(__always)
  func mark(_ s: UInt32) -> Mark { s < 0x10000 ? marks[Int(s)] : .none }

  @inline(__always)
  func isMark(_ s: UInt32) -> Bool {
    switch mark(s) {
    case .quote, .title, .open, .close: true
    default: false
    }
  }

  func isClosing(_ s: UInt32) -> Bool {
    isMark(s)
      && !(mark(s) == .open || s == 0x300A || s == 0x3008 || s == 0x201C || s == 0x300C || s == 0x300E || s == 0x3C)
  }

  /// The end of a run that is a name, a number or an address and no word: `jd_x`, `a@example.com`, `138-0013-8000`.
  private mutating func identifierEnd(_ at: Int) -> Int? {
    let s = text.scalars
    guard Scalars.isWord(s[at]) || (s[at] == 0x2B && at + 1 < s.count && Scalars.isDigit(s[at + 1])) else { return nil }
    guard at == 0 || !Scalars.isWord(s[at - 1]) else { return nil }
    if at < plainRun.end, s[at] != 0x2B {
      return at <= plainRun.dot && vocabulary.name(text.scalars, at) == nil ? plainRun.end : nil
    }
    var end = at + 1
    var isName = Scalars.isDigit(s[at]) || s[at] == 0x2B
    loop: while end < s.count {
      switch s[end] {
      case 0x30...0x39: isName = true
      case 0x40, 0x5F: isName = true
      case 0x61...0x7A, 0x2E, 0x2D, 0x2B, 0x25: break
      case 0x3A where Scalars.isDigit(s[end - 1]) && end + 1 < s.count && Scalars.isDigit(s[end + 1]): break
      default: break loop
      }
      end += 1
    }
    while end > at, s[end - 1] == 0x2E || s[end - 1] == 0x2D || s[end - 1] == 0x2B { end -= 1 }
    if isName { return end }
    // example.com without a digit or an @: a host.
    plainRun = (end, s[at..<end].lastIndex { $0 == 0x2E }.flatMap { last in hostDot(at, last, end) } ?? -1)
    return at <= plainRun.dot && vocabulary.name(text.scalars, at) == nil ? end : nil
  }

  /// The last point of a run that has a host's ending of two letters or more behind it: `a.example.com`.
  private func hostDot(_ from: Int, _ last: Int, _ end: Int) -> Int? {
    end - last > 2 ? last : text.scalars[from..<last].lastIndex(of: 0x2E)
  }

  /// Writing of any script; ornaments, emoji and accents standing alone say nothing. U+FFFD hides something.
  static func isLetter(_ s: UInt32) -> Bool {
    if Scalars.isHan(s) || Scalars.isWord(s) { return true }
    switch s {
    case 0x2580...0x259F, 0xC0...0x24F, 0x370...0x1FFF, 0x2C00...0x2DFF, 0x3041...0x30FF, 0x3105...0x31FF,
      0xA000...0xD7AF, 0xFFFD,
      VisibleText.struckMark:
      return true
    default: return false
    }
  }

  // MARK: Clauses

  /// A blank between words of Chinese, or before and after a number or address, parts clauses.
  private mutating func isGap(_ at: Int) -> Bool {
    let s = text.scalars
    let (before, after) = (s[at - 1], s[at])
    if breaks[at] { return true }
    if let last = script.tokens.last, last.kind == .identifier, last.range.upperBound == at { return true }
    return Scalars.isDigit(after) || after == 0x2B || isMark(before) || isMark(after)
  }

  /// Blanks between Chinese characters part words, but not in 已 阅 读 并 同 意: a stretch of one character belongs to
  /// its neighbours.
  private static func breaks(_ text: NormalText) -> [Bool] {
    let s = text.scalars
    var breaks = [Bool](repeating: false, count: s.count)
    func isHan(_ at: Int) -> Bool { s.indices.contains(at) && Scalars.isHan(s[at]) }
    func isGap(_ at: Int) -> Bool { at < s.count && text.gaps[at] }
    text.gaps.withUnsafeBufferPointer { gaps in
      for at in 0..<gaps.count where gaps[at] && isHan(at - 1) && isHan(at) {
        let isSingleBefore = !isHan(at - 2) || isGap(at - 1)
        let isSingleBehind = !isHan(at + 1) || isGap(at + 1)
        breaks[at] = !isSingleBefore && !isSingleBehind
      }
    }
    return breaks
  }

  mutating func quotation(_ scalar: UInt32) {
    endUnknown()
    let opens = scalar == 0x201C || scalar == 0x300C || scalar == 0x300E || scalar == 0x2018
    let closes = scalar == 0x201D || scalar == 0x300D || scalar == 0x300F || scalar == 0x2019
    let isStraight = scalar == 0x22 || scalar == 0x27
    if scalar == 0x27, i > 0, Scalars.isLetter(text.scalars[i - 1]) { return }
    if quote != nil {
      if closes || isStraight {
        endClause(.bracket, at: i, next: i + 1)
        quote = nil
      }
    } else if opens || isStraight {
      endClause(.bracket, at: i, next: i + 1)
      quote = i
    }
  }

  mutating func endClause(_ end: Clause.End, at: Int, next: Int) {
    endUnknown()
    if let from = quote, at - from > Self.longestQuote { quote = nil }
    if script.tokens.count > tokenStart {
      var clause = Clause(
        tokens: tokenStart..<script.tokens.count, range: clauseStart..<at, classes: classes, notes: notes,
        unknown: unknown,
        sentence: sentence, line: line, end: end)
      clause.isLabelled = isLabelled
      clause.isBracketed = brackets > 0
      if isLabelled, unknown > 0, isName(clause) { takeAsName(&clause) }
      if unknown > 0, clause.tokens.count == 1,
        let kind = vocabulary.lone(text.scalars[script.tokens[tokenStart].range])
      {
        take(&clause, as: kind)
      }
      script.clauses.append(clause)
      isLabelled = end == .colon
    } else {
      // A label at the end of a line speaks of the next one; a bracket may close a label: 【声明】我已阅读.
      if end == .colon, let last = script.clauses.last, last.line == line {
        script.clauses[script.clauses.count - 1].end = .colon
        isLabelled = true
      } else if end == .question, let last = script.clauses.last, last.sentence == sentence {
        script.clauses[script.clauses.count - 1].end = .question
      }
    }
    tokenStart = script.tokens.count
    clauseStart = next
    classes = ClassSet()
    notes = ClassSet()
    unknown = 0
  }

  /// 签字：詹若水: two to four characters behind a label that asks for a name, not all of them known.
  private func isName(_ clause: Clause) -> Bool {
    guard (2...4).contains(clause.range.count), text.scalars[clause.range].allSatisfy(Scalars.isHan),
      !clause.classes.meets(Self.acts), let label = script.clauses.last, label.line == clause.line
    else { return false }
    return script.words(label).last.map { Self.nameEndings.contains(text.scalars[$0.range.upperBound - 1]) } ?? false
  }
  private static var acts: ClassSet {
    ClassSet(.read, .know, .agree, .near, .objection, .no, .none, .negation, .notice, .third)
  }
  /// 申请人, 姓名, 签字, 申请者
  private static let nameEndings = ScalarSet("人名字者")

  private mutating func takeAsName(_ clause: inout Clause) { take(&clause, as: .identifier) }

  /// The clause as a single word.
  private mutating func take(_ clause: inout Clause, as kind: WordClass) {
    script.tokens.removeSubrange(clause.tokens)
    script.tokens.append(Token(kind: kind, range: clause.range, isQuoted: quote != nil))
    clause.tokens = clause.tokens.lowerBound..<script.tokens.count
    clause.classes = ClassSet(kind)
    clause.notes = ClassSet()
    clause.unknown = 0
  }

  private mutating func endLine() {
    script.lines.append(lineStart..<script.clauses.count)
    lineStart = script.clauses.count
    line += 1
    brackets = 0
    if let from = quote, text.scalars[from] == 0x22 || text.scalars[from] == 0x27 { quote = nil }
  }
}
