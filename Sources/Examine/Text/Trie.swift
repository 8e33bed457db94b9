/// Words over folded scalars, each with its kind; finds the longest word at a place in one walk. Nothing is added to it:
/// see `Builder`. Words that go on alike share what follows: lexicons write many endings behind many beginnings, and
/// what is left of their hundred thousand words is small enough to stay near the core that reads.
struct Trie<Kind: RawRepresentable & Sendable>: Sendable where Kind.RawValue == UInt8 {
  fileprivate struct Node {
    /// Where the steps stand that lead on from it, by rising scalar.
    var first: UInt32 = 0
    var count: UInt32 = 0
    /// A bit for the low four bits of each scalar that leads on; 0 where none does.
    var onward: UInt16 = 0
    var kind: Kind? = nil
  }
  fileprivate struct Step {
    var scalar: UInt32 = 0
    var node: UInt32 = 0
  }
  private var nodes: [Node]
  private var steps: [Step] = []
  /// The steps from the root, of which there are many: an open hash table by scalar, at most half full. No step leads to
  /// the root, so it marks an empty place.
  private var beginnings: [Step]

  init(_ builder: Builder) {
    nodes = [Node()]
    var same = SameNodes(builder.count)
    var known = [UInt32](repeating: 0, count: builder.count)
    var onward: [Step] = []
    // A node's children come behind it.
    for at in stride(from: builder.count - 1, to: Self.root, by: -1) {
      builder.steps(from: at, to: known, &onward)
      let node = Node(
        first: UInt32(steps.count), count: UInt32(onward.count),
        onward: onward.reduce(0) { $0 | Self.bit($1.scalar) }, kind: builder[at])
      known[at] = same.place(of: node, onward, &nodes, &steps)
    }
    builder.steps(from: Self.root, to: known, &onward)
    nodes[Self.root] = Node(
      first: UInt32(steps.count), count: UInt32(onward.count), onward: onward.reduce(0) { $0 | Self.bit($1.scalar) })
    steps += onward
    beginnings = [Step](repeating: Step(), count: Self.powerOfTwo(above: onward.count * 2))
    for step in onward {
      var at = Int(step.scalar) & (beginnings.count - 1)
      while beginnings[at].node != 0 { at = (at + 1) & (beginnings.count - 1) }
      beginnings[at] = step
    }
  }

  private static func powerOfTwo(above count: Int) -> Int { 1 << (Int.bitWidth - count.leadingZeroBitCount) }

  /// Nodes that were laid down already, so that equal ones are laid down once.
  private struct SameNodes {
    /// An open hash table of places in `nodes`; 0: empty.
    private var table: [UInt32]

    init(_ count: Int) { table = [UInt32](repeating: 0, count: Trie.powerOfTwo(above: count + count / 2)) }

    mutating func place(of node: Node, _ onward: [Step], _ nodes: inout [Node], _ steps: inout [Step]) -> UInt32 {
      var hash = UInt64(node.kind.map { $0.rawValue &+ 1 } ?? 0)
      for step in onward {
        hash = (hash ^ (UInt64(step.scalar) << 32 | UInt64(step.node))) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      var at = Int(truncatingIfNeeded: hash) & (table.count - 1)
      while table[at] != 0 {
        let other = nodes[Int(table[at])]
        if other.kind?.rawValue == node.kind?.rawValue, other.count == node.count,
          onward.indices.allSatisfy({
            steps[Int(other.first) + $0].scalar == onward[$0].scalar
              && steps[Int(other.first) + $0].node == onward[$0].node
          })
        {
          return table[at]
        }
        at = (at + 1) & (table.count - 1)
      }
      table[at] = UInt32(nodes.count)
      nodes.append(node)
      steps += onward
      return table[at]
    }
  }

  private static func bit(_ scalar: UInt32) -> UInt16 { 1 &<< UInt16(truncatingIfNeeded: scalar & 15) }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { beginning(scalar) != nil }

  /// The node that a word's first scalar leads to.
  @inline(__always)
  private func beginning(_ scalar: UInt32) -> Int? {
    var at = Int(scalar) & (beginnings.count - 1)
    while beginnings[at].node != 0 {
      if beginnings[at].scalar == scalar { return Int(beginnings[at].node) }
      at = (at + 1) & (beginnings.count - 1)
    }
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
  ) -> (kind: Kind, end: Int)? {
    if Scalars.isWord(s[at]), at > 0, Scalars.isWord(s[at - 1]) { return nil }
    guard let start = beginning(meaning(s[at])) else { return nil }
    return s.withUnsafeBufferPointer { text in
      nodes.withUnsafeBufferPointer { nodes in
        steps.withUnsafeBufferPointer { steps in
          let text = UnsafeBufferPointer(rebasing: text[..<min(limit, text.count)])
          return Self.walk(nodes, steps, start, text, at, breaks, meaning)
        }
      }
    }
  }

  /// Every word that stands at a place to its last scalar, shorter ones first.
  @inline(__always)
  func forEach(at place: Int, of s: [UInt32], _ body: (Kind, _ end: Int) -> Void) {
    guard var node = beginning(s[place]) else { return }
    s.withUnsafeBufferPointer { s in
      nodes.withUnsafeBufferPointer { nodes in
        steps.withUnsafeBufferPointer { steps in
          var end = place + 1
          while true {
            if let kind = nodes[node].kind { body(kind, end) }
            guard end < s.count, let child = Self.child(nodes, steps, node, s[end]) else { return }
            node = child
            end += 1
          }
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
  static var root: Int { 0 }

  /// The kind of the word that ends at a node.
  func kind(_ node: Int) -> Kind? { nodes[node].kind }

  func contains(_ word: some Sequence<UInt32>) -> Bool { node(Self.root, word).map { kind($0) != nil } ?? false }

  /// The node that a scalar leads to from another than the root.
  @inline(__always)
  private static func child(
    _ nodes: UnsafeBufferPointer<Node>, _ steps: UnsafeBufferPointer<Step>, _ node: Int, _ scalar: UInt32
  ) -> Int? {
    let parent = nodes[node]
    guard parent.onward & bit(scalar) != 0 else { return nil }
    var (low, count) = (Int(parent.first), Int(parent.count))
    // Most nodes have one step or two.
    while count > 4 {
      let half = count / 2
      if steps[low + half].scalar <= scalar {
        low += half
        count -= half
      } else {
        count = half
      }
    }
    for at in low..<(low + count) where steps[at].scalar == scalar { return Int(steps[at].node) }
    return nil
  }

  @inline(__always)
  private static func walk(
    _ nodes: UnsafeBufferPointer<Node>, _ steps: UnsafeBufferPointer<Step>, _ start: Int,
    _ s: UnsafeBufferPointer<UInt32>, _ from: Int, _ breaks: [Bool], _ meaning: (UInt32) -> UInt32
  ) -> (kind: Kind, end: Int)? {
    var node = start
    var i = from + 1
    var best: (kind: Kind, end: Int)? = nil
    while true {
      if let kind = nodes[node].kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard nodes[node].onward != 0, i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let child = child(nodes, steps, node, meaning(s[i])) {
        node = child
        i += 1
      } else if s[i] == 10, i + 1 < s.count {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let child = child(nodes, steps, node, meaning(s[i + 1])), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = child
          i += 2
        } else if let blank = child(nodes, steps, node, 0x20), let child = child(nodes, steps, blank, meaning(s[i + 1])) {
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
    if node == Self.root { return beginning(scalar) }
    return nodes.withUnsafeBufferPointer { nodes in
      steps.withUnsafeBufferPointer { Self.child(nodes, $0, node, scalar) }
    }
  }

  /// Words while they are gathered: a tree of lists.
  struct Builder: Sendable {
    private struct Node {
      var scalar: UInt32 = 0
      var kind: Kind? = nil
      /// The child that was asked for last, then its sisters; 0: none.
      var child: Int32 = 0
      var sister: Int32 = 0
    }
    private var nodes = [Node()]

    var isEmpty: Bool { nodes.count == 1 }

    /// - Returns: the kind that the word had before; it is kept then.
    mutating func add(_ word: [UInt32], _ kind: Kind) -> Kind? {
      end(place(of: word), kind)
    }

    /// The place where a word goes on from another; the root is where all begin.
    mutating func go(on scalar: UInt32, from at: Int) -> Int {
      let first = nodes[at].child
      var (before, child) = (Int32(0), first)
      while child != 0, nodes[Int(child)].scalar != scalar { (before, child) = (child, nodes[Int(child)].sister) }
      if child == 0 {
        child = Int32(nodes.count)
        nodes.append(Node(scalar: scalar, sister: first))
        nodes[at].child = child
      } else if before != 0 {
        // Words are added by their beginnings: it will be asked for again.
        nodes[Int(before)].sister = nodes[Int(child)].sister
        nodes[Int(child)].sister = first
        nodes[at].child = child
      }
      return Int(child)
    }

    /// The place where a word ends.
    mutating func place(of word: [UInt32]) -> Int { word.reduce(Trie.root) { go(on: $1, from: $0) } }

    /// What a word that ends at a place is.
    subscript(at: Int) -> Kind? {
      get { nodes[at].kind }
      set { nodes[at].kind = newValue }
    }

    /// A word ends at a place.
    /// - Returns: the kind that the word had before; it is kept then.
    mutating func end(_ at: Int, _ kind: Kind) -> Kind? {
      if let before = nodes[at].kind { return before }
      nodes[at].kind = kind
      return nil
    }

    /// The kind of a whole word.
    func kind(of word: [UInt32]) -> Kind? {
      var at = Trie.root
      for scalar in word {
        var child = nodes[at].child
        while child != 0, nodes[Int(child)].scalar != scalar { child = nodes[Int(child)].sister }
        guard child != 0 else { return nil }
        at = Int(child)
      }
      return nodes[at].kind
    }

    /// Nodes, the root among them; children behind their parents.
    fileprivate var count: Int { nodes.count }

    /// The steps on from a node, by rising scalar.
    /// - Parameter places: where nodes were laid down.
    fileprivate func steps(from at: Int, to places: [UInt32], _ out: inout [Step]) {
      out.removeAll(keepingCapacity: true)
      var child = nodes[at].child
      while child != 0 {
        out.append(Step(scalar: nodes[Int(child)].scalar, node: places[Int(child)]))
        child = nodes[Int(child)].sister
      }
      if out.count > 1 { out.sort { $0.scalar < $1.scalar } }
    }
  }
}
