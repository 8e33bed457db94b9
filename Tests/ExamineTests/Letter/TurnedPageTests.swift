import ClosureModel
import Synchronization
import Testing

@testable import Examine

/// One page that lies or stands.
private struct RowPage: PageView {
  let facts: PageFacts
  func picture(withoutRed: Bool) -> Pixels {
    Pixels(
      width: facts.width, height: facts.height, rgba: [UInt8](repeating: 255, count: facts.width * facts.height * 4))
  }
  func ringStrips(ofSeal index: Int) -> [Pixels] { [] }
}

private struct RowSight: PageSight {
  let view: RowPage
  func look(at page: PageImage) -> any PageView { view }
}

/// Reads whole pages from a script and counts them.
private final class RowRecognizer: TextRecognizer {
  let info = RecognizerInfo(name: "rows", version: "1", readsNames: true, givesFrames: false)
  let page: @Sendable (Pixels) -> [RecognizedLine]
  let pages = Mutex(0)

  init(page: @escaping @Sendable (Pixels) -> [RecognizedLine]) { self.page = page }
  func probe() throws(RecognizerFailure) -> RecognizerInfo { info }
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    pages.withLock { $0 += 1 }
    return page(picture)
  }
  func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    throw RecognizerFailure(.unsupported, "no frames", fix: "Ask for lines.")
  }
}

@Suite("Turned pages")
struct TurnedPageTests {
  private static let seal = SealReading(
    kind: .company, shape: .round, ink: .red, box: Evidence.Box(x: 500, y: 380, width: 200, height: 200), score: 0.98,
    hasStar: true, flaws: [])

  private static func recognized(_ lines: [LetterLine], confidence: Double = 0.99) -> [RecognizedLine] {
    lines.map { RecognizedLine(text: $0.text, box: $0.box, confidence: confidence) }
  }

  private func examine(_ recognizer: RowRecognizer, isLying: Bool = false, rotation: Int? = 0) throws
    -> AttachmentReading
  {
    let (width, height) =
      isLying ? (LetterFixture.height, LetterFixture.width) : (LetterFixture.width, LetterFixture.height)
    let facts = PageFacts(
      number: 1, entry: nil, width: width, height: height, colour: .colour, rotation: rotation, skew: 0, sharpness: 0.9,
      isBlank: false, isTooSmall: false, sheet: nil, seals: [Self.seal])
    let pixels = Pixels(width: 1, height: 1, rgba: [0, 0, 0, 255])
    let file = DecodedFile(
      type: .jpeg, pages: [PageImage(number: 1, source: .picture, pixels: pixels, width: width, height: height)])
    return LetterExaminer(
      sight: RowSight(view: RowPage(facts: facts)), recognizer: recognizer, reader: try LetterFixture.reader.get()
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
}
