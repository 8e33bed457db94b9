import ClosureModel
import Examine
import Testing

@Suite("Identity and licence numbers")
struct IdentityCheckTests {
  private static let today = Day(year: 2026, month: 11, day: 21)

  @Test("A resident id number is right or wrong, and the fault is named", arguments: NumberCase.residentIDs)
  func residentID(_ example: NumberCase) {
    check(example, IdentityCheck.residentID(example.value, on: Self.today))
  }

  @Test("A credit code is right or wrong, and the fault is named", arguments: NumberCase.creditCodes)
  func creditCode(_ example: NumberCase) { check(example, IdentityCheck.uscc(example.value)) }

  @Test("A registration number is right or wrong, and the fault is named", arguments: NumberCase.licences)
  func licence(_ example: NumberCase) { check(example, IdentityCheck.licence(example.value)) }

  private func check(_ example: NumberCase, _ result: CheckResult) {
    #expect(result.value == example.value)
    #expect(result.valid == example.valid, "\(result.why ?? "")")
    #expect(result.normalised == example.normalised)
    #expect((result.why == nil) == example.valid)
    if let why = example.why { #expect(result.why?.contains(why) == true, "\(result.why ?? "")") }
  }

  @Test("Of the eleven check characters exactly one is right, and the reason never tells which")
  func secret() {
    let body = "31010419880415001"
    let results = "0123456789X".map { IdentityCheck.residentID(body + String($0), on: Self.today) }
    #expect(results.filter(\.valid).count == 1)
    #expect(Set(results.compactMap(\.why)).count == 1)
  }

  @Test("Whoever was born after the given day is not born yet, and the day itself counts")
  func future() throws {
    let born = try #require(Day(year: 2026, month: 11, day: 21))
    let number = try #require(
      "0123456789X".map { "11010120261121001" + String($0) }.first { IdentityCheck.residentID($0, on: born).valid })
    #expect(!IdentityCheck.residentID(number, on: born.adding(days: -1)).valid)
    #expect(IdentityCheck.residentID(number, on: nil).valid)
  }
}
