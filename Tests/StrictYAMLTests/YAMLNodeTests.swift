import StrictYAML
import Testing

@Suite("Strict YAML")
struct YAMLNodeTests {
  private func root(_ text: String, guide: String? = nil) throws -> YAMLNode {
    try YAMLNode.root(text, file: "a.yaml", guide: guide)
  }

  /// The mistake that `read` meets.
  private func mistake(_ text: String, _ read: (YAMLNode) throws(YAMLMistake) -> Void) throws -> YAMLMistake {
    try #require(throws: YAMLMistake.self) { try read(root(text)) }
  }

  @Test("A mistake has its file, line, way from the root and mend")
  func place() throws {
    let mistake = try mistake("a: 1\nb:\n  - c: x\n  - c: [y]\n") { root throws(YAMLMistake) in
      for item in try root.map(["a", "b"])("b").list() { _ = try item.map(["c"])("c").text() }
    }
    #expect(mistake.description == "a.yaml:4: `b[1].c` must be a text. Write one value after the colon.")
  }

  @Test("Unknown, missing and doubled keys are named with their line")
  func keys() throws {
    let unknown = try mistake("a: 1\nb:\n  c:\n    d: 1\n") { root throws(YAMLMistake) in
      _ = try root.map(["a", "b"])("b").map(optional: ["e", "f"])
    }
    #expect(unknown.description == "a.yaml:3: unknown key `b.c`. Known here: e, f.")
    let missing = try #require(throws: YAMLMistake.self) {
      try root("a: 1", guide: "docs/x.md").map(["a", "b"])
    }
    #expect(missing.description == "a.yaml:1: the key `b` is missing. Add `b:`; docs/x.md says what it means.")
    let twice = try mistake("a: 1\nb: 2\na: 3") { root throws(YAMLMistake) in _ = try root.map(["a", "b"]) }
    #expect(twice.what.contains("`a` stands twice"))
    // YAML itself takes a quoted and a plain key for two.
    let quoted = try mistake("a: 1\n!!str a: 2") { root throws(YAMLMistake) in _ = try root.pairs() }
    #expect(quoted.what.contains("`a` stands twice"))
    let list = try mistake("? [a]\n: 1") { root throws(YAMLMistake) in _ = try root.pairs() }
    #expect(list.what == "a key of the file is no plain word")
  }

  @Test(
    "What YAML takes for something else is no text",
    arguments: [
      "no", "Yes", "~", "null", "", "95118", "-1", "1_000", "0x1F", "0o17", "0b1", "1.5", ".5", "1e3", ".inf", "-.INF",
      ".nan", "2026.", "!!int 5", "[a]", "{a: b}",
    ])
  func noText(_ value: String) throws {
    let mistake = try mistake("a: \(value)") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").text() }
    #expect(mistake.what.contains("`a` must be a text"))
    #expect(mistake.line == 1)
  }

  @Test(
    "Texts are taken as they stand",
    arguments: [
      ("\"95118\"", "95118"), ("'no'", "no"), ("2026-07-21", "2026-07-21"), ("12:30", "12:30"), ("N", "N"),
      ("nope", "nope"),
      ("0xfg", "0xfg"), ("1e", "1e"), ("1.2.3", "1.2.3"), ("京东云", "京东云"), ("|\n  x\n  y", "x\ny"),
    ])
  func texts(_ value: String, _ text: String) throws {
    #expect(try root("a: \(value)").map(["a"])("a").text() == text)
  }

  @Test("Blank texts are refused, also in quotes")
  func blank() throws {
    for value in ["\"\"", "\" \\t\"", "|\n  \n"] {
      let mistake = try mistake("a: \(value)") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").text() }
      #expect(mistake.what == "`a` is blank")
    }
  }

  @Test("Words are their letters, but nothing is no word")
  func words() throws {
    #expect(try root("[5, no, a b, \"~\"]").words() == ["5", "no", "a b", "~"])
    for value in ["~", "null", "", "\" \""] {
      #expect(throws: YAMLMistake.self) { try root("a: \(value)").map(["a"])("a").word() }
    }
    #expect(try root("a: \"\"").map(["a"])("a").letters() == "")
  }

  @Test("Whole numbers are decimal, without quotes and in their range")
  func whole() throws {
    #expect(try root("- 0\n- 23").list().map { try $0.whole(in: 0...23) } == [0, 23])
    for value in ["\"5\"", "5.0", "five", "~", "0x5", "1_000", "[5]"] {
      let mistake = try mistake("a: \(value)") { root throws(YAMLMistake) in
        _ = try root.map(["a"])("a").whole(in: 0...9000)
      }
      #expect(mistake.description == "a.yaml:1: `a` must be a whole number. Write a whole number from 0 to 9000.")
    }
    let large = try mistake("a: 24") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").whole(in: 0...23) }
    #expect(large.description == "a.yaml:1: `a` is 24. Write a whole number from 0 to 23.")
    let small = try mistake("a: 0") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").whole(in: 1...Int.max) }
    #expect(small.fix == "Write a whole number of at least 1")
  }

  @Test("Numbers are finite, without quotes and in their range")
  func numbers() throws {
    #expect(try root("[0.5, 5, 1e1, .25, -1]").list().map { try $0.number(in: -1...10) } == [0.5, 5, 10, 0.25, -1])
    for value in ["\"0.5\"", ".inf", ".nan", "0x5", "half", "10.1", "~", "1_0"] {
      #expect(throws: YAMLMistake.self) { try root("a: \(value)").map(["a"])("a").number(in: -1...10) }
    }
  }

  @Test("Yes and no are words of their own, without quotes")
  func booleans() throws {
    #expect(try root("[true, yes, on, True]").list().map { try $0.bool() } == [true, true, true, true])
    #expect(try root("[false, no, OFF]").list().map { try $0.bool() } == [false, false, false])
    for value in ["\"true\"", "1", "y", "tRue", "~", "[true]"] {
      let mistake = try mistake("a: \(value)") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").bool() }
      #expect(mistake.description == "a.yaml:1: `a` must be true or false. Write true or false.")
    }
  }

  private enum Fruit: String, CaseIterable { case apple, pear }

  @Test("A choice names what there is")
  func choices() throws {
    #expect(try root("a: pear").map(["a"])("a").choice(Fruit.self) == .pear)
    let mistake = try mistake("a: plum") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").choice(Fruit.self) }
    #expect(mistake.description == "a.yaml:1: `a` cannot be “plum”. Use one of: apple, pear.")
  }

  @Test("A text with a form of its own says how it is written")
  func form() throws {
    func day(_ text: String) throws(YAMLMistake) -> Int {
      let node: YAMLNode
      node = try YAMLNode.root("a: \(text)", file: "a.yaml").map(["a"])("a")
      return try node.text(that: "a date", "Write it as YYYY-MM-DD") { $0.count == 10 ? $0.count : nil }
    }
    #expect(try day("2026-07-21") == 10)
    let mistake = try #require(throws: YAMLMistake.self) { try day("21.7.") }
    #expect(mistake.description == "a.yaml:1: `a` is “21.7.”, not a date. Write it as YYYY-MM-DD.")
  }

  @Test("Lists say when they are none, and when they are empty where that means nothing")
  func lists() throws {
    #expect(try root("[]").list().isEmpty)
    #expect(try root("x").oneOrMore().map { try $0.text() } == ["x"])
    #expect(try root("[x, y]").oneOrMore().map { try $0.text() } == ["x", "y"])
    let empty = try mistake("a: []") { root throws(YAMLMistake) in
      _ = try root.map(["a"])("a").list(emptyAllowed: false)
    }
    #expect(empty.what == "`a` is an empty list")
    let none = try mistake("a: x") { root throws(YAMLMistake) in _ = try root.map(["a"])("a").list() }
    #expect(none.what == "`a` must be a list")
  }

  @Test("`<<` brings in what another mapping says, where it is allowed")
  func merging() throws {
    let text = "base: &base\n  a: one\n  b: two\nmine:\n  <<: *base\n  b: three\n"
    let mine = try root(text).map(["base", "mine"])("mine").map(["a", "b"], merging: true)
    #expect(mine.pairs.map(\.name) == ["b", "a"])
    #expect(try mine("a").text() == "one")
    #expect(try mine("b").text() == "three")
    let refused = try mistake(text) { root throws(YAMLMistake) in _ = try root.map(["base", "mine"])("mine").pairs() }
    #expect(refused.description == "a.yaml:5: `<<` is not read here. Write the keys out.")
    #expect(try root("\"<<\": x").pairs().map(\.name) == ["<<"])
  }

  @Test("A file without content is nothing, or a mistake where something must stand")
  func empty() throws {
    #expect(try YAMLNode.document("# only a comment\n", file: "a.yaml")?.form == nil)
    let mistake = try #require(throws: YAMLMistake.self) { try root("") }
    #expect(mistake.description == "a.yaml: the file is empty. Copy the shipped file of this kind.")
  }

  @Test(
    "Broken YAML is told with its line",
    arguments: [
      ("a: [1, 2\nb: 3\n", 2), ("a: \"x\n", 2), ("a: b: c", 1), ("a: *nowhere", 1), ("\tx: 1", 1),
      ("a: 1\nb: \u{1}\n", 2),
    ])
  func broken(_ text: String, _ line: Int) throws {
    let mistake = try #require(throws: YAMLMistake.self) { try root(text) }
    #expect(mistake.what.hasPrefix("this is no YAML"))
    #expect(mistake.line.map { abs($0 - line) <= 1 } == true, "\(mistake)")
  }

  @Test("A scalar's kind is told for those who take it as it is")
  func kinds() throws {
    let kinds = try root("[~, yes, 5, 0.5, \"5\", x, 1e3]").list().map(\.scalar)
    #expect(kinds == [.null, .bool(true), .number("5"), .number("0.5"), .text("5"), .text("x"), .number("1e3")])
    #expect(try root("[]").scalar == nil)
  }
}
