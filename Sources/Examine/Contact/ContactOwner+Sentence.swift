/// What the sentence around a contact says of it: reported talk, swindlers, people who need not or shall be asked. Every
/// look is bounded.
extension ContactOwner {
  /// Furthest look ahead and back.
  private static let reach = 60

  /// - Parameter verdict: what the words next to the contact say.
  /// - Parameter last: where the contact of the same kind before it ends; `next`: where the one behind it begins.
  /// - Returns: `nil` where the sentence adds nothing.
  func sentence(_ place: Place, _ verdict: Verdict?, _ last: Int, _ next: Int) -> Verdict? {
    guard verdict != .dead, verdict != .agent else { return nil }
    let start = sentenceStart(place.range.lowerBound)
    let end = sentenceEnd(place.range.upperBound)
    if verdict == .other {
      let said = around.hits(place.range.upperBound..<min(end, next), [.designated, .unwanted])
      return said.first.map { $0.has(.designated) && !isDenied($0) } == true ? .applicant : nil
    }
    // 138…（本人）/ 139…（已离职）: a note speaks of what it hangs on.
    let free = last > 0 ? afterNote(last, place.range.lowerBound) : 0
    if isOwn(start..<place.range.lowerBound, free) { return nil }
    if isReported(start..<place.range.lowerBound) || isPasted(place) { return .other }
    if isPast(place, max(start, last), next) { return .dead }
    let after = around.hits(place.range.upperBound..<end, .fraud).first
    if let after, commas(place.range.upperBound..<after.range.lowerBound) < 2 { return .other }
    if isLeft(place, next) { return .other }
    if verdict == nil, isCustomers(place, start) || isUnansweredThere(place, next) || wroteTo(place) || isHis(place) {
      return .other
    }
    let said = around.hits(place.range.upperBound..<min(end, max(next, place.range.upperBound)), .unwanted)
    if let first = said.first, !isDenied(first) { return .other }
    return nil
  }

  /// 有人说找 139… 就能秒销, 短信里说请致电 139…; not what the applicant says himself or was asked for.
  private func isReported(_ before: Range<Int>) -> Bool {
    guard let hit = around.hits(before, [.reported, .fraud]).last, around.hits(before, .asked).isEmpty,
      commas(hit.range.upperBound..<before.upperBound) < 2
    else { return false }
    let clause = max(before.lowerBound, around.clauseStart(hit.range.lowerBound))
    return !s[clause..<hit.range.lowerBound].contains(Self.me)
  }

  /// 收到的短信贴给你们：…请致电 139…: what stands behind the colon, up to the end of its line, is the sender's, but for
  /// what the applicant calls his own there.
  private func isPasted(_ place: Place) -> Bool {
    let at = place.range.lowerBound
    var start = at
    while start > 0, at - start < 120, s[start - 1] != 10 { start -= 1 }
    guard let colon = s[start..<at].firstIndex(of: 0x3A), colon > start,
      let lead = around.hits(around.clauseStart(colon)..<colon, [.speech, .reported]).last,
      lead.has(.reported) || s[lead.range].contains(where: Self.passedOn.contains), !s[colon..<at].contains(Self.me)
    else { return false }
    // 收到邮件请回：…
    return s[lead.range.upperBound..<colon].allSatisfy {
      Scalars.isHan($0) && !Self.inviting.contains($0) || $0 == 0x20
    }
  }
  private static let passedOn = ScalarSet("收转")
  private static let inviting = ScalarSet("请回复联打后可就")
  /// 我
  private static let me: UInt32 = 0x6211
  private func commas(_ range: Range<Int>) -> Int { s[range].count { $0 == 0x2C } }

  /// 我的, 本公司, my: what nobody else says of himself. 请打, 联系人 may be quoted.
  private func isOwn(_ before: Range<Int>, _ last: Int) -> Bool {
    let from = max(before.lowerBound, min(last, before.upperBound))
    guard let own = around.hits(from..<before.upperBound, [.own, .other, .agent, .reported]).last, own.has(.own)
    else { return false }
    return s[own.range].contains(where: Self.mine.contains)
  }
  /// 我 本 敝 现 新, and the m and o of my and our.
  private static let mine = ScalarSet("我本敝现新mo")

  /// 不, 别, 没 before it.
  private func isDenied(_ hit: Surroundings.Hit) -> Bool {
    let at = hit.range.lowerBound
    return at > 0 && Self.denials.contains(s[at - 1]) || at > 1 && s[at - 1] == 0x7528 && s[at - 2] == 0x4E0D
  }
  private static let denials = ScalarSet("不别勿没无未非")

  private func sentenceStart(_ at: Int) -> Int {
    var i = at
    while i > 0, at - i < Self.reach, !Surroundings.isFullStop(s[i - 1]) || s[i - 1] == 0x7C { i -= 1 }
    return i
  }

  /// A question mark belongs to its sentence, so does what a comma parts.
  private func sentenceEnd(_ at: Int) -> Int {
    var i = at
    while i < s.count, i - at < Self.reach, !Surroundings.isFullStop(s[i]) || s[i] == 0x7C { i += 1 }
    return i
  }

  /// 原联系人陈某 139… 本月离任; …，他已不在我司: the clause says that he is gone, or the next one of him.
  private func isLeft(_ place: Place, _ next: Int) -> Bool {
    let end = place.range.upperBound
    var stop = around.clauseEnd(end)
    // 139…（李，已离职）
    if end < s.count, s[end] == 0x28, let close = s[end..<min(s.count, end + 30)].firstIndex(of: 0x29) {
      stop = max(stop, close)
    }
    if stop + 1 < s.count, s[stop] == 0x2C, Self.third.contains(s[stop + 1]) { stop = around.clauseEnd(stop + 1) }
    return !around.hits(end..<max(end, min(next, stop)), .gone).isEmpty
  }
  /// 他 她 它 其 该 对 人
  private static let third = ScalarSet("他她它其该对人")

  /// 我原来在北京，座机 010-…；现在搬到成都，座机 028-…: then and now.
  private func isPast(_ place: Place, _ start: Int, _ next: Int) -> Bool {
    let before = start..<max(start, place.range.lowerBound)
    guard around.hits(before, .former).contains(where: { Self.times.contains(s[$0.range.lowerBound]) }) else {
      return false
    }
    let end = place.range.upperBound
    let stop = max(end, min(s.count, next, end + 30))
    return around.hits(end..<stop, .own).contains { Self.now.contains(s[$0.range.lowerBound]) }
  }
  private static let times = ScalarSet("以原之过曾先")
  private static let now = ScalarSet("现目新改换更最")

  /// 我给 a@example.com 和 b@example.com 都写了信
  private func wroteTo(_ place: Place) -> Bool {
    let at = place.range.lowerBound
    guard at > 0, Self.towards.contains(s[at - 1]) || at > 1 && s[at - 1] == 0x20 && Self.towards.contains(s[at - 2])
    else { return isTried(place) }
    var i = place.range.upperBound
    // 已…发至 a@example.com, 发到 a@example.com 了
    if Self.arrived(s[..<at]) {
      let clause = s[around.clauseStart(at)..<at]
      if !clause.contains(0x8BF7), clause.contains(where: Self.before.contains) || i < s.count && isDone(i) {
        return true
      }
    }
    while i + 1 < s.count, i - place.range.upperBound < 40, !Surroundings.isStop(s[i]) {
      if Self.writing.contains(s[i]), Self.done.contains(s[i + 1]) { return true }
      i += 1
    }
    return false
  }
  /// …说发邮件 a@example.com，我也发了
  private func isTried(_ place: Place) -> Bool {
    let end = place.range.upperBound
    guard end + 3 < s.count, s[end] == 0x2C, s[end + 1] == Self.me else { return false }
    return (end + 2..<min(s.count - 1, end + 4)).contains {
      Self.writing.contains(s[$0]) && Self.done.contains(s[$0 + 1])
    }
  }
  /// 了 behind it, perhaps after a blank.
  private func isDone(_ at: Int) -> Bool {
    s[at] == 0x4E86 || s[at] == 0x20 && at + 1 < s.count && s[at + 1] == 0x4E86
  }
  /// 发到, 寄至
  private static func arrived(_ head: ArraySlice<UInt32>) -> Bool {
    let head = head.last == 0x20 ? head.dropLast() : head
    return head.count > 1 && writing.contains(head[head.endIndex - 2])
  }
  private static let before = ScalarSet("已曾过了")
  private static let towards = ScalarSet("给向往跟到至")
  private static let writing = ScalarSet("写发寄打去投传交")
  private static let done = ScalarSet("了过信诉")

  // MARK: Rows

  /// |原管理员|李二|139…|, |客服电话|400…|: a cell of the row says whose it is.
  func row(_ place: Place) -> Verdict? {
    let at = place.range.lowerBound
    var start = at
    while start > 0, at - start < 120, s[start - 1] != 10 { start -= 1 }
    var end = place.range.upperBound
    while end < s.count, end - place.range.upperBound < 80, s[end] != 10 { end += 1 }
    guard s[start..<at].contains(0x7C) || place.range.upperBound < end && s[place.range.upperBound..<end].contains(0x7C)
    else { return nil }
    if !around.hits(place.range.upperBound..<end, [.unwanted, .gone]).isEmpty { return .other }
    for cell in s[start..<at].split(separator: 0x7C).reversed() where cell.count <= 12 {
      guard let owner = around.hits(cell.startIndex..<cell.endIndex, .owner).first else { continue }
      if owner.has(.own) { return nil }
      return owner.has(.agent) ? .agent : owner.has(.dead) ? nil : .other
    }
    return nil
  }

  // MARK: Requests

  /// 请打我老婆 139…, 发到我女儿手机 139…: people near to the applicant whom he asks to be called.
  func isRequested(_ other: Surroundings.Hit, _ start: Int) -> Bool {
    guard around.words.phrases.match(s, other.range.lowerBound, below: s.count, .near) != nil else { return false }
    var at = other.range.lowerBound
    while at > start, other.range.lowerBound - at < 2, s[at - 1] == Self.me || s[at - 1] == 0x7684 { at -= 1 }
    guard let verb = Self.requests.first(where: { at - start >= $0.count && s[start..<at].suffix($0.count) == $0[...] })
    else { return false }
    let clause = s[start..<(at - verb.count)]
    return !clause.contains(Self.me) && !(clause.last.map(Self.denials.contains) ?? false)
      && !isOtherMatter(clause.startIndex, clause.endIndex)
  }

  /// 合同盖章的事找我同事 139…: he is to be asked about something else than the closing.
  private func isOtherMatter(_ start: Int, _ end: Int) -> Bool {
    let from = start > 0 && s[start - 1] == 0x2C ? around.clauseStart(start - 1) : start
    return !around.hits(from..<end, .matter).isEmpty && around.hits(from..<end, .closing).isEmpty
  }
  private static let requests = ["打", "拨打", "拨", "致电", "联系", "找", "发到", "发给", "发至", "寄到", "通知", "打给"].map(Scalars.of)

  /// 受让方（我）, 管理员(本人)
  func isMyself(_ other: Surroundings.Hit) -> Bool {
    let rest = s[other.range.upperBound...]
    return rest.starts(with: [0x28, Self.me, 0x29]) || rest.starts(with: [0x28, 0x672C, 0x4EBA])
  }

  /// 原联系人, 以前联系我用: a word of the past right before one's own.
  func isFormer(_ own: Surroundings.Hit, _ found: [Surroundings.Hit]) -> Bool {
    guard found.count > 1, !Self.now.contains(s[own.range.lowerBound]) else { return false }
    let before = found[found.count - 2]
    guard before.has(.former), Self.times.contains(s[before.range.lowerBound]) else { return false }
    let between = s[before.range.upperBound..<max(before.range.upperBound, own.range.lowerBound)]
    return between.count <= 2 && between.allSatisfy { Scalars.isHan($0) && $0 != 0x4E86 }
  }

  /// 账号是我帮客户开的，客户手机 139…
  private func isCustomers(_ place: Place, _ start: Int) -> Bool {
    let clause = around.clauseStart(place.range.lowerBound)
    let said = s[clause..<place.range.lowerBound]
    guard said.starts(with: Self.customer) else { return false }
    return !around.hits(start..<clause, .client).isEmpty
  }
  private static let customer = Scalars.of("客户")

  /// a@example.com 也没人回: nobody answers there.
  private func isUnansweredThere(_ place: Place, _ next: Int) -> Bool {
    guard place.isAddress else { return false }
    let end = place.range.upperBound
    guard let word = around.hits(end..<max(end, min(next, around.clauseEnd(end))), .unanswered).first else {
      return false
    }
    return word.range.lowerBound - end <= 4
  }

  // MARK: Several contacts

  /// 、小张 : a name between two of a list.
  func isNamedList(_ end: Int, _ start: Int) -> Bool {
    guard start > end, start - end <= 7, s[end] == 0x3001 || s[end] == 0x2C else { return false }
    return s[(end + 1)..<start].allSatisfy { Scalars.isHan($0) || $0 == 0x20 } && around.hits(end..<start, .any).isEmpty
  }

  /// Nothing is said of the one, in a sentence that tells something, and the other is said to be the one to use:
  /// 群发邮箱 a@example.com 请去掉，以后只用 b@example.com.
  func isPassedOver(_ places: [Place], _ index: Int, _ other: Int) -> Bool {
    let place = places[index]
    let between = s[place.range.upperBound..<max(place.range.upperBound, places[other].range.lowerBound)].prefix(120)
    guard between.contains(where: { $0 == 0x2C || $0 == 0x3002 || $0 == 0x3B || $0 == 10 }),
      around.hits(around.clauseStart(place.range.lowerBound)..<place.range.lowerBound, .label).isEmpty
    else { return false }
    let clause = around.clauseStart(places[other].range.lowerBound)
    guard around.hits(clause..<places[other].range.lowerBound, .own).contains(where: { isStrong($0) }) else {
      return false
    }
    // A number alone, or with a name, is given; a sentence around it tells of it.
    let told = between.prefix(while: { !Surroundings.isStop($0) })
    let lead = s[around.clauseStart(place.range.lowerBound)..<place.range.lowerBound]
    return told.filter(Scalars.isHan).count + lead.filter(Scalars.isHan).count > 5
      && !told.contains(where: Self.free.contains) && !lead.contains(where: Self.free.contains)
  }
  /// 可 能 行 都 也 或 我 本 均: what is said of a contact that is to be used as well.
  private static let free = ScalarSet("可能行都也或我本均用打发联找")

  private func isStrong(_ own: Surroundings.Hit) -> Bool { s[own.range].contains(where: Self.mine.contains) }

  /// 139… 说硬盘已取走, a@example.com 发来的链接, 010-… 来电我漏接了
  func isTalking(_ place: Place) -> Bool {
    var end = place.range.upperBound
    while end < s.count, end - place.range.upperBound < 3, s[end] == 0x20 || s[end] == 0x7684 || s[end] == 0x29 {
      end += 1
    }
    // 我（139…）说过
    let at = place.range.lowerBound
    if at > 1, s[at - 1] == 0x28, s[at - 2] == Self.me { return false }
    guard let word = Self.talks.first(where: { s[end...].starts(with: $0) }) else { return false }
    let rest = s[(end + word.count)...].prefix(2)
    return !rest.starts(with: [0x662F, Self.me]) && !rest.starts(with: [0x8BF7])
  }
  private static let talks = ["来电", "发来", "打来", "打过来", "说", "告诉我", "通知我说", "给我打", "给我发", "给我来"].map(Scalars.of)

  /// 如 a@example.com 退信, 若本人 139… 无人接听: what is only supposed.
  func isSupposed(_ place: Place) -> Bool {
    let start = around.clauseStart(place.range.lowerBound)
    return around.hits(start..<place.range.lowerBound, .passing).contains {
      $0.range.lowerBound == start && Self.ifs.contains(s[start])
    }
  }
  private static let ifs = ScalarSet("如若万倘假一要")

  /// 发到我 139… 上; not 给我 139…, 让我 139….
  func isMine(_ at: Int, _ start: Int) -> Bool {
    var i = at
    while i > start, s[i - 1] == 0x20 { i -= 1 }
    guard i > start, s[i - 1] == Self.me else { return false }
    return i < 2 || s[i - 2] != 0x7ED9 && s[i - 2] != 0x8BA9
  }

  /// 我们的技术支持邮箱, 我司值班电话: an office of the applicant's own.
  func isOurs(_ agent: Surroundings.Hit, _ start: Int) -> Bool {
    let before = start..<agent.range.lowerBound
    guard let own = around.hits(before, .own).last, Self.firm.contains(s[own.range.lowerBound]) else {
      // 我们 alone is no owner of what follows it.
      return s[before].suffix(3).elementsEqual([Self.me, 0x4EEC, 0x7684])
        || s[before].suffix(2).elementsEqual([Self.me, 0x4EEC])
    }
    return agent.range.lowerBound - own.range.upperBound <= 1
      && around.words.phrases.match(s, agent.range.lowerBound, below: s.count, .brand) == nil
  }
  private static let firm = ScalarSet("我本敝")

  /// 他平时用 139… 登录: he is who the clause is about.
  private func isHis(_ place: Place) -> Bool {
    let start = around.clauseStart(place.range.lowerBound)
    guard start + 3 < place.range.lowerBound, s[start] == 0x4ED6 || s[start] == 0x5979 else { return false }
    // 他不在就打 010-…
    var said = s[start..<place.range.lowerBound]
    while said.last == 0x20 { said = said.dropLast() }
    return !Self.contacting.contains { said.suffix($0.count) == $0[...] }
  }

  /// 他本人
  func isHisOwn(_ own: Surroundings.Hit) -> Bool {
    let at = own.range.lowerBound
    return at > 0 && s[at] == 0x672C && (s[at - 1] == 0x4ED6 || s[at - 1] == 0x5979)
  }

  // MARK: Accounts, shared contacts, things that pass

  /// 我的京东会员手机号, 腾讯云账号: the provider's name says which account, not whose contact.
  func isAccount(_ hit: Surroundings.Hit, _ at: Int) -> Bool {
    guard hit.has(.agent), let brand = around.words.phrases.match(s, hit.range.lowerBound, below: at, .brand),
      brand.length == hit.range.count
    else { return false }
    return Self.accounts.contains { s[hit.range.upperBound..<at].starts(with: $0) }
  }
  private static let accounts = [
    "账号", "账户", "会员", "用户", "注册", "登录", "绑定", "的账号", "的账户", "通知", "联系", "接收", "备案", "账单", "预留",
  ].map(Scalars.of)

  /// 让技术支持联系 139…, 客服可以直接打 139…, 售后同事给 a@example.com 发邮件, 回复客服：139…: the agent is to do it.
  func isAsked(_ agent: Surroundings.Hit, _ place: Place) -> Bool {
    guard
      agent.has(.agent)
        || agent.has(.other) && around.words.phrases.match(s, agent.range.lowerBound, below: s.count, .near) != nil
    else { return false }
    let at = place.range.lowerBound
    let start = agent.range.lowerBound
    if agent.has(.agent), Self.replies.contains(where: { start >= $0.count && s[..<start].suffix($0.count) == $0[...] })
    {
      return true
    }
    var between = s[agent.range.upperBound..<max(at, agent.range.upperBound)]
    guard !between.contains(where: Self.tellers.contains) else { return false }
    while let last = between.last, last == 0x20 || last == 0x3A || last == 0x28 { between = between.dropLast() }
    if agent.has(.other) {
      // 售后同事: of the provider when the word before says so.
      guard start > 1, around.hits(max(0, start - 4)..<start, .agent).last?.range.upperBound == start else {
        return false
      }
    }
    if Self.contacting.contains(where: { between.suffix($0.count) == $0[...] }) {
      return !s[place.range.upperBound...].prefix(3).starts(with: [0x7ED9, Self.me])
    }
    guard between.last == 0x7ED9 else { return false }
    let rest = s[place.range.upperBound...].prefix(8)
    return rest.contains(where: Self.writing.contains) && !rest.contains(where: Self.done.contains)
  }
  private static let replies = ["回复", "答复", "致", "@", "尊敬的", "复"].map(Scalars.of)
  private static let tellers = ScalarSet("我让叫要说告诉称的")
  private static let contacting = [
    "打", "拨", "拨打", "联系", "加", "回电", "回拨", "致电", "打到", "发到", "发至", "发送到", "寄到", "通知", "联络", "回复", "回复到",
  ].map(Scalars.of)

  /// 用户名 pin_hehe 电话 138…: the account's word has its value already.
  func isGiven(_ binding: Surroundings.Hit, _ at: Int) -> Bool {
    guard binding.has(.binding) else { return false }
    let between = binding.range.upperBound..<max(at, binding.range.upperBound)
    guard let label = around.hits(between, .label).last else { return false }
    return s[between.lowerBound..<label.range.lowerBound].count(where: Scalars.isWord) > 2
  }

  /// 我和爱人共用的邮箱
  func isShared(_ other: Surroundings.Hit, _ place: Place) -> Bool {
    let end = around.clauseEnd(place.range.upperBound)
    return !around.hits(other.range.upperBound..<max(other.range.upperBound, place.range.lowerBound), .shared).isEmpty
      || !around.hits(place.range.upperBound..<end, .shared).isEmpty
  }

  /// 暂时关机, 如果打不通, 晚上接不到
  func isPassing(_ hit: Surroundings.Hit) -> Bool {
    guard hit.has(.dead), !hit.has(.own) else { return false }
    let at = hit.range.lowerBound
    return around.hits(max(0, at - 6)..<at, .passing).contains { at - $0.range.upperBound <= 3 }
  }
}
