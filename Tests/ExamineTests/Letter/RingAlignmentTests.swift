import ClosureModel
import Testing

@testable import Examine

/// Frame tables as a recogniser would give them for a line of evenly set characters.
enum FrameFixture {
  /// - Parameters:
  ///   - certainty: probability of the right character in its frame.
  ///   - unknown: positions at which the recogniser sees nothing, though there is ink.
  static func strip(
    _ written: String, asked: [Unicode.Scalar], certainty: Float = 0.95, step: Int = 5, unknown: Set<Int> = []
  ) -> RingStrip {
    let characters = Array(written.unicodeScalars)
    let frames = (characters.count + 2) * step
    let low: Float = -14
    var rows = Dictionary(uniqueKeysWithValues: Set(asked).map { ($0, [Float](repeating: low, count: frames)) })
    var best = [Float](repeating: logarithm(0.99), count: frames)
    var blank = best
    var ink = [Double](repeating: 0.02, count: frames)
    for (index, character) in characters.enumerated() {
      let frame = (index + 1) * step + step / 2
      for near in (frame - 2)...(frame + 1) { ink[near] = 0.5 }
      if unknown.contains(index) { continue }
      best[frame] = logarithm(certainty)
      blank[frame] = logarithm(1 - certainty)
      rows[character]?[frame] = logarithm(certainty)
    }
    return RingStrip(
      table: FrameTable(bestText: written, best: best, blank: blank, characters: rows), ink: ink)
  }

  /// Natural logarithm of 0…1, by a series: tests import no C library for it.
  static func logarithm(_ x: Float) -> Float {
    let z = (x - 1) / (x + 1)
    var sum: Float = 0
    for n in stride(from: 1, through: 61, by: 2) {
      var power: Float = 1
      for _ in 0..<n { power *= z }
      sum += power / Float(n)
    }
    return 2 * sum
  }

  /// The writing cut out at the places of a layout: a place shows what stands nearest to it, or nothing.
  static func upright(
    _ written: String, at layout: RingLayout, asked: [Unicode.Scalar], certainty: Float = 0.95, step: Int = 5,
    unknown: Set<Int> = []
  ) -> RingStrip {
    let characters = Array(written.unicodeScalars)
    let frames = Double((characters.count + 2) * step)
    let shown = layout.places.map { place -> Int? in
      let index = Int(((place * frames - 0.5 - Double(step / 2)) / Double(step)).rounded()) - 1
      return characters.indices.contains(index) ? index : nil
    }
    // A place that shows nothing is no character: what is written keeps its place in the row.
    let row = String(String.UnicodeScalarView(shown.map { $0.map { characters[$0] } ?? " " }))
    let blank = Set(
      shown.indices.filter { position in
        guard let index = shown[position] else { return true }
        return unknown.contains(index)
      })
    let strip = Self.strip(row, asked: asked, certainty: certainty, step: step, unknown: blank)
    var ink = strip.ink
    for (position, index) in shown.enumerated() where index == nil {
      for frame in (position + 1) * step..<(position + 2) * step { ink[frame] = 0.02 }
    }
    return RingStrip(table: strip.table, ink: ink)
  }

  static func judge(
    _ expected: String, written: String, certainty: Float = 0.95, unknown: Set<Int> = []
  ) -> LetterReading.Ring? {
    let asked = RingVerdict.characters(for: expected)
    let strips = [Self.strip(written, asked: asked, certainty: certainty, unknown: unknown)]
    var upright: [RingStrip] = []
    if let layout = RingVerdict.layout(expected, strips) {
      upright = [Self.upright(written, at: layout, asked: asked, certainty: certainty, unknown: unknown)]
    }
    return RingVerdict.judge(expected, strips, upright: upright)
  }
}

@Suite("Ring of a seal")
struct RingAlignmentTests {
  private let company = "晨溪市禾苗网络科技有限公司"

  @Test("The name that stands there is matched, with its figures")
  func matched() throws {
    let ring = try #require(FrameFixture.judge(company, written: company))
    #expect(ring.verdict == .matched && ring.loss > -0.1 && ring.worst > -0.1 && ring.lead > 2)
    #expect(ring.text == company)
  }

  @Test("Twins in a name need a blank between them")
  func repeated() throws {
    let name = "林林总总商贸有限公司"
    #expect(FrameFixture.judge(name, written: name)?.verdict == .matched)
    #expect(FrameFixture.judge(name, written: "林总商贸有限公司")?.verdict != .matched)
    #expect(FrameFixture.judge("林总商贸有限公司", written: name)?.verdict != .matched)
  }

  @Test(
    "A name one character off, another form or a branch is never matched",
    arguments: [
      "晨溪市禾苖网络科技有限公司", "晨溪市禾苗网络科技有限责任公司", "晨溪市禾苗网络科技股份有限公司", "晨溪市禾苗网络科技有限公司晨溪分公司", "晨溪禾苗网络科技有限公司",
      "溪市禾苗网络科技有限公司", "晨溪市禾苗网络科技有限公", "晨溪市禾网络科技有限公司", "东溪市禾苗网络科技有限公司", "晨溪市禾禾苗网络科技有限公司", "晨溪市禾苗网络科技公司",
    ])
  func nearMisses(_ other: String) {
    #expect(FrameFixture.judge(company, written: other)?.verdict != .matched)
    #expect(FrameFixture.judge(other, written: company)?.verdict != .matched)
  }

  @Test("A character worn away leaves its place: a name without it is not matched", arguments: 0..<12)
  func worn(_ index: Int) {
    var shorter = Array(company.unicodeScalars)
    shorter.remove(at: index)
    let name = LetterText.string(shorter)
    #expect(FrameFixture.judge(name, written: company, unknown: [index])?.verdict != .matched)
  }

  @Test("The unrolled ring alone never matches: without its characters set upright nothing is decided")
  func unrolledAlone() {
    let strip = FrameFixture.strip(company, asked: RingVerdict.characters(for: company))
    #expect(RingVerdict.judge(company, [strip], upright: [])?.verdict == .undecided)
  }

  @Test("A look-alike nearly as likely leaves it undecided", arguments: [("泰", "秦"), ("苗", "茁"), ("木", "本")])
  func lookAlike(_ pair: (String, String)) throws {
    let (own, other) = (try #require(pair.0.unicodeScalars.first), try #require(pair.1.unicodeScalars.first))
    #expect(LookAlikes.of(own).contains(other) && LookAlikes.of(other).contains(own))
    let name = "晨溪市\(own)和网络科技有限公司"
    let asked = RingVerdict.characters(for: name)
    let clear = FrameFixture.strip(name, asked: asked)
    let layout = try #require(RingVerdict.layout(name, [clear]))
    func verdict(_ certainty: Float) -> LetterReading.Ring.Verdict? {
      var strips = [clear, FrameFixture.upright(name, at: layout, asked: asked)]
      strips = strips.map { strip in
        var characters = strip.table.characters
        for frame in strip.table.best.indices where (characters[own]?[frame] ?? -14) > -1 {
          characters[other]?[frame] = FrameFixture.logarithm(certainty)
        }
        let table = FrameTable(
          bestText: strip.table.bestText, best: strip.table.best, blank: strip.table.blank, characters: characters)
        return RingStrip(table: table, ink: strip.ink)
      }
      return RingVerdict.judge(name, [strips[0]], upright: [strips[1]])?.verdict
    }
    #expect(verdict(0.04) == .matched)
    #expect(verdict(0.2) == .undecided)
  }

  @Test("Quite another company contradicts; an empty ring decides nothing")
  func others() throws {
    #expect(FrameFixture.judge(company, written: "东岭县青石商贸有限公司")?.verdict == .contradicted)
    let empty = FrameFixture.judge(company, written: company, unknown: Set(0..<20))
    #expect(empty?.verdict == .undecided)
  }

  @Test("A branch's seal contradicts, though a character of the name is misread there")
  func branch() {
    let branch = FrameFixture.judge("晨溪市禾苗网络科技有限公司", written: "晨溪市禾茁网络科技有限公司晨溪分公司")
    #expect(branch?.verdict == .contradicted)
    let same = FrameFixture.judge("晨溪市禾苗网络科技有限公司", written: "晨溪市禾茁网络科技有限公司")
    #expect(same?.verdict == .undecided)
  }

  @Test("A character that the recogniser does not know, or no name, decides nothing")
  func unknown() throws {
    let strip = FrameFixture.strip(company, asked: Array("有限公司".unicodeScalars))
    #expect(RingVerdict.layout(company, [strip]) == nil)
    #expect(RingVerdict.judge(company, [strip], upright: [])?.verdict == .undecided)
    #expect(RingVerdict.judge("", [strip], upright: []) == nil)
    #expect(RingVerdict.judge(company, [], upright: []) == nil)
  }

  @Test("The best path is found: each character's margin is that of its own frame")
  func margins() throws {
    let asked = Array("甲乙".unicodeScalars)
    let low: Float = -20
    let table = FrameTable(
      bestText: "甲乙", best: [-0.1, -0.2, -0.1, -0.3], blank: [-4, -0.2, -5, -0.3],
      characters: ["甲": [-0.1, low, low, low], "乙": [low, low, -2.1, low]])
    let aligned = try #require(RingAlignment(asked, in: table))
    #expect(abs(aligned.total - (-0.1 - 0.2 - 2.1 - 0.3)) < 1e-5)
    #expect(abs(aligned.margins[0]) < 1e-5 && abs(aligned.margins[1] + 2) < 1e-5)
    #expect(aligned.worstAt == 1 && aligned.first == 0 && aligned.last == 2)
    #expect(RingAlignment(Array("甲甲甲".unicodeScalars), in: table) == nil)
  }
}
