/// Centres of round things: each edge votes along its normal, on the side of the ink (the outer edge of a ring points
/// inwards). A ring in pieces, or joined to writing, still gathers its votes in one place.
/// Source: the gradient variant of the Hough transform for circles (Kimme, Ballard, Sklansky 1975).
struct CentreVotes {
  struct Peak {
    let x: Double
    let y: Double
    let votes: Int
  }
  /// Votes are counted on a grid of half the resolution, which leaves ellipses in one cell.
  private static let cell = 2
  private let columns: Int
  private let rows: Int
  private var votes: [Int32]

  /// - Parameter radii: in pixels of the map.
  init(_ edges: InkEdges, width: Int, height: Int, radii: ClosedRange<Int>) {
    // Centres may lie outside by a margin: a seal cut off by the picture's border.
    let columns = width / Self.cell + 1
    let rows = height / Self.cell + 1
    var votes = [Int32](repeating: 0, count: columns * rows)
    votes.withUnsafeMutableBufferPointer { votes in
      for edge in edges.points {
        let scale = 1 / Float(Self.cell)
        let stepX = edge.dx
        let stepY = edge.dy
        // One vote a cell of way: every second pixel.
        var x = (edge.x + stepX * Float(radii.lowerBound)) * scale
        var y = (edge.y + stepY * Float(radii.lowerBound)) * scale
        var left = (radii.upperBound - radii.lowerBound) / Self.cell
        while left >= 0 {
          guard x >= 0, y >= 0 else { break }
          let column = Int(x)
          let row = Int(y)
          guard column < columns, row < rows else { break }
          votes[row * columns + column] &+= 1
          x += stepX
          y += stepY
          left -= 1
        }
      }
    }
    self.columns = columns
    self.rows = rows
    self.votes = Self.smoothed(votes, columns: columns, rows: rows)
  }

  /// Sums over 3 × 3 cells, twice: a centre spreads over a few cells under perspective.
  private static func smoothed(_ votes: [Int32], columns: Int, rows: Int) -> [Int32] {
    var from = votes
    var to = votes
    for _ in 0..<2 {
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          for row in 0..<rows {
            for column in 1..<max(1, columns - 1) {
              let at = row * columns + column
              to[at] = from[at - 1] &+ from[at] &+ from[at + 1]
            }
          }
        }
      }
      to.withUnsafeBufferPointer { to in
        from.withUnsafeMutableBufferPointer { from in
          for row in 1..<max(1, rows - 1) {
            for column in 0..<columns {
              let at = row * columns + column
              from[at] = to[at - columns] &+ to[at] &+ to[at + columns]
            }
          }
        }
      }
    }
    return from
  }

  /// The strongest peaks, best first, at least `apart` pixels from one another.
  func peaks(most: Int, apart: Double) -> [Peak] {
    var left = votes
    var found: [Peak] = []
    let reach = max(1, Int(apart) / Self.cell)
    while found.count < most {
      var best: Int32 = 0
      var place = 0
      left.withUnsafeBufferPointer { left in
        for at in 0..<left.count where left[at] > best {
          best = left[at]
          place = at
        }
      }
      guard best > 0 else { break }
      let row = place / columns
      let column = place % columns
      found.append(
        Peak(
          x: (Double(column) + 0.5) * Double(Self.cell), y: (Double(row) + 0.5) * Double(Self.cell),
          votes: Int(best)))
      for y in max(0, row - reach)...min(rows - 1, row + reach) {
        for x in max(0, column - reach)...min(columns - 1, column + reach) { left[y * columns + x] = 0 }
      }
    }
    return found
  }
}
