import ClosureModel
import Testing

@testable import Examine

@Suite("Statement of a letter")
struct LetterStatementTests {
  private func state(_ sentences: [String]) throws -> LetterReading.Statement.State {
    var texts = LetterFixture.letter
    texts.replaceSubrange(2...4, with: sentences)
    return try LetterFixture.read(texts).statement.state
  }

  @Test(
    "Consent in the usual wordings is affirmed",
    arguments: [
      ["兹有晨溪市禾苗网络科技有限公司，京东云账号名称为hemiao_ops77，现同意注销上述京东云账号。"],
      ["本公司晨溪市禾苗网络科技有限公司自愿申请注销在京东云注册的账号（用户名：hemiao_ops77）。", "知悉账号一旦被注销将不可恢复，同意按照《京东云账户注销须知》办理账号注销手续。"],
      ["我单位已阅读、知晓并同意《京东云账户注销须知》的全部内容，同意注销该账号，并确认账号下已无余额、欠费及有效的云资源。", "本同意书自加盖公章之日起生效。"],
      [
        "我公司已认真阅读并同意《京东云账户注销须知》全部条款，自愿注销上述京东云账号。",
        "账号注销后，账号内的数据、资源及优惠权益将被清除且不可恢复，我公司对此已充分知悉并自行承担后果。",
      ],
      ["我单位已阅读并同意《京东云账户注销须知》，现同意将上述京东云账号予以注销，注销后不再恢复。"],
      ["账号因业务调整不再使用，现申请注销该账号。", "账号注销后，账号内的代金券、资格、折扣等权益视为自愿放弃，由此产生的一切后果由我单位自行承担，与京东云无关。"],
    ])
  func consent(_ sentences: [String]) throws {
    #expect(try state(sentences) == .affirmed)
  }

  @Test("The form that we hand out is understood")
  func form() throws {
    let sentences = [
      "我单位是上述京东云账号的实名认证主体，现申请注销该账号。", "我单位已阅读并同意《京东云账户注销须知》的全部内容，同意注销上述京东云账号。",
      "我单位知悉：账号注销后无法恢复，账号内的数据和权益将一并清除，由此产生的后果由我单位承担。",
    ]
    #expect(try state(sentences) == .affirmed)
  }

  @Test("What was handed in before is no condition: a refusal is told as one")
  func refused() throws {
    let refusal = "经研究，我单位不同意注销该账号，请贵司停止办理此前提交的注销申请，并恢复账号的正常使用。"
    #expect(try state([refusal]) == .refused)
    #expect(try state(["现同意注销上述京东云账号。", "此前提交的注销申请同样有效。"]) == .affirmed)
    #expect(try state(["在贵司退款的前提下，同意注销上述京东云账号。"]) == .conditional)
  }

  @Test("Everyday words in a letter that a careful person would stop at, in every place")
  func matters() throws {
    let words = [
      "先注销一半", "把账号转给同事", "流氓条款", "说一套做一套", "走个形式", "我今年12岁", "瞒着老板申请的", "账号实名是前老板", "我是继承人", "账号主人住院了", "账号是买来的",
      "密码是猜的",
      "等下一步指示", "先冻结观察", "给我留个反悔期", "网上抄的", "这句是系统自动加的", "上面那句删掉", "以上内容系复制", "练习一下", "我改主意了", "开玩笑的", "此为征求意见稿",
      "以书面同意书为准",
      "以公司盖章为准", "内部讨论用", "对余额那条有意见", "扫了一眼须知", "须知看了一半", "须知是听客服讲的", "须知回头再看", "可能是另一个账号", "账号名忘了", "账号可能写错了",
      "注销的是我另一个号",
      "账号稍后补充", "账号有纠纷", "正在打官司", "法院冻结了账号", "法人失联", "公章丢了", "警方在调查", "服务器还在跑", "还有域名在用", "备份下周做", "子账号不动", "域名继续用",
      "两台服务器照常使用",
    ]
    let company = "兹有晨溪市禾苗网络科技有限公司，京东云账号名称为hemiao_ops77，"
    let consent = "现同意注销上述京东云账号"
    for word in words {
      #expect(try state([company + consent + "。", word + "。"]) != .affirmed, "\(word)")
      #expect(try state([company + word + "，" + consent + "。"]) != .affirmed, "\(word)")
      #expect(try state([company + consent + "，" + word + "。"]) != .affirmed, "\(word)")
    }
    for time in ["下周一", "过几天", "月底", "明年1月1日起", "12月1号起", "改天", "到时候", "后天", "春节后"] {
      #expect(try state([company + "现同意\(time)注销上述京东云账号。"]) != .affirmed, "\(time)")
      #expect(try state([company + consent + "。请\(time)办理。"]) != .affirmed, "\(time)")
    }
    for person in ["我朋友", "爸爸", "他人", "前同事", "亲戚"] {
      #expect(try state([company + "该账号系\(person)的账号，" + consent + "。"]) != .affirmed, "\(person)")
      #expect(try state([company + "受\(person)委托，" + consent + "。"]) != .affirmed, "\(person)")
    }
  }

  @Test("Words of the company's name state nothing", arguments: ["无锡若非示例科技有限公司", "若待模板（无锡）有限公司"])
  func named(_ company: String) throws {
    var texts = LetterFixture.letter
    texts[2] = "我单位\(company)在贵平台完成企业实名认证，京东云账号为hemiao_ops77。"
    texts[7] = "单位名称（盖章）：\(company)"
    let expected = LetterExpectation(
      titles: ["注销京东云账号同意书"], provider: "京东云", company: company, account: LetterFixture.account)
    #expect(try LetterFixture.read(texts, expecting: expected).statement.state == .affirmed)
  }

  @Test("A contact's name states nothing, whatever its characters", arguments: ["林若非", "卫无名", "何仅", "卫暂若"])
  func people(_ name: String) throws {
    #expect(try state(["现同意注销上述京东云账号。", "经办人：\(name)，电话13900001111"]) == .affirmed)
    #expect(try state(["现同意注销上述京东云账号。", "三、联系方式：\(name)，电话13900001111"]) == .affirmed)
  }

  @Test(
    "A reservation in a name's place is one",
    arguments: ["不同意", "暂不注销", "待余额退", "若退款", "拒绝", "我不同意", "仅子账户", "如果不退款的话"])
  func reservedName(_ words: String) throws {
    #expect(try state(["现同意注销上述京东云账号。", "经办人：\(words)。"]) != .affirmed)
  }

  @Test(
    "A condition, a delay or a refusal is never affirmed",
    arguments: [
      ["如贵司确认代金券可以折现，则我单位同意注销该账号；否则请保留该账号。"], ["我单位同意在账号余额退回对公账户之后注销该账号。"],
      ["现同意注销上述京东云账号。", "以上条件全部满足后，本同意书方为有效。"], ["我单位不同意注销上述京东云账号。"], ["我单位同意注销该账号，但数据须保留一年。"],
      ["现同意注销上述京东云账号，请勿在年底以前办理。"], ["我单位暂不注销上述京东云账号。"], ["我单位拒绝注销该账号。"], ["兹撤回注销上述京东云账号的同意。"],
      ["待备案转移完毕，同意注销该账号。"], ["我单位仅同意注销该账号的子账户。"],
      ["现同意注销上述京东云账号。", "账号注销后，账号内的数据在退款之后将被清除且不可恢复。"], ["同意注销该账号，由此产生的一切后果由贵司退款后承担。"], ["同意注销该账号吗？"],
      ["经研究，我单位未能同意注销该账号。"],
    ])
  func reservation(_ sentences: [String]) throws {
    #expect(try state(sentences) != .affirmed)
  }

  @Test(
    "A date before the closing, what others have to approve, money to be paid and what is closed instead are reservations",
    arguments: [
      "同意于2027年6月1日注销上述京东云账号。", "现同意注销上述京东云账号，惟须贵司将账户余额汇入我单位账户。", "上述事项须经我单位股东会批准。", "本同意书已于2026年11月14日废止。",
      "现同意注销上述京东云账号的实名信息。", "现同意注销上述京东云账号，余额请汇入我单位账户。",
    ])
  func open(_ sentence: String) throws {
    #expect(try state(["现同意注销上述京东云账号。", sentence]) != .affirmed)
  }

  @Test(
    "A word that voids the letter counts wherever it stands, however short the scrap",
    arguments: ["作废", "作　废", "不同意", "不批准", "已作废", "VOID", "Draft", "经办人意见：不同意", "SPECIMEN 样张"])
  func voided(_ words: String) throws {
    #expect(try LetterFixture.read(LetterFixture.letter + [words]).statement.state != .affirmed)
    #expect(try LetterFixture.read([words] + LetterFixture.letter).statement.state != .affirmed)
  }

  @Test("An address that holds such a word voids nothing", arguments: ["联系邮箱：avoid@example.com", "drafting 2026"])
  func notVoided(_ words: String) throws {
    #expect(try LetterFixture.read(LetterFixture.letter + [words]).statement.state == .affirmed)
  }

  @Test("A reservation below the signature counts")
  func footnote() throws {
    let texts = LetterFixture.letter + ["备注：如余额未退还，本同意书无效。"]
    #expect(try LetterFixture.read(texts).statement.state != .affirmed)
  }

  @Test("A letter about something else is other", arguments: ["兹授权我单位员工前往贵司办理相关事宜，请予以协助办理为盼。", "现同意注销京东商城店铺，账号照旧。"])
  func other(_ sentence: String) throws {
    #expect(try state([sentence, "特此证明。"]) == .other)
  }

  @Test("Words that were read badly are not read")
  func illegible() throws {
    let lines = LetterFixture.lines(["注销京东云账号同意书", "兹冇晨浃市未苗", "珶同慧注肖上迷"], confidence: 0.6)
    #expect(try LetterFixture.read(lines).statement.state == .notRead)
  }
}
