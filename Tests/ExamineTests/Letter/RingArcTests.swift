import ClosureModel
import Testing

@testable import Examine

@Suite("Writing that a name fills")
struct RingArcTests {
  private static let company = "晨溪市禾苗网络科技有限公司"

  /// The ring that says `company`, its writing as the ink shows it.
  private func isFilled(
    by name: String, beside: Double = 0, leftBefore: Double = 0, leftAfter: Double = 0
  ) throws -> Bool {
    let asked = RingVerdict.characters(for: Self.company)
    let strip = FrameFixture.strip(Self.company, asked: asked)
    let layout = try #require(RingVerdict.layout(name, [strip]))
    let places = Double(Self.company.unicodeScalars.count + 2)
    let arc = RingArc(
      first: (1 - leftBefore) / places, last: (places - 1 + leftAfter) / places, axis: 0.5 + beside / places)
    return arc.isFilled(by: layout)
  }

  @Test("The whole name fills it, a little beside the star's axis too")
  func whole() throws {
    #expect(try isFilled(by: Self.company))
    #expect(try isFilled(by: Self.company, beside: 0.15, leftBefore: 0.3, leftAfter: 0.3))
  }

  @Test("A name that lacks characters at an end, or at both, does not")
  func cut() throws {
    for count in 1...3 {
      #expect(try !isFilled(by: String(Self.company.dropFirst(count))))
      #expect(try !isFilled(by: String(Self.company.dropLast(count))))
    }
    for count in 1...2 {
      #expect(try !isFilled(by: String(Self.company.dropFirst(count).dropLast(count))))
    }
  }

  @Test("Nor does one beside the axis, or one that leaves writing over at an end")
  func beside() throws {
    #expect(try !isFilled(by: Self.company, beside: 0.3))
    #expect(try !isFilled(by: Self.company, beside: -0.3))
    #expect(try !isFilled(by: Self.company, leftBefore: 0.9))
    #expect(try !isFilled(by: Self.company, leftAfter: 0.9))
  }
}
