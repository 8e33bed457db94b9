import ArgumentParser
import ClosureModel

/// Not `ExpressibleByArgument`: help and mistakes would be a list of all codes, of which one or two are wanted.
extension FindingCode {
  private static let shown = 6

  /// A code as it is written on the command line.
  /// - Throws: with those like it and where all of them are; ends with 64.
  static func named(_ text: String) throws -> FindingCode {
    if let code = FindingCode(rawValue: text) { return code }
    let near = like(text)
    let hint = near.isEmpty ? "" : " Do you mean \(near.map(\.rawValue).joined(separator: ", "))?"
    throw ValidationError(
      "there is no finding code “\(text)”.\(hint) `closedesk review codes` lists those that a person can name,"
        + " docs/finding-codes.md all of them.")
  }

  /// Codes that may have been meant, the likeliest first: few letters away, or with the same words in them.
  static func like(_ text: String) -> [FindingCode] {
    let text = text.lowercased()
    let words = Set(text.split { !$0.isLetter }.filter { $0.count > 2 })
    let scored = allCases.compactMap { code -> (code: FindingCode, score: Int)? in
      let name = code.rawValue
      let steps = distance(Array(text.utf8), Array(name.utf8))
      if steps <= max(2, name.utf8.count / 5) { return (code, steps) }
      let shared = Set(name.split { !$0.isLetter }).intersection(words).count
      return shared > 0 ? (code, 100 - 10 * shared + min(9, steps / 4)) : nil
    }
    return scored.sorted { ($0.score, $0.code.rawValue) < ($1.score, $1.code.rawValue) }.prefix(shown).map(\.code)
  }

  /// Letters to be put in, left out or changed (Levenshtein).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for j in b.indices {
        let changed = corner + (letter == b[j] ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, corner + 1)
      }
    }
    return row[b.count]
  }
}
