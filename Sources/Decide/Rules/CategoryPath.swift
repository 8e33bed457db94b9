import ClosureModel

/// A category of the policy, found in a cell that may hold a path (`我的工单/账号与认证/账号注销`).
struct CategoryPath: Sendable {
  private let name: String

  /// - Parameter name: as the policy writes it.
  init(_ name: String) { self.name = Self.segments(name).joined() }

  /// Whether one segment of the path, or several of them one behind the other, are the category, and no other says that
  /// it is not (非 账号与认证, 账号与认证（除外）).
  func holds(_ path: [String]) -> Bool {
    guard !name.isEmpty, !path.contains(where: Self.denies) else { return false }
    for first in path.indices {
      var joined = ""
      for segment in path[first...] {
        joined += segment
        if joined.utf8.count >= name.utf8.count { break }
      }
      if joined == name { return true }
    }
    return false
  }

  private static func denies(_ segment: String) -> Bool {
    ["非", "不是", "不属于", "不含", "排除", "除"].contains(segment) || ["除外", "以外", "之外"].contains(where: segment.hasSuffix)
  }

  /// - Parameter fold: folds one segment; the policy's own words are folded simply.
  static func segments(_ text: String, fold: (String) -> String = Fold.simple) -> [String] {
    text.split(whereSeparator: isSeparator).map { canonical(fold(String($0))) }.filter { !$0.isEmpty }
  }

  /// 账户 and 账号, 与 and 和 are one word each.
  static func canonical(_ folded: String) -> String {
    var text = folded
    for (other, word) in [("账户", "账号"), ("和", "与"), ("及", "与"), ("&", "与"), ("+", "与")] where text.contains(other) {
      text = text.replacing(other, with: word)
    }
    return text
  }

  private static func isSeparator(_ character: Character) -> Bool {
    character.isWhitespace || separators.contains(character)
  }
  private static let separators = Set("/>-:：、|\\→»›—–·_,，;；([{【（］［)]}】）>＞／－｜")
}
