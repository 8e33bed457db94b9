/// Whose line it is in a pasted conversation, a mail with its history, a form with its officer's remarks.
enum Speakers {
  private static let longestLabel = 30

  /// Marks clauses that are somebody else's or from quoted history.
  /// - Returns: the stretches of the text (scalars) that are not the applicant's present words.
  static func mark(_ script: inout Script, _ text: NormalText) -> [Range<Int>] {
    var foreign: [Range<Int>] = []
    var speaker = Clause.Speaker.applicant
    var carries = false
    var start = 0
    for line in script.lines {
      var end = start
      while end < text.scalars.count, text.scalars[end] != 10 { end += 1 }
      let range = start..<end
      start = end + 1
      if speaker == .history {
        apply(.history, line, &script)
        foreign.append(range)
        continue
      }
      if range.isEmpty { continue }
      if isQuotedLine(text.scalars, range) {
        apply(.history, line, &script)
        foreign.append(range)
        // `> 客服：` quotes one line, whatever the line says.
        continue
      }
      if isHistory(script, line, text.scalars, range) {
        // “On … wrote:” above quoted lines: what follows them is the applicant's again.
        let isAboveQuotes = end + 1 < text.scalars.count && isQuotedLine(text.scalars, (end + 1)..<text.scalars.count)
        if !isAboveQuotes { speaker = .history }
        apply(.history, line, &script)
        foreign.append(range)
        continue
      }
      switch header(script, line, from: range.lowerBound) ?? label(script, line, text.scalars, range) {
      case .agent(let from, let hasWords):
        apply(.agent, line, &script)
        foreign.append(from..<end)
        carries = true
        // A label alone above quoted lines names whom they quote.
        if !hasWords, end + 1 < text.scalars.count, isQuotedLine(text.scalars, (end + 1)..<text.scalars.count) {
          carries = false
        }
      case .owner: carries = false
      case .none:
        if carries {
          apply(.agent, line, &script)
          foreign.append(range)
        }
      }
    }
    return foreign
  }

  private static func apply(_ speaker: Clause.Speaker, _ clauses: Range<Int>, _ script: inout Script) {
    for index in clauses { script.clauses[index].speaker = speaker }
  }

  /// `> …`, `| …` that is no table.
  private static func isQuotedLine(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    guard let first = line.first else { return false }
    if s[first] == 0x3E { return true }
    guard s[first] == 0x7C else { return false }
    // A table's row has more than one bar.
    let end = line.firstIndex { s[$0] == 10 } ?? line.upperBound
    return !s[(first + 1)..<end].contains(0x7C)
  }

  /// `------ 原始邮件 ------`, `发件人: …`, `On … wrote:`: from here on the text is an older one.
  private static func isHistory(_ script: Script, _ line: Range<Int>, _ s: [UInt32], _ range: Range<Int>) -> Bool {
    guard let first = line.first, range.count < 200 else { return false }
    if s[range.lowerBound..<min(range.upperBound, range.lowerBound + 5)].elementsEqual(Scalars.of("from:")) { return true }
    guard let at = line.first(where: { script.clauses[$0].has(.history) }) else { return false }
    let isRuled = s[range.lowerBound] == 0x2D || s[range.lowerBound] == 0x5F || s[range.lowerBound] == 0x3D
    let isHeader = at == first && script.clauses[at].end == .colon && script.tokens[script.clauses[at].tokens.lowerBound].kind == .history
    let isWrote = s[range.upperBound - 1] == 0x3A && at == line.upperBound - 1 && at > first
    return isRuled || (isHeader && !isLetterhead(script, line)) || isWrote
  }

  /// 发件人：我司行政部 at the head of a letter: the applicant's own, no history.
  private static func isLetterhead(_ script: Script, _ line: Range<Int>) -> Bool {
    guard let first = line.first, script.clauses[first].line <= 3 else { return false }
    return !line.contains { index in
      script.clauses[index].classes.meets(ClassSet(.agent, .you, .identifier))
    }
  }

  /// 腾讯云助手 09:20, 工程师回复如下, 我 09:21: a line that holds nothing but who speaks.
  private static func header(_ script: Script, _ line: Range<Int>, from: Int) -> Label? {
    var classes = ClassSet()
    var unknown = 0
    for index in line {
      classes.formUnion(script.clauses[index].classes)
      unknown += script.clauses[index].unknown
    }
    guard unknown <= longestName, classes.without(heading).isEmpty, classes.meets(ClassSet(.identifier, .lead)) else { return nil }
    if classes.has(.agent) { return .agent(from: from, hasWords: false) }
    return classes.meets(ClassSet(.own, .owner)) && !classes.meets(ClassSet(.you, .says, .lead)) && unknown == 0 ? .owner : nil
  }
  private static let longestName = 4
  private static let heading = ClassSet(.agent, .own, .owner, .identifier, .lead, .says, .you, .unknown, .filler)

  private enum Label { case agent(from: Int, hasWords: Bool), owner, none }

  /// What stands before the first colon of a line, or between brackets at its beginning.
  private static func label(_ script: Script, _ line: Range<Int>, _ s: [UInt32], _ range: Range<Int>) -> Label {
    let limit = min(range.upperBound, range.lowerBound + longestLabel)
    var colon: Int? = nil
    var i = range.lowerBound
    var opensBracket = s[i] == 0x5B || s[i] == 0x3010
    // [10:02] 我：, 【2026-01-01】客服：the time is no label.
    if opensBracket, let close = (i..<limit).first(where: { s[$0] == 0x5D || s[$0] == 0x3011 }),
      !(i..<close).contains(where: { Scalars.isHan(s[$0]) || Scalars.isLetter(s[$0]) })
    {
      opensBracket = false
      i = close + 1
    }
    while i < limit {
      let isTime = s[i] == 0x3A && i > range.lowerBound && Scalars.isDigit(s[i - 1]) && i + 1 < range.upperBound
        && Scalars.isDigit(s[i + 1])
      if (s[i] == 0x3A && !isTime) || (opensBracket && (s[i] == 0x5D || s[i] == 0x3011)) {
        colon = i
        break
      }
      if s[i] == 0x2C || s[i] == 0x3002 || s[i] == 0x21 || s[i] == 0x3F { break }
      i += 1
    }
    guard let colon else { return .none }
    var classes = ClassSet()
    var unknown = 0
    for index in line {
      for token in script.words(script.clauses[index]) where token.range.upperBound <= colon + 1 {
        classes.formUnion(ClassSet(token.kind))
        if token.kind == .unknown { unknown += token.range.count }
      }
    }
    if classes.has(.polite) { return .none }
    if classes.has(.agent), !classes.meets(ClassSet(.request, .close, .read, .know, .agree, .notice, .own)) {
      return .agent(from: range.lowerBound, hasWords: colon + 1 < range.upperBound)
    }
    if classes.has(.owner) || classes.has(.own), !classes.meets(ClassSet(.agent, .third, .you, .instruct, .template)),
      unknown <= 4
    {
      return .owner
    }
    // 我的答复：, 【我填写的】, 答：
    if classes.meets(ClassSet(.lead, .avow)), !classes.meets(ClassSet(.agent, .third, .you, .instruct, .template, .request)) { return .owner }
    return .none
  }
}
