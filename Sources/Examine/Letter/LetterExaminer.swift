public import ClosureModel

/// Examines one file that may be the consent letter: the cheap looks first, the words only where the looks leave a letter
/// possible, the ring of the seal last. A pure function of the file and what is expected of it, given its recogniser.
public struct LetterExaminer: Sendable {
  private let sight: any PageSight
  private let recognizer: any TextRecognizer
  private let reader: TicketExaminer
  private let drawn: (@Sendable () -> DrawnCharacters?)?
  /// More pages than this are not read.
  private static let maxPages = 6

  /// - Parameter drawn: gives the drawn characters that a seal's writing is held against, at the first seal that
  ///   needs them; no seal is certain where it gives none. nil: the recogniser alone must be certain, by a wider margin.
  public init(
    sight: any PageSight, recognizer: any TextRecognizer, reader: TicketExaminer,
    drawn: (@Sendable () -> DrawnCharacters?)? = nil
  ) {
    self.drawn = drawn
    self.sight = sight
    self.recognizer = recognizer
    self.reader = reader
  }

  /// - Parameters:
  ///   - name: as the ticket lists it.
  ///   - sha256: of the bytes, hexadecimal.
  ///   - isThorough: reads files too that the look at the pages has settled.
  public func examine(
    _ file: DecodedFile, name: String, sha256: String, expecting expected: LetterExpectation, isThorough: Bool = false
  ) -> AttachmentReading {
    let pages = Array(file.pages.prefix(Self.maxPages))
    let views = pages.map(sight.look)
    let facts = views.map(\.facts)
    let look = PageLook(facts, name: name)
    var problems = look.problems
    if file.pages.count > pages.count {
      problems.append(AttachmentReading.Problem(.pagesLeft, page: nil, evidence: Evidence(.attachment(name))))
    }
    var letter: LetterReading?
    var words: [AttachmentReading.PageWords] = []
    var depth: AttachmentReading.Depth = pages.isEmpty ? .notOpened : .looked
    if !pages.isEmpty, !look.isSettled || (isThorough && !look.isEmpty) {
      depth = .read
      do throws(RecognizerFailure) {
        // A page that looks blank is read too: a few faint words may stand on it.
        var read: [LetterLines.Page] = []
        for (position, view) in views.enumerated() {
          let page = try lines.read(view, position: position)
          words.append(Self.words(page.lines, view.facts))
          read.append(page)
        }
        let found = try self.read(read, expected, name)
        letter = found.letter
        problems += found.problems
      } catch {
        problems.append(
          AttachmentReading.Problem(.notRead, page: nil, evidence: Evidence(.attachment(name), quote: error.what)))
      }
    }
    var reading = AttachmentReading(
      name: name, sha256: sha256, type: file.type, failures: file.failures, pages: facts, depth: depth,
      problems: problems, letter: letter)
    reading.words = words
    reading.objection = objection(words, letter, expected, name)
    return reading
  }

  /// What the file says against a letter in another one.
  private func objection(
    _ pages: [AttachmentReading.PageWords], _ letter: LetterReading?, _ expected: LetterExpectation, _ name: String
  ) -> Evidence? {
    if let letter, letter.title.state == .exact {
      guard [.refused, .conditional, .marked].contains(letter.statement.state) else { return nil }
      return letter.statement.field?.evidence.first ?? Evidence(.attachment(name))
    }
    let statements = LetterStatement(reader: reader, company: expected.company)
    for page in pages {
      guard let said = statements.objection(in: page.lines.map(\.text)) else { continue }
      return Evidence(.attachment(name), quote: said, page: page.page, box: page.lines.first { $0.text == said }?.box)
    }
    return nil
  }

  /// Holds several names against the writing on the best company seal of a file, without reading its letter: for measuring.
  /// - Returns: one for each name; empty where no page bears such a seal.
  public func rings(_ file: DecodedFile, of companies: [String]) throws(RecognizerFailure) -> [LetterReading.Ring?] {
    var best: (view: any PageView, seal: Int, score: Double)?
    for view in file.pages.prefix(Self.maxPages).map(sight.look) {
      for (index, seal) in view.facts.seals.enumerated() where PageLook.mayBeCompanySeal(seal) {
        if seal.score > best?.score ?? -1 { best = (view, index, seal.score) }
      }
    }
    guard let best else { return [] }
    let ring = RingExaminer(recognizer: recognizer, drawn: drawn, page: best.view, seal: best.seal)
    var rings: [LetterReading.Ring?] = []
    for company in companies { rings.append(try ring.examine(company)) }
    return rings
  }

  private static func words(_ lines: [LetterLine], _ page: PageFacts) -> AttachmentReading.PageWords {
    AttachmentReading.PageWords(
      page: page.number, entry: page.entry,
      lines: lines.map { RecognizedLine(text: $0.text, box: $0.box, confidence: $0.confidence) })
  }

  private var lines: LetterLines { LetterLines(recognizer: recognizer) }

  private func read(
    _ pages: [LetterLines.Page], _ expected: LetterExpectation, _ name: String
  ) throws(RecognizerFailure) -> (letter: LetterReading?, problems: [AttachmentReading.Problem]) {
    guard
      let choice = LetterChoice(
        titles: LetterTitle(titles: expected.titles, provider: expected.provider), lines: pages.map(\.lines),
        pages: pages.map(\.view.facts))
    else { return (nil, []) }
    var problems: [AttachmentReading.Problem] = []
    let chosen = choice.positions.map { pages[$0] }
    let statements = LetterStatement(reader: reader, company: expected.company)
    let isTakenBack = pages.indices.contains { position in
      !choice.positions.contains(position) && statements.objection(in: pages[position].lines.map(\.text)) != nil
    }
    if choice.hasRival || isTakenBack {
      problems.append(AttachmentReading.Problem(.severalLetters, page: nil, evidence: Evidence(.attachment(name))))
    }
    let numbers = pages.map(\.view.facts.number)
    let fields = LetterFields(expected, reader: reader)
    func fieldsOf(_ lines: [LetterLine]) -> LetterFields.Reading {
      fields.read(lines, pages: chosen.map(\.layout), file: name, numbers: numbers)
    }
    var reading = fieldsOf(chosen.flatMap(\.lines))
    var readings = [reading]
    if reading.lacksOnlyDate {
      var beside: [LetterLine] = []
      for page in chosen { beside += try lines.besideSeals(page)?.lines ?? page.lines }
      reading = reading.dated(fieldsOf(beside))
    }
    if !reading.isCertain {
      var again: [LetterLine] = []
      for page in chosen { again += try lines.again(page).lines }
      readings.append(fieldsOf(again))
      reading = reading.merged(readings[1])
      if reading.isNothing, recognizer.info.readsNames, !Self.hasWriting(pages.flatMap(\.lines) + again) {
        problems.append(AttachmentReading.Problem(.unreadable, page: nil, evidence: Evidence(.attachment(name))))
        return (nil, problems)
      }
    }
    let views = chosen.map(\.view)
    let seals = try seals(views, expected.company, name, isWorthReading: reading.isWorthSealing)
    if let bare = Self.bareSeal(chosen, seals) {
      problems.append(AttachmentReading.Problem(.sealApart, page: bare.page, evidence: bare.evidence))
    }
    // A seal that is left to people leaves the letter to them, whatever its lines say when they are looked at closely.
    if reading.isWorthCloseReading, !Self.isLeftToPeople(seals) {
      let closer = try lines.closely(chosen, wanted: { fields.isAbout($0, reading) }) { read in
        reading.mayBeConfirmed(by: fieldsOf(read), after: readings)
      }
      reading = reading.confirmed(by: closer.map(fieldsOf), after: readings)
    }
    if !recognizer.info.readsNames {
      reading = reading.distrusted
      problems.append(AttachmentReading.Problem(.weakRecognizer, page: nil, evidence: Evidence(.attachment(name))))
    }
    return (reading.letter(entry: views[0].facts.entry, pages: views.map(\.facts.number), seals: seals), problems)
  }

  /// A company seal, where none stands on a page with writing beside its seals.
  private static func bareSeal(
    _ pages: [LetterLines.Page], _ seals: [LetterReading.Sealed]
  ) -> LetterReading.Sealed? {
    let company = seals.filter { PageLook.mayBeCompanySeal($0.seal) }
    let isBeside = company.contains { sealed in
      pages.contains { page in
        page.view.facts.number == sealed.page
          && page.lines.contains { line in
            !page.view.facts.seals.contains { $0.box.holdsMiddle(of: line.box) }
              && LetterText.fold(line.text).count { TextSearch.isHan($0) || TextSearch.isDigit($0) } >= 2
          }
      }
    }
    return isBeside ? nil : company.first
  }

  /// Some seal's name is neither shown nor excluded, and no other seal's is shown.
  private static func isLeftToPeople(_ seals: [LetterReading.Sealed]) -> Bool {
    let verdicts = seals.compactMap(\.ring?.verdict)
    return verdicts.contains(.undecided) && !verdicts.contains(.matched)
  }

  /// Some line is read as words: the page can be read, whatever it says.
  private static func hasWriting(_ lines: [LetterLine]) -> Bool {
    lines.contains { line in
      line.confidence > 0.8 && LetterText.fold(line.text).filter(TextSearch.isHan).count >= 4
    }
  }

  private func seals(
    _ pages: [any PageView], _ company: String, _ name: String, isWorthReading: Bool
  ) throws(RecognizerFailure) -> [LetterReading.Sealed] {
    var found: [LetterReading.Sealed] = []
    for page in pages {
      for (index, seal) in page.facts.seals.enumerated() {
        let ring =
          isWorthReading && PageLook.mayBeCompanySeal(seal)
          ? try RingExaminer(recognizer: recognizer, drawn: drawn, page: page, seal: index).examine(company) : nil
        found.append(
          LetterReading.Sealed(
            page: page.facts.number, seal: seal, ring: ring,
            evidence: Evidence(
              .attachment(name), quote: ring?.text, page: page.facts.number, box: seal.box, score: seal.score)))
      }
    }
    func rank(_ sealed: LetterReading.Sealed) -> (Int, Double) {
      let verdict: LetterReading.Ring.Verdict? = sealed.ring?.verdict
      let step = verdict == .matched ? 3 : PageLook.mayBeCompanySeal(sealed.seal) ? 2 : 1
      return (step, sealed.seal.score)
    }
    return found.sorted { rank($0) > rank($1) }
  }
}

extension Evidence.Box {
  fileprivate func holdsMiddle(of other: Self) -> Bool {
    let (across, down) = (other.x + other.width / 2 - x, other.y + other.height / 2 - y)
    return (0..<width).contains(across) && (0..<height).contains(down)
  }
}
