/// Whose a number or an address is, told by the words around it: the nearest word before it, then what follows it.
struct ContactOwner {
  enum Verdict: Sendable { case applicant, agent, other, dead }

  let around: Surroundings
  var s: [UInt32] { around.s }

  /// A place in a text where a contact stands.
  struct Place {
    var range: Range<Int>
    var isHotline: Bool
    /// A number of four digits and more, or an address, may follow in the same list.
    var shape: PhoneHit.Shape
    var isAddress = false
  }

  /// Verdicts of all contacts of one kind, in the order of the text.
  func verdicts(_ places: [Place]) -> [Verdict] {
    var verdicts: [Verdict] = []
    // Those of which nothing at all is said, and those that are said to be the applicant's.
    var bare: [Int] = []
    var own: [Int] = []
    for (index, place) in places.enumerated() {
      if let verdict = around.isConfirmed(place.range) ? .applicant : quoted(place) {
        verdicts.append(verdict)
        continue
      }
      let last = index > 0 ? places[index - 1].range.upperBound : 0
      let spoken = isExample(place) ? .other : before(place, last) ?? scoped(place)
      var verdict = isAgentsLine(place) ? .agent : spoken
      // Listed after one another (139…、137…) they share an owner.
      if verdict == nil, index > 0, isListed(places[index - 1].range.upperBound, place.range.lowerBound),
        verdicts[index - 1] != .dead || places[index - 1].range.upperBound + 1 == place.range.lowerBound
      {
        verdict = verdicts[index - 1]
      }
      // 客户经理换了三个：小李 139…、小张 138…
      if verdict == nil, index > 0, verdicts[index - 1] == .agent || verdicts[index - 1] == .other,
        isNamedList(last, place.range.lowerBound)
      {
        verdict = verdicts[index - 1]
      }
      let next = index + 1 < places.count ? places[index + 1].range.lowerBound : s.count
      let isMended = index > 0 && isArrow(afterNote(last, place.range.lowerBound)..<place.range.lowerBound)
      if let later = after(place, spoken, next, isMended: isMended) { verdict = later }
      if let wider = sentence(place, verdict, last, next) { verdict = wider }
      if verdict == nil, isUnanswered(place) || isSender(place) { verdict = .other }
      if verdict == .other, isAllOwn(place.range.upperBound) { verdict = .applicant }
      if verdict == nil, isCaller(place) || isTalking(place) { verdict = .other }
      if verdict == nil { bare.append(index) } else if spoken == .applicant, verdict == .applicant { own.append(index) }
      verdicts.append(verdict ?? .applicant)
      if index > 0, isSaidOfAll(place.range.upperBound) || verdict == .applicant && verdicts[index - 1] == .other {
        unite(places, index, &verdicts)
      }
    }
    if let last = own.last {
      for index in bare where index < last && isPassedOver(places, index, last) { verdicts[index] = .other }
    }
    correct(places, &verdicts)
    return verdicts
  }

  /// What is said of the last of a list is said of those before it: A 和 B 都不是我的; A、B，都是我们公司的.
  private func unite(_ places: [Place], _ last: Int, _ verdicts: inout [Verdict]) {
    let end = places[last].range.upperBound
    guard verdicts[last] == .dead || verdicts[last] == .applicant && isAllOwn(end) else { return }
    var index = last
    while index > 0, isListed(places[index - 1].range.upperBound, places[index].range.lowerBound),
      verdicts[last] == .dead || verdicts[index - 1] == .other
    {
      index -= 1
      verdicts[index] = verdicts[last]
    }
  }

  private func isListed(_ end: Int, _ start: Int) -> Bool {
    guard end <= start, start - end <= 5 else { return false }
    if s[end..<start].allSatisfy(Contacts.isJoiner) { return true }
    return Self.joining.contains(Scalars.string(s[end..<start].filter { $0 != 0x20 }))
  }

  private static let joining: Set<String> = ["还是", "或者", "以及", "或是"]

  /// 139…（前员工）, 黑客改成了 a@example.com: somebody of whom it is plain that the applicant is not reached there. A login,
  /// and people near to the applicant, speak against nothing that he writes into a form.
  func isStrangers(_ contact: Range<Int>, _ verdict: Verdict) -> Bool {
    guard verdict == .other else { return false }
    let end = noteEnd(contact.upperBound) ?? around.clauseEnd(contact.upperBound)
    return [around.clauseStart(contact.lowerBound)..<contact.lowerBound, contact.upperBound..<end].contains { range in
      around.hits(range, [.other, .gone, .fraud, .unwanted]).contains { !isNear($0) }
    }
  }

  private func isNear(_ hit: Surroundings.Hit) -> Bool {
    hit.has(.other) && around.words.phrases.match(s, hit.range.lowerBound, below: hit.range.upperBound, .near) != nil
  }

  /// Where the bracket closes that hangs on a contact.
  private func noteEnd(_ end: Int) -> Int? {
    guard end < s.count, s[end] == 0x28 else { return nil }
    return s[end..<min(s.count, end + 30)].firstIndex(of: 0x29)
  }

  // MARK: Before it

  /// - Parameter last: where the contact before ends; what hangs on it (139…（停机）、) says nothing of this one.
  private func before(_ place: Place, _ last: Int) -> Verdict? {
    let at = place.range.lowerBound
    var start = around.clauseStart(at)
    if last > start || around.clauseStart(at) == last { start = min(at, pastNote(last, at)) }
    if last > 0 { start = max(start, afterNote(last, at)) }
    var found = around.hits(start..<at, place.isAddress ? ContactWordSet.owner.union(.written) : .owner)
    if place.isHotline { return hotline(start..<at) ?? row(place) }
    while let nearest = found.last,
      isPassing(nearest) || isAccount(nearest, at) || isAsked(nearest, place) || isGiven(nearest, at)
        || isSaidBefore(nearest, place)
    {
      found.removeLast()
    }
    if isLogin(start..<at) { return isUsable(place, start) || isSubject(start) ? .applicant : .other }
    if isMine(at, start) { return .applicant }
    guard let nearest = found.last else { return introduced(start) ?? row(place) ?? column(at) }
    if nearest.has(.own), isChangedByOthers(nearest) || isNotedGone(nearest, at) { return .other }
    if nearest.has(.own), isHisOwn(nearest) { return .other }
    if nearest.has(.own) { return isFormer(nearest, found) ? .dead : .applicant }
    if nearest.has(.agent) { return isOurs(nearest, start) ? .applicant : .agent }
    if nearest.has(.other), isShared(nearest, place) || isRequested(nearest, start) || isMyself(nearest) {
      return .applicant
    }
    if nearest.has(.other) || nearest.has(.written) { return .other }
    if nearest.has(.binding) { return isUsable(place, start) || isSubject(start) ? .applicant : .other }
    return .dead
  }

  /// Behind the bracket that hangs on a contact: 139…（旧，已停用）、138….
  func afterNote(_ last: Int, _ at: Int) -> Int {
    guard last < at, s[last] == 0x28 else { return min(last, at) }
    return s[last..<min(at, last + 30)].firstIndex(of: 0x29).map { $0 + 1 } ?? last
  }

  private func pastNote(_ last: Int, _ at: Int) -> Int {
    var start = last
    if start < at, s[start] == 0x28, let close = s[start..<at].firstIndex(of: 0x29) { start = close + 1 }
    if let mark = s[start..<at].lastIndex(of: 0x3001) { start = mark + 1 }
    return start
  }

  /// 原管理员是王五，手机…: the clause before names somebody else and ends with him.
  func introduced(_ start: Int) -> Verdict? {
    guard start > 1, s[start - 1] == 0x2C else { return nil }
    let from = around.clauseStart(start - 1)
    if introducesAgent(from, start - 1) { return .agent }
    guard let last = around.hits(from..<(start - 1), .owner).last, last.has(.other) || last.has(.agent) else {
      return nil
    }
    let rest = s[last.range.upperBound..<(start - 1)]
    // 合伙人老秦，手机…: he and his name are the whole clause.
    if last.range.lowerBound == from, last.has(.other), rest.count <= 3, rest.allSatisfy(Scalars.isHan),
      around.hits(last.range.upperBound..<(start - 1), [.gone, .dead]).isEmpty, s[start] != Self.contact
    {
      return .other
    }
    guard rest.count <= 5, let first = rest.first,
      first == 0x662F || first == 0x53EB || first == 0x4E3A || first == 0x3A
    else { return nil }
    return last.has(.agent) ? .agent : .other
  }

  /// 我是腾讯云工程师李工，联系电话…: the provider's name and an office of its people. 我是运维工程师 is the applicant.
  private func introducesAgent(_ from: Int, _ end: Int) -> Bool {
    guard from + 2 < end, s[from + 1] == 0x662F || s[from + 2] == 0x662F else { return false }
    let brand = from + (s[from + 1] == 0x662F ? 2 : 3)
    guard s[from] == 0x6211 || s[from] == 0x8FD9,
      let name = around.words.phrases.match(s, brand, below: end, .brand)
    else { return false }
    return around.words.phrases.match(s, brand + name.length, below: end, .agent) != nil
  }

  /// 联: 联系电话 begins about the applicant.
  static let contact: UInt32 = 0x8054

  /// Numbers that begin with 400, 800 or 95 are mostly somebody's service: the applicant's own only where he says so.
  private func hotline(_ clause: Range<Int>) -> Verdict? {
    let found = around.hits(clause, ContactWordSet.owner.union(.hotline))
    if found.contains(where: { $0.has(.own) && Self.isOwn(s[$0.range.lowerBound]) }) { return .applicant }
    if found.contains(where: { $0.has(.agent) || $0.has(.hotline) }) { return .agent }
    return found.last.map { $0.has(.other) || $0.has(.binding) ? .other : $0.has(.own) ? .applicant : .dead }
  }

  /// 我, 本, 敝, 联, 现, 新, m, o: how the plainest words for one's own begin.
  private static func isOwn(_ s: UInt32) -> Bool {
    switch s {
    case 0x6211, 0x672C, 0x655D, 0x8054, 0x73B0, 0x65B0, 0x6D, 0x6F: true
    default: false
    }
  }

  /// The applicant says that the account's own number reaches him.
  private func isUsable(_ place: Place, _ start: Int) -> Bool {
    let end = place.range.upperBound
    if !around.hits(start..<place.range.lowerBound, .usable).isEmpty { return true }
    let stop = around.clauseEnd(end)
    if !around.hits(end..<stop, .usable).isEmpty { return stop == s.count || !Scalars.isDigit(s[stop]) }
    if isEveryOneUsable(end) || areAllAboveUsable(end) { return true }
    guard stop < s.count, s[stop] == 0x2C else { return false }
    let next = around.clauseEnd(stop + 1)
    guard next == s.count || !(Scalars.isDigit(s[next]) || s[next] == 0x40) else { return false }
    let words = around.hits((stop + 1)..<next, [.usable, .dead, .phoneLabel, .mailLabel])
    // 以上联系方式都已不能使用
    return words.first?.has(.usable) == true && !s[(stop + 1)..<next].contains(0x4E0D)
  }

  /// 注册手机 138…，邮箱 a@example.com，均可联系: said of all of them, up to the end of the sentence.
  private func isEveryOneUsable(_ end: Int) -> Bool {
    var stop = end
    while stop < s.count, stop - end < 80, !Surroundings.isFullStop(s[stop]) { stop += 1 }
    return around.hits(end..<stop, .usable)
      .contains { s[$0.range.lowerBound] == 0x5747 || s[$0.range.lowerBound] == 0x90FD }
  }

  // MARK: After it

  /// - Parameter next: where the next contact begins; words before it may be its own.
  /// - Parameter isMended: an arrow leads to it from what it was before.
  private func after(_ place: Place, _ spoken: Verdict?, _ next: Int, isMended: Bool) -> Verdict? {
    let end = place.range.upperBound
    var stop = around.clauseEnd(end)
    guard end < s.count else { return nil }
    let isBracket = s[end] == 0x28
    if isBracket, let note = noteEnd(end), Self.notes.contains(Scalars.string(s[(end + 1)..<note])) { return .dead }
    if spoken == nil, isOfAccountAhead(end, place) {
      return isUsable(place, place.range.lowerBound) ? .applicant : .other
    }
    // “138…”是旧的
    let said = place.range.lowerBound > 0 && Self.isPair(s[place.range.lowerBound - 1], s[end]) ? end + 1 : end
    // 138… (旧), 138… (同事): only the bracket speaks of it; the bracket itself may hold its commas.
    if isBracket, let close = s[end..<min(s.count, end + 30)].firstIndex(of: 0x29) { stop = close }
    let segment = end..<max(end, min(stop, next))
    // 现在 says when, not whose it is.
    var words = around.hits(segment, .owner)
    words.removeAll { $0.has(.own) && Self.present.contains(s[$0.range.lowerBound]) }
    let own = words.first { !$0.has(.own) || $0.has(.dead) }
    if let own, own.has(.dead), !isSupposed(place), words.first?.range == own.range || !words[0].has(.own) {
      // 138…打不通就打139…: the word must be near.
      if own.range.lowerBound - end <= 12, !speaksOfAnother(end, own.range.lowerBound), !isPassing(own),
        !isHarmless(own.range.lowerBound, own.range.upperBound, place), !isRight(own)
      {
        // 137… → 138…（上月换号）
        if isMended, s[own.range.lowerBound] == Self.exchange { return nil }
        return .dead
      }
    }
    if next >= stop, isBracket || isStatement(said) {
      // 138…是公司的值班手机
      if !isBracket, Self.own.contains(where: { s[said...].starts(with: $0) }) { return .applicant }
      if let first = words.first {
        if first.has(.own) { return spoken == .dead ? nil : .applicant }
        if first.has(.agent) { return .agent }
        if first.has(.other) { return isShared(first, place) ? .applicant : .other }
        if first.has(.binding) { return spoken == .applicant ? nil : .other }
        // (打之前说一声) tells when.
        if first.has(.former), s[end..<first.range.lowerBound].allSatisfy(Self.pointing.contains) { return .dead }
      }
    }
    return nextClause(stop, place)
  }

  /// What a bracket on a contact may hold that is no word for dead in a sentence.
  private static let notes: Set<String> = ["不用", "不用了", "不要", "不要了", "旧", "错", "错的", "停", "无效", "勿用"]
  private static let own = ["是公司", "是单位", "是我们", "是部门", "是办公室", "是家里"].map(Scalars.of)
  /// How 现在 and 目前 begin.
  private static let present = ScalarSet("现目")
  /// 换
  private static let exchange: UInt32 = 0x6362
  /// What may stand before 旧 and 以前的 in a note on a contact.
  private static let pointing = ScalarSet("(这那是个为该此号码已属于都也,， ”」")

  /// 138…是同事的, 138… 现在由同事用
  private func isStatement(_ at: Int) -> Bool {
    var at = at
    if at + 3 < s.count, s[at] == 0x20, s[at + 1] == 0x69, s[at + 2] == 0x73, s[at + 3] == 0x20 { return true }
    if at < s.count, s[at] == 0x20 { at += 1 }
    var skipped = 0
    while skipped < 3, at < s.count, !Self.copulas.contains(s[at]),
      let word = around.words.phrases.match(s, at, below: s.count, .this)
    {
      at += word.length
      skipped += 1
      if Self.copulas.contains(s[at - 1]) { return true }
    }
    return at < s.count && Self.copulas.contains(s[at])
  }
  private static let copulas = ScalarSet("是为属这归由被")

  /// Another label stands between the number and the word: 138…邮箱写错.
  private func speaksOfAnother(_ from: Int, _ to: Int) -> Bool {
    !around.hits(from..<to, [.phoneLabel, .mailLabel, .notPhone, .former, .earlier]).isEmpty
  }

  /// 138…，这个号已停用: the next clause speaks of it where it begins with a pronoun or with the word itself.
  private func nextClause(_ stop: Int, _ place: Place) -> Verdict? {
    guard stop < s.count, s[stop] == 0x2C || s[stop] == 0x29 else { return nil }
    var i = stop + 1
    if s[stop] == 0x29, i < s.count, s[i] == 0x2C { i += 1 }
    // 哦不对，那是…
    while i < s.count, Self.sounds.contains(s[i]) { i += 1 }
    let end = around.clauseEnd(i)
    let start = i
    while i < end {
      if i > start, let other = around.words.phrases.match(s, i, below: end, [.other, .gone]),
        Self.copulas.contains(s[i - 1]) || other.kinds.has(.gone)
      {
        return .other
      }
      // 那就是我的号
      if i > start, Self.copulas.contains(s[i - 1]), let own = around.words.phrases.match(s, i, below: end, .own),
        Self.isOwn(s[i]), own.kinds.has(.own)
      {
        return .applicant
      }
      if let dead = around.words.phrases.match(s, i, below: end, .dead) {
        if isHarmless(i, i + dead.length, place) || isOfAccount(i..<(i + dead.length), place)
          || isRight(Surroundings.Hit(kinds: dead.kinds, range: i..<(i + dead.length)))
        {
          return nil
        }
        // 改为 and the like begin a sentence of their own.
        return dead.kinds.has(.dead) ? .dead : nil
      }
      guard let word = around.words.phrases.match(s, i, below: end, .this) else { return nil }
      i += word.length
      while i < end, s[i] == 0x20 || s[i] == 0x53F7 || s[i] == 0x7801 { i += 1 }
      if around.words.phrases.match(s, i, below: end, .label) != nil,
        word.kinds.has(.this), s[i - 1] == 0x4E2A || s[i - 1] == 0x8BE5 || s[i - 1] == 0x6B64,
        let label = around.words.phrases.match(s, i, below: end, .label)
      {
        i += label.length
      }
    }
    return nil
  }

  /// 138…，登录不上控制台; 138…，不再使用京东云: said of the account. A number is not signed in to.
  private func isOfAccount(_ word: Range<Int>, _ place: Place) -> Bool {
    if !place.isAddress, s[word].contains(where: Self.signing.contains) { return true }
    let rest = s[word.upperBound..<min(s.count, word.upperBound + 5)].prefix { !Surroundings.isStop($0) }
    if let brand = around.hits(rest.startIndex..<rest.endIndex, .brand).first {
      return brand.range.lowerBound - rest.startIndex <= 2
    }
    // 停机了账号也登不上: the number is dead, and the account is spoken of besides.
    if s[word].contains(where: Self.ended.contains) || rest.contains(where: Self.besides.contains) { return false }
    return rest.contains { Self.accounts.contains($0) && !(place.isAddress && $0 == 0x4E91) }
  }
  /// 停机 空号 作废 坏了 丢了
  private static let ended = ScalarSet("机空废坏丢")
  /// 也 都
  private static let besides = ScalarSet("也都")
  /// 登 陆 进 开
  private static let signing = ScalarSet("登陆进开")
  /// The first scalars of 账号, 帐户, 控制台, 云服务.
  private static let accounts = ScalarSet("账帐控云")

  private static let sounds = ScalarSet("哦噢呃嗯啊呀唉哎")

  /// 别打错, 别打电话, 不要打“139…”: says how to use it, or speaks of the next one.
  private func isHarmless(_ start: Int, _ end: Int, _ place: Place) -> Bool {
    guard end < s.count, s[start] == 0x522B || s[start] == 0x4E0D || s[start] == 0x52FF || s[start] == 0x8BF7 else {
      return false
    }
    if place.isAddress, s[end - 1] == 0x6253 { return true }
    // 错 丢 漏 扰
    if s[end] == 0x9519 || s[end] == 0x4E22 || s[end] == 0x6F0F || s[end] == 0x6270 { return true }
    if s[end - 1] == 0x6253, s[end...].starts(with: [0x7535, 0x8BDD]) { return true }
    // 对不对
    if start > 0, s[start - 1] == 0x5BF9, s[end - 1] == 0x5BF9 { return true }
    var i = end
    while i < s.count, i - end < 3, !Scalars.isWord(s[i]), !Surroundings.isStop(s[i]) { i += 1 }
    return i < s.count && (Scalars.isDigit(s[i]) || Scalars.isLetter(s[i]))
  }

  // MARK: Corrections

  /// What was written first and then corrected is no contact, wherever it stands.
  private func correct(_ places: [Place], _ verdicts: inout [Verdict]) {
    for (index, place) in places.enumerated() where verdicts[index] == .applicant {
      if index > 0 {
        let last = afterNote(places[index - 1].range.upperBound, place.range.lowerBound)
        let start = min(max(last, correctionStart(place.range.lowerBound)), place.range.lowerBound)
        if start < place.range.lowerBound,
          isArrow(start..<place.range.lowerBound)
            || !around.hits(start..<place.range.lowerBound, .correction).isEmpty
        {
          let earlier = (0..<index).last { verdicts[$0] == .applicant && places[$0].shape == place.shape }
          if let earlier { verdicts[earlier] = .dead }
        }
      }
      let end = place.range.upperBound
      if index > 0, isSaidOfEarlier(end) { verdicts[index - 1] = .dead }
      if !around.hits(end..<around.clauseEnd(min(end + 1, s.count)), .final).isEmpty {
        for other in places.indices where other != index && verdicts[other] == .applicant { verdicts[other] = .dead }
      }
    }
  }

  /// 138…（前面那个写错了）: the contact before it is meant.
  private func isSaidOfEarlier(_ end: Int) -> Bool {
    guard end < s.count, s[end] == 0x28 || s[end] == 0x2C,
      let earlier = around.hits(end..<min(end + 8, s.count), .earlier).first
    else { return false }
    return !around.hits(earlier.range.upperBound..<around.clauseEnd(earlier.range.upperBound), .dead).isEmpty
  }

  /// 137… → 138…
  private func isArrow(_ between: Range<Int>) -> Bool {
    if between.count <= 6,
      between.contains(where: {
        s[$0] == 0x2192 || s[$0] == 0x3E && $0 > 0 && (s[$0 - 1] == 0x2D || s[$0 - 1] == 0x3D)
      })
    {
      return true
    }
    // 139… 改 138…
    let words = s[between].filter { $0 != 0x20 }
    return words.count == 1 && (words[0] == Self.exchange || words[0] == 0x6539)
  }

  /// As a clause's start, but full stops and breaks do not end it: 写错了。应为….
  private func correctionStart(_ at: Int) -> Int {
    var i = at
    var digits = 0
    while i > 0, at - i < Surroundings.reach, s[i - 1] != 0x40 {
      digits = Scalars.isDigit(s[i - 1]) ? digits + 1 : 0
      if digits >= 5 { break }
      i -= 1
    }
    return i
  }
}
