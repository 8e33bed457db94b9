public import ClosureModel
internal import Foundation

/// Seals, and what could be taken for them.
public struct DrawnSeal: Sendable {
  public var x = 560.0
  public var y = 900.0
  public var radius = 92.0
  /// Short through long axis; the long one lies across.
  public var aspect = 1.0
  /// Degrees clockwise.
  public var angle = 0.0
  public var density = 1.0
  /// Share of the ink that is missing in spots.
  public var worn = 0.1
  /// Spread of the density from place to place.
  public var grain = 0.25
  public var hasRing = true
  public var hasStar = true
  public var hasWriting = true
  /// A line of writing under the star.
  public var hasLine = false
  public init() {}

  public var box: Evidence.Box {
    let height = radius * aspect
    return Evidence.Box(
      x: Int(x - radius), y: Int(y - height), width: Int(2 * radius), height: Int(2 * height))
  }

  /// Whether a place of the unit disc is inked. `strokes` decides the writing: the same numbers, the same writing.
  func covers(_ u: Double, _ v: Double, strokes: [Double]) -> Bool {
    let turn = angle * .pi / 180
    let x = u * cos(turn) + v * sin(turn)
    let y = v * cos(turn) - u * sin(turn)
    let r = (x * x + y * y).squareRoot()
    if hasRing, r <= 1, r >= 0.94 { return true }
    if hasStar, Self.star(x, y, size: 0.34) { return true }
    if hasWriting, r >= 0.56, r <= 0.86 {
      // Twelve characters over 250 degrees, open below; each a few strokes around and outwards.
      let place = (atan2(x, -y) * 180 / .pi + 125) / 250 * 12
      if place >= 0, place < 12 {
        let within = place - place.rounded(.down)
        let seed = Int(place) * 4
        if within < 0.82 {
          if abs(within - 0.15 - 0.5 * strokes[seed]) < 0.07 { return true }
          for k in 1...3 where abs(r - 0.58 - 0.26 * strokes[seed + k]) < 0.018 { return true }
        }
      }
    }
    if hasLine, abs(y - 0.55) < 0.09, abs(x) < 0.45 {
      let place = (x + 0.45) / 0.9 * 5
      let within = place - place.rounded(.down)
      if within < 0.8, abs(within - 0.4) < 0.09 || abs(y - 0.5) < 0.018 || abs(y - 0.6) < 0.018 { return true }
    }
    return false
  }

  /// One point up.
  static func star(_ x: Double, _ y: Double, size: Double) -> Bool {
    let fifth = 2 * Double.pi / 5
    var turn = atan2(x, -y).truncatingRemainder(dividingBy: fifth)
    if turn < 0 { turn += fifth }
    if turn > fifth / 2 { turn = fifth - turn }
    let inner = (x: 0.382 * cos(Double.pi / 5), y: 0.382 * sin(Double.pi / 5))
    let edge = inner.y / (cos(turn) * inner.y - sin(turn) * (inner.x - 1))
    return (x * x + y * y).squareRoot() <= size * edge
  }
}

extension DrawnPage {
  public mutating func stamp(_ seal: DrawnSeal, ink: Ink = .seal) {
    let strokes = (0..<48).map { _ in Double.random(in: 0...1, using: &random) }
    // Blotches: random values on a grid of nine pixels, followed smoothly in between.
    let side = Int(2.2 * seal.radius / 9) + 4
    let blotches = (0..<side * side).map { _ in Double.random(in: 0...1, using: &random) }
    let left = seal.x - seal.radius
    let top = seal.y - seal.radius
    func blotch(_ px: Double, _ py: Double) -> Double {
      let x = max(0, (px - left) / 9)
      let y = max(0, (py - top) / 9)
      let c = min(side - 2, Int(x))
      let r = min(side - 2, Int(y))
      let tx = x - Double(c)
      let ty = y - Double(r)
      let upper = blotches[r * side + c] * (1 - tx) + blotches[r * side + c + 1] * tx
      let lower = blotches[(r + 1) * side + c] * (1 - tx) + blotches[(r + 1) * side + c + 1] * tx
      return upper * (1 - ty) + lower * ty
    }
    self.ink(ink, x: left...(seal.x + seal.radius), y: top...(seal.y + seal.radius)) { px, py in
      let u = (px - seal.x) / seal.radius
      let v = (py - seal.y) / (seal.radius * seal.aspect)
      guard seal.covers(u, v, strokes: strokes) else { return 0 }
      let spot = blotch(px, py)
      guard spot > 0.6 * seal.worn else { return 0 }
      return seal.density * (1 - seal.grain + 2 * seal.grain * spot)
    }
  }

  /// A seal drawn on a computer and laid over the page: one colour, opaque.
  public mutating func pasteSeal(_ seal: DrawnSeal, colour: SIMD4<Float> = [0.9, 0.08, 0.1, 1]) {
    let strokes = (0..<48).map { _ in Double.random(in: 0...1, using: &random) }
    paste(
      colour, x: (seal.x - seal.radius)...(seal.x + seal.radius), y: (seal.y - seal.radius)...(seal.y + seal.radius)
    ) { px, py in
      seal.covers((px - seal.x) / seal.radius, (py - seal.y) / (seal.radius * seal.aspect), strokes: strokes)
    }
  }

  /// A square chop: a frame and four characters.
  public mutating func stampChop(x: Double, y: Double, side: Double) {
    ink(.seal, x: x...(x + side), y: y...(y + side)) { px, py in
      guard px >= x, px <= x + side, py >= y, py <= y + side else { return 0 }
      let edge = min(min(px - x, x + side - px), min(py - y, y + side - py))
      return edge < side * 0.05 ? 1 : 0
    }
    for (dx, dy) in [(0.12, 0.12), (0.54, 0.12), (0.12, 0.54), (0.54, 0.54)] {
      glyph(x: x + dx * side, y: y + dy * side, size: side * 0.34, ink: .seal)
    }
  }

  /// Ridges within an oval.
  public mutating func pressFinger(x: Double, y: Double, width: Double = 60, height: Double = 84) {
    ink(.seal, x: (x - width / 2)...(x + width / 2), y: (y - height / 2)...(y + height / 2)) { px, py in
      let u = (px - x) / (width / 2)
      let v = (py - y) / (height / 2)
      guard u * u + v * v < 1 else { return 0 }
      let ridge = sin((u * u * 1.3 + (v - 0.2) * (v - 0.2)).squareRoot() * 24 + u * 3)
      return ridge > -0.3 ? 0.8 : 0.25
    }
  }

  /// A loop drawn by hand, not closed, and strokes as of a signature.
  public mutating func scrawl(x: Double, y: Double, size: Double) {
    for step in 0..<900 {
      let turn = Double(step) / 900 * 5.6
      let r = size * (0.8 + 0.25 * sin(turn * 1.7) + 0.1 * sin(turn * 5))
      dot(x: x + r * cos(turn) * 1.4, y: y + r * sin(turn) * 0.7, radius: 2.2)
    }
    for line in 0..<5 {
      for step in 0..<120 {
        let t = Double(step) / 120
        dot(
          x: x - size + 2 * size * t, y: y + size * (0.5 * sin(t * 9 + Double(line)) + 0.2 * Double(line) - 0.5),
          radius: 1.8)
      }
    }
  }

  private mutating func dot(x: Double, y: Double, radius: Double) {
    paste([0.85, 0.2, 0.2, 1], x: max(0, x - radius)...(x + radius), y: max(0, y - radius)...(y + radius)) { px, py in
      (px - x) * (px - x) + (py - y) * (py - y) <= radius * radius
    }
  }

  /// A solid disc with a white bar and a thin ring, as brands have.
  public mutating func drawLogo(x: Double, y: Double, radius: Double) {
    ink(.seal, x: (x - radius)...(x + radius), y: (y - radius)...(y + radius)) { px, py in
      let u = (px - x) / radius
      let v = (py - y) / radius
      let r = (u * u + v * v).squareRoot()
      guard r <= 1 else { return 0 }
      return r > 0.92 || (r < 0.84 && abs(v) > 0.22) ? 1.2 : 0
    }
  }

  /// A plain square with a disc left out in its middle.
  public mutating func drawSquareLogo(x: Double, y: Double, side: Double) {
    ink(.seal, x: x...(x + side), y: y...(y + side)) { px, py in
      guard px >= x, px <= x + side, py >= y, py <= y + side else { return 0 }
      let u = (px - x) / side - 0.5
      let v = (py - y) / side - 0.5
      return (u * u + v * v).squareRoot() < 0.18 ? 0 : 1.2
    }
  }
}
