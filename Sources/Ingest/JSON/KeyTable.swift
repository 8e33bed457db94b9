import ClosureModel
import Glibc

/// Keys of JSON records and their fields. Records mostly have the same keys in the same order: the key at the same place
/// is tried first.
struct KeyTable {
  private(set) var names: [[UInt8]] = []
  private var places: [Int?] = []

  /// Learns a key.
  mutating func learn(_ key: UnsafeBufferPointer<UInt8>, hint: Int) {
    if find(key, hint: hint) == nil { names.append(Array(key)) }
  }

  mutating func map(_ columns: ColumnMap) { places = columns.places }

  /// - Returns: the place of the key's field; `nil` for a key that is no field's.
  func place(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? { find(key, hint: hint).flatMap { places[$0] } }

  func index(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? { find(key, hint: hint) }

  private func find(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? {
    if hint < names.count, Self.same(names[hint], key) { return hint }
    return names.firstIndex { Self.same($0, key) }
  }

  private static func same(_ name: [UInt8], _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count == key.count else { return false }
    guard let base = key.baseAddress else { return true }
    return name.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, base, key.count) == 0 } ?? true }
  }
}
