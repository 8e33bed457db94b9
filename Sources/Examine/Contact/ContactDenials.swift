import ClosureModel

extension Contacts {
  /// Words against contacts that are meant and not written: 表单上的手机和邮箱都已停用, 邮箱写错了, 尾号8000已停用.
  func denials(_ text: NormalText, _ evidence: (Range<Int>) -> Evidence) -> [ContactDenial] {
    DenialReader(around: Surroundings(s: text.scalars, words: words)).find().map {
      ContactDenial(kind: $0.kind, reach: $0.reach, tail: $0.tail, evidence: evidence($0.range))
    }
  }
}

/// Finds what is said against contacts without writing them. Every look is bounded by a clause.
struct DenialReader {
  struct Denial {
    let kind: ContactDenial.Kind
    let reach: ContactDenial.Reach
    var tail: String? = nil
    let range: Range<Int>
  }

  let around: Surroundings
  private var s: [UInt32] { around.s }

  func find() -> [Denial] {
    around.hits(s.indices, [.broken, .mute, .dead, .former]).compactMap { said($0) ?? forbidden($0) }
  }

  // MARK: 手机已停用

  /// What the clause before a word for dead makes its subject.
  private func said(_ word: Surroundings.Hit) -> Denial? {
    let at = word.range.lowerBound
    guard !word.kinds.isDisjoint(with: [.broken, .mute, .dead]), !isDenied(at), !isAsked(word.range.upperBound) else {
      return nil
    }
    let start = subjectStart(at)
    if let tail = tail(start..<at) {
      return Denial(kind: .phone, reach: .everything, tail: tail, range: start..<word.range.upperBound)
    }
    let labels = around.hits(start..<at, .label).filter(isNoun)
    guard let last = labels.last, isBare(last.range.upperBound..<at), !isTool(last.range.lowerBound),
      !isOfAccount(word), let reach = reach(word, last, start)
    else { return nil }
    return Denial(kind: kind(labels), reach: reach, range: start..<word.range.upperBound)
  }

  /// 表单上的手机号，已停用: the clause before, where it is nothing but the contact.
  private func subjectStart(_ at: Int) -> Int {
    let start = around.clauseStart(at)
    guard start > 1, s[start - 1] == 0x2C, at - start <= 4 else { return start }
    let before = around.clauseStart(start - 1)
    let label = around.hits(before..<(start - 1), .label).last
    return label.map { start - 1 - $0.range.upperBound <= 1 } == true ? before : start
  }

  /// How far the words reach, `nil` where they speak of something else or of nothing certain.
  private func reach(_ word: Surroundings.Hit, _ label: Surroundings.Hit, _ start: Int) -> ContactDenial.Reach? {
    let at = word.range.lowerBound
    let found = around.hits(start..<at, [.form, .binding, .former, .passing, .other, .agent, .gone, .example])
    guard !found.contains(where: { !$0.kinds.isDisjoint(with: [.passing, .other, .agent, .gone, .example]) }) else {
      return nil
    }
    if found.contains(where: { $0.has(.form) }) { return .everything }
    // 请把手机号停用: a wish.
    let lead = start..<label.range.lowerBound
    guard !found.contains(where: { $0.has(.former) }), !isMessage(lead), !asks(lead)
    else { return nil }
    let isBroken = word.has(.broken) && !isDevice(label, word)
    if word.has(.mute), !word.has(.broken) { return .security }
    // 手机号换了，收不到验证码: the number that the account is bound to, the commonest reason to ask by hand.
    if s[label.range].starts(with: Self.mobile), !s[word.range].contains(where: Self.mistaken.contains) {
      return isBroken || word.has(.dead) ? .security : nil
    }
    if found.contains(where: { $0.has(.binding) }) { return isBroken || word.has(.dead) ? .fields : nil }
    return isBroken ? .everything : nil
  }

  /// 请把手机号停用. 请注意联系邮箱写错了 tells.
  private func asks(_ lead: Range<Int>) -> Bool {
    lead.contains { at in
      Self.asking.contains(s[at]) && !Self.telling.contains { s[(at + 1)..<lead.upperBound].starts(with: $0) }
    }
  }
  private static let telling = ["注意", "知悉", "知晓", "留意", "了解", "查看", "看", "原谅", "见谅", "放心"].map(Scalars.of)

  /// 手机换了, 手机登不上: the device, or how one signs in; a number is not signed in to.
  private func isDevice(_ label: Surroundings.Hit, _ word: Surroundings.Hit) -> Bool {
    guard !label.has(.mailLabel) else { return false }
    if s[word.range].contains(where: Self.signing.contains) { return true }
    return s[label.range].elementsEqual(Self.mobile) && s[word.range].contains(Self.exchange)
  }
  /// 写错, 有误, 不对, wrong
  private static let mistaken = ScalarSet("错误对w")
  /// 登 陆 进
  private static let signing = ScalarSet("登陆进")
  private static let mobile = Scalars.of("手机")
  /// 换
  private static let exchange: UInt32 = 0x6362

  /// 号码, 邮箱, 联系方式: names of things; 来电 and 拨打 are what one does.
  private func isNoun(_ label: Surroundings.Hit) -> Bool {
    let word = s[label.range]
    if word.contains(where: Self.doing.contains) { return false }
    return word.contains(where: Self.things.contains) || Self.latin.contains(Scalars.string(word))
  }
  private static let doing = ScalarSet("来致拨微件")
  private static let things = ScalarSet("机话号码固座式箱址")
  private static let latin: Set<String> = [
    "phone", "phone number", "mobile", "mobile phone", "cell phone", "telephone", "contact number", "email", "e-mail",
    "email address", "e-mail address", "mailbox",
  ]

  /// Between the contact and the word stands nothing that is spoken of itself: 手机验证码失效, 邮箱对应的账号已注销.
  private func isBare(_ between: Range<Int>) -> Bool {
    between.count <= 14
      && around.hits(between, [.aside, .notPhone, .own]).allSatisfy { Self.isNow(s[$0.range.lowerBound]) }
      && !s[between].contains(where: Self.asking.contains)
      && s[between].count(where: Scalars.isLetter) <= 12
  }
  /// 现在, 目前, 我, 已
  private static func isNow(_ s: UInt32) -> Bool { s == 0x73B0 || s == 0x76EE || s == 0x6211 }
  /// 请 帮 想
  private static let asking = ScalarSet("请帮想")

  /// 用手机登不上
  private func isTool(_ at: Int) -> Bool {
    guard at > 0, Self.tools.contains(s[at - 1]) else { return false }
    // 常用邮箱, 备用电话, 专用
    return at == 1 || !(s[at - 1] == 0x7528 && Self.ofUse.contains(s[at - 2]))
  }
  private static let ofUse = ScalarSet("常备专惯在")
  private static let tools = ScalarSet("用过以凭靠从")

  /// 提示手机号错误: what a page says.
  private func isMessage(_ range: Range<Int>) -> Bool {
    Self.messages.contains { message in
      range.contains { at in
        // 温馨提示：联系邮箱已停用
        s[at..<range.upperBound].starts(with: message) && !(at > 0 && s[at - 1] == 0x99A8)
      }
    }
  }
  private static let messages = ["提示", "显示", "报错", "校验", "弹出"].map(Scalars.of)

  /// 邮箱登录不了京东云账号, 手机号已注销过账号
  private func isOfAccount(_ word: Surroundings.Hit) -> Bool {
    let end = word.range.upperBound
    guard s[word.range].contains(where: Self.acts.contains) else { return false }
    return s[end..<min(s.count, end + 4)].prefix { !Surroundings.isStop($0) }.contains(where: Self.accounts.contains)
  }
  /// 登 注 开
  private static let acts = ScalarSet("登注开")
  /// 账 帐 京 腾 云 控 网
  private static let accounts = ScalarSet("账帐京腾云控网")

  /// 没停用, 未写错, 有没有写错, 是否停用
  private func isDenied(_ at: Int) -> Bool {
    guard at > 0 else { return false }
    if Self.denials.contains(s[at - 1]) { return true }
    return at > 1 && s[at - 1] == 0x6709 && Self.denials.contains(s[at - 2])
  }
  /// 没 未 非 否
  private static let denials = ScalarSet("没未非否")

  private func isAsked(_ end: Int) -> Bool {
    s[end..<min(s.count, end + 2)].prefix { $0 != 0x3002 && $0 != 0x2C }.contains(where: Self.questions.contains)
  }
  private static let questions = ScalarSet("吗么?")

  private func kind(_ labels: [Surroundings.Hit]) -> ContactDenial.Kind {
    var kinds: ContactWordSet = []
    var begin = labels.last?.range.lowerBound ?? 0
    for label in labels.reversed() {
      guard label.range.upperBound >= begin || begin - label.range.upperBound <= 3 else { break }
      if s[label.range].last == Self.ways { return .any }
      kinds.formUnion(label.kinds)
      begin = label.range.lowerBound
    }
    if kinds.has(.mailLabel), kinds.has(.phoneLabel) { return .any }
    return kinds.has(.mailLabel) ? .email : .phone
  }
  /// 式
  private static let ways: UInt32 = 0x5F0F

  // MARK: 尾号8000已停用

  private func tail(_ range: Range<Int>) -> String? {
    for at in range {
      guard let word = Self.tails.first(where: { s[at..<range.upperBound].starts(with: $0) }) else { continue }
      var from = at + word.count
      while from < range.upperBound, from - at < 10, Self.links.contains(s[from]) { from += 1 }
      let digits = s[from..<range.upperBound].prefix(while: Scalars.isDigit)
      if (3...6).contains(digits.count) { return Scalars.string(digits) }
    }
    return nil
  }
  private static let tails = ["尾号", "后四位", "末四位", "后4位", "末4位", "ending in", "ending with"].map(Scalars.of)
  private static let links = ScalarSet("是为: 的")

  // MARK: 请勿拨打表单上的手机

  private func forbidden(_ word: Surroundings.Hit) -> Denial? {
    guard Self.forbidding.contains(s[word.range.lowerBound]) else { return nil }
    let end = word.range.upperBound
    let stop = min(around.clauseEnd(end), end + 14)
    guard let form = around.hits(end..<max(end, stop), .form).first, form.range.lowerBound - end <= 4 else {
      return nil
    }
    let labels = around.hits(form.range.lowerBound..<stop, .label).filter(isNoun)
    guard !labels.isEmpty else { return nil }
    return Denial(kind: kind(labels), reach: .everything, range: word.range.lowerBound..<stop)
  }
  /// 不 别 勿 请 d i
  private static let forbidding = ScalarSet("不别勿请di")
}
