package import ClosureModel

/// Judges the writing on a seal's ring from several strips of it.
package enum RingVerdict {
  /// Characters that a frame table must hold for the name to be judged.
  package static func characters(for company: String) -> [Unicode.Scalar] {
    Array(Set(LetterText.bare(company)).union(RivalNames.characters)).sorted { $0.value < $1.value }
  }

  /// Limits of a strip that shows the name. Chosen on the worked part of the labelled letters, so that none of some 2,600
  /// wrong names passes: other companies, and names with one character replaced, left out or added, another place, trade
  /// or legal form, a branch. What each clause catches: `loss` and `worst` another character; `lead` another legal form;
  /// the steps a character left out or added inside; `beyond` and the ends one left out at either end.
  private static func shows(_ aligned: RingAlignment, lead: Double) -> Bool {
    aligned.loss > -1.5 && aligned.worst > -9 && lead > 0 && aligned.widest < 1.6 && aligned.narrowest > 0.5
      && aligned.beyond < 0.5
  }

  /// - Parameters:
  ///   - company: as the ticket writes it.
  ///   - tables: one for each strip of the same ring.
  /// - Returns: nil where there is nothing to hold against each other.
  package static func judge(_ company: String, _ tables: [FrameTable]) -> LetterReading.Ring? {
    let name = LetterText.bare(company)
    guard name.count >= 4, !tables.isEmpty else { return nil }
    let rivals = RivalNames.of(name)
    var best: (aligned: RingAlignment, lead: Double, shows: Bool, text: String)?
    var foreign = 0
    for table in tables {
      if isForeign(table, name) { foreign += 1 }
      guard let aligned = RingAlignment(name, in: table) else { continue }
      let rival = rivals.compactMap { RingAlignment($0, in: table)?.total }.max() ?? -.infinity
      let lead = aligned.total - rival
      let shows = shows(aligned, lead: lead)
      if let held = best, (held.shows, held.aligned.loss) >= (shows, aligned.loss) { continue }
      best = (aligned, lead, shows, table.bestText)
    }
    guard let best else {
      return LetterReading.Ring(
        verdict: .undecided, loss: -.infinity, worst: -.infinity, worstAt: nil, lead: 0, text: tables[0].bestText)
    }
    let isContradicted = !best.shows && 2 * foreign > tables.count
    return LetterReading.Ring(
      verdict: best.shows ? .matched : isContradicted ? .contradicted : .undecided, loss: best.aligned.loss,
      worst: best.aligned.worst, worstAt: best.aligned.worstAt, lead: best.lead, text: best.text)
  }

  /// The recogniser reads a whole company's name there without much doubt, and it is far from the expected one.
  private static func isForeign(_ table: FrameTable, _ name: [Unicode.Scalar]) -> Bool {
    let read = LetterText.bare(table.bestText).filter(TextSearch.isHan)
    guard read.count >= 7, TextSearch.contains(read, Array("公司".unicodeScalars)), !table.best.isEmpty else {
      return false
    }
    let doubt = table.best.reduce(0) { $0 + Double($1) } / Double(table.best.count)
    return doubt > -0.25 && TextSearch.distance(read, name) >= max(3, name.count / 3)
  }
}

private func >= (a: (Bool, Double), b: (Bool, Double)) -> Bool { a.0 == b.0 ? a.1 >= b.1 : a.0 }
