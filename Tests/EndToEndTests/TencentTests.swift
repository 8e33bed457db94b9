import Foundation
import Testing

/// An export under the other shipped policy, from the file to the decisions.
enum TencentExport {
  static let statement = "本人已阅读并同意《腾讯云账号注销协议》，申请注销腾讯云账号。"
  static let header = "工单编号,服务分类,工单标题,问题描述,提交时间,客户账号,实名类型,联系邮箱,联系电话,附件,欠费金额,有效资源数,安全手机,身份证号,工单状态"

  struct Row: Sendable {
    let id: String
    let outcome: String
    /// Codes that are neither satisfied nor put off.
    let open: Set<String>
    /// One that is satisfied.
    var satisfied: String?
    let cells: String
  }

  private static func row(
    _ id: String, _ outcome: String, _ open: Set<String>, kind: String, body: String = statement, phone: String = "",
    files: String = "", resources: String = "0", security: String = "", number: String = "", satisfied: String? = nil
  ) -> Row {
    Row(
      id: id, outcome: outcome, open: open, satisfied: satisfied,
      cells:
        "\(id),账号与认证,注销账号,\(body),2026-11-18 10:00,100012345678,\(kind),,\(phone),\(files),0,\(resources),\(security),"
        + "\(number),处理中")
  }

  private static let photos: Set<String> = ["identity.photo_front.missing", "identity.photo_back.missing"]
  private static let looks: Set<String> = ["identity.photo_front.not_examined", "identity.photo_back.not_examined"]
  private static let number = "310104198804150048"

  static let rows: [Row] = [
    row("T-1", "accepted", [], kind: "未实名", security: "138****8000", satisfied: "contact.security.satisfied"),
    row("T-2", "accepted", [], kind: "未实名", phone: "13800138000", satisfied: "contact.security.satisfied"),
    row("T-3", "incomplete", ["contact.security.missing"], kind: "未实名", security: "无"),
    row("T-4", "incomplete", ["contact.security.invalid"], kind: "未实名", security: "1380013"),
    row("T-5", "incomplete", ["consent.missing"], kind: "未实名", body: "申请注销腾讯云账号。", phone: "13800138000"),
    row("T-6", "ineligible", ["condition.resources"], kind: "未实名", phone: "13800138000", resources: "2"),
    row(
      "T-7", "review", ["condition.resources.waived"], kind: "未实名", body: statement + "放弃资源。", phone: "13800138000",
      resources: "2"),
    row("T-8", "incomplete", photos, kind: "个人实名", number: number, satisfied: "identity.number.satisfied"),
    row(
      "T-9", "review", looks, kind: "个人实名", body: statement + "身份证号 310104 19880415 0048", files: "正面.jpg;反面.jpg",
      satisfied: "identity.number.satisfied"),
    row("T-10", "incomplete", photos.union(["identity.number.missing"]), kind: "个人实名"),
    row(
      "T-11", "incomplete", photos.union(["identity.number.invalid"]), kind: "个人实名",
      body: statement + "身份证号：3101**********0048"),
    row(
      "T-12", "review", looks.union(["identity.number.conflicting"]), kind: "个人实名",
      body: statement + "身份证号 31010419880415003X", files: "IMG_1.jpg", number: number),
    row("T-13", "incomplete", ["attachment.picture_unsupported"], kind: "个人实名", files: "a.heic", number: number),
    row("T-14", "incomplete", ["attachment.picture_unreadable"], kind: "个人实名", files: "empty.jpg", number: number),
    row(
      "T-15", "incomplete", photos.union(["business_licence.missing", "authorization.missing"]), kind: "企业实名"),
    row(
      "T-16", "review", looks.union(["business_licence.not_examined", "authorization.not_examined"]), kind: "企业实名",
      files: "手持身份证正面.jpg;手持身份证反面.jpg;营业执照.jpg;授权书.jpg"),
  ]

  struct Line: Decodable {
    struct Finding: Decodable {
      let code: String
      let verdict: String
    }
    let ticket: String
    let outcome: String
    let findings: [Finding]
  }

  /// Writes the export and its files, and lets the built tool decide.
  static func decide() throws -> (lines: [Line], raw: String) {
    let scratch = try Scratch()
    try scratch.write("export.csv", ([header] + rows.map(\.cells)).joined(separator: "\n") + "\n")
    let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + Array(repeating: 0, count: 600))
    let heic = Data([0, 0, 0, 24] + Array("ftypheic".utf8) + Array(repeating: 0, count: 600))
    try scratch.write("files/empty.jpg", "")
    try heic.write(to: scratch.url("files/a.heic"))
    let names = ["正面", "反面", "IMG_1", "手持身份证正面", "手持身份证反面", "营业执照", "授权书"]
    for name in names { try jpeg.write(to: scratch.url("files/\(name).jpg")) }
    let result = try Program.run(
      "validate", scratch.path("export.csv"), "--policy", "tencentcloud", "--attachments", scratch.path("files"),
      "--output", "-", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    return (try result.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }, result.out)
  }
}

@Suite("Tickets of Tencent Cloud")
struct TencentTests {
  @Test("Each kind of applicant gets the outcome and the reasons that the policy gives")
  func outcomes() throws {
    let (lines, raw) = try TencentExport.decide()
    #expect(lines.count == TencentExport.rows.count)
    let got = Dictionary(uniqueKeysWithValues: lines.map { ($0.ticket, $0) })
    for row in TencentExport.rows {
      let line = try #require(got[row.id])
      let open = Set(line.findings.filter { !["satisfied", "not_applicable"].contains($0.verdict) }.map(\.code))
      #expect(line.outcome == row.outcome, "\(row.id): \(open)")
      #expect(open == row.open, "\(row.id)")
      if let code = row.satisfied {
        #expect(line.findings.contains { $0.code == code && $0.verdict == "satisfied" }, "\(row.id)")
      }
    }
    #expect(!raw.contains("310104198804150048") && !raw.contains("19880415"), "an identity number left unmasked")
  }
}
