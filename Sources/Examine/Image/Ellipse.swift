#if canImport(Glibc)
  internal import Glibc
#endif

/// An ellipse, as a round seal looks under perspective. Pixels; the angle is that of the long axis, in radians,
/// clockwise from the x axis as the y axis points down.
public struct Ellipse: Sendable, Hashable {
  public let x: Double
  public let y: Double
  /// Semi-axes, `long >= short > 0`.
  public let long: Double
  public let short: Double
  public let angle: Double

  public init(x: Double, y: Double, long: Double, short: Double, angle: Double) {
    self.x = x
    self.y = y
    self.long = max(long, short)
    self.short = min(long, short)
    self.angle = long >= short ? angle : angle + .pi / 2
  }

  /// Radius of the circle of the same area.
  var radius: Double { (long * short).squareRoot() }
  var aspect: Double { short / long }

  /// Half the width and half the height of the upright box around it.
  var halfExtent: (x: Double, y: Double) {
    let c = cos(angle)
    let s = sin(angle)
    return (
      (long * long * c * c + short * short * s * s).squareRoot(),
      (long * long * s * s + short * short * c * c).squareRoot()
    )
  }

  func scaled(by factor: Double) -> Ellipse {
    Ellipse(x: x * factor, y: y * factor, long: long * factor, short: short * factor, angle: angle)
  }

  /// The symmetric map from the unit disc: turns nothing, so that directions in the disc stay those of the page.
  var map: DiscMap {
    let c = cos(angle)
    let s = sin(angle)
    return DiscMap(
      x: x, y: y, xx: long * c * c + short * s * s, xy: (long - short) * c * s, yy: long * s * s + short * c * c)
  }
}

/// Points of the unit disc to points of the page.
struct DiscMap {
  let x: Double
  let y: Double
  let xx: Double
  let xy: Double
  let yy: Double
  @inline(__always)
  func callAsFunction(_ u: Double, _ v: Double) -> (x: Double, y: Double) {
    (x + xx * u + xy * v, y + xy * u + yy * v)
  }
  /// Back from the page to the disc.
  @inline(__always)
  func inverse(_ px: Double, _ py: Double) -> (u: Double, v: Double) {
    let determinant = xx * yy - xy * xy
    let dx = px - x
    let dy = py - y
    return ((yy * dx - xy * dy) / determinant, (xx * dy - xy * dx) / determinant)
  }
}

/// The conic A x² + B xy + C y² + D x + E y = 1 around points near the origin, which has to lie inside.
struct Conic {
  let a: Double
  let b: Double
  let c: Double
  let d: Double
  let e: Double

  /// Weighted least squares; exact for five points.
  init?(_ points: [(x: Double, y: Double)], weights: [Double]? = nil) {
    guard points.count >= 5 else { return nil }
    var matrix = [Double](repeating: 0, count: 30)
    for (index, point) in points.enumerated() {
      let weight = weights?[index] ?? 1
      guard weight > 0 else { continue }
      let terms = (point.x * point.x, point.x * point.y, point.y * point.y, point.x, point.y)
      withUnsafeBytes(of: terms) { raw in
        let row = raw.bindMemory(to: Double.self)
        for i in 0..<5 {
          for j in 0..<5 { matrix[i * 6 + j] += weight * row[i] * row[j] }
          matrix[i * 6 + 5] += weight * row[i]
        }
      }
    }
    guard let solved = Self.solve(&matrix) else { return nil }
    (a, b, c, d, e) = solved
  }

  /// Gaussian elimination with pivots, five unknowns.
  private static func solve(_ m: inout [Double]) -> (Double, Double, Double, Double, Double)? {
    for column in 0..<5 {
      var pivot = column
      for row in column + 1..<5 where abs(m[row * 6 + column]) > abs(m[pivot * 6 + column]) { pivot = row }
      guard abs(m[pivot * 6 + column]) > 1e-12 else { return nil }
      if pivot != column { for k in 0..<6 { m.swapAt(pivot * 6 + k, column * 6 + k) } }
      for row in 0..<5 where row != column {
        let factor = m[row * 6 + column] / m[column * 6 + column]
        guard factor != 0 else { continue }
        for k in column..<6 { m[row * 6 + k] -= factor * m[column * 6 + k] }
      }
    }
    return (m[5] / m[0], m[11] / m[7], m[17] / m[14], m[23] / m[21], m[29] / m[28])
  }

  /// Nil: a parabola or a hyperbola.
  var ellipse: Ellipse? {
    let discriminant = 4 * a * c - b * b
    guard discriminant > 1e-9, a + c > 0 else { return nil }
    let x = (b * e - 2 * c * d) / discriminant
    let y = (b * d - 2 * a * e) / discriminant
    let value = 1 - (a * x * x + b * x * y + c * y * y + d * x + e * y)
    guard value > 0 else { return nil }
    let mean = (a + c) / 2
    let spread = ((a - c) * (a - c) / 4 + b * b / 4).squareRoot()
    guard mean - spread > 1e-12 else { return nil }
    return Ellipse(
      x: x, y: y, long: (value / (mean - spread)).squareRoot(), short: (value / (mean + spread)).squareRoot(),
      angle: 0.5 * atan2(-b, c - a))
  }
}
