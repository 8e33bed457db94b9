/// Pieces of ink that belong together, gaps up to a few pixels bridged.
struct Blobs {
  struct Blob {
    /// Pixels of the map.
    let x: ClosedRange<Int>
    let y: ClosedRange<Int>
    /// Cells with ink.
    let cells: Int
    var width: Int { x.count }
    var height: Int { y.count }
  }
  /// Side of a cell in pixels of the map; cells with ink that touch, or have one empty cell between, are one blob.
  static let cell = 4

  /// - Parameters:
  ///   - least: density that counts as ink.
  ///   - reach: cells that are bridged.
  static func find(in map: Plane, least: UInt8, reach: Int) -> [Blob] {
    let columns = map.width / cell
    let rows = map.height / cell
    guard columns > 0, rows > 0 else { return [] }
    var ink = [UInt8](repeating: 0, count: columns * rows)
    map.bytes.withUnsafeBufferPointer { p in
      for row in 0..<rows {
        for column in 0..<columns {
          var count = 0
          for y in 0..<cell {
            let at = (row * cell + y) * map.width + column * cell
            for x in 0..<cell where p[at + x] >= least { count += 1 }
          }
          // A single pixel is noise.
          if count >= 2 { ink[row * columns + column] = 1 }
        }
      }
    }
    var blobs: [Blob] = []
    var stack: [Int] = []
    for start in ink.indices where ink[start] == 1 {
      var low = (x: columns, y: rows)
      var high = (x: 0, y: 0)
      var cells = 0
      stack.append(start)
      ink[start] = 2
      while let at = stack.popLast() {
        let x = at % columns
        let y = at / columns
        cells += 1
        low = (min(low.x, x), min(low.y, y))
        high = (max(high.x, x), max(high.y, y))
        for ny in max(0, y - reach)...min(rows - 1, y + reach) {
          for nx in max(0, x - reach)...min(columns - 1, x + reach) where ink[ny * columns + nx] == 1 {
            ink[ny * columns + nx] = 2
            stack.append(ny * columns + nx)
          }
        }
      }
      blobs.append(
        Blob(
          x: (low.x * cell)...(high.x * cell + cell - 1), y: (low.y * cell)...(high.y * cell + cell - 1),
          cells: cells))
    }
    return blobs
  }
}
