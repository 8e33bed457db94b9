/// The text as a person sees it, folded for matching, with a map back to the scalars of the text as given.
struct NormalText: Sendable {
  var scalars: [UInt32] = []
  /// `map[i]` is the offset in the given text of `scalars[i]`.
  var map: [Int] = []
  /// A blank or tab stood before this scalar and was dropped (blanks are kept between Latin letters and digits alone).
  var gaps: [Bool] = []
  /// Of the scalars, where the text was folded; of all that there are, where it was put together otherwise.
  var traces = ScalarTraces.any

  func source(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last, last < map.count else { return 0..<0 }
    return map[first]..<(map[last] + 1)
  }
  func string(_ range: Range<Int>) -> String { Scalars.string(scalars[range]) }
}

public enum Folding {
  /// NFKC, lower case, simplified, 帐 to 账, no blanks, nothing invisible: what cells hold, for comparison.
  public static func fold(_ s: String) -> String {
    if let plain = Normaliser.foldPlain(s) { return plain }
    let folded = Normaliser.fold(s)
    return folded.contains(0x20) ? Scalars.string(folded.filter { $0 != 0x20 }) : Scalars.string(folded)
  }
}

enum Normaliser {
  /// A word of a lexicon or a name, folded as texts are; blanks stay where texts keep them.
  static func fold(_ s: String) -> [UInt32] { fold(Scalars.of(s)) }

  static func fold(_ word: [UInt32]) -> [UInt32] {
    if let plain = foldPhrase(word) { return plain }
    let hasControls = word.contains { $0 <= 0x1F && $0 != 9 }
    return fold(hasControls ? word.filter { $0 > 0x1F || $0 == 9 } : word, nil).scalars
  }

  /// As `foldPlain`, for words that single blanks part as texts keep them, between ASCII: `not sure`.
  private static func foldPhrase(_ word: [UInt32]) -> [UInt32]? {
    let plain = Self.plain
    var folded: [UInt32] = []
    folded.reserveCapacity(word.count)
    var isBehindBlank = false
    for scalar in word {
      if scalar == 0x20 {
        guard let last = folded.last, last < 0x80, !isBehindBlank else { return nil }
        isBehindBlank = true
      } else {
        guard scalar > 0x20, !isSpecial(scalar, plain) else { return nil }
        let one = UInt32(plain[Int(scalar)])
        guard !isBehindBlank || one < 0x80 else { return nil }
        isBehindBlank = false
        folded.append(one)
        continue
      }
      folded.append(scalar)
    }
    return isBehindBlank ? nil : folded
  }

  /// A text whose scalars fold one by one; `nil` where blanks, controls or longer forms are among them.
  static func foldPlain(_ s: String) -> String? {
    let plain = Self.plain
    // Most cells are folded as they stand.
    if s.unicodeScalars.allSatisfy({ 0x20..<0x10000 ~= $0.value && UInt32(plain[Int($0.value)]) == $0.value }) {
      return s
    }
    var scalars = Scalars.of(s)
    for i in scalars.indices {
      if scalars[i] < 0x20 || isSpecial(scalars[i], plain) { return nil }
      scalars[i] = UInt32(plain[Int(scalars[i])])
    }
    return Scalars.string(scalars)
  }

  /// What the scalars of a word fold to one by one, whatever stands around them; `nil` where some do not.
  static func foldPlain(_ word: ArraySlice<UInt32>) -> [UInt32]? {
    let plain = Self.plain
    var folded: [UInt32] = []
    folded.reserveCapacity(word.count)
    for scalar in word {
      guard scalar > 0x20, !isSpecial(scalar, plain) else { return nil }
      folded.append(UInt32(plain[Int(scalar)]))
    }
    return folded
  }

  static func normalise(_ given: [UInt32]) -> NormalText {
    guard VisibleText.mayHide(given), let visible = VisibleText.read(given) else { return fold(given, nil) }
    return fold(visible.scalars, visible.map)
  }

  /// - Parameter places: where the scalars stand in the text as given; `nil` where they are that text.
  private static func fold(_ visible: [UInt32], _ places: [Int]?) -> NormalText {
    plain.withUnsafeBufferPointer { plain in
      visible.withUnsafeBufferPointer { visible in
        // Most texts hold no scalar that stands for several.
        fold(visible, places, plain, room: visible.count, isWhole: false)
          ?? fold(visible, places, plain, room: room(for: visible, plain), isWhole: true) ?? NormalText()
      }
    }
  }

  /// Scalars that the folded text has at most.
  private static func room(for visible: UnsafeBufferPointer<UInt32>, _ plain: UnsafeBufferPointer<UInt16>) -> Int {
    var most = visible.count
    for scalar in visible where scalar >= Compatibility.first && (scalar >= 0x10000 || plain[Int(scalar)] == 0) {
      most += Compatibility.longest
    }
    return most
  }

  /// - Parameters:
  ///   - room: scalars that the folded text may have.
  ///   - isWhole: whether there is room for forms that stand for several scalars.
  /// - Returns: nil where there is such a form and no room for it.
  private static func fold(
    _ visible: UnsafeBufferPointer<UInt32>, _ places: [Int]?, _ plain: UnsafeBufferPointer<UInt16>, room: Int,
    isWhole: Bool
  ) -> NormalText? {
    withUnsafeTemporaryAllocation(byteCount: room * Writer.width, alignment: MemoryLayout<Int>.alignment) { bytes in
      var out = Writer(bytes, room: room)
      return fold(visible, places, plain, &out, isWhole) ? out.text : nil
    }
  }

  private static func fold(
    _ visible: UnsafeBufferPointer<UInt32>, _ places: [Int]?, _ plain: UnsafeBufferPointer<UInt16>,
    _ out: inout Writer, _ isWhole: Bool
  ) -> Bool {
    var i = 0
    while i < visible.count {
      if !out.endsInBlank {
        i = out.put(visible, from: i, places, plain)
        if i == visible.count { break }
      }
      let scalar = visible[i]
      let place = places?[i] ?? i
      let folded = scalar < 0x10000 ? UInt32(plain[Int(scalar)]) : 0
      defer { i += 1 }
      if folded != 0 {
        out.put(folded, place, out.endsInBlank && out.dropBlank(before: folded))
      } else if scalar != 10 || i == 0 || visible[i - 1] != 13 {
        // CR LF is one line break.
        guard append(scalar, place, &out, isWhole) else { return false }
      }
    }
    return true
  }

  /// What most scalars fold to, whatever stands around them; 0 for those that `append` must look at.
  private static let plain: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 0x10000)
    for scalar in UInt32(1)..<0x10000 where !Scalars.isInvisible(scalar) && !Scalars.isBlank(scalar) {
      let folded = narrowed(scalar)
      let all = Compatibility.mayExpand(folded) ? Compatibility.expand(folded).map(Scalars.fold) : [folded]
      guard !isBreak(folded), all.count == 1, let one = all.first, (one < 0x80) == (folded < 0x80) else { continue }
      table[Int(scalar)] = UInt16(truncatingIfNeeded: one)
    }
    return table
  }()

  /// Case and script of a scalar, full-width forms as ASCII.
  private static func narrowed(_ scalar: UInt32) -> UInt32 {
    let folded = Scalars.fold(scalar)
    return folded >= 0xFF01 && folded <= 0xFF5E ? Scalars.fold(folded - 0xFEE0) : folded
  }

  private static func isBreak(_ scalar: UInt32) -> Bool {
    scalar == 10 || scalar == 13 || scalar == 0x2028 || scalar == 0x2029 || scalar == 0x85
  }

  private static func isSpecial(_ scalar: UInt32, _ plain: [UInt16]) -> Bool {
    scalar >= 0x10000 || plain[Int(scalar)] == 0
  }

  /// - Returns: false for a form that stands for several scalars where there is no room for it.
  private static func append(_ scalar: UInt32, _ place: Int, _ out: inout Writer, _ isWhole: Bool) -> Bool {
    if Scalars.isInvisible(scalar) { return true }
    if Scalars.isBlank(scalar) {
      // Kept for the time being; dropped below unless it parts Latin words.
      if !out.endsInBlank { out.put(0x20, place, false) }
      return true
    }
    let folded = narrowed(scalar)
    let isOne = folded < 0x80 || isBreak(folded) || !Compatibility.mayExpand(folded)
    guard isOne || isWhole else { return false }
    let gap = out.endsInBlank && out.dropBlank(before: folded)
    if isOne {
      out.put(isBreak(folded) ? 10 : folded, place, gap)
    } else {
      for one in Compatibility.expand(folded) { out.put(Scalars.fold(one), place, gap) }
    }
    return true
  }

  /// The three arrays of a normal text while they are written.
  private struct Writer {
    /// Bytes of a scalar with its place and its gap.
    static var width: Int { MemoryLayout<Int>.stride + MemoryLayout<UInt32>.stride + MemoryLayout<Bool>.stride }
    private let scalars: UnsafeMutableBufferPointer<UInt32>
    private let map: UnsafeMutableBufferPointer<Int>
    private let gaps: UnsafeMutableBufferPointer<Bool>
    private var count = 0

    /// - Parameter bytes: `width` for each scalar of `room`, one array behind the other.
    init(_ bytes: UnsafeMutableRawBufferPointer, room: Int) {
      let places = room * MemoryLayout<Int>.stride
      let all = places + room * MemoryLayout<UInt32>.stride
      map = UnsafeMutableRawBufferPointer(rebasing: bytes[..<places]).bindMemory(to: Int.self)
      scalars = UnsafeMutableRawBufferPointer(rebasing: bytes[places..<all]).bindMemory(to: UInt32.self)
      gaps = UnsafeMutableRawBufferPointer(rebasing: bytes[all...]).bindMemory(to: Bool.self)
    }

    var text: NormalText {
      NormalText(
        scalars: Array(UnsafeBufferPointer(rebasing: scalars[..<count])),
        map: Array(UnsafeBufferPointer(rebasing: map[..<count])),
        gaps: Array(UnsafeBufferPointer(rebasing: gaps[..<count])),
        traces: ScalarTraces(of: UnsafeBufferPointer(rebasing: scalars[..<count])))
    }

    /// The last scalar is a blank; asked at every scalar.
    private(set) var endsInBlank = false

    @inline(__always)
    mutating func put(_ scalar: UInt32, _ place: Int, _ gap: Bool) {
      scalars[count] = scalar
      map[count] = place
      gaps[count] = gap
      count &+= 1
      endsInBlank = scalar == 0x20
    }

    /// Puts what folds one by one whatever stands around it, up to the first scalar that does not; no blank is among it.
    /// - Returns: the place of that scalar, or the end.
    mutating func put(
      _ visible: UnsafeBufferPointer<UInt32>, from: Int, _ places: [Int]?, _ plain: UnsafeBufferPointer<UInt16>
    ) -> Int {
      let (scalars, map, gaps) = (scalars, map, gaps)
      var (i, count) = (from, count)
      while i < visible.count, visible[i] < 0x10000 {
        let folded = plain[Int(visible[i])]
        if folded == 0 { break }
        scalars[count] = UInt32(folded)
        map[count] = i
        gaps[count] = false
        count &+= 1
        i &+= 1
      }
      if let places { for place in from..<i { map[self.count + place - from] = places[place] } }
      self.count = count
      return i
    }

    /// Takes the blank at the end away unless it parts Latin words; whether it did.
    mutating func dropBlank(before folded: UInt32) -> Bool {
      let before = count > 1 ? scalars[count - 2] : 10
      guard before >= 0x80 || before == 10 || folded >= 0x80 || folded == 10 || folded == 13 else { return false }
      count -= 1
      endsInBlank = count > 0 && scalars[count - 1] == 0x20
      return true
    }
  }
}
