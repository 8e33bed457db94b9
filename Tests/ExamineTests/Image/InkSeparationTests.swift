import Testing

@testable import Examine

@Suite("Ink of a stamp under other ink")
struct InkSeparationTests {
  private static let unit = LogScale.units
  /// Densities in e-folds, as scans show them.
  private static let pen: SIMD3<Float> = [1.1, 0.9, 0.43]
  private static let red: SIMD3<Float> = [0.2, 1.2, 0.9]
  private static let print: SIMD3<Float> = [1, 1.02, 1.01]

  private static func separation(_ pens: Int) -> InkSeparation? {
    InkSeparation(
      [SIMD3<Float>](repeating: pen * unit, count: pens) + [SIMD3<Float>](repeating: red * unit, count: 4000)
        + [SIMD3<Float>](repeating: .zero, count: 4000))
  }

  @Test("Where a pen crosses a stroke the stroke is seen as beside it, and the pen by itself is nothing")
  func crossing() throws {
    let separation = try #require(Self.separation(600))
    let alone = separation.red(Self.red * Self.unit)
    #expect(alone > 0.8 * Self.unit)
    #expect(abs(separation.red((Self.red + Self.pen) * Self.unit) - alone) < 0.02 * alone)
    #expect(abs(separation.red(Self.pen * Self.unit)) < 0.02 * alone)
    #expect(abs(separation.red(Self.print * Self.unit)) < 0.1 * alone)
    // The difference of channels loses the stroke there.
    let crossed = (Self.red + Self.pen) * Self.unit
    #expect(InkColour.red.density(crossed.x, crossed.y, crossed.z) < 0.05 * alone)
  }

  @Test("Without a pen nothing is separated")
  func none() { #expect(Self.separation(20) == nil) }

  @Test("Under print the ink is taken from beside; elsewhere it stays as it is")
  func mended() {
    let (width, height) = (40, 12)
    var ink = [Float](repeating: 50, count: width * height)
    var channels = [SIMD3<Float>](repeating: Self.red * Self.unit, count: width * height)
    for row in 0..<height {
      for column in 10..<13 {
        channels[row * width + column] = (Self.red + Self.print * 2) * Self.unit
        ink[row * width + column] = column.isMultiple(of: 2) ? 0 : 200
      }
    }
    let before = ink
    InkSeparation.mend(&ink, channels, width: width, height: height)
    for at in ink.indices {
      if (10..<13).contains(at % width) { #expect(abs(ink[at] - 50) < 12) } else { #expect(ink[at] == before[at]) }
    }
  }
}
