import Glibc

/// The table of texts that cells of a workbook point into, kept in a file: it may be larger than memory. Cells use it in
/// nearly the order it has, so a few blocks of it at hand are enough.
final class SharedStrings {
  private let texts: ByteInput
  /// Where each text begins, eight bytes each, and where the last one ends.
  private let places: ByteInput
  let count: Int
  // One reader of one sheet asks, once a cell.
  @exclusivity(unchecked) private var blocks: [Int64: Int] = [:]
  @exclusivity(unchecked) private var held: [[UInt8]] = []
  @exclusivity(unchecked) private var owners: [Int64] = []
  @exclusivity(unchecked) private var next = 0
  @exclusivity(unchecked) private var recentPlace = Int.max
  @exclusivity(unchecked) private var recentText = Int.max
  private static let block = 1 << 16
  private static let kept = 96

  /// - Parameters:
  ///   - places: of `count + 1` places.
  init(texts: ByteInput, places: ByteInput, count: Int) {
    self.texts = texts
    self.places = places
    self.count = count
  }

  /// Appends a text.
  /// - Returns: `false` for an index that the table does not have.
  func append(_ index: Int, to out: inout [UInt8]) throws(IngestError) -> Bool {
    guard index >= 0, index < count, let begin = try place(index), let end = try place(index + 1) else { return false }
    var at = begin
    while at < end {
      let number = at / Int64(Self.block)
      let slot = try block(texts, .texts, number)
      let inside = Int(at - number * Int64(Self.block))
      let piece = min(Int(end - at), held[slot].count - inside)
      guard piece > 0 else { return false }
      out.append(contentsOf: held[slot][inside..<inside + piece])
      at += Int64(piece)
    }
    return true
  }

  /// Blocks hold whole places.
  private func place(_ index: Int) throws(IngestError) -> Int64? {
    let slot = try block(places, .places, Int64(index / (Self.block / 8)))
    let inside = index % (Self.block / 8) * 8
    guard inside + 8 <= held[slot].count else { return nil }
    return held[slot].withUnsafeBytes { $0.loadUnaligned(fromByteOffset: inside, as: Int64.self) }
  }

  private enum File: Int { case places, texts }

  private func block(_ file: ByteInput, _ which: File, _ number: Int64) throws(IngestError) -> Int {
    let key = number * 2 + Int64(which.rawValue)
    // Nearly always the one of the cell before.
    let recent = which == .places ? recentPlace : recentText
    if recent < owners.count, owners[recent] == key { return recent }
    let slot = try self.slot(file, key, number)
    if which == .places { recentPlace = slot } else { recentText = slot }
    return slot
  }

  private func slot(_ file: ByteInput, _ key: Int64, _ number: Int64) throws(IngestError) -> Int {
    if let slot = blocks[key] { return slot }
    var bytes: [UInt8]
    let slot: Int
    if held.count < Self.kept {
      slot = held.count
      bytes = [UInt8](repeating: 0, count: Self.block)
      held.append([])
      owners.append(key)
    } else {
      slot = next
      next = (next + 1) % Self.kept
      blocks[owners[slot]] = nil
      owners[slot] = key
      bytes = [UInt8](repeating: 0, count: Self.block)
    }
    let count = try file.read(into: &bytes, from: 0, at: number * Int64(Self.block))
    bytes.removeLast(bytes.count - count)
    held[slot] = bytes
    blocks[key] = slot
    return slot
  }
}

/// Reads the table of texts into a file.
final class SharedStringsReader: XMLHandler {
  // As in `SheetReader`.
  @exclusivity(unchecked) private var texts: SpoolFile
  @exclusivity(unchecked) private var places: SpoolFile
  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var text = SheetText()
  private let name: String
  private let maxBytes: Int
  private(set) var failure: IngestError? { didSet { isDone = true } }
  @exclusivity(unchecked) private(set) var isDone = false

  init(for name: String, maxBytes: Int) throws(IngestError) {
    self.name = name
    self.maxBytes = maxBytes
    texts = try SpoolFile(for: name)
    places = try SpoolFile(for: name)
    try place(0)
  }

  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    if name.isNamed("si") { text.clear() } else { text.start(name, attributes) }
  }

  func end(_ name: UnsafePointer<CChar>) {
    guard name.isNamed("si") else { return text.end(name) }
    CellText.unescape(&text.bytes)
    count += 1
    do throws(IngestError) {
      try texts.append(text.bytes[...])
      try place(texts.bytes)
    } catch { failure = error }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    text.append(bytes)
    if text.bytes.count > maxBytes {
      failure = IngestError(
        code: .notAnExport, file: name, what: "a text of the workbook is larger than a ticket can be",
        fix: "Export as CSV or JSON.")
    }
  }

  func finish() throws(IngestError) -> SharedStrings {
    let count = count
    let texts = try ByteInput(name: name, descriptor: texts.finish())
    let places = try ByteInput(name: name, descriptor: places.finish())
    return SharedStrings(texts: texts, places: places, count: count)
  }

  private func place(_ offset: Int64) throws(IngestError) {
    var failure: IngestError?
    withUnsafeBytes(of: offset) { bytes in
      do throws(IngestError) { try places.append(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// A text that may be in pieces with fonts of their own. What is struck out is marked as such; readings of characters
/// (`rPh`) are not part of it.
struct SheetText {
  var bytes: [UInt8] = []
  private var inText = false
  private var inReading = false
  private var isStruck = false

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    inText = false
    inReading = false
    isStruck = false
  }

  mutating func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    if name.isNamed("t") {
      inText = !inReading
    } else if name.isNamed("rPh") {
      inReading = true
    } else if name.isNamed("r") {
      isStruck = false
    } else if name.isNamed("strike") {
      isStruck = attributes.flag("val", otherwise: true)
    }
    if inText, isStruck, name.isNamed("t") { bytes.append(contentsOf: "<del>".utf8) }
  }

  mutating func end(_ name: UnsafePointer<CChar>) {
    if name.isNamed("t") {
      if inText, isStruck { bytes.append(contentsOf: "</del>".utf8) }
      inText = false
    } else if name.isNamed("rPh") {
      inReading = false
    } else if name.isNamed("r") {
      isStruck = false
    }
  }

  mutating func append(_ piece: UnsafeRawBufferPointer) { if inText { bytes.append(contentsOf: piece) } }
}
