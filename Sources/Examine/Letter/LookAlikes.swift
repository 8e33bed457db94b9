/// Characters that look alike when small or worn. A recogniser takes one for the other, at times with much confidence, so
/// that a name must be held against its twins.
package enum LookAlikes {
  /// Those that may be taken for a character, or it for them; most alike first, at most `limit`.
  package static func of(_ character: Unicode.Scalar) -> [Unicode.Scalar] { table[character] ?? [] }

  private static let limit = 12

  private static let table: [Unicode.Scalar: [Unicode.Scalar]] = {
    var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    func add(_ twin: Unicode.Scalar, to character: Unicode.Scalar) {
      guard twin != character, table[character, default: []].count < limit else { return }
      if table[character, default: []].contains(twin) { return }
      table[character, default: []].append(twin)
    }
    let words = [groups, LookAlikeTable.words].map { text in
      text.split { $0 == " " || $0 == "\n" }.map { Array($0.unicodeScalars) }
    }
    // Within a group each looks like each.
    for group in words[0] { for one in group { for other in group { add(other, to: one) } } }
    for word in words[1] { for twin in word.dropFirst() { add(twin, to: word[0]) } }
    for word in words[1] { for twin in word.dropFirst() { add(word[0], to: twin) } }
    return table
  }()

  /// As they were met in names of companies: parts alike that a picture's correlation does not rank first.
  private static let groups = """
    木本术 禾未末 天夫 元无 大太犬 人入八 土士 王玉主 生牛午 已己巳 日曰目 田由甲申 电申 千干于 万方 力刀 今令 石右 白百自 贝见 川州 云去 风凤岚
    乌鸟岛 丰半 开井 永水 泰秦奉春 金全 余佘 同问周 网冈 国图 货贷 贸贺 科料 技枝 市布巾 海梅 少小 有友 限银 公分 责贵 任仕 司同 份分
    """
}
