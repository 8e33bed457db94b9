/// Which ink a density map shows.
enum InkColour: Sendable, Hashable, CaseIterable {
  case red, blue
  /// What darkens all channels alike: print, and the seal of a photocopy.
  case neutral

  /// Density of this ink from the densities of the three channels.
  @inline(__always)
  func density(_ red: Float, _ green: Float, _ blue: Float) -> Float {
    switch self {
    case .red: min(green, blue) - red
    case .blue: min(red, green) - blue
    case .neutral: min(red, min(green, blue))
    }
  }
}

/// How much of each ink lies where: −ln(pixel ÷ paper) a channel, combined. 64 units are one e-fold; 0…255.
/// Black print drops out of the red map, red out of the neutral one.
struct InkMaps: Sendable {
  let red: Plane
  let blue: Plane
  let neutral: Plane

  init(_ planes: ColourPlanes, paper: PaperColour) {
    let width = planes.width
    let height = planes.height
    var red = [UInt8](repeating: 0, count: width * height)
    var blue = red
    var neutral = red
    var paperRed = [Float](repeating: 0, count: width)
    var paperGreen = paperRed
    var paperBlue = paperRed
    LogScale.table.withUnsafeBufferPointer { table in
      for y in 0..<height {
        paper.line(
          y: Float(y), start: 0, step: 1, count: width, red: &paperRed, green: &paperGreen, blue: &paperBlue)
        let row = y * width
        for x in 0..<width {
          let r = paperRed[x] - table[Int(planes.red[row + x])]
          let g = paperGreen[x] - table[Int(planes.green[row + x])]
          let b = paperBlue[x] - table[Int(planes.blue[row + x])]
          red[row + x] = UInt8(max(0, min(255, InkColour.red.density(r, g, b))))
          blue[row + x] = UInt8(max(0, min(255, InkColour.blue.density(r, g, b))))
          neutral[row + x] = UInt8(max(0, min(255, InkColour.neutral.density(r, g, b))))
        }
      }
    }
    self.red = Plane(width: width, height: height, bytes: red)
    self.blue = Plane(width: width, height: height, bytes: blue)
    self.neutral = Plane(width: width, height: height, bytes: neutral)
  }

  subscript(ink: InkColour) -> Plane {
    switch ink {
    case .red: red
    case .blue: blue
    case .neutral: neutral
    }
  }
}
