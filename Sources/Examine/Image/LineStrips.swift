#if canImport(Glibc)
  internal import Glibc
#endif
public import ClosureModel

/// Where a line of writing lies on a page.
public struct LinePlace: Sendable, Hashable {
  /// Its middle, in pixels of the page.
  public let x: Double, y: Double
  /// Along and across the writing, in pixels of the page.
  public let length: Double, height: Double
  /// Clockwise quarter turns of the page that set the line upright.
  public let quarters: Int
  /// Degrees that it falls to the right after that.
  public let degrees: Double
  public init(x: Double, y: Double, length: Double, height: Double, quarters: Int, degrees: Double) {
    self.x = x
    self.y = y
    self.length = length
    self.height = height
    self.quarters = quarters
    self.degrees = degrees
  }
}

/// Cuts single lines out of a page, upright, as a line recogniser wants them.
enum LineStrips {
  /// Rows of a strip: the height at which recognisers of lines read.
  private static let rows = 48
  /// Paper before and behind the line, in its heights: what stands at the edge of a box is often cut through.
  private static let margin = 0.7
  /// Recognisers refuse longer strips.
  private static let maxRatio = 50.0

  /// - Parameters:
  ///   - room: rows of the page in the strip, in heights of the line.
  ///   - scale: pixels of the page for one of `pixels`.
  /// - Returns: nil where the place is no line: too small, or far too long for its height.
  static func cut(_ pixels: Pixels, _ place: LinePlace, room: Double, scale: Double) -> Pixels? {
    let high = place.height * room / scale
    let long = (place.length + 2 * margin * place.height) / scale
    guard high >= 6, long >= high, long <= maxRatio * high else { return nil }
    let step = high / Double(rows)
    let columns = Int(long / step)
    let angle = (place.degrees - 90 * Double(place.quarters)) * .pi / 180
    let along = (x: cos(angle) * step, y: sin(angle) * step)
    let first = (
      x: place.x / scale - 0.5 - along.x * Double(columns - 1) / 2 + along.y * Double(rows - 1) / 2,
      y: place.y / scale - 0.5 - along.y * Double(columns - 1) / 2 - along.x * Double(rows - 1) / 2
    )
    var rgba = [UInt8](repeating: 255, count: columns * rows * 4)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = first.x + along.x * Double(column) - along.y * Double(row)
        let y = first.y + along.y * Double(column) + along.x * Double(row)
        put(pixels, x, y, &rgba, (row * columns + column) * 4)
      }
    }
    return Pixels(width: columns, height: rows, rgba: rgba)
  }

  /// Between four pixels; beyond the edge the last one goes on.
  private static func put(_ pixels: Pixels, _ x: Double, _ y: Double, _ rgba: inout [UInt8], _ at: Int) {
    let x = max(0, min(Double(pixels.width - 1), x))
    let y = max(0, min(Double(pixels.height - 1), y))
    let (left, upper) = (Int(x), Int(y))
    let (right, lower) = (min(left + 1, pixels.width - 1), min(upper + 1, pixels.height - 1))
    let (tx, ty) = (x - Double(left), y - Double(upper))
    for channel in 0..<3 {
      func value(_ x: Int, _ y: Int) -> Double { Double(pixels.rgba[(y * pixels.width + x) * 4 + channel]) }
      let above = value(left, upper) * (1 - tx) + value(right, upper) * tx
      let below = value(left, lower) * (1 - tx) + value(right, lower) * tx
      rgba[at + channel] = UInt8(above * (1 - ty) + below * ty + 0.5)
    }
  }
}
