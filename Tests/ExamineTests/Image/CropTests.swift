import ClosureModel
import Examine
import Testing

@Suite("Parts of a page for people")
struct CropTests {
  /// Left half one colour, right half another.
  private func halves(_ left: [UInt8], _ right: [UInt8], side: Int = 8) -> Pixels {
    let row =
      Array(repeating: left + [255], count: side / 2).flatMap { $0 }
      + Array(repeating: right + [255], count: side / 2).flatMap { $0 }
    return Pixels(width: side, height: side, rgba: Array(repeating: row, count: side).flatMap { $0 })
  }

  private func pixel(_ picture: Pixels, _ x: Int, _ y: Int) -> [UInt8] {
    Array(picture.rgba[((y * picture.width + x) * 4)..<((y * picture.width + x) * 4 + 3)])
  }

  @Test("Only red ink stays; writing in black and blue is gone")
  func redInk() {
    let red = halves([200, 40, 50], [20, 20, 20]).redInk
    #expect(pixel(red, 0, 0) == [200, 40, 50])
    #expect(pixel(red, 7, 7) == [255, 255, 255])
    #expect(pixel(halves([30, 40, 160], [120, 110, 115]).redInk, 1, 1) == [255, 255, 255])
  }

  @Test(
    "A picture is made smaller by whole steps, each pixel the mean of its block", arguments: [(8, 8), (7, 4), (2, 2)])
  func reduced(_ side: Int, _ expected: Int) {
    let small = halves([200, 0, 0], [0, 0, 100]).reduced(to: side)
    #expect((small.width, small.height) == (expected, expected))
    #expect(pixel(small, 0, 0) == [200, 0, 0])
    #expect(pixel(small, expected - 1, 0) == [0, 0, 100])
  }

  @Test("What lies outside the page is left out; a box beside it gives nothing")
  func crop() {
    let page = halves([1, 2, 3], [4, 5, 6])
    let corner = page.crop(Evidence.Box(x: -2, y: -2, width: 5, height: 4))
    #expect(corner.map { [$0.width, $0.height] } == [3, 2])
    #expect(page.crop(Evidence.Box(x: 8, y: 0, width: 2, height: 2)) == nil)
  }
}
