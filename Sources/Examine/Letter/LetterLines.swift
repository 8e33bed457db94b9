import ClosureModel

/// Asks a recogniser for the lines of a letter's pages, and looks closer where its answer cannot be whole.
struct LetterLines {
  let recognizer: any TextRecognizer

  /// A page with the turns that set it upright, and what was read on it.
  struct Page {
    let view: any PageView
    /// Among the pages read: page numbers of an archive's entries are not unique.
    let position: Int
    let quarters: Int
    var lines: [LetterLine]

    var layout: LetterPage {
      LetterPage(
        number: position, width: view.facts.width, height: view.facts.height,
        quarters: view.facts.rotation.map { $0 / 90 }, skew: view.facts.skew)
    }
  }

  /// Lines of a page as it lies upright: recognisers turn lying lines one by one, and turn some of them the wrong way.
  func read(_ view: any PageView, position: Int) throws(RecognizerFailure) -> Page {
    let told = view.facts.rotation.map { $0 / 90 } ?? 0
    let page = Page(
      view: view, position: position, quarters: told, lines: try lines(view, position, told, withoutRed: false))
    let seen = ReadingOrder.slant(page.lines, Array(page.lines.indices), page.layout).quarters
    // The words know better than the look at the page, and once they do they are read again.
    guard seen != told, page.lines.count > 3 else { return try mended(page) }
    return try mended(
      Page(view: view, position: position, quarters: seen, lines: try lines(view, position, seen, withoutRed: false)))
  }

  /// The same page without its red ink.
  func again(_ page: Page) throws(RecognizerFailure) -> Page {
    try mended(
      Page(
        view: page.view, position: page.position, quarters: page.quarters,
        lines: try lines(page.view, page.position, page.quarters, withoutRed: true)))
  }

  /// Paper above and below a seal that is read with it, in heights of its box.
  private static let besideSeal = 0.3

  /// The rows beside a page's seals without their red ink, at a part of the price of a page; other lines as they were read.
  /// - Returns: nil where there is no such seal.
  func besideSeals(_ page: Page) throws(RecognizerFailure) -> Page? {
    let seals = page.view.facts.seals.filter(PageLook.mayBeCompanySeal)
    guard !seals.isEmpty else { return nil }
    let picture = page.view.picture(withoutRed: true)
    let scale = Double(page.view.facts.width) / Double(max(1, picture.width))
    let upright = picture.turned(page.quarters)
    /// From the page to the upright picture: the quarter turns that are left of a full one, taken back.
    func onUpright(_ box: Evidence.Box) -> Evidence.Box {
      box.scaled(1 / scale).unturned((4 - page.quarters) % 4, width: upright.width, height: upright.height)
    }
    var read = page
    for seal in seals {
      let box = onUpright(seal.box)
      let room = Int(Self.besideSeal * Double(box.height))
      let top = max(0, box.y - room)
      let bottom = min(upright.height, box.y + box.height + room)
      guard let rows = upright.crop(Evidence.Box(x: 0, y: top, width: upright.width, height: bottom - top)) else {
        continue
      }
      // What the edge cuts through is read wrongly: such lines stay as they were.
      read.lines.removeAll { line in
        let box = onUpright(line.box)
        return box.y >= top && box.y + box.height <= bottom
      }
      for line in try recognizer.lines(in: rows) {
        guard line.box.y > Self.edge || top == 0,
          line.box.y + line.box.height < rows.height - Self.edge || bottom == upright.height
        else { continue }
        let box = Evidence.Box(x: line.box.x, y: line.box.y + top, width: line.box.width, height: line.box.height)
          .unturned(page.quarters, width: picture.width, height: picture.height)
        read.lines.append(
          LetterLine(text: line.text, page: page.position, box: box.scaled(scale), confidence: line.confidence))
      }
    }
    return read
  }

  /// Rows at an edge that a line's box must stay clear of.
  private static let edge = 2

  private func lines(
    _ view: any PageView, _ position: Int, _ quarters: Int, withoutRed: Bool
  ) throws(RecognizerFailure) -> [LetterLine] {
    let picture = view.picture(withoutRed: withoutRed)
    let scale = Double(view.facts.width) / Double(max(1, picture.width))
    return try recognizer.lines(in: picture.turned(quarters)).map { line in
      let box = line.box.unturned(quarters, width: picture.width, height: picture.height)
      return LetterLine(text: line.text, page: position, box: box.scaled(scale), confidence: line.confidence)
    }
  }

  // MARK: Single lines

  /// Rows of a strip in heights of the line. Recognisers read the same line differently at another size.
  private static let rooms = [1.0, 1.25]
  /// Shorter lines than this many heights are not read again: names and sentences are longer.
  private static let leastLength = 6.0

  /// Lines whose text is far too short for their boxes were hardly read at all: a whole line of print as one bracket.
  private func mended(_ page: Page) throws(RecognizerFailure) -> Page {
    guard recognizer.info.givesFrames else { return page }
    var page = page
    for (index, place) in places(page) where Self.isHollow(page.lines[index].text, place) {
      guard let line = try line(page, index, place, room: Self.rooms[1]), !Self.isHollow(line.text, place) else {
        continue
      }
      page.lines[index] = line
    }
    return page
  }

  private static func isHollow(_ text: String, _ place: LinePlace) -> Bool {
    LetterText.width(text) * place.height < 0.35 * place.length
  }

  /// Long lines cut out and read alone, the whole page once for each size; empty where the recogniser cannot.
  /// - Parameters:
  ///   - wanted: whether a line is of interest; the others stay as they are.
  ///   - isWorthAnother: whether the next size may still tell something, after the lines of one.
  func closely(
    _ pages: [Page], wanted: (LetterLine) -> Bool, isWorthAnother: ([LetterLine]) -> Bool
  ) throws(RecognizerFailure) -> [[LetterLine]] {
    guard recognizer.info.givesFrames else { return [] }
    var readings: [[LetterLine]] = []
    for room in Self.rooms {
      var reading: [LetterLine] = []
      for page in pages {
        var lines = page.lines
        for (index, place) in places(page) where wanted(page.lines[index]) {
          if let line = try line(page, index, place, room: room) { lines[index] = line }
        }
        reading += lines
      }
      readings.append(reading)
      guard isWorthAnother(reading) else { break }
    }
    return readings
  }

  private func line(
    _ page: Page, _ index: Int, _ place: LinePlace, room: Double
  ) throws(RecognizerFailure) -> LetterLine? {
    guard let strip = page.view.line(at: place, room: room) else { return nil }
    let table = try recognizer.frames(in: strip, characters: [])
    guard !table.bestText.isEmpty, !table.best.isEmpty else { return nil }
    // The frames' geometric mean, e to the mean of their logs; 1 + that mean is just below it.
    let confidence = max(0, 1 + Double(table.best.reduce(0, +)) / Double(table.best.count))
    return LetterLine(
      text: table.bestText, page: page.position, box: page.lines[index].box, confidence: confidence)
  }

  /// Long lines and where they lie.
  private func places(_ page: Page) -> [(index: Int, place: LinePlace)] {
    let indices = Array(page.lines.indices)
    let layout = page.layout
    let slant = ReadingOrder.slant(page.lines, indices, layout)
    return slant.place(page.lines, indices, width: layout.width, height: layout.height).compactMap { placed in
      guard placed.height > 0, placed.length > Self.leastLength * placed.height else { return nil }
      let box = page.lines[placed.line].box
      return (
        placed.line,
        LinePlace(
          x: Double(box.x) + Double(box.width) / 2, y: Double(box.y) + Double(box.height) / 2, length: placed.length,
          height: placed.height, quarters: slant.quarters, degrees: slant.degrees)
      )
    }
  }
}
