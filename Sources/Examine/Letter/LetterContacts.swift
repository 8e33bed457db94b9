/// The contact that the letter names. Read, not judged: whether a number can be rung is asked elsewhere.
enum LetterContacts {
  struct Found {
    var name: Range<Int>?
    var phone: Range<Int>?
    var email: Range<Int>?
    /// Its labels are there, and nothing behind any of them.
    var isEmpty = false
  }

  private static let names = TextSearch.words("联系人姓名 联系人 联络人 经办人姓名")
  private static let phones = TextSearch.words("联系电话 联系方式 联系手机 手机号码 手机号 手机 电话号码 电话 联络电话")
  private static let emails = TextSearch.words("联系邮箱 电子邮箱 电子邮件 邮箱地址 邮箱 邮件 E-mail Email email EMAIL")
  /// Labels that begin in the same row.
  private static let stops = TextSearch.words("联系 电话 手机 邮箱 电子 日期 职务 经办 法定")

  static func find(in text: LetterText) -> Found {
    var found = Found()
    found.name = value(after: names, in: text.scalars) {
      TextSearch.isHan($0) || $0 == "·" || $0.properties.isAlphabetic
    }
    .flatMap { 2...20 ~= $0.count ? $0 : nil }
    found.phone = value(after: phones, in: text.scalars) {
      TextSearch.isDigit($0) || "-+() ".unicodeScalars.contains($0)
    }
    .flatMap { range in text.scalars[range].filter(TextSearch.isDigit).count >= 7 ? range : nil }
    found.email = value(after: emails, in: text.scalars) {
      Scalars.isWord($0.value) || "@._-+".unicodeScalars.contains($0)
    }.flatMap { text.scalars[$0].contains("@") ? $0 : nil }
    let labels = [names, phones, emails].filter { words in
      text.scalars.indices.contains { TextSearch.word(at: $0, in: text.scalars, of: words) != nil }
    }
    found.isEmpty = labels.count > 1 && found.name == nil && found.phone == nil && found.email == nil
    return found
  }

  private static func value(
    after labels: [[Unicode.Scalar]], in scalars: [Unicode.Scalar], _ isPart: (Unicode.Scalar) -> Bool
  ) -> Range<Int>? {
    for at in scalars.indices {
      guard let label = TextSearch.word(at: at, in: scalars, of: labels) else { continue }
      var start = at + label.count
      while start < scalars.count, ": ".unicodeScalars.contains(scalars[start]) { start += 1 }
      var end = start
      while end < scalars.count, isPart(scalars[end]), TextSearch.word(at: end, in: scalars, of: stops) == nil {
        end += 1
      }
      if end > start { return start..<end }
    }
    return nil
  }
}
