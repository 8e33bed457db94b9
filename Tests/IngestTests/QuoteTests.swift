import ClosureModel
import Testing

@testable import Ingest

@Suite("Damaged quotes")
struct QuoteTests {
  /// Tickets whose text holds lines that look like tickets, as somebody would write them who wants one read.
  private func rows(_ generator: inout Generator, quotedLast: Bool) -> [[String]] {
    (1...12).map { number in
      let forged = (0..<Int.random(in: 0...3, using: &generator)).map { index in
        let quoted = Bool.random(using: &generator) ? "本人\"同意\"" : "本人同意"
        return ["X-\(number)\(index)", "账号与认证", quoted, "题"].joined(separator: ",")
      }
      let lines =
        ["您好" + (Bool.random(using: &generator) ? " \"注销\" 吧" : "")] + forged + [
          "谢谢" + (Bool.random(using: &generator) ? ",再见" : "")
        ]
      let text = Bool.random(using: &generator) ? lines.joined(separator: "\n") : "请注销"
      return quotedLast ? ["T-\(number)", "账号与认证", "题", text] : ["T-\(number)", "账号与认证", text, "题"]
    }
  }

  @Test("One damaged byte anywhere never makes a row of a customer's text, whatever the text holds", arguments: 1...60)
  func forgery(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let isLast = Bool.random(using: &generator)
    let head = isLast ? ["工单编号", "服务分类", "工单标题", "问题描述"] : Exports.head
    let whole = Array(Exports.csv([head] + rows(&generator, quotedLast: isLast)).utf8)
    let quotes = whole.indices.filter { whole[$0] == 0x22 }
    for _ in 0..<8 {
      var bytes = whole
      let at = quotes.randomElement(using: &generator) ?? 40
      switch Int.random(in: 0...2, using: &generator) {
      case 0: bytes.remove(at: at)
      case 1: bytes.insert(0x22, at: Int.random(in: 40..<bytes.count, using: &generator))
      default: bytes.removeSubrange(Int.random(in: 60..<bytes.count, using: &generator)...)
      }
      guard let read = try? Exports.read(bytes) else { continue }
      let forged = read.ids.filter { $0.hasPrefix("X") }
      #expect(forged.isEmpty, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test("A row with a stray quote is an error of its own; the rows around it are read")
  func stray() throws {
    let good = (1...6).map { "T-\($0),账号与认证,好,题" }
    for bad in ["T-9,账号与认证,引\"号,题", "T-9,账号与认证,\"他说\"你好\"，再见\",题", "T-9,账号与认证,屏幕5\",题"] {
      let text = ([Exports.head.joined(separator: ",")] + good[0..<3] + [bad] + good[3...]).joined(separator: "\r\n")
      let read = try Exports.read(text)
      #expect(read.ids == (1...6).map { "T-\($0)" }, "\(bad): \(read.errors)")
      #expect(read.errors.map(\.code) == [.strayQuote])
      #expect(read.errors.map(\.origin.row) == [5])
    }
  }

  @Test("A lost closing quote costs its row; the error says which rows cannot be told apart")
  func lostEnd() throws {
    let lines = [
      Exports.head.joined(separator: ","), "T-1,账号与认证,\"好，\n谢谢\",题", "T-2,账号与认证,\"坏，\n谢谢,题",
      "T-3,账号与认证,\"好，\n谢谢\",题", "T-4,账号与认证,\"好，\n谢谢\",题", "T-5,账号与认证,好,题",
    ]
    let read = try Exports.read(lines.joined(separator: "\n") + "\n")
    #expect(read.ids == ["T-1", "T-3", "T-4", "T-5"])
    #expect(read.errors.map(\.code) == [.unclosedQuote])
    #expect(read.errors.first?.description.contains("rows 3–4") == true, "\(read.errors)")
    #expect(read.tickets.map(\.origin.row) == [2, 5, 6, 7])
  }

  @Test("An export that was cut off inside a cell ends with one error that names the rows to the end")
  func cutOff() throws {
    let text = Exports.head.joined(separator: ",") + "\nT-1,账号与认证,好,题\nT-2,账号与认证,\"坏\nT-3,账号与认证,本人同意,题\n"
    let read = try Exports.read(text)
    #expect(read.ids == ["T-1"])
    #expect(read.errors.map(\.code) == [.unclosedQuote])
    #expect(read.errors[0].what.contains("rows 3–4, to the end"))
  }
}
