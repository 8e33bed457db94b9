import ClosureModel
import Foundation
import Testing

@testable import Examine

/// The pictures that the program carries, and rings set with them.
enum GlyphFixture {
  static let file = Fixture.root.appending(path: "Templates/ocr/glyphs.bin")
  static let book = Result { try #require(GlyphBook([UInt8](Data(contentsOf: file)))) }
  static let netFile = Fixture.root.appending(path: "Templates/ocr/characters.bin")
  static let net = Result { try #require(CharacterNet([UInt8](Data(contentsOf: netFile)))) }

  /// Cells as a stamp leaves them: each character stretched, beside its place, worn, out of focus.
  /// - Parameter worn: share of the ink that is gone, in specks.
  static func cells(_ text: String, face: Int = 0, worn: Double = 0.1, blur: Float = 0.9) throws -> [InkPatch] {
    let book = try book.get()
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    return try text.unicodeScalars.enumerated().map { index, character in
      let picture = try #require(book.picture(character, face: face))
      let glyph = InkPatch(width: book.side, height: book.side, values: picture).resized(width: 19, height: 25)
      var cell = InkPatch(width: 28, height: 44, values: [Float](repeating: 0, count: 28 * 44))
      let left = 4 + index % 3 - 1
      for y in 0..<25 {
        for x in 0..<19 where random() >= worn { cell.values[(y + 9) * 28 + x + left] = glyph.values[y * 19 + x] }
      }
      return cell.blurred(blur)
    }
  }

  static func drawn() throws -> DrawnCharacters { DrawnCharacters(book: try book.get(), net: try net.get()) }

  static func shapes(_ expected: String, written: String, face: Int = 0) throws -> RingShapes? {
    RingShapes(LetterText.bare(expected), cells: try cells(written, face: face), drawn: try drawn())
  }
}

@Suite("Shapes of a ring's characters")
struct ShapeTests {
  @Test("The book that the program carries has every character that names are written with, in each face")
  func book() throws {
    let book = try GlyphFixture.book.get()
    for character in "晨溪市禾苗网络科技有限责任公司鸢雀砚澜穗栎".unicodeScalars {
      for face in 0..<book.faces {
        let ink = try #require(book.picture(character, face: face)).reduce(0, +) / Float(book.side * book.side)
        #expect((0.05...0.7).contains(ink), "\(character)")
      }
    }
    #expect(!book.has("A") && book.picture("堃", face: 0) == nil && book.picture("云", face: 9) == nil)
  }

  @Test("A book that is cut short, longer, or none is refused")
  func broken() throws {
    let bytes = [UInt8](try Data(contentsOf: GlyphFixture.file))
    #expect(GlyphBook(Array(bytes.dropLast())) == nil && GlyphBook(bytes + [0]) == nil && GlyphBook([]) == nil)
    #expect(GlyphBook(Array("CDG1".utf8)) == nil && GlyphBook([0] + bytes.dropFirst()) == nil)
    var twice = bytes
    twice.replaceSubrange(10...11, with: bytes[8...9])
    #expect(GlyphBook(twice) == nil)
  }

  @Test("A network that is cut short, longer, or none is refused")
  func brokenNet() throws {
    let bytes = [UInt8](try Data(contentsOf: GlyphFixture.netFile))
    #expect(CharacterNet(Array(bytes.dropLast())) == nil && CharacterNet(bytes + [0]) == nil && CharacterNet([]) == nil)
    #expect(CharacterNet(Array("CDN1".utf8)) == nil && CharacterNet([0] + bytes.dropFirst()) == nil)
    var twice = bytes
    twice.replaceSubrange(16...17, with: bytes[14...15])
    #expect(CharacterNet(twice) == nil)
    var endless = bytes
    let first = 14 + 2 * (Int(bytes[12]) << 8 | Int(bytes[13]))
    endless.replaceSubrange(first...first + 3, with: [0x7F, 0x80, 0, 0])
    #expect(CharacterNet(endless) == nil)
  }

  @Test("The network knows the book's characters; what it gives is a probability, on paper without ink too")
  func probabilities() throws {
    let net = try GlyphFixture.net.get()
    let book = try GlyphFixture.book.get()
    #expect(net.characters.count == 6763 && net.characters.keys.allSatisfy { book.has($0) })
    let logs = net.logProbabilities([Float](repeating: 0, count: CharacterNet.side * CharacterNet.side))
    #expect(abs(logs.reduce(0) { $0 + exp($1) } - 1) < 0.001)
  }

  @Test("Worn and out of focus, a character is likelier than any other that the network knows", arguments: [0, 1])
  func likelier(face: Int) throws {
    let name = "晨溪云雀堂鸢尾砚台有限公司"
    let shapes = try #require(try GlyphFixture.shapes(name, written: name, face: face))
    let likeliest = shapes.likeliest(1)
    for (index, character) in name.unicodeScalars.enumerated() {
      let own = try #require(shapes.likeness(index, character))
      #expect(own > -1, "\(character) \(own)")
      #expect(likeliest[index] == [character])
    }
  }

  @Test("A blot is nobody's")
  func blot() throws {
    let name = "晨溪云雀堂鸢尾砚台有限公司"
    var cells = try GlyphFixture.cells(name)
    for y in 9..<34 { for x in 4..<24 { cells[3].values[y * 28 + x] = 1 } }
    let shapes = try #require(RingShapes(LetterText.bare(name), cells: cells, drawn: try GlyphFixture.drawn()))
    #expect(try #require(shapes.likeness(3, "雀")) < -3 && shapes.likeness(0, "A") == nil)
  }

  @Test("Writing without likeness to the name, and a name of another length, give no shapes")
  func none() throws {
    #expect(try GlyphFixture.shapes("晨溪云雀堂有限公司", written: "晨溪云雀堂公司") == nil)
    let blank = InkPatch(width: 28, height: 44, values: [Float](repeating: 0, count: 28 * 44))
    let drawn = try GlyphFixture.drawn()
    #expect(RingShapes(LetterText.bare("有限公司"), cells: [InkPatch](repeating: blank, count: 4), drawn: drawn) == nil)
  }
}

@Suite("Recogniser and shapes together")
struct ShapedVerdictTests {
  private static let name = "晨溪云雀堂商贸有限公司"

  /// - Parameters:
  ///   - read: what the recogniser makes of the ring, with no doubt but as given.
  ///   - doubt: log probability of the expected name's character where something else is read.
  ///   - beside: ink in the places before and behind the name, as a share of a character's.
  private func verdict(
    _ expected: String, stamped: String, read: String, doubt: Float, beside: Double = 0, isFilled: Bool = false
  ) throws -> LetterReading.Ring.Verdict? {
    let asked = Array(Set(RingVerdict.characters(for: expected)).union(read.unicodeScalars))
    func doubted(_ strip: RingStrip) -> RingStrip {
      var rows = strip.table.characters
      for (own, seen) in zip(expected.unicodeScalars, read.unicodeScalars) where own != seen {
        guard let places = rows[seen] else { continue }
        for frame in places.indices where places[frame] > -1 { rows[own]?[frame] = doubt }
      }
      let table = strip.table
      return RingStrip(
        table: FrameTable(bestText: read, best: table.best, blank: table.blank, characters: rows), ink: strip.ink)
    }
    let unrolled = [doubted(FrameFixture.strip(read, asked: asked))]
    let layout = try #require(RingVerdict.layout(expected, unrolled))
    let row = doubted(FrameFixture.upright(read, at: layout, asked: asked))
    var ink = row.ink
    // A place takes five frames, after five of paper.
    let mean = ink[10..<(ink.count - 10)].reduce(0, +) / Double(ink.count - 20)
    for frame in 0..<10 where beside > 0 {
      ink[frame] = beside * mean
      ink[ink.count - 1 - frame] = beside * mean
    }
    let upright = [RingStrip(table: row.table, ink: ink)]
    let shapes = try #require(try GlyphFixture.shapes(expected, written: stamped))
    return RingVerdict.judge(expected, unrolled, upright: upright, shapes: shapes, isFilled: isFilled)?.verdict
  }

  @Test("The name that both see is matched")
  func both() throws {
    #expect(try verdict(Self.name, stamped: Self.name, read: Self.name, doubt: 0) == .matched)
  }

  @Test("Digits or a smear at the ends are no part of a name that fills its arc; as much ink as a character has is")
  func ends() throws {
    func seen(_ beside: Double, _ isFilled: Bool) throws -> LetterReading.Ring.Verdict? {
      try verdict(Self.name, stamped: Self.name, read: Self.name, doubt: 0, beside: beside, isFilled: isFilled)
    }
    #expect(try seen(0.3, false) == .matched)
    #expect(try seen(0.6, false) == .undecided)
    #expect(try seen(0.6, true) == .matched)
    #expect(try seen(1, true) == .undecided)
  }

  @Test("A recogniser that is sure of a look-alike is not believed where the strokes are the other's")
  func vetoed() throws {
    // The stamp says 雀; the recogniser has never met it and reads 省; the ticket says 省.
    let other = Self.name.replacing("雀", with: "省")
    #expect(try verdict(other, stamped: Self.name, read: other, doubt: 0) != .matched)
  }

  @Test(
    "A name one look-alike off is not matched, though the recogniser is all but undecided",
    arguments: [0, 2, 3, 5])
  func nearMisses(_ index: Int) throws {
    let own = Array(Self.name.unicodeScalars)
    let book = try GlyphFixture.book.get()
    guard let twin = LookAlikes.of(own[index]).first(where: { book.has($0) }) else { return }
    var changed = own
    changed[index] = twin
    let other = LetterText.string(changed)
    #expect(try verdict(other, stamped: Self.name, read: Self.name, doubt: -0.3) != .matched, "\(other)")
  }
}
