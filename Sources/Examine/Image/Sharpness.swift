internal import ClosureModel

/// How steep the borders of print are: the steepest step between neighbours against the whole rise around it.
struct Sharpness {
  /// 0…1; 1: borders within one pixel.
  let value: Double

  /// Places of ink below which too few are looked at to tell.
  private static let fewPlaces = 1000

  /// - Parameters:
  ///   - map: neutral ink at working size; says where print is.
  ///   - factor: pixels of `pixels` along one of the map's.
  init(_ pixels: Pixels, map: Plane, factor: Int) {
    var ratios: [[Float]] = [[], []]
    let width = pixels.width
    var seen = 0
    pixels.rgba.withUnsafeBufferPointer { p in
      for y in Swift.stride(from: 4, to: map.height - 4, by: 2) {
        for x in 4..<(map.width - 4) where map.bytes[y * map.width + x] > 34 {
          seen += 1
          guard seen % 7 == 0 else { continue }
          // Across the place at full size, three pixels wide against noise, far enough to span a smear.
          let px = x * factor
          let py = y * factor
          guard px > 9, py > 9, px + 10 < width, py + 10 < pixels.height else { continue }
          for (direction, step) in [1, width].enumerated() {
            var low: Float = 255
            var high: Float = 0
            var steepest: Float = 0
            var before: Float = -1
            for offset in -8...8 {
              let at = (py * width + px + offset * step) * 4 + 1
              let beside = (step == 1 ? width : 1) * 4
              let value = Float(Int(p[at - beside]) + Int(p[at]) + Int(p[at + beside])) / 3
              low = min(low, value)
              high = max(high, value)
              if before >= 0 { steepest = max(steepest, abs(value - before)) }
              before = value
            }
            if high - low > 24 { ratios[direction].append(steepest / (high - low)) }
          }
        }
      }
    }
    let enough = ratios.filter { $0.count >= 50 }
    guard !enough.isEmpty else {
      // A signature and a seal alone tell nothing; much ink without a border is a blur.
      value = seen < Self.fewPlaces ? 1 : 0
      return
    }
    // The worse of both directions: a hand that shook smears in one.
    let typical = enough.map { Double($0.sorted()[$0.count / 2]) }.min() ?? 0
    // The two ends of the scale are an estimate: of the labelled letters only two are smeared, and they read 0 and 0.41.
    value = max(0, min(1, (typical - 0.14) / 0.3))
  }
}
