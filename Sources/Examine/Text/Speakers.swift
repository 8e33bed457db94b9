/// Whose line it is in a pasted conversation, a mail with its history, a form with its officer's remarks.
final class Speakers {
  let script: Script
  let text: NormalText
  private var speakers: [Clause.Speaker]
  private var foreign: [Range<Int>] = []
  /// The last agent's words run on until somebody else's head.
  private var carries = false
  /// An empty line stood behind the agent's words.
  private var isParted = false
  /// The agent's words ask for a text or give one.
  private var gives = Giving.nothing
  /// The last head named a stranger alone on its line.
  private var carriesStranger = false
  /// Clauses right behind the applicant's own name: its colon is no label.
  private var unlabelled: [Int] = []
  /// The history began with a rule: `---- 原始邮件 ----`; another rule may end it.
  private var isRuledHistory = false
  /// The line behind a mail's header that stands above quoted lines.
  private var headerEnd = 0
  private var inHistory = false
  /// The line before was of a footer.
  var inFooter = false
  let footers: Stems<FooterSection>
  /// Scalars of each line.
  let ranges: [Range<Int>]
  /// What A and B of a dialogue were said to be.
  /// Who is named at the head of each line.
  private let heads: [LineHead?]
  private let letters: [UInt32: Role]
  /// Some line's head says that it is the applicant's, some that it is an agent's.
  private var hasOwner = false

  /// `lead`: 我的答复：, a label that leads into the applicant's words. `addressed`: to whom a letter is written.
  private enum Role { case agent, owner, lead, addressed, stranger, none }
  private enum Giving { case nothing, asked, text }

  /// Marks clauses that are somebody else's or from quoted history.
  /// - Returns: the stretches of the text (scalars) that are not the applicant's present words.
  static func mark(
    _ script: inout Script, _ text: NormalText, _ footers: Stems<FooterSection>
  ) -> [Range<Int>] {
    let found = find(script, text, footers)
    for index in script.clauses.indices where found.speakers[index] != .applicant {
      script.clauses[index].speaker = found.speakers[index]
    }
    for index in found.unlabelled { script.clauses[index].isLabelled = false }
    return found.foreign
  }

  /// Nothing of the reader outlives this: the script is changed in place afterwards.
  private static func find(
    _ script: Script, _ text: NormalText, _ footers: Stems<FooterSection>
  ) -> (speakers: [Clause.Speaker], unlabelled: [Int], foreign: [Range<Int>]) {
    let reader = Speakers(script, text, footers)
    reader.run()
    return (reader.speakers, reader.unlabelled, reader.foreign)
  }

  private init(_ script: Script, _ text: NormalText, _ footers: Stems<FooterSection>) {
    self.script = script
    self.text = text
    self.footers = footers
    var speakers: [Clause.Speaker] = []
    speakers.reserveCapacity(script.clauses.count)
    for _ in script.clauses.indices { speakers.append(.applicant) }
    self.speakers = speakers
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(script.lines.count)
    text.scalars.withUnsafeBufferPointer { scalars in
      var start = 0
      for _ in script.lines {
        var end = start
        while end < scalars.count, scalars[end] != 10 { end += 1 }
        ranges.append(min(start, end)..<end)
        start = end + 1
      }
    }
    self.ranges = ranges
    heads = ranges.map { $0.isEmpty ? nil : LineHead.find(text, $0) }
    letters = Self.letters(script, text, ranges)
    hasOwner = script.lines.indices.contains { line in
      guard let head = heads[line] else { return false }
      return role(head, line) == .owner && script.lines[line].contains { script.clauses[$0].has(.own) }
    }
  }

  private func run() {
    for line in script.lines.indices {
      let range = ranges[line]
      if inHistory {
        if !endsHistory(line) {
          put(.history, line)
          continue
        }
        inHistory = false
      }
      if line < headerEnd {
        put(.history, line)
        continue
      }
      if range.isEmpty {
        isParted = true
        continue
      }
      if isQuoted(line) {
        // `> 客服：` quotes one line, whatever the line says.
        put(.history, line)
        continue
      }
      if beginsHistory(line) {
        // “On … wrote:” above quoted lines: what follows them is the applicant's again.
        headerEnd = quotedBelow(line)
        inHistory = headerEnd == 0
        put(.history, line)
        continue
      }
      if isFooter(line) {
        put(.footer, line)
        inFooter = true
        continue
      }
      inFooter = false
      speak(line)
      isParted = false
    }
  }

  /// The first quoted line right below a mail's header: 发件人：…⏎主题：…⏎> …; 0 where there is none.
  private func quotedBelow(_ line: Int) -> Int {
    var next = line + 1
    while next < ranges.count, next - line < Self.longestHeaderLines, !isQuoted(next) {
      guard let first = script.lines[next].first, script.clauses[first].end == .colon,
        script.clauses[first].classes.meets(ClassSet(.history, .lead, .topic, .olden))
          && !script.clauses[first].classes.meets(ClassSet(.own, .avow, .read, .agree))
      else { return 0 }
      next += 1
    }
    return next < ranges.count && isQuoted(next) && isAnswered(next) ? next : 0
  }

  /// The first line behind the quoted ones leads into the applicant's words or says 我: 收到 alone may be the writer's of
  /// the quoted mail.
  private func isAnswered(_ quoted: Int) -> Bool {
    var line = quoted
    while line < ranges.count, isQuoted(line) || ranges[line].isEmpty { line += 1 }
    guard line < ranges.count else { return false }
    return isOwnLead(script.lines[line]) || script.lines[line].contains { script.clauses[$0].has(.own) }
  }
  private static let longestHeaderLines = 8

  /// A line of the conversation: its head says whose it is, else it goes on as before.
  private func speak(_ line: Int) {
    let head = heads[line]
    let found = head.map { role($0, line) } ?? .none
    if found != .none { carriesStranger = false }
    switch found {
    case .agent:
      if let head, let end = quotationEnd(head, line) {
        foreign.append(ranges[line].lowerBound..<end)
        for index in script.lines[line] where script.clauses[index].range.lowerBound < end { speakers[index] = .agent }
        carries = false
        return
      }
      put(.agent, line)
      // A label alone above quoted lines names whom they quote.
      let isAbove = head.map { $0.end >= ranges[line].upperBound } ?? true
      carries = !(isAbove && isQuoted(line + 1))
      gives = giving(line)
    case .owner:
      carries = false
      if let head, let first = script.lines[line].first(where: { script.clauses[$0].range.lowerBound >= head.end }),
        isBareName(head, line)
      {
        unlabelled.append(first)
      }
    case .lead: carries = false
    case .addressed:
      carries = false
      if let last = script.lines[line].last { unlabelled.append(last + 1) }
    case .stranger:
      strange(line)
      carriesStranger = head.map { $0.end >= ranges[line].upperBound } ?? false
      if carriesStranger { carries = false }
    case .none where carriesStranger: strange(line)
    case .none where carries: carry(line)
    case .none: break
    }
  }

  /// A line below an agent's words, without a head of its own.
  private func carry(_ line: Int) {
    if isResumed(line) {
      carries = false
    } else if isParted, gives != .text {
      // A new paragraph: whose is not said.
      strange(line)
    } else {
      put(.agent, line)
      if gives != .text, giving(line) != .nothing { gives = giving(line) }
    }
  }

  private func strange(_ line: Int) {
    for index in script.lines[line] { speakers[index] = .stranger }
  }

  /// 客服：“请写明…”我写：…: the marks end what the agent said, and words follow them.
  private func quotationEnd(_ head: LineHead, _ line: Int) -> Int? {
    let s = text.scalars
    var open = head.end
    while open < ranges[line].upperBound, s[open] == 0x20 { open += 1 }
    guard open < ranges[line].upperBound, let close = Self.closings[s[open]],
      let end = ((open + 1)..<ranges[line].upperBound).first(where: { s[$0] == close }),
      end + 1 < ranges[line].upperBound
    else { return nil }
    return end + 1
  }
  private static let closings: [UInt32: UInt32] = [0x201C: 0x201D, 0x300C: 0x300D, 0x300E: 0x300F, 0x22: 0x22]

  private func put(_ speaker: Clause.Speaker, _ line: Int) {
    for index in script.lines[line] { speakers[index] = speaker }
    if !ranges[line].isEmpty { foreign.append(ranges[line]) }
  }

  // MARK: After an agent's words

  /// The agent asks for a text, gives one or leads to one: what follows may be it.
  private func giving(_ line: Int) -> Giving {
    guard let last = script.lines[line].last else { return .nothing }
    if script.clauses[last].end == .colon, script.lines[line].count > 1 { return .text }
    let s = text.scalars
    let points = ranges[line].dropLast().contains { at in
      s[at + 1] == 0x4E0B && Self.below.contains(s[at]) || s[at] == 0x4E0B && s[at + 1] == 0x9762
    }
    var classes = ClassSet()
    for index in script.lines[line] { classes.formUnion(script.clauses[index].classes) }
    if points || classes.has(.template) { return .text }
    return classes.has(.instruct) ? .asked : .nothing
  }
  /// 以下, 如下, 下面
  private static let below = ScalarSet("以如")

  /// 以上是客服说的。下面是我自己的话：… and a new paragraph that speaks as the applicant.
  private func isResumed(_ line: Int) -> Bool {
    let clauses = script.lines[line]
    var isOwn = false
    if clauses.contains(where: { isMine(script.clauses[$0]) }) { return true }
    for index in clauses {
      let clause = script.clauses[index]
      if clause.has(.own) { isOwn = true }
      if clause.classes.meets(ClassSet(.instruct, .template, .agent)) { return false }
    }
    return isParted && gives == .nothing && isOwn && !hasOwner
  }

  /// 下面是我自己的话, 我的答复: says 我 or 自己 of the words.
  private func isMine(_ clause: Clause) -> Bool {
    clause.has(.mine)
      || script.words(clause).contains { word in
        word.kind == .avow && text.scalars[word.range].contains { $0 == 0x6211 || $0 == 0x5DF1 }
      }
  }

  // MARK: Heads

  /// Whose name stands in a line's head.
  private func role(_ head: LineHead, _ line: Int) -> Role {
    var classes = ClassSet()
    var unknown = 0
    for index in script.lines[line] {
      guard script.clauses[index].range.lowerBound < head.end else { break }
      for token in script.words(script.clauses[index])
      where token.range.lowerBound >= head.name.lowerBound && token.range.lowerBound < head.name.upperBound {
        classes.formUnion(ClassSet(token.kind))
        if token.kind == .unknown { unknown += token.range.count }
      }
    }
    if head.name.count == 1, let role = letters[text.scalars[head.name.lowerBound]] { return role }
    if classes.has(.polite) { return .none }
    let hasWords = head.end < ranges[line].upperBound
    if head.mark == .alone { return aloneRole(classes, unknown, line) }
    if !hasWords, head.mark == .colon, isSalutation(classes, line) { return .addressed }
    // 针对退回原因补充如下：
    if classes.has(.per), !classes.meets(ClassSet(.instruct, .template, .third)) { return .lead }
    if classes.has(.agent), !classes.meets(Self.noName) {
      if isAddressed(head, line) { return .none }
      return isReply(line) ? .lead : .agent
    }
    if classes.meets(ClassSet(.owner, .own)), !classes.meets(Self.others), unknown <= Self.longestName { return .owner }
    // 我的答复：, 【我填写的】, 答：
    if classes.meets(ClassSet(.lead, .avow)), !classes.meets(Self.others), !classes.has(.request) { return .lead }
    guard hasWords || head.mark == .time else { return .none }
    // [京东云-值班] …, 腾讯云小助 10:00 …: somebody of the provider.
    let isNamed =
      classes.without(ClassSet(.you, .unknown, .identifier, .near, .third)).isEmpty && unknown <= Self.longestStranger
    if classes.has(.you), isNamed {
      return head.mark == .bracket || head.mark == .time ? .agent : hasAct(line) ? .stranger : .none
    }
    // 我：…⏎阿哲：您好，…: in a conversation with the applicant, who says 您 is the other side.
    if hasOwner, head.mark == .colon, isNamed, classes.meets(ClassSet(.unknown, .identifier)), !hasAct(line),
      text.scalars[head.end..<ranges[line].upperBound].contains(Self.politeYou)
    {
      return .agent
    }
    // 张三 10:01⏎…⏎我 10:02⏎…: where the applicant's lines are headed as his, the others are not.
    if hasOwner, head.mark == .time, !hasWords, !classes.meets(ClassSet(.own, .owner, .read, .agree)), !classes.isEmpty
    {
      return .stranger
    }
    // [小云] …, 小云 10:02 …: nobody knows who.
    let isStranger = head.mark != .colon && classes.meets(ClassSet(.unknown, .third)) && isNamed
    return isStranger && !carries && (!hasWords || hasAct(line)) ? .stranger : .none
  }

  /// 京东云：⏎我单位…: the head of a letter, below its title at most. No other line says who speaks, and what follows neither
  /// asks for a text nor gives one.
  private func isSalutation(_ classes: ClassSet, _ line: Int) -> Bool {
    guard classes.meets(ClassSet(.agent, .you)), classes.without(ClassSet(.agent, .you, .filler)).isEmpty, !hasOwner,
      !text.scalars[ranges[line]].contains(where: { Self.ofMachines.contains($0) }),
      Self.offices.contains(where: { Scalars.contains(text.scalars[ranges[line]], $0) }),
      isOnTop(line), let first = nextLine(line)
    else { return false }
    func speaks(_ line: Int) -> Bool { script.lines[line].contains { script.clauses[$0].has(.own) } }
    guard speaks(first) || script.lines[first].first.map({ script.clauses[$0].has(.polite) }) ?? false,
      script.lines[(line + 1)...].indices.contains(where: speaks)
    else { return false }
    return script.lines.indices.allSatisfy { other in
      guard other > line else { return true }
      let isHead = heads[other].map { $0.mark == .time || $0.mark == .bracket } ?? false
      return !isHead
        && !script.lines[other].contains {
          script.clauses[$0].classes.meets(ClassSet(.instruct, .template, .agent, .says))
        }
    }
  }

  /// The first line that is not empty, or the one below a title.
  private func isOnTop(_ line: Int) -> Bool {
    let above = (0..<line).filter { !ranges[$0].isEmpty }
    guard let title = above.first else { return true }
    return above.count == 1 && ranges[title].count <= Self.longestTitle
      && script.lines[title].allSatisfy { !script.clauses[$0].classes.meets(Self.acts.union(ClassSet(.agent, .own))) }
      && text.scalars[ranges[title]].contains(where: { Self.ofTitle.contains($0) })
  }
  /// 智能客服, 机器人, 小助手 write, and are not written to.
  private static let ofMachines = ScalarSet("智机助答库")
  private static let offices = ["京东", "腾讯", "阿里", "华为", "贵", "jd", "tencent"].map(Scalars.of)
  private static let longestTitle = 30
  /// 关于…, …函, …申请, …声明
  private static let ofTitle = ScalarSet("关函申声")

  /// 贵平台审核员：三年前注册…现本人声明…: the first line of a letter addresses somebody, and the applicant speaks.
  private func isAddressed(_ head: LineHead, _ line: Int) -> Bool {
    guard line == 0, head.mark == .colon, text.scalars[head.name.lowerBound] == Self.honoured else { return false }
    let behind = script.lines[line].filter { script.clauses[$0].range.lowerBound >= head.end }
    guard let first = behind.first, !script.clauses[first].classes.meets(Self.acts) else { return false }
    return behind.contains { script.clauses[$0].has(.own) && script.clauses[$0].classes.meets(Self.acts) }
      && !behind.contains { script.clauses[$0].classes.meets(ClassSet(.you, .instruct, .template, .agent, .question)) }
  }
  private static let honoured: UInt32 = 0x8D35  // 贵
  private static let politeYou: UInt32 = 0x60A8  // 您

  /// 回复客服：…: to whom, not who.
  private func isReply(_ line: Int) -> Bool {
    guard let first = script.lines[line].first else { return false }
    return script.words(script.clauses[first]).first?.kind == .lead && script.clauses[first].end == .colon
  }

  /// 我：, 客户(10:02)：, B：; nothing else that could qualify what follows.
  private func isBareName(_ head: LineHead, _ line: Int) -> Bool {
    script.lines[line].allSatisfy { index in
      let clause = script.clauses[index]
      return clause.range.lowerBound >= head.end || head.name.count == 1
        || clause.classes.without(ClassSet(.own, .owner, .identifier)).isEmpty
    }
  }

  /// 腾讯云助手 09:20, 工程师回复如下, 我: a line that holds nothing but who speaks.
  private func aloneRole(_ classes: ClassSet, _ unknown: Int, _ line: Int) -> Role {
    guard unknown <= Self.longestName, classes.without(Self.heading).isEmpty else { return .none }
    // 我司客服热线 400…: no name of a speaker.
    if classes.has(.agent), classes.has(.own) { return .none }
    if classes.has(.agent) {
      // 京东云客服 on the first line of a letter greets.
      let isGreeting = line == 0 && !hasOwner && !classes.meets(ClassSet(.lead, .avow, .identifier, .says))
      return isGreeting ? .none : .agent
    }
    let isOwner =
      classes.meets(ClassSet(.own, .owner)) && !classes.meets(ClassSet(.you, .says, .lead)) && unknown == 0
    return isOwner ? .owner : .none
  }

  private static let longestName = 4
  private static let longestStranger = 8
  private static var noName: ClassSet { ClassSet(.request, .close, .read, .know, .agree, .notice, .own) }
  private static var others: ClassSet { ClassSet(.agent, .third, .you, .instruct, .template) }
  private static var heading: ClassSet {
    ClassSet(
      .agent, .own, .owner, .identifier, .lead, .avow, .says, .you, .unknown, .filler)
  }
  private static var acts: ClassSet { ClassSet(.read, .know, .agree, .near, .objection) }

  private func hasAct(_ line: Int) -> Bool {
    script.lines[line].contains { script.clauses[$0].classes.meets(Self.acts) }
  }

  // MARK: Dialogues of A and B

  /// A=客服，B=我: what the letters stand for; letters that head several lines and were never explained are strangers.
  private static func letters(_ script: Script, _ text: NormalText, _ lines: [Range<Int>]) -> [UInt32: Role] {
    let s = text.scalars
    var found: [UInt32: Role] = [:]
    var heads: [UInt32: Int] = [:]
    func count(_ at: Int) {
      guard at + 1 < s.count, s[at + 1] == 0x3A, isLetter(s[at]) else { return }
      heads[s[at], default: 0] += 1
    }
    for line in lines { count(line.lowerBound) }
    // A word or a title may reach over lines' ends: then the text has more lines than those.
    var end = lines.last?.upperBound ?? -1
    while let next = s[min(max(0, end), s.count)...].firstIndex(of: 10) {
      end = next + 1
      count(end)
    }
    let named = ClassSet(.agent, .own, .owner)
    for clause in script.clauses where clause.classes.meets(named) {
      for token in script.words(clause) where named.has(token.kind) {
        let joint = token.range.lowerBound - 1
        guard joint >= 1, joints.contains(s[joint]), isLetter(s[joint - 1]), joint < 2 || !Scalars.isWord(s[joint - 2]),
          token.range.upperBound >= s.count || !Scalars.isHan(s[token.range.upperBound])
        else { continue }
        found[s[joint - 1]] = token.kind == .agent ? .agent : .owner
      }
    }
    if heads.isEmpty { return found }
    // Q and A: somebody answers his own questions.
    if heads[0x71] != nil, found[0x61] == nil {
      heads[0x71] = nil
      heads[0x61] = nil
    }
    for (letter, count) in heads where count > 1 && found[letter] == nil { found[letter] = .stranger }
    return found
  }
  /// = : 是 为
  private static let joints: Set<UInt32> = [0x3D, 0x3A, 0x662F, 0x4E3A]
  /// a…z, 甲 乙
  private static func isLetter(_ s: UInt32) -> Bool { Scalars.isLetter(s) || s == 0x7532 || s == 0x4E59 }

  // MARK: History

  /// `> …`, `| …` that is no table.
  private func isQuoted(_ line: Int) -> Bool {
    guard line < ranges.count, let first = ranges[line].first else { return false }
    if text.scalars[first] == 0x3E { return true }
    guard text.scalars[first] == 0x7C else { return false }
    // A table's row has more than one bar.
    return !text.scalars[(first + 1)..<ranges[line].upperBound].contains(0x7C)
  }

  /// `------ 原始邮件 ------`, `发件人: …`, `On … wrote:`: from here on the text is an older one.
  private func beginsHistory(_ line: Int) -> Bool {
    let (s, range, clauses) = (text.scalars, ranges[line], script.lines[line])
    guard let first = clauses.first, range.count < Self.longestHeader else { return false }
    isRuledHistory = false
    if s[range].starts(with: Self.from) { return true }
    let rule = Self.isRule(s[range.lowerBound])
    if rule, Self.isRule(s[range.upperBound - 1]) || s[range.upperBound - 1] == 0x3A,
      clauses.contains(where: { script.clauses[$0].has(.olden) || script.clauses[$0].has(.elsewhere) })
    {
      isRuledHistory = true
      return true
    }
    guard let at = clauses.first(where: { script.clauses[$0].has(.history) }) else { return false }
    let isHeader =
      at == first && script.clauses[at].end == .colon
      && script.tokens[script.clauses[at].tokens.lowerBound].kind == .history
    let isWrote = s[range.upperBound - 1] == 0x3A && at == clauses.upperBound - 1 && at > first
    if rule { isRuledHistory = true }
    return rule || (isHeader && !isLetterhead(line)) || isWrote
  }
  private static let longestHeader = 200
  private static let from = Scalars.of("from:")

  private static func isRule(_ s: UInt32) -> Bool {
    s == 0x2D || s == 0x5F || s == 0x3D || s == 0x2014 || s == 0x2500 || s == 0x2A || s == 0x7E
  }

  /// 发件人：我司行政部 at the head of a letter: the applicant's own, no history.
  private func isLetterhead(_ line: Int) -> Bool {
    guard line <= 3, !isReceived(line) else { return false }
    if isOwnHeader(line) { return true }
    return !script.lines[line].contains { index in
      script.clauses[index].classes.meets(ClassSet(.agent, .you))
        || script.words(script.clauses[index]).contains { word in
          word.kind == .identifier && !text.scalars[word.range].allSatisfy(Scalars.isHan)
        }
    }
  }

  /// 发件人：王总⏎…⏎收件人：我: somebody wrote it to the applicant.
  private func isReceived(_ line: Int) -> Bool {
    ranges[line...].prefix(Self.longestHeaderLines).contains { range in
      let s = text.scalars[range]
      return s.starts(with: Self.receiver) && s.contains { Self.me.contains($0) }
    }
  }
  private static let receiver = Scalars.of("收件人")
  /// 我, 本人
  private static let me = ScalarSet("我本")

  /// 发件人：ops@example.com⏎主题：注销账号 on the first two lines: the mail itself, as it was handed in.
  private func isOwnHeader(_ line: Int) -> Bool {
    guard line == 0, let next = nextLine(line), let subject = script.lines[next].first,
      script.words(script.clauses[subject]).first.map({ $0.kind == .lead }) ?? false,
      script.clauses[subject].end == .colon
    else { return false }
    let words = script.lines[line].flatMap { script.words(script.clauses[$0]) }.filter { $0.kind != .history }
    guard words.count == 1, let address = words.first, address.kind == .identifier,
      text.scalars[address.range].contains(0x40)
    else { return false }
    return !Self.providers.contains { Scalars.contains(text.scalars[address.range], $0) }
  }
  private static let providers = ["jd", "tencent", "qcloud", "service", "support", "noreply", "no-reply", "kefu"].map(
    Scalars.of)

  /// `-----回复-----`, or a bare rule above words that say whose they are: the older text ends.
  private func endsHistory(_ line: Int) -> Bool {
    guard isRuledHistory, let first = ranges[line].first, Self.isRule(text.scalars[first]) else { return false }
    let words = script.lines[line]
    if words.isEmpty {
      guard ranges[line].count >= 3, let next = nextLine(line) else { return false }
      return isOwnLead(script.lines[next])
    }
    return Self.isRule(text.scalars[ranges[line].upperBound - 1]) && isOwnLead(words)
  }

  /// 补充如下：…, 回复, 我的答复: nobody else's.
  private func isOwnLead(_ clauses: Range<Int>) -> Bool {
    guard let first = clauses.first else { return false }
    let clause = script.clauses[first]
    return clause.classes.meets(ClassSet(.lead, .avow)) && !clause.classes.meets(Self.others)
      && !clause.classes.meets(ClassSet(.history, .elsewhere, .request, .question))
  }

  private func nextLine(_ line: Int) -> Int? {
    var next = line + 1
    while next < ranges.count, next - line < 5 {
      if !ranges[next].isEmpty { return next }
      next += 1
    }
    return nil
  }
}
