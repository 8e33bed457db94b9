/// Words with kinds: a `WordGraph` whose numbers stand for cases. The graph itself knows no generic types, so that it is as
/// fast in debug builds.
struct Trie<Kind: RawRepresentable & Sendable>: Sendable where Kind.RawValue: FixedWidthInteger {
  private let graph: WordGraph

  init(_ builder: Builder) { graph = WordGraph(builder.graph) }

  static var root: Int { WordGraph.root }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { graph.begins(scalar) }

  /// See `WordGraph.longest`.
  @inline(__always)
  func longest(
    _ s: [UInt32], _ at: Int, below limit: Int = .max, breaks: [Bool] = [], as meaning: (UInt32) -> UInt32 = { $0 }
  ) -> (kind: Kind, end: Int)? {
    guard let found = graph.longest(s, at, below: limit, breaks: breaks, as: meaning), let kind = Self.kind(found.kind)
    else { return nil }
    return (kind, found.end)
  }

  /// Every word that stands at a place to its last scalar, shorter ones first.
  @inline(__always)
  func forEach(at place: Int, of s: [UInt32], _ body: (Kind, _ end: Int) -> Void) {
    graph.forEach(at: place, of: s) { number, end in if let kind = Self.kind(number) { body(kind, end) } }
  }

  /// The place that a word's scalars lead to from another, the root or such a place; nil where no word goes on so.
  func place(_ from: Int, _ scalars: some Sequence<UInt32>) -> Int? { graph.place(from, scalars) }

  /// The kind of the word that ends at a place.
  func kind(_ place: Int) -> Kind? { graph.kind(place).flatMap(Self.kind) }

  func contains(_ word: some Sequence<UInt32>) -> Bool { graph.contains(word) }

  @inline(__always)
  private static func kind(_ number: WordGraph.Kind) -> Kind? {
    Kind(rawValue: Kind.RawValue(truncatingIfNeeded: number))
  }

  /// Words while they are gathered.
  struct Builder: Sendable {
    fileprivate var graph = WordGraph.Builder()

    var isEmpty: Bool { graph.isEmpty }

    /// - Returns: the kind that the word had before; it is kept then.
    mutating func add(_ word: [UInt32], _ kind: Kind) -> Kind? {
      graph.add(word, Self.number(kind)).flatMap(Trie.kind)
    }

    /// The place where a word goes on from another; the root is where all begin.
    mutating func go(on scalar: UInt32, from at: Int) -> Int { graph.go(on: scalar, from: at) }

    /// The place where a word ends.
    mutating func place(of word: [UInt32]) -> Int { graph.place(of: word) }

    /// What a word that ends at a place is.
    subscript(at: Int) -> Kind? {
      get { graph[at].flatMap(Trie.kind) }
      set { graph[at] = newValue.map(Self.number) }
    }

    /// A word ends at a place.
    /// - Returns: the kind that the word had before; it is kept then.
    mutating func end(_ at: Int, _ kind: Kind) -> Kind? { graph.end(at, Self.number(kind)).flatMap(Trie.kind) }

    /// The kind of a whole word.
    func kind(of word: [UInt32]) -> Kind? { graph.kind(of: word).flatMap(Trie.kind) }

    private static func number(_ kind: Kind) -> WordGraph.Kind { WordGraph.Kind(truncatingIfNeeded: kind.rawValue) }
  }
}
