/// Words over folded scalars, each with its class; finds the longest word at a place in one walk. Nothing is added to it:
/// see `Builder`. All steps from letter to letter lie in one hash table, and each knows which scalars may follow it: a
/// step that leads on costs one look at memory as a rule, the one that ends a walk none.
struct Trie: Sendable {
  /// A node as it is reached from its parent by a scalar.
  private struct Step {
    var parent: Int32 = 0
    var scalar: UInt32 = 0
    /// 0: an empty place of the table.
    var node: Int32 = 0
    /// A bit for the low four bits of each scalar that leads on; 0 where none does.
    var onward: UInt16 = 0
    var kind: WordClass? = nil
  }
  /// The root, then an open hash table, three quarters full: few searches fail, so it may be.
  private var steps: [Step]

  init(_ builder: Builder) {
    var onward = [UInt16](repeating: 0, count: builder.count)
    for edge in builder.all { onward[Int(edge.node)] |= Self.bit(edge.scalar) }
    let size = builder.count * 4 / 3 + 1
    steps = [Step](repeating: Step(), count: size + 1)
    steps[Self.root].onward = onward[0]
    for edge in builder.all {
      var place = Self.place(edge.node, edge.scalar, size)
      while steps[place].node != 0 { place = place == size ? 1 : place + 1 }
      steps[place] = Step(
        parent: edge.node, scalar: edge.scalar, node: edge.child, onward: onward[Int(edge.child)],
        kind: builder.kind(edge.child))
    }
  }

  private static func bit(_ scalar: UInt32) -> UInt16 { 1 &<< UInt16(truncatingIfNeeded: scalar & 15) }

  /// Where the search for a step begins.
  private static func place(_ node: Int32, _ scalar: UInt32, _ size: Int) -> Int {
    // The hash has 32 bits: as a fraction of the table.
    1 + (Builder.hash(node, scalar) * size) >> 32
  }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { child(Self.root, scalar) != nil }

  /// The longest word that begins at `at`. A word of Latin letters ends at a word's end; one line break or blank inside
  /// a word does not part it (a mail breaks lines anywhere).
  /// - Parameters:
  ///   - limit: the text is read as if it ended there.
  ///   - breaks: places before which no word goes on; empty for none.
  ///   - meaning: the scalar of a word that one of the text stands for.
  @inline(__always)
  func longest(
    _ s: [UInt32], _ at: Int, below limit: Int = .max, breaks: [Bool] = [], as meaning: (UInt32) -> UInt32 = { $0 }
  ) -> (kind: WordClass, end: Int)? {
    if Scalars.isWord(s[at]), at > 0, Scalars.isWord(s[at - 1]) { return nil }
    return s.withUnsafeBufferPointer { text in
      steps.withUnsafeBufferPointer { steps in
        let text = UnsafeBufferPointer(rebasing: text[..<min(limit, text.count)])
        return Self.walk(steps, text, at, breaks, meaning)
      }
    }
  }

  /// The node that a word's scalars lead to from another; nil where no word goes on so.
  func node(_ from: Int, _ scalars: some Sequence<UInt32>) -> Int? {
    var node = from
    for scalar in scalars {
      guard let child = child(node, scalar) else { return nil }
      node = child
    }
    return node
  }
  static let root = 0

  /// The class of the word that ends at a node.
  func kind(_ node: Int) -> WordClass? { steps[node].kind }

  func contains(_ word: some Sequence<UInt32>) -> Bool { node(Self.root, word).map { kind($0) != nil } ?? false }

  @inline(__always)
  private static func child(_ steps: UnsafeBufferPointer<Step>, _ node: Int, _ scalar: UInt32) -> Int? {
    guard steps[node].onward & bit(scalar) != 0 else { return nil }
    let (parent, size) = (steps[node].node, steps.count - 1)
    var place = place(parent, scalar, size)
    while steps[place].node != 0 {
      if steps[place].scalar == scalar, steps[place].parent == parent { return place }
      place = place == size ? 1 : place + 1
    }
    return nil
  }

  @inline(__always)
  private static func walk(
    _ steps: UnsafeBufferPointer<Step>, _ s: UnsafeBufferPointer<UInt32>, _ from: Int, _ breaks: [Bool],
    _ meaning: (UInt32) -> UInt32
  ) -> (kind: WordClass, end: Int)? {
    guard var node = child(steps, root, meaning(s[from])) else { return nil }
    var i = from + 1
    var best: (kind: WordClass, end: Int)? = nil
    while true {
      if let kind = steps[node].kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard steps[node].onward != 0, i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let child = child(steps, node, meaning(s[i])) {
        node = child
        i += 1
      } else if s[i] == 10, i + 1 < s.count {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let child = child(steps, node, meaning(s[i + 1])), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = child
          i += 2
        } else if let blank = child(steps, node, 0x20), let child = child(steps, blank, meaning(s[i + 1])) {
          node = child
          i += 2
        } else {
          return best
        }
      } else {
        return best
      }
    }
  }

  private func child(_ node: Int, _ scalar: UInt32) -> Int? {
    steps.withUnsafeBufferPointer { Self.child($0, node, scalar) }
  }

  /// Words while they are gathered.
  struct Builder: Sendable {
    /// From a node by a scalar to its child.
    struct Edge {
      var node: Int32 = 0
      var scalar: UInt32 = 0
      /// 0: no edge.
      var child: Int32 = 0
    }
    private var kinds: [WordClass?] = [nil]
    /// An open hash table, at most half full; its size is a power of two.
    private var edges = [Edge](repeating: Edge(), count: 64)

    var isEmpty: Bool { kinds.count == 1 }

    /// - Returns: the class that the word had before; it is kept then.
    mutating func add(_ word: [UInt32], _ kind: WordClass) -> WordClass? {
      var at: Int32 = 0
      for scalar in word {
        if let child = child(at, scalar) {
          at = child
          continue
        }
        kinds.append(nil)
        if kinds.count * 2 > edges.count { grow() }
        let child = Int32(kinds.count - 1)
        insert(Edge(node: at, scalar: scalar, child: child))
        at = child
      }
      if let before = kinds[Int(at)] { return before }
      kinds[Int(at)] = kind
      return nil
    }

    /// The class of a whole word.
    func kind(of word: [UInt32]) -> WordClass? {
      var at: Int32 = 0
      for scalar in word {
        guard let child = child(at, scalar) else { return nil }
        at = child
      }
      return kinds[Int(at)]
    }

    /// The class of the word that ends at a node.
    fileprivate func kind(_ node: Int32) -> WordClass? { kinds[Int(node)] }

    /// Nodes, the root among them.
    fileprivate var count: Int { kinds.count }

    /// Every edge, in no order.
    fileprivate var all: some Sequence<Edge> { edges.lazy.filter { $0.child != 0 } }

    private func child(_ node: Int32, _ scalar: UInt32) -> Int32? {
      var at = Self.hash(node, scalar) & (edges.count - 1)
      while edges[at].child != 0 {
        if edges[at].scalar == scalar, edges[at].node == node { return edges[at].child }
        at = (at + 1) & (edges.count - 1)
      }
      return nil
    }

    private mutating func insert(_ edge: Edge) {
      var at = Self.hash(edge.node, edge.scalar) & (edges.count - 1)
      while edges[at].child != 0 { at = (at + 1) & (edges.count - 1) }
      edges[at] = edge
    }

    private mutating func grow() {
      let old = edges
      edges = [Edge](repeating: Edge(), count: old.count * 2)
      for edge in old where edge.child != 0 { insert(edge) }
    }

    fileprivate static func hash(_ node: Int32, _ scalar: UInt32) -> Int {
      let mixed = (UInt64(UInt32(truncatingIfNeeded: node)) << 32 | UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
      return Int(truncatingIfNeeded: mixed >> 32)
    }
  }
}
