public import ClosureModel
internal import Foundation

/// A page drawn in light: what ink and paper let through, so that ink over print darkens as it does on paper.
public struct DrawnPage {
  /// How much light the three channels lose under ink of density 1.
  public struct Ink: Sendable {
    public let red: Float, green: Float, blue: Float
    public static let seal = Ink(red: 0.10, green: 1.15, blue: 1.00)
    public static let print = Ink(red: 1.9, green: 1.9, blue: 1.9)
    public static let copied = Ink(red: 1.2, green: 1.2, blue: 1.2)
    public static let stampBlue = Ink(red: 1.2, green: 0.7, blue: 0.12)
  }

  public let width: Int
  public let height: Int
  private var light: [SIMD4<Float>]
  public var random: SeededGenerator

  public init(width: Int = 900, height: Int = 1270, paper: SIMD4<Float> = [0.96, 0.96, 0.95, 1], seed: UInt64 = 1) {
    self.width = width
    self.height = height
    light = .init(repeating: paper, count: width * height)
    random = SeededGenerator(seed: seed)
  }

  /// Inks every pixel of a box by what `density` says for it, looked at in four places a pixel.
  public mutating func ink(
    _ ink: Ink, x: ClosedRange<Double>, y: ClosedRange<Double>, density: (Double, Double) -> Double
  ) {
    let columns = max(0, Int(x.lowerBound))...min(width - 1, max(0, Int(x.upperBound)))
    let rows = max(0, Int(y.lowerBound))...min(height - 1, max(0, Int(y.upperBound)))
    guard columns.lowerBound < width, rows.lowerBound < height, x.upperBound > 0, y.upperBound > 0 else { return }
    for row in rows {
      for column in columns {
        var sum = 0.0
        for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
          sum += density(Double(column) + dx, Double(row) + dy)
        }
        guard sum > 0 else { continue }
        let amount = Float(sum / 4)
        light[row * width + column] *= [exp(-ink.red * amount), exp(-ink.green * amount), exp(-ink.blue * amount), 1]
      }
    }
  }

  /// Covers a box with an opaque colour wherever `covers` says so: what pasting a picture does.
  public mutating func paste(
    _ colour: SIMD4<Float>, x: ClosedRange<Double>, y: ClosedRange<Double>, covers: (Double, Double) -> Bool
  ) {
    for row in max(0, Int(y.lowerBound))...min(height - 1, Int(y.upperBound)) {
      for column in max(0, Int(x.lowerBound))...min(width - 1, Int(x.upperBound))
      where covers(Double(column) + 0.5, Double(row) + 0.5) {
        light[row * width + column] = colour
      }
    }
  }

  /// Lines of strokes as dense as print.
  public mutating func write(lines: Int = 16, from top: Double = 180, size: Double = 17, ink: Ink = .print) {
    for line in 0..<lines {
      let y = top + Double(line) * size * 2
      var x = 110.0
      let end = line % 5 == 4 ? 420.0 : Double(width) - 110
      while x < end {
        glyph(x: x, y: y, size: size, ink: ink)
        x += size * 1.1
      }
    }
  }

  /// A few strokes across and down within a square.
  public mutating func glyph(x: Double, y: Double, size: Double, ink: Ink) {
    for _ in 0..<3 {
      let at = y + size * Double.random(in: 0.05...0.9, using: &random)
      self.ink(ink, x: x...(x + size), y: at...(at + size * 0.09 + 1)) { px, py in
        px >= x && px <= x + size * 0.95 && py >= at && py <= at + size * 0.09 ? 1 : 0
      }
    }
    for _ in 0..<2 {
      let at = x + size * Double.random(in: 0.1...0.85, using: &random)
      self.ink(ink, x: at...(at + size * 0.11 + 1), y: y...(y + size)) { px, py in
        px >= at && px <= at + size * 0.11 && py >= y && py <= y + size * 0.95 ? 1 : 0
      }
    }
  }

  /// Pixels as a camera or a scanner would give them.
  public struct Capture: Sendable {
    /// Passes of a 3 × 3 mean.
    public var blur = 1
    /// Light lost from one corner to the other, 0…1.
    public var shade: Float = 0
    /// Standard deviation, of 255.
    public var noise: Float = 2
    public var isGrey = false
    /// Colour of the light; a tint for a grey copy.
    public var tint: SIMD4<Float> = [1, 1, 1, 1]
    /// Steps that the means of 8 × 8 blocks are rounded to, as hard JPEG does; 0: none.
    public var blocks: Float = 0
    public init() {}
    public init(
      blur: Int = 1, shade: Float = 0, noise: Float = 2, isGrey: Bool = false, tint: SIMD4<Float> = [1, 1, 1, 1],
      blocks: Float = 0
    ) {
      self.blur = blur
      self.shade = shade
      self.noise = noise
      self.isGrey = isGrey
      self.tint = tint
      self.blocks = blocks
    }
  }

  public mutating func captured(_ capture: Capture = Capture()) -> Pixels {
    var picture = light
    for _ in 0..<capture.blur { picture = blurred(picture) }
    var rgba = [UInt8](repeating: 255, count: width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        var colour = picture[y * width + x]
        let lit = 1 - capture.shade * (Float(x) / Float(width) + Float(y) / Float(height)) / 2
        if capture.isGrey {
          let mean = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
          colour = [mean, mean, mean, 1]
        }
        colour *= capture.tint * lit
        let grain = capture.isGrey ? gauss() : 0
        for channel in 0..<3 {
          let noise = capture.noise * (capture.isGrey ? grain * capture.tint[channel] : gauss())
          rgba[(y * width + x) * 4 + channel] = UInt8(max(0, min(255, colour[channel] * 255 + noise)))
        }
      }
    }
    if capture.blocks > 0 { coarsen(&rgba, step: capture.blocks) }
    return Pixels(width: width, height: height, rgba: rgba)
  }

  private mutating func gauss() -> Float {
    // Sum of four: near enough to a normal distribution.
    var sum: Float = 0
    for _ in 0..<4 { sum += Float.random(in: -1...1, using: &random) }
    return sum * 0.87
  }

  private func blurred(_ from: [SIMD4<Float>]) -> [SIMD4<Float>] {
    var to = from
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        var sum = SIMD4<Float>()
        for dy in -1...1 { for dx in -1...1 { sum += from[(y + dy) * width + x + dx] } }
        to[y * width + x] = sum / 9
      }
    }
    return to
  }

  private func coarsen(_ rgba: inout [UInt8], step: Float) {
    for top in stride(from: 0, to: height - 7, by: 8) {
      for left in stride(from: 0, to: width - 7, by: 8) {
        for channel in 0..<3 {
          var sum: Float = 0
          for y in 0..<8 { for x in 0..<8 { sum += Float(rgba[((top + y) * width + left + x) * 4 + channel]) } }
          let mean = sum / 64
          let shift = (mean / step).rounded() * step - mean
          for y in 0..<8 {
            for x in 0..<8 {
              let at = ((top + y) * width + left + x) * 4 + channel
              rgba[at] = UInt8(max(0, min(255, Float(rgba[at]) + shift)))
            }
          }
        }
      }
    }
  }
}
