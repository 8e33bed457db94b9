/// The weights by which remarks beside a statement are weighed: each short piece of a remark (one to three characters, words
/// of English, classes of words) speaks for a harmless remark or for one that spoils the statement, as it did in the remarks
/// that `scripts/train-remarks` learned them from. A linear model: the sum decides.
struct RemarkWeights: Sendable {
  static let file = "remark-weights.txt"
  static func owns(_ path: String) -> Bool { path == file || path.hasSuffix("/" + file) }

  /// Open addressing; 0 is an empty place.
  private var keys: [UInt64]
  private var values: [Int16]
  private let shift: UInt64
  /// Added to every sum, in hundredths as all weights are.
  private(set) var bias = 0
  /// A remark behind the statement that weighs more than the first spoils it, one before it that weighs more than the
  /// second; one below the third is understood without words of the lexicon.
  private(set) var heavy = Int.max
  private(set) var heavyBefore = Int.max
  private(set) var light = Int.min

  /// Nothing weighs anything.
  init() { (keys, values, shift) = ([0], [0], 64) }

  /// Lines `name=value` for the numbers above and `weight piece`, where a piece of classes begins with `#` and one of a
  /// clause's end with `.`; `;` begins a comment, as a piece may hold a `#`.
  /// - Throws: `ExamineError` with the line.
  init(file: String, text: String) throws(ExamineError) {
    let lines = Scalars.of(text).split(separator: 10)
    var bits: UInt64 = 4
    while 1 << bits < lines.count * 2 { bits += 1 }
    keys = [UInt64](repeating: 0, count: 1 << bits)
    values = [Int16](repeating: 0, count: 1 << bits)
    shift = 64 - bits
    var given = 0
    for (index, line) in lines.enumerated() where line.first != Self.comment {
      func fail(_ what: String) -> ExamineError {
        ExamineError(
          file: file, line: index + 1, what: what,
          fix: "Restore the delivered file, or make it with scripts/train-remarks.")
      }
      if let equal = line.firstIndex(of: Self.equal), let name = Self.names[Scalars.string(line[..<equal])] {
        guard let value = Self.number(line[(equal + 1)...]) else {
          throw fail("“\(Scalars.string(line))” holds no number")
        }
        self[keyPath: name] = value
        given += 1
        continue
      }
      guard let blank = line.firstIndex(of: 0x20), let weight = Self.number(line[..<blank]),
        let value = Int16(exactly: weight), let piece = RemarkPieces.coded(line[(blank + 1)...])
      else { throw fail("“\(Scalars.string(line))” is no weight and piece") }
      insert(Self.key(piece[...]), value)
    }
    guard given >= Self.names.count else {
      throw ExamineError(
        file: file, line: nil, what: "bias, heavy, heavy_before or light is missing",
        fix: "Restore them from the delivered file.")
    }
  }
  private static let comment: UInt32 = 0x3B  // ;
  private static let equal: UInt32 = 0x3D
  private static let names: [String: any WritableKeyPath<Self, Int> & Sendable] = [
    "bias": \.bias, "heavy": \.heavy, "heavy_before": \.heavyBefore, "light": \.light,
  ]

  private static func number(_ digits: ArraySlice<UInt32>) -> Int? {
    let isNegative = digits.first == 0x2D
    let rest = digits.dropFirst(isNegative ? 1 : 0)
    guard !rest.isEmpty, rest.count < 8, rest.allSatisfy(Scalars.isDigit) else { return nil }
    let value = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return isNegative ? -value : value
  }

  /// The hundredths that a piece adds.
  @inline(__always)
  func weight(_ piece: ArraySlice<UInt32>) -> Int {
    let key = Self.key(piece)
    var place = Int(truncatingIfNeeded: key >> shift)
    while keys[place] != 0 {
      if keys[place] == key { return Int(values[place]) }
      place = (place + 1) & (keys.count - 1)
    }
    return 0
  }

  private mutating func insert(_ key: UInt64, _ value: Int16) {
    var place = Int(truncatingIfNeeded: key >> shift)
    while keys[place] != 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    (keys[place], values[place]) = (key, value)
  }

  @inline(__always)
  private static func key(_ piece: ArraySlice<UInt32>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for scalar in piece {
      hash = (hash ^ UInt64(scalar)) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 31
    }
    hash = hash &* 0x94D0_49BB_1331_11EB
    return hash | 1
  }
}
