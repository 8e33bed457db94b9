import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Encodings")
struct EncodingTests {
  private let rows = [
    Exports.head, ["T-1", "账号与认证", "本人已阅读并同意《京东云账户注销须知》，\n请注销，谢谢。", "申请注销账号"],
    ["T-2", "账号与认证", "电话 13800138000", "注销"],
  ]
  private let traditional = [
    ["工單編號", "服務分類", "問題描述", "工單標題"], ["T-1", "帳號與認證", "本人已閱讀並同意《帳戶註銷須知》，請協助註銷帳號。", "申請註銷帳號"],
    ["T-2", "帳號與認證", "電話 13800138000，謝謝您的協助。", "註銷"],
  ]

  private func utf16(_ text: String, little: Bool, mark: Bool) -> [UInt8] {
    ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return little ? [low, high] : [high, low]
    }
  }

  @Test("UTF-16 in both orders, with and without a mark, gives the tickets of UTF-8", arguments: [1, 3, 4096])
  func wide(_ chunk: Int) throws {
    for separator in [",", "\t", ";"] {
      let text = Exports.csv(rows, delimiter: separator)
      let expected = try Exports.read(text).tickets.map(\.body)
      for little in [true, false] {
        for mark in [true, false] {
          let read = try Exports.read(utf16(text, little: little, mark: mark)) { $0.chunk = chunk }
          #expect(read.tickets.map(\.body) == expected, "little \(little), mark \(mark), \(read.errors)")
          #expect(read.summary.encoding == (little ? .utf16le : .utf16be))
        }
      }
    }
    let json = #"[{"工单编号":"T-1","服务分类":"账号与认证","问题描述":"好😀"}]"#
    #expect(try Exports.read(utf16(json, little: true, mark: false)).tickets.map(\.body) == ["好😀"])
  }

  @Test("Big5 and GBK are told apart by what they say")
  func narrow() throws {
    let big5 = try Exports.read(Exports.converted(Exports.csv(traditional), "BIG5"))
    #expect(big5.summary.encoding == .big5)
    #expect(big5.tickets.map(\.body) == traditional.dropFirst().map { $0[2] })
    for text in [Exports.csv(rows), Exports.csv(traditional)] {
      let gbk = try Exports.read(Exports.converted(text, "GBK"))
      #expect(gbk.summary.encoding == .gb18030)
      #expect(gbk.tickets.count == 2)
    }
  }

  @Test("A place that is no text is a row error with its byte in the file; the rows around it are read")
  func undecodable() throws {
    for name in ["UTF-8", "GB18030", "UTF-16LE"] {
      let before = Exports.csv(rows)
      var bytes = name == "UTF-8" ? Array(before.utf8) : try Exports.converted(before, name)
      let wrong: [UInt8] = name == "UTF-16LE" ? [0x00, 0xDC] : [0xFF]
      let row = try name == "UTF-8" ? Array("T-3,账号与认证,坏".utf8) : Exports.converted("T-3,账号与认证,坏", name)
      let place = bytes.count + row.count
      bytes += row + wrong
      bytes +=
        try name == "UTF-8" ? Array(",题\r\nT-4,账号与认证,好,题\r\n".utf8) : Exports.converted(",题\r\nT-4,账号与认证,好,题\r\n", name)
      let read = try Exports.read(bytes) { $0.chunk = 7 }
      #expect(read.ids == ["T-1", "T-2", "T-4"], "\(name): \(read.errors)")
      #expect(read.errors.map(\.code) == [.undecodableText], "\(name)")
      #expect(read.errors.first?.what.contains("byte \(place) ") == true, "\(name), \(place): \(read.errors)")
    }
  }

  static let garbled = [
    "锟斤拷锟斤拷", "本人\u{FFFD}\u{FFFD}同意", "FranÃ§ais", "\u{E8}\u{B4}\u{A6}\u{E5}\u{8F}\u{B7}",
    "鏈汉宸查槄璇诲苟鍚屾剰銆婁含涓滀簯璐︽埛娉ㄩ攢椤荤煡銆嬶紝",
  ]

  @Test("Text that went through a wrong encoding is refused with its byte, in a table and in JSON", arguments: garbled)
  func mojibake(_ text: String) throws {
    let good = ["T-1", "账号与认证", "好", "题"]
    let before = Array(Exports.csv([Exports.head, good]).utf8) + Array("T-2,账号与认证,您好 ".utf8)
    let read = try Exports.read(before + Array("\(text),题\r\nT-3,账号与认证,好,题\r\n".utf8))
    #expect(read.ids == ["T-1", "T-3"])
    #expect(read.errors.map(\.code) == [.mojibake])
    let byte = try #require(read.errors.first?.what.split(separator: " ").compactMap { Int($0) }.first)
    #expect((before.count..<before.count + text.utf8.count).contains(byte), "\(read.errors)")
    let json =
      #"{"ticket_id":"T-1","category":"a","body":"\#(text)"}"# + "\n"
      + #"{"ticket_id":"T-2","category":"a","body":"好"}"#
    let lines = try Exports.read(json)
    #expect(lines.ids == ["T-2"])
    #expect(lines.errors.map(\.code) == [.mojibake])
  }

  @Test("Writing of other languages and rare characters are no garble")
  func notGarbled() throws {
    let texts = [
      "J’ai lu et j’accepte les « conditions » : à bientôt, Noël, señor, ÇA VA, É É, œuvre", "NÃO ÃO São",
      "鏈接與鐨子，我鍚不懂", "請點擊鏈接，同意註銷。鏈條 鏈球 鏈", "größer Straße für 5 €", "王𫖯 😀 喆镕",
    ]
    let read = try Exports.read(
      Exports.csv([Exports.head] + texts.enumerated().map { ["T-\($0)", "账号与认证", $1, "题"] }))
    #expect(read.errors.isEmpty, "\(read.errors)")
    #expect(read.tickets.map(\.body) == texts)
  }
}
