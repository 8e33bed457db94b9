public import ClosureModel

/// What the letter's examination asks of the pixels. An adapter guarantees: the same page gives the same answers; a page
/// of any size and content is answered.
public protocol PageSight: Sendable {
  func facts(of page: PageImage) -> PageFacts
  /// The page as it lies, reduced so that a recogniser reads it in one go.
  /// - Parameter withoutRed: the red ink taken out, for words under a seal.
  func picture(of page: PageImage, withoutRed: Bool) -> Pixels
  /// The writing along a seal's ring, unrolled to lines from left to right, cut where the ring is empty; several ways of
  /// cutting and scaling the same ring. Empty: the ring cannot be unrolled.
  func ringStrips(of seal: SealReading, on page: PageImage) -> [Pixels]
}
