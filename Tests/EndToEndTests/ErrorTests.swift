import Foundation
import Testing

@Suite("Bad input: what, where, how to mend, and the exit code of the contract")
struct ErrorTests {
  private let scratch = try? Scratch()

  @Test("A missing file exits 66")
  func missing() throws {
    let result = try Program.run("validate", "/nonexistent/export.csv")
    #expect(result.code == 66)
    #expect(result.error.contains("/nonexistent/export.csv"))
  }

  @Test("What is no export exits 65 and says what was seen and what is supported")
  func noExport() throws {
    let scratch = try #require(scratch)
    try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).write(to: scratch.url("export.csv"))
    let picture = try Program.run("validate", scratch.path("export.csv"))
    #expect(picture.code == 65)
    #expect(picture.error.contains("PNG"))
    #expect(picture.error.contains("CSV"))
    try scratch.write("empty.csv", "")
    #expect(try Program.run("validate", scratch.path("empty.csv")).code == 65)
  }

  @Test("Unknown columns exit 65, named, with the lines to add")
  func columns() throws {
    let scratch = try #require(scratch)
    try scratch.write("export.csv", "流水,说明\r\n1,请注销\r\n")
    let result = try Program.run("validate", scratch.path("export.csv"))
    #expect(result.code == 65)
    #expect(result.error.contains("流水"))
    #expect(result.error.contains("columns:"))
    try scratch.write(
      "closedesk.yaml", "input:\n  columns:\n    流水: ticket\n    说明: body\n    类: category\n")
    try scratch.write("export.csv", "流水,说明,类\r\nA1,请注销账号,账号与认证\r\n")
    let mapped = try Program.run(
      "validate", scratch.path("export.csv"), "--config", scratch.path("closedesk.yaml"), "--json")
    #expect(mapped.code == 0, "\(mapped.error)")
  }

  @Test("A row that cannot be read is named, the others are decided, the run exits 2 and the counts reconcile")
  func rows() throws {
    let scratch = try #require(scratch)
    try scratch.write(
      "export.csv",
      Export.csv([Export.row("T-1"), "T-2,账号与认证,只有三列", Export.row(""), Export.row("T-4"), Export.row("T-1")]))
    let result = try Program.run(
      "validate", scratch.path("export.csv"), "--json", "--output", scratch.path("out.jsonl"))
    #expect(result.code == 2)
    for row in ["row 3", "row 4", "row 6"] { #expect(result.error.contains(row), "\(result.error)") }
    #expect(result.out.contains("\"rows\":5,\"decided\":2"))
    #expect(try scratch.read("out.jsonl").split(separator: "\n").count == 2)
  }

  @Test(
    "A mistake in the configuration exits 78 with file and line",
    arguments: [
      ("polcy: jdcloud\n", ":1"), ("policy: jdcloud\nwebhook:\n  timeout: soon\n", ":3"),
      ("policy: jdcloud\nwebhook: { mode: loud }\n", ":2"), ("policy: [a\n", "YAML"),
      ("webhook:\n  url: a\n  url: b\n", ":2: the key `url` stands twice"), ("policy: nosuch\n", "nosuch"),
    ])
  func configuration(_ text: String, _ place: String) throws {
    let scratch = try Scratch()
    try scratch.write("closedesk.yaml", text)
    try scratch.write("export.csv", Export.accepted(1))
    let result = try Program.run("validate", scratch.path("export.csv"), "--config", scratch.path("closedesk.yaml"))
    #expect(result.code == 78, "\(result.error)")
    #expect(result.error.contains(place), "\(result.error)")
  }

  @Test("A mistake in a policy exits 78 with file and line")
  func policy() throws {
    let scratch = try #require(scratch)
    let shipped = try Program.run("policy", "show", "jdcloud", "--raw").out
    try scratch.write("own.yaml", shipped.replacing("version:", with: "vresion:"))
    let result = try Program.run("policy", "check", scratch.path("own.yaml"))
    #expect(result.code == 78)
    #expect(result.error.contains("own.yaml:"))
    #expect(result.error.contains("vresion"))
  }

  @Test("An unknown placeholder in a template exits 78 with file and line")
  func template() throws {
    let scratch = try #require(scratch)
    let name = "replies/zh-CN/jdcloud/incomplete.txt"
    let shipped = try String(contentsOf: Program.root.appending(path: "Templates/\(name)"), encoding: .utf8)
    try scratch.write(name, shipped + "\n{{nosuchthing}}\n")
    let result = try Program.run("template", "check", "--templates", scratch.folder.path)
    #expect(result.code == 78)
    #expect(result.error.contains("nosuchthing"))
    #expect(result.error.contains("incomplete.txt:"))
  }

  @Test("A place that cannot be written to exits 73, before the first ticket")
  func output() throws {
    let scratch = try #require(scratch)
    try scratch.write("export.csv", Export.accepted(1))
    #expect(try Program.run("validate", scratch.path("export.csv"), "--output", "/dev/null/x.jsonl").code == 73)
    let desk = try Desk()
    try desk.scratch.write("file", "")
    let result = try Program.run(
      ["run", scratch.path("export.csv"), "--config", desk.config],
      environment: ["CLOSEDESK_LEDGER": desk.scratch.path("file") + "/ledger.sqlite"])
    #expect(result.code == 73 || result.code == 74, "\(result.code) \(result.error)")
  }

  @Test("A ledger that is no database exits 74 and is left as it is")
  func ledger() throws {
    let desk = try Desk()
    let garbage = String(repeating: "this is no database\n", count: 500)
    try desk.scratch.write("state/ledger.sqlite", garbage)
    try desk.scratch.write("export.csv", Export.accepted(1))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 74)
    #expect(try desk.scratch.read("state/ledger.sqlite") == garbage)
  }

  @Test("Wrong usage exits 64")
  func usage() throws {
    #expect(try Program.run("validate").code == 64)
    #expect(try Program.run("validate", "x.csv", "--nosuch").code == 64)
    #expect(try Program.run("validate", "x.csv", "--format", "pdf").code == 64)
  }

  @Test("A run without a secret, with a plain http address, or with a redirect target says what to mend")
  func webhook() throws {
    let desk = try Desk()
    try desk.scratch.write("export.csv", Export.accepted(1))
    try desk.scratch.write("closedesk.yaml", "webhook:\n  url: https://tickets.example.com/x\n")
    let secret = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(secret.code == 78)
    #expect(secret.error.contains("secret_file"))
    try desk.scratch.write("closedesk.yaml", "webhook:\n  url: http://tickets.example.com/x\n  secret_file: ./secret\n")
    let plain = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(plain.code == 78)
    #expect(plain.error.contains("http"))
    #expect(!desk.scratch.exists("closedesk.sqlite"))
  }
}
