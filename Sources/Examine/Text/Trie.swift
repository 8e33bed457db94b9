/// Words over folded scalars, each with its class; finds the longest word at a place in one walk. Nothing is added to it:
/// see `Builder`. The children of a node lie side by side, each with its own label, so that a step costs one look at
/// memory as a rule.
struct Trie: Sendable {
  private struct Node {
    /// By which scalar it is reached from its parent; rising among the children of one.
    var label: UInt32 = 0
    /// Its children are the nodes from here on.
    var first: Int32 = 0
    var count: UInt16 = 0
    var kind: WordClass? = nil
  }
  private var nodes = [Node()]
  /// The child of the root for a first scalar of the basic plane; 0 for none.
  private var begins = [Int32](repeating: 0, count: 0x10000)

  init(_ builder: Builder) {
    var stack = [(old: Int32(0), new: 0)]
    let children = builder.children()
    while let (old, new) = stack.popLast() {
      let edges = children[Int(old)]
      nodes[new].first = Int32(nodes.count)
      nodes[new].count = UInt16(edges.count)
      for edge in edges {
        stack.append((edge.child, nodes.count))
        if new == 0, edge.scalar < 0x10000 { begins[Int(edge.scalar)] = Int32(nodes.count) }
        nodes.append(Node(label: edge.scalar, kind: builder.kind(edge.child)))
      }
    }
  }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { root(scalar) != nil }

  /// The child of the root for a first scalar; one beyond the basic plane (🙄) is looked up like any other.
  private func root(_ scalar: UInt32) -> Int? {
    guard scalar < 0x10000 else { return child(Self.root, scalar) }
    let child = Int(begins[Int(scalar)])
    return child == 0 ? nil : child
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
        let text = UnsafeBufferPointer(rebasing: text[..<min(limit, text.count)])
        return Self.walk(nodes, start, text, at + 1, breaks, meaning)
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

  private static func child(_ nodes: UnsafeBufferPointer<Node>, _ node: Int, _ scalar: UInt32) -> Int? {
    var low = Int(nodes[node].first)
    var high = low + Int(nodes[node].count)
    while high - low > few {
      let middle = (low + high) / 2
      if nodes[middle].label <= scalar { low = middle } else { high = middle }
    }
    while low < high {
      if nodes[low].label == scalar { return low }
      low += 1
    }
    return nil
  }
  /// So many labels are looked at one after the other.
  private static let few = 8

  @inline(__always)
  private static func walk(
    _ nodes: UnsafeBufferPointer<Node>, _ start: Int, _ s: UnsafeBufferPointer<UInt32>, _ from: Int, _ breaks: [Bool],
    _ meaning: (UInt32) -> UInt32
  ) -> (kind: WordClass, end: Int)? {
    var node = start
    var i = from
    var best: (kind: WordClass, end: Int)? = nil
    while true {
      if let kind = nodes[node].kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let child = child(nodes, node, meaning(s[i])) {
        node = child
        i += 1
      } else if s[i] == 10, i + 1 < s.count, nodes[node].count != 0 {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let child = child(nodes, node, meaning(s[i + 1])), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = child
          i += 2
        } else if let blank = child(nodes, node, 0x20), let child = child(nodes, blank, meaning(s[i + 1])) {
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
    nodes.withUnsafeBufferPointer { Self.child($0, node, scalar) }
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

    /// The edges of each node, by rising scalar.
    fileprivate func children() -> [[Edge]] {
      var children = [[Edge]](repeating: [], count: kinds.count)
      for edge in edges where edge.child != 0 { children[Int(edge.node)].append(edge) }
      for node in children.indices where children[node].count > 1 {
        children[node].sort { $0.scalar < $1.scalar }
      }
      return children
    }

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

    private static func hash(_ node: Int32, _ scalar: UInt32) -> Int {
      let mixed = (UInt64(UInt32(truncatingIfNeeded: node)) << 32 | UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
      return Int(truncatingIfNeeded: mixed >> 32)
    }
  }
}
