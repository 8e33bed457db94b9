import ClosureModel

/// Labels, forms and whose words a line is: what stands before an act and says that it is somebody else's or not filled.
extension ClauseChecks {
  /// 帮助文档原话，我已阅读…: the clause before says whose words these are, without a colon or marks.
  func citation(_ index: Int) -> Int? {
    if let list = instruction(index) ?? blockLabel(index) { return list }
    guard index > 0, !script.clauses[index].isLabelled else { return nil }
    let before = script.clauses[index - 1]
    guard before.sentence == script.clauses[index].sentence,
      let last = script.words(before).last(where: { $0.kind != .filler }),
      !before.classes.meets(ClassSet(.own, .polite, .per))
    else { return nil }
    let isCited = before.has(.cited) || last.kind == .says
    // 页面上写着: the word names who says it.
    let isNamed = last.kind == .says && last.range.count > 2
    let sources = ClassSet(.agent, .you, .third, .part, .topic, .instruct)
    return isCited && (isNamed || before.classes.meets(sources)) ? index - 1 : nil
  }

  /// 操作步骤：1. 登录 2. 已阅读并同意… 3. 提交: a label at the beginning of the line tells others what to do.
  private func instruction(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    guard let first = script.lines[clause.line].first, first < index, !clause.has(.own) else { return nil }
    let label = script.clauses[first]
    guard label.end == .colon, label.classes.meets(ClassSet(.instruct, .template)),
      !label.classes.meets(ClassSet(.own, .avow, .per))
    else { return nil }
    let isTurned = ((first + 1)..<index).suffix(Self.farthest).contains {
      script.clauses[$0].classes.meets(ClassSet(.own, .avow, .per))
    }
    return isTurned ? nil : first
  }

  /// 格式：⏎甲、账号⏎乙、已阅读并同意…: a label of a template alone above the lines of its paragraph, none filled in.
  private func blockLabel(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    guard !clause.classes.meets(ClassSet(.own, .avow, .per, .ticked)) else { return nil }
    var line = clause.line - 1
    while line >= 0, clause.line - line < Self.longestBlock, let first = script.lines[line].first {
      for at in script.lines[line].prefix(Self.farthest)
      where script.clauses[at].classes.meets(ClassSet(.own, .avow, .per, .identifier, .ticked)) { return nil }
      let label = script.clauses[first]
      let isTitle =
        label.end == .colon && script.lines[line].count == 1 || label.has(.template) && isTemplateTitle(line)
      if isTitle, label.classes.meets(ClassSet(.instruct, .template)) { return first }
      line -= 1
    }
    return nil
  }
  private static let longestBlock = 8

  /// 参考写法（摘自论坛）: a line of a few words about a model text, and nothing else.
  private func isTemplateTitle(_ line: Int) -> Bool {
    script.lines[line].count <= 2
      && script.lines[line].allSatisfy { index in
        let clause = script.clauses[index]
        return clause.range.count <= Self.longestTemplateTitle
          && (clause.has(.template) && !clause.classes.meets(ClassSet(.negation, .request, .polite, .close))
            || clause.isBracketed)
          && !clause.classes.meets(ClassSet(.own, .read, .agree))
      }
  }
  private static let longestTemplateTitle = 16

  /// 户主（我舅舅）已阅读…: brackets name somebody else as the one who acts.
  func strangeSubject(_ index: Int) -> Int? {
    guard index > 1, !script.clauses[index].has(.own), script.clauses[index - 1].isBracketed else { return nil }
    let (bracket, before) = (script.clauses[index - 1], script.clauses[index - 2])
    guard !script.clauses[index].isBracketed, bracket.sentence == script.clauses[index].sentence, bracket.has(.third),
      before.sentence == bracket.sentence,
      script.words(before).last.map({ $0.kind != .own && $0.kind != .notice }) ?? false,
      bracket.classes.without(ClassSet(.own, .third, .filler, .unknown, .identifier)).isEmpty
    else { return nil }
    // （法定代表人即本人）
    return script.words(bracket).last?.kind == .own ? nil : index - 1
  }

  /// 2 已阅读并同意《…》的声明: the name of a paper in a list, not said by anybody.
  func isNameOfStatement(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard !clause.classes.meets(ClassSet(.own, .avow, .per, .now, .request)), words.count > 2, let last = words.last,
      last.kind == .lead || last.kind == .template || last.kind == .bare
    else { return false }
    let of = words[words.index(words.endIndex, offsetBy: -2)]
    // 认同须知中的说明: what stands in the paper.
    if of.range.lowerBound > clause.range.lowerBound,
      Self.inside.contains(
        text.scalars[of.range.upperBound - 1 == of.range.lowerBound ? of.range.lowerBound - 1 : of.range.lowerBound])
    {
      return false
    }
    return of.kind == .filler && text.scalars[of.range.upperBound - 1] == 0x7684 && words.first?.kind != .lead  // 的
  }

  static let inside = ScalarSet("中里内上")

  /// 本人（身份证姓名）已阅读…: brackets that ask for a name and hold none.
  func placeholder(_ index: Int) -> Int? {
    guard index > 1, script.clauses[index - 1].isBracketed, script.clauses[index - 1].unknown == 0 else { return nil }
    let bracket = script.clauses[index - 1]
    guard bracket.sentence == script.clauses[index].sentence, bracket.classes == ClassSet(.topic),
      script.words(script.clauses[index - 2]).last?.kind == .own,
      let last = script.words(bracket).last, Self.asking.contains(text.scalars[last.range.upperBound - 1])
    else { return nil }
    return index - 1
  }
  /// 姓名, 名称, 账号
  static let asking = ScalarSet("名称号字")

  private static var labelling: ClassSet {
    ClassSet(
      .own, .owner, .lead, .avow, .objection, .filler, .manner, .notice, .short, .bare, .part, .read, .know, .agree,
      .near, .close, .topic, .and,
      .now, .identifier, .request, .service, .polite, .ticked, .yes, .question)
  }

  /// What stands before a colon says whose words follow: only a label that is understood to the last character.
  func labelProblem(_ index: Int) -> Problem? {
    guard index > 0 else { return nil }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, !script.clauses[index].isBracketed { at -= 1 }
    let label = script.clauses[at]
    if label.has(.per), !label.classes.meets(ClassSet(.third, .says)) { return nil }
    // 按客服给的格式“…”写：我…
    if let first = script.lines[label.line].first, first < at, script.clauses[first].has(.per), label.range.count <= 2,
      script.clauses[index].has(.own),
      ((first + 1)..<at).allSatisfy({ Self.isInQuotation(script, $0) })
    {
      return nil
    }
    // 贵方要求的声明我写在这儿：…, 给你们的答复是：…
    if label.has(.mine), !label.classes.meets(ClassSet(.third, .template, .behalf, .question)) {
      // 请客户直接写在下面：… asks others.
      let isAsked = label.classes.meets(ClassSet(.instruct, .request)) && !label.has(.own)
      return isAsked ? Problem(code: .consentQuoted, isDenial: true, clause: at) : nil
    }
    if isReplyLine(at, before: index) || isRepresenting(label, script.clauses[index]) { return nil }
    if isGreeting(at, before: index) || isReply(label, script.clauses[index]) { return nil }
    // 我在这里写明：, 现补充说明：
    let isOwnLead = isAvowal(label)
    if label.classes.meets(ClassSet(.instruct, .template, .agent, .you, .blank))
      && !(isOwnLead && !label.classes.meets(ClassSet(.template, .agent, .you, .blank)))
    {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    // 我在群里回复过管理员：…, 代我丈夫填写：…: a person asks.
    if label.has(.behalf) || label.has(.third) && label.classes.meets(ClassSet(.own, .avow, .elsewhere)) {
      return Problem(code: .consentThirdParty, isDenial: false, clause: at)
    }
    let isSaid = label.has(.says) && !label.classes.meets(ClassSet(.own, .lead, .bare, .now))
    if label.has(.third) || isSaid { return Problem(code: .consentThirdParty, isDenial: true, clause: at) }
    if label.has(.condition) { return Problem(code: .consentConditional, isDenial: true, clause: at) }
    if label.has(.request), label.has(.lead), !label.has(.own) {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    if label.has(.question), !label.classes.meets(Self.acting) {
      return Problem(code: .consentQuestion, isDenial: true, clause: at)
    }
    let strange = label.classes.without(Self.labelling)
    if strange.isEmpty || isOwnLead { return nil }
    // 谨以此函声明：本人…
    if label.has(.lead), strange.without(ClassSet(.unknown)).isEmpty,
      label.unknown <= 4, script.clauses[index].has(.own) || isOwnWay(label)
    {
      return nil
    }
    // 从手机备忘录粘贴：我…, 第三次写：我…: unknown words, nobody's name, and the applicant speaks behind the colon.
    let isOwnWord =
      label.classes.meets(ClassSet(.own, .now, .lead, .avow))
      || script.clauses[index].has(.own) && label.classes.meets(ClassSet(.filler, .manner, .topic, .service))
    if strange.without(ClassSet(.unknown)).isEmpty, !label.has(.request), isOwnWord, !isNamed(label),
      label.range.count > 3,
      label.unknown <= Self.mostUnknownInLabel
    {
      return nil
    }
    return Problem(code: .consentUnclear, isDenial: false, clause: at)
  }
  private static let mostUnknownInLabel = 10

  /// 我这人嘴笨就直说：…: the label begins with the applicant, whom nobody else follows.
  private func isOwnWay(_ label: Clause) -> Bool {
    guard script.words(label).first?.kind == .own, !isNamed(label) else { return false }
    return script.words(label).last?.kind == .lead
  }

  /// 回复客服：本人…
  private func isReply(_ label: Clause, _ act: Clause) -> Bool {
    script.words(label).first?.kind == .lead && act.has(.own)
      && label.classes.without(ClassSet(.lead, .agent, .you, .filler, .polite)).isEmpty
  }

  /// 代表样例有限公司声明：我公司…: the label names the company that speaks behind it.
  private func isRepresenting(_ label: Clause, _ act: Clause) -> Bool {
    let words = script.words(label)
    guard let first = words.first, text.scalars[first.range].starts(with: Self.represent), words.last?.kind == .lead,
      script.words(act).first?.kind == .own, text.scalars[label.range].contains(Self.company),
      !label.classes.meets(ClassSet(.third, .agent, .template, .instruct, .condition, .question, .behalf))
    else { return false }
    return script.words(act).contains { $0.kind == .own && text.scalars[$0.range.upperBound - 1] == Self.company }
  }
  private static let represent = Scalars.of("代表")
  static let company: UInt32 = 0x53F8  // 司

  /// I, the director, have read; 本人（课题负责人）已阅读: who the applicant is, between commas or brackets.
  func isApposition(_ index: Int) -> Bool {
    guard index > 0, index + 1 < script.clauses.count else { return false }
    let (before, clause) = (script.clauses[index - 1], script.clauses[index])
    if clause.isBracketed, !before.isBracketed, before.end == .bracket, before.sentence == clause.sentence,
      script.words(before).last?.kind == .own, script.words(before).allSatisfy({ [.own, .filler].contains($0.kind) }),
      clause.classes.without(ClassSet(.third, .unknown, .topic, .owner, .filler)).isEmpty
    {
      let name = text.scalars[clause.range]
      return !name.contains { Self.notHimself.contains($0) }
        && Self.roles.contains { name.count >= $0.count && name.suffix($0.count).elementsEqual($0) }
    }
    return before.classes == ClassSet(.own) && before.end == .comma && before.sentence == clause.sentence
      && clause.end == .comma && clause.tokens.count <= 3
      && clause.classes.without(ClassSet(.third, .filler, .identifier)).isEmpty
      && script.words(script.clauses[index + 1]).first { $0.kind != .filler }?.kind == .read
  }

  /// 代…, 原…, 前…
  private static let notHimself = ScalarSet("代替原前非假旧")
  private static let roles = [
    "负责人", "实名人", "经营者", "法人", "法定代表人", "店主", "站长", "机主", "户主", "所有人", "持有人", "业主", "老板", "管理员", "注册人", "申请人", "开户人",
    "主持人", "组长", "院长", "校长", "社长", "会长", "理事长", "创始人", "创办人", "合伙人",
  ].map(Scalars.of)

  /// 回复 8 月 2 日的短信：我…: the label begins with a word of replying, and the applicant speaks behind it.
  private func isReplyLine(_ label: Int, before index: Int) -> Bool {
    let (clause, act) = (script.clauses[label], script.clauses[index])
    guard clause.line == act.line, act.has(.own), let first = script.lines[clause.line].first,
      index - first < Self.farthest,
      script.clauses[first].end != .colon || first == label, let word = script.words(script.clauses[first]).first
    else { return false }
    let isReply = word.kind == .lead && Self.replies.contains(text.scalars[word.range.lowerBound])
    return isReply
      && (first...label).allSatisfy {
        let between = script.clauses[$0]
        return (between.end == .gap || $0 == label)
          && !between.classes.meets(ClassSet(.third, .template, .own, .says, .question))
      }
  }
  /// 回, 答, 复, 补
  private static let replies = ScalarSet("回答复补")

  /// 您好客服：, 京东云客户服务部：⏎, Hi 审核员：⏎
  private func isGreeting(_ label: Int, before index: Int) -> Bool {
    let clause = script.clauses[label]
    guard clause.has(.polite), !clause.classes.meets(ClassSet(.instruct, .template, .says, .lead, .third)) else {
      return false
    }
    if script.clauses[index].line > clause.line { return true }
    return script.words(clause).first?.kind == .polite && script.clauses[index].has(.own)
  }

  /// 我在这里写明, 现补充: the applicant says that what follows are his words.
  private func isAvowal(_ clause: Clause) -> Bool {
    (clause.has(.avow) || clause.has(.lead) && clause.classes.meets(ClassSet(.own, .now))
      || clause.has(.near) && clause.has(.own) && !clause.has(.negation))
      && !clause.classes.meets(ClassSet(.third, .says, .agent, .you, .request, .template, .question))
  }

  /// The act stands behind such words: what was said before them is not about it.
  func isAvowed(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.has(.avow) || (clause.has(.own) && clause.has(.lead)) { return true }
    if let first = script.lines[clause.line].first, first < index, isBracketLabel(first, of: clause),
      isAvowal(script.clauses[first])
    {
      return true
    }
    if isIntroduced(index) { return true }
    guard clause.isLabelled else { return false }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, index - at < Self.farthest { at -= 1 }
    return at >= 0 && isAvowal(script.clauses[at])
  }

  /// 本人声明，已阅读…: the clause before it says nothing but that the applicant declares.
  private func isIntroduced(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let (before, clause) = (script.clauses[index - 1], script.clauses[index])
    return before.end == .comma && before.sentence == clause.sentence && before.speaker == .applicant
      && isAvowal(before)
      && before.classes.without(ClassSet(.own, .lead, .avow, .now, .filler, .manner, .polite)).isEmpty
  }

  /// 本人“…”的声明现予以重申: a quotation of what the applicant said himself, and says now.
  static func isOwnQuotation(_ script: Script, _ index: Int) -> Bool {
    guard index > 0, script.clauses[index].speaker == .applicant else { return false }
    let sentence = script.clauses[index].sentence
    var low = index
    while low > 0, index - low < farthest, isInQuotation(script, low - 1), script.clauses[low - 1].sentence == sentence
    {
      low -= 1
    }
    var high = index + 1
    while high < script.clauses.count, high - index < farthest, isInQuotation(script, high) { high += 1 }
    return low > 0 && high < script.clauses.count && isRestated(script, low - 1, high)
  }

  private static func isInQuotation(_ script: Script, _ index: Int) -> Bool {
    script.words(script.clauses[index]).contains { $0.isQuoted }
  }

  /// 本人昨日“…”的声明，现予重申: nothing but the statement is spoken of, and it is renewed.
  private static func isRestated(_ script: Script, _ before: Int, _ behind: Int) -> Bool {
    let (lead, clause) = (script.clauses[before], script.clauses[behind])
    guard clause.sentence == lead.sentence, lead.has(.own),
      !lead.classes.meets(restraining.union(ClassSet(.third, .agent, .you)))
    else { return false }
    var at = behind
    var isRenewed = false
    while at < script.clauses.count, at - behind < 3, script.clauses[at].sentence == lead.sentence {
      if script.clauses[at].classes.meets(restraining) { return false }
      if script.clauses[at].has(.renewed) { isRenewed = true }
      at += 1
    }
    return isRenewed
  }
  private static var restraining: ClassSet {
    ClassSet(
      .negation, .none, .withdrawn, .condition, .future, .question, .hedge, .untrue, .limit, .template, .instruct)
  }

  /// 本人现重新声明：已阅读…: the label says whose words they are.
  func isOwnLabel(_ index: Int) -> Bool {
    guard index > 0, script.clauses[index].isLabelled else { return false }
    let label = script.clauses[index - 1].classes
    return label.meets(ClassSet(.own, .now))
      && !label.meets(ClassSet(.third, .says, .agent, .you, .request, .template, .question, .instruct, .negation))
  }

  /// 【本人声明】已阅读…: a label in brackets at the beginning of the line.
  private func isBracketLabel(_ index: Int, of clause: Clause) -> Bool {
    let label = script.clauses[index]
    return label.isBracketed && !clause.isBracketed && label.line == clause.line
      && script.lines[label.line].first == index
  }

  // MARK: Said before, said of something else

  /// I agreed, after a talk, that we cannot sign it: what is agreed to follows in a clause of its own.
  func agreedElse(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    guard clause.has(.agree), let last = script.words(clause).last(where: { $0.kind != .filler }), last.kind == .agree,
      text.scalars[last.range].first.map(Scalars.isLetter) ?? false
    else { return nil }
    var at = index + 1
    while at < script.clauses.count, at - index <= Self.fewClauses, script.clauses[at].sentence == clause.sentence {
      let word = text.scalars[script.clauses[at].range].drop { $0 == 0x20 }
      if Self.opening.contains(where: { word.starts(with: $0) }),
        !script.clauses[at].classes.meets(ClassSet(.notice, .short, .part, .agree))
          && script.words(script.clauses[at]).first?.kind != .bare
          || script.clauses[at].classes.meets(ClassSet(.negation, .future))
      {
        return at
      }
      at += 1
    }
    return nil
  }
  private static let opening = ["that ", "to ", "not to "].map(Scalars.of)

  /// 如前一张工单所述, as stated in my previous ticket, 详见前一张工单: the sentence says where the statement was made.
  func pointed(_ index: Int) -> Int? {
    let sentence = script.clauses[index].sentence
    return [index - 1, index + 1].first { at in
      guard script.clauses.indices.contains(at), script.clauses[at].sentence == sentence,
        script.clauses[at].classes.meets(ClassSet(.elsewhere)) || script.clauses[at].has(.olden)
      else { return false }
      let words = text.scalars[script.clauses[at].range].drop { $0 == 0x20 }
      return Self.pointing.contains { words.starts(with: $0) }
    }
  }
  private static let pointing = [
    "如", "正如", "诚如", "见", "详见", "参见", "参看", "请见", "请看", "as ", "see ", "just as ", "like ",
  ].map(Scalars.of)

  /// 【4月3日，我方去信】本人已阅读…⏎【今天】有进展吗: dated entries of what went before, the statement among them.
  func chronicle(_ index: Int) -> Int? {
    guard let entry = entry(of: index),
      !(entry...index).contains(where: { script.clauses[$0].has(.now) || isToday($0) })
    else { return nil }
    let other = script.clauses.indices.contains { at in
      at != entry && (at < entry || at > index) && isHead(at)
        && (dateEnd(script.clauses[at].range.lowerBound) != nil || isToday(at))
    }
    return other ? entry : nil
  }

  /// The dated head of the clause's sentence.
  private func entry(of index: Int) -> Int? {
    var at = index
    while at > 0, index - at < Self.fewClauses, !isHead(at) { at -= 1 }
    guard isHead(at), script.clauses[at].line == script.clauses[index].line,
      let end = dateEnd(script.clauses[at].range.lowerBound)
    else { return nil }
    // 2024-05-06 09:12 我：…, a chat.
    let rest = text.scalars[end..<min(end + Self.clock, text.scalars.count)]
    return rest.contains(0x3A) && rest.contains(where: Scalars.isDigit) ? nil : at
  }
  private static let clock = 6

  /// Begins a line or a sentence.
  private func isHead(_ index: Int) -> Bool {
    index == 0 || script.clauses[index - 1].sentence != script.clauses[index].sentence
  }

  /// 【今天】, Today:
  private func isToday(_ index: Int) -> Bool {
    let word = text.scalars[script.clauses[index].range].drop { $0 == 0x20 }
    return script.clauses[index].isBracketed && Self.today.contains { word.starts(with: $0) }
  }
  private static let today = ["今天", "今日", "today"].map(Scalars.of)

  /// 4月3日, 去年12月, 2024-04-03, 3 April, April 3: where the date ends that stands here.
  private func dateEnd(_ from: Int) -> Int? {
    let s = text.scalars
    var at = from
    while at < s.count, s[at] == 0x20 { at += 1 }
    for word in Self.relative where s[at...].starts(with: word) { at += word.count }
    var marks = 0
    var digits = 0
    let start = at
    while at < s.count, at - start < 12 {
      if Scalars.isDigit(s[at]) {
        digits += 1
      } else if at > start, Self.dateMarks.contains(s[at]), digits > 0 {
        marks += 1
      } else {
        break
      }
      at += 1
    }
    if marks > 0, digits > 0 { return at }
    let head = s[from..<min(from + 14, s.count)]
    return WrittenDate.isMonthAndDay(head.split { !Scalars.isWord($0) }) ? from + head.count : nil
  }
  private static let relative = ["我方", "贵方", "我司", "贵司", "客户", "本人", "去年", "今年", "上月", "本月", "上个月", "前年"].map(
    Scalars.of)
  private static let dateMarks = ScalarSet("年月日/.-号")
}
