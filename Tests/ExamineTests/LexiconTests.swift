import ClosureModel
import Testing

@testable import Examine

@Suite("Lexicon files")
struct LexiconTests {
  private static let reading = ["consent.txt", "spoilers.txt", "tickets.txt"]

  private func message(_ files: (file: String, text: String)...) -> String? {
    do throws(ExamineError) {
      _ = try Lexicon(files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("A word under two sections is refused with file, line and both sections, in one file or in two")
  func twice() throws {
    let one = try #require(message(("words.txt", "[agree]\n同意 | 接受\n\n# 阅读\n[read]\n阅读 | 接受")))
    for part in ["words.txt", "line 6", "“接受”", "[agree]", "[read]"] { #expect(one.contains(part), "\(one)") }
    let two = try #require(message(("a.txt", "[agree]\n同意"), ("b.txt", "# 换行\n[near]\n(我/)同(意/易)")))
    for part in ["b.txt", "line 3", "“同意”", "[agree]", "[near]"] { #expect(two.contains(part), "\(two)") }
    // The same word in another script, width or case is the same word.
    for other in ["閱讀", "Ｒｅａｄ", "READ"] {
      #expect(message(("a.txt", "[read]\n阅读 | read\n[agree]\n\(other)")) != nil, "\(other)")
    }
    // Twice in one section does no harm.
    #expect(message(("a.txt", "[read]\n阅读 | 阅读")) == nil)
  }

  @Test("All words under two sections and all brackets without their half are told at once, twenty of them with places")
  func manyTwice() throws {
    let words = (0..<30).map { "词\($0)" }
    let first = "[agree]\n" + words.joined(separator: "\n")
    let some = try #require(message(("a.txt", first), ("b.txt", "[read]\n词3 | 词5\n阅(读\n[near]\n词9")))
    #expect(some.split(separator: "\n").count == 5, "\(some)")
    for part in [
      "b.txt, line 2: “词3”", "b.txt, line 2: “词5”", "line 3: the brackets", "line 5: “词9”", "in one place", "(a/b/c)",
    ] {
      #expect(some.contains(part), "\(part) in \(some)")
    }
    let all = try #require(message(("a.txt", first), ("b.txt", "[read]\n" + words.joined(separator: "\n"))))
    for (index, word) in words.enumerated() {
      #expect(all.contains("line \(index + 2): “\(word)”") == (index < 20), "\(word)")
    }
    #expect(all.contains("and 10 more"))
  }

  @Test("An unknown section is refused with its line and the sections that there are")
  func section() throws {
    let text = try #require(message(("words.txt", "# 注\n[agreed]\n同意")))
    for part in ["words.txt", "line 2", "“agreed”", "agree", "negation", "withdrawn", "person_first"]
    where part != "person_first" { #expect(text.contains(part), "\(part) in \(text)") }
  }

  @Test(
    "Brackets that do not match are refused with their line",
    arguments: ["同(意", "同意)", "(同/意", "同)意(", "((同)意", "(同(意/义))", "同(意/义) )"])
  func brackets(_ entry: String) throws {
    let text = try #require(message(("words.txt", "[agree]\n接受\n\(entry)")), "\(entry)")
    #expect(text.contains("words.txt") && text.contains("line 3") && text.contains("brackets"), "\(text)")
  }

  @Test("An entry above the first section, and files without a word, are refused")
  func empty() throws {
    #expect(try #require(message(("words.txt", "同意\n[agree]"))).contains("line 1"))
    #expect(message(("words.txt", "# nothing\n[agree]\n")) != nil)
  }

  @Test("Alternatives in brackets are spelled out, empty ones too")
  func alternatives() {
    #expect(Lexicon.expand("(已/)(阅/读)过") == ["已阅过", "已读过", "阅过", "读过"])
    #expect(Lexicon.expand("同意") == ["同意"])
  }

  @Test(
    "A word of a lexicon is folded as texts are, blanks and all",
    arguments: [
      "同意", "not sure", "i  do", "Not Sure ", " i do", "我 i do", "i 同意", "已 阅读", "ＡＢ　ｃ", "帳號", "①项", "a\tb", "a-b 1",
      "don’t know",
      "㈱ x",
    ])
  func folding(_ word: String) {
    #expect(Normaliser.fold(word) == Normaliser.normalise(Scalars.of(word)).scalars)
  }

  @Test("A set of classes has room for every class")
  func room() {
    #expect(WordClass.allCases.count <= 128)
    #expect(Set(WordClass.allCases.map { ClassSet($0).rawValue }).count == WordClass.allCases.count)
    #expect(WordClass.allCases.allSatisfy { ClassSet($0).has($0) })
  }

  private static func nothingOrdinary() throws -> OrdinaryRemarks {
    try OrdinaryRemarks(file: "o.txt", text: "")
  }

  private static func weightless() throws -> RemarkWeights {
    try RemarkWeights(
      file: "w.txt", text: "bias=0\nheavy=0\nheavy_before=0\nheavy_clause=0\nlight=0\nplain=0\npieces=0\n")
  }

  @Test("Every word of the shipped files is found in a text, as the class of its section", arguments: reading)
  func found(_ file: String) throws {
    let vocabulary = Vocabulary(
      try Lexicon(Fixture.lexicons().filter { Self.reading.contains($0.file) || $0.file == "persons.txt" }),
      try Self.weightless(), try Self.nothingOrdinary())
    let text = try #require(Fixture.lexicons().first { $0.file == file }?.text)
    var section: WordClass? = nil
    var count = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(line.prefix { $0 != "#" }).trimmed
      if line.hasPrefix("["), line.hasSuffix("]"), !line.contains("|") {
        section = WordClass.named[String(line.dropFirst().dropLast())]
        continue
      }
      // Stems and names of other sections are no words of the reader.
      guard let section else { continue }
      for entry in line.split(separator: "|") {
        for word in Lexicon.expand(String(entry).trimmed) ?? [] where !word.isEmpty {
          count += 1
          let scalars = Normaliser.normalise(Scalars.of(word)).scalars
          let read = scalars.isEmpty ? nil : vocabulary.word(scalars, 0)
          #expect(read?.kind == section && read?.end == scalars.count, "\(file), line \(index + 1): \(word)")
        }
      }
    }
    #expect(count > 100)
  }

  @Test("A word that begins outside the basic plane is found like any other", arguments: ["🙄", "👍", "🔘", "𠮶份"])
  func outside(_ word: String) throws {
    let vocabulary = Vocabulary(
      try Lexicon([("words.txt", "[insincere]\n呵呵 | \(word)")]), try Self.weightless(), try Self.nothingOrdinary())
    let scalars = Normaliser.normalise(Scalars.of(word)).scalars
    #expect(vocabulary.word(scalars, 0)?.kind == .insincere)
  }

  @Test("Two halves of a stem count together, in one stretch and not far apart")
  func halves() throws {
    let lexicon = try Lexicon([
      ("words.txt", "[agree]\n同意\n[remark_void]\n(儿子/女儿)~敲的 | 儿子~念的\n[remark_life]\n儿子")
    ])
    let remarks = RemarkWords.Finder(lexicon.remarks)
    func has(_ kinds: RemarkWords.Kinds, _ text: String, upTo end: Int? = nil) -> Bool {
      let s = Scalars.of(text)
      return remarks.hits(in: s).has(kinds, in: 0..<(end ?? s.count))
    }
    #expect(has(.void, "是我儿子昨晚敲的"))
    #expect(has(.void, "女儿敲的"))
    #expect(has(.void, "儿子替我念的"))
    #expect(has(.life, "儿子上学"))
    for text in ["儿子上学", "女儿念的", "敲的是儿子", "儿子" + String(repeating: "远", count: 13) + "敲的", "儿子", "儿子敲"] {
      #expect(!has(.void, text), "\(text)")
    }
    // The second half stands outside the stretch.
    #expect(!has(.void, "儿子昨晚敲的", upTo: 5))
    #expect(has(.life, "儿子昨晚敲的", upTo: 5))
    #expect(try #require(message(("words.txt", "[remark_void]\n(儿子/女儿~敲的"))).contains("brackets"))
  }
}
