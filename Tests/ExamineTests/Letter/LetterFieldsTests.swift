import ClosureModel
import Testing

@testable import Examine

@Suite("Fields of a letter")
struct LetterFieldsTests {
  @Test("A plain letter is read whole, each field with its place")
  func plain() throws {
    let reading = try LetterFixture.read(LetterFixture.letter)
    #expect(reading.title.state == .exact)
    #expect(reading.company.state == .equal)
    #expect(reading.account.state == .equal)
    #expect(reading.date.state == .day(try #require(Day(iso: "2024-09-12"))))
    #expect(reading.statement.state == .affirmed)
    #expect(reading.contactName?.text == "林小满")
    #expect(reading.phone?.text == "13900001111")
    #expect(reading.email?.text == "ops@example.com")
    #expect(!reading.isBlankTemplate)
    let evidence = try #require(reading.account.field?.evidence.first)
    #expect(evidence.source == .attachment("letter.jpg") && evidence.page == 1 && evidence.quote == "hemiao_ops77")
    #expect(evidence.box?.y == 180)
  }

  @Test(
    "The page's turning changes nothing", arguments: [0, 90, 180, 270])
  func turned(_ degrees: Int) throws {
    let lines = LetterFixture.lines(LetterFixture.letter).map { line in
      let (b, w, h) = (line.box, LetterFixture.width, LetterFixture.height)
      let box =
        switch degrees {
        case 90: Evidence.Box(x: h - b.y - b.height, y: b.x, width: b.height, height: b.width)
        case 180: Evidence.Box(x: w - b.x - b.width, y: h - b.y - b.height, width: b.width, height: b.height)
        case 270: Evidence.Box(x: b.y, y: w - b.x - b.width, width: b.height, height: b.width)
        default: b
        }
      return LetterLine(text: line.text, page: 1, box: box, confidence: line.confidence)
    }
    let isLying = degrees == 90 || degrees == 270
    let reading = try LetterFixture.read(
      lines.reversed(), width: isLying ? LetterFixture.height : LetterFixture.width,
      height: isLying ? LetterFixture.width : LetterFixture.height)
    #expect(reading.title.state == .exact && reading.company.state == .equal && reading.account.state == .equal)
    #expect(reading.statement.state == .affirmed)
    #expect(reading.date.state == .day(try #require(Day(iso: "2024-09-12"))))
  }

  @Test("A slanting page is put into rows", arguments: [-9.0, -3, 3, 9])
  func slanted(_ degrees: Double) throws {
    let angle = degrees * .pi / 180
    let (sine, cosine) = (Slant.sine(angle), Slant.cosine(angle))
    let lines = LetterFixture.lines(LetterFixture.letter).map { line in
      let (w, h) = (Double(line.box.width), Double(line.box.height))
      let (x, y) = (Double(line.box.x) + w / 2, Double(line.box.y) + h / 2)
      let (cx, cy) = (x * cosine - y * sine + 200, x * sine + y * cosine + 200)
      let (bw, bh) = (w * cosine + h * abs(sine), w * abs(sine) + h * cosine)
      return LetterLine(
        text: line.text, page: 1,
        box: Evidence.Box(x: Int(cx - bw / 2), y: Int(cy - bh / 2), width: Int(bw), height: Int(bh)), confidence: 0.99)
    }
    let reading = try LetterFixture.read(lines.shuffled(), width: 1300, height: 1500)
    #expect(reading.title.state == .exact && reading.company.state == .equal && reading.account.state == .equal)
    #expect(reading.statement.state == .affirmed)
  }

  @Test(
    "Only the policy's title is the title",
    arguments: [
      ("《注销京东云账号同意书》", LetterReading.Title.State.exact), ("註銷京東雲賬號同意書", .exact), ("注销京东云账号 同意书", .exact),
      ("注销京东账号同意书", .near), ("注销京东云帐号同意书", .exact), ("注销京东云账号意书", .near), ("注销腾讯云账号同意书", .otherDocument),
      ("注销京东商城店铺同意书", .otherDocument), ("法定代表人授权委托书", .otherDocument), ("营业执照", .otherDocument),
    ])
  func title(_ text: String, _ state: LetterReading.Title.State) throws {
    #expect(try LetterFixture.read(LetterFixture.letter([0: text])).title.state == state)
  }

  @Test("A title in two lines is one, a letter without one has none")
  func brokenTitle() throws {
    var texts = LetterFixture.letter
    texts.replaceSubrange(0...0, with: ["注销京东云账号", "同意书"])
    #expect(try LetterFixture.read(texts).title.state == .exact)
    #expect(try LetterFixture.read(Array(LetterFixture.letter.dropFirst())).title.state == .absent)
  }

  @Test(
    "A company that is not the ticket's is never equal",
    arguments: [
      "晨溪市禾苗网络科技有限责任公司", "晨溪市禾苗网络科技股份有限公司", "晨溪市禾苗网络科技有限公司晨溪分公司", "晨溪市禾苗信息技术有限公司", "晨溪禾苗网络科技有限公司",
      "晨溪市禾苖网络科技有限公司", "市禾苗网络科技有限公司", "北京晨溪市禾苗网络科技有限公司", "晨溪市禾苗网络科技有限公", "东岭县青石商贸有限公司",
    ])
  func otherCompany(_ name: String) throws {
    let texts = LetterFixture.letter([
      2: "兹有\(name)，京东云账号名称为hemiao_ops77，现同意注销上述京东云账号。", 7: "单位名称（盖章）：\(name)",
    ])
    #expect(try LetterFixture.read(texts).company.state != .equal)
    // The other way round: the letter names the usual company, the ticket another.
    #expect(
      try LetterFixture.read(LetterFixture.letter, expecting: LetterFixture.expecting(company: name)).company.state
        != .equal)
  }

  @Test("Another company in text and signature differs; the right one beside another is not equal")
  func differing() throws {
    let other = "东岭县青石商贸有限公司"
    let both = LetterFixture.letter([
      2: "兹有\(other)，京东云账号名称为hemiao_ops77，现同意注销上述京东云账号。", 7: "单位名称（盖章）：\(other)",
    ])
    #expect(try LetterFixture.read(both).company.state == .differs)
    #expect(
      try LetterFixture.read(LetterFixture.letter([7: "单位名称（盖章）：\(other)"])).company.state == .notRead)
  }

  @Test(
    "The company is found in many dresses",
    arguments: [
      "本公司晨溪市禾苗网络科技有限公司自愿申请注销京东云账号hemiao_ops77。", "公司名称：晨溪市禾苗网络科技有限公司",
      "我单位晨溪市禾苗网络科技有限公司（以下简称“我单位”）现申请注销京东云账号。", "申请单位（公章）：晨溪市禾苗网络科技有限公司",
      "現由晨溪市禾苗網絡科技有限公司申请注销京东云账号。",
    ])
  func company(_ sentence: String) throws {
    #expect(try LetterFixture.read(LetterFixture.letter([2: sentence, 7: ""])).company.state == .equal)
  }

  @Test(
    "An account that may be misread is not equal",
    arguments: [
      ("hemia0_ops77", "hemiao_ops77"), ("xl-node01", "x1-node01"), ("hemiao_ops7", "hemiao_ops77"),
      ("hemiao_ops777", "hemiao_ops77"), ("emiao_ops77", "hemiao_ops77"), ("hemiaoops77", "hemiao_ops77"),
      ("hemiao-ops77", "hemiao_ops77"), ("zhulin_2020", "hemiao_ops77"),
    ])
  func account(_ written: String, _ expected: String) throws {
    let texts = LetterFixture.letter([
      2: "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为\(written)，现同意注销上述京东云账号。"
    ])
    #expect(
      try LetterFixture.read(texts, expecting: LetterFixture.expecting(account: expected)).account.state != .equal)
  }

  @Test(
    "A sign that recognisers write for another proves nothing; in a number or a word it does",
    arguments: [
      ("x1-node01", false), ("1ian2021", false), ("nodeo1", false), ("lian14837", true), ("xl-node01", true),
      ("1010", false), ("lOl", false), ("1012", true),
    ])
  func treacherous(_ account: String, _ isEqual: Bool) throws {
    let texts = LetterFixture.letter([
      2: "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为\(account)，现同意注销上述京东云账号。"
    ])
    let reading = try LetterFixture.read(texts, expecting: LetterFixture.expecting(account: account))
    #expect(reading.account.state == (isEqual ? .equal : .notRead))
  }

  @Test(
    "A bare stroke is an l where a 1 of the same name was told from it",
    arguments: [
      ("x\\-node01", "xl-node01", true), ("x|-node01", "xl-node01", true), ("x|-node01", "x1-node01", false),
      ("x|-node0|", "xl-node01", false), ("x|-node", "xl-node", false), ("x|-node0l", "xl-node01", false),
      ("x||node01", "xl-node01", false), ("xl-node01 | 企业账号", "xl-node01", true), ("xl-node01|企业", "xl-node01", true),
    ])
  func strokes(_ written: String, _ account: String, _ isEqual: Bool) throws {
    let texts = LetterFixture.letter([
      2: "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为\(written)，现同意注销上述京东云账号。"
    ])
    let reading = try LetterFixture.read(texts, expecting: LetterFixture.expecting(account: account))
    #expect(reading.account.state == (isEqual ? .equal : .notRead))
  }

  @Test("Quite another account differs; one that is not there is not read; an empty place is blank")
  func accountStates() throws {
    func state(_ sentence: String) throws -> LetterReading.Comparison.State {
      try LetterFixture.read(LetterFixture.letter([2: sentence])).account.state
    }
    #expect(try state("兹有晨溪市禾苗网络科技有限公司，京东云账号名称为zhulin_2020，现同意注销该账号。") == .differs)
    #expect(try state("兹有晨溪市禾苗网络科技有限公司，现同意注销我单位的京东云账户。") == .notRead)
    #expect(try state("京东云账号：________") == .blank)
    #expect(try state("京东云账号：hemiao ops77") == .equal)
  }

  @Test(
    "A label at a row's end has its value in the row below, if that is the expected one",
    arguments: [
      ("hemiao_ops77。上述账号由我方实名认证并使用。", LetterReading.Comparison.State.equal), ("hemiao_ops77", .equal),
      ("hemiao_ops78。上述账号由我方实名认证并使用。", .notRead), ("hemiao_ops777。上述账号由我方使用。", .notRead),
      ("hemiao_ops77_2。上述账号由我方使用。", .notRead), ("13900001111", .notRead), ("联系人：林小满", .blank),
    ])
  func below(_ row: String, _ state: LetterReading.Comparison.State) throws {
    let texts = LetterFixture.letter([2: "公司名称：晨溪市禾苗网络科技有限公司；账号：", 3: row])
    #expect(try LetterFixture.read(texts).account.state == state)
  }

  @Test("A name broken over two lines is one")
  func wrapped() throws {
    let texts = LetterFixture.letter([
      2: "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为hemia", 3: "o_ops77，现同意注销上述京东云账号。",
    ])
    let reading = try LetterFixture.read(
      texts.enumerated().map { row, text in
        // The first of the two fills the row.
        let width = row == 2 ? 700 : Int(LetterText.width(text) * 20)
        return LetterLine(
          text: text, page: 1, box: Evidence.Box(x: 80, y: 100 + row * 40, width: max(width, 20), height: 22),
          confidence: 0.99)
      })
    #expect(reading.account.state == .equal)
  }

  @Test(
    "Dates in all forms",
    arguments: [
      ("2023年3月18日", "2023-03-18"), ("日期：2023-03-18", "2023-03-18"), ("2024.9.12", "2024-09-12"),
      ("二〇二四年九月十二日", "2024-09-12"), ("二○二三年十二月二十一日", "2023-12-21"), ("2024 年 9 月 1 日", "2024-09-01"),
      ("2024/09/30", "2024-09-30"),
    ])
  func date(_ text: String, _ day: String) throws {
    let reading = try LetterFixture.read(LetterFixture.letter([8: text]))
    #expect(reading.date.state == .day(try #require(Day(iso: day))))
  }

  @Test(
    "Half a date is unreadable, an empty one missing",
    arguments: ["2024年9月", "2024年9月1", "日期：20", "2024年13月1日", "2024年9月09日12345"])
  func noDate(_ text: String) throws {
    #expect(try LetterFixture.read(LetterFixture.letter([8: text])).date.state == .unreadable)
    #expect(try LetterFixture.read(LetterFixture.letter([8: "日期：   年  月  日"])).date.state == .missing)
  }

  @Test("The form with nothing filled in is a blank template")
  func template() throws {
    let reading = try LetterFixture.read([
      "注销京东云账号同意书", "京东云：", "兹有________（公司名称），京东云账号名称为________，现同意注销上述京东云账号。",
      "我单位已阅读、知晓并同意《京东云账户注销须知》的全部内容。", "联系人：        联系电话：", "联系邮箱：", "公司名称（盖章）：", "日期：    年   月   日",
    ])
    #expect(reading.isBlankTemplate && reading.company.state == .blank && reading.date.state == .missing)
    #expect(try !LetterFixture.read(LetterFixture.letter).isBlankTemplate)
  }

  @Test("What either reading saw for certain stands; contradictions are nothing")
  func merged() throws {
    let whole = try LetterFixture.read(LetterFixture.letter)
    let covered = try LetterFixture.read(LetterFixture.letter([2: "现同意注销上述京东云账号。", 7: "科技有", 8: "2024年"]))
    #expect(covered.company.state == .notRead && covered.date.state == .unreadable)
    #expect(covered.merged(whole).company.state == .equal)
    #expect(covered.merged(whole).date == whole.date)
    let other = try LetterFixture.read(LetterFixture.letter([8: "日期：2024年9月13日"]))
    #expect(whole.merged(other).date.state == .unreadable)
    let conditional = try LetterFixture.read(LetterFixture.letter([3: "如余额退回，则我单位同意注销该账号。"]))
    #expect(whole.merged(conditional).statement.state == .conditional)
  }
}
