import Glibc

/// Reads the rows of one sheet and writes them as CSV: cells in order, empty ones included, one row a line of the sheet's
/// own numbering. What a cell's text cannot be trusted for is marked (`CellText.Damage`).
final class SheetReader: XMLHandler {
  private let name: String
  private let strings: SharedStrings?
  private let styles: CellStyles
  private let from1904: Bool
  private let maxBytes: Int
  private let maxRows: Int
  // Only the parser's callbacks touch what follows, one at a time, some dozen times a cell: the checks for overlapping
  // access would be a tenth of the reading.
  @exclusivity(unchecked) private var spool: SpoolFile

  private(set) var failure: IngestError? { didSet { isDone = true } }
  @exclusivity(unchecked) private(set) var isDone = false
  @exclusivity(unchecked) private(set) var rows = 0
  @exclusivity(unchecked) private var lastRow = 0
  @exclusivity(unchecked) private var row = 0
  @exclusivity(unchecked) private var cells: [(column: Int, bytes: Range<Int>)] = []
  @exclusivity(unchecked) private var rowText: [UInt8] = []
  @exclusivity(unchecked) private var line: [UInt8] = []

  private enum CellType { case number, shared, inline, formulaText, flag, error, iso }
  @exclusivity(unchecked) private var type = CellType.number
  @exclusivity(unchecked) private var column = 0
  @exclusivity(unchecked) private var style = CellStyles.Style()
  @exclusivity(unchecked) private var value: [UInt8] = []
  @exclusivity(unchecked) private var text = SheetText()
  @exclusivity(unchecked) private var inValue = false
  @exclusivity(unchecked) private var hasFormula = false
  @exclusivity(unchecked) private var hasValue = false

  /// Bounds of the form itself.
  static let columns = 16_384
  static let lines = 1_048_576

  /// - Parameter maxRows: rows with cells to read at most.
  init(
    for name: String, strings: SharedStrings?, styles: CellStyles, from1904: Bool, maxBytes: Int, maxRows: Int = .max
  ) throws(IngestError) {
    self.name = name
    self.strings = strings
    self.styles = styles
    self.from1904 = from1904
    self.maxBytes = maxBytes
    self.maxRows = maxRows
    spool = try SpoolFile(for: name)
  }

  func finish() throws(IngestError) -> ByteInput { try ByteInput(name: name, descriptor: spool.finish()) }

  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    if name.isNamed("c") {
      beginCell(attributes)
    } else if name.isNamed("v") {
      inValue = true
      hasValue = true
    } else if name.isNamed("f") {
      hasFormula = true
    } else if name.isNamed("row") {
      row = attributes.pointer("r").flatMap(Self.number) ?? lastRow + 1
      cells.removeAll(keepingCapacity: true)
      rowText.removeAll(keepingCapacity: true)
      column = -1
      if row <= lastRow || row > Self.lines { fail("its rows are not in order") }
    } else {
      text.start(name, attributes)
    }
  }

  func end(_ name: UnsafePointer<CChar>) {
    if name.isNamed("c") {
      do throws(IngestError) { try endCell() } catch { failure = failure ?? error }
    } else if name.isNamed("v") {
      inValue = false
    } else if name.isNamed("row") {
      do throws(IngestError) { try endRow() } catch { failure = failure ?? error }
    } else {
      text.end(name)
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    if inValue { value.append(contentsOf: bytes) } else { text.append(bytes) }
    if value.count + text.bytes.count + rowText.count > maxBytes { fail("a row is larger than a ticket can be") }
  }

  // MARK: Cells

  private func beginCell(_ attributes: XMLAttributes) {
    value.removeAll(keepingCapacity: true)
    text.clear()
    inValue = false
    hasFormula = false
    hasValue = false
    type = .number
    style = CellStyles.Style()
    var next = column + 1
    attributes.forEach { name, value in
      guard name[0] != 0, name[1] == 0 else { return }
      switch UInt8(bitPattern: name[0]) {
      case UInt8(ascii: "t"): type = Self.type(value)
      case UInt8(ascii: "s"): if let number = Self.number(value) { style = styles[number] }
      case UInt8(ascii: "r"): if let place = Self.column(value) { next = place }
      default: break
      }
    }
    if next <= column || next >= Self.columns { fail("its cells are not in order") }
    column = next
  }

  private static func type(_ name: UnsafePointer<CChar>) -> CellType {
    if name.isNamed("s") { return .shared }
    if name.isNamed("inlineStr") { return .inline }
    if name.isNamed("str") { return .formulaText }
    if name.isNamed("b") { return .flag }
    if name.isNamed("e") { return .error }
    return name.isNamed("d") ? .iso : .number
  }

  private func endCell() throws(IngestError) {
    let begin = rowText.count
    switch type {
    case .number:
      guard hasValue, !value.isEmpty else {
        if hasFormula { mark(.uncomputed) }
        break
      }
      // The usual number: digits that stand as they are.
      if style.kind == .plain, value.count <= 15, value.allSatisfy({ (0x30...0x39).contains($0) }) {
        rowText.append(contentsOf: value)
        break
      }
      let (damage, digits) = CellText.number(value[...], style.kind, from1904: from1904)
      if let damage { mark(damage) }
      rowText.append(contentsOf: digits)
    case .shared:
      guard let strings, let index = Self.index(value),
        try strings.append(index, to: &rowText)
      else { return fail("a cell points to a text that the workbook does not have") }
      finishText(from: begin)
    case .inline:
      CellText.unescape(&text.bytes)
      rowText.append(contentsOf: text.bytes)
      finishText(from: begin)
    case .formulaText:
      CellText.unescape(&value)
      if hasFormula, !hasValue { mark(.uncomputed) }
      rowText.append(contentsOf: value)
      finishText(from: begin)
    case .flag: rowText.append(contentsOf: (value == [UInt8(ascii: "1")] ? "TRUE" : "FALSE").utf8)
    case .error:
      mark(.failed)
      rowText.append(contentsOf: value)
    case .iso: rowText.append(contentsOf: value)
    }
    if rowText.count > begin { cells.append((column, begin..<rowText.count)) }
    if rowText.count > maxBytes { fail("a row is larger than a ticket can be") }
  }

  private func mark(_ damage: CellText.Damage) {
    rowText.append(CellText.mark)
    rowText.append(damage.rawValue)
  }

  private func finishText(from begin: Int) {
    let count = rowText.count - begin
    guard count > 0 else { return }
    if style.isStruck {
      rowText.insert(contentsOf: "<del>".utf8, at: begin)
      rowText.append(contentsOf: "</del>".utf8)
    }
    // UTF-8 has one to three bytes for a UTF-16 unit.
    if count >= CellText.longest, count <= CellText.longest * 3,
      String(decoding: rowText[begin..<begin + count], as: UTF8.self).utf16.count == CellText.longest
    {
      rowText.insert(contentsOf: [CellText.mark, CellText.Damage.cutOff.rawValue], at: begin)
    }
  }

  // MARK: Rows

  private func endRow() throws(IngestError) {
    guard failure == nil else { return }
    line.removeAll(keepingCapacity: true)
    for _ in lastRow + 1..<max(row, lastRow + 1) { line.append(0x0A) }
    lastRow = row
    if !cells.isEmpty { rows += 1 }
    if rows >= maxRows { isDone = true }
    var at = 0
    for (column, bytes) in cells {
      while at < column {
        line.append(UInt8(ascii: ","))
        at += 1
      }
      quote(rowText[bytes])
    }
    line.append(0x0A)
    try spool.append(line[...])
  }

  private func quote(_ cell: ArraySlice<UInt8>) {
    let (isSpecial, hasQuote) = cell.withUnsafeBufferPointer { bytes -> (Bool, Bool) in
      guard let base = bytes.baseAddress else { return (false, false) }
      let hasQuote = memchr(base, 0x22, bytes.count) != nil
      let isSpecial =
        hasQuote || memchr(base, 0x2C, bytes.count) != nil || memchr(base, 0x0A, bytes.count) != nil
        || memchr(base, 0x0D, bytes.count) != nil
      return (isSpecial, hasQuote)
    }
    guard isSpecial else { return line.append(contentsOf: cell) }
    line.append(UInt8(ascii: "\""))
    if hasQuote {
      for byte in cell {
        if byte == UInt8(ascii: "\"") { line.append(byte) }
        line.append(byte)
      }
    } else {
      line.append(contentsOf: cell)
    }
    line.append(UInt8(ascii: "\""))
  }

  private func fail(_ what: String) {
    failure =
      failure
      ?? IngestError(
        code: .notAnExport, file: name, what: "the sheet is damaged: \(what)",
        fix: "Open the workbook in a spreadsheet program and save it anew, or export as CSV.")
  }

  private static func number(_ text: UnsafePointer<CChar>) -> Int? {
    var value = 0
    var at = 0
    while text[at] != 0 {
      let digit = Int(text[at]) - 0x30
      guard (0...9).contains(digit), at < 9 else { return nil }
      value = value * 10 + digit
      at += 1
    }
    return at > 0 ? value : nil
  }

  private static func index(_ digits: [UInt8]) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }

  /// `AB12` is column 27.
  private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
    var value = 0
    var at = 0
    while true {
      let letter = Int(reference[at]) & ~0x20
      guard (0x41...0x5A).contains(letter) else { break }
      guard at < 3 else { return Self.columns }
      value = value * 26 + letter - 0x40
      at += 1
    }
    return at > 0 ? value - 1 : nil
  }
}
