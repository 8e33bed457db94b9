import Foundation
import Testing

@Suite("report: a page of the ledger or of decision files")
struct ReportTests {
  /// T-1 is accepted and answered, T-2 has no statement, T-3 is left to people.
  private func desk() throws -> (Desk, Receiver) {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write(
      "export.csv",
      Export.csv([
        Export.row("T-1"), Export.row("T-2", body: "请注销账号。"),
        Export.row("T-3", body: "本人已阅读并同意《京东云账户注销须知》，但请先退款再注销。"),
      ]))
    let result = try desk.run("run", desk.scratch.path("export.csv"), "--output", desk.scratch.path("d.jsonl"))
    #expect(result.code == 0, "\(result.error)")
    return (desk, receiver)
  }

  @Test("Of the ledger: each ticket's last decision, its reasons and what became of the reply; nothing unmasked")
  func ledger() throws {
    let (desk, receiver) = try desk()
    let page = desk.scratch.path("pages/{date}.html")
    let result = try desk.run("report", "--report", page, "--json", "--now", "2026-11-23T09:00:00+08:00")
    #expect(result.code == 0, "\(result.error)")
    #expect(
      result.out.contains(#""decided":3,"outcomes":{"accepted":1,"incomplete":1,"ineligible":0,"review":1"#),
      "\(result.out)")
    let html = try desk.scratch.read("pages/2026-11-23.html")
    for text in ["T-1", "回复已送达", "决定于 20", "consent.missing", "先退款再注销", "jdcloud@"] {
      #expect(html.contains(text), "\(text)")
    }
    #expect(!html.contains("13800138000"))
    // --until takes whole seconds: the moment between the two runs must be one.
    usleep(1_100_000)
    let between = Date().formatted(.iso8601)
    // A ticket that was decided anew stands there once, as it is now.
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-2")]))
    let later = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(later.code == 0, "\(later.error)")
    let again = try desk.run("report", "--report", page, "--json", "--now", "2026-11-23T09:00:00+08:00")
    #expect(again.out.contains(#""decided":3,"outcomes":{"accepted":2,"incomplete":0"#), "\(again.out)")
    // What was the last word in a period.
    let before = try desk.run("report", "--report", page, "--json", "--until", between)
    #expect(before.out.contains(#""decided":3,"outcomes":{"accepted":1,"incomplete":1"#), "\(before.out)")
    let since = try desk.run("report", "--report", page, "--json", "--since", between)
    #expect(since.out.contains(#""decided":1,"outcomes":{"accepted":1"#), "\(since.out)")
    let none = try desk.run("report", "--report", page, "--until", "2020-01-01")
    #expect(none.code == 0 && none.out.contains("共 0 行"), "\(none.out)")
    let one = try desk.run("report", "--report", page, "--outcome", "review")
    #expect(one.code == 0 && one.out.contains("共 1 行"), "\(one.out)")
    #expect(try receiver.arrivals().map(\.ticket).sorted() == ["T-1", "T-2", "T-2"])
  }

  @Test("Decision files give the same counts; lines that are none are named, and the rest is shown")
  func files() throws {
    let (desk, _) = try desk()
    let page = desk.scratch.path("page.html")
    let result = try Program.run("report", desk.scratch.path("d.jsonl"), "--report", page, "--json")
    #expect(result.code == 0 && result.out.contains(#""decided":3"#), "\(result.error)")
    let lines = try desk.scratch.read("d.jsonl")
    let damaged = "{\"a\":1}\n" + lines + "{\"schema\":\"closed"
    let mixed = try Program.run("report", "-", "--report", page, input: damaged)
    #expect(mixed.code == 2)
    #expect(mixed.error.contains("stdin, row 1:") && mixed.error.contains("stdin, row 5:"), "\(mixed.error)")
    let html = try desk.scratch.read("page.html")
    #expect(html.contains("T-3") && html.contains("stdin, row 1") && html.contains("5 行"))
  }

  @Test("A file that was written unmasked makes a masked page, accounts too, unless it is to be revealed")
  func unmasked() throws {
    let scratch = try Scratch()
    try scratch.write("t.csv", Export.csv([Export.row("T-1")]))
    let (lines, page) = (scratch.path("d.jsonl"), scratch.path("p.html"))
    let decided = try Program.run(
      "validate", scratch.path("t.csv"), "--reveal", "--output", lines, "--report", scratch.path("v.html"))
    #expect(decided.code == 0, "\(decided.error)")
    let personal = ["jd_demo_01", "13800138000", "desk@example.com"]
    for word in personal { #expect(try scratch.read("d.jsonl").contains(word), "\(word)") }
    for (flags, isShown) in [([], false), (["--reveal"], true)] {
      #expect(try Program.run(["report", lines, "--report", page] + flags).code == 0)
      let html = try scratch.read("p.html")
      for word in personal { #expect(html.contains(word) == isShown, "\(word)") }
    }
  }

  @Test("Nothing is replaced that is no page, and questions that cannot be answered are refused")
  func refused() throws {
    let (desk, _) = try desk()
    for (arguments, code) in [
      (["report", desk.scratch.path("none.jsonl"), "--report", desk.scratch.path("p.html")], 66),
      (["report", desk.scratch.path("d.jsonl"), "--since", "2026-11-21"], 64), (["report", "--since", "gestern"], 64),
      (["report", "--reveal"], 64),
      (["report", "--config", desk.config, "--report", desk.scratch.path("d.jsonl")], 73),
      (["report", desk.scratch.path("d.jsonl"), "--report", desk.scratch.path("d.jsonl")], 73),
    ] {
      let result = try Program.run(arguments, in: desk.scratch.folder)
      #expect(result.code == code, "\(arguments): \(result.error)")
      #expect(!result.error.isEmpty)
    }
    #expect(try desk.scratch.read("d.jsonl").hasPrefix(#"{"schema":"closedesk.decision/1""#))
  }

  @Test("Completions of each shell name the commands; bash takes its own", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let result = try Program.run("completions", shell)
    #expect(result.code == 0)
    for word in ["validate", "outbox", "require-complete"] { #expect(result.out.contains(word), "\(word)") }
    #expect(try Program.run("completions", "csh").code == 64)
    guard shell == "bash" else { return }
    let scratch = try Scratch()
    try scratch.write("closedesk.bash", result.out)
    let bash = Process()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.arguments = ["-n", scratch.path("closedesk.bash")]
    try bash.run()
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }
}
