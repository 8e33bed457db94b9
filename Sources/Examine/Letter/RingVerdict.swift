package import ClosureModel

/// A seal's ring unrolled: what the recogniser sees along it, and how much ink there is.
package struct RingStrip: Sendable {
  package let table: FrameTable
  /// Darkness along the strip, 0…1, for each frame of the table.
  package let ink: [Double]

  package init(table: FrameTable, ink: [Double]) {
    self.table = table
    self.ink = ink
  }

  /// - Parameter picture: the strip that was handed to the recogniser; its frames divide the whole width evenly.
  package init(table: FrameTable, picture: Pixels) {
    let frames = table.best.count
    var ink = [Double](repeating: 0, count: frames)
    // The edges may hold the ring's own line.
    let rows = (picture.height / 10)..<max(picture.height / 10 + 1, picture.height * 9 / 10)
    for frame in 0..<frames where picture.width > 0 && picture.height > 0 {
      let from = frame * picture.width / frames
      let to = max(from + 1, (frame + 1) * picture.width / frames)
      var sum = 0
      for y in rows {
        for x in from..<min(to, picture.width) { sum += 255 - Int(picture.rgba[(y * picture.width + x) * 4 + 1]) }
      }
      ink[frame] = Double(sum) / Double(255 * rows.count * (to - from))
    }
    self.init(table: table, ink: ink)
  }

  /// Ink one step before the first and one step after the last character, the greater, as a share of the ink along the
  /// name. A character of the seal that the name does not have shows here, even where the recogniser saw none.
  package func inkBeyond(_ aligned: RingAlignment) -> Double {
    func mean(_ low: Double, _ high: Double) -> Double {
      let from = min(max(0, Int(low.rounded())), ink.count)
      let part = ink[from..<max(from, min(ink.count, Int(high.rounded()) + 1))]
      return part.isEmpty ? 0 : part.reduce(0, +) / Double(part.count)
    }
    let (first, last, step) = (Double(aligned.first), Double(aligned.last), aligned.step)
    let name = mean(first - step / 2, last + step / 2)
    guard name > 0 else { return .infinity }
    return max(mean(first - 1.4 * step, first - 0.6 * step), mean(last + 0.6 * step, last + 1.4 * step)) / name
  }
}

/// Judges the writing on a seal's ring from several strips of it.
package enum RingVerdict {
  /// Characters that a frame table must hold for the name to be judged.
  package static func characters(for company: String) -> [Unicode.Scalar] {
    Array(Set(LetterText.bare(company)).union(RivalNames.characters)).sorted { $0.value < $1.value }
  }

  /// Limits of a strip that shows the name. Chosen on the worked part of the labelled letters (61 seals), with room to the
  /// first of some 2,600 wrong names that would pass: other companies, and names with one character replaced, left out or
  /// added, another place, trade or legal form, a branch. What each clause catches: `loss` and `worst` another character;
  /// `lead` another legal form; the steps and `slack` a character left out or added inside; what lies beyond the ends one
  /// left out there.
  private static func shows(_ aligned: RingAlignment, lead: Double, slack: Double, _ strip: RingStrip) -> Bool {
    aligned.loss > -1.5 && aligned.worst > -5 && lead > 0 && slack > -1.5 && aligned.widest < 1.6
      && aligned.narrowest > 0.5 && aligned.beyond < 6 && strip.inkBeyond(aligned) < 0.55
  }

  /// - Parameters:
  ///   - company: as the ticket writes it.
  ///   - strips: of the same ring.
  /// - Returns: nil where there is nothing to hold against each other.
  package static func judge(_ company: String, _ strips: [RingStrip]) -> LetterReading.Ring? {
    let name = LetterText.bare(company)
    guard name.count >= 4, !strips.isEmpty else { return nil }
    let rivals = RivalNames.of(name)
    let shortened = RivalNames.shortened(name)
    var best: (aligned: RingAlignment, lead: Double, shows: Bool, text: String)?
    var weakest = -Double.infinity
    var foreign = 0
    var longer = 0
    for strip in strips {
      let table = strip.table
      if isForeign(table, name) { foreign += 1 }
      if isLonger(table, name) { longer += 1 }
      guard let aligned = RingAlignment(name, in: table) else { continue }
      weakest = max(weakest, aligned.weakest)
      let rival = rivals.compactMap { RingAlignment($0, in: table)?.total }.max() ?? -.infinity
      let shorter = shortened.compactMap { RingAlignment($0, in: table)?.total }.max() ?? -.infinity
      let lead = aligned.total - rival
      let shows = shows(aligned, lead: lead, slack: aligned.total - shorter, strip)
      if let held = best, held.shows && !shows || held.shows == shows && held.aligned.loss >= aligned.loss { continue }
      best = (aligned, lead, shows, table.bestText)
    }
    guard let best else {
      return LetterReading.Ring(
        verdict: .undecided, loss: -.infinity, worst: -.infinity, worstAt: nil, lead: 0, text: strips[0].table.bestText)
    }
    // Rare characters are misread with much confidence, so that a reading alone contradicts nothing: three characters of
    // the name must be all but excluded in every strip.
    let isContradicted = !best.shows && (2 * foreign > strips.count && weakest < -10 || 2 * longer > strips.count)
    return LetterReading.Ring(
      verdict: best.shows ? .matched : isContradicted ? .contradicted : .undecided, loss: best.aligned.loss,
      worst: best.aligned.worst, worstAt: best.aligned.worstAt, lead: best.lead, text: best.text)
  }

  /// The recogniser reads a company's name there with next to no doubt, and more than one character of it is another.
  private static func isForeign(_ table: FrameTable, _ name: [Unicode.Scalar]) -> Bool {
    let read = LetterText.bare(table.bestText).filter(TextSearch.isHan)
    guard read.count >= 7, TextSearch.contains(read, Array("公司".unicodeScalars)) else { return false }
    let doubt = table.best.reduce(0) { $0 + Double($1) } / Double(table.best.count)
    return doubt > -0.065 && TextSearch.distance(read, name) >= 2
  }

  /// The whole expected name and more behind it: a branch (分公司).
  private static func isLonger(_ table: FrameTable, _ name: [Unicode.Scalar]) -> Bool {
    let read = LetterText.bare(table.bestText).filter(TextSearch.isHan)
    guard let at = TextSearch.places(of: name, in: read).first else { return false }
    return read.count - at - name.count >= 3 && TextSearch.contains(Array(read[(at + name.count)...]), ["分"])
  }
}
