import ClosureModel
import Synchronization
import Testing

@testable import Examine

/// Answers from a script and counts what it is asked.
private final class ScriptedRecognizer: TextRecognizer {
  struct Calls: Equatable {
    var lines = 0
    var frames = 0
  }
  let info: RecognizerInfo
  let pages: [[RecognizedLine]]
  let failure: RecognizerFailure?
  let strip: @Sendable ([Unicode.Scalar]) -> FrameTable
  let calls = Mutex(Calls())

  init(
    _ pages: [[RecognizedLine]], readsNames: Bool = true, failure: RecognizerFailure? = nil,
    written: String = LetterFixture.company
  ) {
    info = RecognizerInfo(name: "script", version: "1", readsNames: readsNames, givesFrames: true)
    self.pages = pages
    self.failure = failure
    strip = { FrameFixture.strip(written, asked: $0).table }
  }

  func probe() throws(RecognizerFailure) -> RecognizerInfo { info }

  /// The page's number is the picture's first byte.
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    calls.withLock { $0.lines += 1 }
    if let failure { throw failure }
    return pages[Int(picture.rgba[0])]
  }

  func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    calls.withLock { $0.frames += 1 }
    return self.strip(characters)
  }
}

private struct DrawnSight: PageSight {
  let facts: [PageFacts]
  func look(at page: PageImage) -> any PageView { DrawnPage(facts: facts[page.number - 1]) }
}

private struct DrawnPage: PageView {
  let facts: PageFacts
  func picture(withoutRed: Bool) -> Pixels {
    Pixels(width: 1, height: 1, rgba: [UInt8(facts.number - 1), withoutRed ? 1 : 0, 0, 255])
  }
  func line(at place: LinePlace, room: Double) -> Pixels? { nil }
  func ringCharacters(ofSeal index: Int, at layout: RingLayout) -> [Pixels] { ringStrips(ofSeal: index) }
  func ringCells(ofSeal index: Int, at layout: RingLayout) -> [InkPatch] { [] }
  func ringArc(ofSeal index: Int) -> RingArc? { nil }
  func ringStrips(ofSeal index: Int) -> [Pixels] {
    // Dark where the fixture's frames have ink.
    let ink = FrameFixture.strip(LetterFixture.company, asked: []).ink
    return [
      Pixels(
        width: ink.count, height: 1, rgba: ink.flatMap { [UInt8](repeating: UInt8(255 * (1 - $0)), count: 3) + [255] })
    ]
  }
}

@Suite("Order of examination")
struct LetterExaminerTests {
  private static let seal = SealReading(
    kind: .company, shape: .round, ink: .red, box: Evidence.Box(x: 500, y: 380, width: 200, height: 200), score: 0.98,
    hasStar: true, flaws: [])

  private static func page(
    _ number: Int = 1, entry: String? = nil, colour: PageFacts.Colour = .colour, sharpness: Double = 0.9,
    isBlank: Bool = false, isTooSmall: Bool = false, seals: [SealReading] = [seal]
  ) -> PageFacts {
    // As wide as the picture that is read: boxes need no scaling.
    PageFacts(
      number: number, entry: entry, width: 1, height: 1, colour: colour, rotation: 0, skew: 0, sharpness: sharpness,
      isBlank: isBlank, isTooSmall: isTooSmall, sheet: nil, seals: seals)
  }

  private static func recognized(_ texts: [String]) -> [RecognizedLine] {
    LetterFixture.lines(texts).map { RecognizedLine(text: $0.text, box: $0.box, confidence: $0.confidence) }
  }

  private func examine(
    _ facts: [PageFacts], _ recognizer: ScriptedRecognizer, failures: [DecodeFailure] = [], isThorough: Bool = false
  ) throws -> AttachmentReading {
    let file = DecodedFile(
      type: .jpeg,
      pages: facts.enumerated().map { index, facts in
        PageImage(
          number: index + 1, entry: facts.entry, source: .picture,
          pixels: Pixels(width: 1, height: 1, rgba: [0, 0, 0, 255]), width: 1, height: 1)
      }, failures: failures)
    return LetterExaminer(
      sight: DrawnSight(facts: facts), recognizer: recognizer, reader: try LetterFixture.reader.get()
    ).examine(file, name: "letter.jpg", sha256: "00", expecting: LetterFixture.expected, isThorough: isThorough)
  }

  @Test("A good letter: one reading of the words, the ring unrolled and upright, nothing more")
  func good() throws {
    let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter)])
    let reading = try examine([Self.page()], recognizer)
    let letter = try #require(reading.letter)
    #expect(letter.title.state == .exact && letter.company.state == .equal && letter.account.state == .equal)
    #expect(letter.statement.state == .affirmed && letter.seals.first?.ring?.verdict == .matched)
    #expect(reading.problems.isEmpty && reading.depth == .read)
    #expect(recognizer.calls.withLock { $0 } == .init(lines: 1, frames: 2))
  }

  @Test("What the look settles is never read")
  func settled() throws {
    let cases: [(PageFacts, AttachmentReading.Problem.Code)] = [
      (Self.page(colour: .grey), .grey), (Self.page(colour: .bilevel), .bilevel), (Self.page(isBlank: true), .blank),
      (Self.page(sharpness: 0.1), .blurred), (Self.page(isTooSmall: true), .tooSmall), (Self.page(seals: []), .noSeal),
      (Self.page(seals: [Self.other(.specialPurpose)]), .noCompanySeal),
      (Self.page(seals: [Self.other(.company, ink: .blue)]), .noCompanySeal),
      (Self.page(seals: [Self.other(.unknown, flaws: [.notASeal])]), .noCompanySeal),
    ]
    for (facts, code) in cases {
      let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter)])
      let reading = try examine([facts], recognizer)
      #expect(reading.depth == .looked && reading.letter == nil)
      #expect(reading.problems.map(\.code) == [code])
      #expect(recognizer.calls.withLock { $0 } == .init())
    }
  }

  private static func other(
    _ kind: SealReading.Kind, ink: SealReading.Ink = .red, flaws: Set<SealReading.Flaw> = []
  ) -> SealReading {
    SealReading(kind: kind, shape: .round, ink: ink, box: seal.box, score: 0.9, hasStar: true, flaws: flaws)
  }

  @Test("A file without pages is not opened")
  func notOpened() throws {
    let recognizer = ScriptedRecognizer([])
    let reading = try examine([], recognizer, failures: [DecodeFailure(.broken, "cut short")])
    #expect(reading.depth == .notOpened && reading.failures.count == 1 && reading.letter == nil)
    #expect(recognizer.calls.withLock { $0 } == .init())
  }

  @Test("An engine that fails leaves everything unread")
  func failure() throws {
    let recognizer = ScriptedRecognizer([], failure: RecognizerFailure(.crashed, "gone", fix: "Start it."))
    let reading = try examine([Self.page()], recognizer)
    #expect(reading.letter == nil && reading.problems.map(\.code) == [.notRead] && reading.depth == .read)
  }

  @Test("A recogniser that does not read names proves nothing")
  func weak() throws {
    let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter)], readsNames: false)
    let reading = try examine([Self.page()], recognizer)
    let letter = try #require(reading.letter)
    #expect(letter.company.state == .notRead && letter.account.state == .notRead && letter.statement.state == .notRead)
    #expect(reading.problems.map(\.code) == [.weakRecognizer])
  }

  @Test("A field that is missing is looked for again with the red taken out")
  func again() throws {
    let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter([8: "日期：2024年"]))])
    let reading = try examine([Self.page()], recognizer)
    #expect(reading.letter?.date.state == .unreadable)
    #expect(recognizer.calls.withLock { $0 }.lines == 2)
  }

  @Test("The seal may stand on the second page; a licence in front is not the letter")
  func severalPages() throws {
    let words = Self.recognized(Array(LetterFixture.letter[..<7]))
    let signature = Self.recognized(Array(LetterFixture.letter[7...]))
    let licence = Self.recognized(["营业执照", "统一社会信用代码 91000000000000000X"])
    let recognizer = ScriptedRecognizer([licence, words, signature])
    let letter = try #require(
      try examine([Self.page(1, seals: []), Self.page(2, seals: []), Self.page(3)], recognizer).letter)
    #expect(letter.pages == [2, 3] && letter.title.state == .exact)
    #expect(letter.seals.map(\.page) == [3])
    #expect(letter.date.field?.evidence.first?.page == 3)
  }

  @Test("A page of black print beside the sealed one is no copy; a grey page with a seal of its own is")
  func greyPage() throws {
    let words = Self.recognized(Array(LetterFixture.letter[..<7]))
    let signature = Self.recognized(Array(LetterFixture.letter[7...]))
    for colour in [PageFacts.Colour.grey, .bilevel] {
      let print = Self.page(1, colour: colour, seals: [])
      let reading = try examine([print, Self.page(2)], ScriptedRecognizer([words, signature]))
      #expect(reading.problems.isEmpty && reading.letter?.pages == [1, 2])
      let copy = Self.page(1, colour: colour, seals: [Self.other(.company, ink: .grey)])
      let copied = try examine([copy, Self.page(2)], ScriptedRecognizer([words, signature]))
      #expect(copied.problems.map(\.code) == [colour == .grey ? .grey : .bilevel])
      // Nothing is sealed in colour: the copy stays one.
      let unsealed = try examine([print, Self.page(2, colour: .grey)], ScriptedRecognizer([words, signature]))
      #expect(unsealed.depth == .looked && unsealed.problems.count == 2)
    }
    let blurred = Self.page(1, colour: .grey, sharpness: 0.1, seals: [])
    let reading = try examine([blurred, Self.page(2)], ScriptedRecognizer([words, signature]))
    #expect(reading.problems.map(\.code) == [.blurred])
  }

  @Test("Of an archive's files the one with the title is the letter; two letters are said to be two")
  func archive() throws {
    let other = Self.recognized(["法定代表人授权委托书", "兹授权张三办理。"])
    let recognizer = ScriptedRecognizer([other, Self.recognized(LetterFixture.letter)])
    let facts = [Self.page(1, entry: "a.jpg"), Self.page(2, entry: "b.jpg")]
    #expect(try examine(facts, recognizer).letter?.entry == "b.jpg")
    let twice = ScriptedRecognizer([Self.recognized(LetterFixture.letter), Self.recognized(LetterFixture.letter)])
    #expect(try examine(facts, twice).problems.map(\.code) == [.severalLetters])
  }

  @Test(
    "Another paper of the file that takes the letter back leaves it to a person; one that goes with it does not",
    arguments: [
      ("情况说明：前页同意书作废。", true), ("我单位撤回前页的同意。", true), ("VOID", true), ("Draft only", true), ("暂缓办理。", true),
      ("兹授权张三办理。", false), ("Avoid bending", false),
    ])
  func takenBack(_ line: String, _ isTakenBack: Bool) throws {
    let paper = Self.recognized(["情况说明", line])
    let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter), paper])
    let reading = try examine([Self.page(1, entry: "a.jpg"), Self.page(2, entry: "b.jpg", seals: [])], recognizer)
    #expect(reading.letter?.entry == "a.jpg")
    #expect(reading.problems.map(\.code) == (isTakenBack ? [.severalLetters] : []))
  }

  @Test(
    "What another file says against the letter is found, whether it is sealed or not",
    arguments: [
      (["情况说明", "我单位撤回前述同意书。"], true), (["说明", "账户余额退还后方可注销账号。"], true), (["说明", "我们还要用这个账号，先不注销了。"], true),
      (["说明", "本单位决定", "继续使用该账号。"], true), (["营业执照", "经营范围：软件开发。", "成立日期2010年1月1日"], false),
      (["法定代表人授权委托书", "兹授权张三办理账号注销事宜。"], false), (LetterFixture.letter, false),
      (LetterFixture.letter + ["VOID"], true), (LetterFixture.letter([4: "待余额退还后办理。"]), true),
    ])
  func objection(_ lines: [String], _ isOne: Bool) throws {
    for seals in [[], Self.page(1).seals] {
      let recognizer = ScriptedRecognizer([Self.recognized(lines)])
      let reading = try examine([Self.page(1, seals: seals)], recognizer, isThorough: true)
      #expect((reading.objection != nil) == isOne, "\(reading.objection as Any)")
    }
  }

  @Test("The blank back of a sheet is no fault; a few words on it are read")
  func blankBack() throws {
    let back = Self.page(2, isBlank: true, seals: [])
    let letter = Self.recognized(LetterFixture.letter)
    let clean = try examine([Self.page(1), back], ScriptedRecognizer([letter, []]))
    #expect(clean.problems.isEmpty && clean.letter?.statement.state == .affirmed)
    let noted = try examine([Self.page(1), back], ScriptedRecognizer([letter, Self.recognized(["", "", "", "作废"])]))
    #expect(noted.letter?.statement.state == .marked)
    #expect(try examine([back], ScriptedRecognizer([[], []])).problems.map(\.code) == [.blank])
  }

  @Test("A seal on a page with nothing else is for a person")
  func sealApart() throws {
    let words = Self.recognized(LetterFixture.letter)
    let reading = try examine([Self.page(1, seals: []), Self.page(2)], ScriptedRecognizer([words, []]))
    #expect(reading.problems.map(\.code) == [.sealApart] && reading.problems.first?.page == 2)
  }

  @Test("The ring of another paper is not read")
  func otherPaper() throws {
    let recognizer = ScriptedRecognizer([Self.recognized(LetterFixture.letter([0: "法定代表人授权委托书"]))])
    let reading = try examine([Self.page()], recognizer)
    #expect(reading.letter?.title.state == .otherDocument && reading.letter?.otherDocument != nil)
    #expect(recognizer.calls.withLock { $0 }.frames == 0)
  }
}
