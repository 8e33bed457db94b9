import ClosureModel
import Testing

@testable import Examine

/// Every form of a number behind every label, before every kind of text. The values were checked against Google's
/// phonenumbers for Python when the lists were written.
@Suite("Forms, labels and what follows")
struct ContactGridTests {
  static let labels = [
    "", "手机：", "手机号 ", "联系电话:", "电话号码是", "Tel: ", "T：", "phone=", "【电话】", "我的电话", "联系方式：\n", "请拨打", "Mobile - ", "☎ ",
    "电话（必填）：", "手机号码为", "我的号码：",
  ]
  static let tails = [
    "", "，谢谢。", "。", "（微信同号）", "\n谢谢", " 张三", "；邮箱无", "！", " 注销账号", ", please call", "，9点后打", "、QQ 13800138",
  ]

  /// Texts whose own contacts are not exactly the expected ones.
  private func wrong(_ forms: [(String, String)], labels: [String] = labels, tails: [String] = tails) throws -> [String]
  {
    var wrong: [String] = []
    for (index, (form, value)) in forms.enumerated() {
      for (place, label) in labels.enumerated() {
        // Each form meets each label, and most tails.
        for step in 0..<3 {
          let text = label + form + tails[(index + place * 3 + step * 5) % tails.count]
          let read = try ContactPhoneTests.own(text)
          if read != [value] { wrong.append("\(text) -> \(read)") }
        }
      }
    }
    return wrong
  }

  @Test("A mobile number is read in every dress")
  func mobiles() throws {
    let forms = [
      "13800138001", "138 0013 8001", "138-0013-8001", "138.0013.8001", "1380 0138 001", "13800 138001", "1380013-8001",
      "(138)0013-8001", "+8613800138001", "+86 13800138001", "+86-138-0013-8001", "(+86)13800138001",
      "（+86） 138 0013 8001", "008613800138001", "86-13800138001", "１３８００１３８００１", "138—0013—8001", "138·0013·8001",
      "138\u{3000}0013\u{3000}8001", "138\u{200B}0013\u{200B}8001", "138\u{A0}0013\u{A0}8001", "<b>138</b>00138001",
      "138－0013－8001", "+86 (0)13800138001", "013800138001", "138 - 0013 - 8001",
    ]
    let wrong = try wrong(forms.map { ($0, "+8613800138001") })
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("A landline is read in every dress, with every word for its extension")
  func landlines() throws {
    let forms = [
      "0755-26881234", "0755 26881234", "(0755)26881234", "（0755）2688 1234", "0755-2688-1234", "0755 2688 1234",
      "+86-755-26881234", "+86 755 2688 1234", "+86 (0)755 26881234", "0086-755-26881234", "(86-755)26881234",
      "86-755-26881234", "(+86 755) 2688 1234", "0755－26881234", "0755—26881234", "0755.2688.1234",
    ]
    let extensions = [
      "转", " 转 ", "-", "分机", " ext. ", " ext ", "#", " x", "，分机 ", "，分机号为 ", " 转分机", "转接", " 内线", "转：", "*",
      " extension ",
      ",,", " #", "\n分机：",
    ]
    var wrong = try wrong(
      forms.map { ($0, "+8675526881234") }, labels: ["座机：", "电话", "我的电话 "], tails: ["", "。", "，谢谢"])
    for form in forms {
      for word in extensions {
        let text = "电话：" + form + word + "8012，找王会计"
        let read = try ContactPhoneTests.own(text)
        if read != ["+8675526881234;ext=8012"] { wrong.append("\(text) -> \(read)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("Numbers abroad are read in every dress")
  func abroad() throws {
    let forms = [
      ("+852 9123 4567", "+85291234567"), ("+852-91234567", "+85291234567"), ("(852) 9123 4567", "+85291234567"),
      ("（852）91234567", "+85291234567"), ("+853 6612 3456", "+85366123456"), ("+886 912 345 678", "+886912345678"),
      ("+886-2-2712-3456", "+886227123456"), ("+1 (415) 555-2671", "+14155552671"), ("+1.415.555.2671", "+14155552671"),
      ("+44 (0)20 7946 0958", "+442079460958"), ("+81 90-1234-5678", "+819012345678"), ("+65 8123 4567", "+6581234567"),
      ("+82 10-1234-5678", "+821012345678"), ("+49 151 23456789", "+4915123456789"),
      ("+61 491 570 156", "+61491570156"),
      ("+33 6 12 34 52 89", "+33612345289"), ("+60 12-345 6789", "+60123456789"), ("+91 98765 43210", "+919876543210"),
      ("+971 50 123 4567", "+971501234567"), ("+7 912 345-67-89", "+79123456789"),
    ]
    let wrong = try wrong(forms, tails: ["", "，谢谢。", "。", "\n谢谢", "；邮箱无", "！"])
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test(
    "Eleven digits behind the name of something else are no number",
    arguments: [
      "订单号", "工单号：", "流水号 ", "身份证号：", "银行卡号", "QQ：", "QQ号", "微信号 wx", "账号ID：", "UIN ", "快递单号：SF", "IP：", "发票号码：",
      "合同编号 ",
      "统一社会信用代码：", "营业执照注册号 ", "备案号 京ICP备", "AppID=", "实例 ins-", "requestId: ", "错误码 ", "序列号 SN", "时间戳 ", "版本 v",
      "余额 ¥",
      "端口 ", "卡号：", "交易号", "退款单号：", "商户号 ", "保单号 ", "设备号：", "验证码 ", "护照 E", "学号 ", "会员号：", "第", "第 ",
    ])
  func others(_ label: String) throws {
    for tail in ["", "，谢谢。", "。", "\n谢谢", " 张三", "；邮箱无", "！", " 注销账号"] {
      let read = try ContactPhoneTests.own(label + "13800138001" + tail)
      #expect(read.isEmpty, "\(label)13800138001\(tail) -> \(read)")
    }
  }

  @Test("Whose it is does not change with how it is written")
  func owners() throws {
    let theirs = [
      "我妈的电话{}，别打给她。", "昨天{}来电说账号异常。", "有人说打{}能秒注销，是骗子吧？", "原联系人陈某 {} 已离职。", "客服让我打{}，没人接。",
      "{}是我前同事的，他已不在公司。", "感谢{}的小姐姐！", "手机{}已停机，请发邮件。",
    ]
    let own = [
      "请客服打{}。", "让技术支持联系{}。", "客服：您的手机？\n我：{}", "我现在用{}。", "{}是我的，晚上关机。", "请打我爱人的电话{}。",
    ]
    let forms = ["13800138001", "138 0013 8001", "138-0013-8001", "+86 13800138001", "１３８００１３８００１"]
    var wrong: [String] = []
    for form in forms {
      for text in theirs.map({ $0.replacing("{}", with: form) }) where try !ContactPhoneTests.own(text).isEmpty {
        wrong.append(text)
      }
      for text in own.map({ $0.replacing("{}", with: form) })
      where try ContactPhoneTests.own(text) != ["+8613800138001"] {
        wrong.append(text)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }
}
