package import ClosureModel

/// Does a given name stand in a strip of writing? Not read but verified: the name is laid along the recogniser's frames
/// in the best possible way (forced alignment: Viterbi over the lattice of connectionist temporal classification, with
/// blanks, in natural logarithms), and its probability is held against the free best reading's.
package struct RingAlignment: Sendable, Hashable {
  /// Log probability of the best path that spells the name.
  package let total: Double
  /// That of the free best path.
  package let free: Double
  /// For each character of the name: in its best frame, its log probability less that of the recogniser's choice.
  package let margins: [Double]
  /// The widest and the narrowest step from one character to the next, as multiples of the usual step: characters stand
  /// evenly along a ring, so that one left out leaves a wide step and one too many a narrow one.
  package let widest: Double, narrowest: Double
  /// One step before the first and after the last character: by how much the recogniser is surer of a character there
  /// than of none. Above 0 where the name has lost its first or last character.
  package let beyond: Double
  /// Frame of each character.
  package let places: [Int]
  /// Frames of the first and the last character, and between one character and the next.
  package let first: Int, last: Int
  package let step: Double

  /// Per character; 0 where the recogniser reads the name by itself.
  package var loss: Double { (total - free) / Double(max(1, margins.count)) }
  package var worst: Double { margins.min() ?? -.infinity }
  package var worstAt: Int? { margins.indices.min { margins[$0] < margins[$1] } }

  /// - Returns: nil where the name is empty, longer than the strip can hold, or has a character that the recogniser does
  ///   not know.
  package init?(_ name: [Unicode.Scalar], in table: FrameTable) {
    let frames = table.best.count
    var rows: [[Float]] = []
    for character in name {
      guard let row = table.characters[character], row.count == frames else { return nil }
      rows.append(row)
    }
    guard !rows.isEmpty, frames > 0, table.blank.count == frames else { return nil }
    // States: blank, first character, blank, second …, blank. Twins must have a blank between them.
    let states = 2 * rows.count + 1
    let isTwin = name.indices.map { $0 > 0 && name[$0] == name[$0 - 1] }
    func emission(_ state: Int, _ frame: Int) -> Double {
      Double(state.isMultiple(of: 2) ? table.blank[frame] : rows[state / 2][frame])
    }
    var score = [Double](repeating: -.infinity, count: states)
    /// How far back the best predecessor of each state lies, frame by frame: 0, 1 or 2.
    var back = [UInt8](repeating: 0, count: states * frames)
    score[0] = emission(0, 0)
    score[1] = emission(1, 0)
    for frame in 1..<max(1, frames) {
      var next = [Double](repeating: -.infinity, count: states)
      for state in 0..<states {
        var from = score[state]
        var step: UInt8 = 0
        if state > 0, score[state - 1] > from { (from, step) = (score[state - 1], 1) }
        if state > 2, !state.isMultiple(of: 2), !isTwin[state / 2], score[state - 2] > from {
          (from, step) = (score[state - 2], 2)
        }
        next[state] = from + emission(state, frame)
        back[frame * states + state] = step
      }
      score = next
    }
    var state = score[states - 1] >= score[states - 2] ? states - 1 : states - 2
    guard score[state] > -.infinity else { return nil }
    total = score[state]
    free = table.best.reduce(0) { $0 + Double($1) }
    var margins = [Double](repeating: -.infinity, count: rows.count)
    var places = [Int](repeating: 0, count: rows.count)
    for frame in stride(from: frames - 1, through: 0, by: -1) {
      if !state.isMultiple(of: 2) {
        let margin = emission(state, frame) - Double(table.best[frame])
        if margin > margins[state / 2] {
          margins[state / 2] = margin
          places[state / 2] = frame
        }
      }
      state -= Int(back[frame * states + state])
    }
    self.margins = margins
    self.places = places
    let steps = zip(places.dropFirst(), places).map { Double($0 - $1) }
    let usual = steps.isEmpty ? 1 : steps.sorted()[steps.count / 2]
    widest = (steps.max() ?? 1) / max(usual, 1)
    narrowest = (steps.min() ?? 1) / max(usual, 1)
    func surest(_ low: Double, _ high: Double) -> Double {
      let from = max(0, Int(low.rounded()))
      let window = from..<max(from, min(frames, Int(high.rounded()) + 1))
      return window.map { Double(table.best[$0] - table.blank[$0]) }.max() ?? 0
    }
    guard let first = places.first, let last = places.last else { return nil }
    self.first = first
    self.last = last
    step = usual
    beyond = max(
      surest(Double(first) - 1.4 * usual, Double(first) - 0.6 * usual),
      surest(Double(last) + 0.6 * usual, Double(last) + 1.4 * usual))
  }
}
