import ClosureModel
import Synchronization
import Testing

@testable import Examine

/// One page that lies or stands, whose lines are told by the row that a strip is cut from.
private struct RowPage: PageView {
  let facts: PageFacts
  /// Strips of the seal's ring; the recogniser knows none of their characters.
  var rings = 0
  func picture(withoutRed: Bool) -> Pixels {
    Pixels(
      width: facts.width, height: facts.height, rgba: [UInt8](repeating: 255, count: facts.width * facts.height * 4))
  }
  func ringStrips(ofSeal index: Int) -> [Pixels] {
    [Pixels](repeating: Pixels(width: 1, height: 1, rgba: [255, 0, 0, 255]), count: rings)
  }
  func ringCharacters(ofSeal index: Int, at layout: RingLayout) -> [Pixels] { [] }
  func ringCells(ofSeal index: Int, at layout: RingLayout) -> [InkPatch] { [] }
  func ringArc(ofSeal index: Int) -> RingArc? { nil }
  /// Its first pixel: the row, and the room in tenths.
  func line(at place: LinePlace, room: Double) -> Pixels? {
    let row = Int(((place.y - 111) / 40).rounded())
    return Pixels(width: 1, height: 1, rgba: [UInt8(row), UInt8(room * 10), 0, 255])
  }
}

private struct RowSight: PageSight {
  let view: RowPage
  func look(at page: PageImage) -> any PageView { view }
}

/// Reads whole pages from one script and single lines from another; counts both.
private final class RowRecognizer: TextRecognizer {
  let info = RecognizerInfo(name: "rows", version: "1", readsNames: true, givesFrames: true)
  let page: @Sendable (Pixels) -> [RecognizedLine]
  /// By row and room in tenths; nil: nothing.
  let line: @Sendable (Int, Int) -> String?
  let pages = Mutex(0)
  let strips = Mutex(0)

  init(
    line: @escaping @Sendable (Int, Int) -> String? = { _, _ in nil },
    page: @escaping @Sendable (Pixels) -> [RecognizedLine]
  ) {
    self.page = page
    self.line = line
  }
  func probe() throws(RecognizerFailure) -> RecognizerInfo { info }
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    pages.withLock { $0 += 1 }
    return page(picture)
  }
  func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    strips.withLock { $0 += 1 }
    let text = line(Int(strip.rgba[0]), Int(strip.rgba[1])) ?? ""
    return FrameTable(
      bestText: text, best: [Float](repeating: -0.01, count: 20), blank: [Float](repeating: -9, count: 20),
      characters: [:])
  }
}

@Suite("Closer reading")
struct CloseReadingTests {
  private static let seal = SealReading(
    kind: .company, shape: .round, ink: .red, box: Evidence.Box(x: 500, y: 380, width: 200, height: 200), score: 0.98,
    hasStar: true, flaws: [])

  private static func recognized(_ lines: [LetterLine], confidence: Double = 0.99) -> [RecognizedLine] {
    lines.map { RecognizedLine(text: $0.text, box: $0.box, confidence: confidence) }
  }

  private func examine(
    _ recognizer: RowRecognizer, isLying: Bool = false, rotation: Int? = 0, seal: SealReading = seal, rings: Int = 0
  ) throws -> AttachmentReading {
    let (width, height) =
      isLying ? (LetterFixture.height, LetterFixture.width) : (LetterFixture.width, LetterFixture.height)
    let facts = PageFacts(
      number: 1, entry: nil, width: width, height: height, colour: .colour, rotation: rotation, skew: 0, sharpness: 0.9,
      isBlank: false, isTooSmall: false, sheet: nil, seals: [seal])
    let pixels = Pixels(width: 1, height: 1, rgba: [0, 0, 0, 255])
    let file = DecodedFile(
      type: .jpeg, pages: [PageImage(number: 1, source: .picture, pixels: pixels, width: width, height: height)])
    return LetterExaminer(
      sight: RowSight(view: RowPage(facts: facts, rings: rings)), recognizer: recognizer,
      reader: try LetterFixture.reader.get()
    ).examine(file, name: "letter.jpg", sha256: "00", expecting: LetterFixture.expected)
  }

  // MARK: Turned pages

  @Test("A lying page is set upright before it is read, told or not", arguments: [90, nil, 0])
  func lying(rotation: Int?) throws {
    let upright = Self.recognized(LetterFixture.lines(LetterFixture.letter))
    let lying = upright.map { line in
      // A recogniser turns lying lines one by one; the longest it turns the wrong way.
      RecognizedLine(
        text: line.text.count > 30 ? "采热币梁校用花" : line.text,
        box: line.box.unturned(1, width: LetterFixture.height, height: LetterFixture.width), confidence: 0.9)
    }
    let recognizer = RowRecognizer { $0.width > $0.height ? lying : upright }
    let letter = try #require(try examine(recognizer, isLying: true, rotation: rotation).letter)
    #expect(letter.account.state == .equal && letter.statement.state == .affirmed)
    #expect(letter.title.field?.evidence.first?.box == lying[0].box)
    #expect(recognizer.pages.withLock { $0 } == (rotation == 90 ? 1 : 2))
  }

  @Test("A picture turned four times by a quarter is the same; boxes go back to where they were")
  func quarters() {
    let rgba = (0..<24).map { UInt8($0) }
    let picture = Pixels(width: 3, height: 2, rgba: rgba)
    #expect(picture.turned(1).turned(3) == picture && picture.turned(2).turned(2) == picture)
    let clockwise = picture.turned(1)
    #expect(clockwise.width == 2 && clockwise.height == 3)
    // The lower left corner comes to the upper left.
    #expect(Array(clockwise.rgba[..<4]) == Array(rgba[12..<16]))
    for quarters in 0..<4 {
      let turned = picture.turned(quarters)
      for y in 0..<turned.height {
        for x in 0..<turned.width {
          let box = Evidence.Box(x: x, y: y, width: 1, height: 1).unturned(quarters, width: 3, height: 2)
          #expect(turned.rgba[(y * turned.width + x) * 4] == rgba[(box.y * 3 + box.x) * 4])
        }
      }
    }
  }

  // MARK: Single lines

  private static let sentence = LetterFixture.letter[2]

  @Test("A whole line that was read as a bracket is read again by itself")
  func hollow() throws {
    var lines = LetterFixture.lines(LetterFixture.letter)
    lines[2] = LetterLine(text: "（", page: 1, box: lines[2].box, confidence: 0.97)
    let read = Self.recognized(lines)
    let sentence = Self.sentence
    let recognizer = RowRecognizer(line: { row, _ in row == 2 ? sentence : nil }) { _ in read }
    let reading = try examine(recognizer)
    #expect(reading.letter?.company.state == .equal && reading.letter?.account.state == .equal)
    #expect(reading.words.first?.lines[2].text == sentence)
    #expect(recognizer.pages.withLock { $0 } == 1 && recognizer.strips.withLock { $0 } == 1)
  }

  private func account(_ line: @escaping @Sendable (Int, Int) -> String?) throws -> LetterReading.Comparison.State? {
    let lost = Self.recognized(
      LetterFixture.lines(LetterFixture.letter([2: Self.sentence.replacing("hemiao_ops77", with: "hemiaoops77")])))
    return try examine(RowRecognizer(line: line) { _ in lost }).letter?.account.state
  }

  @Test("An account that lost a thin stroke is read again line by line; every size must say the same")
  func account() throws {
    let sentence = Self.sentence
    #expect(try account { row, _ in row == 2 ? sentence : nil } == .equal)
    #expect(try account { row, room in row == 2 && room == 10 ? sentence : nil } == .notRead)
    #expect(try account { _, _ in nil } == .notRead)
    let other = sentence.replacing("hemiao_ops77", with: "hemiao_ops78")
    #expect(try account { row, room in row == 2 ? (room == 10 ? sentence : other) : nil } == .notRead)
  }

  @Test("Only lines that may hold the account are cut out, and again only where the first size told something")
  func sparing() throws {
    let sentence = Self.sentence
    let lost = Self.recognized(
      LetterFixture.lines(LetterFixture.letter([2: Self.sentence.replacing("hemiao_ops77", with: "hemiaoops77")])))
    let some = RowRecognizer(line: { row, _ in row == 2 ? sentence : nil }) { _ in lost }
    let none = RowRecognizer { _ in lost }
    #expect(try examine(some).letter?.account.state == .equal)
    #expect(try examine(none).letter?.account.state == .notRead)
    let (twice, once) = (some.strips.withLock { $0 }, none.strips.withLock { $0 })
    #expect(twice == 2 * once && once > 0 && once < LetterFixture.letter.count)
  }

  @Test("A seal that is left to people leaves the letter to them: its lines are not cut out")
  func leftToPeople() throws {
    let sentence = Self.sentence
    let lost = Self.recognized(
      LetterFixture.lines(LetterFixture.letter([2: Self.sentence.replacing("hemiao_ops77", with: "hemiaoops77")])))
    let recognizer = RowRecognizer(line: { row, _ in row == 2 ? sentence : nil }) { _ in lost }
    let letter = try #require(try examine(recognizer, rings: 2).letter)
    #expect(letter.seals.first?.ring?.verdict == .undecided && letter.account.state == .notRead)
    #expect(recognizer.strips.withLock { $0 } == 2)
  }

  // MARK: Under the seal

  /// The rows beside the seal as they look without its ink, 60 px above it and below.
  private static func beside(_ texts: [Int: String]) -> [RecognizedLine] {
    LetterFixture.lines(LetterFixture.letter).enumerated().compactMap { row, line in
      texts[row].map { text in
        let box = Evidence.Box(x: line.box.x, y: line.box.y - 320, width: line.box.width, height: line.box.height)
        return RecognizedLine(text: text, box: box, confidence: 0.99)
      }
    }
  }

  @Test("A day that only the seal hides is read from the rows beside it, not from the whole page again")
  func besideSeal() throws {
    let covered = Self.recognized(LetterFixture.lines(LetterFixture.letter([8: "日期：2024年"])))
    let rows = Self.beside([7: LetterFixture.letter[7], 8: LetterFixture.letter[8]])
    let recognizer = RowRecognizer { $0.height < 400 ? rows : covered }
    let letter = try #require(try examine(recognizer).letter)
    #expect(letter.date.state == .day(try #require(Day(year: 2024, month: 9, day: 12))))
    #expect(letter.date.field?.evidence.first?.box == LetterFixture.lines(LetterFixture.letter)[8].box)
    #expect(letter.company.state == .equal && letter.account.state == .equal && recognizer.pages.withLock { $0 } == 2)
  }

  @Test("A line that the edge of those rows cuts through says nothing, and other fields are not taken from them")
  func cutThrough() throws {
    let covered = Self.recognized(LetterFixture.lines(LetterFixture.letter([8: "日期：2024年"])))
    let other = RecognizedLine(
      text: "日期：2021年1月1日", box: Evidence.Box(x: 80, y: 0, width: 300, height: 20), confidence: 0.99)
    let recognizer = RowRecognizer { $0.height < 400 ? [other] : covered }
    #expect(try examine(recognizer).letter?.date.state == .unreadable)
    let rows = Self.beside([7: "单位名称（盖章）：晨溪市禾苗网络科技有限责任公司", 8: LetterFixture.letter[8]])
    let letter = try #require(try examine(RowRecognizer { $0.height < 400 ? rows : covered }).letter)
    #expect(letter.company.state == .equal && letter.date.state != .unreadable)
  }

  @Test("The rows beside the seal of a lying page run along its writing")
  func besideSealLying() throws {
    let upright = Self.recognized(LetterFixture.lines(LetterFixture.letter([8: "日期：2024年"])))
    let rows = Self.beside([8: LetterFixture.letter[8]])
    let box = Self.seal.box.unturned(1, width: LetterFixture.height, height: LetterFixture.width)
    let seal = SealReading(
      kind: .company, shape: .round, ink: .red, box: box, score: 0.98, hasStar: true, flaws: [])
    let recognizer = RowRecognizer { $0.height < 400 ? rows : upright }
    let letter = try #require(try examine(recognizer, isLying: true, rotation: 90, seal: seal).letter)
    #expect(letter.date.state == .day(try #require(Day(year: 2024, month: 9, day: 12))))
    let whole = LetterFixture.lines(LetterFixture.letter)[8].box
    let wanted = whole.unturned(1, width: LetterFixture.height, height: LetterFixture.width)
    #expect(letter.date.field?.evidence.first?.box == wanted)
  }

  @Test("A look-alike stays one, however often it is read")
  func alike() throws {
    let sentence = Self.sentence.replacing("hemiao_ops77", with: "hem1ao_ops77")
    #expect(try account { row, _ in row == 2 ? sentence : nil } == .notRead)
  }

  @Test("A reservation that only the closer reading shows counts")
  func reservation() throws {
    let lost = Self.recognized(
      LetterFixture.lines(LetterFixture.letter([2: Self.sentence.replacing("现同意注销", with: "现不意注销")])))
    let sentence = Self.sentence.replacing("现同意注销", with: "待退款到账后方可注销")
    let reading = try examine(RowRecognizer(line: { row, _ in row == 2 ? sentence : nil }) { _ in lost })
    #expect(reading.letter?.statement.state == .conditional)
  }

  @Test("Another name that the page showed is not read away")
  func contradicted() throws {
    func reading(_ state: LetterReading.Comparison.State) throws -> LetterFields.Reading {
      var reading = try LetterFixture.read(LetterFixture.letter)
      reading.company = LetterReading.Comparison(state: state, field: nil)
      return reading
    }
    let (equal, differs, open) = (try reading(.equal), try reading(.differs), try reading(.notRead))
    #expect(open.confirmed(by: [equal, equal], after: [open, open]).company.state == .equal)
    #expect(open.confirmed(by: [equal, equal], after: [equal, differs]).company.state == .notRead)
    #expect(open.confirmed(by: [equal, open], after: [open, open]).company.state == .notRead)
    #expect(differs.confirmed(by: [equal, equal], after: [differs]).company.state == .differs)
    #expect(open.confirmed(by: [], after: [open]).company.state == .notRead)
  }

  // MARK: Nothing to read

  @Test("Marks that are no writing make the page unreadable; one line of words leaves it to a person")
  func unreadable() throws {
    let marks = Self.recognized(LetterFixture.lines(["9899264888", "W", "Hhaon oa"]), confidence: 0.4)
    let reading = try examine(RowRecognizer { _ in marks })
    #expect(reading.problems.map(\.code) == [.unreadable] && reading.letter == nil && reading.depth == .read)
    let words = marks + Self.recognized(LetterFixture.lines(["关于本公司情况"]), confidence: 0.95)
    let other = try examine(RowRecognizer { _ in words })
    #expect(other.problems.isEmpty && other.letter != nil)
  }

  // MARK: Strips

  @Test("A slanting line is cut out upright, its middle in the middle", arguments: [0, 1, 2, 3])
  func strip(quarters: Int) throws {
    let (width, height) = (300, 200)
    var rgba = [UInt8](repeating: 255, count: width * height * 4)
    // A bar of 6 px through the middle, falling by a tenth; dark grey before the middle, black behind.
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x) - 149.5, Double(y) - 99.5)
        guard abs(v - u / 10) < 3, abs(u) < 80 else { continue }
        for channel in 0..<3 { rgba[(y * width + x) * 4 + channel] = u < 0 ? 90 : 0 }
      }
    }
    let page = Pixels(width: width, height: height, rgba: rgba).turned((4 - quarters) % 4)
    let place = LinePlace(
      x: Double(page.width) / 2, y: Double(page.height) / 2, length: 160, height: 20, quarters: quarters,
      degrees: 5.7106)
    let strip = try #require(LineStrips.cut(page, place, room: 1.2, scale: 1))
    #expect(strip.height == 48 && strip.width > 48 * 160 / 24)
    func value(_ share: Double, _ row: Int) -> UInt8 {
      strip.rgba[(row * strip.width + Int(share * Double(strip.width))) * 4]
    }
    for (share, wanted) in [(0.2, 90), (0.4, 90), (0.6, 0), (0.8, 0)] {
      #expect(abs(Int(value(share, 24)) - wanted) < 12 && value(share, 4) == 255 && value(share, 43) == 255)
    }
    let dot = LinePlace(x: 150, y: 100, length: 5, height: 3, quarters: 0, degrees: 0)
    #expect(LineStrips.cut(page, dot, room: 1, scale: 1) == nil)
    let thread = LinePlace(x: 150, y: 100, length: 900, height: 8, quarters: 0, degrees: 0)
    #expect(LineStrips.cut(page, thread, room: 1, scale: 1) == nil)
  }
}
