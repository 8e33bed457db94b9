import ClosureModel

/// What the look at the pages settles before a word is read.
struct PageLook {
  let problems: [AttachmentReading.Problem]
  /// Whatever is written there, it cannot be a letter that is accepted.
  let isSettled: Bool
  /// There is nothing to read.
  let isEmpty: Bool

  private static let leastSharpness = 0.3

  init(_ pages: [PageFacts], name: String) {
    var problems: [AttachmentReading.Problem] = []
    var usable: [PageFacts] = []
    // The text of a letter may stand on a page of plain black print, the seal on the next in colour.
    let isSealed = pages.contains { page in
      Self.flaws(page).isEmpty && page.seals.contains(where: Self.mayBeCompanySeal)
    }
    isEmpty = pages.allSatisfy(\.isBlank)
    // The back of a sheet that was scanned with it is no fault.
    for page in pages where isEmpty || !page.isBlank {
      let found = Self.flaws(page)
      let flaws = isSealed && page.seals.isEmpty ? found.filter { !Self.isColourless($0) } : found
      for code in flaws {
        problems.append(
          AttachmentReading.Problem(
            code, page: page.number, entry: page.entry,
            evidence: Evidence(.attachment(name), page: page.number, score: code == .blurred ? page.sharpness : nil)))
      }
      if flaws.isEmpty { usable.append(page) }
    }
    // A letter may run over two pages with the seal on one: one page without a flaw leaves it possible. The seal must be
    // on such a page.
    let seals = usable.flatMap { page in page.seals.map { (page, $0) } }
    if !usable.isEmpty, !seals.contains(where: { Self.mayBeCompanySeal($0.1) }) {
      if let (page, seal) = seals.max(by: { $0.1.score < $1.1.score }) {
        problems.append(
          AttachmentReading.Problem(
            .noCompanySeal, page: page.number, entry: page.entry,
            evidence: Evidence(.attachment(name), page: page.number, box: seal.box, score: seal.score)))
      } else {
        problems.append(AttachmentReading.Problem(.noSeal, page: nil, evidence: Evidence(.attachment(name))))
      }
      isSettled = true
    } else {
      isSettled = usable.isEmpty
    }
    self.problems = problems
  }

  private static func flaws(_ page: PageFacts) -> [AttachmentReading.Problem.Code] {
    if page.isBlank { return [.blank] }
    var flaws: [AttachmentReading.Problem.Code] = []
    if page.sharpness < leastSharpness { flaws.append(.blurred) }
    if page.isTooSmall { flaws.append(.tooSmall) }
    switch page.colour {
    case .colour: break
    case .grey: flaws.append(.grey)
    case .bilevel: flaws.append(.bilevel)
    }
    return flaws
  }

  /// Faults of a copy: they matter for the page that bears the seal.
  private static func isColourless(_ code: AttachmentReading.Problem.Code) -> Bool { code == .grey || code == .bilevel }

  /// Round and red and not told to be something else. One that is cut off, faint or pasted is still looked at further.
  static func mayBeCompanySeal(_ seal: SealReading) -> Bool {
    seal.shape == .round && seal.ink == .red && (seal.kind == .company || seal.kind == .unknown)
      && !seal.flaws.contains(.notASeal)
  }
}
