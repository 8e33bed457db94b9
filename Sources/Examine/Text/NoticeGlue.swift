/// Names that stand in one phrase with the notice's own.
enum NoticeGlue {
  private static var between: ClassSet { ClassSet(.filler, .part, .you, .bare, .and, .topic) }
  private static let most = 5

  /// 隐私政策附件里的那份《注销须知》: the other name says where the notice stands.
  static func leadsToNotice(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    for next in words[(at + 1)...].prefix(most) {
      if next.kind == .notice { return true }
      guard [.filler, .part, .you].contains(next.kind) else { return false }
    }
    return false
  }

  /// 《注销须知》及《隐私政策》附件, 《注销须知》的各项规定: every name that may be another's is one with the notice.
  static func holds(_ words: ArraySlice<Token>) -> Bool {
    words.indices.allSatisfy { at in
      words[at].kind != .ambiguous || leadsToNotice(words, at) || followsNotice(words, at)
    }
  }

  /// 《服务协议》、《注销须知》两份文件: the list goes on with the notice itself.
  static func isListed(_ script: Script, _ text: NormalText, _ index: Int) -> Bool {
    let end = script.clauses[index].range.upperBound
    guard end < text.scalars.count, text.scalars[end] == listComma, index + 1 < script.clauses.count,
      let next = script.words(script.clauses[index + 1]).first
    else { return false }
    return next.kind == .notice && script.words(script.clauses[index]).last?.kind == .document
      && script.clauses[index + 1].classes.without(ClassSet(.notice, .filler, .unknown, .bare, .part, .and)).isEmpty
  }
  private static let listComma: UInt32 = 0x3001  // 、

  /// 《注销须知》的各项规定
  private static func followsNotice(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    for before in words[..<at].suffix(most).reversed() {
      if before.kind == .notice { return true }
      guard between.has(before.kind) || before.kind == .ambiguous else { return false }
    }
    return false
  }
}
