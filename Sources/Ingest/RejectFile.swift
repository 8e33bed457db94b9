import ClosureModel
import Glibc

/// A file on its way takes its name when it is complete. Until then it has another beside it, which no download or
/// export has.
public enum UnfinishedFile {
  public static func path(of path: String) -> String {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    return "\(path[..<start]).\(path[start...]).closedesk-part"
  }
}

/// The quarantine: records that could not be read, in the input's own form, with the reason in a column of its own
/// (`_error`), to be mended and read again. UTF-8; a table keeps its separator and its header, a sheet becomes CSV.
///
/// A row whose quotes are damaged stands in one cell as it was: read again without being mended it is refused again, and
/// no line of it can pass for a row. Only the operator may read the file: it holds what customers wrote. It takes its
/// name when it is complete.
public final class RejectFile {
  /// The column, or key, of the reason: the first.
  static let column = "_error"
  private static let emptyList = "[]\n"
  private static let startOfList = "[\n"
  private static let startOfObject = "{\"\(column)\":"

  /// - Parameter text: the first 16 bytes of a file, or all of a shorter one.
  /// - Returns: whether it is one of these.
  public static func begins(with text: String) -> Bool {
    if text == emptyList || text.hasPrefix(startOfObject) || text.hasPrefix(startOfList + startOfObject) { return true }
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    guard String(scalars).hasPrefix(column) else { return false }
    guard let next = scalars.dropFirst(column.unicodeScalars.count).first else { return true }
    return ",;\t|\r\n".unicodeScalars.contains(next)
  }

  private enum Form {
    case table(delimiter: UInt8, width: Int, first: Int)
    case lines
    case list
  }

  private let path: String
  private let scratch: String
  private let form: Form
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var count = 0
  private var isFinished = false

  /// - Returns: `nil` when no file is wanted.
  init?(_ path: String?, _ source: ExportSource) throws(IngestError) {
    guard let path else { return nil }
    self.path = path
    scratch = UnfinishedFile.path(of: path)
    // A link, or a file of somebody else's, under the name is not written through.
    unlink(scratch)
    descriptor = open(scratch, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    switch source.reading.form {
    case .table(let dialect, _, _):
      let names = source.columns.names
      // The reason of an earlier round is replaced.
      let first = names.first == Self.column ? 1 : 0
      form = .table(delimiter: dialect.delimiter, width: names.count - first, first: first)
      buffer = [0xEF, 0xBB, 0xBF]
      addRow([Self.column] + names.dropFirst(first))
    case .objects(nil): form = .lines
    case .objects(.some): form = .list
    }
  }

  deinit {
    close(descriptor)
    if !isFinished { unlink(scratch) }
  }

  /// A row whose cells are known.
  func add(_ row: CSVRow, _ error: RowError) throws(IngestError) {
    guard case .table(_, _, let first) = form else { return }
    let cells = row.cells.indices.dropFirst(first).map { index in
      let text = row.cell(index)
      return row.damage(index) == nil ? text : String(text.dropFirst(2))
    }
    try add(cells: cells, error)
  }

  /// A row, or several lines, whose cells cannot be told.
  func add(raw: [UInt8], _ error: RowError) throws(IngestError) {
    guard case .table(let delimiter, let width, let first) = form else { return }
    var text = raw[...]
    while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
    let cells = text.withUnsafeBufferPointer { bytes -> [String] in
      let cut = text.contains(0x0A) ? [] : CSVRow.cut(bytes, delimiter: delimiter)
      guard cut.count == width + first else { return [String(decoding: bytes, as: UTF8.self)] }
      return cut.dropFirst(first).map { String(decoding: UnsafeBufferPointer(rebasing: bytes[$0]), as: UTF8.self) }
    }
    try add(cells: cells, error)
  }

  /// - Parameter isWhole: it is a JSON object.
  func add(object: [UInt8], isWhole: Bool, _ error: RowError) throws(IngestError) {
    let before = count > 0 ? (isArray ? ",\n" : "\n") : isArray ? Self.startOfList : ""
    buffer.append(contentsOf: before.utf8)
    count += 1
    buffer.append(contentsOf: Self.startOfObject.utf8)
    addText(Self.reason(error))
    if isWhole {
      let members = Self.members(object)
      if !members.isEmpty { buffer.append(contentsOf: [UInt8(ascii: ",")] + members) }
    } else {
      buffer.append(contentsOf: ",\"_raw\":".utf8)
      addText(String(decoding: object, as: UTF8.self))
    }
    buffer.append(UInt8(ascii: "}"))
    try flush(atLeast: 1 << 16)
  }

  func finish() throws(IngestError) {
    switch form {
    case .table: break
    case .lines: if count > 0 { buffer.append(0x0A) }
    case .list: buffer.append(contentsOf: (count > 0 ? "\n]\n" : Self.emptyList).utf8)
    }
    try flush(atLeast: 0)
    guard fsync(descriptor) == 0, rename(scratch, path) == 0 else { throw Self.failure(path) }
    isFinished = true
  }

  private var isArray: Bool { if case .list = form { true } else { false } }

  private static func reason(_ error: RowError) -> String {
    "row \(error.origin.row)\(error.origin.column.map { ", “\($0)”" } ?? ""): \(error.what). \(error.fix) [\(error.code.rawValue)]"
  }

  private func add(cells: [String], _ error: RowError) throws(IngestError) {
    addRow([Self.reason(error)] + cells)
    try flush(atLeast: 1 << 16)
  }

  private func addRow(_ cells: [String]) {
    guard case .table(let delimiter, _, _) = form else { return }
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      let special = cell.utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      guard special else {
        buffer.append(contentsOf: cell.utf8)
        continue
      }
      buffer.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { buffer.append(byte) }
        buffer.append(byte)
      }
      buffer.append(0x22)
    }
    buffer.append(contentsOf: [0x0D, 0x0A])
  }

  /// What stands between the braces, without the reason of an earlier round.
  private static func members(_ object: [UInt8]) -> ArraySlice<UInt8> {
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    guard let open = object.firstIndex(of: UInt8(ascii: "{")), let close = object.lastIndex(of: UInt8(ascii: "}"))
    else {
      return []
    }
    var inside = object[(open + 1)..<close]
    inside = inside.drop { blanks.contains($0) }
    if inside.starts(with: "\"\(column)\":\"".utf8) {
      var at = inside.startIndex + column.utf8.count + 4
      while at < inside.endIndex, inside[at] != 0x22 { at += inside[at] == UInt8(ascii: "\\") ? 2 : 1 }
      inside = inside[min(at + 1, inside.endIndex)...].drop { blanks.contains($0) || $0 == UInt8(ascii: ",") }
    }
    return inside.allSatisfy { blanks.contains($0) } ? [] : inside
  }

  private func addText(_ text: String) {
    buffer.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: buffer.append(contentsOf: [0x5C, UInt8(scalar.value)])
      case 0x0A: buffer.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        let digits = String(scalar.value, radix: 16)
        buffer.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      default: buffer.append(contentsOf: Character(scalar).utf8)
      }
    }
    buffer.append(0x22)
  }

  private func flush(atLeast bytes: Int) throws(IngestError) {
    guard buffer.count >= bytes else { return }
    var done = 0
    while done < buffer.count {
      let wrote = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
      guard wrote >= 0 || errno == EINTR else { throw Self.failure(path) }
      done += max(0, wrote)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String) -> IngestError {
    IngestError(
      code: .cannotWriteRejects, file: path,
      what: "rejected rows cannot be written: \(String(cString: strerror(errno)))",
      fix: "Name a file in a folder that can be written to.")
  }
}
