#if canImport(Glibc)
  internal import Glibc
#endif
public import ClosureModel

/// Looks at one page: what it is like, and which seals it bears. Facts, no consequence. Same page, same answer.
public struct PageExaminer: Sendable {
  /// What was found on a page.
  public struct Examined: Sendable {
    public let facts: PageFacts
    /// Seals in the order of `facts.seals`, best first.
    public let seals: [FoundSeal]
  }

  public init() {}

  /// - Parameter page: a long side of 1,200 to 1,600 pixels is best; smaller pages lose thin rings, larger ones only
  ///   cost time.
  public func examine(_ page: PageImage) -> Examined {
    let pixels = page.pixels
    guard pixels.width >= 16, pixels.height >= 16 else {
      return Examined(
        facts: PageFacts(
          number: page.number, entry: page.entry, width: page.width, height: page.height, colour: .grey, rotation: nil,
          skew: 0, sharpness: 0, isBlank: true, isTooSmall: true, sheet: nil, seals: []), seals: [])
    }
    let planes = ColourPlanes(pixels)
    let paper = PaperColour(planes)
    let maps = InkMaps(planes, paper: paper)
    let colour = ColourTest(planes)
    let sheet = SheetSearch(paper)
    let block = PaperColour.block
    let inner = (
      x: sheet.columns.lowerBound * block..<min(planes.width, sheet.columns.upperBound * block),
      y: sheet.rows.lowerBound * block..<min(planes.height, sheet.rows.upperBound * block)
    )
    let direction = TextDirection(maps.neutral, within: inner)
    let seals = SealSearch(pixels: pixels, planes: planes, paper: paper, maps: maps, colour: colour.colour)
      .seals(pageScale: page.scale)
    let rotation = Self.rotation(direction, seals: seals)
    let isStanding = rotation.map { $0 % 180 == 90 } ?? (direction.standingShare > Self.clearShare)
    let scale = page.scale * Double(planes.factor)
    let sheetLong = Double(max(inner.x.count, inner.y.count)) * scale
    let facts = PageFacts(
      number: page.number, entry: page.entry, width: page.width, height: page.height, colour: colour.colour,
      rotation: rotation, skew: isStanding ? direction.standing : direction.lying,
      sharpness: Sharpness(pixels, map: maps.neutral, factor: planes.factor).value,
      isBlank: direction.print < 120 && seals.isEmpty, isTooSmall: sheetLong < Self.leastLongSide,
      sheet: sheet.isPart
        ? Evidence.Box(
          x: Int(Double(inner.x.lowerBound) * scale), y: Int(Double(inner.y.lowerBound) * scale),
          width: Int(Double(inner.x.count) * scale), height: Int(Double(inner.y.count) * scale)) : nil,
      seals: seals.map(\.reading))
    return Examined(facts: facts, seals: seals)
  }

  /// Writing of 12 points on A4 is 4.2 mm of 297 high: 11 px here; the limit itself is an estimate.
  private static let leastLongSide = 780.0

  private static let clearShare = 2.5

  /// A seal with a star shows which way is up; lines alone leave two ways, and are only asked to agree.
  private static func rotation(_ direction: TextDirection, seals: [FoundSeal]) -> Int? {
    guard let seal = seals.first(where: { $0.reading.hasStar && $0.reading.shape == .round && $0.blank.turns > 0.12 })
    else { return nil }
    // Degrees clockwise that the seal's top is turned from upright.
    var turned = (seal.top * 180 / .pi + 90).truncatingRemainder(dividingBy: 360)
    if turned < 0 { turned += 360 }
    let quarter = Int((turned / 90).rounded()) % 4
    let rest = abs(turned - 90 * (turned / 90).rounded())
    guard rest < 32 else { return nil }
    // Lines that clearly run the other way: the seal was set crooked.
    let share = quarter % 2 == 1 ? 1 / direction.standingShare : direction.standingShare
    guard share < clearShare else { return nil }
    return (4 - quarter) % 4 * 90
  }
}
