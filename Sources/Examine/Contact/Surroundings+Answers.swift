/// Contacts that the agent asked about and the applicant said yes to.
extension Surroundings {
  /// Longest line that is looked at.
  private static let line = 160

  /// 客服：您的邮箱是 a@example.com 吗？⏎我：对的
  func isConfirmed(_ contact: Range<Int>) -> Bool {
    if isAmongConfirmed(contact) { return true }
    var next = contact.upperBound
    while next < s.count, next - contact.upperBound < 3, !Scalars.isHan(s[next]), s[next] != 10 { next += 1 }
    guard next < s.count, Scalars.isHan(s[next]) || s[next] == 10 else { return false }
    var end = contact.upperBound
    while end < s.count, end - contact.upperBound < Self.rest, s[end] != 10 { end += 1 }
    guard end < s.count, s[end] == 10, isQuestion(end) else { return false }
    var start = contact.lowerBound
    while start > 0, contact.lowerBound - start < Self.line, s[start - 1] != 10 { start -= 1 }
    return confirmed(start..<end).map { $0.overlaps(contact) } ?? false
  }

  /// 客服：绑定的手机是 139…，邮箱是 a@example.com，还在用吗？⏎客户：都在用，联系我就用这两个
  private func isAmongConfirmed(_ contact: Range<Int>) -> Bool {
    var end = contact.upperBound
    while end < s.count, end - contact.upperBound < Self.line, s[end] != 10 { end += 1 }
    guard end < s.count, s[end] == 10, isQuestion(end) else { return false }
    var start = contact.lowerBound
    while start > 0, contact.lowerBound - start < Self.line, s[start - 1] != 10 { start -= 1 }
    return confirmedAll(start..<end).map { $0.overlaps(contact) } ?? false
  }

  /// - Parameter line: somebody else's line that ends with a question.
  /// - Returns: from its first contact to its last, where the next line says that all of them may be used.
  func confirmedAll(_ line: Range<Int>) -> Range<Int>? {
    guard line.count < 2 * Self.line, line.upperBound < s.count, s[line.upperBound] == 10, isQuestion(line.upperBound),
      let colon = s[line].prefix(24).firstIndex(of: 0x3A)
    else { return nil }
    var contacts: [Range<Int>] = []
    var i = colon + 1
    while i < line.upperBound {
      let start = i
      while i < line.upperBound, isContact(i) { i += 1 }
      let run = s[start..<i]
      if run.count >= 7, run.contains(0x40) || run.count(where: Scalars.isDigit) >= 7 { contacts.append(start..<i) }
      if i == start { i += 1 }
    }
    guard let first = contacts.first, let last = contacts.last,
      !hits(colon + 1..<first.lowerBound, .label).isEmpty,
      hits(colon + 1..<line.upperBound, [.agent, .other, .dead, .former]).isEmpty,
      !s[(colon + 1)..<last.upperBound].contains(where: Self.doing.contains)
    else { return nil }
    return isEveryOneUsable(line.upperBound + 1, contacts.count) ? first.lowerBound..<last.upperBound : nil
  }

  /// 客户：都在用，联系我就用这两个: of several it says that all are meant, and how they are to be used.
  private func isEveryOneUsable(_ from: Int, _ count: Int) -> Bool {
    var end = from
    while end < s.count, end - from < Self.line, s[end] != 10 { end += 1 }
    guard let colon = s[from..<end].prefix(24).firstIndex(of: 0x3A), hits(from..<colon, .agent).isEmpty else {
      return false
    }
    let said = colon + 1..<end
    return !hits(said, .usable).isEmpty && hits(said, [.dead, .former, .correction, .other]).isEmpty
      && !s[said].contains {
        Self.turning.contains($0) || Self.denying.contains($0) || Scalars.isDigit($0) || $0 == 0x40
      }
      && (count == 1 || s[said].contains(where: Self.all.contains))
  }
  private static let denying = ScalarSet("没别勿只?")
  private static let all = ScalarSet("都均两俩全皆")

  /// What may follow the contact in the question.
  private static let rest = 14

  /// - Parameter line: somebody else's line.
  /// - Returns: the contact of a question that ends the line and is answered with yes in the next.
  func confirmed(_ line: Range<Int>) -> Range<Int>? {
    guard line.upperBound < s.count, s[line.upperBound] == 10, isQuestion(line.upperBound) else { return nil }
    var end = line.upperBound
    while end > line.lowerBound, line.upperBound - end < Self.rest, !Scalars.isWord(s[end - 1]) { end -= 1 }
    guard end > line.lowerBound, Scalars.isWord(s[end - 1]), isOnlyAsking(end..<line.upperBound) else { return nil }
    var start = end
    while start > line.lowerBound, isContact(start - 1) { start -= 1 }
    while start < end, !Scalars.isWord(s[start]) { start += 1 }
    guard end - start >= 7,
      isYours(line.lowerBound..<start) || isYours(end..<line.upperBound) || isNamed(line.lowerBound..<start)
    else { return nil }
    // Confirmed is what the account is bound to, not that it may be used.
    let isBinding = !hits(line.lowerBound..<start, [.binding, .notPhone]).isEmpty
    return isYes(line.upperBound + 1, isBinding) ? start..<end : nil
  }

  private func isContact(_ i: Int) -> Bool {
    switch s[i] {
    case 0x40, 0x2E, 0x2D, 0x2B, 0x5F: true
    // 138 0013 8000
    case 0x20: i > 0 && Scalars.isDigit(s[i - 1]) && i + 1 < s.count && Scalars.isDigit(s[i + 1])
    default: Scalars.isWord(s[i])
    }
  }

  /// `?`, 吗, 吧, 么, 嘛 at the end.
  private func isQuestion(_ end: Int) -> Bool {
    guard end > 0 else { return false }
    switch s[end - 1] {
    case 0x3F, 0x5417, 0x5427, 0x4E48, 0x561B: return true
    default: return false
    }
  }

  private func isOnlyAsking(_ range: Range<Int>) -> Bool {
    range.allSatisfy { Self.asking.contains(s[$0]) } || Self.questions.contains(Scalars.string(s[range]).trimmed)
  }
  private static let questions: Set<String> = [
    ", correct?", ", right?", "correct?", "right?", ", is that correct?", ", is that right?", ", yes?",
  ]
  private static let asking = ScalarSet("\"” 」,?吗吧么嘛对没错正确准是不否为这个您你的本人现在用邮箱手机电话号码联系")

  /// 您的邮箱是 right before it, 是您的邮箱吗 behind it; not 您可以打.
  private func isYours(_ range: Range<Int>) -> Bool {
    let your = range.last { s[$0] == 0x79 && s[$0...].starts(with: Self.your) }
    guard let you = your ?? range.last(where: { s[$0] == 0x60A8 || s[$0] == 0x4F60 }), range.upperBound - you < 28,
      !hits(you..<range.upperBound, .label).isEmpty
    else { return false }
    return (you..<range.upperBound).allSatisfy { !Self.doing.contains(s[$0]) }
      && hits(you..<range.upperBound, [.agent, .other, .dead]).isEmpty
  }
  /// 客服：请确认手机号 138… 是否正确: its kind alone stands before it, nobody of whom it is.
  private func isNamed(_ range: Range<Int>) -> Bool {
    let head = range.last { s[$0] == 0x3A }.map { $0 + 1 } ?? range.lowerBound
    let said = head..<range.upperBound
    guard let label = hits(said, .label).last, range.upperBound - label.range.upperBound <= 3 else { return false }
    return hits(said, [.own, .agent, .other, .dead, .former]).isEmpty
  }
  private static let your = Scalars.of("your ")
  private static let doing = ScalarSet("打拨发请可找加咨询")

  /// 我：是的, [10:02] 客户: 对，就是这个; not 是的，但已停用.
  /// - Parameter isBinding: yes is not enough; it must be said that it may be used.
  private func isYes(_ from: Int, _ isBinding: Bool) -> Bool {
    var start = from
    while start < s.count, start - from < 4, s[start] == 10 || s[start] == 0x20 { start += 1 }
    var end = start
    while end < s.count, end - start < Self.line, s[end] != 10 { end += 1 }
    for i in start..<end where i - start < 30 {
      guard i == start || s[i - 1] == 0x3A || s[i - 1] == 0x5D || s[i - 1] == 0x20,
        let answer = answerEnd(i, end)
      else { continue }
      let rest = answer..<end
      return hits(start..<i, .agent).isEmpty
        && hits(rest, [.dead, .former, .correction, .other]).isEmpty
        && !rest.contains { Self.turning.contains(s[$0]) }
        && (!isBinding || !hits(rest, .usable).isEmpty)
    }
    return false
  }

  /// 但 换 不 改
  private static let turning = ScalarSet("但换不改")

  /// Where 是的, 对对, 是的没错 end; 对 is no yes in 对不起.
  private func answerEnd(_ from: Int, _ end: Int) -> Int? {
    var at = from
    while let word = words.phrases.match(s, at, below: end, .yes) { at += word.length }
    guard at > from else { return nil }
    return at >= end || !Scalars.isHan(s[at]) && !Scalars.isWord(s[at]) ? at : nil
  }
}
