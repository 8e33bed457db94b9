/// Where a value came from in the operator's input: enough to open the file at that place.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
  /// File name as the operator gave it; `-` for standard input.
  public let file: String
  /// 1-based number of the record (CSV: the header is row 1; JSON Lines: the line; JSON array: the element).
  public let row: Int
  /// Column name as the export spells it, where one column is to blame.
  public let column: String?

  public init(file: String, row: Int, column: String? = nil) {
    self.file = file
    self.row = row
    self.column = column
  }

  public var description: String {
    column.map { "\(file), row \(row), column “\($0)”" } ?? "\(file), row \(row)"
  }
}

/// A row of an export that could not become a ticket. Data, not an exception: the run goes on and exits 2.
public struct RowError: Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case undecodableText, missingColumns, extraColumns, unclosedQuote, strayQuote, malformedJSON, notAnObject
    case missingTicketID, badTicketID, duplicateTicketID, supersededTicketID, rowTooLarge
    /// Text that went through a wrong encoding before it was exported.
    case mojibake
    /// Cells of a sheet whose content is not what was put in.
    case roundedNumber, brokenCell, cutOffCell
  }
  public let code: Code
  public let origin: Origin
  /// What happened, without personal data.
  public let what: String
  /// What the operator does now.
  public let fix: String
  /// The ticket id where it could be read: a row error of a known ticket can be found again.
  public let ticket: Ticket.ID?

  public init(code: Code, origin: Origin, what: String, fix: String, ticket: Ticket.ID? = nil) {
    self.code = code
    self.origin = origin
    self.what = what
    self.fix = fix
    self.ticket = ticket
  }

  public var description: String { "\(origin): \(what). \(fix) [\(code.rawValue)]" }

  /// The ticket of which this row may say something that nobody knows; nil for rows whose ticket is not known, and for
  /// copies of a row that was read.
  public var unreadTicket: Ticket.ID? {
    switch code {
    case .duplicateTicketID, .supersededTicketID: nil
    default: ticket
    }
  }
}
