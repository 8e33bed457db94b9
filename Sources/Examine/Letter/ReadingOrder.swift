package import ClosureModel

/// Lines side by side, from left to right.
struct LetterRow: Sendable {
  let page: Int
  /// Indices of lines.
  let lines: [Int]
  /// Runs on in the next row: it is filled to the right edge and ends in no full stop.
  var runsOn: Bool
}

/// Puts recognised lines, which come in no order, into rows from top to bottom.
enum ReadingOrder {
  /// - Parameters:
  ///   - pages: in the order of the file.
  ///   - size: width and height of a page in pixels, as the boxes count.
  static func rows(of lines: [LetterLine], pages: [LetterPage]) -> [LetterRow] {
    pages.flatMap { page in
      let indices = lines.indices.filter { lines[$0].page == page.number }
      return rows(lines, indices, page)
    }
  }

  private static func rows(_ lines: [LetterLine], _ indices: [Int], _ page: LetterPage) -> [LetterRow] {
    guard !indices.isEmpty else { return [] }
    let slant = slant(lines, indices, page)
    let placed = slant.place(lines, indices, width: page.width, height: page.height)
    return rows(placed, lines, page.number)
  }

  /// Groups by height on the sheet. A row's height drifts with its lines, so that a slightly wrong angle does no harm.
  private static func rows(_ placed: [Placed], _ lines: [LetterLine], _ page: Int) -> [LetterRow] {
    var groups: [[Placed]] = []
    for one in placed.sorted(by: { ($0.y, $0.x) < ($1.y, $1.x) }) {
      let near = groups.lastIndex { group in
        group.allSatisfy { other in
          let overlap = min(one.right, other.right) - max(one.left, other.left)
          return abs(one.y - other.y) < 0.5 * min(one.height, other.height)
            && overlap < 0.3 * min(one.length, other.length)
        }
      }
      if let near { groups[near].append(one) } else { groups.append([one]) }
    }
    let ordered = groups.map { $0.sorted { $0.x < $1.x } }
    return ordered.enumerated().map { number, row in
      let next = number + 1 < ordered.count ? ordered[number + 1] : nil
      return LetterRow(page: page, lines: row.map(\.line), runsOn: runsOn(row, next, placed, lines))
    }
  }

  /// A row that is filled and ends in no stop runs on where the next begins at the margin.
  private static func runsOn(_ row: [Placed], _ next: [Placed]?, _ placed: [Placed], _ lines: [LetterLine]) -> Bool {
    guard let last = row.last, let first = row.first, let next = next?.first else { return false }
    let body = placed.filter { $0.length > 10 * $0.height }
    guard let edge = body.map(\.right).max(), let margin = body.map(\.left).min() else { return false }
    let stops = lines[last.line].text.unicodeScalars.last.map { "。；;！!？?：:".unicodeScalars.contains($0) } ?? true
    let isFull = edge - last.right < 0.12 * (edge - margin) && last.right - first.left > 0.6 * (edge - margin)
    let isNear = next.y - last.y < 3.5 * last.height
    return isFull && !stops && isNear && next.left - margin < 1.3 * next.height
  }

  // MARK: Angle

  /// The quarter turn that the page facts name, or else the one that the boxes and the words show; the angle that makes
  /// line ends stand under each other and lines as high as their letters are wide.
  static func slant(_ lines: [LetterLine], _ indices: [Int], _ page: LetterPage) -> Slant {
    let long = indices.filter { lines[$0].text.unicodeScalars.count >= 6 && lines[$0].confidence > 0.5 }
    let tall = long.filter { lines[$0].box.height > lines[$0].box.width }.count
    let isLying = 2 * tall > long.count
    var choices = isLying ? [1, 3] : [0, 2]
    if let told = page.quarters, choices.contains(told) { choices.swapAt(0, choices.firstIndex(of: told) ?? 0) }
    var best: (quarters: Int, degrees: Double, score: Double)?
    for (rank, quarters) in choices.enumerated() {
      let degrees = angle(lines, long, quarters, page)
      let placed = Slant(quarters: quarters, degrees: degrees).place(
        lines, indices, width: page.width, height: page.height)
      // What stands above and below on any letter decides; the page facts only where the words do not tell.
      let score = Double(uprightness(placed, lines)) - 0.5 * Double(rank)
      if score > best?.score ?? -.infinity { best = (quarters, degrees, score) }
    }
    return best.map { Slant(quarters: $0.quarters, degrees: $0.degrees) } ?? Slant(quarters: 0, degrees: 0)
  }

  private static let head = ["同意书", "同意書", "致:", "致：", "尊敬", "兹有", "公司名称", "函"]
  private static let foot = ["联系", "聯系", "邮箱", "日期", "盖章", "公章", "签字", "特此", "@"]

  /// Pairs of words of the head and of the foot in right order less those in wrong order.
  private static func uprightness(_ placed: [Placed], _ lines: [LetterLine]) -> Int {
    let above = placed.filter { one in head.contains { lines[one.line].text.contains($0) } }
    let below = placed.filter { one in foot.contains { lines[one.line].text.contains($0) } }
    return above.reduce(0) { sum, one in sum + below.reduce(0) { $0 + ($1.y > one.y ? 1 : -1) } }
  }

  private static func angle(_ lines: [LetterLine], _ long: [Int], _ quarters: Int, _ page: LetterPage) -> Double {
    guard long.count >= 3 else { return page.skew ?? 0 }
    var best = (score: -Double.infinity, degrees: 0.0)
    for step in -64...64 {
      let degrees = Double(step) / 4
      let placed = Slant(quarters: quarters, degrees: degrees).place(
        lines, long, width: page.width, height: page.height)
      // Lines of one text are of one height: a wrong angle makes long ones too high or too low.
      let heights = placed.map(\.height).sorted()
      let usual = heights[heights.count / 2]
      // A full-width character is as wide as high.
      let widths = placed.map { $0.length / max(1, LetterText.width(lines[$0.line].text)) }.sorted()
      guard usual > 0.7 * widths[widths.count / 2] else { continue }
      var uneven = 0.0
      for one in placed { uneven += min(abs(one.height - usual) / usual, 1) }
      var aligned = 0.0
      for (i, one) in placed.enumerated() {
        for other in placed[(i + 1)...] {
          let reach = 0.3 * usual
          aligned += max(0, 1 - abs(one.left - other.left) / reach)
          aligned += 0.5 * max(0, 1 - abs(one.right - other.right) / reach)
        }
      }
      let count = Double(placed.count)
      var score = 2 * aligned / (count * (count - 1)) - 2 * uneven / count
      if let told = page.skew { score -= 0.03 * min(abs(degrees - told), 5) }
      if score > best.score { best = (score, degrees) }
    }
    return best.degrees
  }
}

/// What the order of reading needs to know of a page.
package struct LetterPage: Sendable, Hashable {
  package let number: Int
  /// Pixels, as the lines' boxes count.
  package let width: Int, height: Int
  /// Clockwise quarter turns that set the writing upright; nil: not told.
  package let quarters: Int?
  /// Degrees that the page is turned besides, clockwise positive; nil: not told.
  package let skew: Double?
  package init(number: Int, width: Int, height: Int, quarters: Int? = nil, skew: Double? = nil) {
    self.number = number
    self.width = width
    self.height = height
    self.quarters = quarters
    self.skew = skew
  }
}
