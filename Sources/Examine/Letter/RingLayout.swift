/// Where a name's characters stand along a seal's ring: evenly, as stamps are cut.
public struct RingLayout: Sendable, Hashable {
  /// Middles of the characters and of one place more at either end, which must be empty; as shares of the width of the
  /// strips that the name was found on. The places at the ends may lie outside 0…1.
  public let places: [Double]
  /// From one to the next.
  public let pitch: Double

  /// The even row that the aligned characters fit best (Theil–Sen: the median of all slopes, so that a few characters
  /// misplaced by a poor reading do not bend it).
  /// - Parameter frames: of the strip's table.
  /// - Returns: nil where the characters stand so unevenly that one may be missing or too many.
  package init?(_ aligned: RingAlignment, frames: Int) {
    let count = aligned.places.count
    guard count >= 4, frames > 0, aligned.widest < 1.5, aligned.narrowest > 0.5 else { return nil }
    let shares = aligned.places.map { (Double($0) + 0.5) / Double(frames) }
    var slopes: [Double] = []
    for left in 0..<count {
      for right in (left + 1)..<count { slopes.append((shares[right] - shares[left]) / Double(right - left)) }
    }
    let pitch = Self.median(slopes)
    let start = Self.median(shares.indices.map { shares[$0] - pitch * Double($0) })
    guard pitch > 0, shares.indices.allSatisfy({ abs(shares[$0] - start - pitch * Double($0)) < 0.35 * pitch }) else {
      return nil
    }
    self.pitch = pitch
    places = (-1...count).map { start + pitch * Double($0) }
  }

  package static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
