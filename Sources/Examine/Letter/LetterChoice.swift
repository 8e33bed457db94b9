import ClosureModel

/// Which pages of a file are the letter: a file may hold several papers, an archive several files.
struct LetterChoice {
  /// Positions among the pages that were read.
  let positions: [Int]
  /// Another run of pages has the letter's title too.
  let hasRival: Bool

  /// - Parameter lines: by position of their page.
  /// - Returns: nil where there are no pages.
  init?(titles: LetterTitle, lines: [[LetterLine]], pages: [PageFacts]) {
    var papers: [(positions: [Int], state: LetterReading.Title.State)] = []
    for (position, page) in pages.enumerated() {
      let layout = LetterPage(
        number: position, width: page.width, height: page.height, quarters: page.rotation.map { $0 / 90 },
        skew: page.skew)
      let found = titles.titles(in: LetterText(lines[position], pages: [layout]))
      let state = found.first { $0.state == .exact }?.state ?? found.first?.state
      let isSameEntry = papers.last.map { pages[$0.positions[0]].entry == page.entry } ?? false
      if let state {
        papers.append(([position], state))
      } else if isSameEntry {
        // A page without a title goes on with the paper before it.
        papers[papers.count - 1].positions.append(position)
      } else {
        papers.append(([position], .absent))
      }
    }
    func rank(_ state: LetterReading.Title.State) -> Int {
      switch state {
      case .exact: 3
      case .near: 2
      case .absent: 1
      case .otherDocument: 0
      }
    }
    guard let best = papers.map({ rank($0.state) }).max() else { return nil }
    let candidates = papers.filter { rank($0.state) == best }
    // Of several, the first that is sealed.
    let sealed = candidates.first { paper in
      paper.positions.contains { pages[$0].seals.contains(where: PageLook.mayBeCompanySeal) }
    }
    positions = (sealed ?? candidates[0]).positions
    hasRival = best == 3 && candidates.count > 1
  }
}
