#if canImport(Glibc)
  internal import Glibc
#endif
internal import ClosureModel

/// All seals of a page: red ones first; blue and grey ones are looked for only where no red one stands.
struct SealSearch {
  let pixels: Pixels
  let planes: ColourPlanes
  let paper: PaperColour
  let maps: InkMaps
  let colour: PageFacts.Colour

  /// Smallest step of density that is an edge: 6 % more light swallowed from one pixel to the next.
  private static let leastStep = 4
  private static let leastDensity: UInt8 = 14

  private struct Judged {
    let ellipse: Ellipse
    let verdict: SealJudge.Verdict
    let measures: SealMeasures
    let ink: InkColour
  }

  /// - Parameter pageScale: pixels of the page for one of `pixels`.
  /// - Returns: best first.
  func seals(pageScale: Double) -> [FoundSeal] {
    var judged = colour == .colour ? look(in: maps.red, .red, paper: paper, fillsPicture: false) : []
    if colour == .colour, !judged.contains(where: { Self.isCertain($0) }) {
      judged += lookAtWhole()
    }
    if !judged.contains(where: { Self.isSeal($0) }) {
      if colour == .colour { judged += look(in: maps.blue, .blue, paper: paper, fillsPicture: false) }
      judged += look(in: maps.neutral, .neutral, paper: paper, fillsPicture: false)
    }
    var seals = Self.distinct(judged).map { found($0, scale: pageScale) }
    if colour == .colour { seals += squares(beside: seals, scale: pageScale) }
    return seals
  }

  private static func isSeal(_ judged: Judged) -> Bool { !judged.verdict.flaws.contains(.notASeal) }

  private static func isCertain(_ judged: Judged) -> Bool {
    isSeal(judged) && judged.verdict.shape == .round && judged.verdict.hasStar && judged.verdict.score > 0.8
  }

  /// A picture of little but a seal: paper of one colour, rings as large as the picture.
  private func lookAtWhole() -> [Judged] {
    let inked = maps.red.bytes.count { $0 > Self.leastDensity }
    guard inked * 40 > maps.red.bytes.count || max(planes.width, planes.height) < 500 else { return [] }
    let flat = paper.flat()
    return look(in: InkMaps(planes, paper: flat).red, .red, paper: flat, fillsPicture: true)
  }

  private func look(in map: Plane, _ ink: InkColour, paper: PaperColour, fillsPicture: Bool) -> [Judged] {
    var judged: [Judged] = []
    RingSearch(
      map, fillsPicture: fillsPicture, ink: ink, least: ink == .neutral ? 3 * Self.leastStep : Self.leastStep
    ).each { candidate in
      let ellipse = candidate.ellipse.scaled(by: Double(planes.factor))
      let disc = Disc(pixels, paper: paper, factor: planes.factor, ellipse: ellipse, ink: ink)
      guard let measures = SealMeasures(disc, ink: ink),
        let verdict = SealJudge.judge(measures, ellipse: ellipse, support: candidate.support, ink: ink)
      else { return false }
      let one = Judged(ellipse: ellipse, verdict: verdict, measures: measures, ink: ink)
      judged.append(one)
      return Self.isCertain(one)
    }
    return judged
  }

  /// Of overlapping findings the best: a seal before what is none, the larger ring before the star's circle.
  private static func distinct(_ judged: [Judged]) -> [Judged] {
    let sorted = judged.sorted {
      isSeal($0) != isSeal($1) ? isSeal($0) : $0.verdict.score > $1.verdict.score
    }
    var kept: [Judged] = []
    for one in sorted {
      let isNew = kept.allSatisfy { other in
        let dx = one.ellipse.x - other.ellipse.x
        let dy = one.ellipse.y - other.ellipse.y
        return (dx * dx + dy * dy).squareRoot() > 0.8 * max(one.ellipse.radius, other.ellipse.radius)
      }
      if isNew { kept.append(one) }
    }
    return kept
  }

  private func found(_ one: Judged, scale: Double) -> FoundSeal {
    let outline = one.ellipse.scaled(by: scale)
    let ink: SealReading.Ink =
      switch one.ink {
      case .red: .red
      case .blue: .blue
      case .neutral: colour == .bilevel ? .black : .grey
      }
    return FoundSeal(
      reading: SealReading(
        kind: one.verdict.kind, shape: one.verdict.shape, ink: ink, box: box(of: outline, scale: scale),
        score: one.verdict.score, hasStar: one.verdict.hasStar, flaws: one.verdict.flaws),
      outline: outline, top: one.measures.top, blank: one.measures.blank,
      lineBelow: one.verdict.hasLine ? one.measures.line.at : nil)
  }

  /// The upright box around an outline, clipped to the page.
  private func box(of outline: Ellipse, scale: Double) -> Evidence.Box {
    let half = outline.halfExtent
    let left = max(0, Int((outline.x - half.x).rounded()))
    let top = max(0, Int((outline.y - half.y).rounded()))
    let right = min(Int(Double(pixels.width) * scale), Int((outline.x + half.x).rounded()))
    let bottom = min(Int(Double(pixels.height) * scale), Int((outline.y + half.y).rounded()))
    return Evidence.Box(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
  }

  private func squares(beside seals: [FoundSeal], scale: Double) -> [FoundSeal] {
    SquareSeals.find(in: maps.red, least: Self.leastDensity).compactMap { ellipse in
      let outline = ellipse.scaled(by: scale * Double(planes.factor))
      let isNew = seals.allSatisfy {
        let dx = $0.outline.x - outline.x
        let dy = $0.outline.y - outline.y
        return $0.reading.flaws.contains(.notASeal) || (dx * dx + dy * dy).squareRoot() > $0.outline.radius
      }
      guard isNew else { return nil }
      return FoundSeal(
        reading: SealReading(
          kind: .personal, shape: .square, ink: .red, box: box(of: outline, scale: scale), score: 0.8, hasStar: false,
          flaws: []),
        outline: outline, top: -.pi / 2, blank: (.pi / 2, 0), lineBelow: nil)
    }
  }
}
