import Foundation
import Testing

@Suite("Files that a command must not replace")
struct OutputPlacesTests {
  private static let export = Export.csv([Export.row("T-1"), Export.row("T-2")])

  @Test(
    "Inputs, folders and one file twice are refused before anything is written",
    arguments: [
      ["--output", "export.csv"], ["--report", "export.csv"], ["--rejects", "export.csv"],
      ["--output", "./export.csv"],
      ["--output", "link.csv"], ["--output", "./"], ["--report", "."], ["--output", "same.x", "--report", "same.x"],
      ["--report", "notes.txt"], ["--output", "notes.txt"], ["--rejects", "notes.txt"], ["--report", "new/"],
      ["--output", "other.json"], ["--rejects", "sync.csv"],
    ])
  func refused(_ options: [String]) throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", Self.export)
    try scratch.write("notes.txt", "to be kept\n")
    try scratch.write("other.json", #"{"issues":[]}"#)
    try scratch.write("sync.csv", "sync_error,when\n")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link.csv"), withDestinationPath: scratch.path("export.csv"))
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted()
    let result = try Program.run(["validate", "export.csv"] + options, in: scratch.folder)
    #expect(result.code == 73 && result.error.contains(options[0]), "\(result.code) \(result.error)")
    #expect(try scratch.read("export.csv") == Self.export)
    #expect(try scratch.read("notes.txt") == "to be kept\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted() == before)
  }

  @Test("A file named as one on its way is left alone", arguments: ["--output", "--report", "--rejects"])
  func part(_ option: String) throws {
    let scratch = try Scratch()
    try scratch.write("e.csv.part", Self.export)
    let result = try Program.run(["validate", "e.csv.part", option, "e.csv"], in: scratch.folder)
    #expect(result.code == 0, "\(result.error)")
    #expect(try scratch.read("e.csv.part") == Self.export)
    #expect(scratch.exists("e.csv"))
  }

  @Test("What an earlier run wrote is replaced", arguments: ["export.csv", "export.json"])
  func again(_ name: String) throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", Self.export)
    let list = ["T-1", "T-2"].map { #"{"ticket_id":"\#($0)","body":"请注销账户","category":"账号与认证"}"# }
    try scratch.write("export.json", "[\(list.joined(separator: ","))]")
    for _ in 1...2 {
      let result = try Program.run(
        "validate", name, "--output", "d.jsonl", "--report", "r.html", "--rejects", "rejects", in: scratch.folder)
      #expect(result.code == 0, "\(result.error)")
    }
    #expect(try scratch.read("d.jsonl").split(separator: "\n").count == 2)
  }

  @Test(
    "The ledger, the configuration and a secret stay, and nothing is posted",
    arguments: ["state/ledger.sqlite", "closedesk.yaml", "secret", "state/ledger.sqlite-wal"])
  func kept(_ name: String) throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Self.export)
    #expect(try desk.run("run", desk.scratch.path("export.csv"), "--limit", "1").code == 0)
    let arrived = try receiver.arrivals().count
    let result = try desk.run("run", desk.scratch.path("export.csv"), "--output", desk.scratch.path(name))
    #expect(result.code == 73, "\(result.code) \(result.error)")
    #expect(try receiver.arrivals().count == arrived)
    #expect(try desk.run("status").code == 0)
  }

  @Test("A report that cannot be written stops a run before the first post")
  func report() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Self.export)
    let result = try desk.run(
      "run", desk.scratch.path("export.csv"), "--report", desk.scratch.path("export.csv/r.html"))
    #expect(result.code == 73, "\(result.code) \(result.error)")
    #expect(try receiver.arrivals().isEmpty)
  }

  @Test("A full disk on standard output is no success", arguments: [["status"], ["policy", "list"]])
  func full(_ command: [String]) throws {
    let desk = try Desk()
    try desk.run("run")
    let process = Program.process(command + (command == ["status"] ? ["--config", desk.config] : []))
    process.standardOutput = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
  }
}
