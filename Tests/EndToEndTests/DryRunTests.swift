import Foundation
import Synchronization
import Testing

/// The system's tracer, where it is installed.
private let strace = ["/usr/bin/strace", "/bin/strace"].first { FileManager.default.isExecutableFile(atPath: $0) }

/// The named system calls of a command.
private func traced(_ calls: String, _ desk: Desk, _ command: [String]) throws -> (calls: String, code: Int32) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: try #require(strace))
  process.arguments =
    ["-f", "-y", "-e", "trace=" + calls, "-o", desk.scratch.path("trace"), Program.path("closedesk")] + command
    + ["--config", desk.config]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return (try desk.scratch.read("trace"), process.terminationStatus)
}

@Suite("The ledger and the disk")
struct LedgerSyncTests {
  @Test(
    "run waits for the disk with every transaction, and for nothing where there is nothing to do",
    .enabled(if: strace != nil, "strace is not installed"))
  func syncs() throws {
    let desk = try Desk()
    // Three transactions of at most 200 decisions.
    try desk.scratch.write("export.csv", Export.csv((0..<450).map { Export.row("T-\($0)", email: "") }))
    func syncs(_ desk: Desk, _ command: String...) throws -> [Substring] {
      try traced("fsync,fdatasync", desk, command).calls.split(separator: "\n").filter {
        $0.contains("sync(") && $0.contains("ledger.sqlite")
      }
    }
    let recording = try syncs(desk, "run", desk.scratch.path("export.csv"))
    #expect(recording.count { $0.contains("-wal>") } >= 4, "\(recording)")
    let idle = try Desk()
    #expect(try idle.run("run").code == 0)
    #expect(try syncs(idle, "run") == [])
  }
}

@Suite("The dry run and the commands that only look")
struct DryRunTests {
  @Test(
    "validate opens no socket and no ledger, whatever the configuration names",
    .enabled(if: strace != nil, "strace is not installed"))
  func noEffects() throws {
    let desk = try Desk()
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1"), Export.row("T-2", email: "")]))
    func trace(_ command: String...) throws -> (calls: String, code: Int32) {
      try traced("socket,connect,openat,open,creat,unlink,rename,renameat,renameat2", desk, command)
    }
    let dry = try trace("validate", desk.scratch.path("export.csv"))
    #expect(dry.code == 0)
    #expect(!dry.calls.contains("socket("), "a socket was opened")
    #expect(!dry.calls.contains("ledger.sqlite"), "the ledger was touched")
    #expect(!dry.calls.contains("O_CREAT"), "a file was made")
    #expect(!desk.scratch.exists("state"))
    // The same look at `run` sees both: the check is able to fail.
    let real = try trace("run", desk.scratch.path("export.csv"))
    #expect(real.code == 69)
    #expect(real.calls.contains("socket(") && real.calls.contains("ledger.sqlite"))
  }

  @Test("The program works from any folder: nothing of the repository is needed beside it")
  func anywhere() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: Program.path("closedesk")), to: scratch.url("closedesk"))
    try scratch.write("export.csv", Export.accepted(2))
    let process = Process()
    process.executableURL = scratch.url("closedesk")
    process.arguments = ["validate", "export.csv", "--json"]
    process.currentDirectoryURL = scratch.folder
    process.standardOutput = try scratch.handle("out")
    process.standardError = try scratch.handle("error")
    try process.run()
    process.waitUntilExit()
    let complaint = try scratch.read("error")
    #expect(process.terminationStatus == 0, "\(complaint)")
    #expect(try scratch.read("out").contains("\"accepted\":2"))
  }

  @Test("Decision lines have the keys of the contract in their order and no personal data")
  func decisionLines() throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", Export.csv([Export.row("T-1"), Export.row("T-2", phone: "1381234")]))
    let result = try Program.run("validate", scratch.path("export.csv"), "--output", "-", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    let keys = ["schema", "ticket", "revision", "policy", "applicant", "outcome", "findings", "due", "reply"]
    for line in result.lines {
      var at = line.startIndex
      for key in keys {
        let found = try #require(line.range(of: "\"\(key)\":", range: at..<line.endIndex), "\(key) in \(line)")
        at = found.upperBound
      }
    }
    #expect(result.lines.count == 2)
    #expect(!result.out.contains("13800138000"))
    #expect(!result.out.contains("desk@example.com"))
    let revealed = try Program.run("validate", scratch.path("export.csv"), "--output", "-", "--quiet", "--reveal")
    #expect(revealed.out.contains("13800138000"))
  }

  @Test("The four forms of one export give the same decisions")
  func forms() throws {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    var seen: [String: [String]] = [:]
    for name in ["tickets.csv", "tickets-gb18030.csv", "tickets.json", "tickets.jsonl"] {
      let result = try Program.run(
        "validate", folder.appending(path: name).path, "--attachments", folder.appending(path: "attachments").path,
        "--config", try Self.withoutReading.get().path,
        "--output", "-", "--quiet")
      #expect(result.code == 0, "\(name): \(result.error)")
      seen[name] = result.lines
    }
    let csv = try #require(seen["tickets.csv"])
    #expect(csv.count >= 60)
    for (name, lines) in seen {
      for (a, b) in zip(csv, lines) where a != b { Issue.record("\(name): \(b)\ninstead of \(a)") }
      #expect(lines.count == csv.count)
    }
  }

  struct Expected: Decodable {
    let ticket: String
    let outcome: String
    let codes: [String]
  }
  struct Line: Decodable, Sendable {
    struct Finding: Decodable, Sendable {
      let code: String
      let verdict: String
    }
    let ticket: String
    let outcome: String
    let findings: [Finding]
  }

  private static let exports = [
    ("tickets.csv", "expected.jsonl", Int32(0)), ("no-facts.csv", "no-facts.expected.jsonl", 0),
    ("duplicates.csv", "duplicates.expected.jsonl", 2),
  ]

  /// Letters take their time: each export is decided once.
  private static let decided = Mutex<[String: [Line]]>([:])

  private func decisions(_ name: String, code: Int32) throws -> [Line] {
    if let known = Self.decided.withLock({ $0[name] }) { return known }
    let lines = try decide(name, code: code)
    Self.decided.withLock { $0[name] = lines }
    return lines
  }

  /// Reading fifty letters takes minutes; what the looks at the pages tell, seconds.
  private static let withoutReading = Result { () throws -> URL in
    let file = FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString).yaml")
    try "ocr: { engine: none, workers: 2 }\n".write(to: file, atomically: true, encoding: .utf8)
    return file
  }

  private func decide(_ name: String, code: Int32) throws -> [Line] {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    let result = try Program.run(
      "validate", folder.appending(path: name).path, "--attachments", folder.appending(path: "attachments").path,
      "--output", "-", "--quiet", "--config", try Self.withoutReading.get().path)
    #expect(result.code == code, "\(name): \(result.error)")
    return try result.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  @Test("Every sample gets the outcome and the reasons that its author wrote down", arguments: exports)
  func samples(_ name: String, _ expected: String, _ code: Int32) throws {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    let wanted = try String(contentsOf: folder.appending(path: expected), encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Expected.self, from: Data($0.utf8))
    }
    let got = Dictionary(uniqueKeysWithValues: try decisions(name, code: code).map { ($0.ticket, $0) })
    #expect(got.count == wanted.count)
    for one in wanted where one.codes != ["letter.examined"] {
      let line = try #require(got[one.ticket], "\(one.ticket)")
      #expect(
        line.outcome == one.outcome, "\(one.ticket): \(line.findings.filter { $0.verdict != "satisfied" }.map(\.code))")
      let codes = line.findings.filter { $0.verdict != "satisfied" }.map(\.code).sorted()
      #expect(codes == one.codes.sorted(), "\(one.ticket)")
    }
  }

  @Test("What the look at a sample letter tells never accepts it, and sends no good one back")
  func letters() throws {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    let wanted = try String(contentsOf: folder.appending(path: "expected.jsonl"), encoding: .utf8).split(
      separator: "\n"
    ).map { try JSONDecoder().decode(Expected.self, from: Data($0.utf8)) }.filter { $0.codes == ["letter.examined"] }
    let got = Dictionary(uniqueKeysWithValues: try decisions("tickets.csv", code: 0).map { ($0.ticket, $0) })
    #expect(wanted.count == 47)
    for one in wanted {
      let line = try #require(got[one.ticket], "\(one.ticket)")
      let codes = line.findings.filter { $0.verdict != "satisfied" }.map(\.code)
      switch one.outcome {
      case "accepted": #expect(line.outcome == "review", "\(one.ticket): \(codes)")
      default: #expect(["incomplete", "review"].contains(line.outcome), "\(one.ticket): \(codes)")
      }
    }
  }

  @Test("The report shows a person the seal that is in doubt: its red ink alone, all of the place with --reveal")
  func crops() throws {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    let scratch = try Scratch()
    let table = try String(contentsOf: folder.appending(path: "tickets.csv"), encoding: .utf8)
    let rows = table.split(separator: "\r\n", omittingEmptySubsequences: true)
    let kept = rows.prefix(1) + rows.filter { $0.hasPrefix("JD-2026-0102") }
    try scratch.write("one.csv", kept.joined(separator: "\r\n") + "\r\n")
    // Tesseract reads no names for certain, so the seal stays in doubt.
    try scratch.write("tesseract.yaml", "ocr: { engine: tesseract }\n")
    func pictures(_ more: String...) throws -> [Substring] {
      let result = try Program.run(
        ["validate", "one.csv", "--attachments", folder.appending(path: "attachments").path, "--quiet"]
          + ["--config", "tesseract.yaml", "--report", "page.html"] + more, in: scratch.folder)
      #expect(result.code == 0, "\(result.error)")
      return try scratch.read("page.html").split(separator: "src=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    }
    let masked = try pictures()
    let whole = try pictures("--reveal")
    #expect(masked.count == 1 && masked[0].hasPrefix("data:image/png;base64,iVBOR"))
    #expect(whole.count >= 1 && !whole.contains(masked[0]))
  }

  @Test("With the recogniser a whole letter is accepted, and one with another company's seal is sent back")
  func reading() throws {
    let folder = Program.root.appending(path: "Samples/jdcloud")
    let scratch = try Scratch()
    let table = try String(contentsOf: folder.appending(path: "tickets.csv"), encoding: .utf8)
    let rows = table.split(separator: "\r\n", omittingEmptySubsequences: true)
    let wanted = ["JD-2026-0101": "accepted", "JD-2026-0129": "incomplete"]
    let kept = rows.prefix(1) + rows.filter { row in wanted.keys.contains { row.hasPrefix($0) } }
    try scratch.write("two.csv", kept.joined(separator: "\r\n") + "\r\n")
    let result = try Program.run(
      "validate", "two.csv", "--attachments", folder.appending(path: "attachments").path, "--output", "-", "--quiet",
      in: scratch.folder)
    let lines = try result.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(Dictionary(uniqueKeysWithValues: lines.map { ($0.ticket, $0.outcome) }) == wanted)
    #expect(lines.last?.findings.contains { $0.code == "letter.seal.company.mismatch" } ?? false)
  }

  /// What only a ticket system's own export can say of a ticket.
  private func systemCodes() throws -> Set<String> {
    let scratch = try Scratch()
    let standings = [
      ("open", "[]"), ("deleted", "[]"), ("suspended", "[]"), ("closed", "[\"closed_by_merge\"]"), ("open", "[]"),
    ]
    let tickets = standings.enumerated().map { index, ticket in
      """
      {"id":\(index + 1),"requester_id":1,"custom_fields":[],"subject":"注销账号","description":"请注销账号",
       "status":"\(ticket.0)","tags":\(ticket.1),"created_at":"2026-01-02T03:04:05Z"}
      """
    }
    try scratch.write("x/page1.json", "{\"tickets\":[\(tickets.joined(separator: ","))],\"end_of_stream\":true}")
    try scratch.write(
      "x/comments/5.json",
      "{\"comments\":[{\"author_id\":1,\"body\":\"请注销账号\"},{\"author_id\":7,\"body\":\"好的\"}]}")
    let result = try Program.run("validate", scratch.path("x"), "--output", "-", "--quiet", in: scratch.folder)
    return Set(
      try result.lines.flatMap { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).findings.map(\.code) })
  }

  /// What columns and cells of other exports than the samples say.
  private func columnCodes() throws -> Set<String> {
    let scratch = try Scratch()
    let said = "账号与认证,本人已阅读并同意《京东云账户注销须知》，请注销账号。,个人实名"
    try scratch.write("absent.csv", "工单编号,服务分类,问题描述,实名类型\nT-1,\(said)\n")
    try scratch.write(
      "odd.csv", "工单编号,服务分类,问题描述,实名类型,客户账号,工单状态,联系电话,手机\nT-2,\(said),-,流程走完已关,13800138000,13900139000\n")
    let remarks = [
      "账户余额还有200元。", "账号有2台云主机。", "我是云市场服务商。", "账号下有备案。", "账号欠费未结清。", "我填的手机13800138000已停用。",
      "邮箱desk@example.com已经登录不上了。",
    ]
    try scratch.write(
      "said.csv",
      Export.csv(
        remarks.enumerated().map { Export.row("T-\($0 + 3)", body: "本人已阅读并同意《京东云账户注销须知》，请注销账号。\($1)") }))
    try scratch.write(
      "tencent.csv",
      "工单编号,服务分类,问题描述,实名类型,客户账号,安全手机\nT-1,账号与认证,本人已阅读并同意《腾讯云账号注销协议》，请注销账号。安全手机138****8000已停用，收不到短信。,未实名,tc_1,138****8000\n"
    )
    let output = ["--output", "-", "--quiet"]
    let lines =
      try Program.run(["validate", "absent.csv", "odd.csv", "said.csv"] + output, in: scratch.folder).lines
      + Program.run(["validate", "tencent.csv", "--policy", "tencentcloud"] + output, in: scratch.folder).lines
    return Set(try lines.flatMap { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).findings.map(\.code) })
  }

  @Test("Every outcome and every finding code appears in the samples")
  func codes() throws {
    var outcomes: Set<String> = []
    var codes: Set<String> = []
    for (name, _, code) in Self.exports {
      for line in try decisions(name, code: code) {
        outcomes.insert(line.outcome)
        codes.formUnion(line.findings.map(\.code))
      }
    }
    codes.formUnion(try TencentExport.decide().lines.flatMap { $0.findings.map(\.code) })
    codes.formUnion(try systemCodes())
    codes.formUnion(try columnCodes())
    #expect(outcomes == ["accepted", "incomplete", "ineligible", "review", "withdrawn", "out_of_scope"])
    let page = try String(contentsOf: Program.root.appending(path: "docs/finding-codes.md"), encoding: .utf8)
    let documented = Set(page.matches(of: /`([a-z_]+(\.[a-z_]+)+)`/).map { String($0.1) })
    #expect(documented.count > 60)
    // What is seen of a letter depends on the recogniser; each of those codes has its case with the rules.
    // What happens between a plan and its application, or between two exports, is in no export.
    let elsewhere = ["letter.", "attachment.", "plan.", "record.passed"]
    let missing = documented.subtracting(codes).filter { code in !elsewhere.contains { code.hasPrefix($0) } }
    #expect(missing.isEmpty, "no sample for \(missing.sorted())")
  }

  @Test("Help of every command reads well enough to start from: synopsis, purpose, options")
  func help() throws {
    for command in [
      "validate", "run", "deliver", "status", "show", "read", "inspect", "check", "evaluate", "ingest", "policy",
      "template",
      "init",
      "doctor",
    ] {
      let result = try Program.run(command, "--help")
      #expect(result.code == 0)
      #expect(result.out.contains("USAGE: closedesk \(command)"))
      #expect(result.out.contains("OVERVIEW:"))
    }
  }

  @Test("init writes a configuration that works, and never over a file")
  func initialise() throws {
    let scratch = try Scratch()
    #expect(try Program.run("init", in: scratch.folder).code == 0)
    let text = try scratch.read("closedesk.yaml")
    #expect(try Program.run("init", in: scratch.folder).code == 73)
    #expect(try scratch.read("closedesk.yaml") == text)
    try scratch.write("export.csv", Export.accepted(1))
    #expect(try Program.run("validate", "export.csv", in: scratch.folder).code == 0)
    let doctor = try Program.run("doctor", "--offline", in: scratch.folder)
    #expect(doctor.code == 78)
    #expect(doctor.out.contains("webhook.url is not set"))
  }

  @Test("doctor is content with a set-up that works and names the mend of one that does not")
  func doctor() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let good = try desk.run("doctor", "--now", "2026-06-01T09:00:00+08:00")
    #expect(good.code == 0, "\(good.out)\(good.error)")
    #expect(!good.out.contains("BAD"))
    receiver.stop()
    let bad = try desk.run("doctor")
    #expect(bad.code == 78)
    #expect(bad.out.contains("BAD   webhook"))
    // The calendar of the year to come is asked for in time.
    #expect(try desk.run("doctor", "--offline", "--now", "2026-12-20T09:00:00+08:00").out.contains("cn-2027.yaml"))
  }

  @Test("doctor finds a place in which there can be no ledger, or none that is written, before a run does")
  func doctorLedger() throws {
    let desk = try Desk()
    func ledger(_ path: String) throws -> Program.Result {
      try Program.run(["doctor", "--offline", "--config", desk.config], environment: ["CLOSEDESK_LEDGER": path])
    }
    try desk.scratch.write("file", "")
    for (path, words) in [
      ("file/ledger.sqlite", "no folder"), ("file/state/ledger.sqlite", "no folder"), ("", "is a folder"),
      ("file", "is empty"),
    ] {
      let result = try ledger(desk.scratch.path(path))
      #expect(result.code == 78 && result.out.contains("BAD   ledger"), "\(path): \(result.out)")
      #expect(result.out.contains(words), "\(path): \(result.out)")
    }
    #expect(try ledger(desk.scratch.path("new/ledger.sqlite")).out.contains("ok    ledger"))
  }

  @Test("A ticket system's JSON export in a ZIP: its attachments are found in it, and those that are not are counted")
  func archivedSystem() throws {
    let scratch = try Scratch()
    try scratch.write(
      "export/tickets.json",
      """
      {"tickets":[{"tags":[],"custom_fields":[],"via":{"channel":"api"},"submitter_id":11,"requester_id":11,"status":"open",
        "created_at":"2026-07-13T05:06:07Z","updated_at":"2026-07-13T05:06:07Z","subject":"注销","description":"请注销",
        "id":5}],"end_of_stream":true}
      """)
    try scratch.write("export/users.json", #"{"users":[{"id":11,"role":"end-user","email":"a@example.com"}]}"#)
    try scratch.write(
      "export/comments/5.json",
      """
      {"comments":[{"id":1,"author_id":11,"body":"请注销","public":true,"created_at":"2026-07-13T05:06:07Z",
        "attachments":[{"id":7,"file_name":"a.pdf"},{"id":8,"file_name":"b.png"}]}],"next_page":null,"count":1}
      """)
    try scratch.write("export/attachments/5/a.pdf", "%PDF-1.4")
    func validate(_ archive: String, _ names: String...) throws -> Program.Result {
      let zip = Process()
      zip.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      zip.currentDirectoryURL = URL(fileURLWithPath: scratch.path("export"))
      zip.arguments = ["-m", "zipfile", "-c", "../" + archive, "tickets.json", "users.json", "comments"] + names
      try zip.run()
      zip.waitUntilExit()
      return try Program.run("validate", scratch.path(archive), "--output", scratch.path(archive + ".jsonl"))
    }
    let lacking = try validate("lacking.zip", "attachments")
    #expect(
      lacking.code == 0 && lacking.error.contains("1 attachments that tickets list are not there"), "\(lacking.error)")
    try scratch.write("export/attachments/5/0_b.png", "PNG")
    let whole = try validate("whole.zip", "attachments")
    #expect(whole.code == 0 && whole.error.contains("Zendesk, 1 tickets"), "\(whole.error)")
    #expect(!whole.error.contains("INCOMPLETE"), "\(whole.error)")
    // The files count with their contents, as those of a folder do.
    let folder = try Program.run(
      "validate", scratch.path("export/tickets.json"), "--output", scratch.path("folder.jsonl"))
    #expect(folder.code == 0)
    #expect(try scratch.read("whole.zip.jsonl") == scratch.read("folder.jsonl"))
    #expect(try scratch.read("lacking.zip.jsonl") != scratch.read("folder.jsonl"))
  }

  @Test("check answers one JSON line a value")
  func check() throws {
    let phones = try Program.run("check", "phone", "13800138000", "1381234")
    #expect(phones.code == 0)
    #expect(phones.lines.count == 2)
    #expect(phones.lines[0] == #"{"value":"13800138000","valid":true,"normalised":"+8613800138000","why":null}"#)
    #expect(phones.lines[1].contains(#""valid":false"#))
    let due = try Program.run("check", "due", "2026-09-30", "--days", "3")
    #expect(
      due.out.contains("2026-10-10T18:00:00+08:00") || due.out.contains("2026-10-12T18:00:00+08:00"), "\(due.out)")
    #expect(try Program.run("check", "due", "2026-12-31", "--days", "3").code == 65)
    let late = try Program.run("check", "due", "2026-11-20T16:00:00Z", "--days", "1")
    #expect(late.out.contains(#""due":"2026-11-23T18:00:00+08:00""#), "\(late.out)")
    let numbers = try Program.run("check", "resident-id", "31010419880415003x", "310104198804150049", "310104880415004")
    #expect(
      numbers.lines.map { $0.contains(#""valid":true"#) } == [true, false, false]
        && numbers.lines[0].contains(#""normalised":"31010419880415003X""#)
        && numbers.lines[1].contains(#""normalised":null,"why":"校验位"#)
        && numbers.lines[2].contains(#""normalised":"310104198804150048""#))
    // Nobody is born tomorrow: the day is the system's.
    let unborn = try Program.run("check", "resident-id", "110101210101010017", "110101209901010017")
    #expect(unborn.lines.allSatisfy { $0.contains("晚于今天") }, "\(unborn.out)")
  }

  @Test("read answers with the shape of the contract, and masks")
  func read() throws {
    let result = try Program.run(
      "read", "-", input: "本人已阅读并同意《京东云账户注销须知》。电话 13800138000，邮箱 desk@example.com")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.out.hasPrefix(#"{"schema":"closedesk.reading/1","id":null,"policy":"jdcloud@"#))
    #expect(result.out.contains(#""label":"consented","code":"consent.satisfied""#))
    #expect(!result.out.contains("13800138000") && !result.out.contains("desk@example.com"))
    let scratch = try Scratch()
    try scratch.write(
      "lines.jsonl",
      """
      {"id":"a","text":"不同意《京东云账户注销须知》","provider":"jdcloud"}
      {"id":"b","text":"请注销"}
      """)
    let lines = try Program.run("read", "--lines", scratch.path("lines.jsonl"))
    #expect(lines.lines.count == 2)
    #expect(lines.lines[0].contains(#""id":"a""#) && lines.lines[0].contains("not_consented"))
  }

  @Test("Standard input, a closed pipe and an empty folder of attachments are ordinary")
  func pipes() throws {
    let result = try Program.run("validate", "-", "--json", input: Export.accepted(3))
    #expect(result.code == 0, "\(result.error)")
    #expect(result.out.contains("\"accepted\":3"))
    let scratch = try Scratch()
    try scratch.write("export.csv", Export.accepted(2000))
    try FileManager.default.createDirectory(at: scratch.url("files"), withIntermediateDirectories: true)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c",
      "'\(Program.path("closedesk"))' validate '\(scratch.path("export.csv"))' --attachments '\(scratch.path("files"))' --output - --quiet 2>'\(scratch.path("error"))' | head -n 1 >/dev/null",
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(try scratch.read("error") == "")
  }

  @Test("A ticket system's export on standard input is read with its map, never as a table")
  func systemOnStandardInput() throws {
    let scratch = try Scratch()
    try scratch.write(
      "closedesk.yaml", "input:\n  columns:\n    id: ticket\n    subject: category\n    description: body\n")
    let page = """
      {"tickets":[{"id":5,"requester_id":11,"submitter_id":11,"status":"closed","via":{"channel":"web"},"custom_fields":[],
       "created_at":"2026-03-04T05:06:07Z","updated_at":"2026-03-04T06:00:00Z","subject":"账号与认证","tags":[],
       "description":"本人已阅读并同意《京东云账户注销须知》，请注销账号。"}],"end_of_stream":true}
      """
    let result = try Program.run(
      "ingest", "--json", "-", "--config", scratch.path("closedesk.yaml"), input: page)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("-: Zendesk"), "\(result.error)")
    let line = try #require(result.lines.first)
    #expect(result.lines.count == 1 && line.contains(#""closed":true,"partial":true"#), "\(line)")
  }

  @Test("ingest --json gives one normalised ticket a line")
  func ingest() throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", Export.accepted(1))
    let result = try Program.run("ingest", "--json", scratch.path("export.csv"))
    #expect(
      result.lines == [
        #"{"ticket":"T-1","subject":"申请注销账号","requester_email":"desk@example.com","created_at":"2026-11-18T10:00:00+08:00","category":"账号与认证","body":"本人已阅读并同意《京东云账户注销须知》，请注销账号。","attachments":[],"status":"待处理","account":"jd_demo_01","applicant_kind":"个人实名","contact_email":"desk@example.com","contact_phone":"13800138000","updated_at":null,"disposition":"ticket","closed":false,"partial":false,"messages":[]}"#
      ])
  }
}
