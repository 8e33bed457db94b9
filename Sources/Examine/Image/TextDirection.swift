#if canImport(Glibc)
  internal import Glibc
#endif

/// How lines of writing lie, from the profile of print across them: rows with and without ink differ most where the
/// profile runs along the lines.
/// Source: Postl's projection profiles (1986), over single pixels instead of rows.
struct TextDirection {
  /// Degrees clockwise, −22…22, that lines are turned if they run across the picture, and if they run from top to
  /// bottom.
  let lying: Double
  let standing: Double
  /// How much better lines from top to bottom explain the print: 1 is no difference. Chinese writing stands in columns
  /// as well as in lines, so that only a wide margin says anything.
  let standingShare: Double
  /// Pixels of print.
  let print: Int

  private static let most = 16_000

  /// - Parameter map: neutral ink, blue included where pens write.
  init(_ map: Plane, within: (x: Range<Int>, y: Range<Int>)) {
    var points: [(x: Float, y: Float)] = []
    var count = 0
    for y in within.y {
      for x in within.x where map.bytes[y * map.width + x] > 38 { count += 1 }
    }
    print = count
    let stride = max(1, count / Self.most)
    var seen = 0
    points.reserveCapacity(count / stride + 1)
    for y in within.y {
      for x in within.x where map.bytes[y * map.width + x] > 38 {
        if seen % stride == 0 { points.append((Float(x), Float(y))) }
        seen += 1
      }
    }
    guard points.count > 200 else {
      lying = 0
      standing = 0
      standingShare = 1
      return
    }
    var lying = Self.best(points, from: -22, to: 22, step: 1)
    lying = Self.best(points, from: lying.angle - 0.8, to: lying.angle + 0.8, step: 0.2)
    let turned = points.map { (x: $0.y, y: -$0.x) }
    var standing = Self.best(turned, from: -22, to: 22, step: 1)
    standing = Self.best(turned, from: standing.angle - 0.8, to: standing.angle + 0.8, step: 0.2)
    self.lying = lying.angle
    self.standing = standing.angle
    standingShare = standing.sharpness / max(1e-9, lying.sharpness)
  }

  /// The angle whose rows differ most from their neighbours.
  private static func best(
    _ points: [(x: Float, y: Float)], from: Double, to: Double, step: Double
  ) -> (angle: Double, sharpness: Double) {
    var best = (angle: 0.0, sharpness: -1.0)
    var rows = [Int32](repeating: 0, count: 2048)
    for degrees in Swift.stride(from: from, through: to + 1e-9, by: step) {
      let slope = Float(tan(degrees * .pi / 180))
      let length = Float(cos(degrees * .pi / 180))
      for row in rows.indices { rows[row] = 0 }
      for point in points {
        // Rows of two pixels: with rows of one, the pixel grid itself favours 0 degrees. 768: room for what the shear
        // lifts above the first row.
        rows[min(2047, max(0, Int((point.y - point.x * slope) * length * 0.5 + 768)))] &+= 1
      }
      var sum = 0.0
      for row in 1..<2048 {
        let change = Double(rows[row] &- rows[row - 1])
        sum += change * change
      }
      if sum > best.sharpness { best = (degrees, sum) }
    }
    return best
  }
}
