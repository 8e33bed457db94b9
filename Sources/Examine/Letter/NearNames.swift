/// Names that a seal of a company must not pass for: its own cut short, lengthened, with a character doubled, left out or
/// taken for its look-alike, of another legal form, place or branch. For measuring a verdict, not for making one.
public enum NearNames {
  /// Look-alikes of a character that are tried; of the characters of 有限公司 and its like only the nearest.
  private static let twins = 3
  private static let before = ["北京", "新"]

  /// - Returns: without the name itself, each once, always in the same order.
  public static func of(_ company: String) -> [String] {
    let name = LetterText.bare(company)
    guard name.count >= 7 else { return [] }
    var near: [[Unicode.Scalar]] = []
    for (start, end) in [(1, 0), (2, 0), (3, 0), (0, 1), (0, 2), (1, 1), (2, 1), (1, 2)] {
      near.append(Array(name[start..<(name.count - end)]))
    }
    near += before.map { Array($0.unicodeScalars) + name }
    near += RivalNames.of(name).sorted { LetterText.string($0) < LetterText.string($1) }
    let form = name.suffix(4).elementsEqual("有限公司".unicodeScalars) ? name.count - 4 : name.count
    for (index, character) in name.enumerated() {
      func replaced(_ by: [Unicode.Scalar]) -> [Unicode.Scalar] {
        Array(name[..<index]) + by + Array(name[(index + 1)...])
      }
      near.append(replaced([]))
      near.append(replaced([character, character]))
      near += LookAlikes.of(character).prefix(index < form ? twins : 1).map { replaced([$0]) }
    }
    var seen: Set<[Unicode.Scalar]> = [name]
    return near.filter { seen.insert($0).inserted }.map { LetterText.string($0) }
  }
}
