public import ClosureModel

/// What the letter's examination asks of the pixels.
public protocol PageSight: Sendable {
  func look(at page: PageImage) -> any PageView
}

/// One page, looked at. An adapter guarantees: the same page gives the same answers; a page of any size and content is
/// answered.
public protocol PageView {
  var facts: PageFacts { get }
  /// The page as it lies, reduced so that a recogniser reads it in one go.
  /// - Parameter withoutRed: the red ink taken out, for words under a seal.
  func picture(withoutRed: Bool) -> Pixels
  /// The writing along a seal's ring, unrolled to lines from left to right, dark on white, cut where the ring is empty;
  /// several ways of cutting and scaling the same ring. Empty: the ring cannot be unrolled.
  /// - Parameter index: into `facts.seals`.
  func ringStrips(ofSeal index: Int) -> [Pixels]
  /// The same writing, each character set upright by itself, at the places found on those strips; several ways of cutting.
  /// Empty: the ring cannot be unrolled.
  func ringCharacters(ofSeal index: Int, at layout: RingLayout) -> [Pixels]
  /// The same characters as small pictures, one each, for comparing with drawn ones. Empty: the ring cannot be unrolled.
  func ringCells(ofSeal index: Int, at layout: RingLayout) -> [InkPatch]
  /// Where the writing lies on the same strips by its ink alone. nil: no star that tells the seal's axis.
  func ringArc(ofSeal index: Int) -> RingArc?
  /// One line, cut out of the page at its full size and upright, for a closer reading.
  /// - Parameter room: rows in the picture, in heights of the line.
  /// - Returns: nil where the place is no line.
  func line(at place: LinePlace, room: Double) -> Pixels?
}
