import CLeptonica
public import ClosureModel
import Glibc

/// Pixels as a PNG file, for people to look at. Encodes only what this program made; customers' files are opened in
/// child processes.
public enum PNGFile {
  /// - Returns: nil when there is no memory, or no leptonica; the page then came from no picture that this program opened.
  public static func encode(_ pixels: Pixels) -> [UInt8]? {
    guard pixels.width > 0, pixels.height > 0, let lept = try? LazyLibrary.leptonica(),
      let pix = lept.pixCreate(Int32(pixels.width), Int32(pixels.height), 32)
    else { return nil }
    var mine: UnsafeMutablePointer<Pix>? = pix
    defer { lept.pixDestroy(&mine) }
    guard let words = lept.pixGetData(pix) else { return nil }
    // leptonica's pixel is one word, 0xRRGGBBAA.
    for at in 0..<(pixels.width * pixels.height) {
      let red = UInt32(pixels.rgba[at * 4]), green = UInt32(pixels.rgba[at * 4 + 1])
      words[at] = red << 24 | green << 16 | UInt32(pixels.rgba[at * 4 + 2]) << 8 | 0xFF
    }
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    guard lept.pixWriteMemPng(&data, &size, pix, 0) == 0, let data else { return nil }
    defer { free(data) }
    return Array(UnsafeBufferPointer(start: data, count: size))
  }
}
