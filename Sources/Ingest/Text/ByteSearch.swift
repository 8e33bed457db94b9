/// Looks for the next of three bytes, eight bytes of a text at a time: cells are mostly long runs without any of them.
struct ByteSearch {
  private let first: UInt8, second: UInt8, third: UInt8

  init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    (self.first, self.second, self.third) = (first, second, third)
  }

  /// - Returns: the place of the next of them; the count where there is none.
  @inline(__always)
  func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    if let base = UnsafeRawPointer(bytes.baseAddress) {
      // Eight bytes are read only where eight are left.
      while at + 8 <= bytes.count, !holds(base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { at += 8 }
    }
    while at < bytes.count, bytes[at] != first, bytes[at] != second, bytes[at] != third { at += 1 }
    return at
  }

  @inline(__always)
  private func holds(_ bytes: UInt64) -> Bool {
    Self.holdsZero(bytes ^ (Self.ones * UInt64(first))) || Self.holdsZero(bytes ^ (Self.ones * UInt64(second)))
      || Self.holdsZero(bytes ^ (Self.ones * UInt64(third)))
  }

  /// Whether one of eight bytes is 0: taking 1 from each sets the uppermost bit of a byte below 0x80 only where it was 0,
  /// or where a byte below it was.
  @inline(__always)
  private static func holdsZero(_ bytes: UInt64) -> Bool { (bytes &- ones) & ~bytes & (ones * 0x80) != 0 }
  @inline(__always)
  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
}
