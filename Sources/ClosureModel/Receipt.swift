/// What an export claims to hold, what was read of it, and what is missing. Holds no personal data.
public struct Receipt: Sendable, Hashable, Codable {
  /// Something that is missing, or that looks as if the export had been cut off.
  public struct Gap: Sendable, Hashable, Codable {
    public enum Code: String, Sendable, Hashable, CaseIterable, Codable {
      case total, page, lastPage = "last_page", messages, messageCount = "message_count", attachment
      case roundNumber = "round_number", lastRow = "last_row", document
    }
    public let code: Code
    /// How many are missing, where that is known.
    public let count: Int?
    /// Which: numbers of pages, names of files; the first few.
    public let which: [String]
    public let what: String
    public let fix: String
    public init(code: Code, count: Int?, which: [String] = [], what: String, fix: String) {
      self.code = code
      self.count = count
      self.which = which
      self.what = what
      self.fix = fix
    }
  }

  /// Numbers that are left out in a row of ticket numbers: deleted tickets, tickets of others, or an export that lost them.
  public struct NumberGaps: Sendable, Hashable, Codable {
    /// Before the number of every id.
    public let prefix: String
    public let first: UInt64
    public let last: UInt64
    public let missing: Int
    /// The first few that are missing: `1012`, `1034–1036`.
    public let ranges: [String]
    public init(prefix: String, first: UInt64, last: UInt64, missing: Int, ranges: [String]) {
      self.prefix = prefix
      self.first = first
      self.last = last
      self.missing = missing
      self.ranges = ranges
    }
  }

  /// Rows of a table that are no tickets, and nothing to mend.
  public struct NoTickets: Sendable, Hashable, Codable {
    /// 合计, Total: a word for a sum in place of the id, and numbers.
    public let sums: Int
    /// Headers that came again: pages that were joined.
    public let headers: Int
    public init(sums: Int, headers: Int) {
      self.sums = sums
      self.headers = headers
    }
  }

  /// Columns that were read past though nobody said so.
  public struct UnusedColumns: Sendable, Hashable, Codable {
    /// Every one, by its name as `Masking.name` shows it.
    public let names: [String]
    /// Of those the ones whose heading speaks of a fact of the account, which therefore counts as unknown.
    public let unclear: [String]
    /// Of those the ones whose heading speaks of what was written later; a ticket with words there is there only in part.
    /// `nil`: none.
    public let messages: [String]?
    public init(names: [String], unclear: [String], messages: [String]? = nil) {
      self.names = names
      self.unclear = unclear
      self.messages = messages
    }
  }

  /// Tickets whose time of submission cannot be right.
  public struct OddTimes: Sendable, Hashable, Codable {
    /// Cells that are no time (`2026/13/45`).
    public let unreadable: Int
    /// Later than the present.
    public let future: Int
    /// The first few tickets.
    public let tickets: [String]
    public init(unreadable: Int, future: Int, tickets: [String]) {
      self.unreadable = unreadable
      self.future = future
      self.tickets = tickets
    }
  }

  /// A second file of account facts.
  public struct FactsFile: Sendable, Hashable, Codable {
    public let file: String
    /// Of its bytes, 64 hex digits; `nil` for standard input.
    public let sha256: String?
    /// Accounts in it.
    public let accounts: Int
    /// Tickets whose account is not in it, or that name none.
    public let unknown: Int
    public init(file: String, sha256: String?, accounts: Int, unknown: Int) {
      self.file = file
      self.sha256 = sha256
      self.accounts = accounts
      self.unknown = unknown
    }
  }

  public let file: String
  /// The ticket system whose export it is; `nil`: a table.
  public var system: String?
  /// Kinds of its documents that were read.
  public var forms: [String] = []
  /// Files of the export, and those of them that were understood.
  public var files = 1
  public var usedFiles = 1
  /// Tickets in all, by the export's own word.
  public var claimed: Int?
  public var tickets = 0
  public var rowErrors = 0
  /// Neither tickets nor errors; `nil`: there are none.
  public var noTickets: NoTickets?
  /// Tickets that the export holds only in part though it lacks no messages; they go to a person.
  public var partial = 0
  /// Tickets of a form that never holds texts, such as a spreadsheet of the list; the open ones go to a person. `nil`: none.
  public var withoutTexts: Int?
  /// Files that hold the same tickets in another form.
  public var sameTicketsElsewhere = 0
  /// Copies of tickets in a system's export, older than those that count or the same to the letter. `nil`: none.
  public var copies: Int?
  /// Zone of the times that named none; `nil`: all named one, or nobody asked.
  public var localZone: String?
  /// Information, no gap.
  public var numberGaps: NumberGaps?
  /// `false`: the reading was ended early (`--limit`, an interruption): nothing is said of the rest.
  public var isWhole = true
  public var gaps: [Gap] = []
  /// `nil`: every column was used, or ignored on purpose.
  public var unusedColumns: UnusedColumns?
  /// `nil`: there are none.
  public var oddTimes: OddTimes?
  /// `nil`: there is no second file.
  public var factsFile: FactsFile?

  public init(file: String) { self.file = file }

  public var isComplete: Bool { isWhole && gaps.isEmpty }

  private static let shownColumns = 30

  /// What somebody has to look at though nothing is missing.
  public var warnings: [String] {
    var out: [String] = []
    if let columns = unusedColumns {
      let more = columns.names.count - Self.shownColumns
      out.append(
        "columns not used: \(columns.names.prefix(Self.shownColumns).joined(separator: ", "))"
          + (more > 0 ? " and \(more) more" : ""))
      if !columns.unclear.isEmpty {
        out.append(
          "\(columns.unclear.joined(separator: ", ")): the heading speaks of the account's state, so that is taken as"
            + " unknown and tickets go to a person. Name the column under input.columns, or set it to `ignore`")
      }
      if let messages = columns.messages {
        out.append(
          "\(messages.joined(separator: ", ")): the heading speaks of what was written later, and a table cannot say by"
            + " whom; tickets with words there go to a person. Set the column to `ignore` under input.columns if none are"
            + " the customer’s")
      }
    }
    if let times = oddTimes {
      let parts = [
        times.unreadable > 0 ? "\(times.unreadable) submission times cannot be read" : nil,
        times.future > 0 ? "\(times.future) lie in the future" : nil,
      ].compactMap(\.self)
      out.append("\(parts.joined(separator: ", ")): \(times.tickets.joined(separator: ", "))")
    }
    if let facts = factsFile, facts.unknown > 0 {
      out.append("\(facts.unknown) tickets have an account that \(facts.file) does not hold, or none")
    }
    return out
  }

  /// What is worth knowing and no gap.
  public var notes: [String] {
    var notes = warnings
    if let facts = factsFile {
      let digest = facts.sha256.map { ", sha256:\($0)" } ?? ""
      notes.append("account facts from \(facts.file), \(facts.accounts) accounts\(digest)")
    }
    if let localZone { notes.append("times without a zone were read as \(localZone)") }
    if let noTickets {
      notes.append(
        "\(noTickets.sums + noTickets.headers) rows are no tickets and were left out:"
          + " \(noTickets.sums) sums, \(noTickets.headers) repeated headers")
    }
    if let withoutTexts {
      notes.append(
        "this form of the export never holds texts: of its \(withoutTexts) tickets the open ones go to a person. Give a"
          + " folder with the tickets and their messages instead (docs/exports.md, “Forms without texts”)")
    }
    if partial > 0 { notes.append("\(partial) tickets are in the export only in part and go to a person") }
    if files > usedFiles { notes.append("\(files - usedFiles) files of the folder are no part of the export") }
    if sameTicketsElsewhere > 0 {
      notes.append("\(sameTicketsElsewhere) files hold the same tickets in another form and were not needed")
    }
    if let copies {
      notes.append("\(copies) copies of tickets are older than others, or the same, and were passed over")
    }
    if let gaps = numberGaps {
      let more = gaps.missing > gaps.ranges.count ? " (\(gaps.missing) numbers)" : ""
      notes.append(
        "ticket numbers run from \(gaps.prefix)\(gaps.first) to \(gaps.last) without"
          + " \(gaps.ranges.joined(separator: ", "))\(more): deleted, or not exported")
    }
    return notes
  }
}
