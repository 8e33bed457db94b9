#if canImport(Glibc)
  internal import Glibc
#endif

/// A small picture of ink, row by row from the top left.
public struct InkPatch: Sendable {
  public let width: Int
  public let height: Int
  /// 0…1, `width * height`.
  package var values: [Float]

  package init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == width * height, "one value a pixel")
    self.width = width
    self.height = height
    self.values = values
  }

  /// Mean over what falls into each new pixel, both ways; also to a larger size.
  func resized(width newWidth: Int, height newHeight: Int) -> InkPatch {
    func spans(_ from: Int, _ to: Int) -> [[(at: Int, weight: Float)]] {
      let ratio = Double(from) / Double(to)
      return (0..<to).map { index in
        let low = Double(index) * ratio
        return (Int(low)...min(from - 1, Int(low + ratio))).compactMap { at in
          let share = min(low + ratio, Double(at + 1)) - max(low, Double(at))
          return share > 0 ? (at, Float(share / ratio)) : nil
        }
      }
    }
    let across = spans(width, newWidth)
    var rows = [Float](repeating: 0, count: newWidth * height)
    for y in 0..<height {
      for x in 0..<newWidth {
        for part in across[x] { rows[y * newWidth + x] += values[y * width + part.at] * part.weight }
      }
    }
    var out = [Float](repeating: 0, count: newWidth * newHeight)
    for (y, parts) in spans(height, newHeight).enumerated() {
      for part in parts {
        for x in 0..<newWidth { out[y * newWidth + x] += rows[part.at * newWidth + x] * part.weight }
      }
    }
    return InkPatch(width: newWidth, height: newHeight, values: out)
  }

  /// Paper around it.
  func framed(_ margin: Int) -> InkPatch {
    let wide = width + 2 * margin
    var out = [Float](repeating: 0, count: wide * (height + 2 * margin))
    for y in 0..<height {
      for x in 0..<width { out[(y + margin) * wide + x + margin] = values[y * width + x] }
    }
    return InkPatch(width: wide, height: height + 2 * margin, values: out)
  }

  /// Out of focus by a Gaussian of two pixels' reach; the border goes on beyond itself.
  /// - Parameter sigma: in pixels.
  func blurred(_ sigma: Float) -> InkPatch {
    let one = expf(-1 / (2 * sigma * sigma))
    let two = expf(-4 / (2 * sigma * sigma))
    let sum = 1 + 2 * one + 2 * two
    let weights = [two / sum, one / sum, 1 / sum, one / sum, two / sum]
    var rows = values
    for y in 0..<height {
      for x in 0..<width {
        var value: Float = 0
        for step in -2...2 { value += weights[step + 2] * values[y * width + min(width - 1, max(0, x + step))] }
        rows[y * width + x] = value
      }
    }
    var out = rows
    for y in 0..<height {
      for x in 0..<width {
        var value: Float = 0
        for step in -2...2 { value += weights[step + 2] * rows[min(height - 1, max(0, y + step)) * width + x] }
        out[y * width + x] = value
      }
    }
    return InkPatch(width: width, height: height, values: out)
  }

  /// Ink between four pixels; 0 outside.
  /// - Parameters: `x`, `y`: from the left upper corner, in pixels.
  func value(x: Double, y: Double) -> Float {
    let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    guard left >= -1, top >= -1, left < Double(width), top < Double(height) else { return 0 }
    let (tx, ty) = (Float(x - 0.5 - left), Float(y - 0.5 - top))
    func at(_ dx: Int, _ dy: Int) -> Float {
      let (column, row) = (Int(left) + dx, Int(top) + dy)
      guard (0..<width).contains(column), (0..<height).contains(row) else { return 0 }
      return values[row * width + column]
    }
    return (at(0, 0) * (1 - tx) + at(1, 0) * tx) * (1 - ty) + (at(0, 1) * (1 - tx) + at(1, 1) * tx) * ty
  }
}
