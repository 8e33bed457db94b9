/// Words over folded scalars, each with its class; finds the longest word at a place in one walk.
struct Trie: Sendable {
  private struct Node {
    var kind: WordClass? = nil
    /// A bit for the low six bits of each child's scalar: most steps that lead nowhere are told from it.
    var children: UInt64 = 0
  }
  /// From a node by a scalar to its child.
  private struct Edge {
    var node: Int32 = 0
    var scalar: UInt32 = 0
    /// 0: no edge.
    var child: Int32 = 0
  }
  private var nodes = [Node()]
  /// An open hash table, at most half full; its size is a power of two.
  private var edges = [Edge](repeating: Edge(), count: 64)
  /// The child of the root for a first scalar of the basic plane; 0 for none.
  private var first = [Int32](repeating: 0, count: 0x10000)

  var isEmpty: Bool { nodes.count == 1 }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { root(scalar) != nil }

  /// The child of the root for a first scalar; one beyond the basic plane (🙄) is looked up like any other.
  private func root(_ scalar: UInt32) -> Int? {
    guard scalar < 0x10000 else { return child(0, scalar) }
    let child = Int(first[Int(scalar)])
    return child == 0 ? nil : child
  }

  /// - Returns: the class that the word had before; it is kept then.
  mutating func add(_ word: [UInt32], _ kind: WordClass) -> WordClass? {
    var at = 0
    for (depth, scalar) in word.enumerated() {
      if let child = child(at, scalar) {
        at = child
        continue
      }
      nodes.append(Node())
      let child = Int32(nodes.count - 1)
      nodes[at].children |= Self.bit(scalar)
      if nodes.count * 2 > edges.count { grow() }
      insert(Edge(node: Int32(at), scalar: scalar, child: child))
      if depth == 0, scalar < 0x10000 { first[Int(scalar)] = child }
      at = Int(child)
    }
    if let before = nodes[at].kind { return before }
    nodes[at].kind = kind
    return nil
  }

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
    guard let start = root(meaning(s[at])) else { return nil }
    if Scalars.isWord(s[at]), at > 0, Scalars.isWord(s[at - 1]) { return nil }
    return s.withUnsafeBufferPointer { text in
      nodes.withUnsafeBufferPointer { nodes in
        edges.withUnsafeBufferPointer { edges in
          let text = UnsafeBufferPointer(rebasing: text[..<min(limit, text.count)])
          return Self.walk(Tables(nodes: nodes, edges: edges), start, text, at + 1, breaks, meaning)
        }
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
  func kind(_ node: Int) -> WordClass? { nodes[node].kind }

  func contains(_ word: some Sequence<UInt32>) -> Bool { node(Self.root, word).map { kind($0) != nil } ?? false }

  /// The tables while they are walked, without their bounds.
  private struct Tables {
    let nodes: UnsafeBufferPointer<Node>
    let edges: UnsafeBufferPointer<Edge>

    func child(_ node: Int, _ scalar: UInt32) -> Int? {
      guard nodes[node].children & Trie.bit(scalar) != 0 else { return nil }
      var at = Trie.hash(node, scalar) & (edges.count - 1)
      while edges[at].child != 0 {
        if edges[at].scalar == scalar, edges[at].node == node { return Int(edges[at].child) }
        at = (at + 1) & (edges.count - 1)
      }
      return nil
    }
  }

  @inline(__always)
  private static func walk(
    _ tables: Tables, _ start: Int, _ s: UnsafeBufferPointer<UInt32>, _ from: Int, _ breaks: [Bool],
    _ meaning: (UInt32) -> UInt32
  ) -> (kind: WordClass, end: Int)? {
    var node = start
    var i = from
    var best: (kind: WordClass, end: Int)? = nil
    while true {
      if let kind = tables.nodes[node].kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let child = tables.child(node, meaning(s[i])) {
        node = child
        i += 1
      } else if s[i] == 10, i + 1 < s.count, tables.nodes[node].children != 0 {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let child = tables.child(node, meaning(s[i + 1])), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = child
          i += 2
        } else if let blank = tables.child(node, 0x20), let child = tables.child(blank, meaning(s[i + 1])) {
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
    nodes.withUnsafeBufferPointer { nodes in
      edges.withUnsafeBufferPointer { Tables(nodes: nodes, edges: $0).child(node, scalar) }
    }
  }

  private mutating func insert(_ edge: Edge) {
    var at = Self.hash(Int(edge.node), edge.scalar) & (edges.count - 1)
    while edges[at].child != 0 { at = (at + 1) & (edges.count - 1) }
    edges[at] = edge
  }

  private mutating func grow() {
    let old = edges
    edges = [Edge](repeating: Edge(), count: old.count * 2)
    for edge in old where edge.child != 0 { insert(edge) }
  }

  private static func bit(_ scalar: UInt32) -> UInt64 { 1 << UInt64(scalar & 63) }
  private static func hash(_ node: Int, _ scalar: UInt32) -> Int {
    let mixed = (UInt64(UInt32(truncatingIfNeeded: node)) << 32 | UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
