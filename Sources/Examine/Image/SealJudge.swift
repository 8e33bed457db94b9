import ClosureModel

/// What a ring on the page is: the kinds and flaws that its measures allow.
/// Limits were set by looking at the worked part of the labelled letters and at all of the real pictures: there, stars of
/// ink match a drawn one by 0.70 and more, the best candidate of any other picture by 0.63 at most; legible red rings have
/// an edge in 78 % of all directions or more. The limit for a line of writing rests on a single letter.
struct SealJudge {
  struct Verdict {
    let kind: SealReading.Kind
    let shape: SealReading.Shape
    let flaws: Set<SealReading.Flaw>
    let hasStar: Bool
    let score: Double
    let hasLine: Bool
  }

  static let leastStar = 0.66
  /// Pictures of seals whose ring is that dark had stars of 111 and more, stamped ones up to 79.
  private static let leastDrawnStar: Float = 80
  /// Strongest row of ink under the star: up to 0.04 of a level where there is nothing, 0.3 with a line of writing.
  static let leastLine = 0.12

  /// - Parameters:
  ///   - support: share of directions with an edge on the ellipse.
  ///   - size: long axis of the ellipse as share of the picture's long side.
  /// - Returns: nil: nothing that could be taken for a seal.
  static func judge(_ m: SealMeasures, ellipse: Ellipse, support: Double, ink: InkColour) -> Verdict? {
    let hasStar = m.star.match >= leastStar && abs(m.star.x) < 0.13 && abs(m.star.y) < 0.13
    // Print around and under a grey seal has the seal's colour.
    let isAlone = ink == .neutral ? m.parted >= 0.6 && m.halo < 0.5 : m.parted >= 0.8 && m.halo < 0.15
    let isRing = support >= 0.6 * m.visible && m.cover >= 0.5 && isAlone
    let hasWriting = m.strokes >= 3 && m.written > 0.08 && m.fill < 0.62
    let isRound = ellipse.aspect >= 0.86 || (hasStar && m.star.match >= 0.72 && ellipse.aspect >= 0.7)
    // The measure cannot rest on edges alone where nothing but the picture's border carries them.
    let score = min(1, 0.4 * support + 0.3 * m.cover + 0.3 * max(0, m.star.match))

    if isRing, hasStar, isRound, hasWriting {
      // Print under a grey seal is the same colour as a line of its own.
      let hasLine = ink != .neutral && m.line.ink >= leastLine
      return Verdict(
        kind: hasLine ? .specialPurpose : .company, shape: .round, flaws: flaws(m, hasStar: true), hasStar: true,
        score: score, hasLine: hasLine)
    }
    // Blurred beyond reading: a star in a ring that runs into its writing.
    if hasStar, isRound, support >= 0.4, m.cover >= 0.6, m.star.match >= 0.72 {
      return Verdict(
        kind: .unknown, shape: .round, flaws: flaws(m, hasStar: true).union([.faint]), hasStar: true,
        score: 0.8 * score, hasLine: false)
    }
    // Ovals are made for a purpose (发票专用章, 财务专用章). One without writing that can be told is a seal only where the
    // ring is as whole as a printed one: e-invoices carry it small. Hand-drawn loops are neither even nor closed.
    let isOval = isRing && !isRound && m.cover >= 0.8 && (m.ringSpread ?? 1) < 0.32
    if isOval, (support >= 0.7 && m.strokes >= 8) || (ink == .red && support >= 0.85 && m.cover >= 0.95) {
      var flaws = flaws(m, hasStar: hasStar)
      if m.strokes < 8 { flaws.insert(.faint) }
      return Verdict(
        kind: .specialPurpose, shape: .oval, flaws: flaws, hasStar: hasStar, score: score,
        hasLine: ink != .neutral && m.line.ink >= leastLine)
    }
    // Print across a grey seal hides its star; a whole ring with writing is told all the same.
    if ink == .neutral, isRing, isRound, support >= 0.92, m.cover >= 0.92, m.strokes >= 10 {
      return Verdict(
        kind: .unknown, shape: .round, flaws: flaws(m, hasStar: false), hasStar: false, score: score, hasLine: false)
    }
    guard ink == .red, support >= 0.6, m.cover >= 0.6 else { return nil }
    // Round and red, but without star or ring: a fingerprint, a logo, a badge.
    return Verdict(
      kind: .unknown, shape: isRing && isRound ? .round : .other, flaws: flaws(m, hasStar: hasStar).union([.notASeal]),
      hasStar: hasStar, score: 0.6 * score, hasLine: false)
  }

  private static func flaws(_ m: SealMeasures, hasStar: Bool) -> Set<SealReading.Flaw> {
    var flaws: Set<SealReading.Flaw> = []
    if m.visible < 0.97 || m.broken > 0.15 { flaws.insert(.cutOff) }
    if m.level < 12 || m.cover < 0.55 || (hasStar && m.fill < 0.06) { flaws.insert(.faint) }
    if isDrawn(m, hasStar: hasStar) { flaws.insert(.uniformInk) }
    // Nothing of it can be told from a picture of a seal.
    if hasStar, m.starSpread == nil, m.ringSpread == nil { flaws.insert(.faint) }
    return flaws
  }

  /// Signs of a picture of a seal that never was ink: print does not show through, the red is purer than ink on paper,
  /// or there is hardly any grain. The limits were set on the measures of docs/decisions/0011.
  private static func isDrawn(_ m: SealMeasures, hasStar: Bool) -> Bool {
    let ring = m.ringSpread ?? 1
    guard hasStar else { return ring < 0.035 }
    let star = m.starSpread ?? 1
    if m.crossings.met >= 4, m.crossings.through == 0, star < 0.2, ring < 0.13 { return true }
    // The ring's level is that of its darkest, so that grain raises it; the star's is the ink's own.
    if m.level > 90, m.starLevel ?? m.level > leastDrawnStar, star < 0.1, ring < 0.12 { return true }
    return star < 0.028 || star + ring < 0.118
  }
}
