#if canImport(Glibc)
  internal import Glibc
#endif

/// A few numbers that look random and are the same in every run: the same picture gets the same answer.
struct SampleOrder {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}

/// The ellipse that most edge points around a centre lie on, seen from all sides.
/// Source: RANSAC (Fischler and Bolles 1981) over five-point conics, then weighted least squares.
struct EllipseSearch {
  /// Directions that agreement is counted in: a long arc of one side is worth no more than its angle.
  private static let sectors = 72
  private static let rounds = 70
  let radii: ClosedRange<Double>
  let leastAspect: Double

  struct Found {
    let ellipse: Ellipse
    /// Share of directions with an edge on the ellipse, 0…1.
    let support: Double
  }

  /// Radii that many edges share around a centre, outermost first.
  func radii(of edges: InkEdges, x: Double, y: Double) -> [Double] {
    let top = Int(radii.upperBound) + 2
    var counts = [Double](repeating: 0, count: top + 1)
    let reach = Float(radii.upperBound)
    let cx = Float(x)
    let cy = Float(y)
    for edge in edges.points {
      let dx = cx - edge.x
      let dy = cy - edge.y
      guard abs(dx) < reach, abs(dy) < reach else { continue }
      let distance = (dx * dx + dy * dy).squareRoot()
      guard distance < reach, distance > 1, (dx * edge.dx + dy * edge.dy) > 0.88 * distance else { continue }
      counts[Int(distance)] += 1
    }
    // Share of the circumference that is edge, within ±6 % of the radius: room for perspective.
    var support = [Double](repeating: 0, count: top + 1)
    for radius in max(4, Int(radii.lowerBound))...max(4, Int(radii.upperBound)) {
      let slack = max(1, Int(Double(radius) * 0.06))
      var sum = 0.0
      for near in max(0, radius - slack)...min(top, radius + slack) { sum += counts[near] }
      support[radius] = sum / (2 * .pi * Double(radius))
    }
    guard let best = support.max(), best > 0.25 else { return [] }
    var found: [Double] = []
    var radius = min(top - 1, Int(radii.upperBound))
    while radius > max(4, Int(radii.lowerBound)), found.count < 3 {
      let slack = max(2, radius / 8)
      let window = support[max(0, radius - slack)...min(top, radius + slack)]
      if support[radius] >= max(0.25, 0.45 * best), support[radius] == window.max() {
        found.append(Double(radius))
        radius -= slack
      }
      radius -= 1
    }
    return found
  }

  /// Edge points that face a centre from `inner…outer` times a radius away.
  func points(
    of edges: InkEdges, x: Double, y: Double, radius: Double, within: ClosedRange<Double>, facing: Float
  ) -> [(x: Double, y: Double)] {
    let low = Float(radius * within.lowerBound)
    let high = Float(radius * within.upperBound)
    let cx = Float(x)
    let cy = Float(y)
    var found: [(x: Double, y: Double)] = []
    for edge in edges.points {
      let dx = cx - edge.x
      let dy = cy - edge.y
      guard abs(dx) <= high, abs(dy) <= high else { continue }
      let distance = (dx * dx + dy * dy).squareRoot()
      guard distance >= low, distance <= high, dx * edge.dx + dy * edge.dy > facing * distance else { continue }
      found.append((Double(-dx) / radius, Double(-dy) / radius))
    }
    return found
  }

  /// The ellipse around a centre, looked for again from where it was found: an oval's normals miss its centre, so that
  /// the first look sees only part of it.
  func refined(of edges: InkEdges, x: Double, y: Double, radius: Double) -> Found? {
    let near = points(of: edges, x: x, y: y, radius: radius, within: 0.78...1.26, facing: 0.8)
    guard var found = ellipse(through: near, x: x, y: y, radius: radius) else { return nil }
    for _ in 0..<2 where found.ellipse.aspect < 0.93 || found.support < 0.9 {
      let around = points(of: edges, around: found.ellipse, within: 0.85...1.2)
      guard
        let again = ellipse(through: around, x: found.ellipse.x, y: found.ellipse.y, radius: found.ellipse.radius),
        again.support > found.support
      else { break }
      found = again
    }
    return found
  }

  /// Edge points near an ellipse whose normals are the ellipse's.
  private func points(of edges: InkEdges, around ellipse: Ellipse, within: ClosedRange<Double>)
    -> [(x: Double, y: Double)]
  {
    let map = ellipse.map
    let reach = Float(ellipse.long * within.upperBound)
    let cx = Float(ellipse.x)
    let cy = Float(ellipse.y)
    let radius = ellipse.radius
    var found: [(x: Double, y: Double)] = []
    for edge in edges.points {
      guard abs(edge.x - cx) <= reach, abs(edge.y - cy) <= reach else { continue }
      let at = map.inverse(Double(edge.x), Double(edge.y))
      let distance = (at.u * at.u + at.v * at.v).squareRoot()
      guard within.contains(distance) else { continue }
      // The normal of an ellipse is its map's inverse, transposed, of the disc's; the map is symmetric.
      let determinant = map.xx * map.yy - map.xy * map.xy
      let nx = (map.yy * at.u - map.xy * at.v) / determinant
      let ny = (map.xx * at.v - map.xy * at.u) / determinant
      let length = (nx * nx + ny * ny).squareRoot()
      guard -(nx * Double(edge.dx) + ny * Double(edge.dy)) > 0.85 * length else { continue }
      found.append(((Double(edge.x) - ellipse.x) / radius, (Double(edge.y) - ellipse.y) / radius))
    }
    return found
  }

  /// - Parameters:
  ///   - points: relative to (`x`, `y`), in units of `radius`.
  ///   - tolerance: pixels beside the ellipse that still count.
  func ellipse(through points: [(x: Double, y: Double)], x: Double, y: Double, radius: Double, tolerance: Double = 1)
    -> Found?
  {
    guard points.count >= 12 else { return nil }
    let sectors = points.map { UInt8(Self.sector(of: $0, of: Self.sectors)) }
    var bySector = [[Int]](repeating: [], count: 24)
    for (index, sector) in sectors.enumerated() { bySector[Int(sector) / 3].append(index) }
    let filled = bySector.filter { !$0.isEmpty }
    guard filled.count >= 5 else { return nil }
    let slack = 0.012 + tolerance / radius
    var order = SampleOrder()
    var best: Conic?
    var most = 0
    var sample: [(x: Double, y: Double)] = []
    for _ in 0..<Self.rounds {
      // Five points of sectors spread around: neighbours say nothing about the whole.
      let first = order.next(below: filled.count)
      sample.removeAll(keepingCapacity: true)
      for k in 0..<5 {
        let group = filled[(first + k * filled.count / 5 + order.next(below: max(1, filled.count / 5))) % filled.count]
        sample.append(points[group[order.next(below: group.count)]])
      }
      guard let conic = Conic(sample), let ellipse = conic.ellipse, allows(ellipse, radius: radius) else { continue }
      let score = Self.agreement(of: points, sectors, with: conic, slack: slack)
      if score > most {
        most = score
        best = conic
        if most >= Self.sectors - 2 { break }
      }
    }
    guard var conic = best else { return nil }
    // Twice least squares over what agrees.
    for _ in 0..<2 {
      let weights = points.map { Self.isNear($0, conic, slack) ? 1.0 : 0.0 }
      guard let refined = Conic(points, weights: weights), let ellipse = refined.ellipse,
        allows(ellipse, radius: radius), Self.agreement(of: points, sectors, with: refined, slack: slack) >= most - 2
      else { break }
      conic = refined
    }
    guard let ellipse = conic.ellipse else { return nil }
    let support = Double(Self.agreement(of: points, sectors, with: conic, slack: slack)) / Double(Self.sectors)
    return Found(
      ellipse: Ellipse(
        x: x + ellipse.x * radius, y: y + ellipse.y * radius, long: ellipse.long * radius,
        short: ellipse.short * radius, angle: ellipse.angle), support: support)
  }

  private func allows(_ ellipse: Ellipse, radius: Double) -> Bool {
    ellipse.aspect >= leastAspect && ellipse.long * radius <= radii.upperBound * 1.3
      && ellipse.short * radius >= radii.lowerBound * 0.6 && abs(ellipse.x) < 0.5 && abs(ellipse.y) < 0.5
  }

  private static func sector(of point: (x: Double, y: Double), of count: Int) -> Int {
    let turn = atan2(point.y, point.x) / (2 * .pi) + 0.5
    return min(count - 1, Int(turn * Double(count)))
  }

  /// Directions with a point on the conic.
  private static func agreement(
    of points: [(x: Double, y: Double)], _ sectors: [UInt8], with conic: Conic, slack: Double
  ) -> Int {
    var low: UInt64 = 0
    var high: UInt64 = 0
    points.withUnsafeBufferPointer { points in
      sectors.withUnsafeBufferPointer { sectors in
        for index in 0..<points.count where isNear(points[index], conic, slack) {
          let at = sectors[index]
          if at < 36 { low |= 1 << UInt64(at) } else { high |= 1 << UInt64(at - 36) }
        }
      }
    }
    return low.nonzeroBitCount + high.nonzeroBitCount
  }

  /// First-order distance to the conic (Sampson) below a limit, in the points' units.
  @inline(__always)
  private static func isNear(_ point: (x: Double, y: Double), _ conic: Conic, _ slack: Double) -> Bool {
    let value =
      conic.a * point.x * point.x + conic.b * point.x * point.y + conic.c * point.y * point.y + conic.d * point.x
      + conic.e * point.y - 1
    let gx = 2 * conic.a * point.x + conic.b * point.y + conic.d
    let gy = conic.b * point.x + 2 * conic.c * point.y + conic.e
    return value * value < slack * slack * (gx * gx + gy * gy)
  }
}
