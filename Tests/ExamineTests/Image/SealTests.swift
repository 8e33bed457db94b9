import ClosureModel
import Examine
import Testing
import TestSupport

@Suite("Seals on drawn pages")
struct SealTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var seal = DrawnSeal()
    var paper: SIMD4<Float> = [0.96, 0.96, 0.95, 1]
    var capture = DrawnPage.Capture()
    init(
      _ name: String, paper: SIMD4<Float> = [0.96, 0.96, 0.95, 1], capture: DrawnPage.Capture = .init(),
      _ change: (inout DrawnSeal) -> Void = { _ in }
    ) {
      testDescription = name
      self.paper = paper
      self.capture = capture
      change(&seal)
    }
  }

  static let found = [
    Case("as it comes"),
    Case("turned by 25 degrees") { $0.angle = 25 },
    Case("turned by -40 degrees") { $0.angle = -40 },
    Case("under perspective") { $0.aspect = 0.86 },
    Case("faint") { $0.density = 0.3 },
    Case("a third of the ink missing") { $0.worn = 0.5 },
    Case("yellow paper", paper: [0.98, 0.93, 0.74, 1]),
    Case("grey, warm light", capture: .init(shade: 0.5, noise: 4, tint: [0.9, 0.75, 0.55, 1])),
    Case("half dark", capture: .init(shade: 0.7)),
    Case("blurred", capture: .init(blur: 4)),
    Case("noisy", capture: .init(noise: 9)),
    Case("hard compression", capture: .init(noise: 3, blocks: 7)),
    Case("small") { $0.radius = 52 },
    Case("large") { $0.radius = 170 },
  ]

  @Test("A company seal is found where it stands, in any light, on any paper", arguments: found)
  func company(_ one: Case) throws {
    let seals = Drawing.examined(paper: one.paper, capture: one.capture) { $0.stamp(one.seal) }.facts.seals
    let seal = try #require(seals.first)
    #expect(seal.kind == .company)
    #expect(seal.shape == .round)
    #expect(seal.ink == .red)
    #expect(seal.hasStar)
    #expect(!seal.flaws.contains(.notASeal))
    // Out of focus nobody sees whether ink has grain: a person looks.
    #expect(!seal.flaws.contains(.uniformInk) || one.capture.blur > 3)
    #expect(Drawing.overlap(seal.box, one.seal.box) > 0.85)
    #expect(seals.count == 1)
  }

  @Test("A line under the star is never a company seal", arguments: [0.0, 20, -30])
  func specialPurpose(angle: Double) throws {
    var drawn = DrawnSeal()
    drawn.hasLine = true
    drawn.angle = angle
    let page = Drawing.page { $0.stamp(drawn) }
    let found = try #require(PageExaminer().examine(page).seals.first)
    #expect(found.reading.kind == .specialPurpose)
    #expect(found.reading.shape == .round)
    let line = try #require(SealStrips(page).line(of: found))
    // Dark strokes in the middle rows of the cut, few along its upper edge, where points of the star may reach.
    #expect(Self.ink(line, rows: 0.35...0.65) > 2 * Self.ink(line, rows: 0...0.08))
  }

  @Test("An oval seal is a special-purpose seal")
  func oval() throws {
    var drawn = DrawnSeal()
    drawn.aspect = 0.7
    drawn.hasStar = false
    let seal = try #require(Drawing.examined { $0.stamp(drawn) }.facts.seals.first)
    #expect(seal.shape == .oval)
    #expect(seal.kind == .specialPurpose)
    #expect(Drawing.overlap(seal.box, drawn.box) > 0.8)
  }

  @Test(
    "Fingerprint, chop, logo, badge and red writing are never company seals", arguments: 1...4 as ClosedRange<UInt64>)
  func others(seed: UInt64) {
    let drawings: [(String, (inout DrawnPage) -> Void)] = [
      ("fingerprint", { $0.pressFinger(x: 560, y: 900) }),
      ("chop", { $0.stampChop(x: 520, y: 860, side: 80) }),
      ("logo", { $0.drawLogo(x: 450, y: 90, radius: 50) }),
      ("scrawl", { $0.scrawl(x: 560, y: 900, size: 60) }),
      ("red writing", { $0.write(lines: 4, from: 700, ink: .seal) }),
      (
        "ring alone",
        {
          var ring = DrawnSeal()
          ring.hasStar = false
          ring.hasWriting = false
          $0.stamp(ring)
        }
      ),
      (
        "star alone",
        {
          var star = DrawnSeal()
          star.hasRing = false
          star.hasWriting = false
          $0.stamp(star)
        }
      ),
    ]
    for (name, draw) in drawings {
      let seals = Drawing.examined(seed: seed, draw: draw).facts.seals
      let isTaken = seals.contains { $0.kind == .company && !$0.flaws.contains(.notASeal) }
      #expect(!isTaken, "\(name), seed \(seed): \(seals)")
    }
  }

  @Test("A chop is a personal seal")
  func chop() throws {
    let seals = Drawing.examined { $0.stampChop(x: 520, y: 860, side: 80) }.facts.seals
    let chop = try #require(seals.first { $0.shape == .square })
    #expect(chop.kind == .personal)
    #expect(Drawing.overlap(chop.box, Evidence.Box(x: 520, y: 860, width: 80, height: 80)) > 0.8)
  }

  @Test("A square field of red with a disc in it is no chop", arguments: 1...3 as ClosedRange<UInt64>)
  func squareLogo(seed: UInt64) {
    let seals = Drawing.examined(seed: seed) { $0.drawSquareLogo(x: 160, y: 80, side: 70) }.facts.seals
    #expect(!seals.contains { $0.kind == .personal || $0.kind == .company && !$0.flaws.contains(.notASeal) })
  }

  @Test("A seal and a chop beside it are two")
  func both() {
    let seals = Drawing.examined {
      $0.stamp(DrawnSeal())
      $0.stampChop(x: 330, y: 860, side: 80)
    }.facts.seals
    #expect(seals.map(\.kind) == [.company, .personal])
  }

  @Test("A pasted picture of a seal has uniform ink; stamped ones have not", arguments: 1...6 as ClosedRange<UInt64>)
  func pasted(seed: UInt64) throws {
    let pasted = try #require(Drawing.examined(seed: seed) { $0.pasteSeal(DrawnSeal()) }.facts.seals.first)
    #expect(pasted.flaws.contains(.uniformInk), "seed \(seed)")
    let stamped = try #require(Drawing.examined(seed: seed) { $0.stamp(DrawnSeal()) }.facts.seals.first)
    #expect(!stamped.flaws.contains(.uniformInk), "seed \(seed)")
  }

  @Test("A seal that the border cuts says so")
  func cutOff() throws {
    var drawn = DrawnSeal()
    drawn.x = 860
    let seal = try #require(Drawing.examined { $0.stamp(drawn) }.facts.seals.first)
    #expect(seal.flaws.contains(.cutOff))
    #expect(seal.box.x + seal.box.width <= 900)
  }

  @Test("Blue, photocopied and grey-scanned seals are found in their ink")
  func inks() throws {
    let blue = try #require(Drawing.examined { $0.stamp(DrawnSeal(), ink: .stampBlue) }.facts.seals.first)
    #expect(blue.ink == .blue)
    let copied = Drawing.examined {
      $0.stamp(DrawnSeal(), ink: .copied)
      // A line in blue pen makes it a colour page.
      $0.write(lines: 1, from: 760, ink: .stampBlue)
    }.facts
    #expect(copied.colour == .colour)
    #expect(copied.seals.first?.ink == .grey)
    #expect(!copied.seals.contains { $0.ink == .red })
    let grey = Drawing.examined(capture: .init(isGrey: true)) { $0.stamp(DrawnSeal()) }.facts
    #expect(grey.colour == .grey)
    #expect(grey.seals.first?.ink == .grey)
  }

  /// Mean darkness of some rows between the writing of the ring at either side, 0…1.
  private static func ink(_ picture: Pixels, rows: ClosedRange<Double>) -> Double {
    var sum = 0.0
    var count = 0.0
    for y in Int(rows.lowerBound * Double(picture.height))..<Int(rows.upperBound * Double(picture.height)) {
      for x in picture.width / 4..<picture.width * 3 / 4 {
        sum += 1 - Double(picture.rgba[(y * picture.width + x) * 4]) / 255
        count += 1
      }
    }
    return sum / count
  }
}
