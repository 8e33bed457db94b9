import CLeptonica
import ClosureModel
import Foundation
import TestSupport
import Testing

@testable import VisionNative

@Suite("Decoding: hostile files and broken workers", .serialized)
struct DecodingSafetyTests {
  @Test("A picture over the pixel bounds is refused by its header, before it is decoded")
  func headers() throws {
    let pool = Decoding.pool()
    var png = try Decoding.png()
    png.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    var jpeg = try Decoding.jpeg()
    let frame = try #require((0..<jpeg.count - 1).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x27, 0x10, 0x27, 0x10])  // 10,000 × 10,000
    var progressive = try Decoding.jpeg(progressive: true)
    let second = try #require(
      (0..<progressive.count - 1).first { progressive[$0] == 0xFF && progressive[$0 + 1] == 0xC2 })
    progressive.replaceSubrange(second + 5..<second + 9, with: [0x1D, 0x4C, 0x1D, 0x4C])  // 7,500 × 7,500
    var bmp = try Decoding.bmp()
    bmp.replaceSubrange(18..<26, with: [0, 0, 1, 0, 0, 0, 1, 0])
    for bytes in [png, jpeg, progressive, bmp] {
      let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 400) }
      #expect(failure?.code == .tooManyPixels)
    }
    #expect(throws: DecodeFailure.self) { try pool.open([UInt8](repeating: 1, count: 33 << 20), longSide: 400) }
    #expect(pool.usage.workersStarted == 1)
  }

  @Test("The largest pictures that are read keep a worker below 150 MB")
  func memory() throws {
    let pool = Decoding.pool()
    let jpeg = try Decoding.with(pixCreate(8000, 7900, 8)) { pix in
      pixSetAll(pix)
      return try Decoding.encode(pix) { pixWriteMemJpeg($0, $1, $2, 90, 0) }
    }
    let page = try #require(pool.open(jpeg, longSide: 1600).pages.first)
    #expect(page.width == 8000 && page.pixels.width == 1600)
    let bilevel = try Decoding.with(pixCreate(4960, 7016, 1)) { pix in
      try Decoding.encode(pix) { pixWriteMemTiff($0, $1, $2, Int32(IFF_TIFF_G4)) }
    }
    #expect(try pool.open(bilevel, longSide: 1600).pages.first?.height == 7016)
    // A4 at 300 dots an inch, in colour, in the formats that are decoded whole.
    let colour = try Decoding.with(pixCreate(2480, 3508, 32)) { pix in
      // Noise: the largest files that such a page can be.
      var random = SeededGenerator(seed: 1)
      let data = try #require(pixGetData(pix))
      for at in 0..<2480 * 3508 { data[at] = UInt32(truncatingIfNeeded: random.next()) }
      return [
        try Decoding.encode(pix) { pixWriteMemTiff($0, $1, $2, Int32(IFF_TIFF)) },
        try Decoding.encode(pix) { pixWriteMemPng($0, $1, $2, 0) },
        try Decoding.encode(pix) { pixWriteMemBmp($0, $1, $2) },
      ]
    }
    for bytes in colour { #expect(try pool.open(bytes, longSide: 3508).pages.first?.width == 2480) }
    #expect(pool.usage.workersStarted == 1)
    #expect(pool.usage.peakBytes < 150 << 20, "\(pool.usage.peakBytes >> 20) MB")
  }

  @Test("A file cut off anywhere is never taken for a whole page")
  func truncated() throws {
    let pool = Decoding.pool()
    let files = [
      try Decoding.jpeg(), try Decoding.jpeg(progressive: true), try Decoding.png(), try Decoding.webp(),
      try Decoding.tiff(IFF_TIFF_LZW), try ZIPFile.write([("a.png", Decoding.png())]),
    ]
    for (index, bytes) in files.enumerated() {
      for part in [0.1, 0.3, 0.5, 0.7, 0.9] {
        let cut = Array(bytes.prefix(Int(Double(bytes.count) * part)))
        let file = try? pool.open(cut, longSide: 400)
        #expect(file == nil || file?.failures.isEmpty == false, "file \(index) at \(part)")
      }
    }
    #expect(pool.usage.workersStarted == 1)
  }

  @Test("Damaged files end as pages or as a failure, and the next file is opened as ever")
  func fuzz() throws {
    let seed: UInt64 = 20_261_121
    var random = SeededGenerator(seed: seed)
    let jpeg = try Decoding.jpeg()
    let files = [
      jpeg, Decoding.exif(jpeg, orientation: 6), try Decoding.jpeg(progressive: true), Decoding.cmykJPEG,
      try Decoding.png(), try Decoding.palettePNG(), try Decoding.tiff(IFF_TIFF_LZW), try Decoding.tiff(IFF_TIFF_G4),
      try Decoding.multipageTIFF(2), try Decoding.webp(), try Decoding.bmp(), try Decoding.gif(),
      PDFFile.write([.init(jpeg: jpeg, pixels: (Decoding.width, Decoding.height))]),
      try ZIPFile.write([("a.png", Decoding.png()), ("b.jpg", jpeg)]), try ZIPFile.document(pictures: [jpeg]),
    ]
    let pool = Decoding.pool(workers: 2)
    for round in 0..<24 {
      for (index, file) in files.enumerated() {
        let bytes = Self.damaged(file, &random)
        do throws(DecodeFailure) {
          let opened = try pool.open(bytes, longSide: 300)
          #expect(!opened.pages.isEmpty, "seed \(seed), file \(index), round \(round)")
        } catch {
          #expect(error.code != .unavailable, "seed \(seed), file \(index), round \(round): \(error)")
        }
      }
    }
    let page = try #require(pool.open(jpeg, longSide: 300).pages.first)
    #expect(Decoding.Corners(page.pixels) == .upright)
    #expect(pool.usage.peakBytes < 150 << 20)
  }

  /// A few bytes changed (heads more often), a piece cut out, doubled or overwritten.
  private static func damaged(_ file: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = file
    let head = min(bytes.count, 600)
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let at = Int.random(in: 0..<(Bool.random(using: &random) ? head : bytes.count), using: &random)
      bytes[min(at, bytes.count - 1)] = UInt8.random(in: 0...255, using: &random)
    }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let piece = start..<min(bytes.count, start + Int.random(in: 1...400, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(piece)
    case 1: bytes.insert(contentsOf: bytes[piece], at: start)
    case 2: bytes.replaceSubrange(piece, with: repeatElement(0xFF, count: piece.count))
    default: break
    }
    return bytes
  }

  @Test("A worker that is killed over a file costs one failure; the next file finds a new one")
  func killed() throws {
    let pool = Decoding.pool()
    let bytes = try Decoding.png()
    _ = try pool.open(bytes, longSide: 100)
    let worker = try #require(pool.workerIDs.first)
    // Stopped first: then the file surely is with it when it is killed.
    kill(worker, SIGSTOP)
    let killer = Thread {
      usleep(200_000)
      kill(worker, SIGKILL)
    }
    killer.start()
    let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 100) }
    #expect(failure?.code == .crashed)
    #expect(failure?.what.contains("signal 9") == true)
    #expect(try pool.open(bytes, longSide: 100).pages.count == 1)
    #expect(pool.usage.workersStarted == 2)
    // Killed while it waits: nobody's file suffers.
    kill(try #require(pool.workerIDs.first), SIGKILL)
    usleep(1_000_000)
    #expect(try pool.open(bytes, longSide: 100).pages.count == 1)
  }

  @Test("A worker that hangs is killed at the deadline")
  func hung() throws {
    var limits = DecodeLimits()
    limits.secondsToKill = 1
    let pool = Decoding.pool(limits: limits)
    let bytes = try Decoding.png()
    _ = try pool.open(bytes, longSide: 100)
    let worker = try #require(pool.workerIDs.first)
    kill(worker, SIGSTOP)
    let start = ContinuousClock.now
    let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 100) }
    #expect(failure?.code == .tooSlow)
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(kill(worker, 0) == -1 && errno == ESRCH)
    #expect(try pool.open(bytes, longSide: 100).pages.count == 1)
  }

  @Test("Inside a worker there is no network and no look at other processes, and what it starts inherits that")
  func confined() throws {
    let confinement = try Decoding.pool().confinement()
    #expect(confinement.filtered, "\(confinement.reason ?? "")")
    #expect(confinement.refused == ["socket inet", "socket inet6", "socket unix", "ptrace", "unshare"])
    #expect(confinement.allowed.isEmpty)
    #expect(confinement.childIsConfined)
  }

  @Test("A program that is no worker makes the decoder unavailable, which says nothing about the file")
  func unavailable() throws {
    let bytes = try Decoding.png()
    for executable in ["/nowhere/closedesk", "/bin/cat", "/bin/false"] {
      let pool = DecodePool(executable: executable, arguments: [])
      let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 100) }
      #expect(failure?.code == .unavailable)
    }
  }

  @Test("A worker that lies about its answer is not believed")
  func lies() throws {
    let bytes = try Decoding.png()
    let ready =
      #"{"kind":"ready","bytes":0,"confinement":{"filtered":true,"refused":[],"allowed":[],"childIsConfined":true}}"#
    let page = { (bytes: Int, width: Int) in
      #"{"kind":"page","bytes":\#(bytes),"page":{"number":1,"source":"scan","pixelWidth":\#(width),"pixelHeight":10,"width":5000,"height":5000}}"#
    }
    for answer in [page(1 << 40, 10), page(400, 11), page(4_000_000, 100_000), page(-1, -1), "nonsense"] {
      let script = "read line; echo '\(ready)'; read line; echo '\(answer)'; cat > /dev/null"
      var limits = DecodeLimits()
      limits.secondsToKill = 5
      let pool = DecodePool(executable: "/bin/sh", arguments: ["-c", script], limits: limits)
      let failure = #expect(throws: DecodeFailure.self) { try pool.open(bytes, longSide: 100) }
      #expect(failure?.code == .crashed)
    }
  }

  @Test("Nothing is left: no process, no folder")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    // Left by a program that was killed: no process has this number.
    let old = folder.url.appending(path: "closedesk-decode-4999999-abcdef")
    try FileManager.default.createDirectory(at: old, withIntermediateDirectories: false)
    try Data("x".utf8).write(to: old.appending(path: "file.pdf"))
    var workers: [Int32] = []
    do {
      let pool = Decoding.pool(workers: 2, temporaryFolder: folder.path)
      _ = try pool.open(Decoding.png(), longSide: 100)
      workers = pool.workerIDs
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }
    #expect(workers.count == 1)
    for worker in workers { #expect(kill(worker, 0) == -1) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("Over a thousand files memory stays flat on both sides, and workers are replaced in time")
  func flat() throws {
    let pool = Decoding.pool(workers: 2)
    let bytes = try Decoding.jpeg(width: 500, height: 700)
    func resident() -> Int { Sandbox.memory().resident }
    for _ in 0..<100 { _ = try pool.open(bytes, longSide: 700) }
    let before = (resident(), pool.usage.peakBytes)
    for _ in 0..<1000 { _ = try pool.open(bytes, longSide: 700) }
    #expect(resident() - before.0 < 30 << 20)
    #expect(pool.usage.peakBytes - before.1 < 10 << 20)
    #expect(pool.usage.workersStarted == 1 + 1100 / DecodeLimits().filesPerWorker)
  }
}
