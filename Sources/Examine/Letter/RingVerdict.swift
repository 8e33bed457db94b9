package import ClosureModel

/// Judges the writing on a seal's ring, in two steps: on the unrolled ring the name is laid out and what cannot be it is
/// sorted out; on the same characters set upright, each by itself, and the unrolled ring together it must then be certain.
package enum RingVerdict {
  /// Characters that a frame table must hold for the name to be judged.
  package static func characters(for company: String) -> [Unicode.Scalar] {
    let name = LetterText.bare(company)
    let needed = Set(name).union(RivalNames.characters)
    let twins = Set(name.flatMap(LookAlikes.of)).subtracting(needed).sorted { $0.value < $1.value }
    // A request holds 512; the longest names have no more look-alikes than fit.
    return needed.sorted { $0.value < $1.value } + twins.prefix(480 - min(480, needed.count))
  }

  // MARK: The unrolled ring

  /// Where the name's characters stand, if it may be the one that is written there.
  /// - Returns: nil: the name cannot be certain, however its characters are read.
  package static func layout(_ company: String, _ strips: [RingStrip]) -> RingLayout? {
    let name = LetterText.bare(company)
    guard name.count >= 4 else { return nil }
    let read = strips.compactMap { strip in RingAlignment(name, in: strip.table).map { (strip: strip, aligned: $0) } }
    guard read.count == strips.count, let best = read.max(by: { $0.aligned.loss < $1.aligned.loss }) else { return nil }
    guard Self.mean(read.map(\.aligned.loss)) > leastUnrolledLoss else { return nil }
    for other in RivalNames.of(name) {
      let totals = read.compactMap { RingAlignment(other, in: $0.strip.table)?.total }
      guard totals.count == read.count else { continue }
      // A name that the writing fits better than this one.
      if Self.mean(zip(read, totals).map { $0.aligned.total - $1 }) <= 0 { return nil }
    }
    return RingLayout(best.aligned, frames: best.strip.table.best.count)
  }

  /// Strokes may carry a name that the recogniser all but loses on the unrolled ring; other names end far below.
  private static let leastUnrolledLoss = -2.0

  // MARK: Both together

  // How the limits were found, and on what: docs/decisions/0011. Wrong names of other companies, forms and branches end far
  // from them; those with one look-alike come near, and it is the lead that stops them.
  private static let leastLoss = -0.3
  private static let leastMargin = -4.0
  private static let leastLead = 2.5
  /// With the shapes: the mean of what the recogniser gives a character more than a rival, and what its strokes give it
  /// more, weighed so.
  private static let leastShapedLead = 1.5
  private static let shapeWeight = 1.0
  /// Strokes that are nobody's bear no witness, and those that are another's speak against the name, however sure the
  /// recogniser is.
  private static let leastLikeness = -3.0
  /// Likewise the recogniser's word, however clear the strokes are.
  private static let leastShapedLoss = -2.0
  private static let leastShapedMargin = -10.0
  /// Characters that the strokes make likeliest in each place: rivals, whatever the recogniser reads.
  private static let shapedRivals = 8
  /// A reading that is sure of another character counts as much as one that has never met this one.
  private static let lowest = -8.0
  private static let mostBeyond = 3.0
  private static let mostInkBeyond = 0.6
  /// With the shapes a name is taken at a greater loss: the ends must be emptier, or a name cut short would pass.
  private static let mostBeyondShaped = 0.25
  private static let mostInkBeyondShaped = 0.45
  /// A name that fills its arc cannot be cut short, whatever digits or smears stand beside it.
  private static let mostInkBeyondFilled = 0.8

  /// - Parameters:
  ///   - company: as the ticket writes it.
  ///   - strips: the unrolled ring.
  ///   - upright: its characters set upright as `layout` says; empty where there is no layout.
  ///   - shapes: the same characters as pictures; nil: the recogniser alone must be certain, by a wider margin.
  ///   - isFilled: the layout takes up the whole of the writing, by the ring's ink.
  /// - Returns: nil where there is nothing to hold against each other.
  package static func judge(
    _ company: String, _ strips: [RingStrip], upright: [RingStrip], shapes: RingShapes? = nil,
    isFilled: Bool = false
  ) -> LetterReading.Ring? {
    let name = LetterText.bare(company)
    guard name.count >= 4, !strips.isEmpty else { return nil }
    let all = strips + upright
    let read = all.map { strip in RingAlignment(name, in: strip.table).map { (strip: strip, aligned: $0) } }
    let aligned = read.compactMap { $0 }
    guard aligned.count == all.count, let best = aligned.max(by: { $0.aligned.loss < $1.aligned.loss }) else {
      return LetterReading.Ring(
        verdict: .undecided, loss: -.infinity, worst: -.infinity, worstAt: nil, lead: 0, text: strips[0].table.bestText)
    }
    let margins = name.indices.map { index in RingLayout.median(aligned.map { $0.aligned.margins[index] }) }
    let loss = mean(aligned.map(\.aligned.loss))
    let worstAt = margins.indices.min { margins[$0] < margins[$1] }
    let lead = shapes.map { shapedLead(name, aligned, $0) } ?? lead(name, aligned)
    let least = margins.min() ?? -.infinity
    let isSure =
      shapes == nil
      ? loss > leastLoss && least > leastMargin && lead > leastLead
      : loss > leastShapedLoss && least > leastShapedMargin && lead > leastShapedLead
    let isShown =
      !upright.isEmpty && isSure
      && isEmptyBeyond(aligned.dropFirst(strips.count), isShaped: shapes != nil, isFilled: isFilled)
    let unrolledLoss = aligned.prefix(strips.count).map(\.aligned.loss).max() ?? 0
    let isContradicted = !isShown && contradicts(name, strips.map(\.table), loss: unrolledLoss)
    return LetterReading.Ring(
      verdict: isShown ? .matched : isContradicted ? .contradicted : .undecided, loss: loss,
      worst: worstAt.map { margins[$0] } ?? -.infinity, worstAt: worstAt, lead: lead, text: best.strip.table.bestText)
  }

  /// Nothing is read and nothing is inked in the place before the first character and in the one after the last: what the
  /// expected name lacks at its ends stands there, though a recogniser may pass it over.
  private static func isEmptyBeyond(
    _ upright: some Collection<(strip: RingStrip, aligned: RingAlignment)>, isShaped: Bool, isFilled: Bool
  ) -> Bool {
    let beyond = isShaped && !isFilled ? mostBeyondShaped : mostBeyond
    let ink = isFilled ? mostInkBeyondFilled : isShaped ? mostInkBeyondShaped : mostInkBeyond
    return RingLayout.median(upright.map(\.aligned.beyond)) < beyond
      && RingLayout.median(upright.map { $0.strip.inkBeyond($0.aligned) }) < ink
  }

  /// By how much each character is likelier than its nearest look-alike in the same place, the least of them; the median of
  /// all readings.
  private static func lead(_ name: [Unicode.Scalar], _ read: [(strip: RingStrip, aligned: RingAlignment)]) -> Double {
    var least = Double.infinity
    for (index, character) in name.enumerated() {
      for twin in LookAlikes.of(character) {
        let leads = read.compactMap { strip, aligned -> Double? in
          guard let own = strip.table.characters[character], let other = strip.table.characters[twin] else {
            return nil
          }
          let place = aligned.places[index]
          let near = max(0, place - 1)...min(other.count - 1, place + 1)
          return Double(own[place]) - Double(near.map { other[$0] }.max() ?? 0)
        }
        if leads.count == read.count { least = min(least, RingLayout.median(leads)) }
      }
    }
    return least
  }

  /// By how much each character is likelier than its look-alikes and than whatever was read anywhere, the recogniser and
  /// the shapes taken together; the least of them.
  private static func shapedLead(
    _ name: [Unicode.Scalar], _ read: [(strip: RingStrip, aligned: RingAlignment)], _ shapes: RingShapes
  ) -> Double {
    let others = rivals(read.map(\.strip), shapes)
    var least = Double.infinity
    for (index, character) in name.enumerated() {
      let likeness = shapes.likeness(index, character)
      if let likeness, likeness < leastLikeness { return -.infinity }
      for rival in others.union(LookAlikes.of(character)) where rival != character {
        let leads = read.compactMap { strip, aligned -> Double? in
          guard let own = strip.table.characters[character], let other = strip.table.characters[rival] else {
            return nil
          }
          let place = aligned.places[index]
          let near = max(0, place - 1)...min(other.count - 1, place + 1)
          func surest(_ row: [Float]) -> Double { near.map { Double(row[$0] - strip.table.best[$0]) }.max() ?? 0 }
          return max(lowest, surest(own)) - max(lowest, surest(other))
        }
        guard leads.count == read.count else {
          // What the recogniser does not know it cannot have taken this for: the strokes alone.
          guard let likeness, let other = shapes.likeness(index, rival) else { continue }
          least = min(least, shapeWeight * (likeness - other))
          continue
        }
        guard let likeness, let other = shapes.likeness(index, rival) else {
          // Without drawings of both the recogniser must be certain alone.
          least = min(least, RingLayout.median(leads) - leastLead + leastShapedLead)
          continue
        }
        let sureness = mean(leads)
        least = min(least, sureness + shapeWeight * (likeness - other))
      }
    }
    return least
  }

  /// Whether the name is likely enough on the recogniser's word for the shapes to decide.
  package static func isWorthShapes(_ ring: LetterReading.Ring?) -> Bool {
    guard let ring, ring.verdict != .contradicted else { return false }
    return ring.loss > leastShapedLoss && ring.worst > leastShapedMargin
  }

  /// Characters that the recogniser reads by itself.
  package static func charactersRead(_ strips: [RingStrip]) -> Set<Unicode.Scalar> {
    Set(strips.flatMap { LetterText.bare($0.table.bestText).filter(TextSearch.isHan) })
  }

  /// Whatever either witness takes some place's character for.
  package static func rivals(_ strips: [RingStrip], _ shapes: RingShapes) -> Set<Unicode.Scalar> {
    charactersRead(strips).union(shapes.likeliest(shapedRivals).joined())
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  // MARK: Another name

  /// Companies' names that the recogniser reads on the ring instead, the one read most often first; at most two. One
  /// character off is left to people: rare ones are misread so.
  package static func otherNames(than company: String, _ strips: [RingStrip]) -> [String] {
    let name = LetterText.bare(company)
    var counts: [[Unicode.Scalar]: Int] = [:]
    for strip in strips {
      let read = LetterText.bare(strip.table.bestText).filter(TextSearch.isHan)
      if read.count >= 7, TextSearch.distance(read, name) >= 2, TextSearch.ends(read, with: Array("公司".unicodeScalars))
      {
        counts[read, default: 0] += 1
      }
    }
    let ranked = counts.sorted { ($1.value, LetterText.string($0.key)) < ($0.value, LetterText.string($1.key)) }
    return ranked.prefix(2).map { LetterText.string($0.key) }
  }

  /// True names came down to -4.4 per character where the strip was cut within the name and yet ended as names do.
  private static let foreignLoss = -6.0

  /// Rare characters are misread with much confidence, so that a reading alone contradicts nothing: the name must be all
  /// but excluded in every strip.
  private static func contradicts(_ name: [Unicode.Scalar], _ tables: [FrameTable], loss: Double) -> Bool {
    let foreign = tables.count { isForeign($0, name) }
    let longer = tables.count { isLonger($0, name) }
    return 2 * foreign > tables.count && loss < foreignLoss || 2 * longer > tables.count
  }

  /// The recogniser reads a company's name there with next to no doubt, and more than one character of it is another.
  private static func isForeign(_ table: FrameTable, _ name: [Unicode.Scalar]) -> Bool {
    let read = LetterText.bare(table.bestText).filter(TextSearch.isHan)
    // A strip cut within the name does not end as a name does.
    guard read.count >= 7, TextSearch.ends(read, with: Array("公司".unicodeScalars)) else { return false }
    let doubt = table.best.reduce(0) { $0 + Double($1) } / Double(table.best.count)
    return doubt > -0.065 && TextSearch.distance(read, name) >= 2
  }

  /// The whole expected name, but for a character misread, and more behind it: a branch (分公司).
  private static func isLonger(_ table: FrameTable, _ name: [Unicode.Scalar]) -> Bool {
    let read = LetterText.bare(table.bestText).filter(TextSearch.isHan)
    guard name.count >= 7, read.count >= name.count + 3 else { return false }
    return (0...(read.count - name.count - 3)).contains { at in
      let end = at + name.count
      return zip(name, read[at..<end]).count { $0 != $1 } <= 1 && TextSearch.contains(Array(read[end...]), ["分"])
    }
  }
}
