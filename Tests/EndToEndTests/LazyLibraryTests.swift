import Foundation
import Testing

@Suite("Libraries are loaded when they are needed, and missed by name")
struct LazyLibraryTests {
  private static let onDemand = [
    "libtesseract.so.5", "liblept.so.5", "libphonenumber.so.8", "libopencc.so.1.1", "libcurl.so.4",
  ]

  /// The libraries on demand that a run opens, as the loader says itself.
  private func opened(_ desk: Desk, _ arguments: String...) throws -> [String] {
    // Into files of the loader's own: a run's standard error stays what it was.
    let log = desk.scratch.path("loader")
    let result = try Program.run(
      arguments + ["--config", desk.config], environment: ["LD_DEBUG": "files", "LD_DEBUG_OUTPUT": log])
    #expect(result.code == 0, "\(arguments): \(result.error)")
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.scratch.folder.path)
    var text = ""
    for name in names where name.hasPrefix("loader.") {
      text += try desk.scratch.read(name)
      try FileManager.default.removeItem(at: desk.scratch.url(name))
    }
    #expect(text.contains("libsqlite3.so.0"), "the loader says nothing")
    return Self.onDemand.filter(text.contains)
  }

  @Test("Where there is nothing to do, none of them is opened")
  func idle() throws {
    let desk = try Desk()
    #expect(try opened(desk, "run") == [])
    for command in [["deliver"], ["status"], ["hold", "status"], ["outbox", "list"]] {
      #expect(try opened(desk, command) == [], "\(command)")
    }
  }

  private func opened(_ desk: Desk, _ arguments: [String]) throws -> [String] {
    switch arguments.count {
    case 1: try opened(desk, arguments[0])
    default: try opened(desk, arguments[0], arguments[1])
    }
  }

  @Test("A ticket's text opens those that read texts; a reply opens libcurl")
  func busy() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(1))
    #expect(
      try opened(desk, "validate", desk.scratch.path("export.csv")) == ["libphonenumber.so.8", "libopencc.so.1.1"])
    #expect(
      try opened(desk, "run", desk.scratch.path("export.csv"))
        == ["libphonenumber.so.8", "libopencc.so.1.1", "libcurl.so.4"])
  }

  @Test("A run without exports ends as before: the table, the ledger, the same JSON")
  func table() throws {
    let desk = try Desk()
    let run = try desk.run("run")
    #expect(run.code == 0, "\(run.error)")
    #expect(run.out.contains("accepted") && run.out.contains("ledger: 0 new, 0 unchanged"))
    let json = try desk.run("run", "--json").out
    #expect(json.hasPrefix(#"{"schema":"closedesk.summary/1","rows":0,"decided":0,"#), "\(json)")
    // Asked for by name, it is written all the same.
    #expect(try desk.run("run", "--output", desk.scratch.path("decisions.jsonl")).code == 0)
    #expect(desk.scratch.exists("decisions.jsonl"))
  }

  @Test("A run without exports leaves the day's report as it is")
  func report() throws {
    let desk = try Desk(more: "report: ./report.html\n")
    try desk.scratch.write("report.html", "<!doctype html> of the run with tickets")
    #expect(try desk.run("run").code == 0)
    #expect(try desk.scratch.read("report.html").contains("of the run with tickets"))
  }

  @Test("A configuration that is wrong is told also where there is nothing to do")
  func mistakes() throws {
    for url in [
      "http://tickets.example.com/hooks", "https://user:word@example.com/", "https://exa mple.com/", "ftp://x",
    ] {
      let desk = try Desk(url: "\"\(url)\"")
      let run = try desk.run("run")
      #expect(run.code == 78, "\(url): \(run.out)")
      #expect(run.error.contains("webhook.url"), "\(url): \(run.error)")
    }
    let desk = try Desk(more: "polcy: jdcloud\n")
    #expect(try desk.run("run").code == 78)
  }

  @Test(
    "A library that cannot be loaded is named, with the package to install",
    arguments: [
      ("libphonenumber.so.8", "libphonenumber8", ["validate", "EXPORT"], 78),
      ("libopencc.so.1.1", "libopencc1.1", ["validate", "EXPORT"], 78),
      ("libcurl.so.4", "libcurl4", ["run", "EXPORT", "--config", "CONFIG"], 0),
    ] as [(String, String, [String], Int32)])
  func missing(_ library: String, _ package: String, _ arguments: [String], _ code: Int32) throws {
    let desk = try Desk()
    try desk.scratch.write("export.csv", Export.accepted(1))
    // Found first, and no library. A reply that libcurl cannot take is kept and tried again.
    try desk.scratch.write("broken/\(library)", "")
    let places = ["EXPORT": desk.scratch.path("export.csv"), "CONFIG": desk.config]
    let result = try Program.run(
      arguments.map { places[$0] ?? $0 }, environment: ["LD_LIBRARY_PATH": desk.scratch.path("broken")])
    #expect(result.code == code, "\(result.error)")
    let said = result.error + result.out
    #expect(said.contains(library) && said.contains("apt-get install \(package)"), "\(said)")
  }

  @Test("Without Tesseract its worker answers what is missing; without leptonica the decoder says so and ends")
  func workers() throws {
    let scratch = try Scratch()
    try scratch.write("broken/libtesseract.so.5", "")
    try scratch.write("broken/liblept.so.5", "")
    let environment = ["LD_LIBRARY_PATH": scratch.path("broken")]
    let ocr = try Program.run(
      "ocr-worker", input: #"{"bytes":0,"id":"0","op":"info"}"# + "\n", environment: environment)
    #expect(ocr.out.contains("unavailable") && ocr.out.contains("apt-get install libtesseract5"), "\(ocr)")

    let decoder = try Program.run("decode-worker", environment: environment)
    #expect(decoder.code == 2 && decoder.error.contains("apt-get install liblept5"), "\(decoder)")
  }
}
