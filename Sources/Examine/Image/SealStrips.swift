#if canImport(Glibc)
  internal import Glibc
#endif
public import ClosureModel

/// Cuts pictures for a line recogniser out of a page: the writing along a seal's ring, lines within a seal, and the
/// page without its red ink.
public struct SealStrips: Sendable {
  private let page: PageImage
  private let planes: ColourPlanes
  private let paper: PaperColour

  /// - Parameter page: the page that the seals were found on; one decoded larger gives better strips.
  public init(_ page: PageImage) {
    self.page = page
    planes = ColourPlanes(page.pixels)
    paper = PaperColour(planes)
  }

  /// How one reading of a ring is cut. Recognisers read the same ring differently at another cut; several readings tell
  /// true names from wrong ones better than any one of them.
  private struct Cut {
    /// Distances from the centre, in radii of the ring's outer edge.
    let inner: Double
    let outer: Double
    /// Pixels for a full turn, and rows that the writing takes of `height`.
    let turn: Int
    let rows: Int
    /// Exponent on the density: below 1 lifts faint strokes.
    let gamma: Float
    /// Softened over one neighbour each way: closes specks in worn strokes.
    let isSoft: Bool
  }
  private static let height = 48
  private static let cuts = [
    Cut(inner: 0.50, outer: 0.94, turn: 650, rows: 42, gamma: 0.7, isSoft: false),
    Cut(inner: 0.46, outer: 0.92, turn: 650, rows: 44, gamma: 0.6, isSoft: false),
  ]
  private static let uprightCuts = [
    UprightCharacters.Cut(middle: 0.72, half: 0.22, gap: 0, gamma: 0.7, isSoft: false),
    UprightCharacters.Cut(middle: 0.70, half: 0.24, gap: 0, gamma: 0.7, isSoft: false),
    UprightCharacters.Cut(middle: 0.72, half: 0.24, gap: 0, gamma: 0.6, isSoft: true),
  ]

  /// The writing along the ring of a round or oval seal, laid out as a line: dark on white, upright, 48 px high, about
  /// 500 wide, cut at the arc without writing.
  /// - Returns: two cuts of the same writing; empty for seals without a ring.
  public func ring(of seal: FoundSeal) -> [Pixels] {
    guard let unwrapped = unwrapped(seal) else { return [] }
    return Self.cuts.map { strip(unwrapped, cut: $0, blank: seal.blank.turns) }
  }

  /// The characters along the ring, each set upright by itself: dark on white, 48 px high.
  /// - Parameters:
  ///   - places: of the characters' middles, as shares of the width of `ring(of:)`'s strips; outside 0…1 lies the arc that
  ///     they leave out.
  ///   - pitch: from one to the next, the same share.
  /// - Returns: three cuts; empty for seals without a ring.
  public func characters(of seal: FoundSeal, at places: [Double], pitch: Double) -> [Pixels] {
    guard !places.isEmpty, pitch > 0, let unwrapped = unwrapped(seal) else { return [] }
    let first = Double(Self.firstColumn(seal.blank.turns)) / Double(RingUnwrapping.width)
    let turns = 1 - 2 * first
    return Self.uprightCuts.map { cut in
      var row = UprightCharacters.row(
        unwrapped, centres: places.map { first + $0 * turns }, pitch: pitch * turns, cut: cut)
      let black = Self.percentile(row.values, 0.92)
      for index in row.values.indices { row.values[index] = powf(min(1, row.values[index] / black), cut.gamma) }
      if cut.isSoft { Self.soften(&row.values, width: row.width, height: UprightCharacters.rows) }
      let above = (Self.height - UprightCharacters.rows) / 2
      return Self.pixels(
        row.values, width: row.width, height: UprightCharacters.rows, above: above,
        below: Self.height - UprightCharacters.rows - above)
    }
  }

  /// Pixels of a cell beside the character's place, left and right.
  static let cellMargin = 3
  /// Of a cell for one radius of the ring.
  private static let cellScale = 80.0

  /// The characters along the ring, each upright in a picture of its own, for comparing with drawn ones.
  /// - Parameters: as for `characters(of:at:pitch:)`.
  /// - Returns: one picture a place, all of one size; empty for seals without a ring.
  public func cells(of seal: FoundSeal, at places: [Double], pitch: Double) -> [InkPatch] {
    guard !places.isEmpty, pitch > 0, let unwrapped = unwrapped(seal) else { return [] }
    let first = Double(Self.firstColumn(seal.blank.turns)) / Double(RingUnwrapping.width)
    let turns = 1 - 2 * first
    var cells = UprightCharacters.cells(
      unwrapped, centres: places.map { first + $0 * turns }, pitch: pitch * turns, scale: Self.cellScale,
      margin: Self.cellMargin)
    // The ring's own line lies in the uppermost rows.
    let inner = cells.flatMap { $0.values[8 * $0.width..<($0.height - 8) * $0.width] }
    let black = Self.percentile(inner, 0.93)
    for index in cells.indices { cells[index].values = cells[index].values.map { powf(min(1, $0 / black), 0.7) } }
    return cells
  }

  private func unwrapped(_ seal: FoundSeal) -> RingUnwrapping? {
    guard seal.reading.shape == .round || seal.reading.shape == .oval else { return nil }
    return RingUnwrapping(
      page.pixels, paper: paper, factor: planes.factor, outline: seal.outline.scaled(by: 1 / page.scale),
      start: seal.blank.middle, ink: Self.ink(of: seal.reading))
  }

  /// A little of the blank arc stays: characters at the edge of a line are read worse.
  private static func firstColumn(_ blank: Double) -> Int {
    Int(max(0, blank / 2 - 0.02) * Double(RingUnwrapping.width))
  }

  /// Where the writing lies on `ring(of:)`'s strips.
  /// - Returns: nil without a star.
  static func arc(of seal: FoundSeal) -> RingArc? {
    guard seal.reading.hasStar else { return nil }
    let first = Double(firstColumn(seal.blank.turns)) / Double(RingUnwrapping.width)
    let turn = (seal.top - seal.blank.middle) / (2 * .pi)
    func place(_ turn: Double) -> Double { (turn - first) / (1 - 2 * first) }
    return RingArc(
      first: place(seal.blank.turns / 2), last: place(1 - seal.blank.turns / 2), axis: place(turn - turn.rounded(.down))
    )
  }

  /// The horizontal line below a seal's centre (合同专用章 …), upright, dark on white; nil: none was seen.
  public func line(of seal: FoundSeal) -> Pixels? {
    seal.lineBelow.map { cut(seal, rows: ($0 - 0.17)...($0 + 0.17), columns: -0.68...0.68) }
  }

  /// The whole seal, upright and circular, its ink dark on white: for a person's eye, or for reading a chop.
  public func disc(of seal: FoundSeal) -> Pixels { cut(seal, rows: -1.05...1.05, columns: -1.05...1.05) }

  private static func ink(of reading: SealReading) -> InkColour {
    switch reading.ink {
    case .red: .red
    case .blue: .blue
    case .black, .grey: .neutral
    }
  }

  private func strip(_ unwrapped: RingUnwrapping, cut: Cut, blank: Double) -> Pixels {
    let columns = RingUnwrapping.width
    let span = RingUnwrapping.outer - RingUnwrapping.inner
    func row(_ radius: Double) -> Int {
      Int((RingUnwrapping.outer - radius) / span * Double(RingUnwrapping.height))
    }
    let top = max(0, row(cut.outer))
    let bottom = min(RingUnwrapping.height, row(cut.inner))
    let first = Self.firstColumn(blank)
    let last = columns - first
    var values: [Float] = []
    values.reserveCapacity((bottom - top) * (last - first))
    for y in top..<bottom { values += unwrapped.ink[y * columns + first..<y * columns + last] }
    let black = Self.percentile(values, 0.92)
    for index in values.indices {
      let share = min(1, values[index] / black)
      values[index] = cut.gamma == 1 ? share : powf(share, cut.gamma)
    }
    let width = max(Self.height, (last - first) * cut.turn / columns)
    var grey = Self.resized(
      values, width: last - first, height: bottom - top, toWidth: width, toHeight: cut.rows)
    if cut.isSoft { Self.soften(&grey, width: width, height: cut.rows) }
    let above = (Self.height - cut.rows) / 2
    return Self.pixels(grey, width: width, height: cut.rows, above: above, below: Self.height - cut.rows - above)
  }

  /// A piece of the upright disc, in radii, at the scale of the page.
  private func cut(_ seal: FoundSeal, rows: ClosedRange<Double>, columns: ClosedRange<Double>) -> Pixels {
    let outline = seal.outline.scaled(by: 1 / page.scale)
    let ink = Self.ink(of: seal.reading)
    // Twice the page's resolution, at least 48 rows: recognisers enlarge less well.
    let scale = max(2 * outline.radius, 48 / (rows.upperBound - rows.lowerBound))
    let width = max(1, Int((columns.upperBound - columns.lowerBound) * scale))
    let height = max(1, Int((rows.upperBound - rows.lowerBound) * scale))
    // Right and down of the upright seal, in the disc's own directions.
    let down = (x: -cos(seal.top), y: -sin(seal.top))
    let right = (x: down.y, y: -down.x)
    let map = outline.map
    let sampler = InkSampler(page.pixels, paper: paper, factor: planes.factor)
    var values: [Float] = []
    values.reserveCapacity(width * height)
    for y in 0..<height {
      let v = rows.lowerBound + (Double(y) + 0.5) / scale
      for x in 0..<width {
        let u = columns.lowerBound + (Double(x) + 0.5) / scale
        let at = map(u * right.x + v * down.x, u * right.y + v * down.y)
        values.append(sampler.density(ink, x: at.x, y: at.y))
      }
    }
    let black = Self.percentile(values, 0.95)
    return Self.pixels(values.map { powf(min(1, $0 / black), 0.8) }, width: width, height: height, above: 0, below: 0)
  }

  private static func percentile(_ values: [Float], _ share: Double) -> Float {
    var counts = [Int](repeating: 0, count: 512)
    for value in values { counts[min(511, Int(value))] += 1 }
    var wanted = Int(share * Double(values.count))
    for (value, count) in counts.enumerated() {
      wanted -= count
      if wanted < 0 { return max(4, Float(value)) }
    }
    return 511
  }

  /// Mean over what falls into each new pixel.
  private static func resized(
    _ values: [Float], width: Int, height: Int, toWidth: Int, toHeight: Int
  ) -> [Float] {
    func spans(_ from: Int, _ to: Int) -> [[(at: Int, weight: Float)]] {
      let ratio = Double(from) / Double(to)
      return (0..<to).map { index in
        let low = Double(index) * ratio
        let high = low + ratio
        return (Int(low)...min(from - 1, Int(high))).compactMap { at in
          let share = min(high, Double(at + 1)) - max(low, Double(at))
          return share > 0 ? (at, Float(share / ratio)) : nil
        }
      }
    }
    let across = spans(width, toWidth)
    var rows = [Float](repeating: 0, count: toWidth * height)
    for y in 0..<height {
      for x in 0..<toWidth {
        var sum: Float = 0
        for part in across[x] { sum += values[y * width + part.at] * part.weight }
        rows[y * toWidth + x] = sum
      }
    }
    var out = [Float](repeating: 0, count: toWidth * toHeight)
    for (y, parts) in spans(height, toHeight).enumerated() {
      for part in parts {
        for x in 0..<toWidth { out[y * toWidth + x] += rows[part.at * toWidth + x] * part.weight }
      }
    }
    return out
  }

  /// The 1-2-1 kernel both ways; the border stays.
  private static func soften(_ values: inout [Float], width: Int, height: Int) {
    for step in [1, width] {
      let from = values
      for y in 1..<height - 1 {
        for at in y * width + 1..<(y + 1) * width - 1 {
          values[at] = (from[at - step] + 2 * from[at] + from[at + step]) / 4
        }
      }
    }
  }

  /// - Parameter values: ink, 0…1; becomes dark on white.
  private static func pixels(_ values: [Float], width: Int, height: Int, above: Int, below: Int) -> Pixels {
    var rgba = [UInt8](repeating: 255, count: width * (height + above + below) * 4)
    for index in 0..<(width * height) {
      let grey = UInt8(max(0, min(255, 255 - 255 * values[index])))
      let at = (above * width + index) * 4
      rgba[at] = grey
      rgba[at + 1] = grey
      rgba[at + 2] = grey
    }
    return Pixels(width: width, height: height + above + below, rgba: rgba)
  }

  /// The page with its red ink gone, in grey: what the red channel shows over its local paper, stretched so that print
  /// is black. For a second reading of a signature block that a seal covers.
  public func redRemoved() -> Pixels {
    let pixels = page.pixels
    let width = pixels.width
    var rgba = [UInt8](repeating: 255, count: pixels.rgba.count)
    // Density 1.1 (a third of the light) is black: the pale remains of red ink, up to 0.25, stay near white.
    let stretch = 255 / (1.1 * LogScale.units)
    let offset = 0.12 * LogScale.units
    var red = [Float](repeating: 0, count: width)
    var green = red
    var blue = red
    let step = 1 / Float(planes.factor)
    pixels.rgba.withUnsafeBufferPointer { p in
      rgba.withUnsafeMutableBufferPointer { out in
        for y in 0..<pixels.height {
          paper.line(
            y: (Float(y) + 0.5) * step - 0.5, start: 0.5 * step - 0.5, step: step, count: width, red: &red,
            green: &green, blue: &blue)
          for x in 0..<width {
            let at = (y * width + x) * 4
            let density = red[x] - LogScale.table[Int(p[at])] - offset
            let grey = UInt8(max(0, min(255, 255 - density * stretch)))
            out[at] = grey
            out[at + 1] = grey
            out[at + 2] = grey
          }
        }
      }
    }
    return Pixels(width: width, height: pixels.height, rgba: rgba)
  }
}
