/// Words over folded scalars, each with its class; finds the longest word at a place in one walk.
struct Trie: Sendable {
  private struct Node {
    var kind: WordClass? = nil
    var scalars: [UInt32] = []
    var next: [Int32] = []
  }
  private var nodes = [Node()]
  /// The child of the root for a first scalar of the basic plane; 0 for none.
  private var first = [Int32](repeating: 0, count: 0x10000)

  var isEmpty: Bool { nodes.count == 1 }

  /// Some word begins with the scalar.
  func begins(_ scalar: UInt32) -> Bool { scalar < 0x10000 && first[Int(scalar)] != 0 }

  /// - Returns: the class that the word had before; it is kept then.
  mutating func add(_ word: [UInt32], _ kind: WordClass) -> WordClass? {
    var at = 0
    for (depth, scalar) in word.enumerated() {
      if depth == 0, scalar < 0x10000, first[Int(scalar)] != 0 {
        at = Int(first[Int(scalar)])
        continue
      }
      if let child = nodes[at].scalars.firstIndex(of: scalar) {
        at = Int(nodes[at].next[child])
        continue
      }
      nodes.append(Node())
      nodes[at].scalars.append(scalar)
      nodes[at].next.append(Int32(nodes.count - 1))
      if depth == 0, scalar < 0x10000 { first[Int(scalar)] = Int32(nodes.count - 1) }
      at = nodes.count - 1
    }
    if let before = nodes[at].kind { return before }
    nodes[at].kind = kind
    return nil
  }

  /// The longest word that begins at `at`. A word of Latin letters ends at a word's end; one line break or blank inside
  /// a word does not part it (a mail breaks lines anywhere).
  /// - Parameter breaks: places before which no word goes on; empty for none.
  func longest(_ s: [UInt32], _ at: Int, breaks: [Bool] = []) -> (kind: WordClass, end: Int)? {
    guard s[at] < 0x10000, first[Int(s[at])] != 0 else { return nil }
    if Scalars.isWord(s[at]), at > 0, Scalars.isWord(s[at - 1]) { return nil }
    var node = Int(first[Int(s[at])])
    var i = at + 1
    var best: (kind: WordClass, end: Int)? = nil
    while true {
      if let kind = nodes[node].kind, i >= s.count || !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i]) {
        best = (kind, i)
      }
      guard i < s.count, breaks.isEmpty || !breaks[i] else { return best }
      if let child = child(node, s[i]) {
        node = child
        i += 1
      } else if s[i] == 10, i + 1 < s.count, !nodes[node].scalars.isEmpty {
        // A line break stands for nothing between Chinese characters, for a blank between Latin words.
        if let child = child(node, s[i + 1]), !Scalars.isWord(s[i - 1]) || !Scalars.isWord(s[i + 1]) {
          node = child
          i += 2
        } else if let blank = child(node, 0x20), let child = child(blank, s[i + 1]) {
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
    let scalars = nodes[node].scalars
    for index in scalars.indices where scalars[index] == scalar { return Int(nodes[node].next[index]) }
    return nil
  }
}
