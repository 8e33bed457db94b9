import CLeptonica
import ClosureModel
import Foundation
import Testing
import VisionNative

/// Files made for the tests, and the pool over the built program.
enum Decoding {
  /// Folder of the products, where the test runner itself lies.
  private static let products: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    if FileManager.default.isExecutableFile(atPath: runner.appending(path: "closedesk").path) { return runner }
    return Bundle.main.bundleURL
  }()

  static func pool(
    workers: Int = 1, temporaryFolder: String = "/tmp", limits: DecodeLimits = DecodeLimits()
  ) -> DecodePool {
    DecodePool(
      executable: products.appending(path: "closedesk").path, arguments: ["decode-worker"], workers: workers,
      temporaryFolder: temporaryFolder, limits: limits)
  }

  // MARK: - A page whose corners tell how it lies: red, green, blue, black from the top left clockwise to the left

  static let width = 240
  static let height = 320

  struct Corners: Equatable, CustomStringConvertible {
    var topLeft: String, topRight: String, bottomLeft: String, bottomRight: String
    static let upright = Corners(topLeft: "red", topRight: "green", bottomLeft: "blue", bottomRight: "black")
    static let grey = Corners(topLeft: "black", topRight: "black", bottomLeft: "black", bottomRight: "black")
    var description: String { "\(topLeft) \(topRight) / \(bottomLeft) \(bottomRight)" }

    init(topLeft: String, topRight: String, bottomLeft: String, bottomRight: String) {
      self.topLeft = topLeft
      self.topRight = topRight
      self.bottomLeft = bottomLeft
      self.bottomRight = bottomRight
    }
    init(_ pixels: Pixels) {
      func name(_ x: Int, _ y: Int) -> String {
        let at = 4 * (y * pixels.width + x)
        let colour = pixels.rgba[at..<at + 3].map { $0 > 128 }
        return switch (colour[0], colour[1], colour[2]) {
        case (true, false, false): "red"
        case (false, true, false): "green"
        case (false, false, true): "blue"
        case (false, false, false): "black"
        case (true, true, true): "white"
        default: "other"
        }
      }
      let right = pixels.width - 1 - pixels.width / 16
      let bottom = pixels.height - 1 - pixels.height / 16
      topLeft = name(pixels.width / 16, pixels.height / 16)
      topRight = name(right, pixels.height / 16)
      bottomLeft = name(pixels.width / 16, bottom)
      bottomRight = name(right, bottom)
    }
  }

  /// Owned by the caller.
  static func page(width: Int = width, height: Int = height) throws -> UnsafeMutablePointer<Pix> {
    let pix = try #require(pixCreate(Int32(width), Int32(height), 32))
    pixSetAll(pix)
    func fill(_ x: Int, _ y: Int, _ red: Int32, _ green: Int32, _ blue: Int32) {
      for row in y..<y + height / 4 {
        for column in x..<x + width / 4 { pixSetRGBPixel(pix, Int32(column), Int32(row), red, green, blue) }
      }
    }
    fill(0, 0, 230, 20, 20)
    fill(width - width / 4, 0, 20, 200, 20)
    fill(0, height - height / 4, 20, 20, 220)
    fill(width - width / 4, height - height / 4, 10, 10, 10)
    return pix
  }

  typealias Writer = (
    UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>, UnsafeMutablePointer<Pix>
  ) -> l_ok

  static func encode(
    _ pix: UnsafeMutablePointer<Pix>, _ write: Writer
  ) throws -> [UInt8] {
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    #expect(write(&data, &size, pix) == 0)
    let start = try #require(data)
    defer { free(data) }
    return Array(UnsafeBufferPointer(start: start, count: size))
  }

  static func with<Result>(
    _ pix: UnsafeMutablePointer<Pix>?, _ body: (UnsafeMutablePointer<Pix>) throws -> Result
  ) throws -> Result {
    var mine = pix
    defer { pixDestroy(&mine) }
    return try body(try #require(pix))
  }

  static func jpeg(width: Int = width, height: Int = height, progressive: Bool = false) throws -> [UInt8] {
    try with(page(width: width, height: height)) { pix in
      try encode(pix) { pixWriteMemJpeg($0, $1, $2, 90, progressive ? 1 : 0) }
    }
  }
  static func png(width: Int = width, height: Int = height) throws -> [UInt8] {
    try with(page(width: width, height: height)) { try encode($0) { pixWriteMemPng($0, $1, $2, 0) } }
  }
  static func tiff(_ compression: Int) throws -> [UInt8] {
    try with(page()) { page in
      guard compression == IFF_TIFF_G4 else {
        return try encode(page) { pixWriteMemTiff($0, $1, $2, Int32(compression)) }
      }
      return try with(pixConvertTo1(page, 240)) { try encode($0) { pixWriteMemTiff($0, $1, $2, Int32(compression)) } }
    }
  }
  static func webp() throws -> [UInt8] {
    try with(page()) { try encode($0) { pixWriteMemWebP($0, $1, $2, 80, 0) } }
  }
  static func bmp() throws -> [UInt8] {
    try with(page()) { try encode($0) { pixWriteMemBmp($0, $1, $2) } }
  }
  static func gif() throws -> [UInt8] {
    try with(page()) { try encode($0) { pixWriteMemGif($0, $1, $2) } }
  }
  /// With a palette.
  static func palettePNG() throws -> [UInt8] {
    try with(page()) { page in
      try with(pixOctreeQuantNumColors(page, 16, 0)) { try encode($0) { pixWriteMemPng($0, $1, $2, 0) } }
    }
  }
  static func greyPNG16() throws -> [UInt8] {
    try with(pixCreate(64, 64, 16)) { pix in
      for y in 0..<64 { for x in 0..<64 { pixSetPixel(pix, Int32(x), Int32(y), x < 32 ? 0x1234 : 0xF0F0) } }
      return try encode(pix) { pixWriteMemPng($0, $1, $2, 0) }
    }
  }
  static func multipageTIFF(_ count: Int) throws -> [UInt8] {
    var pixa = pixaCreate(Int32(count))
    defer { pixaDestroy(&pixa) }
    for _ in 0..<count { pixaAddPix(pixa, try page(), Int32(L_INSERT)) }
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    #expect(pixaWriteMemMultipageTiff(&data, &size, pixa) == 0)
    defer { free(data) }
    return Array(UnsafeBufferPointer(start: try #require(data), count: size))
  }

  /// With an EXIF block that holds an orientation and nothing else.
  static func exif(_ jpeg: [UInt8], orientation: UInt8, bigEndian: Bool = false) -> [UInt8] {
    let tiff: [UInt8] =
      bigEndian
      ? [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
      : [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
    let body = Array("Exif\0\0".utf8) + tiff
    return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(body.count + 2)] + body + jpeg.dropFirst(2)
  }

  // MARK: - Tiny files of other programs

  /// 32 × 32, left half red, right half cyan, as inks, inverted as Adobe's programs write them. Pillow.
  static let cmykJPEG = bytes(
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAIAAgBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Kqvyqr9U6KKKK/lXr+qiv6qKKKKKK/qor+Vev5V6KKKKK/lXr+qiv6qKKKKKK/qor+Vev5V6KKKKK/lXr+qiv6qKKKKKK/qor+Vev5V6KKKKK/lXr+qiv6qKKKKKK/9k="
  )
  /// 16 × 16 of (200, 30, 30), 16 bits a sample. ImageMagick.
  static let colourPNG16 = bytes(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQEAIAAADAAbR1AAAAI0lEQVQ4y2M8cUJOTk6OgWaAiXZGj1owasGoBaMWjFpAPQAAs9ACKBspBbIAAAAASUVORK5CYII="
  )
  /// 16 × 16 of (200, 30, 30), half transparent. ImageMagick.
  static let transparentPNG = bytes(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAHUlEQVQ4y2M8ISdXz0ABYKJE86gBowaMGjCYDAAAZkABoxDx5ngAAAAASUVORK5CYII="
  )

  private static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }
}
