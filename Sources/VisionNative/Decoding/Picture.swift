import CLeptonica
import ClosureModel
import Glibc

/// Owns one leptonica picture. All of leptonica is behind this type.
final class Picture {
  private let pix: UnsafeMutablePointer<Pix>

  /// The library, which `load()` has found.
  private static var lept: CLeptonica {
    do throws(LazyLibrary.Missing) { return try LazyLibrary.leptonica() } catch {
      fatalError("a picture before Picture.load(): \(error)")
    }
  }
  private var lept: CLeptonica { Self.lept }

  private init?(_ pix: UnsafeMutablePointer<Pix>?) {
    guard let pix else { return nil }
    self.pix = pix
  }
  deinit {
    var mine: UnsafeMutablePointer<Pix>? = pix
    lept.pixDestroy(&mine)
  }

  var width: Int { Int(lept.pixGetWidth(pix)) }
  var height: Int { Int(lept.pixGetHeight(pix)) }
  private var depth: Int32 { lept.pixGetDepth(pix) }

  /// Comes before the first picture, and before the sandbox, in which libraries cannot be relied on to load. leptonica
  /// is silenced: it writes its complaints to stderr; which call failed is told by the caller.
  static func load() throws(LazyLibrary.Missing) {
    _ = try LazyLibrary.leptonica().setMsgSeverity(Int32(L_SEVERITY_NONE))
  }

  // MARK: - Decoding: nil when the bytes are broken

  /// - Parameter reduction: 1, 2, 4 or 8; the picture is decoded at that part of its size.
  /// - Returns: nil also for a picture whose data ends early or is damaged: half a page must not pass for one.
  static func jpeg(_ bytes: [UInt8], reduction: Int) -> Picture? {
    var warnings: Int32 = 0
    let picture = Picture(lept.pixReadMemJpeg(bytes, bytes.count, 0, Int32(reduction), &warnings, 0))
    return warnings == 0 ? picture : nil
  }
  static func png(_ bytes: [UInt8]) -> Picture? { Picture(lept.pixReadMemPng(bytes, bytes.count)) }
  static func webp(_ bytes: [UInt8]) -> Picture? { Picture(lept.pixReadMemWebP(bytes, bytes.count)) }
  static func bmp(_ bytes: [UInt8]) -> Picture? { Picture(lept.pixReadMemBmp(bytes, bytes.count)) }
  static func gif(_ bytes: [UInt8]) -> Picture? { Picture(lept.pixReadMemGif(bytes, bytes.count)) }
  static func pnm(_ bytes: [UInt8]) -> Picture? { Picture(lept.pixReadMemPnm(bytes, bytes.count)) }
  /// The page's own orientation is done.
  static func tiff(_ bytes: [UInt8], page: Int) -> Picture? {
    Picture(lept.pixReadMemTiff(bytes, bytes.count, Int32(page)))
  }

  // MARK: - Changing: nil when there is no memory

  /// Without palette and transparency (laid on white), 8 bits grey or colour.
  func flattened() -> Picture? {
    var current = self
    if lept.pixGetColormap(pix) != nil {
      guard let plain = Picture(lept.pixRemoveColormap(pix, Int32(REMOVE_CMAP_BASED_ON_SRC))) else { return nil }
      current = plain
    }
    if current.depth == 32, lept.pixGetSpp(current.pix) == 4 {
      current.blendOnWhite()
    }
    switch current.depth {
    case 8, 32: return current
    case 16: return Picture(lept.pixConvert16To8(current.pix, Int32(L_MS_BYTE)))
    default: return Picture(lept.pixConvertTo8(current.pix, 0))
    }
  }

  /// In place: leptonica's own way takes two further pictures.
  private func blendOnWhite() {
    guard let data = lept.pixGetData(pix) else { return }
    for at in 0..<Int(lept.pixGetWpl(pix)) * height {
      let word = data[at]
      let alpha = word & 0xFF
      guard alpha < 255 else { continue }
      func mixed(_ shift: UInt32) -> UInt32 {
        let value = (word >> shift) & 0xFF
        return ((value * alpha + 255 * (255 - alpha) + 127) / 255) << shift
      }
      data[at] = mixed(24) | mixed(16) | mixed(8) | 0xFF
    }
    lept.pixSetSpp(pix, 3)
  }

  /// Averaged over areas so that the longer side is at most `longSide`; itself when it is.
  func reduced(to longSide: Int) -> Picture? {
    let longer = max(width, height)
    guard longer > longSide else { return self }
    let scale = Float(longSide) / Float(longer)
    // Area averaging is leptonica's below 0.7; above that it takes the four neighbours, which then is the same.
    guard let picture = Picture(lept.pixScaleAreaMap(pix, scale, scale)) else { return nil }
    // Rounding of a narrow side to nothing.
    return picture.width > 0 && picture.height > 0 ? picture : nil
  }

  /// Upright after EXIF orientation 1…8.
  func turned(_ orientation: Int) -> Picture? {
    func flip(_ picture: Picture?, _ across: Bool) -> Picture? {
      guard let picture else { return nil }
      return Picture(across ? lept.pixFlipLR(nil, picture.pix) : lept.pixFlipTB(nil, picture.pix))
    }
    func quarter(_ clockwise: Bool) -> Picture? { Picture(lept.pixRotate90(pix, clockwise ? 1 : -1)) }
    return switch orientation {
    case 2: flip(self, true)
    case 3: Picture(lept.pixRotate180(nil, pix))
    case 4: flip(self, false)
    case 5: flip(quarter(true), true)
    case 6: quarter(true)
    case 7: flip(quarter(true), false)
    case 8: quarter(false)
    default: self
    }
  }

  /// Calls `body` with the pixels as `Pixels.rgba` holds them.
  func withRGBA<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    guard let colour = depth == 32 ? Picture(lept.pixCopy(nil, pix)) : Picture(lept.pixConvertTo32(pix)) else {
      return nil
    }
    // leptonica's pixel is one word, 0xRRGGBBAA; rows of 32-bit pixels follow each other without gaps.
    guard lept.pixSetComponentArbitrary(colour.pix, Int32(L_ALPHA_CHANNEL), 255) == 0,
      lept.pixEndianByteSwap(colour.pix) == 0, let data = lept.pixGetData(colour.pix),
      Int(lept.pixGetWpl(colour.pix)) == colour.width
    else { return nil }
    return body(UnsafeRawBufferPointer(start: data, count: colour.width * colour.height * 4))
  }

  /// Sums of red, green and blue over boxes of pixels that lie side by side.
  /// - Parameters:
  ///   - rows: inside the picture.
  ///   - columns: widths of the boxes; together the picture's width.
  /// - Returns: nil for a picture that is not 8 bits grey or colour.
  func sums(rows: Range<Int>, columns: [Int]) -> [Int]? {
    guard let data = lept.pixGetData(pix), depth == 8 || depth == 32 else { return nil }
    let isGrey = depth == 8
    let stride = Int(lept.pixGetWpl(pix))
    var sums = [Int](repeating: 0, count: columns.count * 3)
    sums.withUnsafeMutableBufferPointer { sums in
      for row in rows {
        let line = data + row * stride
        var x = 0
        for (index, count) in columns.enumerated() {
          var (red, green, blue) = (0, 0, 0)
          for x in x..<x + count {
            // Bytes of a word go from its high end.
            let word = isGrey ? Int(line[x >> 2] >> UInt32(8 * (3 - (x & 3)))) & 0xFF : Int(line[x])
            if isGrey {
              red += word
            } else {
              red += word >> 24
              green += (word >> 16) & 0xFF
              blue += (word >> 8) & 0xFF
            }
          }
          sums[3 * index] += red
          sums[3 * index + 1] += isGrey ? red : green
          sums[3 * index + 2] += isGrey ? red : blue
          x += count
        }
      }
    }
    return sums
  }
}
