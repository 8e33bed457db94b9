import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement on the connection that writes. GRDB's cached statements cost two to three times as much for each
/// row; the ledger's busiest dozen go past them, inside GRDB's transactions.
final class Statement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ sql: String, on connection: OpaquePointer) throws {
    var made: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let made else { throw Statement.failure(code, connection) }
    handle = made
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  private static func failure(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }

  /// A value to bind. Bytes and texts are copied.
  enum Value {
    case null
    case int(Int64)
    case text(String)
    case blob([UInt8])

    init(_ number: Int64?) { self = number.map { .int($0) } ?? .null }
    init(packed text: String, prefix: String, bytes: Int) {
      self = Code.packed(text, prefix: prefix, bytes: bytes).map { .blob($0) } ?? .text(text)
    }
  }

  // SQLITE_TRANSIENT is a cast that the importer leaves out.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private func bind(_ values: [Value]) throws {
    for (offset, value) in values.enumerated() {
      let index = Int32(offset + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .int(let number): sqlite3_bind_int64(handle, index, number)
        case .text(var text):
          text.withUTF8 {
            $0.withMemoryRebound(to: CChar.self) {
              sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), Self.transient)
            }
          }
        case .blob(let bytes):
          bytes.withUnsafeBytes { raw in
            // Without an address it would be NULL.
            raw.isEmpty
              ? sqlite3_bind_zeroblob(handle, index, 0)
              : sqlite3_bind_blob(handle, index, raw.baseAddress, Int32(raw.count), Self.transient)
          }
        }
      guard code == SQLITE_OK else { throw Self.failure(code, connection) }
    }
  }

  /// Runs it to its end.
  /// - Returns: rows that it changed.
  @discardableResult
  func run(_ values: Value...) throws -> Int {
    try each(values) { _ in }
    return Int(sqlite3_changes(connection))
  }

  /// Calls `body` for each row. `body` must not use the same statement.
  func each(_ values: [Value], _ body: (Row) throws -> Void) throws {
    defer { sqlite3_reset(handle) }
    try bind(values)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(Row(handle: handle))
      case SQLITE_DONE: return
      case let code: throw Self.failure(code, connection)
      }
    }
  }

  /// One row of the result; lives as long as the call that hands it over.
  struct Row {
    fileprivate let handle: OpaquePointer

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func optional(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
    func text(_ column: Int32) -> String {
      guard let text = sqlite3_column_text(handle, column) else { return "" }
      return String(
        decoding: UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
    }
    func blob(_ column: Int32) -> [UInt8] {
      guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
      return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }
    /// What `Value(packed:)` bound.
    func unpacked(_ column: Int32, prefix: String) -> String {
      guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { return text(column) }
      let bytes = UnsafeRawBufferPointer(
        start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
      return Code.unpacked(bytes, prefix: prefix)
    }
    /// Whether it is what `Value(packed:)` bound, without unpacking.
    func holds(_ value: Value, _ column: Int32) -> Bool {
      switch value {
      case .blob(let bytes): sqlite3_column_type(handle, column) == SQLITE_BLOB && blob(column) == bytes
      case .text(let known): sqlite3_column_type(handle, column) == SQLITE_TEXT && text(column) == known
      case .int, .null: false
      }
    }
  }
}
