#if canImport(Glibc)
  internal import Glibc
#endif
internal import ClosureModel

/// A seal's disc laid out flat: density of ink by direction (clockwise from the middle of the arc without writing, so
/// that the company's name reads from left to right) and distance from the centre (outermost first: writing upright).
struct RingUnwrapping {
  static let width = 1200
  static let height = 96
  /// Distances of the first and the last row, in radii of the ring's outer edge.
  static let outer = 1.0
  static let inner = 0.36
  /// Densities in `LogScale` units, not below 0; `width * height`.
  let ink: [Float]

  /// - Parameters:
  ///   - outline: in pixels of `pixels`.
  ///   - factor: pixels of `pixels` along one pixel of the planes that `paper` was taken from.
  ///   - start: direction of the first column, radians clockwise from the right.
  init(_ pixels: Pixels, paper: PaperColour, factor: Int, outline: Ellipse, start: Double, ink colour: InkColour) {
    var channels = [SIMD3<Float>](repeating: .zero, count: Self.width * Self.height)
    let map = outline.map
    let sampler = InkSampler(pixels, paper: paper, factor: factor)
    for column in 0..<Self.width {
      let turn = start + 2 * .pi * (Double(column) + 0.5) / Double(Self.width)
      let c = cos(turn)
      let s = sin(turn)
      for row in 0..<Self.height {
        let r = Self.outer - (Double(row) + 0.5) / Double(Self.height) * (Self.outer - Self.inner)
        let at = map(r * c, r * s)
        guard let found = sampler.channels(x: at.x, y: at.y) else { continue }
        channels[row * Self.width + column] = SIMD3(found.red, found.green, found.blue)
      }
    }
    let separation = colour == .red ? InkSeparation(channels) : nil
    var ink = channels.map { max(0, separation?.red($0) ?? colour.density($0.x, $0.y, $0.z)) }
    if colour == .red { InkSeparation.mend(&ink, channels, width: Self.width, height: Self.height) }
    self.ink = ink
  }
}
