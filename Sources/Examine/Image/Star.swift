#if canImport(Glibc)
  internal import Glibc
#endif

/// A five-pointed star in the middle of a disc, found by comparing with drawn ones.
struct Star: Sendable {
  /// Correlation of the ink with the drawn star, −1…1. Inked stars reach 0.7 and more.
  let match: Double
  /// Centre and distance of the points from it, in radii of the disc.
  let x: Double
  let y: Double
  let size: Double
  /// Direction of one point, radians clockwise from the right, within a fifth of a turn.
  let phase: Double

  /// Distance of the outline at 0…36 degrees from the direction of a point, for a star of size 1.
  static let outline: [Double] = (0...36).map { degree in
    let turn = Double(degree) * .pi / 180
    let inner = (x: 0.382 * cos(Double.pi / 5), y: 0.382 * sin(Double.pi / 5))
    let cross = cos(turn) * inner.y - sin(turn) * (inner.x - 1)
    return inner.y / cross
  }

  static func contains(_ x: Double, _ y: Double, phase: Double) -> Bool {
    let fifth = 2 * Double.pi / 5
    var turn = (atan2(y, x) - phase).truncatingRemainder(dividingBy: fifth)
    if turn < 0 { turn += fifth }
    if turn > fifth / 2 { turn = fifth - turn }
    return (x * x + y * y).squareRoot() <= outline[min(36, Int(turn * 180 / .pi + 0.5))]
  }

  /// Drawn stars of size 1 over the square −1.3…1.3, one a phase.
  private static let grid = 27
  private static let phases = 18
  private static let drawn: [[(x: Float, y: Float, inside: Bool)]] = (0..<phases).map { index in
    let phase = Double(index) / Double(phases) * 2 * .pi / 5
    var points: [(x: Float, y: Float, inside: Bool)] = []
    for row in 0..<grid {
      for column in 0..<grid {
        let x = (Double(column) + 0.5) / Double(grid) * 2.6 - 1.3
        let y = (Double(row) + 0.5) / Double(grid) * 2.6 - 1.3
        guard x * x + y * y <= 1.69 else { continue }
        points.append((Float(x), Float(y), contains(x, y, phase: phase)))
      }
    }
    return points
  }

  /// - Parameter hides: density of all channels above which print hides the ink.
  init(_ disc: Disc, hides: Float) {
    var best = (match: -1.0, x: 0.0, y: 0.0, size: 0.3, phase: 0)
    func look(_ x: Double, _ y: Double, _ size: Double, _ phase: Int) {
      let match = Self.correlation(disc, x: Float(x), y: Float(y), size: Float(size), Self.drawn[phase], hides)
      if match > best.match { best = (match, x, y, size, phase) }
    }
    for size in [0.22, 0.27, 0.33, 0.40, 0.48] {
      for x in [-0.06, 0, 0.06] {
        for y in [-0.06, 0, 0.06] {
          for phase in stride(from: 0, to: Self.phases, by: 3) { look(x, y, size, phase) }
        }
      }
    }
    for step in [0.03, 0.015] {
      let from = best
      for size in [from.size * (1 - 2 * step), from.size, from.size * (1 + 2 * step)] {
        for x in [from.x - step, from.x, from.x + step] {
          for y in [from.y - step, from.y, from.y + step] {
            for turn in -1...1 { look(x, y, size, (from.phase + turn + Self.phases) % Self.phases) }
          }
        }
      }
    }
    match = best.match
    x = best.x
    y = best.y
    size = best.size
    phase = Double(best.phase) / Double(Self.phases) * 2 * .pi / 5
  }

  private static func correlation(
    _ disc: Disc, x: Float, y: Float, size: Float, _ drawn: [(x: Float, y: Float, inside: Bool)], _ hides: Float
  ) -> Double {
    var n: Float = 0
    var inside: Float = 0
    var sum: Float = 0
    var squares: Float = 0
    var both: Float = 0
    let scale = Float(Disc.side) / Float(2 * Disc.halfExtent)
    let half = Float(Disc.halfExtent)
    disc.ink.withUnsafeBufferPointer { ink in
      disc.dark.withUnsafeBufferPointer { dark in
        for point in drawn {
          let column = Int((x + size * point.x + half) * scale)
          let row = Int((y + size * point.y + half) * scale)
          let at = row * Disc.side + column
          guard dark[at] < hides else { continue }
          // One very dark spot must not outweigh the rest.
          let value = min(ink[at], 96)
          n += 1
          sum += value
          squares += value * value
          if point.inside {
            inside += 1
            both += value
          }
        }
      }
    }
    guard n > 60, inside > 12, inside < n - 12 else { return -1 }
    let spread = (squares - sum * sum / n) * (inside - inside * inside / n)
    guard spread > 1 else { return -1 }
    return Double((both - sum * inside / n) / spread.squareRoot())
  }
}
