/// SplitMix64: the same seed gives the same cases on every machine. Name the seed in the failure message.
/// Source: Steele, Lea, Flood, “Fast splittable pseudorandom number generators” (2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A text of letters that trip up encoders: Chinese, quotes, line ends, emoji, combining marks, digits, dots, colons.
  public mutating func text(upTo length: Int) -> String {
    let letters = Array("aZ09.:,\"\\\n\r\t 工单注销同意é\u{301}😀\u{1}\u{2028}")
    let count = Int.random(in: 0...length, using: &self)
    return String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &self)] })
  }
}
