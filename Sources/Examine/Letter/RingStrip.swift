package import ClosureModel

/// A seal's ring unrolled: what the recogniser sees along it, and how much ink there is.
package struct RingStrip: Sendable {
  package let table: FrameTable
  /// Darkness along the strip, 0…1, for each frame of the table.
  package let ink: [Double]

  package init(table: FrameTable, ink: [Double]) {
    self.table = table
    self.ink = ink
  }

  /// - Parameter picture: the strip that was handed to the recogniser; its frames divide the whole width evenly.
  package init(table: FrameTable, picture: Pixels) {
    let frames = table.best.count
    var ink = [Double](repeating: 0, count: frames)
    // The edges may hold the ring's own line.
    let rows = (picture.height / 10)..<max(picture.height / 10 + 1, picture.height * 9 / 10)
    for frame in 0..<frames where picture.width > 0 && picture.height > 0 {
      let from = frame * picture.width / frames
      let to = max(from + 1, (frame + 1) * picture.width / frames)
      var sum = 0
      for y in rows {
        for x in from..<min(to, picture.width) { sum += 255 - Int(picture.rgba[(y * picture.width + x) * 4 + 1]) }
      }
      ink[frame] = Double(sum) / Double(255 * rows.count * (to - from))
    }
    self.init(table: table, ink: ink)
  }

  /// The same strip with rows for more characters.
  /// - Returns: nil where the other table is not of the same strip.
  package func adding(_ other: FrameTable) -> RingStrip? {
    guard other.best == table.best, other.blank == table.blank else { return nil }
    return RingStrip(
      table: FrameTable(
        bestText: table.bestText, best: table.best, blank: table.blank,
        characters: table.characters.merging(other.characters) { own, _ in own }), ink: ink)
  }

  /// Ink one step before the first and one step after the last character, the greater, as a share of the ink along the
  /// name. A character of the seal that the name does not have shows here, even where the recogniser saw none.
  package func inkBeyond(_ aligned: RingAlignment) -> Double {
    func mean(_ low: Double, _ high: Double) -> Double {
      let from = min(max(0, Int(low.rounded())), ink.count)
      let part = ink[from..<max(from, min(ink.count, Int(high.rounded()) + 1))]
      return part.isEmpty ? 0 : part.reduce(0, +) / Double(part.count)
    }
    let (first, last, step) = (Double(aligned.first), Double(aligned.last), aligned.step)
    let name = mean(first - step / 2, last + step / 2)
    guard name > 0 else { return .infinity }
    return max(mean(first - 1.4 * step, first - 0.6 * step), mean(last + 0.6 * step, last + 1.4 * step)) / name
  }
}
