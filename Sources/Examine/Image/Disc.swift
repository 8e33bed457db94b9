import ClosureModel

#if canImport(Glibc)
  internal import Glibc
#endif

/// A supposed seal made circular: its ink over the square −1.25…1.25 around the centre, the ring's outer edge at 1.
/// Directions are those of the page.
struct Disc {
  static let side = 144
  static let halfExtent = 1.25
  /// Densities in `LogScale` units, not below 0; `side * side`. −1 outside the picture and in the square's corners.
  private(set) var ink: [Float]
  /// What darkens all channels: print under or over the seal.
  private(set) var dark: [Float]

  /// - Parameters:
  ///   - ellipse: in pixels of `pixels`.
  ///   - factor: pixels of `pixels` along one pixel of the planes that `paper` was taken from.
  init(_ pixels: Pixels, paper: PaperColour, factor: Int, ellipse: Ellipse, ink colour: InkColour) {
    let side = Self.side
    var ink = [Float](repeating: -1, count: side * side)
    var dark = [Float](repeating: 0, count: side * side)
    let map = ellipse.map
    let step = 2 * Self.halfExtent / Double(side)
    let sampler = InkSampler(pixels, paper: paper, factor: factor)
    for row in 0..<side {
      let v = -Self.halfExtent + (Double(row) + 0.5) * step
      for column in 0..<side {
        let u = -Self.halfExtent + (Double(column) + 0.5) * step
        guard u * u + v * v < 1.5 else { continue }
        let at = map(u, v)
        guard let channels = sampler.channels(x: at.x, y: at.y) else { continue }
        ink[row * side + column] = max(0, colour.density(channels.red, channels.green, channels.blue))
        dark[row * side + column] = max(0, InkColour.neutral.density(channels.red, channels.green, channels.blue))
      }
    }
    self.ink = ink
    self.dark = dark
  }

  /// Index of a point of the disc; the caller keeps within `halfExtent`.
  @inline(__always)
  static func index(_ u: Double, _ v: Double) -> Int {
    let scale = Double(side) / (2 * halfExtent)
    let column = min(side - 1, max(0, Int((u + halfExtent) * scale)))
    let row = min(side - 1, max(0, Int((v + halfExtent) * scale)))
    return row * side + column
  }
}

/// The disc along circles: `angles` directions, `radii` steps of 0.02 from the centre outwards to 1.2.
struct PolarDisc {
  static let angles = 240
  static let radii = 60
  static let step = 0.02
  /// Indices into a `Disc`, `angles * radii`.
  private static let places: [Int] = {
    var places: [Int] = []
    places.reserveCapacity(angles * radii)
    for angle in 0..<angles {
      let turn = 2 * .pi * Double(angle) / Double(angles)
      for radius in 0..<radii {
        let r = (Double(radius) + 0.5) * step
        places.append(Disc.index(r * cos(turn), r * sin(turn)))
      }
    }
    return places
  }()
  /// `angles * radii`, −1 outside the picture. Angle 0 points right, a quarter turn points down.
  let ink: [Float]
  let dark: [Float]

  init(_ disc: Disc) {
    ink = Self.places.map { disc.ink[$0] }
    dark = Self.places.map { disc.dark[$0] }
  }

  static func bins(_ range: ClosedRange<Double>) -> ClosedRange<Int> {
    max(0, Int(range.lowerBound / step))...min(radii - 1, Int(range.upperBound / step))
  }

  /// Greatest density along one direction.
  func most(_ angle: Int, _ bins: ClosedRange<Int>) -> Float {
    var best: Float = -1
    for radius in bins { best = max(best, ink[angle * Self.radii + radius]) }
    return best
  }
  func least(_ angle: Int, _ bins: ClosedRange<Int>) -> Float {
    var best = Float.greatestFiniteMagnitude
    for radius in bins { best = min(best, ink[angle * Self.radii + radius]) }
    return best
  }
  func mean(_ angle: Int, _ bins: ClosedRange<Int>) -> Float {
    var sum: Float = 0
    for radius in bins { sum += max(0, ink[angle * Self.radii + radius]) }
    return sum / Float(bins.count)
  }
}
