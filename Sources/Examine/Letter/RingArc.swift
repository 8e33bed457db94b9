/// Where the writing lies on a seal's ring by its ink alone, before a character is read; in shares of the width of the
/// strips that `PageView.ringStrips` gives.
public struct RingArc: Sendable, Hashable {
  /// Where the blank arc ends and where it begins again.
  public let first: Double, last: Double
  /// Where the star's upper point stands: stamps are cut with the company's name in the middle above it.
  public let axis: Double

  public init(first: Double, last: Double, axis: Double) {
    self.first = first
    self.last = last
    self.axis = axis
  }

  // Whole names lay within 0.20 of a step beside the star's axis; one character less at an end moves the middle by half a
  // step, and leaves a step of writing there: docs/decisions/0011.
  private static let mostBeside = 0.25
  private static let mostLeft = 0.6

  /// Whether a name laid out so is all that is written there: it stands in the middle above the star, and writing neither
  /// begins before nor ends after it. A name that lacks characters at one end is not in the middle, one that lacks some at
  /// both ends leaves writing over.
  func isFilled(by layout: RingLayout) -> Bool {
    let places = layout.places
    guard places.count > 2, layout.pitch > 0 else { return false }
    let (start, end) = (places[1], places[places.count - 2])
    let beside = abs((start + end) / 2 - axis) / layout.pitch
    let left = max(start - first, last - end) / layout.pitch - 0.5
    return beside < Self.mostBeside && left < Self.mostLeft
  }
}
