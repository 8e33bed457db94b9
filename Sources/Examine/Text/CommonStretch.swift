/// What two texts have in common.
enum CommonStretch {
  /// Names and titles: longer ones are cut off.
  private static let longestName = 64
  private static let longestText = 200

  /// The longest stretch of a name that stands in a text, from the name's beginning or behind the place before it: 宏图科技 and
  /// 杭州宏图科技 of 杭州宏图科技有限公司, but not 有限公司.
  /// - Returns: its place in the text; nil: none is as long as `least`, or it holds a form of companies alone.
  static func longest(of name: [UInt32], in text: [UInt32], atLeast least: Int) -> Range<Int>? {
    let name = core(Array(name.prefix(longestName)))
    let text = text.prefix(longestText)
    guard name.count >= least else { return nil }
    var found: Range<Int>?
    for at in text.indices {
      for start in name.indices where name.count - start > (found?.count ?? least - 1) {
        var length = 0
        while start + length < name.count, at + length < text.count, name[start + length] == text[at + length] {
          length += 1
        }
        if length >= least, length > found?.count ?? 0 { found = at..<(at + length) }
      }
    }
    return found
  }

  /// Without the form that all companies' names end in.
  private static func core(_ name: [UInt32]) -> [UInt32] {
    for form in forms where name.count > form.count && name.suffix(form.count).elementsEqual(form) {
      return name.dropLast(form.count)
    }
    return name
  }
  private static let forms = ["股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司"].map(Scalars.of)
}
