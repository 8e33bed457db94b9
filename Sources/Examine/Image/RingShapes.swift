/// Holds the characters along a ring against drawn ones: a second witness beside the recogniser, whose errors are others.
/// The recogniser has met some characters rarely and then reads a usual one with every sign of certainty; a network
/// trained on drawings of every character knows them all alike, but is poorer where the ink is.
package struct RingShapes {
  /// How the stamp is cut, the same for all its characters: a character's size and height in its cell.
  private struct Fit {
    let width: Int
    let height: Int
    let top: Int
    let likeness: Float
  }
  private let net: CharacterNet
  /// By place, then by the character's number.
  private let logs: [[Float]]

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

  /// How the network's picture lies on the fitted drawing.
  private struct Place {
    /// Pixels beside its middle.
    var x = -0.7
    var y = 1.5
    /// In sizes of the drawing.
    var wide = 1.15
    var high = 1.1
  }
  /// The network is surest of a name that lies as its drawings did: these are tried, first beside the place, then in size.
  private static let across = [-2, -0.7, 0.6]
  private static let down = [0, 1.5, 3]
  private static let wide = [1, 1.15, 1.3]
  private static let high = [1, 1.1, 1.22]
  /// Characters that this is tried on.
  private static let tried = 6
  /// The best places, whose mean counts.
  private static let kept = 3

  /// - Parameters:
  ///   - name: expected; one character a cell.
  ///   - cells: as `PageView.ringCells` gives them.
  /// - Returns: nil where there is nothing to compare.
  package init?(_ name: [Unicode.Scalar], cells: [InkPatch], drawn: DrawnCharacters) {
    guard !name.isEmpty, name.count == cells.count, let first = cells.first,
      cells.allSatisfy({ $0.width == first.width && $0.height == first.height })
    else { return nil }
    let net = drawn.net
    let soft = cells.map { $0.framed(2).blurred(Self.cellBlur) }
    let known = name.indices.filter { net.number(of: name[$0]) != nil }
    let every = max(1, known.count / Self.tried)
    let some = known.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
    // One stamp, one size: some of its characters tell it as well as all.
    guard
      let fit = Self.fit(
        some.map { name[$0] }, some.map { soft[$0] }, drawn.book,
        place: Double(first.width - 2 * SealStrips.cellMargin))
    else { return nil }
    func sureness(_ place: Place) -> Float {
      some.reduce(0) { sum, index in
        let logs = net.logProbabilities(Self.picture(soft[index], fit, place))
        return sum + (net.number(of: name[index]).map { logs[$0] } ?? 0)
      }
    }
    var places = Self.down.flatMap { y in Self.across.map { Place(x: $0, y: y) } }.map { ($0, sureness($0)) }
    places.sort { $0.1 > $1.1 }
    let best = places[0].0
    for high in Self.high {
      for wide in Self.wide where high != best.high || wide != best.wide {
        let place = Place(x: best.x, y: best.y, wide: wide, high: high)
        places.append((place, sureness(place)))
      }
    }
    places.sort { $0.1 > $1.1 }
    self.net = net
    logs = soft.map { cell in
      let readings = places.prefix(Self.kept).map { net.logProbabilities(Self.picture(cell, fit, $0.0)) }
      return readings[0].indices.map { at in readings.reduce(0) { $0 + $1[at] } / Float(readings.count) }
    }
  }

  /// How likely one cell's strokes are a character's: the natural logarithm of the probability.
  /// - Returns: nil where the network does not know the character.
  package func likeness(_ index: Int, _ character: Unicode.Scalar) -> Double? {
    net.number(of: character).map { max(Self.lowest, Double(logs[index][$0])) }
  }

  /// Less than this is as good as excluded.
  private static let lowest = -15.0

  /// The likeliest characters of each cell, whatever is expected there.
  package func likeliest(_ many: Int) -> [[Unicode.Scalar]] {
    logs.map { logs in
      let least = logs.sorted(by: >).prefix(many).last ?? 0
      return net.characters.filter { logs[$0.value] >= least }.map(\.key)
    }
  }

  /// A cell's character as the network reads it.
  private static func picture(_ cell: InkPatch, _ fit: Fit, _ place: Place) -> [Float] {
    let side = CharacterNet.side
    let (wide, high) = (Double(fit.width) * place.wide, Double(fit.height) * place.high)
    let left = Double(cell.width) / 2 + place.x - wide / 2
    let upper = Double(fit.top) + Double(fit.height) / 2 + place.y - high / 2
    var values = [Float](repeating: 0, count: side * side)
    for row in 0..<side {
      for column in 0..<side {
        values[row * side + column] = cell.value(
          x: left + (Double(column) + 0.5) * wide / Double(side), y: upper + (Double(row) + 0.5) * high / Double(side))
      }
    }
    let black = max(0.3, values.sorted()[values.count * 93 / 100])
    return values.map { min(1, $0 / black) }
  }

  private static func fit(
    _ name: [Unicode.Scalar], _ cells: [InkPatch], _ book: GlyphBook, place: Double
  ) -> Fit? {
    guard let first = cells.first else { return nil }
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
          if let found = Self.height(glyphs, in: cells), found.likeness > best?.likeness ?? Self.leastFit {
            best = Fit(width: width, height: height, top: found.top, likeness: found.likeness)
          }
        }
      }
    }
    return best
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
