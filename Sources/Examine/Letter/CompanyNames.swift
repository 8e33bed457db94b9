import ClosureModel

/// Companies named in the letter, held against the one of the ticket.
struct CompanyNames {
  struct Mention: Hashable {
    enum Kind: Hashable {
      case exact
      /// A piece of the expected name: the rest was not read.
      case piece
      /// As long as the expected name, a character or two other: misread, or another company.
      case misread
      /// Another name.
      case other
    }
    let range: Range<Int>
    let kind: Kind
    let isSigned: Bool
    let confidence: Double
    /// Characters of the name.
    let length: Int
  }

  let expected: [Unicode.Scalar]
  private let provider: [Unicode.Scalar]

  /// - Parameter expected: the ticket's company; empty where it names none.
  init(expected: String, provider: String) {
    self.expected = Self.plain(LetterText.fold(expected))
    self.provider = LetterText.bare(provider)
  }

  private static func plain(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] { text.filter { $0 != " " } }

  /// What ends a company's name; 分公司 before 公司.
  private static let endings = TextSearch.words("公司")
  private static let branches = TextSearch.words("分公司 子公司 办事处 营业部 分行 支行 分店 分厂")
  /// Words that stand before a name and are no part of it.
  private static let leads = TextSearch.words(
    """
    本公司 我公司 贵公司 本单位 我单位 我司 本企业 我企业 我方 兹有 现有 兹 公司名称 单位名称 企业名称 客户名称 用户名称 申请单位 申请人 委托单位 \
    委托人 承诺人 声明人 法人名称 名称 单位 现由 由 为 是 代表 关于 根据 鉴于 致 甲方 乙方 授权 公司全称 单位全称 全称 公章 盖章 签章 \
    名称为 企业全称 我们是 我们 申请企业
    """)
  private static let pronouns = TextSearch.words("本 我 贵 该 此 你 母 总 你们 我们 各 上述 原 以下简称 法人 保险")
  /// What may follow a name directly; anything else could be more of it.
  private static let follows = TextSearch.words(
    """
    自愿 现 在 于 就 同意 申请 承诺 声明 确认 特此 特 因 为 系 的 已 作为 注册 郑重 拟 经 决定 对 向 将 不再 无 授权 委托 名下 所 由 是 与 和 及 持有 拥有 使用 京东云 \
    账号 账户 谨 业务 自 从 法定代表人 经办人 日期 联系 统一 地址 盖章 公章 签章 本 我 并 愿 提出 要求 请 兹 曾 通过 之 有 需 知悉 签字 电话 负责人
    """)

  /// Every company named, provider and addressee left out.
  func mentions(in text: LetterText, signature: Int) -> [Mention] {
    let scalars = text.scalars
    var found: [Range<Int>] = []
    for place in TextSearch.places(of: Array("公司".unicodeScalars), in: scalars) {
      let end = place + 2
      if isPronoun(before: place, scalars) { continue }
      let previous = found.last.map(\.upperBound) ?? 0
      var start = boundary(before: place, from: previous, scalars)
      if let last = found.last, start == last.upperBound, isBranch(scalars[start..<end]) {
        // “某某有限公司北京分公司” is one name.
        found[found.count - 1] = last.lowerBound..<end
        continue
      }
      start = afterLeads(start, end, scalars)
      if end - start >= 4 { found.append(start..<end) }
    }
    found += plainMentions(scalars, found)
    return found.compactMap { mention($0, text, signature) }
  }

  /// The expected name where it ends otherwise (厂, 中心, 店): only itself can be looked for.
  private func plainMentions(_ scalars: [Unicode.Scalar], _ found: [Range<Int>]) -> [Range<Int>] {
    guard !expected.isEmpty, !TextSearch.ends(expected, with: Array("公司".unicodeScalars)) else { return [] }
    return TextSearch.places(of: expected, in: scalars).compactMap { place in
      let range = place..<(place + expected.count)
      guard !found.contains(where: { $0.overlaps(range) }) else { return nil }
      let start = boundary(before: place, from: 0, scalars)
      return afterLeads(start, range.upperBound, scalars) == place ? range : start..<range.upperBound
    }
  }

  private func isPronoun(before place: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    if place == 0 || Self.isBoundary(scalars[place - 1]) { return true }
    return Self.pronouns.contains { place >= $0.count && scalars[(place - $0.count)..<place].elementsEqual($0) }
  }

  private func isBranch(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    rest.count <= 16 && Self.branches.contains { TextSearch.ends(rest, with: $0) }
      && rest.allSatisfy { !Self.isBoundary($0) }
  }

  /// Where the run of name characters begins. Brackets with a word in them are part of a name (北京某某（上海）有限公司).
  private func boundary(before place: Int, from first: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var start = place
    while start > first {
      let scalar = scalars[start - 1]
      if scalar == ")", let open = scalars[first..<start].lastIndex(of: "("), start - open <= 8, open > first,
        TextSearch.isHan(scalars[open - 1]), !isNote(scalars[(open + 1)..<(start - 1)])
      {
        start = open
      } else if Self.isBoundary(scalar) {
        break
      } else {
        start -= 1
      }
    }
    return start
  }

  private func isNote(_ inside: ArraySlice<Unicode.Scalar>) -> Bool {
    inside.contains { "章签字名".unicodeScalars.contains($0) }
  }

  static func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
    !(TextSearch.isHan(scalar) || scalar.properties.isAlphabetic || TextSearch.isDigit(scalar) || scalar == "·"
      || scalar == "&")
  }

  private func afterLeads(_ start: Int, _ end: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var start = start
    while start < end {
      // The expected name wins over a lead that it happens to begin with.
      if scalars[start..<end].elementsEqual(expected) { return start }
      guard let lead = TextSearch.word(at: start, in: scalars, of: Self.leads), start + lead.count < end else { break }
      start += lead.count
    }
    return start
  }

  private func mention(_ range: Range<Int>, _ text: LetterText, _ signature: Int) -> Mention? {
    let name = text.scalars[range].filter { $0 != " " }
    let row = text.rowOf[range.lowerBound]
    let lines = Set(text.origin[range])
    let before = text.scalars[..<range.lowerBound].suffix(3).filter { $0 != ":" && $0 != " " }
    if before.last == "致" || (!provider.isEmpty && name.starts(with: provider) && !expected.starts(with: provider)) {
      return nil
    }
    // 京东云计算有限公司 and its like are the addressee.
    if name.starts(with: "京东".unicodeScalars), !expected.starts(with: "京东".unicodeScalars) { return nil }
    let confidence = lines.map { text.lines[$0].confidence }.min() ?? 0
    return Mention(
      range: range, kind: kind(name, after: range.upperBound, text.scalars, isSigned: row >= signature),
      isSigned: row >= signature,
      confidence: confidence, length: name.count)
  }

  private func kind(
    _ name: [Unicode.Scalar], after end: Int, _ scalars: [Unicode.Scalar], isSigned: Bool
  ) -> Mention.Kind {
    if name == expected {
      let next = end < scalars.count ? scalars[end] : "\n"
      if next == "(", let close = scalars[end...].firstIndex(of: ")"), close - end <= 8, close + 1 < scalars.count,
        TextSearch.isHan(scalars[close + 1]), !isNote(scalars[(end + 1)..<close]),
        TextSearch.word(at: close + 1, in: scalars, of: Self.follows) == nil
      {
        return .misread
      }
      // 有限公 at the end of a row goes on in the next.
      let isCut = next == "\n" && !TextSearch.ends(expected, with: Array("公司".unicodeScalars))
      let isWhole =
        (Self.isBoundary(next) && !isCut) || TextSearch.word(at: end, in: scalars, of: Self.follows) != nil
      return isWhole ? .exact : .misread
    }
    if TextSearch.contains(expected, name) || !Self.isWhole(name) { return .piece }
    // Another form of company, or a branch of it, is another company, however few characters tell them apart.
    if Self.core(name) == Self.core(expected) { return .other }
    let changed = TextSearch.distance(name, expected)
    if isSigned { return changed <= expected.count / 3 ? .misread : .other }
    return changed == 1 || (name.count == expected.count && changed <= expected.count / 6) ? .misread : .other
  }

  private static let forms = TextSearch.words("有限责任 有限 股份 集团 责任 控股")

  /// What ends as a company must, with a name before it.
  private static func isWhole(_ name: [Unicode.Scalar]) -> Bool {
    let ending = TextSearch.words("有限公司 责任公司 股份公司 集团公司 分公司 子公司 总公司").first {
      TextSearch.ends(name, with: $0)
    }
    return ending.map { name.count >= $0.count + 2 } ?? false && !name.contains(where: TextSearch.isDigit)
  }

  /// The name without the words of its legal form.
  private static func core(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var core = name
    for form in forms {
      while let at = TextSearch.places(of: form, in: core).last { core.removeSubrange(at..<(at + form.count)) }
    }
    return core
  }

  /// What follows from all mentions.
  func compare(_ mentions: [Mention], isBlank: Bool) -> LetterReading.Comparison.State {
    guard !expected.isEmpty else { return .notRead }
    let exact = mentions.filter { $0.kind == .exact }
    let others = mentions.filter { $0.kind == .other && $0.confidence > 0.9 }
    if !exact.isEmpty {
      // One character misread beside the right name is usual; one more or less may be the name as it is, and the right
      // one the misread.
      let misread = mentions.filter { $0.kind == .misread && $0.confidence > 0.9 && !$0.isSigned }
      let isSame = misread.allSatisfy { $0.length == expected.count }
      return others.isEmpty && isSame && misread.count <= exact.count ? .equal : .notRead
    }
    if !others.isEmpty, mentions.allSatisfy({ $0.kind == .other }) { return .differs }
    return mentions.allSatisfy { $0.kind == .piece } && isBlank ? .blank : .notRead
  }
}
