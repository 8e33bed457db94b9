import Testing

@testable import Ingest

@Suite("Search for bytes")
struct ByteSearchTests {
  @Test("Finds the same place as a look at each byte, wherever the text begins and ends", arguments: 0..<40)
  func everyPlace(_ length: Int) {
    var random = SystemRandomNumberGenerator()
    let search = ByteSearch(UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A)
    // Neighbours of the three in value, and bytes with the uppermost bit set.
    let others: [UInt8] = [0x2B, 0x2D, 0x21, 0x23, 0x09, 0x0B, 0x00, 0x01, 0x80, 0xAC, 0xA2, 0x8A, 0xFF]
    for round in 0..<200 {
      // In half of the rounds none of the three.
      let drawn = round % 2 == 0 ? others + [0x2C, 0x22, 0x0A] : others
      let text = (0..<length).map { _ in drawn.randomElement(using: &random) ?? 0 }
      for start in 0...length {
        let expected = (start..<length).first { [0x2C, 0x22, 0x0A].contains(text[$0]) } ?? length
        #expect(text.withUnsafeBufferPointer { search.next(in: $0, from: start) } == expected, "\(text) from \(start)")
      }
    }
  }
}
