import Foundation
import Glibc
import Testing

@testable import Ingest

@Suite("GB18030 by the table")
struct ConverterTests {
  /// What iconv makes of it, byte for byte; every unit that is no text becomes 0xFF.
  private static func iconvs(_ bytes: [UInt8]) -> [UInt8] {
    let handle = iconv_open("UTF-8", "GB18030")
    defer { iconv_close(handle) }
    var source = bytes.map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var written = 0
    source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        var (left, room) = (source.count, target.count)
        while left > 0 {
          let result = iconv(handle, &from, &left, &to, &room)
          guard result == Int(bitPattern: UInt.max), errno == EILSEQ else { break }
          to?.pointee = CChar(bitPattern: 0xFF)
          (to, room) = (to?.advanced(by: 1), room - 1)
          (from, left) = (from?.advanced(by: 1), left - 1)
        }
        written = target.count - room
      }
    }
    return target[..<written].map { UInt8(bitPattern: $0) }
  }

  /// In pieces of a size, with a room of a size.
  private static func converted(_ bytes: [UInt8], piece: Int, room: Int) throws -> (text: [UInt8], left: Int) {
    let converter = try #require(try Converter(.gb18030, file: "x"))
    var out: [UInt8] = []
    var raw: [UInt8] = []
    var at = 0
    var isStuck = false
    while at < bytes.count || (!raw.isEmpty && !isStuck) {
      let more = bytes[at..<min(bytes.count, at + piece)]
      at += more.count
      raw += more
      var target = [UInt8](repeating: 0, count: room)
      let count = raw.count
      let (used, left) = converter.convert(&raw, count, into: &target, room: room)
      #expect(used <= room)
      isStuck = used == 0 && left == count && more.isEmpty
      raw.removeLast(count - left)
      out += target[..<used]
    }
    return (out, raw.count)
  }

  @Test("Every pair of bytes, every lead of four bytes: as iconv has it")
  func pairs() throws {
    for lead in UInt8(0x80)...0xFF {
      var bytes: [UInt8] = []
      for trail in UInt8(0)...0xFF { bytes += [0x61, lead, trail, 0x62] }
      for second in UInt8(0x30)...0x39 {
        for third in [0x80, 0x81, 0xA5, 0xFE, 0xFF] as [UInt8] {
          bytes += [lead, second, third, 0x30, lead, second, third, 0x39]
        }
      }
      bytes += [0x61, 0x61, 0x61]
      let found = try Self.converted(bytes, piece: 4096, room: 16_384)
      #expect(found.text == Self.iconvs(bytes), "lead \(lead)")
      #expect(found.left == 0)
    }
  }

  @Test("Text and rubbish in any pieces and with any room: as iconv has it", arguments: 1...60)
  func property(_ seed: Int) throws {
    var generator = Generator(state: UInt64(seed))
    var bytes: [UInt8] = []
    for _ in 0..<300 {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: bytes.append(UInt8.random(in: 0...255, using: &generator))
      case 1: bytes += [0x95, 0x32, 0x82, UInt8.random(in: 0x30...0x39, using: &generator)]
      case 2, 3: bytes.append(UInt8.random(in: 0x20...0x7E, using: &generator))
      default:
        bytes += [UInt8.random(in: 0xB0...0xF7, using: &generator), UInt8.random(in: 0xA1...0xFE, using: &generator)]
      }
    }
    let whole = bytes + [0x61, 0x61, 0x61, 0x61]
    let piece = Int.random(in: 1...64, using: &generator)
    let found = try Self.converted(whole, piece: piece, room: Int.random(in: 4...90, using: &generator))
    #expect(found.text == Self.iconvs(whole), "seed \(seed)")
    #expect(found.left == 0)
  }

  @Test(
    "A character that is cut off stays", arguments: [[0xB0], [0x81], [0x95, 0x32], [0x95, 0x32, 0x82]] as [[UInt8]])
  func cutOff(_ end: [UInt8]) throws {
    let found = try Self.converted([0x61] + end, piece: 1, room: 16)
    #expect(found.text == [0x61] && found.left == end.count)
  }
}
