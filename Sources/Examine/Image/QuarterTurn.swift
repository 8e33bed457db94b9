import ClosureModel

extension Pixels {
  /// - Parameter quarters: clockwise quarter turns, 0 to 3.
  func turned(_ quarters: Int) -> Pixels {
    guard quarters != 0 else { return self }
    let (w, h) = quarters == 2 ? (width, height) : (height, width)
    var turned = [UInt8](repeating: 255, count: rgba.count)
    for y in 0..<h {
      for x in 0..<w {
        let (fromX, fromY) =
          switch quarters {
          case 1: (y, height - 1 - x)
          case 2: (width - 1 - x, height - 1 - y)
          default: (width - 1 - y, x)
          }
        let (from, to) = ((fromY * width + fromX) * 4, (y * w + x) * 4)
        for channel in 0..<4 { turned[to + channel] = rgba[from + channel] }
      }
    }
    return Pixels(width: w, height: h, rgba: turned)
  }
}

extension Evidence.Box {
  /// The box on a picture before that was turned.
  /// - Parameters:
  ///   - quarters: clockwise quarter turns that were made, 0 to 3.
  ///   - width: of the picture before.
  func unturned(_ quarters: Int, width picture: Int, height pictureHeight: Int) -> Evidence.Box {
    switch quarters {
    case 1: Evidence.Box(x: y, y: pictureHeight - x - width, width: height, height: width)
    case 2: Evidence.Box(x: picture - x - width, y: pictureHeight - y - height, width: width, height: height)
    case 3: Evidence.Box(x: picture - y - height, y: x, width: height, height: width)
    default: self
    }
  }
}
