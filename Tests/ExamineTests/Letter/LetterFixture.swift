import ClosureModel

@testable import Examine

/// Letters written as the lines that a recogniser would give.
enum LetterFixture {
  static let company = "晨溪市禾苗网络科技有限公司"
  static let account = "hemiao_ops77"
  static let expected = LetterExpectation(
    titles: ["注销京东云账号同意书"], provider: "京东云", company: company, account: account)

  static let letter = [
    "注销京东云账号同意书", "致：京东云",
    "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为hemiao_ops77，现同意注销上述京东云账号。",
    "我单位已阅读、知晓并同意《京东云账户注销须知》的全部内容，同意注销该账号。", "特此同意。",
    "联系人：林小满 联系电话：13900001111", "联系邮箱：ops@example.com", "单位名称（盖章）：晨溪市禾苗网络科技有限公司",
    "日期：2024年9月12日",
  ]

  static func letter(_ changes: [Int: String]) -> [String] {
    letter.enumerated().map { changes[$0.offset] ?? $0.element }
  }

  /// Made once: its lexicons take a while.
  static let reader = Result { try Fixture.examiner() }

  static let width = 900
  static let height = 1280

  /// One line below the other, from the left margin; 20 px a character.
  static func lines(_ texts: [String], page: Int = 1, confidence: Double = 0.99) -> [LetterLine] {
    texts.enumerated().map { row, text in
      LetterLine(
        text: text, page: page,
        box: Evidence.Box(x: 80, y: 100 + row * 40, width: max(20, Int(LetterText.width(text) * 20)), height: 22),
        confidence: confidence)
    }
  }

  static func read(_ texts: [String], expecting expected: LetterExpectation = expected) throws -> LetterFields.Reading {
    try read(lines(texts), expecting: expected)
  }

  static func read(
    _ lines: [LetterLine], width: Int = width, height: Int = height, expecting expected: LetterExpectation = expected
  ) throws -> LetterFields.Reading {
    LetterFields(expected, reader: try reader.get())
      .read(lines, pages: [LetterPage(number: 1, width: width, height: height)], file: "letter.jpg")
  }

  static func expecting(company: String = company, account: String = account) -> LetterExpectation {
    LetterExpectation(titles: ["注销京东云账号同意书"], provider: "京东云", company: company, account: account)
  }
}
