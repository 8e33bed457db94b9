/// Whether a scan's own pixels are what its page shows. Catches what lies over a scan (other words, a pasted seal), a
/// mirrored picture, changed colours.
///
/// poppler's Splash reduces a picture by averaging boxes of whole pixels, whose sizes follow Bresenham's line
/// (Splash::scaleImage). Reduced in the same way, the picture and the drawn page differ by rounding only, so a stroke
/// that was laid over the page stands out however thin it is. Measured on 18 PDF scans: largest difference 1 of 255;
/// with plain area averaging 8 to 78.
enum PageLikeness {
  /// Pixels of the longer side at which they are compared.
  static let longSide = 480
  /// Largest difference of a pixel's colour, of 255: rounding, and one step of colour conversion.
  private static let largest = 4

  /// The size at which a page must be drawn to be compared with `picture` laid upright.
  static func size(for picture: Picture) -> (width: Int, height: Int) {
    let scale = min(1, Double(longSide) / Double(max(picture.width, picture.height)))
    return (max(1, Int(Double(picture.width) * scale + 0.5)), max(1, Int(Double(picture.height) * scale + 0.5)))
  }

  /// - Parameters:
  ///   - picture: as it lies in the file, before the page's rotation.
  ///   - rotation: quarter turns clockwise in degrees by which the page is shown.
  ///   - drawn: the page at `size(for:)`, turned.
  static func isSame(_ picture: Picture, turned rotation: Int, _ drawn: Picture) -> Bool {
    difference(picture, turned: rotation, drawn).map { $0 <= largest } ?? false
  }

  /// The largest difference; nil: another size, or no memory.
  static func difference(_ picture: Picture, turned rotation: Int, _ drawn: Picture) -> Int? {
    let (width, height) = size(for: picture)
    let isTurned = rotation == 90 || rotation == 270
    guard drawn.width == (isTurned ? height : width), drawn.height == (isTurned ? width : height),
      let known = boxed(picture, width, height)
    else { return nil }
    return drawn.withRGBA { seen in
      var worst = 0
      for y in 0..<drawn.height {
        for x in 0..<drawn.width {
          let source =
            switch rotation {
            case 90: (height - 1 - x) * width + y
            case 180: (height - 1 - y) * width + (width - 1 - x)
            case 270: x * width + (width - 1 - y)
            default: y * width + x
            }
          for colour in 0..<3 {
            let difference = Int(seen[4 * (y * drawn.width + x) + colour]) - Int(known[3 * source + colour])
            worst = max(worst, abs(difference))
          }
        }
      }
      return worst
    }
  }

  /// Reduced as Splash does it, three bytes a pixel.
  private static func boxed(_ picture: Picture, _ width: Int, _ height: Int) -> [UInt8]? {
    let across = steps(picture.width, width)
    let down = steps(picture.height, height)
    var result: [UInt8] = []
    result.reserveCapacity(width * height * 3)
    var top = 0
    for rows in down {
      guard var sums = picture.sums(rows: top..<top + rows, columns: across) else { return nil }
      for (index, columns) in across.enumerated() {
        for colour in 0..<3 {
          sums[3 * index + colour] /= rows * columns
          result.append(UInt8(clamping: sums[3 * index + colour]))
        }
      }
      top += rows
    }
    return result
  }

  /// How many of `from` pixels go into each of `to`.
  private static func steps(_ from: Int, _ to: Int) -> [Int] {
    var rest = 0
    return (0..<to).map { _ in
      rest += from % to
      if rest < to { return from / to }
      rest -= to
      return from / to + 1
    }
  }
}
