import ClosureModel
import Examine
import Testing
import TestSupport

@Suite("Facts of drawn pages")
struct PageTests {
  @Test(
    "A grey copy stays grey, whatever colour its file was given",
    arguments: [[1, 1, 1, 1], [1, 0.93, 0.8, 1], [0.85, 0.95, 1, 1], [1, 0.88, 0.62, 1]] as [SIMD4<Float>])
  func tinted(tint: SIMD4<Float>) {
    let facts = Drawing.examined(capture: .init(isGrey: true, tint: tint)) { $0.stamp(DrawnSeal()) }.facts
    #expect(facts.colour != .colour)
    #expect(!facts.seals.contains { $0.ink == .red })
  }

  @Test("A page with a red seal has colour, however pale", arguments: [1, 0.5, 0.25])
  func colour(density: Double) {
    var seal = DrawnSeal()
    seal.density = density
    #expect(Drawing.examined { $0.stamp(seal) }.facts.colour == .colour)
  }

  @Test("The seal tells which way is up", arguments: [0, 90, 180, 270])
  func rotation(turned: Int) {
    let page = Drawing.page { $0.stamp(DrawnSeal()) }
    let pixels = (0..<turned / 90).reduce(page.pixels) { pixels, _ in pixels.turnedClockwise() }
    let facts = PageExaminer().examine(
      PageImage(number: 1, source: .picture, pixels: pixels, width: pixels.width, height: pixels.height)
    ).facts
    #expect(facts.rotation == (360 - turned) % 360)
    #expect(abs(facts.skew) < 1.5)
  }

  @Test("Without a seal the way up is not told")
  func noSeal() {
    let facts = Drawing.examined { _ in }.facts
    #expect(facts.rotation == nil)
    #expect(facts.seals.isEmpty)
    #expect(!facts.isBlank)
  }

  @Test("An empty page is blank")
  func blank() {
    var page = DrawnPage()
    let pixels = page.captured()
    let facts = PageExaminer().examine(PageImage(number: 3, source: .picture, pixels: pixels, width: 900, height: 1270))
      .facts
    #expect(facts.isBlank)
    #expect(facts.number == 3)
  }

  @Test("Blur lowers sharpness until writing cannot be read")
  func sharpness() {
    let clear = Drawing.examined(capture: .init(blur: 1)) { _ in }.facts.sharpness
    let smeared = Drawing.examined(capture: .init(blur: 30)) { _ in }.facts.sharpness
    #expect(clear > 0.6)
    #expect(smeared < 0.3)
  }

  @Test("A sheet on a desk is told from the desk; boxes count in pixels of the page")
  func sheet() throws {
    var page = DrawnPage()
    page.write()
    page.stamp(DrawnSeal())
    page.paste([0.25, 0.16, 0.1, 1], x: 0...899, y: 0...1269) { x, y in x < 70 || x > 830 || y < 90 || y > 1180 }
    let pixels = page.captured()
    let facts = PageExaminer().examine(
      PageImage(number: 1, source: .picture, pixels: pixels, width: 1800, height: 2540)
    ).facts
    let sheet = try #require(facts.sheet)
    #expect(Drawing.overlap(sheet, Evidence.Box(x: 140, y: 180, width: 1520, height: 2180)) > 0.9)
    var expected = DrawnSeal()
    (expected.x, expected.y, expected.radius) = (expected.x * 2, expected.y * 2, expected.radius * 2)
    #expect(Drawing.overlap(try #require(facts.seals.first).box, expected.box) > 0.85)
  }

  @Test("Thumbnails are too small, and nothing breaks on the smallest pictures", arguments: [1, 7, 16, 40, 300])
  func tiny(side: Int) {
    let pixels = Pixels(width: side, height: side, rgba: .init(repeating: 200, count: side * side * 4))
    let page = PageImage(number: 1, source: .picture, pixels: pixels, width: side, height: side)
    #expect(PageExaminer().examine(page).facts.isTooSmall)
    #expect(SealStrips(page).redRemoved().width == side)
  }

  @Test("Noise alone is never sealed", arguments: 1...6 as ClosedRange<UInt64>)
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rgba = (0..<400 * 560 * 4).map { $0 % 4 == 3 ? 255 : UInt8.random(in: 0...255, using: &random) }
    let page = PageImage(
      number: 1, source: .picture, pixels: Pixels(width: 400, height: 560, rgba: rgba), width: 400, height: 560)
    let seals = PageExaminer().examine(page).facts.seals
    #expect(!seals.contains { !$0.flaws.contains(.notASeal) }, "seed \(seed)")
  }
}

extension Pixels {
  func turnedClockwise() -> Pixels {
    var turned = [UInt8](repeating: 255, count: rgba.count)
    for y in 0..<height {
      for x in 0..<width {
        let from = (y * width + x) * 4
        let to = (x * height + height - 1 - y) * 4
        for k in 0..<4 { turned[to + k] = rgba[from + k] }
      }
    }
    return Pixels(width: height, height: width, rgba: turned)
  }
}
