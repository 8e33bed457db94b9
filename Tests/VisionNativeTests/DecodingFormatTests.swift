import CLeptonica
import ClosureModel
import Foundation
import TestSupport
import Testing
import VisionNative

@Suite("Decoding: formats")
struct DecodingFormatTests {
  private let pool = Decoding.pool()

  private func one(_ bytes: [UInt8], longSide: Int = 1600) throws -> PageImage {
    let file = try pool.open(bytes, longSide: longSide)
    #expect(file.failures.isEmpty)
    #expect(file.pages.count == 1)
    return try #require(file.pages.first)
  }

  @Test("Every format shows the same page at its size")
  func formats() throws {
    let files: [(AttachmentFact.FileType, [UInt8])] = [
      (.jpeg, try Decoding.jpeg()), (.jpeg, try Decoding.jpeg(progressive: true)), (.png, try Decoding.png()),
      (.png, try Decoding.palettePNG()), (.tiff, try Decoding.tiff(IFF_TIFF_LZW)),
      (.tiff, try Decoding.tiff(IFF_TIFF_ZIP)), (.tiff, try Decoding.tiff(IFF_TIFF_JPEG)),
      (.tiff, try Decoding.tiff(IFF_TIFF)), (.webp, try Decoding.webp()), (.bmp, try Decoding.bmp()),
      (.gif, try Decoding.gif()),
    ]
    for (index, (type, bytes)) in files.enumerated() {
      let file = try pool.open(bytes, longSide: 1600)
      #expect(file.type == type, "file \(index)")
      let page = try #require(file.pages.first)
      #expect(page.width == Decoding.width && page.height == Decoding.height)
      #expect(page.source == .picture && page.number == 1 && page.entry == nil)
      #expect(Decoding.Corners(page.pixels) == .upright, "file \(index)")
      #expect(stride(from: 3, to: page.pixels.rgba.count, by: 4).allSatisfy { page.pixels.rgba[$0] == 255 })
    }
    #expect(Decoding.Corners(try one(Decoding.tiff(IFF_TIFF_G4)).pixels) == .grey)
  }

  @Test("EXIF orientations 1 to 8 set the page upright, in either byte order")
  func orientation() throws {
    let corners = [
      1: "red green / blue black", 2: "green red / black blue", 3: "black blue / green red",
      4: "blue black / red green", 5: "red blue / green black", 6: "blue red / black green",
      7: "black green / blue red", 8: "green black / red blue",
    ]
    let plain = try Decoding.jpeg(width: 320, height: 200)
    for (orientation, expected) in corners {
      for order in [false, true] {
        let page = try one(Decoding.exif(plain, orientation: UInt8(orientation), bigEndian: order), longSide: 160)
        #expect(Decoding.Corners(page.pixels).description == expected, "orientation \(orientation)")
        #expect(page.width == (orientation < 5 ? 320 : 200) && page.height == (orientation < 5 ? 200 : 320))
        #expect(max(page.pixels.width, page.pixels.height) == 160)
      }
    }
  }

  @Test("A page is reduced by averaging, never enlarged")
  func reduction() throws {
    let fine = try Decoding.with(pixCreate(800, 600, 8)) { pix in
      for y in 0..<600 { for x in 0..<800 { pixSetPixel(pix, Int32(x), Int32(y), (x + y) % 2 == 0 ? 0 : 255) } }
      return try Decoding.encode(pix) { pixWriteMemPng($0, $1, $2, 0) }
    }
    let page = try one(fine, longSide: 200)
    #expect(page.pixels.width == 200 && page.pixels.height == 150)
    #expect(page.width == 800 && page.scale == 4)
    // A checkerboard becomes an even grey; a sampled one would be black or white.
    #expect(page.pixels.rgba.enumerated().allSatisfy { $0.offset % 4 == 3 || abs(Int($0.element) - 127) < 6 })
    #expect(try one(fine, longSide: 5000).pixels.width == 800)
    let narrow = try Decoding.with(pixCreate(3000, 2, 8)) { pix in
      try Decoding.encode(pix) { pixWriteMemPng($0, $1, $2, 0) }
    }
    // Nothing of it would be left: a failure or a sliver, but no crash.
    _ = try? pool.open(narrow, longSide: 100)
    #expect(try one(Decoding.png()).pixels.width == Decoding.width)
  }

  private func colour(_ page: PageImage, _ x: Int, _ y: Int) -> [Int] {
    page.pixels.rgba[(4 * (y * page.pixels.width + x))...].prefix(3).map(Int.init)
  }
  private func near(_ found: [Int], _ expected: [Int], by most: Int = 12) -> Bool {
    zip(found, expected).allSatisfy { abs($0 - $1) <= most }
  }

  @Test("A JPEG of printing inks has its colours, not their opposites")
  func cmyk() throws {
    let page = try one(Decoding.cmykJPEG)
    #expect(near(colour(page, 5, 16), [255, 0, 0]), "\(colour(page, 5, 16))")
    #expect(near(colour(page, 27, 16), [0, 255, 255]), "\(colour(page, 27, 16))")
  }

  @Test("Sixteen bits a sample become eight; transparency is laid on white")
  func depths() throws {
    let colourful = try one(Decoding.colourPNG16)
    #expect(near(colour(colourful, 8, 8), [200, 30, 30]))
    let grey = try one(Decoding.greyPNG16())
    #expect(near(colour(grey, 8, 8), [0x12, 0x12, 0x12]) && near(colour(grey, 50, 8), [0xF0, 0xF0, 0xF0]))
    let transparent = try one(Decoding.transparentPNG)
    #expect(near(colour(transparent, 8, 8), [227, 142, 142]), "\(colour(transparent, 8, 8))")
  }

  @Test("All pages of a TIFF, numbered; over the bound, a failure beside those that were read")
  func pages() throws {
    let three = try pool.open(Decoding.multipageTIFF(3), longSide: 200)
    #expect(three.pages.map(\.number) == [1, 2, 3] && three.failures.isEmpty)
    #expect(three.pages.allSatisfy { Decoding.Corners($0.pixels) == .upright })
    let many = try pool.open(Decoding.multipageTIFF(13), longSide: 100)
    #expect(many.pages.count == 10)
    #expect(many.failures.map(\.code) == [.tooManyPages])
  }

  @Test("What is not read says so in words")
  func unsupported() throws {
    let heic = [0, 0, 0, 24] + Array("ftypheic".utf8) + [UInt8](repeating: 0, count: 100)
    let doc: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    for (bytes, word) in [
      (heic, "HEIC"), (doc, ".doc"), (Array("Rar!....".utf8), "rar"), (Array("hello".utf8), "text"),
    ] {
      let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 100) }
      #expect(failure?.code == .unsupported)
      #expect(failure?.what.contains(word) == true, "\(failure?.what ?? "")")
    }
    #expect(throws: DecodeFailure(.empty, "the file is empty")) { try pool.open([], longSide: 100) }
  }

  @Test(
    "Every labelled picture opens with the pages and sizes of its label",
    .enabled(if: sharedFolder("corpus/letters") != nil, "the labelled pictures are absent"))
  func corpus() throws {
    struct Label: Decodable {
      var file: String
      var pages: Int?
      var width: Int?
      var height: Int?
    }
    var opened = 0
    for part in ["letters", "identity", "seal-real"] {
      guard let folder = sharedFolder("corpus/\(part)") else { continue }
      let lines = try String(contentsOf: folder.appending(path: "labels.jsonl"), encoding: .utf8).split(separator: "\n")
      for line in lines {
        let label = try JSONDecoder().decode(Label.self, from: Data(line.utf8))
        let bytes = Array(try Data(contentsOf: folder.appending(path: label.file)))
        let file = try pool.open(bytes, longSide: 400)
        #expect(file.failures.isEmpty, "\(label.file)")
        if let pages = label.pages { #expect(file.pages.count == pages, "\(label.file)") }
        if let width = label.width, let height = label.height {
          #expect(file.pages.contains { $0.width == width && $0.height == height }, "\(label.file)")
        }
        opened += 1
      }
    }
    #expect(opened > 150)
    #expect(pool.usage.workersStarted == 1)
  }
}
