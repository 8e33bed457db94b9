import ClosureModel
import Foundation
import Testing

@testable @_spi(Training) import Examine

@Suite("Remarks beside a statement, weighed")
struct RemarkWeightsTests {
  private static let header =
    "bias=0\nheavy=100\nheavy_before=200\nheavy_clause=150\nlight=-100\nplain=-300\npieces=2\n"
  private static let statement = "本人已阅读并同意《京东云账户注销须知》。"
  private static let shipped = Result { try Fixture.examiner() }

  private static func pieces(_ text: String) throws -> [(words: String, pieces: [String: Int])] {
    try shipped.get().remarks(of: text)
  }

  /// An examiner with a file of weights of its own.
  private static func examiner(_ weights: String) throws -> TicketExaminer {
    let others = try Fixture.lexicons().filter { !RemarkWeights.owns($0.file) }
    return try TicketExaminer(
      policy: Fixture.policy(Fixture.jdcloud, contacts: Fixture.jdcloudContacts),
      lexicons: others + [(file: RemarkWeights.file, text: weights)])
  }

  @Test(
    "A remark is up to three clauses of a sentence beside the statement; what agents write is none, nor what is plain")
  func remarks() throws {
    let text = "您好，我是老用户，\(Self.statement)老板还没点头，别急，等他回来，再说一次。谢谢！\n客服：请补充材料。"
    #expect(try Self.pieces(text).map(\.words) == ["我是老用户", "老板还没点头,别急,等他回来", "再说一次"])
  }

  @Test("The weight of a clause is that of its pieces, each looked up by itself")
  func sums() throws {
    let files = try Fixture.lexicons()
    let shipped = try #require(files.first { RemarkWeights.owns($0.file) })
    let weights = try RemarkWeights(file: shipped.file, text: shipped.text)
    let lexicon = try Lexicon(
      files.filter {
        !IdentifierWords.isFile($0.file) && !ContactWords.owns($0.file) && !RemarkWeights.owns($0.file)
          && !OrdinaryRemarks.owns($0.file)
      })
    let vocabulary = Vocabulary(lexicon, weights, try OrdinaryRemarks(file: "o.txt", text: ""))
    let text = Normaliser.normalise(
      Scalars.of("老板还没点头，别急；等他回来 3 天后再说一次。My boss hasn't agreed yet, wait for him. OK\njd_x1 是我的：12.5，？！no"))
    let page = Page(text, ScriptReader.read(text, vocabulary), vocabulary)
    var reader = RemarkPieces()
    var weighed = 0
    for clause in page.script.clauses {
      var sum = 0
      reader.forEach(of: clause, in: page) { scalars in
        var piece = RemarkWeights.Piece()
        for scalar in scalars { piece.add(scalar) }
        sum += weights.look { $0.weight(piece) }
      }
      #expect(reader.sum(of: clause, in: page, weights) == sum)
      weighed += sum == 0 ? 0 : 1
    }
    #expect(weighed > 5)
  }

  @Test("A masked number is no remark")
  func masked() throws {
    let text = Self.statement + "身份证号 3101**********0048，请注销。"
    #expect(try Self.pieces(text).map(\.words) == ["身份证号"])
    #expect(try Self.shipped.get().read(text).consent.label == .affirmed)
  }

  @Test("A remark is weighed by its characters, by the classes of its words and by how its clauses end")
  func chinesePieces() throws {
    let pieces = try #require(try Self.pieces(Self.statement + "老板还没点头。").last).pieces
    for piece in ["^老板", "还没点", "头$", "没", "#third negation", ".stop"] { #expect(pieces[piece] == 1, "\(piece)") }
    #expect(pieces["老板还没"] == nil)
    let many = try #require(try Self.pieces(Self.statement + "号码是13800138000，邮箱是desk@example.com。").last).pieces
    #expect(many["@"] == 2)
    #expect(!many.keys.contains { $0.contains("1") || $0.contains("desk") })
  }

  @Test("English is weighed by its words")
  func englishPieces() throws {
    let text = "I have read and agree to the JD Cloud account closing notice. My boss isn't back yet."
    let pieces = try #require(try Self.pieces(text).last).pieces
    for piece in ["my boss ", "boss isn't back ", "^ my ", "yet $ "] { #expect(pieces[piece] == 1, "\(piece)") }
    #expect(pieces["bos"] == nil)
  }

  @Test(
    "A piece is read as it is written",
    arguments: ["老板还", "^老", "#third negation", "#^ own", ".stop", ".colon", "my boss ", "@"])
  func spelling(_ piece: String) throws {
    let coded = try #require(RemarkPieces.coded(Scalars.of(piece)[...]))
    #expect(RemarkPieces.spelled(coded[...]) == piece)
  }

  @Test(
    "A mistake in the file is named with its line",
    arguments: [
      ("bias=x\n", 1, "once each, with a number"), (header + "light=1\n", 8, "once each"),
      (header + "weight=1\n", 8, "once each, with a number"),
      (header + "many 老板\n", 8, "once each, with a number"),
      (header + "12\n", 8, "no weight"), (header + "-\n", 8, "no weight"),
      (header + "40000 老板\n", 8, "no weight"), (header + "12 #thrid\n", 8, "no weight"),
      (header + "12 .end\n", 8, "no weight"),
    ])
  func mistakes(_ text: String, _ line: Int, _ what: String) throws {
    let error = try #require(throws: ExamineError.self) { try RemarkWeights(file: "w.txt", text: text) }
    #expect(error.file == "w.txt" && error.line == line)
    #expect(error.what.contains(what))
  }

  @Test("A file without a threshold, one that is cut off, or none at all, is refused")
  func missing() throws {
    let cut = #expect(throws: ExamineError.self) {
      try RemarkWeights(file: "w.txt", text: Self.header + "12 喝茶\n")
    }
    #expect(cut?.what == "1 weights stand there, and 2 are said to")
    let error = #expect(throws: ExamineError.self) {
      try RemarkWeights(file: "w.txt", text: "bias=0\nheavy=1\nlight=0\nplain=0\npieces=0\n")
    }
    #expect(error?.what.contains("heavy_before") ?? false)
    #expect(throws: ExamineError.self) {
      try TicketExaminer(
        policy: Fixture.policy(Fixture.jdcloud, contacts: Fixture.jdcloudContacts),
        lexicons: Fixture.lexicons().filter { !RemarkWeights.owns($0.file) })
    }
  }

  @Test("The sum decides: above the threshold a person looks, at the words that weigh most")
  func heavy() throws {
    let examiner = try Self.examiner(Self.header + "60 喝茶\n60 茶馆\n")
    #expect(examiner.read(Self.statement + "来喝茶。").consent.label == .affirmed)
    let found = examiner.read(Self.statement + "请尽快处理，我在茶馆喝茶。").consent
    #expect(found.label == .unclear)
    #expect(found.code == "consent.unclear")
    #expect(found.against.compactMap(\.quote) == ["我在茶馆喝茶"])
    // Before the statement it takes more.
    #expect(examiner.read("我在茶馆喝茶。" + Self.statement).consent.label == .affirmed)
  }

  @Test("A clause that is heavy by itself is not outweighed by its neighbours")
  func heavyClause() throws {
    let examiner = try Self.examiner(Self.header + "160 喝茶\n-300 天气好\n")
    #expect(examiner.read(Self.statement + "天气好，我在家喝茶。").consent.label == .unclear)
    #expect(examiner.read("天气好，我在家喝茶。" + Self.statement).consent.label == .affirmed)
    let lighter = try Self.examiner(Self.header + "140 喝茶\n-300 天气好\n")
    #expect(lighter.read(Self.statement + "天气好，我在家喝茶。").consent.label == .affirmed)
  }

  @Test("A remark below the lower threshold is understood without words of the lexicons")
  func light() throws {
    let text = Self.statement + "薯片蘸着芥末吃。"
    #expect(try Self.examiner(Self.header + "-80 薯片\n0 无\n").read(text).consent.label == .unclear)
    #expect(try Self.examiner(Self.header + "-120 薯片\n0 无\n").read(text).consent.label == .affirmed)
  }

  @Test(
    "A remark below the lowest threshold is harmless against the words in it, unless it stands in the statement's sentence"
  )
  func plain() throws {
    let words = Self.statement + "昨天网页打不开。"
    let same = "本人已阅读并同意《京东云账户注销须知》，昨天网页打不开。"
    let light = try Self.examiner(Self.header + "-250 打不开\n0 无\n")
    let plain = try Self.examiner(Self.header + "-350 打不开\n0 无\n")
    #expect(light.read(words).consent.label != .affirmed)
    #expect(plain.read(words).consent.label == .affirmed)
    #expect(plain.read(same).consent.label != .affirmed)
    // What the other clause of the remark weighs does not count for it.
    let other = try Self.examiner(Self.header + "-50 打不开\n-300 无妨\n")
    #expect(other.read(Self.statement + "昨天网页打不开，无妨。").consent.label != .affirmed)
  }

  @Test(
    "Nothing light makes a statement of what is none: refusals, conditions, delays and what is undone stay what they are"
  )
  func lightIsNoLicence() throws {
    let examiner = try Self.examiner(
      "bias=-30000\nheavy=100\nheavy_before=200\nheavy_clause=150\nlight=-100\nplain=-300\npieces=0\n")
    for text in [
      "本人已阅读但不同意《京东云账户注销须知》。", "如果退款，我就同意《京东云账户注销须知》。", "\(Self.statement)我撤回以上声明。",
      "\(Self.statement)先退款再注销。", "\(Self.statement)我是替朋友办的。",
      "\(Self.statement)物业没批。", "\(Self.statement)改成停用。", "\(Self.statement)数据还没拷。", "\(Self.statement)这段话是我儿子写的。",
      "\(Self.statement)只要食堂的菜不涨价。", "\(Self.statement)现在也不懂中文。", "已阅读《京东云账户注销须知》。",
    ] {
      #expect(examiner.read(text).consent.label != .affirmed, "\(text)")
    }
  }

  /// Remarks of an author whom the weights were not learned from, each behind a plain statement.
  @Test(
    "Of an unseen author's remarks most that spoil a statement are noticed, and most harmless ones pass",
    arguments: [("unseen-t1", 8, 79), ("unseen-t2", 4, 76), ("unseen-t3", 3, 77)])
  func unseen(_ name: String, _ mostSpoiling: Int, _ leastHarmless: Int) throws {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/remarks/\(name).txt")
    let examiner = try Self.shipped.get()
    var (all, affirmed) = (["S": 0, "H": 0], ["S": 0, "H": 0])
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      let isChinese = parts[1].unicodeScalars.contains { Scalars.isHan($0.value) }
      let statement = isChinese ? Self.statement : "I have read and agree to the JD Cloud account closing notice. "
      all[parts[0], default: 0] += 1
      if examiner.read(statement + parts[1] + (isChinese ? "。" : ".")).consent.label == .affirmed {
        affirmed[parts[0], default: 0] += 1
      }
    }
    #expect(all["S", default: 0] > 200 && all["H", default: 0] > 200)
    #expect(affirmed["S", default: 0] * 100 <= all["S", default: 0] * mostSpoiling)
    #expect(affirmed["H", default: 0] * 100 >= all["H", default: 0] * leastHarmless)
  }

  @Test("The shipped weights were learned from the texts as they stand here")
  func fresh() throws {
    let data = Fixture.root.appending(path: "Tests/ExamineTests/Data")
    var files: [URL] = []
    for (folder, ending) in [("remarks", "txt"), ("consent", "jsonl")] {
      files += try FileManager.default.contentsOfDirectory(
        at: data.appending(path: folder), includingPropertiesForKeys: nil
      ).filter { $0.pathExtension == ending && !$0.lastPathComponent.hasPrefix("unseen-") }
    }
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for file in files.sorted(by: Self.isBefore) {
      for byte in try Data(contentsOf: file) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    let weights = try #require(Fixture.lexicons().first { RemarkWeights.owns($0.file) }?.text)
    let hexadecimal = String(digest, radix: 16)
    let padded = String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
    #expect(weights.contains("; learned from \(padded)\n"), "run scripts/train-remarks")
  }

  /// As the script sorts them: remarks and texts apart, each by its path.
  private static func isBefore(_ one: URL, _ other: URL) -> Bool {
    let (a, b) = (
      one.deletingLastPathComponent().lastPathComponent, other.deletingLastPathComponent().lastPathComponent
    )
    return a == b ? one.lastPathComponent < other.lastPathComponent : a > b
  }
}
