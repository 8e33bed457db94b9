package import ClosureModel

/// A line that was read on one of the letter's pages.
package struct LetterLine: Sendable, Hashable {
  /// As the recogniser gave it.
  package let text: String
  package let page: Int
  /// Pixels of the page.
  package let box: Evidence.Box
  package let confidence: Double
  package init(text: String, page: Int, box: Evidence.Box, confidence: Double) {
    self.text = text
    self.page = page
    self.box = box
    self.confidence = confidence
  }
}

/// A line's place on the upright sheet, in pixels.
struct Placed: Sendable {
  let line: Int
  /// Middle of the line, from the top left.
  let x: Double, y: Double
  let length: Double, height: Double
  var left: Double { x - length / 2 }
  var right: Double { x + length / 2 }
}

/// How the writing lies on a page, told from the lines' own boxes: a recogniser reads turned pages too, but then gives
/// upright boxes around slanting lines.
struct Slant: Sendable, Hashable {
  /// Clockwise quarter turns that set the page upright.
  let quarters: Int
  /// Degrees that the lines fall to the right after that.
  let degrees: Double

  /// Places of the lines on the upright sheet. Angle and size of a box around a slanting line of known angle give the
  /// line's own length and height.
  func place(_ lines: [LetterLine], _ indices: [Int], width: Int, height: Int) -> [Placed] {
    let angle = degrees * .pi / 180
    let (sine, cosine) = (Slant.sine(angle), Slant.cosine(angle))
    let (across, along) = (abs(sine), cosine)
    return indices.map { index in
      let (x, y, w, h) = turned(lines[index].box, width, height)
      let spread = max(along * along - across * across, 0.3)
      // Too steep an angle makes long lines thinner than nothing; that is how it is told.
      return Placed(
        line: index, x: x * cosine + y * sine, y: y * cosine - x * sine, length: (w * along - h * across) / spread,
        height: (h * along - w * across) / spread)
    }
  }

  /// Middle, width and height of a box after the quarter turns.
  private func turned(_ box: Evidence.Box, _ width: Int, _ height: Int) -> (Double, Double, Double, Double) {
    let (w, h) = (Double(box.width), Double(box.height))
    let (x, y) = (Double(box.x) + w / 2, Double(box.y) + h / 2)
    return switch quarters {
    case 1: (Double(height) - y, x, h, w)
    case 2: (Double(width) - x, Double(height) - y, w, h)
    case 3: (y, Double(width) - x, h, w)
    default: (x, y, w, h)
    }
  }

  // Short series: the angles are small, and no C library is asked.
  static func sine(_ a: Double) -> Double { a - a * a * a / 6 + a * a * a * a * a / 120 }
  static func cosine(_ a: Double) -> Double { 1 - a * a / 2 + a * a * a * a / 24 }
}
