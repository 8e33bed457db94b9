/// What makes an unknown word look like a person: surnames, forms of address, endings of roles.
struct PersonNames: Sendable {
  private var first = ScalarSet()
  private var last = ScalarSet()
  private static let longest = 5
  private static let longestOrganisation = 48

  /// Endings of organisations' names, and words in them by which they are somebody else.
  private var organisations: [[UInt32]] = []
  private var foreign: [[UInt32]] = []

  mutating func add(organisation ending: [UInt32]) { organisations.append(ending) }
  mutating func add(foreign word: [UInt32]) { foreign.append(word) }

  /// 样例五金加工厂, sample foods gmbh; not 样例代理公司.
  func isOrganisation(_ name: ArraySlice<UInt32>) -> Bool {
    guard name.count <= Self.longestOrganisation,
      let end = organisations.first(where: { name.count > $0.count + 1 && name.suffix($0.count).elementsEqual($0) })
    else { return false }
    // A Latin ending is a word of its own.
    if let first = end.first, Scalars.isLetter(first), name[name.endIndex - end.count - 1] != 0x20 { return false }
    return !foreign.contains { word in
      name.indices.contains { name[$0...].starts(with: word) }
    }
  }

  mutating func add(first scalars: [UInt32]) { scalars.forEach { first.insert($0) } }
  mutating func add(last scalars: [UInt32]) { scalars.forEach { last.insert($0) } }

  /// 王总, 爱人: a form of address, a role.
  func isRole(_ word: ArraySlice<UInt32>) -> Bool { word.last.map(last.contains) ?? false }

  func isPerson(_ word: ArraySlice<UInt32>) -> Bool {
    guard let begin = word.first, let end = word.last else { return false }
    if last.contains(end) { return true }
    return word.count <= Self.longest && word.count > 1 && first.contains(begin)
  }
}
