/// Words over folded scalars, each with its kind; finds the longest word at a place in one walk. Nothing is added to it:
/// see `Builder`. Words that go on alike share what follows: lexicons write many endings behind many beginnings, and
/// what is left of their hundred thousand words is small enough to stay near the core that reads.
struct WordGraph: Sendable {
  /// What a word is, by the number of its kind.
  typealias Kind = UInt16
  /// Where a word may go on: at `size` places of `steps`, from `first` on. A few steps stand side by side; more of them are
  /// an open hash table by scalar, at most half full.
  fileprivate struct Node {
    var first: UInt32 = 0
    var size: UInt32 = 0
    /// A bit for the low four bits of each scalar that leads on; 0 where none does.
    var onward: UInt16 = 0
    private var mark = Kind.max
    /// Of the word that ends here.
    var kind: Kind? {
      get { mark == .max ? nil : mark }
      set { mark = newValue ?? .max }
    }

    init(first: UInt32 = 0, size: UInt32 = 0, onward: UInt16 = 0) {
      (self.first, self.size, self.onward) = (first, size, onward)
    }
  }
  /// A scalar, and the node that it leads to.
  fileprivate struct Step {
    var scalar = WordGraph.nothing
    var node = Node()
  }
  /// No scalar: an empty place.
  private static var nothing: UInt32 { .max }
  private static var few: Int { 4 }
  private var steps: [Step] = []
  private var start = Node()

  init(_ builder: Builder) {
    var same = SameSteps()
    var onward = [Node](repeating: Node(), count: builder.count)
    var all: [Step] = []
    // A node's children come behind it.
    for at in stride(from: builder.count - 1, through: Self.root, by: -1) {
      builder.steps(from: at, to: onward, &all)
      onward[at] = same.node(all, &steps)
      onward[at].kind = builder[at]
    }
    start = onward[Self.root]
  }

  /// Steps that were laid down already, so that equal ones are laid down once.
  private struct SameSteps {
    /// An open hash table, at most half full.
    private var nodes = [Node](repeating: Node(), count: 1024)
    private var count = 0

    /// - Parameter all: by rising scalar.
    mutating func node(_ all: [Step], _ steps: inout [Step]) -> Node {
      if all.isEmpty { return Node() }
      let laid = all.count <= WordGraph.few ? all : Self.laid(all)
      let place = laid.withUnsafeBufferPointer { laid in
        steps.withUnsafeBufferPointer { self.place(of: laid, $0) }
      }
      if nodes[place].size != 0 { return nodes[place] }
      let node = Node(
        first: UInt32(steps.count), size: UInt32(laid.count), onward: all.reduce(0) { $0 | WordGraph.bit($1.scalar) })
      steps += laid
      nodes[place] = node
      count += 1
      if count * 2 > nodes.count { steps.withUnsafeBufferPointer { grow($0) } }
      return node
    }

    /// Where a node with these steps stands, or may be put; asked for every node that is gathered.
    private func place(of laid: UnsafeBufferPointer<Step>, _ steps: UnsafeBufferPointer<Step>) -> Int {
      var hash: UInt64 = 0
      for step in laid {
        let to = UInt64(step.node.first) << 16 &+ (step.node.kind.map { UInt64($0) &+ 1 } ?? 0)
        hash = (hash ^ (UInt64(step.scalar) << 40 ^ to)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      return nodes.withUnsafeBufferPointer { nodes in
        var at = Int(truncatingIfNeeded: hash) & (nodes.count &- 1)
        while nodes[at].size != 0, !Self.isSame(laid, nodes[at], steps) { at = (at &+ 1) & (nodes.count &- 1) }
        return at
      }
    }

    private static func isSame(
      _ laid: UnsafeBufferPointer<Step>, _ node: Node, _ steps: UnsafeBufferPointer<Step>
    ) -> Bool {
      guard laid.count == Int(node.size) else { return false }
      let first = Int(node.first)
      return laid.indices.allSatisfy { isSame(laid[$0], steps[first &+ $0]) }
    }

    private mutating func grow(_ steps: UnsafeBufferPointer<Step>) {
      let old = nodes
      nodes = [Node](repeating: Node(), count: old.count * 2)
      for node in old where node.size != 0 {
        let laid = UnsafeBufferPointer(rebasing: steps[Int(node.first)..<Int(node.first + node.size)])
        nodes[place(of: laid, steps)] = node
      }
    }

    private static func laid(_ all: [Step]) -> [Step] {
      var places = [Step](repeating: Step(), count: WordGraph.powerOfTwo(from: all.count * 2))
      for step in all {
        var at = Int(step.scalar) & (places.count - 1)
        while places[at].scalar != WordGraph.nothing { at = (at + 1) & (places.count - 1) }
        places[at] = step
      }
      return places
    }

    private static func isSame(_ a: Step, _ b: Step) -> Bool {
      a.scalar == b.scalar && a.node.first == b.node.first && a.node.size == b.node.size
        && a.node.kind == b.node.kind
    }
  }

  private static func powerOfTwo(from count: Int) -> Int { 1 << (Int.bitWidth - max(1, count - 1).leadingZeroBitCount) }
  private static func bit(_ scalar: UInt32) -> UInt16 { 1 &<< UInt16(truncatingIfNeeded: scalar & 15) }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { steps.withUnsafeBufferPointer { Self.step(start, scalar, $0) } != nil }

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
    return s.withUnsafeBufferPointer { text in
      steps.withUnsafeBufferPointer { steps in
        let text = UnsafeBufferPointer(rebasing: text[..<min(limit, text.count)])
        return Self.walk(start, steps, text, at, breaks, meaning)
      }
    }
  }

  /// Every word that stands at a place to its last scalar, shorter ones first.
  @inline(__always)
  func forEach(at place: Int, of s: [UInt32], _ body: (Kind, _ end: Int) -> Void) {
    s.withUnsafeBufferPointer { s in
      steps.withUnsafeBufferPointer { steps in
        var (node, end) = (start, place)
        while end < s.count, let step = Self.step(node, s[end], steps) {
          node = steps[step].node
          end += 1
          if let kind = node.kind { body(kind, end) }
        }
      }
    }
  }

  /// The place that a word's scalars lead to from another, the root or such a place; nil where no word goes on so.
  func place(_ from: Int, _ scalars: some Sequence<UInt32>) -> Int? {
    steps.withUnsafeBufferPointer { steps in
      var place = from
      for scalar in scalars {
        guard let step = Self.step(place == Self.root ? start : steps[place - 1].node, scalar, steps) else {
          return nil
        }
        place = step + 1
      }
      return place
    }
  }
  static var root: Int { 0 }

  /// The kind of the word that ends at a place.
  func kind(_ place: Int) -> Kind? { place == Self.root ? nil : steps[place - 1].node.kind }

  func contains(_ word: some Sequence<UInt32>) -> Bool { place(Self.root, word).map { kind($0) != nil } ?? false }

  /// Where the step stands that a scalar leads on by.
  @inline(__always)
  private static func step(_ node: Node, _ scalar: UInt32, _ steps: UnsafeBufferPointer<Step>) -> Int? {
    guard node.onward & bit(scalar) != 0 else { return nil }
    let (first, size) = (Int(node.first), Int(node.size))
    if size <= few {
      for at in first..<(first + size) where steps[at].scalar == scalar { return at }
      return nil
    }
    var at = Int(scalar) & (size - 1)
    while steps[first + at].scalar != nothing {
      if steps[first + at].scalar == scalar { return first + at }
      at = (at + 1) & (size - 1)
    }
    return nil
  }

  @inline(__always)
  private static func walk(
    _ start: Node, _ steps: UnsafeBufferPointer<Step>, _ s: UnsafeBufferPointer<UInt32>, _ from: Int, _ breaks: [Bool],
    _ meaning: (UInt32) -> UInt32
  ) -> (kind: Kind, end: Int)? {
    guard let first = step(start, meaning(s[from]), steps) else { return nil }
    var node = steps[first].node
    var i = from + 1
    var best: (kind: Kind, end: Int)? = nil
    while true {
      if let kind = node.kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard node.onward != 0, i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let next = step(node, meaning(s[i]), steps) {
        node = steps[next].node
        i += 1
      } else if s[i] == 10, i + 1 < s.count {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let next = step(node, meaning(s[i + 1]), steps), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = steps[next].node
          i += 2
        } else if let blank = step(node, 0x20, steps), let next = step(steps[blank].node, meaning(s[i + 1]), steps) {
          node = steps[next].node
          i += 2
        } else {
          return best
        }
      } else {
        return best
      }
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
    mutating func place(of word: [UInt32]) -> Int { word.reduce(WordGraph.root) { go(on: $1, from: $0) } }

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
      var at = WordGraph.root
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
    /// - Parameter nodes: what was laid down for them.
    fileprivate func steps(from at: Int, to nodes: [WordGraph.Node], _ out: inout [Step]) {
      out.removeAll(keepingCapacity: true)
      var child = self.nodes[at].child
      while child != 0 {
        out.append(Step(scalar: self.nodes[Int(child)].scalar, node: nodes[Int(child)]))
        child = self.nodes[Int(child)].sister
      }
      if out.count > 1 { out.sort { $0.scalar < $1.scalar } }
    }
  }
}
