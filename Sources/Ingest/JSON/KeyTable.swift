import ClosureModel

/// Keys of JSON records and their fields. Records mostly have the same keys in the same order: the key at the same place
/// is tried first.
struct KeyTable {
  private(set) var names: [[UInt8]] = []
  private var places: [Int?] = []

  /// Learns a key.
  mutating func learn(_ key: UnsafeBufferPointer<UInt8>, hint: Int) {
    if find(key, hint: hint) == nil { names.append(Array(key)) }
  }

  mutating func map(_ columns: ColumnMap) { places = columns.fields.map { $0.flatMap { Cells.places[$0] } } }

  /// - Returns: the place of the key's field; `nil` for a key that is no field's.
  func place(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? { find(key, hint: hint).flatMap { places[$0] } }

  func index(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? { find(key, hint: hint) }

  private func find(_ key: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? {
    if hint < names.count, names[hint].elementsEqual(key) { return hint }
    return names.firstIndex { $0.count == key.count && $0.elementsEqual(key) }
  }
}
