import Foundation
import Testing

@Suite("review: people decide what the program left in doubt")
struct ReviewCommandTests {
  /// T-1 has a balance that the applicant waives: left to people by the policy. T-2 is in arrears and doubtful.
  private func desk() throws -> (Desk, Receiver) {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let waived = Export.row("T-1", body: "本人已阅读并同意《京东云账户注销须知》，请注销账号，余额放弃。", balance: "8.50")
    let unclear = Export.row("T-2", body: "本人已阅读并同意《京东云账户注销须知》，但请先退款再注销。")
    let arrears = unclear.replacing("T-2", with: "T-3").replacing(",0.00,0,", with: ",0.00,12.00,")
    try desk.scratch.write("export.csv", Export.csv([waived, unclear, arrears, Export.row("T-4")]))
    let result = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(result.code == 0, "\(result.error)")
    #expect(try receiver.arrivals().map(\.ticket) == ["T-4"])
    return (desk, receiver)
  }

  private func review(_ desk: Desk, _ arguments: String...) throws -> Program.Result {
    try Program.run(
      ["review"] + arguments + ["--input", desk.scratch.path("export.csv"), "--config", desk.config])
  }

  @Test("The queue names codes and reasons, masked")
  func list() throws {
    let (desk, _) = try desk()
    let result = try desk.run("review", "list", "--json")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.lines.count == 3)
    #expect(result.out.contains("condition.balance.waived") && result.out.contains("consent.delayed"))
    #expect(!result.out.contains("13800138000"))
    let text = try desk.run("review")
    #expect(text.out.contains("T-1") && text.out.contains("“"))
    #expect(try desk.run("review", "list", "--json", "--limit", "1").lines.count == 1)
  }

  @Test(
    "With today's export the queue says which tickets are no longer in it; a row that cannot be read counts as there")
  func gone() throws {
    let (desk, _) = try desk()
    let damaged = Export.row("T-2", body: "“").replacing("账号与认证", with: "账号与认证,多一格")
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1"), damaged, Export.row("T-9")]))
    let result = try review(desk, "list")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.lines.filter { $0.contains("not in the export") }.map { $0.prefix(3) } == ["T-3"], "\(result.out)")
    #expect(result.error.contains("1 of them not in the export"), "\(result.error)")
    let json = try review(desk, "list", "--json")
    #expect(
      json.lines.count { $0.contains(#""in_export":false"#) && $0.contains(#""ticket":"T-3""#) } == 1, "\(json.out)")
    #expect(json.lines.count { $0.contains(#""in_export":true"#) } == 2)
    #expect(try !desk.run("review", "list", "--json").out.contains("in_export"))
  }

  @Test("An accept is answered once, holds in later runs, and is shown with who and why")
  func accept() throws {
    let (desk, receiver) = try desk()
    let result = try review(desk, "accept", "T-1", "--why", "waiver confirmed")
    #expect(result.code == 0, "\(result.error)")
    #expect(try desk.run("deliver").code == 0)
    for _ in 0..<2 { #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0) }
    #expect(try receiver.arrivals().filter { $0.ticket == "T-1" }.map(\.outcome) == ["accepted"])
    #expect(try desk.run("review", "list", "--json").lines.count == 2)
    // What a person decided is what the run tells of the ticket.
    let later = try desk.run("run", desk.scratch.path("export.csv"), "--json", "--output", desk.scratch.path("d.jsonl"))
    #expect(later.out.contains(#""accepted":2"#) && later.out.contains(#""review":2"#), "\(later.out)")
    let lines = try String(contentsOfFile: desk.scratch.path("d.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(lines.contains { $0.contains(#""ticket":"T-1""#) && $0.contains(#""outcome":"accepted""#) })
    let history = try desk.run("show", "T-1")
    #expect(history.out.contains("accept (accepted)") && history.out.contains("waiver confirmed"))
    #expect(try review(desk, "accept", "T-1", "--why", "again").code == 65)
  }

  @Test("No reason makes a blocking condition good, nor an accept without a reason")
  func blocked() throws {
    let (desk, receiver) = try desk()
    let result = try review(desk, "accept", "T-3", "--why", "the boss says so")
    #expect(result.code == 65)
    #expect(result.error.contains("condition.arrears"))
    #expect(try review(desk, "accept", "T-1", "--why", "  ").code == 64)
    #expect(try review(desk, "accept", "T-1").code == 64)
    #expect(try review(desk, "accept", "T-77", "--why", "x").code == 66)
    #expect(try desk.run("review", "list", "--json").lines.count == 3)
    #expect(try desk.run("deliver").code == 0)
    #expect(try receiver.arrivals().count == 1)
  }

  @Test("ask and reject send what the codes name; a code that does not fit is refused")
  func ask() throws {
    let (desk, receiver) = try desk()
    #expect(try review(desk, "ask", "T-2", "--code", "condition.arrears", "--why", "x").code == 64)
    #expect(try review(desk, "ask", "T-2", "--code", "scope.closing", "--why", "x").code == 64)
    #expect(try review(desk, "ask", "T-2", "--code", "consent.conditional", "--why", "wants money first").code == 0)
    #expect(try review(desk, "reject", "T-3", "--code", "consent.conditional", "--why", "x").code == 64)
    #expect(try review(desk, "reject", "T-3", "--code", "condition.arrears", "--why", "billing confirms").code == 0)
    #expect(try desk.run("deliver").code == 0)
    let arrived = try receiver.arrivals()
    #expect(arrived.filter { $0.ticket == "T-2" }.map(\.outcome) == ["incomplete"])
    #expect(arrived.filter { $0.ticket == "T-3" }.map(\.outcome) == ["ineligible"])
    #expect(try desk.run("show", "T-2").out.contains("京东云账户注销须知"))
  }

  @Test("A code that does not exist is told with those like it and where they are listed, in a few lines; exit 64")
  func unknownCode() throws {
    let (desk, _) = try desk()
    for (wrong, meant) in [
      ("letter.seal.mising", "letter.seal.missing"), ("LETTER.SEAL.MISSING", "letter.seal.missing"),
      ("seal_missing", "letter.seal.missing"), ("arrears", "condition.arrears"), ("WRONG", ""),
    ] {
      for command in ["ask", "reject"] {
        let result = try review(desk, command, "T-2", "--code", wrong, "--why", "x")
        #expect(result.code == 64)
        for part in ["“\(wrong)”", "closedesk review codes", "docs/finding-codes.md", meant] where !part.isEmpty {
          #expect(result.error.contains(part), "\(result.error)")
        }
        #expect(result.error.split(separator: "\n").count < 6, "\(result.error)")
      }
    }
    let unfit = try review(desk, "ask", "T-2", "--code", "condition.arrears", "--why", "x")
    #expect(unfit.code == 64 && unfit.error.contains("closedesk review codes"), "\(unfit.error)")
  }

  @Test("`review codes` lists what ask and reject can name, and each of them can be named")
  func codes() throws {
    let (desk, _) = try desk()
    let listed = try desk.run("review", "codes")
    #expect(listed.code == 0)
    #expect(listed.lines.contains { $0.hasPrefix("ask     letter.seal.missing") }, "\(listed.out)")
    #expect(listed.lines.contains { $0.hasPrefix("reject  condition.arrears ") }, "\(listed.out)")
    #expect(!listed.out.contains("scope.") && !listed.out.contains(".satisfied") && !listed.out.contains("identity."))
    let some = try desk.run("review", "codes", "contact.")
    #expect(some.lines.count > 3 && some.lines.allSatisfy { $0.hasPrefix("ask     contact.") })
  }

  @Test("A ticket that changed since is not decided by an old word")
  func changed() throws {
    let (desk, receiver) = try desk()
    let text = try desk.scratch.read("export.csv").replacing("余额放弃", with: "余额请退回")
    try desk.scratch.write("export.csv", text)
    let result = try review(desk, "accept", "T-1", "--why", "waiver confirmed")
    #expect(result.code == 65)
    #expect(result.error.contains("changed"))
    #expect(try receiver.arrivals().count == 1)
  }
}
