/// The weights by which remarks beside a statement are weighed: each short piece of a remark (one to three characters, words
/// of English, classes of words) speaks for a harmless remark or for one that spoils the statement, as it did in the remarks
/// that `scripts/train-remarks` learned them from. A linear model: the sum decides.
struct RemarkWeights: Sendable {
  static let file = "remark-weights.txt"
  static func owns(_ path: String) -> Bool { path == file || path.hasSuffix("/" + file) }

  /// Open addressing; 0 is an empty place. Keys are hashes of 32 bits: one unknown piece in a hundred thousand is taken for a
  /// known one, the same in every run.
  private var keys: [UInt32]
  private var values: [Int16]
  private let shift: UInt64
  /// Added to every sum, in hundredths as all weights are.
  private(set) var bias = 0
  /// A remark behind the statement that weighs more than the first spoils it, one before it that weighs more than the
  /// second; one below the third is understood without words of the lexicons, one below the fourth against their words.
  private(set) var heavy = 0
  private(set) var heavyBefore = 0
  /// A remark behind the statement spoils it as well where one of its clauses weighs more than this by itself.
  private(set) var heavyClause = 0
  private(set) var light = 0
  private(set) var plain = 0
  /// How many weights the file says it holds: one that is cut off would let remarks pass.
  private var pieces = 0

  /// Lines `name=value` for the numbers above and `weight piece`, where a piece of classes begins with `#` and one of a
  /// clause's end with `.`; `;` begins a comment, as a piece may hold a `#`.
  /// - Throws: `ExamineError` with the line.
  init(file: String, text: String) throws(ExamineError) {
    let lines = text.utf8.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
    var bits: UInt64 = 4
    while 1 << bits < lines + lines / 2 { bits += 1 }
    keys = [UInt32](repeating: 0, count: 1 << bits)
    values = [Int16](repeating: 0, count: 1 << bits)
    shift = 64 - bits
    var (line, number, found) = ([UInt32](), 0, 0)
    var missing = Set(Self.names.keys)
    func fail(_ what: String) -> ExamineError {
      ExamineError(
        file: file, line: number, what: what, fix: "Restore the delivered file, or make it with scripts/train-remarks.")
    }
    for scalar in (text + "\n").unicodeScalars {
      guard scalar.value == 10 else {
        if scalar.value != 13 { line.append(scalar.value) }
        continue
      }
      number += 1
      defer { line.removeAll(keepingCapacity: true) }
      guard let first = line.first, first != Self.comment else { continue }
      if Scalars.isLetter(first) {
        let name = Scalars.string(line.prefix { $0 != Self.equal })
        guard let place = Self.names[name], missing.remove(name) != nil,
          let value = Self.number(line[...], from: name.unicodeScalars.count + 1), value.end == line.endIndex
        else { throw fail("“\(Scalars.string(line))” is none of \(Self.named), once each, with a number") }
        self[keyPath: place] = value.number
        continue
      }
      guard let weight = Self.number(line[...], from: 0), weight.end + 1 < line.count, line[weight.end] == 0x20,
        let value = Int16(exactly: weight.number)
      else { throw fail("“\(Scalars.string(line))” is no weight and piece") }
      let piece = line[(weight.end + 1)...]
      found += 1
      if piece[piece.startIndex] < 0x30 {
        guard let coded = RemarkPieces.coded(piece) else {
          throw fail("“\(Scalars.string(line))” is no weight and piece")
        }
        insert(coded[...], value)
      } else {
        insert(piece, value)
      }
    }
    guard missing.isEmpty, found == pieces else {
      throw ExamineError(
        file: file, line: nil,
        what: missing.min().map { "\($0) is missing" } ?? "\(found) weights stand there, and \(pieces) are said to",
        fix: "Restore the delivered file.")
    }
  }
  private static let comment: UInt32 = 0x3B  // ;
  private static let equal: UInt32 = 0x3D
  private static let names: [String: any WritableKeyPath<Self, Int> & Sendable] = [
    "bias": \.bias, "heavy": \.heavy, "heavy_before": \.heavyBefore, "heavy_clause": \.heavyClause, "light": \.light,
    "plain": \.plain,
    "pieces": \.pieces,
  ]
  private static var named: String { names.keys.sorted().joined(separator: ", ") }

  /// The whole number that begins at a place, and where it ends.
  @inline(__always)
  private static func number(_ line: ArraySlice<UInt32>, from start: Int) -> (number: Int, end: Int)? {
    var at = start
    let isNegative = at < line.endIndex && line[at] == 0x2D
    if isNegative { at += 1 }
    let from = at
    var value = 0
    while at < line.endIndex, at - from < longestNumber, Scalars.isDigit(line[at]) {
      value = value * 10 + Int(line[at] - 0x30)
      at += 1
    }
    return at > from ? (isNegative ? -value : value, at) : nil
  }
  private static let longestNumber = 7

  /// A piece as far as it came: what it begins with is not hashed again for a longer one.
  struct Piece {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    mutating func add(_ scalar: UInt32) {
      state = (state ^ UInt64(scalar)) &* 0xBF58_476D_1CE4_E5B9
      state ^= state >> 31
    }

    @inline(__always)
    fileprivate var hash: UInt64 { state &* 0x94D0_49BB_1331_11EB }
  }

  /// The weights while they are looked up, hundreds of times for a remark.
  struct Table {
    fileprivate let keys: UnsafeBufferPointer<UInt32>
    fileprivate let values: UnsafeBufferPointer<Int16>
    fileprivate let shift: UInt64

    /// The hundredths that a piece adds.
    @inline(__always)
    func weight(_ piece: Piece) -> Int {
      let hash = piece.hash
      let key = UInt32(truncatingIfNeeded: hash) | 1
      var place = Int(truncatingIfNeeded: hash >> shift)
      while keys[place] != 0 {
        if keys[place] == key { return Int(values[place]) }
        place = (place &+ 1) & (keys.count &- 1)
      }
      return 0
    }
  }

  @inline(__always)
  func look<Found>(_ find: (Table) -> Found) -> Found {
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeBufferPointer { values in find(Table(keys: keys, values: values, shift: shift)) }
    }
  }

  private mutating func insert(_ piece: ArraySlice<UInt32>, _ value: Int16) {
    let hash = Self.hash(piece)
    let key = UInt32(truncatingIfNeeded: hash) | 1
    var place = Int(truncatingIfNeeded: hash >> shift)
    while keys[place] != 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    (keys[place], values[place]) = (key, value)
  }

  private static func hash(_ scalars: ArraySlice<UInt32>) -> UInt64 {
    var piece = Piece()
    for scalar in scalars { piece.add(scalar) }
    return piece.hash
  }
}
