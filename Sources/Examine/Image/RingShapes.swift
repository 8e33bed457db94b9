/// Holds the characters along a ring against pictures of characters: a second witness beside the recogniser, whose errors
/// are others. The recogniser has met some characters rarely and then reads a usual one with every sign of certainty;
/// pictures know them all alike, but are poor where the ink is.
package struct RingShapes {
  /// How the stamp is cut, the same for all its characters: the face, and a character's size and height in its cell.
  private struct Fit {
    let face: Int
    let width: Int
    let height: Int
    let top: Int
    let likeness: Float
  }
  private let book: GlyphBook
  private let cells: [InkPatch]
  private let slopes: [(right: [Float], down: [Float])]
  private let fit: Fit

  /// As drawn glyphs look through a scanner.
  private static let glyphBlur: Float = 0.7
  private static let cellBlur: Float = 0.8
  private static let heights = [20, 23, 26, 29, 32]
  /// Of a character's place along the ring.
  private static let widths: [Double] = [0.66, 0.74, 0.82, 0.90, 0.98]
  /// Pixels that one character may stand beside its place.
  private static let reach = 3
  /// Writing that fits its best face and size less than this tells nothing.
  private static let leastFit: Float = 0.4

  /// - Parameters:
  ///   - name: expected; one character a cell.
  ///   - cells: as `PageView.ringCells` gives them.
  /// - Returns: nil where there is nothing to compare.
  package init?(_ name: [Unicode.Scalar], cells: [InkPatch], book: GlyphBook) {
    guard !name.isEmpty, name.count == cells.count, let first = cells.first,
      cells.allSatisfy({ $0.width == first.width && $0.height == first.height })
    else { return nil }
    let soft = cells.map { $0.framed(2).blurred(Self.cellBlur) }
    let place = Double(first.width - 2 * SealStrips.cellMargin)
    var best: Fit?
    for face in 0..<book.faces {
      let pictures = name.map { book.picture($0, face: face) }
      for height in Self.heights where height <= first.height {
        for share in Self.widths {
          let width = max(6, Int((place * share).rounded()))
          guard width <= first.width else { continue }
          let glyphs = pictures.map { picture in
            picture.map { Self.glyph($0, side: book.side, width: width, height: height) }
          }
          if let found = Self.height(glyphs, in: soft), found.likeness > best?.likeness ?? Self.leastFit {
            best = Fit(face: face, width: width, height: height, top: found.top, likeness: found.likeness)
          }
        }
      }
    }
    guard let best else { return nil }
    self.book = book
    self.cells = soft
    slopes = soft.map(\.slopes)
    fit = best
  }

  /// How much the strokes in one cell run as those of a character do: the cosine of their slopes, 1 for the same picture;
  /// the best of a few places around the cell's middle.
  /// - Returns: nil where the book does not have the character.
  package func likeness(_ index: Int, _ character: Unicode.Scalar) -> Double? {
    guard let picture = book.picture(character, face: fit.face) else { return nil }
    let glyph = Self.glyph(picture, side: book.side, width: fit.width, height: fit.height).framed(1)
    let own = glyph.slopes
    let (wide, high) = (fit.width, fit.height)
    var right: [Float] = []
    var down: [Float] = []
    for y in 1...high {
      let row = y * (wide + 2) + 1
      right += own.right[row..<row + wide]
      down += own.down[row..<row + wide]
    }
    let length = zip(right, down).reduce(Float(0)) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }.squareRoot()
    guard length > 0 else { return nil }
    let cell = cells[index]
    let middle = (cell.width - wide) / 2
    var best: Float = -1
    let tops = max(0, fit.top - Self.reach)...min(cell.height - high, fit.top + Self.reach)
    let lefts = max(0, middle - Self.reach)...min(cell.width - wide, middle + Self.reach)
    for top in tops {
      for left in lefts {
        var dot: Float = 0
        var norm: Float = 0
        for y in 0..<high {
          let from = (top + y) * cell.width + left
          for x in 0..<wide {
            let (a, b) = (slopes[index].right[from + x], slopes[index].down[from + x])
            dot += a * right[y * wide + x] + b * down[y * wide + x]
            norm += a * a + b * b
          }
        }
        if norm > 0 { best = max(best, dot / (norm.squareRoot() * length)) }
      }
    }
    return Double(best)
  }

  private static func glyph(_ picture: [Float], side: Int, width: Int, height: Int) -> InkPatch {
    InkPatch(width: side, height: side, values: picture).resized(width: width, height: height).blurred(glyphBlur)
  }

  /// The row at which all glyphs together fit their cells best, and how well: the mean of their correlations.
  /// - Parameter glyphs: nil where the book does not have a character.
  private static func height(_ glyphs: [InkPatch?], in cells: [InkPatch]) -> (top: Int, likeness: Float)? {
    guard let glyph = glyphs.compactMap({ $0 }).first, let cell = cells.first, glyph.height <= cell.height else {
      return nil
    }
    var sums = [Float](repeating: 0, count: cell.height - glyph.height + 1)
    var known: Float = 0
    for case (let glyph?, let cell) in zip(glyphs, cells) {
      known += 1
      let middle = (cell.width - glyph.width) / 2
      let lefts = max(0, middle - reach)...min(cell.width - glyph.width, middle + reach)
      for top in sums.indices { sums[top] += lefts.map { correlation(glyph, cell, left: $0, top: top) }.max() ?? 0 }
    }
    guard known * 2 >= Float(glyphs.count), let top = sums.indices.max(by: { sums[$0] < sums[$1] }) else { return nil }
    return (top, sums[top] / known)
  }

  private static func correlation(_ glyph: InkPatch, _ cell: InkPatch, left: Int, top: Int) -> Float {
    var sums = SIMD8<Float>(repeating: 0)
    for y in 0..<glyph.height {
      let from = (top + y) * cell.width + left
      for x in 0..<glyph.width {
        let (a, b) = (glyph.values[y * glyph.width + x], cell.values[from + x])
        sums += SIMD8(a, b, a * a, b * b, a * b, 0, 0, 0)
      }
    }
    let count = Float(glyph.width * glyph.height)
    let spread = (sums[2] - sums[0] * sums[0] / count) * (sums[3] - sums[1] * sums[1] / count)
    return spread > 1e-9 ? (sums[4] - sums[0] * sums[1] / count) / spread.squareRoot() : 0
  }
}
