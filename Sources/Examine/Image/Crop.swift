public import ClosureModel

extension Pixels {
  /// A part of the picture; what of the box lies outside is left out.
  /// - Returns: nil where nothing of the box lies inside.
  public func crop(_ box: Evidence.Box) -> Pixels? {
    let (left, top) = (max(0, box.x), max(0, box.y))
    let (right, bottom) = (min(width, box.x + box.width), min(height, box.y + box.height))
    guard left < right, top < bottom else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity((right - left) * (bottom - top) * 4)
    for y in top..<bottom { out += rgba[((y * width + left) * 4)..<((y * width + right) * 4)] }
    return Pixels(width: right - left, height: bottom - top, rgba: out)
  }

  /// Made smaller by a whole factor, each pixel the mean of those it stands for, until the long side is at most `side`.
  public func reduced(to side: Int) -> Pixels {
    let step = (max(width, height) + max(side, 1) - 1) / max(side, 1)
    guard step > 1, width >= step, height >= step else { return self }
    let (across, down) = (width / step, height / step)
    var out = [UInt8](repeating: 0xFF, count: across * down * 4)
    for y in 0..<down {
      for x in 0..<across {
        for channel in 0..<3 {
          var sum = 0
          for row in 0..<step {
            for column in 0..<step {
              sum += Int(rgba[((y * step + row) * width + x * step + column) * 4 + channel])
            }
          }
          out[(y * across + x) * 4 + channel] = UInt8(sum / (step * step))
        }
      }
    }
    return Pixels(width: across, height: down, rgba: out)
  }

  /// What is red, on white.
  public var redInk: Pixels {
    var out = rgba
    for at in stride(from: 0, to: out.count, by: 4) where Int(out[at]) - Int(max(out[at + 1], out[at + 2])) < 24 {
      (out[at], out[at + 1], out[at + 2]) = (255, 255, 255)
    }
    return Pixels(width: width, height: height, rgba: out)
  }

  /// With the outlines of boxes drawn in.
  /// - Parameter colour: red, green, blue.
  public func framed(_ boxes: [Evidence.Box], colour: (UInt8, UInt8, UInt8), line: Int = 3) -> Pixels {
    var out = rgba
    func dot(_ x: Int, _ y: Int) {
      guard x >= 0, y >= 0, x < width, y < height else { return }
      let at = (y * width + x) * 4
      (out[at], out[at + 1], out[at + 2]) = colour
    }
    for box in boxes where box.width > 0 && box.height > 0 {
      let (right, bottom) = (box.x + box.width - 1, box.y + box.height - 1)
      for step in 0..<line {
        for x in max(0, box.x - step)...max(0, min(width, right + step)) {
          dot(x, box.y - step)
          dot(x, bottom + step)
        }
        for y in max(0, box.y - step)...max(0, min(height, bottom + step)) {
          dot(box.x - step, y)
          dot(right + step, y)
        }
      }
    }
    return Pixels(width: width, height: height, rgba: out)
  }
}

extension Evidence.Box {
  /// The same place on a picture of another size.
  public func scaled(_ factor: Double) -> Evidence.Box {
    func times(_ value: Int) -> Int { Int((Double(value) * factor).rounded()) }
    return Evidence.Box(x: times(x), y: times(y), width: times(width), height: times(height))
  }
}
