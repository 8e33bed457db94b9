#if canImport(Glibc)
  internal import Glibc
#endif

/// Tells a stamp's red ink from what was written across it. Inks over one another add up: a pen's blue takes from the
/// green and blue light what the stamp takes too, and more from the red, so that the difference of channels by which red is
/// told (`InkColour`) is nothing where the two cross. Pen, stamp and print together are three unknowns in three channels.
struct InkSeparation {
  /// What each channel's density adds to the stamp's; nothing comes out for ink that darkens all channels alike.
  private let weights: SIMD3<Float>

  /// Of an e-fold, as `LogScale` counts.
  private static let unit = LogScale.units
  /// Samples that must show the pen alone, or the stamp alone, for their colours to be known.
  private static let least = 240

  /// - Parameter channels: densities of red, green and blue light, sample by sample, of a red stamp.
  /// - Returns: nil where no pen is seen: print alone drops out of the difference of channels.
  init?(_ channels: [SIMD3<Float>]) {
    let pen = channels.filter { $0.x > 0.6 * Self.unit && $0.z < 0.6 * $0.x && $0.y < 1.02 * $0.x }
    let red = channels.filter { $0.x < 0.35 * $0.y && $0.y > 0.5 * Self.unit && $0.z > 0.4 * $0.y }
    guard pen.count >= Self.least, red.count >= Self.least else { return nil }
    let p = SIMD2(Self.median(pen.map { $0.y / $0.x }), Self.median(pen.map { $0.z / $0.x }))
    let q = SIMD2(Self.median(red.map { $0.x / $0.y }), Self.median(red.map { $0.z / $0.y }))
    // The second row of the inverse of the matrix whose columns are the pen (1, p), the stamp (q, 1, q) and print (1, 1, 1).
    let determinant = (1 - q.y) - p.x * (q.x - q.y) + p.y * (q.x - 1)
    guard abs(determinant) > 0.15 else { return nil }
    weights = SIMD3(p.y - p.x, 1 - p.y, p.x - 1) / determinant
  }

  func red(_ channels: SIMD3<Float>) -> Float { (weights * channels).sum() }

  private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }

  // MARK: Print

  /// A sample this dark in red light is print for one half; how quickly the other half follows. In e-folds.
  private static let dark: Float = 1.5
  private static let slope: Float = 0.2
  /// Columns and rows to either side that a dark sample is mended from.
  private static let reach = (x: 6, y: 3)

  /// Under black print so little light is left that its differences are noise: there the ink is taken from beside, as far as
  /// that is lighter.
  /// - Parameters:
  ///   - ink: densities, `width * height`; columns go round.
  ///   - channels: of the same samples.
  static func mend(_ ink: inout [Float], _ channels: [SIMD3<Float>], width: Int, height: Int) {
    let trust = channels.map { 1 / (1 + expf(($0.x / unit - dark) / slope)) }
    let known = ink
    let across = (-reach.x...reach.x).map { expf(-Float($0 * $0) / Float(reach.x * reach.x) * 2) }
    let down = (-reach.y...reach.y).map { expf(-Float($0 * $0) / Float(reach.y * reach.y) * 2) }
    for row in 0..<height {
      for column in 0..<width where trust[row * width + column] < 0.9 {
        var sum: Float = 0
        var weight: Float = 1e-3
        for dy in max(-reach.y, -row)...min(reach.y, height - 1 - row) {
          for dx in -reach.x...reach.x {
            let at = (row + dy) * width + (column + dx + width) % width
            let share = across[dx + reach.x] * down[dy + reach.y] * trust[at]
            sum += share * known[at]
            weight += share
          }
        }
        let at = row * width + column
        ink[at] = trust[at] * known[at] + (1 - trust[at]) * sum / weight
      }
    }
  }
}
