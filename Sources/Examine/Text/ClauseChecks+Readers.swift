import ClosureModel

/// Who reads the paper, where the lexicons know no word for him: 同桌替我读了, 由前台阅读, 店员看了注销须知.
extension ClauseChecks {
  /// - Parameter clause: one that reads.
  func isReadByAnother(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let read = words.firstIndex(where: { $0.kind == .read || $0.kind == .know }) else { return false }
    let head = words[..<read]
    return isInStead(head) || isLetRead(head) || isStrangeSubject(head) && !isOrganisation(clause)
  }

  /// 小李替我读了, 徒弟帮我把须知看了: in the applicant's place.
  private func isInStead(_ head: ArraySlice<Token>) -> Bool {
    guard let own = head.lastIndex(where: { $0.kind == .own }), let first = head.first else { return false }
    let s = text.scalars
    let start = head[own].range.lowerBound
    let isOwnInside =
      Self.inStead.contains(s[start]) && head[own].range.count > 1 && Self.ofSelf.contains(s[start + 1])
    return isOwnInside || start > first.range.lowerBound && Self.inStead.contains(s[start - 1])
  }
  private static let inStead = ScalarSet("替帮代")
  /// 替我, 代本人; 代表公司 is none of them.
  private static let ofSelf = ScalarSet("我本俺咱")

  /// 由实习生阅读, 让老张看了, 托人读的; 由本人阅读 is one's own.
  private func isLetRead(_ head: ArraySlice<Token>) -> Bool {
    let s = text.scalars
    return head.indices.contains { at in
      let word = head[at]
      guard Self.letting.contains(s[word.range.upperBound - 1]) || Self.letting.contains(s[word.range.lowerBound])
      else {
        return false
      }
      // 由我弟阅读; 由我本人阅读
      if word.kind == .own { return at + 1 < head.endIndex && head[at + 1].kind == .unknown }
      let rest = s[(word.range.lowerBound + 1)..<word.range.upperBound]
      let isNamed = word.kind == .unknown && rest.count > 1
      let next = at + 1 < head.endIndex ? head[at + 1].kind : nil
      return isNamed || word.kind == .unknown && next == .third || word.range.count == 1 && next == .unknown
    }
  }
  private static let letting = ScalarSet("由让叫托")

  /// 须知第一到第三条已阅读: some of it, by its numbers, and neither its end nor all of it.
  func isPartRead(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    let isNumbered = script.words(clause).contains {
      $0.kind == .part && text.scalars[$0.range.lowerBound] == Self.numbering
        && text.scalars[$0.range].last != Self.numbering
    }
    return isNumbered && !s.contains { Self.ofAll.contains($0) }
  }
  private static let numbering: UInt32 = 0x7B2C  // 第
  private static let ofAll = ScalarSet("末尾底最全都均每逐完尤特其重着专")

  /// 同桌看了注销须知: an unknown word stands where the reader does, and nobody says 我.
  private func isStrangeSubject(_ head: ArraySlice<Token>) -> Bool {
    guard !head.contains(where: { $0.kind == .own }),
      let subject = head.last(where: { ![.filler, .manner, .notice, .short, .bare, .identifier].contains($0.kind) }),
      subject.kind == .unknown, (2...Self.longestSubject).contains(subject.range.count)
    else { return false }
    let name = text.scalars[subject.range]
    return name.allSatisfy(Scalars.isHan) && !(name.last.map { Self.adverbial.contains($0) } ?? true)
      && !name.contains { Self.ofDeed.contains($0) }
  }
  private static let longestSubject = 4
  /// What words of place, time and manner end in.
  private static let adverbial = ScalarSet("上里中内外边旁头下底时候后前间着地遍次完了晚早天日午夜点分钟回趟气眼力速到过起来去得的宵餐饭休课班车站会年月周号期末初内轮番度当档隙口际晨夕暇余")
  /// Words of doing: 打开, 戴着眼镜.
  private static let ofDeed = ScalarSet("打开点坐趴躺站拿戴用把在对着花费耗抽趁借从到逐又再才就也都很挺真好细认仔慢快静专反复重")
}
