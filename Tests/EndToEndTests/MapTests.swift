import ClosureModel
import Foundation
import Ingest
import Testing

@testable import closedesk

@Suite("Mapping columns at a terminal")
struct MapTests {
  private static let export = "流水,类目,正文,联系,备注\n7,账号与认证,我已阅读并同意注销须知，申请注销账号,13800138000,x\n"
  private static let again = "field, or Enter for "

  private func scratch(_ configuration: String?) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("a.csv", Self.export)
    if let configuration { try scratch.write("closedesk.yaml", configuration) }
    return scratch
  }

  @Test("Each column is asked for, a word that is no field is asked again, and the answer is written and replayed")
  func dialogue() throws {
    let scratch = try scratch(
      "# ours\npolicy: jdcloud # stays\ninput:\n  # the desk's\n  encoding: utf-8\nlocale: en\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: scratch.path("closedesk.yaml"))
    let done = try Terminal(
      ["map", "a.csv"], in: scratch.folder,
      dialogue: [
        (Self.again + "“ignore”: ", "number"), ("one of ", "ticket"), (Self.again + "“category”: ", ""),
        (Self.again + "“body”: ", ""), (Self.again + "“phone”: ", ""), (Self.again + "“ignore”: ", ""),
        ("write this to ", "y"),
      ])
    #expect(done.code == 0, "\(done.screen)")
    #expect(done.screen.contains("138******00"))
    #expect(!done.screen.contains("13800138000"))
    let text = try scratch.read("closedesk.yaml")
    for kept in ["# ours\npolicy: jdcloud # stays\n", "  # the desk's\n  encoding: utf-8\n", "locale: en\n"] {
      #expect(text.contains(kept), "\(text)")
    }
    #expect(text.contains("    \"流水\": ticket\n"))
    let rights = try FileManager.default.attributesOfItem(atPath: scratch.path("closedesk.yaml"))[.posixPermissions]
    #expect(rights as? Int == 0o640)

    let same = try Program.run("ingest", "a.csv", "--json", in: scratch.folder)
    #expect(same.code == 0 && same.out.contains("\"ticket\":\"7\""), "\(same.error)")
    // Another order of the same columns is the same header.
    try scratch.write("moved.csv", "类目,流水,备注,正文,联系\n账号与认证,8,x,请注销账号,13800138000\n")
    let moved = try Program.run("ingest", "moved.csv", "--json", in: scratch.folder)
    #expect(moved.code == 0 && moved.out.contains("\"ticket\":\"8\""), "\(moved.error)")
    try scratch.write("changed.csv", "流水,类目,正文,手机,备注\n7,账号与认证,请注销账号,13800138000,x\n")
    for command in ["ingest", "validate", "run"] {
      let changed = try Program.run(command, "changed.csv", in: scratch.folder)
      #expect(changed.code == 65)
      #expect(changed.error.contains("new: “手机”; gone: “联系”"), "\(changed.error)")
    }
    #expect(!scratch.exists("closedesk.sqlite"))
    // Mapped again, the old mapping goes.
    let anew = try Terminal(
      ["map", "changed.csv"], in: scratch.folder,
      dialogue: [
        (Self.again + "“ticket”: ", ""), (Self.again + "“category”: ", ""), (Self.again + "“body”: ", ""),
        (Self.again + "“phone”: ", ""), (Self.again + "“ignore”: ", ""), ("write this to ", "是"),
      ])
    #expect(anew.code == 0, "\(anew.screen)")
    let second = try scratch.read("closedesk.yaml")
    #expect(!second.contains("联系") && second.contains("\"手机\": phone"), "\(second)")
    #expect(second.components(separatedBy: "header_sha256").count == 2)
    #expect(try Program.run("ingest", "changed.csv", in: scratch.folder).code == 0)
  }

  @Test("Whoever does not say yes changes nothing", arguments: ["", "n", "\u{4}"])
  func declined(_ answer: String) throws {
    let before = "policy: jdcloud\n"
    let scratch = try scratch(before)
    let asked = [(Self.again + "“ignore”: ", "ticket")] + Array(repeating: (Self.again, ""), count: 4)
    let done = try Terminal(["map", "a.csv"], in: scratch.folder, dialogue: asked + [("[y/N] ", answer)])
    #expect(done.code == 0)
    #expect(done.screen.contains("\"流水\": ticket"))
    #expect(try scratch.read("closedesk.yaml") == before)
  }

  @Test("Where there is no configuration, one is made")
  func fresh() throws {
    let scratch = try scratch(nil)
    let asked = [(Self.again + "“ignore”: ", "ticket")] + Array(repeating: (Self.again, ""), count: 4)
    let done = try Terminal(
      ["map", "a.csv"], in: scratch.folder, dialogue: asked + [("closedesk.yaml? [y/N] ", "yes")])
    #expect(done.code == 0, "\(done.screen)")
    #expect(try Program.run("ingest", "a.csv", in: scratch.folder).code == 0)
  }

  @Test(
    "A mapping goes into every form of configuration, and all else stays",
    arguments: [
      "", "policy: jdcloud\n", "policy: jdcloud", "input:\n", "input: # comment\n  encoding: utf-8\n",
      "input:\n  encoding: utf-8\n  columns:\n    a: ticket\n    # gone\n    b: body\n  header_sha256: 00\n  sheet: x\npolicy: p\n",
      "input:\n    encoding: utf-8\n    columns: { a: ticket }\n    sheet: x\npolicy: p\n",
      "input: { encoding: utf-8, columns: { \"a,b\": ticket }, sheet: \"x, {y}\" }\n",
      "input: { encoding: utf-8,\n  sheet: x } # why\npolicy: p\n", "input: {}\npolicy: p\n",
      "# top\nledger: ./l\n\ninput:\n\n  # note\n  encoding: utf-8\n\n# next\npolicy: p\n",
      "input:\r\n  encoding: utf-8\r\npolicy: p\r\n",
    ])
  func edit(_ text: String) throws {
    let lines = ConfigurationEdit.lines(
      names: ["编\"号\\", "# x: y", "正文"], fields: [.ticket, nil, .body], sha256: "ab")
    let edited = ConfigurationEdit.replacing(in: text, with: lines)
    let file = try SettingsFile(text: edited, file: "c.yaml")
    #expect(file.columns == ["编\"号\\": .ticket, "# x: y": .ignore, "正文": .body], "\(edited)")
    #expect(file.headerSHA256 == "ab")
    if text.contains("encoding") { #expect(file.encoding == .utf8, "\(edited)") }
    if text.contains("sheet: \"") {
      #expect(file.sheet == "x, {y}")
    } else if text.contains("sheet") {
      #expect(file.sheet == "x", "\(edited)")
    }
    #expect((file.policy != nil) == text.contains("policy"))
    for comment in ["# top", "# note", "# next", "# why", "# comment"] where text.contains(comment) {
      #expect(edited.contains(comment), "\(edited)")
    }
    #expect(!edited.contains("# gone"))
    // A second time changes nothing more.
    #expect(ConfigurationEdit.replacing(in: edited, with: lines) == edited)
  }
}
