import ClosureModel
import Examine
import Foundation

enum Fixture {
  /// The package's root: the folder above Tests.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let corpus = root.appending(path: "../shared/corpus/consent/dev.jsonl").standardizedFileURL
  static var hasCorpus: Bool { FileManager.default.fileExists(atPath: corpus.path) }

  static func lexicons() throws -> [(file: String, text: String)] {
    let folder = root.appending(path: "Templates/lexicons")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter { $0.hasSuffix(".txt") }
      .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
  }

  static func examiner(_ provider: String = "jdcloud") throws -> TicketExaminer {
    let isJD = provider == "jdcloud"
    return try TicketExaminer(
      policy: policy(isJD ? jdcloud : tencent, contacts: isJD ? jdcloudContacts : tencentContacts), lexicons: lexicons()
    )
  }

  static let jdcloud = Policy.Notice(
    title: "京东云账户注销须知",
    aliases: [
      "账户注销须知", "注销账号须知", "注销须知", "京东云注销须知", "京东智联云账户注销须知", "销户须知", "京东云注销账号须知", "须知",
      "注销需知", "账户注消须知", "京东去账户注销须知", "jd cloud account revocation notice",
      "jd cloud account cancellation notice", "jd cloud account closing notice", "jd cloud account closure notice",
      "jd cloud account deletion notice", "account revocation notice", "account cancellation notice",
      "account closing notice", "account closure notice", "account deletion notice",
    ],
    ambiguous: [
      "相关协议", "各项规定", "以上内容", "那个文件", "注销协议", "账号注销协议", "注销通知", "注销条件说明", "京东账号注销须知", "the notice", "the terms",
      "terms", "协议", "附件",
    ],
    other: [
      "服务协议", "隐私政策", "用户注册协议", "注册协议", "代金券使用须知", "会员注销须知", "plus注销须知", "腾讯云账号注销协议", "腾讯云注销协议", "退订规则",
      "提现", "privacy policy", "terms of service", "承诺书", "注册须知", "阿里云",
    ])

  static let tencent = Policy.Notice(
    title: "腾讯云账号注销协议",
    aliases: [
      "注销协议", "账号注销协议", "腾讯云注销协议", "销户协议", "tencent cloud account cancellation agreement",
      "tencent cloud account deletion agreement", "tencent cloud account termination agreement",
      "account cancellation agreement", "account deletion agreement", "account termination agreement",
    ],
    ambiguous: ["协议", "相关协议", "注销须知", "注销注意事项", "腾讯账号注销协议", "须知", "the agreement"],
    other: [
      "服务协议", "隐私协议", "微信注销协议", "qq注销协议", "注册协议", "封禁协议", "域名", "京东云账户注销须知", "账户注销须知", "京东云", "privacy policy",
      "terms of service", "账号注册协议", "隐私政策", "阿里云", "微信账号注销协议", "qq账号注销协议",
    ])

  static func policy(
    _ notice: Policy.Notice, declarations: [Policy.Declaration] = [], maxBodyScalars: Int = 100_000,
    contacts: Policy.ProviderContacts = jdcloudContacts, material: [Requirement] = [.consentStatement]
  ) -> Policy {
    Policy(
      id: "test", version: "2026-01-01", provider: String(notice.title.prefix(3)), sourceTitle: "t",
      sourceURL: "https://docs.example.com/account-notice",
      categories: ["账号与认证"], closedStatuses: [], applicantKinds: [:], notice: notice,
      declarations: declarations, letter: nil,
      material: [.individual: material], conditions: [],
      deadline: Policy.Deadline(workingDays: 7, calendar: "cn", hour: 18), replies: [:],
      providerContacts: contacts, maxBodyScalars: maxBodyScalars)
  }

  static let jdcloudContacts = Policy.ProviderContacts(
    domains: ["jdcloud.com", "jd.com"], phones: ["400-615-1212", "95118"])
  static let tencentContacts = Policy.ProviderContacts(
    domains: ["tencent.com", "qcloud.com", "tencentcloud.com"], phones: ["4009100100", "95716"])
}

extension Fixture {
  /// Contacts of a text, as `TicketExaminer.read` finds them.
  static func contacts(
    _ text: String, _ provider: String = "jdcloud"
  ) throws -> (emails: [ContactReading], phones: [ContactReading]) {
    let reading = try (provider == "jdcloud" ? jdcloudExaminer : tencentExaminer).get().read(text)
    return (reading.emails, reading.phones)
  }
  private static let jdcloudExaminer = Result { try examiner() }
  private static let tencentExaminer = Result { try examiner("tencentcloud") }
}
