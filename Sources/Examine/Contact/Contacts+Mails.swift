import ClosureModel

/// Mails in a text: the applicant's own with its head, older ones below, pasted ones.
extension Contacts {
  // MARK: Mails

  /// 发件人：沈文 <shen@example.com>⏎收件人：service@jdcloud.com⏎主题：…: the text is the applicant's mail with its head.
  /// - Returns: where it ends: at an older mail, or with the text; `others`: the lines that say to whom it went.
  func ownMail(_ around: Surroundings, _ spoken: [Range<Int>]) -> (end: Int, others: [Range<Int>])? {
    let s = around.s
    guard let first = s.firstIndex(where: { $0 != 10 && $0 != 0x20 }),
      isReceiver(s, first) || senderHead(s, first, needsColon: true) != nil
    else { return nil }
    var line = first
    var isAddressed = false
    var sender: Range<Int>? = nil
    var lines = 0
    var others: [Range<Int>] = []
    while line < s.count, lines < 8 {
      let next = lineEnd(s, line)
      if next == line { break }
      if sender == nil, senderHead(s, line, needsColon: true) != nil { sender = line..<next }
      if isReceiver(s, line) {
        isAddressed = isAddressed || isOffice(line..<next, around)
        others.append(line..<next)
      }
      line = next + 1
      lines += 1
    }
    guard isAddressed, let sender, spoken[0].lowerBound <= sender.lowerBound, s[sender].contains(0x40),
      !isOffice(sender, around)
    else { return nil }
    while line < s.count {
      let isOlder = s[line] == 0x3E || s[line] == 0x2D || s[line] == 0x5F || s[line] == 0x3D
      if isOlder || senderHead(s, line, needsColon: false) != nil || mentionsOlder(s, line) { return (line, others) }
      line = lineEnd(s, line) + 1
    }
    return (s.count, others)
  }

  private func isReceiver(_ s: [UInt32], _ line: Int) -> Bool {
    Self.receivers.contains { s[line...].starts(with: $0) }
  }

  /// The provider's address, or one that is named as a service's: cloud-support@…, “客服中心” <…>.
  private func isOffice(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    holdsProvider(around.s[line]) || !around.hits(line, .office).isEmpty
  }

  // MARK: Where the applicant's words go on

  /// The lines without those below a pasted mail that are the applicant's again: behind the quoted lines of “… wrote:”,
  /// behind a rule that ends it, behind its 内容：….
  func unresumed(_ lines: [Range<Int>], _ around: Surroundings) -> [Range<Int>] {
    let s = around.s
    var kept: [Range<Int>] = []
    var state = Pasted.none
    // Whose turn it is in a talk.
    var isCustomers = false
    for (index, line) in lines.enumerated() {
      let isHead = isMailHead(s, line)
      if isHead { state = .head }
      switch state {
      case .own: continue
      case .chat where isTurn(line, around, &isCustomers): continue
      case .quoted where s[line.lowerBound] != 0x3E: continue
      case .content where isParagraph(s, line) && isOwn(line, around):
        state = .own
        continue
      default: break
      }
      if isEndRule(s, line) { state = .own }
      // 以上。我的手机…: what was pasted ends above.
      if index > 0, state == .none || state == .chat, isBehindPasted(s, line),
        isOwn(line.lowerBound + 3..<line.upperBound, around)
      {
        state = .own
        continue
      }
      if state == .none || state == .chat, chatHead(line, around) != nil { state = .chat }
      if mentionsOlder(s, line.lowerBound), isQuotedBelow(s, line.upperBound) { state = .quoted }
      if state == .head, Self.contents.contains(where: { s[line].starts(with: $0) }) { state = .content }
      // Few mails are quoted; a text may hold a million heads.
      if index > 64 || !isOwnOlder(line, lines, s) { kept.append(line) }
    }
    return kept
  }
  private enum Pasted { case none, head, quoted, content, chat, own }

  /// 何叶(10:02)：, 【会员】, 买家：: the head of a line of a talk, with its brackets and its colon.
  private func chatHead(_ line: Range<Int>, _ around: Surroundings) -> (name: Range<Int>, isStamped: Bool)? {
    let s = around.s
    let start = line.lowerBound
    if s[start] == 0x3010, let close = s[line].prefix(12).firstIndex(of: 0x3011) { return (start + 1..<close, true) }
    var end = start
    while end < line.upperBound, end - start < 16, Self.isName(s[end]) { end += 1 }
    guard end > start, end < line.upperBound else { return nil }
    if s[end] == 0x3A { return (start..<end, false) }
    var at = end
    while at < line.upperBound, at - end < 24, Self.stamps.contains(s[at]) {
      at += 1
      // (10:05):138…: the digits behind the bracket's colon are what is said.
      if s[at - 1] == 0x3A, s[at - 2] == 0x29 || s[at - 2] == 0x5D { break }
    }
    // The head may be a line of its own.
    guard at > end, s[at - 1] == 0x3A || at == line.upperBound, isTime(s[end..<at]) else { return nil }
    while end > start, s[end - 1] == 0x20 { end -= 1 }
    return (start..<end, true)
  }
  /// 10:02, 2026-10-09: digits on both sides of a mark. 电话138… is no head.
  private func isTime(_ s: ArraySlice<UInt32>) -> Bool {
    s.indices.dropFirst().dropLast().contains {
      (s[$0] == 0x3A || s[$0] == 0x2D || s[$0] == 0x2F) && Scalars.isDigit(s[$0 - 1]) && Scalars.isDigit(s[$0 + 1])
    } && !s.split(whereSeparator: { !Scalars.isDigit($0) }).contains { $0.count > 4 }
  }
  private static func isName(_ s: UInt32) -> Bool {
    Scalars.isHan(s) || Scalars.isLetter(s) || s == 0x2D || s == 0x2192 || s == 0x20
  }
  private static let stamps = ScalarSet("0123456789:() []-./")

  /// Is a line of a talk the customer's? Without a head it is the last speaker's, unless it answers a question with
  /// nothing but a contact.
  private func isTurn(_ line: Range<Int>, _ around: Surroundings, _ isCustomers: inout Bool) -> Bool {
    guard chatHead(line, around) == nil else {
      isCustomers = isCustomer(line, around)
      return isCustomers
    }
    return isCustomers || isAnswer(line, around)
  }

  /// 客服：请提供手机号码。⏎139…
  private func isAnswer(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    let s = around.s
    guard line.count < 60, s[line].allSatisfy({ !Scalars.isHan($0) && $0 != 0x3A }),
      s[line].count(where: Scalars.isDigit) > 6 || s[line].contains(0x40), line.lowerBound > 1
    else { return false }
    var start = line.lowerBound - 1
    while start > 0, line.lowerBound - start < 80, s[start - 1] != 10 { start -= 1 }
    let above = s[start..<(line.lowerBound - 1)]
    return above.contains(where: Self.asking.contains) && !above.contains(where: Scalars.isDigit)
      && !above.contains(0x40)
  }
  private static let asking = ScalarSet("请?吗呢留填供")

  /// Another name under the same kind of head, or a word for customers.
  private func isCustomer(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    guard let head = chatHead(line, around) else { return false }
    let name = around.hits(head.name, [.office, .agent, .other, .label, .notPhone, .own, .customer])
    if let first = name.first, first.has(.customer), first.range.lowerBound == head.name.lowerBound,
      first.range == head.name || around.s[first.range.upperBound] == 0x2192
    {
      return true
    }
    let s = around.s
    // 王经理：… is somebody whom the agent names.
    guard name.isEmpty, !Self.titles.contains(s[head.name.upperBound - 1]) else { return false }
    if s[head.name].allSatisfy(Scalars.isHan) {
      let isShort = (2...(head.isStamped ? 4 : 3)).contains(head.name.count)
      return isShort
        && (head.isStamped
          || Self.surnames.contains(s[head.name.lowerBound])
            && isContactAlone(head.name.upperBound + 1..<line.upperBound, s))
    }
    // David Tan: david@example.com
    guard s[head.name].allSatisfy({ Scalars.isLetter($0) || $0 == 0x20 }), head.name.count > 2 else { return false }
    let colon = head.isStamped ? line.last { s[$0] == 0x3A } ?? head.name.upperBound : head.name.upperBound
    return isContactAlone(colon + 1..<max(colon + 1, line.upperBound), s)
  }
  private static let titles = ScalarSet("理管工师总员长任家")
  private static let surnames = ScalarSet(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")

  /// 我：… begins a line.
  func isMyTurn(_ s: [UInt32], _ i: Int) -> Bool {
    s[i] == 0x3A && i > 0 && s[i - 1] == 0x6211 && (i == 1 || s[i - 2] == 10)
  }

  /// 王经理：…, in a talk in which the applicant's own lines begin with 我：.
  func titledTurns(_ around: Surroundings) -> [Range<Int>] {
    let s = around.s
    var found: [Range<Int>] = []
    var line = 0
    while line < s.count {
      let end = lineEnd(s, line)
      if end > line, let head = chatHead(line..<end, around), (2...5).contains(head.name.count),
        s[head.name].allSatisfy(Scalars.isHan), Self.titles.contains(s[head.name.upperBound - 1]),
        around.hits(head.name, [.label, .notPhone, .own, .customer]).isEmpty
      {
        found.append(line..<end)
      }
      line = end + 1
    }
    return found
  }

  /// Nothing but a number or an address, or little more.
  func isContactAlone(_ range: Range<Int>, _ s: [UInt32]) -> Bool {
    range.lowerBound < range.upperBound && s[range].count(where: Scalars.isHan) < 8
      && (s[range].contains(0x40) || s[range].count(where: Scalars.isDigit) > 6)
      && !s[range].contains { $0 == 0x60A8 || $0 == 0x4F60 }
  }
  private static let contents = ["内容:", "正文:", "邮件内容:"].map(Scalars.of)

  private func isMailHead(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    senderHead(s, line.lowerBound, needsColon: false) != nil || mentionsOlder(s, line.lowerBound)
  }

  /// An empty line stands above it.
  private func isParagraph(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    line.lowerBound > 1 && s[line.lowerBound - 1] == 10 && s[line.lowerBound - 2] == 10
  }

  /// 我是小余，办理人是我: begins with me, and with nobody of the provider.
  private func isOwn(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    let s = around.s
    guard s[line.lowerBound] == 0x6211 || s[line].starts(with: [0x672C, 0x4EBA]) else { return false }
    return around.hits(line.lowerBound..<around.clauseEnd(line.lowerBound), .agent).isEmpty
  }

  /// 以上。, 以上！
  private func isBehindPasted(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    line.count > 5 && s[line].starts(with: [0x4EE5, 0x4E0A])
      && (s[line.lowerBound + 2] == 0x3002 || s[line.lowerBound + 2] == 0x2C)
      && !s[line].contains(where: Self.addressed.contains)
  }
  /// 您 你: who speaks so is not the customer.
  private static let addressed = ScalarSet("您你")

  /// `----- 结束 -----`
  private func isEndRule(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    guard line.count < 40, s[line].prefix(3).allSatisfy(Self.isRule), s[line].suffix(3).allSatisfy(Self.isRule) else {
      return false
    }
    let words = Scalars.string(s[line].filter { !Self.isRule($0) && $0 != 0x20 })
    return words.hasSuffix("结束") || words.hasSuffix("完") || words.hasPrefix("end")
  }
  private static func isRule(_ s: UInt32) -> Bool { s == 0x2D || s == 0x5F || s == 0x3D || s == 0x2A || s == 0x2014 }

  private func isQuotedBelow(_ s: [UInt32], _ end: Int) -> Bool {
    var next = end
    while next < s.count, next - end < 4, s[next] == 10 { next += 1 }
    return next < s.count && s[next] == 0x3E
  }

  /// `> 发件人：孟凡 <a@example.com>` under the signature 孟凡: the applicant's own older mail, whose address is his.
  private func isOwnOlder(_ line: Range<Int>, _ lines: [Range<Int>], _ s: [UInt32]) -> Bool {
    var at = line.lowerBound
    guard s[at] == 0x3E else { return false }
    while at < line.upperBound, s[at] == 0x3E || s[at] == 0x20 { at += 1 }
    guard at < line.upperBound, var from = senderHead(s, at, needsColon: true) else { return false }
    while from < line.upperBound, s[from] == 0x3A || s[from] == 0x20 || s[from] == 0x22 { from += 1 }
    let name = s[from..<line.upperBound].prefix(while: Scalars.isHan)
    guard (2...4).contains(name.count) else { return false }
    var start = 0
    while start < line.lowerBound {
      let end = lineEnd(s, start)
      if s[start..<end].elementsEqual(name) { return !lines.contains { $0.contains(start) } }
      start = end + 1
    }
    return false
  }

  /// “On … wrote:”, “… 写道：”
  private func mentionsOlder(_ s: [UInt32], _ line: Int) -> Bool {
    let end = lineEnd(s, line)
    return end > line && s[end - 1] == 0x3A && s[line..<end].contains(0x40)
  }

  /// `| 发件人 | 工单系统 <ticket@jdcloud.com> |`, the same with tabs: the head of the provider's mail as a table.
  func history(_ s: [UInt32]) -> Range<Int>? {
    var line = 0
    while line < s.count {
      let end = lineEnd(s, line)
      if end - line < 120, let name = senderHead(s, line, needsColon: false),
        let at = s[name..<end].lastIndex(of: 0x40), s[name..<at].firstIndex(of: 0x40) == nil
      {
        var domain = at + 1
        while domain < end, Scalars.isWord(s[domain]) || s[domain] == 0x2E || s[domain] == 0x2D { domain += 1 }
        // A sentence that begins with 发件人 goes on behind the address.
        if holdsProvider(s[name..<end]), end - domain <= 4,
          s[domain..<end].allSatisfy({ !Scalars.isWord($0) && !Scalars.isHan($0) })
        {
          return line..<historyEnd(s, end)
        }
      }
      line = end + 1
    }
    return nil
  }

  /// The rule that ends it, or the end of the text.
  private func historyEnd(_ s: [UInt32], _ from: Int) -> Int {
    var line = from + 1
    while line < s.count {
      let end = lineEnd(s, line)
      if isEndRule(s, line..<end) { return end }
      line = end + 1
    }
    return s.count
  }

  private static let senders = ["发件人", "寄件人", "发件者", "寄件者", "from", "sender"].map(Scalars.of)
  private static let receivers = [
    "收件人", "收件者", "to:", "发送至", "送达", "抄送", "副本:", "密件副本:", "cc:", "bcc:", "密送",
  ].map(Scalars.of)

  /// 是 为 的 写 给
  private static let verbs: Set<UInt32> = [0x662F, 0x4E3A, 0x7684, 0x5199, 0x7ED9]

  /// The place behind the name of the field.
  private func senderHead(_ s: [UInt32], _ line: Int, needsColon: Bool) -> Int? {
    var at = line
    while at < s.count, at - line < 3, s[at] == 0x7C || s[at] == 0x20 { at += 1 }
    guard at < s.count, s[at] == 0x53D1 || s[at] == 0x5BC4 || s[at] == 0x66 || s[at] == 0x73,
      let head = Self.senders.first(where: { s[at...].starts(with: $0) })
    else { return nil }
    at += head.count
    while at < s.count, s[at] == 0x20 { at += 1 }
    guard at < s.count else { return nil }
    if needsColon { return s[at] == 0x3A ? at : nil }
    // 发件人是…, From here on …: a sentence.
    let isSentence = Scalars.isLetter(head[0]) ? s[at] != 0x3A && s[at] != 0x7C : Self.verbs.contains(s[at])
    return isSentence ? nil : at
  }

  private func lineEnd(_ s: [UInt32], _ from: Int) -> Int {
    var end = from
    while end < s.count, s[end] != 10 { end += 1 }
    return end
  }

  private func holdsProvider(_ line: ArraySlice<UInt32>) -> Bool {
    guard let at = line.lastIndex(of: 0x40) else { return false }
    let domain = line[(at + 1)...].prefix { Scalars.isWord($0) || $0 == 0x2E || $0 == 0x2D }
    let name = Scalars.string(domain)
    return provider.domains.contains { name == $0 || name.hasSuffix("." + $0) }
  }
}
