/// A mapping whose keys were checked.
package struct YAMLMap {
  package let owner: YAMLNode
  /// In the file's order; merged ones last.
  package let pairs: [(name: String, value: YAMLNode)]
  private let values: [String: YAMLNode]

  init(owner: YAMLNode, pairs: [(name: String, value: YAMLNode)]) {
    self.owner = owner
    self.pairs = pairs
    values = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  package subscript(name: String) -> YAMLNode? { values[name] }

  /// - Throws: a mistake that names the key where it is missing.
  package func need(_ name: String) throws(YAMLMistake) -> YAMLNode {
    guard let value = values[name] else {
      throw owner.mistake(
        "the key `\(owner.join(name))` is missing",
        "Add `\(name):`" + (owner.guide.map { "; \($0) says what it means" } ?? ""))
    }
    return value
  }

  /// The value of a key that was required.
  package func callAsFunction(_ name: String) throws(YAMLMistake) -> YAMLNode { try need(name) }
}
