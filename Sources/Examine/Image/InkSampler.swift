internal import ClosureModel

/// Density of ink at any place of a picture, between its pixels.
struct InkSampler {
  private let pixels: Pixels
  private let paper: PaperColour
  private let block: Float

  /// - Parameter factor: pixels of `pixels` along one pixel of the planes that `paper` was taken from.
  init(_ pixels: Pixels, paper: PaperColour, factor: Int) {
    self.pixels = pixels
    self.paper = paper
    block = Float(PaperColour.block * factor)
  }

  /// Densities of the three channels (`LogScale` units); nil outside the picture.
  @inline(__always)
  func channels(x: Double, y: Double) -> (red: Float, green: Float, blue: Float)? {
    let x = Float(x)
    let y = Float(y)
    let width = pixels.width
    guard x >= 0, y >= 0, x < Float(width - 1), y < Float(pixels.height - 1) else { return nil }
    let left = Int(x)
    let upper = Int(y)
    let tx = x - Float(left)
    let ty = y - Float(upper)
    let first = (upper * width + left) * 4
    let second = first + width * 4
    let a = (1 - tx) * (1 - ty)
    let b = tx * (1 - ty)
    let c = (1 - tx) * ty
    let d = tx * ty
    let local = paper.value(x: x / block - 0.5, y: y / block - 0.5)
    return pixels.rgba.withUnsafeBufferPointer { p in
      LogScale.table.withUnsafeBufferPointer { table in
        @inline(__always) func channel(_ k: Int) -> Float {
          a * table[Int(p[first + k])] + b * table[Int(p[first + 4 + k])] + c * table[Int(p[second + k])] + d
            * table[Int(p[second + 4 + k])]
        }
        return (local.0 - channel(0), local.1 - channel(1), local.2 - channel(2))
      }
    }
  }

  /// Not below 0; 0 outside the picture.
  @inline(__always)
  func density(_ ink: InkColour, x: Double, y: Double) -> Float {
    guard let channels = channels(x: x, y: y) else { return 0 }
    return max(0, ink.density(channels.red, channels.green, channels.blue))
  }
}
