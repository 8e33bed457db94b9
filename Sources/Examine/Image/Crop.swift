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
