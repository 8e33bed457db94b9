import ClosureModel

/// One byte a pixel, row-major from the top left.
struct Plane: Sendable {
  let width: Int
  let height: Int
  var bytes: [UInt8]

  init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height, "one byte a pixel")
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// The value that `share` (0…1) of all pixels do not exceed.
  func percentile(_ share: Double) -> Int {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let wanted = Int(share * Double(bytes.count))
    var seen = 0
    for (value, count) in counts.enumerated() {
      seen += count
      if seen > wanted { return value }
    }
    return 255
  }
}

/// A picture at working size: red, green and blue apart, each pixel the mean of `factor` × `factor` of the picture's.
struct ColourPlanes: Sendable {
  let width: Int
  let height: Int
  /// Pixels of the picture along one side of a pixel of these planes.
  let factor: Int
  let red: [UInt8]
  let green: [UInt8]
  let blue: [UInt8]

  /// Long side that rings of usual size are found at with the least work: a 42 mm seal on A4 is then 110 px wide.
  static let usualLongSide = 800

  /// - Parameter pixels: at least one pixel.
  init(_ pixels: Pixels) {
    let long = max(pixels.width, pixels.height)
    // Not rounded to nearest: 1,200 px are halved to 600, where thin rings still stand.
    var factor = max(1, (long + Self.usualLongSide / 2) / Self.usualLongSide)
    factor = min(factor, max(1, min(pixels.width, pixels.height)))
    let width = pixels.width / factor
    let height = pixels.height / factor
    let full = pixels.width
    var red = [UInt8](repeating: 0, count: width * height)
    var green = red
    var blue = red
    pixels.rgba.withUnsafeBufferPointer { source in
      red.withUnsafeMutableBufferPointer { red in
        green.withUnsafeMutableBufferPointer { green in
          blue.withUnsafeMutableBufferPointer { blue in
            Self.reduce(source, full: full, factor: factor, width: width, height: height, red, green, blue)
          }
        }
      }
    }
    self.width = width
    self.height = height
    self.factor = factor
    self.red = red
    self.green = green
    self.blue = blue
  }

  private static func reduce(
    _ source: UnsafeBufferPointer<UInt8>, full: Int, factor: Int, width: Int, height: Int,
    _ red: UnsafeMutableBufferPointer<UInt8>, _ green: UnsafeMutableBufferPointer<UInt8>,
    _ blue: UnsafeMutableBufferPointer<UInt8>
  ) {
    if factor == 2 {
      // The usual case, without inner loops: it is the one pass over all pixels.
      for y in 0..<height {
        var upper = y * 2 * full * 4
        var lower = upper + full * 4
        let row = y * width
        for x in 0..<width {
          let r = Int(source[upper]) + Int(source[upper + 4]) + Int(source[lower]) + Int(source[lower + 4])
          let g = Int(source[upper + 1]) + Int(source[upper + 5]) + Int(source[lower + 1]) + Int(source[lower + 5])
          let b = Int(source[upper + 2]) + Int(source[upper + 6]) + Int(source[lower + 2]) + Int(source[lower + 6])
          red[row + x] = UInt8(truncatingIfNeeded: (r + 2) >> 2)
          green[row + x] = UInt8(truncatingIfNeeded: (g + 2) >> 2)
          blue[row + x] = UInt8(truncatingIfNeeded: (b + 2) >> 2)
          upper += 8
          lower += 8
        }
      }
      return
    }
    let area = factor * factor
    for y in 0..<height {
      for x in 0..<width {
        var r = 0
        var g = 0
        var b = 0
        for dy in 0..<factor {
          var at = ((y * factor + dy) * full + x * factor) * 4
          for _ in 0..<factor {
            r += Int(source[at])
            g += Int(source[at + 1])
            b += Int(source[at + 2])
            at += 4
          }
        }
        red[y * width + x] = UInt8(truncatingIfNeeded: (r + area / 2) / area)
        green[y * width + x] = UInt8(truncatingIfNeeded: (g + area / 2) / area)
        blue[y * width + x] = UInt8(truncatingIfNeeded: (b + area / 2) / area)
      }
    }
  }
}
