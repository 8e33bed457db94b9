internal import ClosureModel

/// How steep the borders of print are: the steepest step between neighbours against the whole rise around it.
struct Sharpness {
  /// 0…1; 1: borders within one pixel.
  let value: Double

  /// - Parameters:
  ///   - map: neutral ink at working size; says where print is.
  ///   - factor: pixels of `pixels` along one of the map's.
  init(_ pixels: Pixels, map: Plane, factor: Int) {
    var ratios: [Float] = []
    let width = pixels.width
    var seen = 0
    pixels.rgba.withUnsafeBufferPointer { p in
      for y in Swift.stride(from: 4, to: map.height - 4, by: 2) {
        for x in 4..<(map.width - 4) where map.bytes[y * map.width + x] > 34 {
          seen += 1
          guard seen % 5 == 0 else { continue }
          // Seven pixels each way across the place, at full size.
          let px = x * factor
          let py = y * factor
          guard px > 5, py > 5, px + 6 < width, py + 6 < pixels.height else { continue }
          var ratio: Float = 0
          var contrast: Float = 0
          for step in [1, width] {
            var low: Float = 255
            var high: Float = 0
            var steepest: Float = 0
            var before: Float = -1
            for offset in -5...5 {
              let value = Float(p[((py * width + px) + offset * step) * 4 + 1])
              low = min(low, value)
              high = max(high, value)
              if before >= 0 { steepest = max(steepest, abs(value - before)) }
              before = value
            }
            if high - low > contrast {
              contrast = high - low
              ratio = steepest / max(1, high - low)
            }
          }
          if contrast > 24 { ratios.append(ratio) }
        }
      }
    }
    guard ratios.count >= 50 else {
      value = ratios.isEmpty && seen < 50 ? 1 : 0
      return
    }
    ratios.sort()
    // A step of half the rise between two pixels is as sharp as a scan gets; a tenth is a smear.
    let typical = Double(ratios[ratios.count / 2])
    value = max(0, min(1, (typical - 0.14) / 0.3))
  }
}
