public import ClosureModel

/// A seal with what is needed to look at it closer: to unwrap its ring or to cut out its lines.
public struct FoundSeal: Sendable {
  public let reading: SealReading
  /// Outer edge of the ring, in pixels of the page; for a square the ellipse within.
  public let outline: Ellipse
  /// Direction of the seal's top, radians clockwise from the right (−π/2: upright page and seal).
  public let top: Double
  /// Middle of the arc without writing, radians clockwise from the right, and its width in turns.
  public let blank: (middle: Double, turns: Double)
  /// Distance of a line of writing below the centre, in radii of the ring; nil: none was seen.
  public let lineBelow: Double?
}
