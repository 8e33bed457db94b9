internal import ClosureModel

/// Whether a picture has colours of its own. A grey copy saved as a colour file has none; one that was tinted, or lies
/// under coloured light, has one colour for each brightness and no other.
struct ColourTest {
  /// Distance from the usual colour of the same brightness (sum over two colour differences, 0…510) that one pixel in
  /// 500 exceeds.
  let spread: Int
  /// Share of pixels that are neither nearly black nor nearly white.
  let between: Double
  let colour: PageFacts.Colour

  /// Chosen between what was seen: grey files 0 to 6, colour files without any coloured ink 3 to 8 (those count as grey),
  /// the palest colour file with something to tell 11. Tinted grey was tried on drawn pages only, not on JPEG files.
  static let leastSpread = 9

  init(_ planes: ColourPlanes) {
    let count = planes.width * planes.height
    var sums = [(n: Int, u: Int, v: Int)](repeating: (0, 0, 0), count: 64)
    var between = 0
    for at in 0..<count {
      let r = Int(planes.red[at])
      let g = Int(planes.green[at])
      let b = Int(planes.blue[at])
      let bin = (r + 2 * g + b) >> 4
      sums[bin].n += 1
      sums[bin].u += b - g
      sums[bin].v += r - g
      if g > 48, g < 208 { between += 1 }
    }
    let means = sums.map { $0.n > 0 ? (u: $0.u / $0.n, v: $0.v / $0.n) : (u: 0, v: 0) }
    var counts = [Int](repeating: 0, count: 511)
    for at in 0..<count {
      let r = Int(planes.red[at])
      let g = Int(planes.green[at])
      let b = Int(planes.blue[at])
      let mean = means[(r + 2 * g + b) >> 4]
      counts[min(510, abs(b - g - mean.u) + abs(r - g - mean.v))] += 1
    }
    var left = count / 500
    var spread = 510
    while spread > 0, left >= counts[spread] {
      left -= counts[spread]
      spread -= 1
    }
    self.spread = spread
    self.between = Double(between) / Double(count)
    colour = spread >= Self.leastSpread ? .colour : self.between < 0.012 ? .bilevel : .grey
  }
}
