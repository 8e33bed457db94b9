import ClosureModel
import Testing

@testable import Examine

/// The own numbering plan against libphonenumber, which it stands in for.
@Suite("Numbering plan")
struct ContactPlanTests {
  /// SplitMix64: the same numbers in every run.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private func ascii(_ d: [UInt8]) -> [UInt8] { d.map { $0 + 0x30 } }
  private func text(_ d: [UInt8]) -> String { String(decoding: ascii(d), as: UTF8.self) }

  @Test("Every five-digit head of eleven digits is judged as libphonenumber judges it", arguments: 100..<200)
  func mobiles(_ head: Int) {
    var random = Seeded(state: UInt64(head))
    let prefix = [UInt8(head / 100), UInt8(head / 10 % 10), UInt8(head % 10)]
    for two in 0..<100 {
      for _ in 0..<3 {
        let d =
          prefix + [UInt8(two / 10), UInt8(two % 10)] + (0..<6).map { _ in UInt8.random(in: 0...9, using: &random) }
        let library = PhoneLibrary.e164(ascii(d)) == "+86" + text(d)
        #expect(NumberingPlan.isMobile(d) == library, "seed \(head): \(text(d))")
      }
    }
  }

  @Test(
    "A number of another country that is none there is none of China either",
    arguments: ["+44 (0)7700 900456", "+44 7700 900456", "+852 5555 0199", "+49 (0)10 8888 1234"])
  func abroad(_ number: String) throws {
    #expect(try !Fixture.contacts("我的电话 \(number)，谢谢。").phones.contains { $0.status == .valid })
    let both = try Fixture.contacts("电话 \(number)，手机 13800138000。").phones.filter { $0.status == .valid }
    #expect(both.map(\.value) == ["+8613800138000"])
  }

  @Test("400 and 800 numbers are judged as libphonenumber judges them")
  func hotlines() {
    var random = Seeded(state: 400)
    for head in [[4, 0, 0], [8, 0, 0]] as [[UInt8]] {
      for _ in 0..<3000 {
        let d = head + (0..<7).map { _ in UInt8.random(in: 0...9, using: &random) }
        #expect(NumberingPlan.isHotline(d) == (PhoneLibrary.e164(ascii(d)) == "+86" + text(d)), "seed 400: \(text(d))")
      }
    }
  }

  @Test("With +86, 0086 and 0 before it a mobile is the same number")
  func prefixes() {
    var random = Seeded(state: 86)
    for _ in 0..<2000 {
      let d =
        [1, UInt8.random(in: 3...9, using: &random)] + (0..<9).map { _ in UInt8.random(in: 0...9, using: &random) }
      let own = NumberingPlan.isMobile(d) ? "+86" + text(d) : nil
      for prefix in ["+86", "0086", "0"] {
        #expect(PhoneLibrary.e164(Array(prefix.utf8) + ascii(d)) == own, "seed 86: \(prefix)\(text(d))")
      }
    }
  }

  @Test("A whole text with a number gives what libphonenumber gives for its digits")
  func texts() throws {
    var random = Seeded(state: 7)
    for _ in 0..<1500 {
      let count = [10, 11, 12].randomElement(using: &random) ?? 11
      let first: UInt8 = count == 11 ? [0, 1].randomElement(using: &random) ?? 1 : 0
      let d =
        [first, UInt8.random(in: 1...9, using: &random)] + (2..<count).map { _ in .random(in: 0...9, using: &random) }
      let read = try Fixture.contacts("手机：\(text(d))。").phones.filter { $0.status == .valid }
      #expect(read.map(\.value) == (PhoneLibrary.e164(ascii(d)).map { [$0] } ?? []), "seed 7: \(text(d))")
    }
  }
}
