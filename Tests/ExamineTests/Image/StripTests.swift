import ClosureModel
import Examine
import Testing
import TestSupport

@Suite("Strips of a seal")
struct StripTests {
  @Test(
    "The ring's writing lies flat, whole and between blank ends, however the seal is turned",
    arguments: [0.0, 30, -30, 170])
  func ring(angle: Double) throws {
    var drawn = DrawnSeal()
    drawn.angle = angle
    drawn.worn = 0
    let page = Drawing.page { $0.stamp(drawn) }
    let seal = try #require(PageExaminer().examine(page).seals.first)
    let strips = SealStrips(page).ring(of: seal)
    #expect(strips.count == 2)
    for strip in strips {
      #expect(strip.height == 48)
      // 250 of 360 degrees of 650 pixels, and a little more.
      #expect((430...620).contains(strip.width))
      let dark = (0..<strip.width).map { x in
        (0..<48).contains { strip.rgba[($0 * strip.width + x) * 4] < 120 }
      }
      let first = try #require(dark.firstIndex(of: true))
      let last = try #require(dark.lastIndex(of: true))
      // Twelve characters of 37 pixels, six of them blank at the right.
      #expect((410...480).contains(last - first))
    }
  }

  @Test("The writing lies evenly about the star's upper point", arguments: [0.0, 30, -30, 170])
  func arc(angle: Double) throws {
    var drawn = DrawnSeal()
    drawn.angle = angle
    drawn.worn = 0
    let page = Drawing.page { $0.stamp(drawn) }
    let view = PixelSight().look(at: page)
    let arc = try #require(view.ringArc(ofSeal: 0))
    // A character takes a twelfth of the writing.
    #expect(abs(arc.axis - 0.5) < 0.02 && abs(arc.axis - (arc.first + arc.last) / 2) < 0.03, "\(arc)")
    #expect((0.88...0.96).contains(arc.last - arc.first), "\(arc)")
  }

  @Test(
    "Each character stands upright in its own place, and the places at the ends are empty", arguments: [0.0, 30, 170])
  func upright(angle: Double) throws {
    var drawn = DrawnSeal()
    drawn.angle = angle
    drawn.worn = 0
    let page = Drawing.page { $0.stamp(drawn) }
    let seal = try #require(PageExaminer().examine(page).seals.first)
    let unrolled = try #require(SealStrips(page).ring(of: seal).first)
    // The edges may hold the ring's own line.
    let dark = (0..<unrolled.width).filter { x in
      (8..<44).contains { unrolled.rgba[($0 * unrolled.width + x) * 4] < 120 }
    }
    let first = Double(try #require(dark.first)) / Double(unrolled.width)
    let last = Double(try #require(dark.last)) / Double(unrolled.width)
    // Six of a character's 37 pixels are blank, at its right.
    let pitch = (last - first) / (12 - 6.0 / 37)
    let places = (-1...12).map { first + pitch * (15.5 / 37 + Double($0)) }
    let strips = SealStrips(page).characters(of: seal, at: places, pitch: pitch)
    #expect(strips.count == 3)
    for strip in strips {
      let cell = Double(strip.width) / (14 + 1.2)
      let inked = (0..<14).map { place in
        let from = Int((0.6 + Double(place)) * cell)
        return (from..<from + Int(cell)).count { x in
          (8..<44).contains { strip.rgba[($0 * strip.width + x) * 4] < 120 }
        }
      }
      #expect(strip.height == 48 && inked[0] <= 2 && inked[13] <= 2, "\(inked)")
      #expect(inked[1...12].allSatisfy { Double($0) > 0.2 * cell }, "\(inked)")
    }
    #expect(SealStrips(page).characters(of: seal, at: [], pitch: pitch).isEmpty)
  }

  @Test("Red goes and print under it stays")
  func redRemoved() {
    var page = DrawnPage()
    page.stamp(DrawnSeal())
    page.glyph(x: 555, y: 895, size: 30, ink: .print)
    let pixels = page.captured()
    let image = PageImage(number: 1, source: .picture, pixels: pixels, width: 900, height: 1270)
    let clean = SealStrips(image).redRemoved()
    func darkest(_ x: ClosedRange<Int>, _ y: ClosedRange<Int>) -> UInt8 {
      y.flatMap { row in x.map { clean.rgba[(row * 900 + $0) * 4] } }.min() ?? 255
    }
    #expect(darkest(555...585, 895...925) < 60)
    // The ring's left side, where no print is.
    #expect(darkest(462...500, 860...940) > 200)
  }

  @Test("A chop has no ring")
  func chop() throws {
    let page = Drawing.page { $0.stampChop(x: 520, y: 860, side: 80) }
    let seals = PageExaminer().examine(page).seals
    let chop = try #require(seals.first { $0.reading.shape == .square })
    #expect(SealStrips(page).ring(of: chop).isEmpty)
    #expect(SealStrips(page).disc(of: chop).width > 80)
  }
}
