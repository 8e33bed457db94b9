import Foundation
import Testing

/// The built tool, run as its users run it.
struct Program {
  struct Result {
    let code: Int32
    let out: String
    let error: String
    var lines: [String] { out.split(separator: "\n").map(String.init) }
  }

  /// Folder of the products, where the test runner itself lies.
  static let products: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    if FileManager.default.isExecutableFile(atPath: runner.appending(path: "closedesk").path) { return runner }
    return Bundle.main.bundleURL
  }()

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func path(_ name: String) -> String { products.appending(path: name).path }

  static func process(_ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path("closedesk"))
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CLOSEDESK_") }
    variables.merge(environment) { $1 }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs to the end.
  @discardableResult
  static func run(
    _ arguments: String..., in folder: URL? = nil, input: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try run(arguments, in: folder, input: input, environment: environment)
  }

  static func run(
    _ arguments: [String], in folder: URL? = nil, input: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let process = process(arguments, in: folder, environment: environment)
    // Files, not pipes: a full pipe would stop the program while nobody reads.
    let scratch = try Scratch()
    let out = try scratch.handle("out")
    let error = try scratch.handle("error")
    process.standardOutput = out
    process.standardError = error
    if let input {
      try scratch.write("input", input)
      process.standardInput = try FileHandle(forReadingFrom: scratch.url("input"))
    }
    try process.run()
    process.waitUntilExit()
    return Result(code: process.terminationStatus, out: try scratch.read("out"), error: try scratch.read("error"))
  }
}

/// A folder of the test's own, removed with it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ name: String) -> URL { folder.appending(path: name) }
  func path(_ name: String) -> String { url(name).path }

  func write(_ name: String, _ text: String) throws {
    try FileManager.default.createDirectory(
      at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(name))
  }

  func read(_ name: String) throws -> String { String(decoding: try Data(contentsOf: url(name)), as: UTF8.self) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func handle(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: path(name), contents: nil)
    return try FileHandle(forWritingTo: url(name))
  }
}

/// The receiver of the repository on 127.0.0.1, with a journal of what arrived. Ended with the value.
final class Receiver {
  struct Arrival: Decodable {
    let id: String
    let ticket: String
    let outcome: String
    let verified: Bool
    let duplicate: Bool
    let status: Int
    enum CodingKeys: String, CodingKey {
      case id = "webhook-id"
      case ticket, outcome, verified, duplicate, status
    }
  }
  private let process = Process()
  private let scratch: Scratch
  let port: Int

  init(_ scratch: Scratch, secretFile: String, port: Int = 0, arguments: [String] = []) throws {
    self.scratch = scratch
    process.executableURL = URL(fileURLWithPath: Program.path("closedesk-receiver"))
    let ready = "ready-\(UUID().uuidString)"
    process.arguments =
      [
        "--port", "\(port)", "--secret-file", secretFile, "--journal", scratch.path("journal.jsonl"), "--ready-file",
        scratch.path(ready), "--quiet",
      ] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try scratch.handle("receiver.log")
    try process.run()
    for _ in 0..<200 {
      guard (try? scratch.read(ready))?.isEmpty ?? true else { break }
      usleep(50_000)
    }
    self.port = try #require(Int(try scratch.read(ready).trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  deinit { stop() }

  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  var url: String { "http://127.0.0.1:\(port)/hooks/closure" }

  func arrivals() throws -> [Arrival] { try Receiver.arrivals(scratch) }

  static func arrivals(_ scratch: Scratch) throws -> [Arrival] {
    guard scratch.exists("journal.jsonl") else { return [] }
    return try scratch.read("journal.jsonl").split(separator: "\n").map {
      try JSONDecoder().decode(Arrival.self, from: Data($0.utf8))
    }
  }
}

/// A desk of its own: configuration, secret, ledger in a scratch folder.
struct Desk {
  let scratch: Scratch
  var config: String { scratch.path("closedesk.yaml") }

  init(url: String? = nil, more: String = "", hook: String = "") throws {
    scratch = try Scratch()
    try scratch.write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
    try configure(url: url ?? "http://127.0.0.1:9/hooks", more: more, hook: hook)
  }

  func configure(url: String, more: String = "", hook: String = "") throws {
    try scratch.write(
      "closedesk.yaml",
      """
      policy: jdcloud
      ledger: ./state/ledger.sqlite
      webhook:
        url: \(url)
        secret_file: ./secret
        allow_http_loopback: true
        retry: { base_seconds: 0.05, max_seconds: 1, max_attempts: 50 }
      \(hook.isEmpty ? "" : "  " + hook + "\n")\(more)
      """)
  }

  func receiver(_ arguments: String..., port: Int = 0) throws -> Receiver {
    let receiver = try Receiver(scratch, secretFile: scratch.path("secret"), port: port, arguments: arguments)
    return receiver
  }

  @discardableResult
  func run(_ command: String, _ arguments: String...) throws -> Program.Result {
    try Program.run([command] + arguments + ["--config", config])
  }

  func status() throws -> LedgerJSON {
    let result = try run("status", "--json")
    #expect(result.code == 0, "\(result.error)")
    return try JSONDecoder().decode(LedgerJSON.self, from: Data(result.out.utf8))
  }
}

struct LedgerJSON: Decodable {
  let tickets: [String: Int]
  let outbox: [String: Int]
}

/// Exports that tests make up.
enum Export {
  static let header = "工单编号,服务分类,工单标题,问题描述,提交时间,客户账号,实名类型,联系邮箱,联系电话,账户余额,欠费金额,是否服务商,是否备案,有效资源数,工单状态"

  static func row(
    _ id: String, body: String = "本人已阅读并同意《京东云账户注销须知》，请注销账号。", email: String = "desk@example.com",
    phone: String = "13800138000", balance: String = "0.00"
  ) -> String {
    "\(id),账号与认证,申请注销账号,\(body),2026-11-18 10:00:00,jd_demo_01,个人实名,\(email),\(phone),\(balance),0,否,否,0,待处理"
  }

  static func csv(_ rows: [String]) -> String { ([header] + rows).joined(separator: "\r\n") + "\r\n" }

  /// `count` tickets that are complete.
  static func accepted(_ count: Int, prefix: String = "T") -> String {
    csv((1...count).map { row("\(prefix)-\($0)") })
  }
}
