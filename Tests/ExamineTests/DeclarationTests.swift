import ClosureModel
import Examine
import Testing

@Suite("Declarations that a policy names are read like those of the lexicons")
struct DeclarationTests {
  private static func examiner(_ declarations: [Policy.Declaration]) throws -> TicketExaminer {
    try TicketExaminer(
      policy: Fixture.policy(Fixture.jdcloud, declarations: declarations), lexicons: Fixture.lexicons())
  }

  @Test("An object of the policy is waived, with the words as evidence, and denied where it is not")
  func objects() throws {
    let examiner = try Self.examiner([.init(kind: .balanceWaiver, acts: ["不再主张"], objects: ["样例豆"])])
    let waived = examiner.read("账户里的样例豆我不再主张。").balanceWaiver
    #expect(waived.label == .affirmed)
    #expect(waived.evidence.first?.quote == "账户里的样例豆我不再主张")
    #expect(examiner.read("样例豆我没有放弃。").balanceWaiver.label == .denied)
    #expect(examiner.read("如果能注销，样例豆我就放弃。").balanceWaiver.label == .unclear)
    #expect(try Self.examiner([]).read("账户里的样例豆我不再主张。").balanceWaiver.label == .denied)
  }

  @Test("An act of withdrawal or delay counts under the policy that names it")
  func acts() throws {
    let examiner = try Self.examiner([
      .init(kind: .withdrawal, acts: ["样例撤单"], objects: []), .init(kind: .delay, acts: ["样例缓办"], objects: []),
    ])
    #expect(examiner.read("请样例撤单，账号我要用。").withdrawal.label == .affirmed)
    let consent = examiner.read("本人已阅读并同意《京东云账户注销须知》，请样例缓办。").consent
    #expect(consent.label == .unclear)
    #expect(consent.against.first?.quote == "请样例缓办")
  }

  @Test("A word that has another meaning in the lexicons is refused by name")
  func conflict() throws {
    #expect {
      _ = try Self.examiner([.init(kind: .delay, acts: ["同意"], objects: [])])
    } throws: {
      "\($0)".contains("declarations.delay is a word of [agree]")
    }
  }
}
