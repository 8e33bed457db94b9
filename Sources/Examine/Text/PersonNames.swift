/// What makes an unknown word look like a person: surnames, forms of address, endings of roles.
struct PersonNames: Sendable {
  private(set) var first: Set<UInt32> = []
  private(set) var last: Set<UInt32> = []
  private static let longest = 5

  mutating func add(first scalars: [UInt32]) { first.formUnion(scalars) }
  mutating func add(last scalars: [UInt32]) { last.formUnion(scalars) }

  /// 王总, 爱人: a form of address, a role.
  func isRole(_ word: ArraySlice<UInt32>) -> Bool { word.last.map(last.contains) ?? false }

  func isPerson(_ word: ArraySlice<UInt32>) -> Bool {
    guard let begin = word.first, let end = word.last else { return false }
    if last.contains(end) { return true }
    return word.count <= Self.longest && word.count > 1 && first.contains(begin)
  }
}
