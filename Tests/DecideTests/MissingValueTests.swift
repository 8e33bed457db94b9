import ClosureModel
import Testing

@Suite("Cells that say nothing")
struct MissingValueTests {
  @Test(
    "A word for no value is one in any case, width, brackets and spacing",
    arguments: [
      "", "  ", "-", "——", "无", " 无 ", "（无）", "【暂无】", "未知", "未填写", "空白", "不详", "待补充", "N/A", "n / a", "NULL",
      "(null)", "<none>", "[Nil]", "{empty}", "ＮＡＮ", "undefined", "Un\u{200B}known", "blank", "U N D E F I N E D",
      "#N/A", "\\N",
      "***", "?", "/", "沒有", "暫無",
    ])
  func stands(_ cell: String) { #expect(MissingValue.stands(in: cell)) }

  @Test(
    "What merely begins like such a word says something",
    arguments: [
      "0", "1", "2026-01-02", "nobody", "nan@example.com", "unknown@example.com", "blanks", "emptyhanded",
      "13800138000",
      "无锡市", "空调", "未来", "不是", "暂住证", "待处理", "没有了", "张三", "a", "企业实名", "n/a-1", "noneoftheabove",
    ])
  func saysSomething(_ cell: String) {
    #expect(!MissingValue.stands(in: cell))
    #expect(!MissingValue.isNone(cell))
  }

  @Test("Only some of them say that there is nothing", arguments: ["", "-", "无", "無", "(None)", " 暂无 "])
  func none(_ cell: String) { #expect(MissingValue.isNone(cell)) }
}
