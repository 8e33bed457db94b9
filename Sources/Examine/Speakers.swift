/// Whose line it is in a pasted conversation.
enum Speakers {
  private static let others: [[UInt32]] = [
    "客服", "在线客服", "京东云客服", "腾讯云客服", "系统自动回复", "系统提示", "系统通知", "自动回复", "温馨提示", "文档要求", "文档说明", "工程师", "售后工程师", "机器人",
    "智能客服", "智能助手", "坐席", "专员", "审核员", "帮助文档", "帮助中心", "官方回复", "support", "agent", "jd cloud support", "bot",
  ].map(Scalars.of)
  private static let owners: [[UInt32]] = ["我", "本人", "我答", "我回复", "我的回复", "客户", "用户", "申请人", "me", "答"].map(Scalars.of)
  /// Greetings that begin like a speaker's label: 客服您好：
  private static let greetings = Set(Scalars.of("您你好们老同,，。!！"))
  private static let longestLabel = 28

  /// - Returns: whether each scalar stands on somebody else's line: an agent's label, quoted history, the provider's text.
  static func foreign(_ s: [UInt32]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    var carries = false
    while start < s.count {
      let end = s[start...].firstIndex(of: 10) ?? s.count
      if end > start {
        if isHistory(s, start..<end) {
          found.append(start..<s.count)
          return found
        }
        switch label(s, start..<end) {
        case .other(let isHistory):
          found.append(start..<end)
          // An agent's message goes on over the lines until somebody else's label; a quoted line stands for itself.
          if !isHistory { carries = true }
        case .owner: carries = false
        case .none: if carries { found.append(start..<end) }
        }
      }
      start = end + 1
    }
    return found
  }

  private static let history = ["原始邮件", "转发的邮件", "转发邮件", "original message", "forwarded message"].map(Scalars.of)

  /// `------ 原始邮件 ------`: from here on the text is an older one.
  private static func isHistory(_ s: [UInt32], _ line: Range<Int>) -> Bool {
    guard s[line.lowerBound] == 0x2D, line.count < 60 else { return false }
    return history.contains { word in
      line.dropLast(min(line.count, word.count - 1)).contains {
        s[$0] == word[0] && s[$0..<($0 + word.count)].elementsEqual(word)
      }
    }
  }

  private enum Label { case other(isHistory: Bool), owner, none }

  private static func label(_ s: [UInt32], _ line: Range<Int>) -> Label {
    if s[line.lowerBound] == 0x3E { return .other(isHistory: true) }
    var at = line.lowerBound
    while at < line.upperBound, at - line.lowerBound < 3, [0x28, 0x5B, 0x3010].contains(s[at]) { at += 1 }
    func begins(_ words: [[UInt32]]) -> Int? {
      var best: Int? = nil
      for word in words where at + word.count <= line.upperBound && s[at] == word[0] {
        if s[at..<(at + word.count)].elementsEqual(word), word.count > best ?? 0 { best = word.count }
      }
      return best
    }
    if let length = begins(owners), at + length < line.upperBound, s[at + length] == 0x3A { return .owner }
    guard let length = begins(others), at + length < line.upperBound, !greetings.contains(s[at + length]) else {
      return .none
    }
    let limit = min(line.upperBound, at + longestLabel)
    for i in (at + length)..<limit {
      if s[i] == 0x3A, i + 1 == line.upperBound || !Scalars.isDigit(s[i + 1]) {
        return .other(isHistory: false)
      }
      if [0x2C, 0x3002, 0x21, 0x3F].contains(s[i]) { return .none }
    }
    return .none
  }
}
