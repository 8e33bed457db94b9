import Examine
import Foundation
import Testing

/// Notes of a few words beside a whole statement, and what is to be waited for, in every combination.
@Suite("Bare notes") struct BareNoteTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》。"

  /// The notes of `short.txt`: S spoils, H is harmless.
  private static func notes(_ kind: String) throws -> [String] {
    let text = try String(
      contentsOf: Fixture.root.appending(path: "Tests/ExamineTests/Data/remarks/short.txt"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t")
      return parts.count == 2 && parts[0] == kind ? String(parts[1].dropLast()) : nil
    }
  }

  /// What is accepted in some of the places, and should not be.
  private static let accepted: Set = ["机器人发的", "未确认"]

  @Test("A bare note that spoils the statement is for a person, wherever it stands") func spoiling() throws {
    let notes = try Self.notes("S")
    #expect(notes.count > 300)
    for note in notes where !Self.accepted.contains(note) {
      for text in [
        "\(Self.statement)\(note)。", "\(Self.statement)\n\(note)", "\(Self.statement)\n备注：\(note)",
        "\(note)。\(Self.statement)",
        "【\(note)】\(Self.statement)",
      ] {
        try Statement.expectNotAffirmed(text)
      }
    }
  }

  @Test("Those that pass are known by name", arguments: accepted) func known(_ note: String) throws {
    let places = [
      "\(Self.statement)\(note)。", "\(Self.statement)\n\(note)", "\(Self.statement)\n备注：\(note)",
      "\(note)。\(Self.statement)", "【\(note)】\(Self.statement)",
    ]
    #expect(try places.contains { try Statement.isAffirmed($0) }, "mended: take it off the list")
  }

  @Test("Harmless ones keep few statements back") func harmless() throws {
    let notes = try Self.notes("H")
    let kept = try notes.filter { try !Statement.isAffirmed("\(Self.statement)\($0)。") }
    #expect(kept.count * 12 < notes.count, "\(kept)")
  }

  @Test(
    "What is waited for, before everything that is done to an account",
    arguments: [
      "明天", "下周五", "这周末", "今晚", "三天后", "过了15号", "元旦后", "满一个月后", "备案注销后", "发票收到后", "数据导完后", "考试完", "搬完家", "学期结束", "我确认后",
      "用完代金券", "12月31日", "2026-12-31 ", "合同到期后",
    ])
  func waiting(_ time: String) throws {
    for act in ["注销", "再办", "关闭账号", "给我销了", "停掉", "执行注销", "办理", "删除账号"] {
      try Statement.expectNotAffirmed("\(Self.statement)\(time)\(act)。")
    }
    try Statement.expectNotAffirmed("\(Self.statement)希望\(time)把账号注销。")
    try Statement.expectNotAffirmed("\(time)注销。\(Self.statement)")
  }

  @Test(
    "What shall happen to what lies in the account, and what is asked for beside",
    arguments: ["数据", "域名", "代金券", "数据库", "企业邮箱", "余额"])
  func wishes(_ thing: String) throws {
    for wish in ["还有用", "不想丢", "请转给新账号", "请帮我备份一下", "先留着", "别删", "还没导出"] {
      try Statement.expectNotAffirmed("\(Self.statement)\(thing)\(wish)。")
    }
  }

  @Test(
    "Demands behind the statement",
    arguments: ["开好发票", "恢复我的数据", "给我打电话", "发我一份副本", "退我钱", "帮我迁移数据"])
  func demands(_ demand: String) throws {
    for form in ["但要\(demand)", "前提是\(demand)", "先\(demand)", "不\(demand)就不同意", "只要\(demand)就行", "麻烦\(demand)之后再办"] {
      try Statement.expectNotAffirmed("\(Self.statement)\(form)。")
    }
  }
}
