internal import ClosureModel

/// Examines the writing along one seal's ring: the recogniser's word first, drawn characters where that leaves the expected
/// name possible, and the name that is read instead where it does not.
struct RingExaminer {
  let recognizer: any TextRecognizer
  /// nil: the recogniser alone must be certain, by a wider margin.
  let drawn: (@Sendable () -> DrawnCharacters?)?
  let page: any PageView
  /// Into the page's seals.
  let seal: Int

  /// Names read on the ring that are held against it beside the expected one.
  private static let mostOthers = 3

  /// - Parameter company: as the ticket writes it.
  /// - Returns: nil where there is nothing to hold against each other.
  func examine(_ company: String) throws(RecognizerFailure) -> LetterReading.Ring? {
    guard recognizer.info.givesFrames, !company.isEmpty else { return nil }
    let found = try judge(company)
    guard let ring = found.ring, ring.verdict == .undecided, drawn != nil else { return found.ring }
    // A name read there that passes as certainly as the expected one would have had to is the seal's. Laid out for a name
    // that is nearly right the ring is read better, and tells what it is.
    var asked: [String] = []
    var waiting = Array(RingVerdict.otherNames(than: company, found.strips).prefix(Self.mostOthers - 1))
    while let other = waiting.first, asked.count < Self.mostOthers {
      waiting.removeFirst()
      asked.append(other)
      let judged = try judge(other)
      if judged.ring?.verdict == .matched {
        return LetterReading.Ring(
          verdict: .contradicted, loss: ring.loss, worst: ring.worst, worstAt: ring.worstAt, lead: ring.lead,
          text: other)
      }
      let read = RingVerdict.otherNames(than: company, judged.strips)
      waiting.insert(contentsOf: read.filter { !asked.contains($0) && !waiting.contains($0) }.prefix(1), at: 0)
    }
    return ring
  }

  private func judge(
    _ company: String
  ) throws(RecognizerFailure) -> (ring: LetterReading.Ring?, strips: [RingStrip]) {
    let characters = RingVerdict.characters(for: company)
    let pictures = page.ringStrips(ofSeal: seal)
    var unrolled = try strips(pictures, characters)
    // What the unrolled ring excludes is not read again.
    guard let layout = RingVerdict.layout(company, unrolled) else {
      return (RingVerdict.judge(company, unrolled, upright: []), unrolled)
    }
    let rows = page.ringCharacters(ofSeal: seal, at: layout)
    var upright = try strips(rows, characters)
    let isFilled = page.ringArc(ofSeal: seal)?.isFilled(by: layout) ?? false
    let read = RingVerdict.judge(company, unrolled, upright: upright, isFilled: isFilled)
    guard let drawn, RingVerdict.isWorthShapes(read) else { return (read, unrolled + upright) }
    let cells = page.ringCells(ofSeal: seal, at: layout)
    guard let drawings = drawn(), let shapes = RingShapes(LetterText.bare(company), cells: cells, drawn: drawings)
    else {
      return (RingVerdict.judge(company, unrolled, upright: []), unrolled + upright)
    }
    // Each other character that either witness sees anywhere is a rival: its probabilities are needed everywhere.
    let others = RingVerdict.rivals(unrolled + upright, shapes).subtracting(characters).sorted { $0.value < $1.value }
    if !others.isEmpty {
      unrolled = try complete(unrolled, pictures, others)
      upright = try complete(upright, rows, others)
    }
    return (
      RingVerdict.judge(company, unrolled, upright: upright, shapes: shapes, isFilled: isFilled), unrolled + upright
    )
  }

  private func strips(
    _ pictures: [Pixels], _ characters: [Unicode.Scalar]
  ) throws(RecognizerFailure) -> [RingStrip] {
    var out: [RingStrip] = []
    for picture in pictures {
      out.append(RingStrip(table: try recognizer.frames(in: picture, characters: characters), picture: picture))
    }
    return out
  }

  private func complete(
    _ known: [RingStrip], _ pictures: [Pixels], _ characters: [Unicode.Scalar]
  ) throws(RecognizerFailure) -> [RingStrip] {
    var completed: [RingStrip] = []
    for (strip, picture) in zip(known, pictures) {
      guard let more = strip.adding(try recognizer.frames(in: picture, characters: characters)) else { return known }
      completed.append(more)
    }
    return completed
  }
}
