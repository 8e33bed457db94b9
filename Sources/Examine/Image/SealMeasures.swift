#if canImport(Glibc)
  internal import Glibc
#endif

/// What is measured on a disc; numbers without a judgement.
struct SealMeasures: Sendable {
  /// Density of the ring where it is inked, in `LogScale` units.
  let level: Float
  /// Share of directions inside the picture whose ring is inked.
  let cover: Double
  /// Share of directions in which the ring lies inside the picture.
  let visible: Double
  /// Longest piece of ring without ink, in turns.
  let broken: Double
  /// Ink just outside the ring, in levels.
  let halo: Double
  /// Share of inked directions in which the ring is parted from what is inside by blank paper.
  let parted: Double
  /// Share of directions with ink in the band of the writing.
  let written: Double
  /// Mean ink in the band of the writing, in levels.
  let fill: Double
  /// Changes between ink and paper around the band of the writing: strokes, in both directions.
  let strokes: Int
  /// The blank arc in the band: middle (radians clockwise from the right) and width in turns.
  let blank: (middle: Double, turns: Double)
  let star: Star
  /// Direction of the top of the seal, radians clockwise from the right (−π/2: upright).
  let top: Double
  /// Ink in the strongest row under the star, in levels, and where that row lies (radii below the centre).
  let line: (ink: Double, at: Double)
  /// Directions in which print meets the ring, and how many of them show it within the ring as well: real ink lets it
  /// through, an opaque picture of a seal covers it.
  let crossings: (met: Int, through: Int)
  /// Spread of density within the star and along the ring, as share of the mean; nil: too little to tell.
  let starSpread: Double?
  let ringSpread: Double?
  /// Mean density of the star, in `LogScale` units; nil as above.
  let starLevel: Float?

  /// Directions and steps of the polar picture.
  private static let angles = PolarDisc.angles
  static let ringBand = PolarDisc.bins(0.90...1.03)
  static let partBand = PolarDisc.bins(0.70...0.93)
  static let haloBand = PolarDisc.bins(1.07...1.17)
  /// The inner part of the writing: the digits of a code reach less far in.
  static let textBand = PolarDisc.bins(0.55...0.76)

  /// Nil: too little of a ring to measure anything on.
  init?(_ disc: Disc, ink: InkColour) {
    let polar = PolarDisc(disc)
    let hides: Float = ink == .neutral ? .greatestFiniteMagnitude : 42
    let ring = (0..<Self.angles).map { polar.most($0, Self.ringBand) }
    let seen = ring.filter { $0 >= 0 }.sorted()
    let level = max(1, seen.isEmpty ? 1 : seen[seen.count * 3 / 4])
    self.level = level
    visible = Double(seen.count) / Double(Self.angles)
    let inked = ring.map { $0 > max(4, 0.35 * level) }
    cover = seen.isEmpty ? 0 : Double(inked.count { $0 }) / Double(seen.count)
    guard visible > 0.3, level >= 7, cover >= 0.45 else { return nil }
    broken = Self.longest(Self.angles) { ring[$0] >= 0 && !inked[$0] }.turns
    halo =
      Double((0..<Self.angles).reduce(Float(0)) { $0 + polar.mean($1, Self.haloBand) })
      / Double(Self.angles) / Double(level)
    var apart = 0
    for angle in 0..<Self.angles where inked[angle] && polar.least(angle, Self.partBand) < 0.35 * ring[angle] {
      apart += 1
    }
    parted = Double(apart) / Double(max(1, inked.count { $0 }))

    var band = (0..<Self.angles).map { polar.mean($0, Self.textBand) / level }
    fill = Double(band.reduce(0, +)) / Double(Self.angles)
    let isWritten = band.map { $0 > 0.10 }
    written = Double(isWritten.count { $0 }) / Double(Self.angles)
    strokes = Self.strokes(polar, level: level)
    band = Self.smoothed(band, by: 4)
    let floor = 0.35 * band.reduce(0, +) / Float(band.count)
    let gap = Self.longest(Self.angles) { band[$0] < max(0.05, floor) }
    blank = (2 * .pi * gap.middle, gap.turns)

    let star = Star(disc, hides: hides)
    self.star = star
    let top = Self.top(star: star, opposite: 2 * .pi * gap.middle + .pi)
    self.top = top
    line = Self.line(disc, top: top, level: level)
    crossings = Self.crossings(polar, inked: inked)
    let grain = Self.starGrain(disc, star: star, hides: hides)
    starSpread = grain?.spread
    starLevel = grain.map { Float($0.mean) }
    ringSpread = Self.ringGrain(polar, inked: inked, hides: hides)?.spread
  }

  /// The longest run of directions that satisfy `holds`, around the circle.
  private static func longest(_ count: Int, _ holds: (Int) -> Bool) -> (middle: Double, turns: Double) {
    var best = (start: 0, length: 0)
    var run = 0
    for step in 0..<2 * count {
      if holds(step % count) {
        run += 1
        if run > best.length, run <= count { best = (step - run + 1, run) }
      } else {
        run = 0
      }
    }
    let middle = (Double(best.start) + Double(best.length) / 2) / Double(count)
    return (middle.truncatingRemainder(dividingBy: 1), Double(best.length) / Double(count))
  }

  private static func smoothed(_ values: [Float], by reach: Int) -> [Float] {
    let n = values.count
    return (0..<n).map { at in
      var sum: Float = 0
      for step in -reach...reach { sum += values[(at + step + n) % n] }
      return sum / Float(2 * reach + 1)
    }
  }

  /// Crossings from paper to ink along three circles of the band, the middle one of the three counts.
  private static func strokes(_ polar: PolarDisc, level: Float) -> Int {
    let counts = [0.60, 0.66, 0.72].map { radius -> Int in
      let bin = Int(radius / PolarDisc.step)
      var crossings = 0
      var isInk = false
      for angle in 0..<angles {
        let value = polar.ink[angle * PolarDisc.radii + bin]
        if !isInk, value > 0.45 * level {
          isInk = true
          crossings += 1
        } else if isInk, value < 0.25 * level {
          isInk = false
        }
      }
      return crossings
    }
    return counts.sorted()[1]
  }

  /// The point of the star nearest to the side away from the blank arc; without a star that side itself.
  private static func top(star: Star, opposite: Double) -> Double {
    guard star.match > 0.5 else { return opposite }
    let fifth = 2 * Double.pi / 5
    return star.phase + ((opposite - star.phase) / fifth).rounded() * fifth
  }

  /// Rows across the lower part of the seal, the width of the blank arc of ordinary company seals.
  private static func line(_ disc: Disc, top: Double, level: Float) -> (ink: Double, at: Double) {
    let down = (x: -cos(top), y: -sin(top))
    let across = (x: -down.y, y: down.x)
    var best = (ink: 0.0, at: 0.0)
    var rows: [Double] = []
    for step in 0..<22 {
      let v = 0.36 + Double(step) * 0.02
      var sum: Float = 0
      var n: Float = 0
      for column in -15...15 {
        let u = Double(column) * 0.02
        guard u * u + v * v < 0.76 * 0.76 else { continue }
        sum += min(level, max(0, disc.ink[Disc.index(v * down.x + u * across.x, v * down.y + u * across.y)]))
        n += 1
      }
      rows.append(n > 0 ? Double(sum / n / level) : 0)
    }
    for start in 0..<(rows.count - 6) {
      let mean = rows[start..<start + 6].reduce(0, +) / 6
      if mean > best.ink { best = (mean, 0.36 + (Double(start) + 3) * 0.02) }
    }
    return best
  }

  /// Grain and blotches of real ink within the star, its outline and print over it left out.
  private static func starGrain(_ disc: Disc, star: Star, hides: Float) -> Grain? {
    var values: [Float] = []
    let scale = Double(Disc.side) / (2 * Disc.halfExtent)
    let reach = Int(star.size * scale) + 1
    let cx = Int((star.x + Disc.halfExtent) * scale)
    let cy = Int((star.y + Disc.halfExtent) * scale)
    for row in max(2, cy - reach)...min(Disc.side - 3, cy + reach) {
      for column in max(2, cx - reach)...min(Disc.side - 3, cx + reach) {
        let u = ((Double(column) + 0.5) / scale - Disc.halfExtent - star.x) / (0.72 * star.size)
        let v = ((Double(row) + 0.5) / scale - Disc.halfExtent - star.y) / (0.72 * star.size)
        guard u * u + v * v <= 1, Star.contains(u, v, phase: star.phase) else { continue }
        // Print over the star, and its soft borders, are not the ink's doing.
        var isHidden = false
        for dy in -1...1 {
          for dx in -1...1 where disc.dark[(row + dy) * Disc.side + column + dx] > hides * 0.7 { isHidden = true }
        }
        if !isHidden { values.append(disc.ink[row * Disc.side + column]) }
      }
    }
    return grain(values, least: 60)
  }

  private static func crossings(_ polar: PolarDisc, inked: [Bool]) -> (met: Int, through: Int) {
    func darkest(_ angle: Int, _ range: ClosedRange<Double>) -> Float {
      var best: Float = 0
      for near in angle - 1...angle + 1 {
        for radius in PolarDisc.bins(range) {
          best = max(best, polar.dark[((near + angles) % angles) * PolarDisc.radii + radius])
        }
      }
      return best
    }
    var met = 0
    var through = 0
    for angle in 0..<angles where inked[angle] {
      // Print of one stroke: as dark on both sides of the ring.
      let beside = min(darkest(angle, 1.04...1.08), darkest(angle, 0.86...0.90))
      guard beside > 50 else { continue }
      met += 1
      if darkest(angle, 0.94...0.98) > 0.6 * beside { through += 1 }
    }
    return (met, through)
  }

  private static func ringGrain(_ polar: PolarDisc, inked: [Bool], hides: Float) -> Grain? {
    var values: [Float] = []
    let band = ringBand
    for angle in 0..<angles where inked[angle] {
      var best: Float = 0
      var isHidden = false
      for radius in band {
        let at = angle * PolarDisc.radii + radius
        best = max(best, polar.ink[at])
        if polar.dark[at] > hides * 0.7 { isHidden = true }
      }
      if !isHidden { values.append(best) }
    }
    return grain(values, least: 80)
  }

  private typealias Grain = (mean: Double, spread: Double)

  /// Mean, and standard deviation over mean, the outer twentieths left out.
  private static func grain(_ values: [Float], least: Int) -> Grain? {
    guard values.count >= least else { return nil }
    let kept = values.sorted()[(values.count / 20)..<(values.count - values.count / 20)]
    let mean = kept.reduce(0, +) / Float(kept.count)
    guard mean > 1 else { return nil }
    let variance = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(kept.count)
    return (Double(mean), Double(variance.squareRoot() / mean))
  }
}
