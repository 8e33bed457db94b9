import ClosureModel

/// How many tickets, and the first few.
struct CountedTickets: Sendable, Hashable {
  private(set) var count = 0
  private(set) var first: [String] = []
  private static let shown = 5

  mutating func add(_ ticket: String) {
    count += 1
    if first.count < Self.shown { first.append(ticket) }
  }

  mutating func add(_ other: CountedTickets) {
    count += other.count
    first = Array((first + other.first).prefix(Self.shown))
  }
}

/// What a reading of an export came upon beside tickets and row errors.
struct ReadingNotes: Sendable, Hashable {
  /// A time named no zone.
  var usedLocalTime = false
  var unreadableTimes = CountedTickets()
  /// Rows of a table that are no tickets and nothing to mend: sums below, headers of pages that were joined.
  var sums = 0
  var repeatedHeaders = 0
  /// A sum is the last row that was read: nothing is cut off behind it.
  var endsInSum = false

  mutating func add(_ other: ReadingNotes) {
    usedLocalTime = usedLocalTime || other.usedLocalTime
    unreadableTimes.add(other.unreadableTimes)
    sums += other.sums
    repeatedHeaders += other.repeatedHeaders
    endsInSum = other.endsInSum
  }
}

/// Counts what a reading of an export came to.
struct ReceiptTally: Sendable {
  private(set) var tickets = 0
  private(set) var rowErrors = 0
  private(set) var lackingMessages = 0
  private(set) var missingMessages = 0
  private(set) var mayLackMessages = 0
  private(set) var partial = 0
  private(set) var withoutTexts = 0
  private(set) var missingFiles = 0
  var notes = ReadingNotes()
  var futureTimes = CountedTickets()
  /// Tickets whose account the second file of facts does not hold.
  var unknownAccounts = 0
  private var numbers = NumberRuns()
  /// The last record could not be read.
  private(set) var endsInError = false
  private(set) var lastError: RowError.Code?
  /// `false`: ended early.
  var isWhole = true

  /// Numbers of rows at which well-known exports stop without a word.
  static let roundNumbers = [1000, 5000, 6000, 10_000, 50_000, 65_535, 1_048_575]

  mutating func count(_ item: SourceItem) {
    switch item {
    case .ticket(let ticket):
      tickets += 1
      numbers.add(ticket.id.rawValue)
      endsInError = false
      if ticket.isPartial { partial += 1 }
    case .rowError(let error):
      rowErrors += 1
      if let id = error.ticket { numbers.add(id.rawValue) }
      endsInError = true
      lastError = error.code
    }
  }

  mutating func count(_ result: SystemTicket.Result) {
    count(result.item)
    guard case .ticket(let ticket) = result.item else { return }
    if result.lacksMessages { lackingMessages += 1 }
    if result.isWithoutTexts { withoutTexts += 1 }
    missingMessages += result.missingMessages
    // Its own count says more.
    if result.mayLackMessages, result.missingMessages == 0 { mayLackMessages += 1 }
    if result.hasUnreadableTime { notes.unreadableTimes.add(ticket.id.rawValue) }
    if result.usedLocalTime { notes.usedLocalTime = true }
  }

  var oddTimes: Receipt.OddTimes? {
    var both = notes.unreadableTimes
    both.add(futureTimes)
    guard both.count > 0 else { return nil }
    return Receipt.OddTimes(
      unreadable: notes.unreadableTimes.count, future: futureTimes.count, tickets: both.first)
  }

  /// Only of a reading to the end.
  var numberGaps: Receipt.NumberGaps? { isWhole ? numbers.gaps : nil }

  mutating func countMissing(files: Int) { missingFiles += files }

  func gaps(claimed: Int?) -> [Receipt.Gap] {
    var out: [Receipt.Gap] = []
    func add(_ code: Receipt.Gap.Code, _ count: Int?, _ what: String, _ fix: String) {
      out.append(Receipt.Gap(code: code, count: count, what: what, fix: fix))
    }
    if lackingMessages > 0 {
      add(
        .messages, lackingMessages, "the messages of \(lackingMessages) tickets are not in the export",
        "Name the folder that holds them beside the tickets, or pull the tickets; these go to a person.")
    }
    if missingMessages > 0 {
      add(
        .messageCount, missingMessages, "\(missingMessages) messages that the export counts are not in it",
        "Export the tickets again with all their messages; these go to a person.")
    }
    if mayLackMessages > 0 {
      add(
        .messageCount, nil,
        "the messages of \(mayLackMessages) tickets fill their last page or promise more; some may be missing",
        "Export the tickets again with all pages of their messages; these go to a person.")
    }
    if missingFiles > 0 {
      add(
        .attachment, missingFiles, "\(missingFiles) attachments that tickets list are not there",
        "Put them into attachments/<ticket>/, or name their folder with --attachments.")
    }
    let rows = tickets + rowErrors
    if Self.roundNumbers.contains(rows), claimed != rows {
      add(
        .roundNumber, nil, "the export has exactly \(rows) rows, a number at which exports are cut off",
        "Compare with the ticket system's own count; export in smaller parts.")
    }
    if isWhole, endsInError, !notes.endsInSum, let code = lastError,
      [.missingColumns, .unclosedQuote, .malformedJSON, .undecodableText].contains(code)
    {
      add(.lastRow, nil, "the last row is cut off", "Export again: the end is missing.")
    }
    return out
  }
}
