/// A set of scalars of the basic plane as a bit map: membership costs one look.
struct ScalarSet: Sendable {
  private var bits = [UInt64](repeating: 0, count: 0x10000 / 64)
  /// Of its scalars.
  private(set) var traces = ScalarTraces()

  init() {}
  /// The scalars of a text.
  init(_ text: String) { for scalar in Scalars.of(text) { insert(scalar) } }

  init(where isMember: (UInt32) -> Bool) {
    for scalar in UInt32(0)..<0x10000 where isMember(scalar) { insert(scalar) }
  }

  mutating func insert(_ scalar: UInt32) {
    guard scalar < 0x10000 else { return }
    bits[Int(scalar >> 6)] |= 1 &<< UInt64(scalar & 63)
    traces.insert(scalar)
  }

  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x10000 && bits[Int(scalar >> 6)] & (1 &<< UInt64(scalar & 63)) != 0
  }

  /// The first place of a stretch that holds one of the scalars, and is meant. Texts are searched by it, so it pays for
  /// no check of bounds at each place.
  @inline(__always)
  func first(in text: [UInt32], _ range: Range<Int>, where isMeant: (Int) -> Bool = { _ in true }) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "the stretch lies within the text")
    return text.withUnsafeBufferPointer { text in
      bits.withUnsafeBufferPointer { bits in
        for at in range {
          let scalar = text[at]
          if scalar < 0x10000, bits[Int(scalar >> 6)] & (1 &<< UInt64(scalar & 63)) != 0, isMeant(at) { return at }
        }
        return nil
      }
    }
  }

  /// How many places of a text hold one of the scalars.
  func count(in text: [UInt32]) -> Int {
    var count = 0
    _ = first(in: text, text.indices) { _ in
      count += 1
      return false
    }
    return count
  }
}

/// The low ten bits of some scalars. A text is looked at once, and then asked whether it may hold one of a set at all: a no
/// is always right, and spares a look at each place.
struct ScalarTraces: Sendable {
  private var bits = SIMD16<UInt64>.zero

  /// Nothing is ruled out.
  static let any = ScalarTraces(bits: SIMD16(repeating: .max))

  init() {}
  private init(bits: SIMD16<UInt64>) { self.bits = bits }
  init(of text: UnsafeBufferPointer<UInt32>) {
    bits = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 16) { words in
      words.initialize(repeating: 0)
      for scalar in text { words[Int(scalar >> 6) & 15] |= 1 &<< UInt64(scalar & 63) }
      return SIMD16(words)
    }
  }

  mutating func insert(_ scalar: UInt32) { bits[Int(scalar >> 6) & 15] |= 1 &<< UInt64(scalar & 63) }
  func mayHold(_ scalar: UInt32) -> Bool { bits[Int(scalar >> 6) & 15] & 1 &<< UInt64(scalar & 63) != 0 }
  func mayHold(_ set: ScalarSet) -> Bool { bits & set.traces.bits != .zero }
}
