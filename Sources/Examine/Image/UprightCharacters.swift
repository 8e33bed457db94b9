#if canImport(Glibc)
  internal import Glibc
#endif
internal import ClosureModel

/// The characters along a seal's ring, each set upright by itself, in a row. Unrolling a ring squeezes the foot of every
/// character against its head; on the stamp they are turned, not bent. The recogniser errs elsewhere here than on the
/// unrolled ring, so that the two together tell more than either.
struct UprightCharacters {
  /// How a row is cut. Distances in radii of the ring's outer edge.
  struct Cut {
    /// From the centre to the characters' middle, and from there to their head and foot.
    let middle: Double
    let half: Double
    /// Paper between one character and the next.
    let gap: Double
    /// Exponent on the density: below 1 lifts faint strokes.
    let gamma: Float
    /// Softened over one neighbour each way.
    let isSoft: Bool
  }

  /// Rows that the characters take of a strip.
  static let rows = 42

  /// - Parameters:
  ///   - unwrapped: the ring, by direction and distance.
  ///   - centres: directions of the characters' middles, in turns from the ring's first column.
  ///   - pitch: from one character to the next, in turns.
  /// - Returns: densities, `width * rows`; with paper at either end.
  static func row(
    _ unwrapped: RingUnwrapping, centres: [Double], pitch: Double, cut: Cut
  ) -> (values: [Float], width: Int) {
    let scale = Double(rows) / (2 * cut.half)
    let cell = 2 * .pi * pitch * cut.middle
    let columns = max(8, Int((cell * scale).rounded()))
    let gap = Int(cut.gap * scale)
    let margin = columns * 3 / 5
    let width = 2 * margin + centres.count * (columns + gap)
    var values = [Float](repeating: 0, count: width * rows)
    for y in 0..<rows {
      let up = cut.middle + cut.half - (Double(y) + 0.5) / scale
      for x in 0..<columns {
        let right = ((Double(x) + 0.5) / Double(columns) - 0.5) * cell
        let turn = atan2(right, up) / (2 * .pi)
        // What lies in a neighbour's part of the ring is the neighbour's.
        guard abs(turn) <= pitch / 2 else { continue }
        let distance = (right * right + up * up).squareRoot()
        for (index, centre) in centres.enumerated() {
          values[y * width + margin + index * (columns + gap) + x] = unwrapped.value(
            turn: centre + turn, distance: distance)
        }
      }
    }
    return (values, width)
  }

  private static let cellMiddle = 0.70
  private static let cellHalf = 0.28

  /// Each character in a picture of its own, with room around it.
  /// - Parameters:
  ///   - centres: directions of the characters' middles, in turns from the ring's first column.
  ///   - pitch: from one character to the next, in turns.
  ///   - scale: pixels for one radius of the ring.
  ///   - margin: pixels beside the character's place, left and right.
  static func cells(
    _ unwrapped: RingUnwrapping, centres: [Double], pitch: Double, scale: Double, margin: Int
  ) -> [InkPatch] {
    let place = max(8, Int((2 * .pi * pitch * cellMiddle * scale).rounded()))
    let width = place + 2 * margin
    let height = Int(2 * cellHalf * scale)
    return centres.map { centre in
      var values = [Float](repeating: 0, count: width * height)
      for y in 0..<height {
        let up = cellMiddle + cellHalf - (Double(y) + 0.5) / scale
        for x in 0..<width {
          let right = (Double(x - margin) + 0.5 - Double(place) / 2) / scale
          let turn = atan2(right, up) / (2 * .pi)
          guard abs(turn) <= 0.525 * pitch else { continue }
          values[y * width + x] = unwrapped.value(
            turn: centre + turn, distance: (right * right + up * up).squareRoot())
        }
      }
      return InkPatch(width: width, height: height, values: values)
    }
  }
}

extension RingUnwrapping {
  /// Density between the map's places.
  /// - Parameters:
  ///   - turn: from the first column; any number of turns.
  ///   - distance: from the centre, in radii; 0 outside the map.
  func value(turn: Double, distance: Double) -> Float {
    let row = (Self.outer - distance) / (Self.outer - Self.inner) * Double(Self.height) - 0.5
    guard row >= 0, row < Double(Self.height - 1) else { return 0 }
    let column = (turn - turn.rounded(.down)) * Double(Self.width) - 0.5 + Double(Self.width)
    let left = Int(column) % Self.width
    let right = (left + 1) % Self.width
    let top = Int(row)
    let tx = Float(column - column.rounded(.down))
    let ty = Float(row - Double(top))
    let above = ink[top * Self.width + left] * (1 - tx) + ink[top * Self.width + right] * tx
    let below = ink[(top + 1) * Self.width + left] * (1 - tx) + ink[(top + 1) * Self.width + right] * tx
    return above * (1 - ty) + below * ty
  }
}
