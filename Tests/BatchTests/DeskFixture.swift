import ClosureModel
import Compose
import Decide
import Examine
import Foundation
import Ingest
import StoreSQLite
import Synchronization
import TestSupport

@testable import Batch

/// A desk under the shipped policy of JD Cloud: real texts, a real ledger, letters that a script examines.
final class DeskFixture {
  let folder: TemporaryFolder
  let policy: Policy
  private let parts: Pipeline
  private let isFailing: Bool
  let store: SQLiteCaseStore
  let catalog: FindingCatalog
  /// Names of the files that were opened.
  let opened: Opened

  final class Opened: Sendable {
    let names = Mutex<[String]>([])
    var count: Int { names.withLock { $0.count } }
  }

  /// Files of any name, with a content that a test may change.
  final class Letters: AttachmentReader {
    let content = Mutex("letter")
    func facts(of ticket: Ticket) -> [AttachmentFact] {
      let content = content.withLock { $0 }
      return ticket.attachments.map {
        AttachmentFact(name: $0, state: .found(sha256: "\($0) \(content)", bytes: content.utf8.count, type: .jpeg))
      }
    }
    func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? { content.withLock { Array($0.utf8) } }
  }
  let letters = Letters()

  /// - Parameter failing: the decoder dies over every file.
  init(failing: Bool = false) throws {
    folder = try TemporaryFolder()
    store = try SQLiteCaseStore(path: folder.file("ledger.sqlite"))
    let templates = repoRoot().appendingPathComponent("Templates")
    func text(_ path: String) throws -> (file: String, text: String) {
      (path, try String(contentsOf: templates.appendingPathComponent(path), encoding: .utf8))
    }
    func all(_ folder: String, _ suffix: String) throws -> [(file: String, text: String)] {
      try FileManager.default.contentsOfDirectory(atPath: templates.appendingPathComponent(folder).path).sorted()
        .filter { $0.hasSuffix(suffix) }.map { try text("\(folder)/\($0)") }
    }
    let (file, yaml) = try text("policies/jdcloud.yaml")
    let policy = try PolicyLoader.load(text: yaml, file: file)
    self.policy = policy
    catalog = try FindingCatalog(files: [
      .zhCN: text("findings/zh-CN.yaml"), .en: text("findings/en.yaml"),
    ])
    let composer = try ReplyComposer(policy: policy, catalog: catalog, locale: .zhCN) { name, locale in
      try? text("replies/\(locale.rawValue)/\(name).txt")
    }
    opened = Opened()
    isFailing = failing
    parts = Pipeline(
      policy: policy, examiner: try TicketExaminer(policy: policy, lexicons: all("lexicons", ".txt")),
      judge: Judge(policy: policy, calendar: try WorkingCalendar(files: all("calendars", ".yaml"))),
      composer: composer, attachments: letters)
  }

  /// With a letter desk of its own, as another process has: what an earlier one remembers is gone.
  var pipeline: Pipeline {
    let (opened, failing) = (opened, isFailing)
    let desk = LetterDesk(reader: letters, width: 1) { name, sha256, _, type, _, _ in
      opened.names.withLock { $0.append(name) }
      // No picture at all: incomplete, and as surely so the next time.
      return AttachmentReading(
        name: name, sha256: sha256, type: type,
        failures: [failing ? DecodeFailure(.crashed, "died") : DecodeFailure(.broken, "no picture")], pages: [],
        depth: .notOpened, problems: [], letter: nil)
    }
    return parts.opening(desk)
  }

  var maker: RecordMaker { RecordMaker(tenant: "default", policyID: policy.id, catalog: catalog, locale: .zhCN) }

  static let header = "工单编号,服务分类,工单标题,问题描述,提交时间,客户账号,实名类型,企业名称,联系邮箱,联系电话,附件,账户余额,欠费金额,是否服务商,是否备案,有效资源数,工单状态"

  static func enterprise(_ id: String, email: String = "desk@example.com") -> String {
    "\(id),账号与认证,申请注销账号,请注销账号,2026-11-18 10:00:00,jdc_\(id),企业实名,测试有限公司,\(email),13800138000,同意书.jpg,0,0,否,否,0,待处理"
  }

  static func person(_ id: String, body: String = "本人已阅读并同意《京东云账户注销须知》，请注销账号。") -> String {
    "\(id),账号与认证,申请注销账号,\(body),2026-11-18 10:00:00,jd_test,个人实名,,desk@example.com,13800138000,,0,0,否,否,0,待处理"
  }

  func sources(_ rows: [String]) throws -> [TicketExport] {
    let path = folder.file("export-\(UUID().uuidString).csv")
    try ([Self.header] + rows).joined(separator: "\r\n").write(toFile: path, atomically: true, encoding: .utf8)
    return [try TicketExport(path: path, options: IngestOptions())]
  }

  @discardableResult
  func run(
    _ rows: [String], basis: String = "basis 1", limits: RunLimits = RunLimits(maxAcceptShare: 1),
    observer: Watcher = Watcher(), limit: Int? = nil, at now: Timestamp = .sample
  ) async throws -> RecordingRun.Result {
    try await RecordingRun(
      pipeline: pipeline, sources: try sources(rows), store: store, maker: maker, basis: basis, limits: limits,
      limit: limit, interruption: Interruption(), clock: { now }
    ).run(observer)
  }

  final class Watcher: RunObserver {
    var decided: [CaseFile] = []
    var standing: [StandingCase] = []
    var errors: [RowError] = []
    func decided(_ file: CaseFile) { decided.append(file) }
    func stands(_ standing: StandingCase) { self.standing.append(standing) }
    func unreadable(_ error: RowError) { errors.append(error) }
  }
}
