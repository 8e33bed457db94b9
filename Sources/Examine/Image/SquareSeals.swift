#if canImport(Glibc)
  internal import Glibc
#endif
internal import ClosureModel

/// Square personal chops (私章): a blob of ink with four straight sides.
struct SquareSeals {
  /// - Parameter map: red ink.
  /// - Returns: squares as ellipses within, in pixels of the map.
  static func find(in map: Plane, least: UInt8) -> [Ellipse] {
    let long = Double(max(map.width, map.height))
    var found: [Ellipse] = []
    for blob in Blobs.find(in: map, least: least, reach: 1) {
      let side = Double(max(blob.width, blob.height))
      guard side >= 0.022 * long, side <= 0.16 * long,
        min(blob.width, blob.height) * 10 >= max(blob.width, blob.height) * 7
      else { continue }
      if let ellipse = square(in: map, blob: blob, least: least) { found.append(ellipse) }
    }
    return found
  }

  /// Turns the blob until its ink reaches furthest along all four sides of the box around it.
  private static func square(in map: Plane, blob: Blobs.Blob, least: UInt8) -> Ellipse? {
    var points: [(x: Float, y: Float)] = []
    for y in blob.y {
      for x in blob.x where map.bytes[y * map.width + x] >= least { points.append((Float(x), Float(y))) }
    }
    guard points.count > 60 else { return nil }
    var best: (share: Double, ellipse: Ellipse)?
    for degrees in stride(from: -44, to: 45, by: 4) {
      let turn = Double(degrees) * .pi / 180
      let c = Float(cos(turn))
      let s = Float(sin(turn))
      let us = points.map { $0.x * c + $0.y * s }
      let vs = points.map { $0.y * c - $0.x * s }
      guard let u = range(us), let v = range(vs) else { continue }
      let width = u.upperBound - u.lowerBound
      let height = v.upperBound - v.lowerBound
      guard min(width, height) > 0.8 * max(width, height) else { continue }
      var sides = [UInt32](repeating: 0, count: 4)
      for index in us.indices {
        let a = (us[index] - u.lowerBound) / width
        let b = (vs[index] - v.lowerBound) / height
        guard a >= 0, a <= 1, b >= 0, b <= 1 else { continue }
        if a < 0.09 { sides[0] |= 1 << UInt32(min(19, b * 20)) }
        if a > 0.91 { sides[1] |= 1 << UInt32(min(19, b * 20)) }
        if b < 0.09 { sides[2] |= 1 << UInt32(min(19, a * 20)) }
        if b > 0.91 { sides[3] |= 1 << UInt32(min(19, a * 20)) }
      }
      let share = Double(sides.map(\.nonzeroBitCount).min() ?? 0) / 20
      if share > (best?.share ?? 0) {
        let mu = Double(u.lowerBound + u.upperBound) / 2
        let mv = Double(v.lowerBound + v.upperBound) / 2
        best = (
          share,
          Ellipse(
            x: mu * Double(c) - mv * Double(s), y: mu * Double(s) + mv * Double(c),
            long: Double(max(width, height)) / 2,
            short: Double(min(width, height)) / 2, angle: turn)
        )
      }
    }
    guard let best, best.share >= 0.75, hasCharacters(map, best.ellipse, least: least) else { return nil }
    return best.ellipse
  }

  /// Whether lines along and across it meet strokes again and again: a plain field, or one with a disc or a letter in it,
  /// is a logo's. Chops of the labelled letters meet three to four strokes a line, a logo with a disc fewer than two.
  private static func hasCharacters(_ map: Plane, _ square: Ellipse, least: UInt8) -> Bool {
    let (c, s) = (cos(square.angle), sin(square.angle))
    let steps = max(12, Int(2 * square.long))
    func strokes(along: (x: Double, y: Double), across: (x: Double, y: Double), half: (along: Double, across: Double))
      -> Double
    {
      var met = 0
      for row in 0..<steps {
        let v = (Double(row) / Double(steps - 1) - 0.5) * 1.5 * half.across
        var isInk = false
        for column in 0..<steps {
          let u = (Double(column) / Double(steps - 1) - 0.5) * 1.7 * half.along
          let x = Int(square.x + u * along.x + v * across.x)
          let y = Int(square.y + u * along.y + v * across.y)
          guard x >= 0, y >= 0, x < map.width, y < map.height else { continue }
          let ink = map.bytes[y * map.width + x] >= least
          if ink, !isInk { met += 1 }
          isInk = ink
        }
      }
      return Double(met) / Double(steps)
    }
    let halves = (square.long, square.short)
    return strokes(along: (c, s), across: (-s, c), half: (halves.0, halves.1)) >= leastStrokes
      && strokes(along: (-s, c), across: (c, s), half: (halves.1, halves.0)) >= leastStrokes
  }
  private static let leastStrokes = 1.8

  /// From the first to the last hundredth.
  private static func range(_ values: [Float]) -> ClosedRange<Float>? {
    let sorted = values.sorted()
    let low = sorted[sorted.count / 100]
    let high = sorted[sorted.count - 1 - sorted.count / 100]
    return high - low > 8 ? low...high : nil
  }
}
