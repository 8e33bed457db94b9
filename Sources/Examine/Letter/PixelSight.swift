public import ClosureModel

/// Looks at pages with `PageExaminer`.
public struct PixelSight: PageSight {
  private let examiner = PageExaminer()
  public init() {}
  public func look(at page: PageImage) -> any PageView { PixelView(page: page, examined: examiner.examine(page)) }
}

/// One page and what was found on it.
public struct PixelView: PageView {
  public let page: PageImage
  public let examined: PageExaminer.Examined
  public var facts: PageFacts { examined.facts }

  public func picture(withoutRed: Bool) -> Pixels { withoutRed ? SealStrips(page).redRemoved() : page.pixels }

  public func ringStrips(ofSeal index: Int) -> [Pixels] { SealStrips(page).ring(of: examined.seals[index]) }

  public func ringCharacters(ofSeal index: Int, at layout: RingLayout) -> [Pixels] {
    SealStrips(page).characters(of: examined.seals[index], at: layout.places, pitch: layout.pitch)
  }

  public func ringCells(ofSeal index: Int, at layout: RingLayout) -> [InkPatch] {
    SealStrips(page).cells(
      of: examined.seals[index], at: Array(layout.places.dropFirst().dropLast()), pitch: layout.pitch)
  }

  public func ringArc(ofSeal index: Int) -> RingArc? { SealStrips.arc(of: examined.seals[index]) }

  public func line(at place: LinePlace, room: Double) -> Pixels? {
    LineStrips.cut(page.pixels, place, room: room, scale: page.scale)
  }
}
