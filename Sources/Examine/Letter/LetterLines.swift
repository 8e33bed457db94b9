import ClosureModel

/// Asks a recogniser for the lines of a letter's pages.
struct LetterLines {
  let recognizer: any TextRecognizer

  /// A page with the turns that set it upright, and what was read on it.
  struct Page {
    let view: any PageView
    /// Among the pages read: page numbers of an archive's entries are not unique.
    let position: Int
    let quarters: Int
    let lines: [LetterLine]

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
    guard seen != told, page.lines.count > 3 else { return page }
    return Page(
      view: view, position: position, quarters: seen, lines: try lines(view, position, seen, withoutRed: false))
  }

  /// The same page without its red ink.
  func again(_ page: Page) throws(RecognizerFailure) -> Page {
    Page(
      view: page.view, position: page.position, quarters: page.quarters,
      lines: try lines(page.view, page.position, page.quarters, withoutRed: true))
  }

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
}

extension Evidence.Box {
  fileprivate func scaled(_ factor: Double) -> Evidence.Box {
    func times(_ value: Int) -> Int { Int((Double(value) * factor).rounded()) }
    return Evidence.Box(x: times(x), y: times(y), width: times(width), height: times(height))
  }
}
