/// A set of scalars of the basic plane as a bit map: membership costs one look.
struct ScalarSet: Sendable {
  private var bits = [UInt64](repeating: 0, count: 0x10000 / 64)

  init() {}
  /// The scalars of a text.
  init(_ text: String) { for scalar in Scalars.of(text) { insert(scalar) } }

  mutating func insert(_ scalar: UInt32) {
    guard scalar < 0x10000 else { return }
    bits[Int(scalar >> 6)] |= 1 &<< UInt64(scalar & 63)
  }

  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x10000 && bits[Int(scalar >> 6)] & (1 &<< UInt64(scalar & 63)) != 0
  }
}
