import ClosureModel
import Foundation
import Testing
import VisionNative

@Suite("Decoding: PDF, DOCX, ZIP")
struct DecodingContainerTests {
  private let pool = Decoding.pool()
  private static let size = (width: 960, height: 1280)

  private func page(_ change: (inout PDFFile.Page) -> Void = { _ in }) throws -> PDFFile.Page {
    var page = PDFFile.Page(
      jpeg: try Decoding.jpeg(width: Self.size.width, height: Self.size.height), pixels: Self.size)
    change(&page)
    return page
  }

  @Test("A page that is one picture has that picture's pixels, turned as the page is", arguments: [0, 90, 180, 270])
  func scan(rotation: Int) throws {
    let file = try pool.open(PDFFile.write([page { $0.rotation = rotation }]), longSide: 1600)
    #expect(file.type == .pdf && file.failures.isEmpty)
    let page = try #require(file.pages.first)
    #expect(page.source == .scan)
    let isTurned = rotation % 180 != 0
    #expect(page.width == (isTurned ? 1280 : 960) && page.height == (isTurned ? 960 : 1280))
    let corners = [
      0: "red green / blue black", 90: "blue red / black green", 180: "black blue / green red",
      270: "green black / red blue",
    ]
    #expect(Decoding.Corners(page.pixels).description == corners[rotation])
  }

  @Test("A turned page whose sides share no scale comes whole", arguments: [90, 270])
  func turned(rotation: Int) throws {
    for (width, height) in [(1405, 1987), (1653, 2339), (1001, 1777)] {
      var page = PDFFile.Page(jpeg: try Decoding.jpeg(width: width, height: height), pixels: (width, height))
      page.rotation = rotation
      let file = try pool.open(PDFFile.write([page]), longSide: 1600)
      #expect(file.failures.isEmpty, "\(file.failures)")
      #expect(try #require(file.pages.first).pixels.width > #require(file.pages.first).pixels.height)
    }
  }

  @Test(
    "A page that shows anything but the picture is drawn: words or a thin line over it, a margin, a mirrored picture",
    arguments: ["words", "line", "margin", "mirror", "white"])
  func drawn(what: String) throws {
    let bytes = PDFFile.write([
      try page {
        switch what {
        case "words": $0.over = "BT /F 10 Tf 60 160 Td (other) Tj ET"
        case "line": $0.over = "0 0 1 RG 0.4 w 100 100 m 140 100 l S"
        case "white": $0.over = "1 1 1 rg 4 300 6 6 re f"
        case "margin": $0.margin = 30
        default: $0.isMirrored = true
        }
      }
    ])
    let file = try pool.open(bytes, longSide: 1600)
    let page = try #require(file.pages.first)
    #expect(page.source == .drawn)
    // 240 × 320 points at 200 dots an inch.
    #expect(page.width == 667 && page.height == 889)
    if what == "mirror" { #expect(Decoding.Corners(page.pixels).description == "green red / black blue") }
  }

  @Test("Further pages of a PDF are one failure beside the first ten; a locked one is told apart from a broken one")
  func bounds() throws {
    let many = try pool.open(PDFFile.write((0..<12).map { _ in try page() }), longSide: 200)
    #expect(many.pages.map(\.number) == Array(1...10))
    #expect(many.failures.map(\.code) == [.tooManyPages])
    let locked = PDFFile.write([try page()], isLocked: true)
    #expect(throws: DecodeFailure(.encrypted, "the PDF file opens only with a password")) {
      try pool.open(locked, longSide: 200)
    }
    let broken = Array("%PDF-1.4\nnothing".utf8)
    #expect(throws: DecodeFailure(.broken, "the PDF file is damaged")) { try pool.open(broken, longSide: 200) }
  }

  @Test("The pictures of a Word document are pages; one without is unsupported")
  func document() throws {
    let file = try pool.open(ZIPFile.document(pictures: [Decoding.jpeg(), Decoding.png()]), longSide: 200)
    #expect(file.type == .docx && file.failures.isEmpty)
    #expect(file.pages.map(\.source) == [.embedded, .embedded])
    #expect(file.pages.map(\.entry) == ["word/media/image1.bin", "word/media/image2.bin"])
    let vector = try pool.open(
      ZIPFile.document(pictures: [Decoding.jpeg(), Array("vector drawing".utf8)]), longSide: 200)
    #expect(vector.pages.count == 1 && vector.failures.map(\.code) == [.unsupported])
    let failure = #expect(throws: DecodeFailure.self) { try pool.open(ZIPFile.document(pictures: []), longSide: 200) }
    #expect(failure?.code == .unsupported)
  }

  @Test("All files of a ZIP are opened by their content, one ZIP deep; names are only shown")
  func archive() throws {
    let scan = PDFFile.write([try page()])
    let inner = try ZIPFile.write([("in.pdf", scan), ("deep.zip", ZIPFile.write([("x.png", Decoding.png())]))])
    let word = try ZIPFile.document(pictures: [Decoding.jpeg()])
    let bytes = try ZIPFile.write([
      ("同意书.txt", Decoding.png()), ("../../etc/passwd.jpg", Decoding.jpeg()), ("inner.zip", inner),
      ("word.docx", word), ("note.txt", Array("note".utf8)), ("__MACOSX/._a.jpg", [0, 5, 22, 7]),
      ("Thumbs.db", [0xD0, 0xCF]),
      ("scans/.DS_Store", [0, 0, 0, 1]), ("Desktop.ini", Array("[x]".utf8)), ("._a.jpg", [0, 5, 22, 7]),
    ])
    let file = try pool.open(bytes, longSide: 200)
    #expect(file.type == .zip)
    #expect(
      file.pages.map(\.entry) == [
        "同意书.txt", "../../etc/passwd.jpg", "inner.zip/in.pdf", "word.docx/word/media/image1.bin",
      ])
    #expect(file.pages.map(\.source) == [.picture, .picture, .scan, .embedded])
    #expect(file.failures.map(\.entry) == ["inner.zip/deep.zip", "note.txt"])
    #expect(file.failures.map(\.code) == [.tooDeep, .unsupported])
    // A ZIP that looks like a Word file by its first names goes no deeper.
    var nested = try Decoding.png()
    for _ in 0..<5 { nested = try ZIPFile.write([("word/a.zip", nested)]) }
    #expect(
      throws: DecodeFailure(
        .tooDeep, "archives inside archives inside archives are not read", entry: "word/a.zip/word/a.zip")
    ) {
      try pool.open(nested, longSide: 200)
    }
  }

  @Test("Archives over a bound: one failure of its code each, and nothing unpacked")
  func bombs() throws {
    let zeros = [UInt8](repeating: 0, count: 20 << 20)
    let expanding = try ZIPFile.write([("a.bmp", zeros)])
    #expect(expanding.count < 100_000)
    let cases: [(DecodeFailure.Code, [UInt8])] = [
      (.tooExpanding, expanding),
      (.tooLarge, try ZIPFile.write([("a.bmp", [UInt8](repeating: 0, count: 33 << 20))])),
      (.tooManyEntries, try ZIPFile.write((0..<201).map { ("\($0).png", [1]) })),
      (.encrypted, try ZIPFile.write([("a.png", Decoding.png())], password: "secret")),
      (.empty, try ZIPFile.write([("folder/", [])].filter { _ in false } + [("__MACOSX/x", [1])])),
    ]
    for (code, bytes) in cases {
      let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 200) }
      #expect(failure?.code == code)
    }
    var limits = DecodeLimits()
    limits.ratio = 1_000_000
    limits.unpackedBytes = 50 << 20
    let several = try ZIPFile.write((0..<4).map { ("\($0)", Array(zeros.prefix(16 << 20))) })
    let open = Decoding.pool(limits: limits)
    #expect(throws: DecodeFailure.self) { try open.open(several, longSide: 200) }
    #expect(open.usage.peakBytes < 150 << 20)
    #expect(pool.usage.workersStarted == 1)
  }

  @Test("An entry that says less than it unpacks to is cut off")
  func lyingEntry() throws {
    // The unpacked size stands in the local head and in the directory; both are made smaller.
    var bytes = try ZIPFile.write([("a.bmp", [UInt8](repeating: 7, count: 900_000))])
    let size = withUnsafeBytes(of: UInt32(900_000).littleEndian) { Array($0) }
    var found = 0
    for at in 0..<bytes.count - 4 where Array(bytes[at..<at + 4]) == size {
      bytes.replaceSubrange(at..<at + 4, with: [100, 0, 0, 0])
      found += 1
    }
    #expect(found > 0)
    let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 200) }
    #expect(failure?.code == .broken || failure?.code == .tooLarge)
  }
}
