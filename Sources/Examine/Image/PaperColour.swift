#if canImport(Glibc)
  internal import Glibc
#endif

/// Logarithms of channel values, so that a density is one subtraction.
enum LogScale {
  /// Units per e-fold of light. 64 keeps densities up to 4 in a byte.
  static let units: Float = 64
  /// `units · ln(value + 2)`; the 2 keeps the darkest pixels' noise within bounds.
  static let table: [Float] = (0..<256).map { units * Float(log(Double($0) + 2)) }
}

/// What the paper looks like where there is no ink: a grid of colours, one a block, followed smoothly in between.
/// Removes lighting, vignetting, paper tint and white balance from everything that is divided by it.
struct PaperColour: Sendable {
  /// Side of a block in pixels of the planes.
  static let block = 16
  let columns: Int
  let rows: Int
  /// `LogScale` values, `columns * rows` each.
  let red: [Float]
  let green: [Float]
  let blue: [Float]

  /// Local colours: the bright part of each block, then the median over 5 × 5 blocks, so that a solid star or a thick
  /// stroke is not taken for paper.
  init(_ planes: ColourPlanes) {
    let block = Self.block
    let columns = (planes.width + block - 1) / block
    let rows = (planes.height + block - 1) / block
    var red = [Float](repeating: 0, count: columns * rows)
    var green = red
    var blue = red
    var counts = [Int](repeating: 0, count: 256)
    for row in 0..<rows {
      for column in 0..<columns {
        let colour = Self.bright(
          planes, x: column * block..<min(planes.width, (column + 1) * block),
          y: row * block..<min(planes.height, (row + 1) * block), &counts)
        let at = row * columns + column
        red[at] = colour.0
        green[at] = colour.1
        blue[at] = colour.2
      }
    }
    self.columns = columns
    self.rows = rows
    (self.red, self.green, self.blue) = Self.median(red, green, blue, columns: columns, rows: rows)
  }

  private init(columns: Int, rows: Int, red: [Float], green: [Float], blue: [Float]) {
    self.columns = columns
    self.rows = rows
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// One colour everywhere, that of the brighter blocks: for pictures that a seal fills, where no block is free of ink.
  func flat() -> PaperColour {
    let order = green.indices.sorted { green[$0] > green[$1] }
    let at = order[order.count / 5]
    let count = columns * rows
    return PaperColour(
      columns: columns, rows: rows, red: .init(repeating: red[at], count: count),
      green: .init(repeating: green[at], count: count), blue: .init(repeating: blue[at], count: count))
  }

  /// Mean logarithms of the brightest third (by green, the channel that every ink darkens but green).
  private static func bright(
    _ planes: ColourPlanes, x: Range<Int>, y: Range<Int>, _ counts: inout [Int]
  ) -> (Float, Float, Float) {
    for value in 0..<256 { counts[value] = 0 }
    for line in y { for column in x { counts[Int(planes.green[line * planes.width + column])] += 1 } }
    var wanted = max(1, x.count * y.count / 3)
    var limit = 255
    while limit > 0, wanted > counts[limit] {
      wanted -= counts[limit]
      limit -= 1
    }
    var r: Float = 0
    var g: Float = 0
    var b: Float = 0
    var n: Float = 0
    for line in y {
      for column in x {
        let at = line * planes.width + column
        guard Int(planes.green[at]) >= limit else { continue }
        r += Float(planes.red[at])
        g += Float(planes.green[at])
        b += Float(planes.blue[at])
        n += 1
      }
    }
    func scaled(_ sum: Float) -> Float { LogScale.table[min(255, Int(sum / n + 0.5))] }
    return (scaled(r), scaled(g), scaled(b))
  }

  /// The block with the median green among its neighbours gives the colour, so that the three channels belong together.
  private static func median(
    _ red: [Float], _ green: [Float], _ blue: [Float], columns: Int, rows: Int
  ) -> ([Float], [Float], [Float]) {
    var out = (red, green, blue)
    var near: [(Float, Int)] = []
    near.reserveCapacity(25)
    for row in 0..<rows {
      for column in 0..<columns {
        near.removeAll(keepingCapacity: true)
        for y in max(0, row - 2)...min(rows - 1, row + 2) {
          for x in max(0, column - 2)...min(columns - 1, column + 2) {
            near.append((green[y * columns + x], y * columns + x))
          }
        }
        near.sort { $0.0 > $1.0 }
        // A little above the median: ink hides paper, nothing hides ink.
        let at = near[near.count * 2 / 5].1
        let here = row * columns + column
        out.0[here] = red[at]
        out.1[here] = green[at]
        out.2[here] = blue[at]
      }
    }
    return out
  }

  /// Paper along one line of pixels.
  /// - Parameters:
  ///   - y: line in pixels of the planes, may be a fraction.
  ///   - step: pixels of the planes from one value to the next.
  ///   - count: how many values; the first lies at `start`.
  func line(
    y: Float, start: Float, step: Float, count: Int, red outRed: inout [Float], green outGreen: inout [Float],
    blue outBlue: inout [Float]
  ) {
    let block = Float(Self.block)
    let fy = min(max(0, (y + 0.5) / block - 0.5), Float(rows - 1))
    let upper = Int(fy)
    let lower = min(rows - 1, upper + 1)
    let ty = fy - Float(upper)
    // Down first, for the few blocks of a line; then across, for its many pixels.
    func down(_ grid: [Float]) -> [Float] {
      (0..<columns).map { (1 - ty) * grid[upper * columns + $0] + ty * grid[lower * columns + $0] }
    }
    let lines = (down(red), down(green), down(blue))
    func across(_ line: [Float], _ out: inout [Float]) {
      line.withUnsafeBufferPointer { line in
        out.withUnsafeMutableBufferPointer { out in
          for index in 0..<count {
            let x = start + Float(index) * step
            let fx = min(max(0, (x + 0.5) / block - 0.5), Float(columns - 1))
            let left = Int(fx)
            let value = line[left]
            out[index] = value + (line[min(columns - 1, left + 1)] - value) * (fx - Float(left))
          }
        }
      }
    }
    across(lines.0, &outRed)
    across(lines.1, &outGreen)
    across(lines.2, &outBlue)
  }

  /// Paper at one place, in blocks (centre of the first block: 0).
  @inline(__always)
  func value(x: Float, y: Float) -> (Float, Float, Float) {
    let fx = min(max(0, x), Float(columns - 1))
    let fy = min(max(0, y), Float(rows - 1))
    let left = Int(fx)
    let upper = Int(fy)
    let tx = fx - Float(left)
    let ty = fy - Float(upper)
    let p = upper * columns + left
    let q = upper * columns + min(columns - 1, left + 1)
    let r = min(rows - 1, upper + 1) * columns + left
    let s = min(rows - 1, upper + 1) * columns + min(columns - 1, left + 1)
    let a = (1 - tx) * (1 - ty)
    let b = tx * (1 - ty)
    let c = (1 - tx) * ty
    let d = tx * ty
    return (
      a * red[p] + b * red[q] + c * red[r] + d * red[s], a * green[p] + b * green[q] + c * green[r] + d * green[s],
      a * blue[p] + b * blue[q] + c * blue[r] + d * blue[s]
    )
  }
}
