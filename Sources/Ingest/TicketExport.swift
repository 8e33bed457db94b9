public import ClosureModel
import Synchronization

/// One input: a table of tickets, or a ticket system's own export (a file or a folder), recognised by its shape.
public struct TicketExport: TicketSource, Sendable {
  private enum Kind: Sendable {
    case table(ExportSource)
    case pages(PagedSource)
    case system(SystemSource)
  }
  private let kind: Kind
  private let path: String
  private let zone: LocalZone
  /// - Returns: how many of the ticket's files are not there.
  private var missingFiles: (@Sendable (Ticket) -> Int)?
  private let now: Timestamp?
  private var accountFacts: (file: AccountFactsFile, sha256: String?)?
  private let last = Last()

  /// What the latest reading came to. A box: a reading does not change the source.
  private final class Last: Sendable {
    let tally = Mutex(ReceiptTally?.none)
  }

  /// - Parameters:
  ///   - path: a file, a folder, or `-`.
  ///   - systems: the maps of `Templates/exports`, in the order in which they are tried.
  ///   - zone: of times that name none.
  /// - Throws: when it is no export, or its columns say nothing.
  public init(
    path: String, options: IngestOptions, systems: [SystemMap] = [], zone: LocalZone = .china,
    missingFiles: (@Sendable (Ticket) -> Int)? = nil
  ) throws(IngestError) {
    self.path = path
    self.zone = zone
    now = options.now
    let input = path == "-" ? try ByteInput(path: path) : nil
    if let source = try SystemSource(path: path, input: input, options: options, systems: systems, zone: zone) {
      kind = .system(source)
    } else if let source = try PagedSource(path: path, options: options, zone: zone) {
      kind = .pages(source)
    } else {
      let table: ExportSource
      do throws(IngestError) {
        table = try ExportSource(path: path, input: input, options: options, zone: zone)
      } catch {
        if !systems.isEmpty { try SystemSource.refuse(mixture: path, options, systems, zone) }
        throw error
      }
      if !systems.isEmpty, table.isFromArchive {
        try SystemSource.refuse(table.reading.text, from: path, options, systems, zone)
      }
      kind = .table(table)
    }
  }

  /// The same source, which counts the files that its tickets list and that cannot be found.
  public func counting(missingFiles: @escaping @Sendable (Ticket) -> Int) -> TicketExport {
    var copy = self
    copy.missingFiles = missingFiles
    return copy
  }

  /// The same source, whose tickets have what a second file says of their accounts.
  /// - Parameter sha256: of the file, for the receipt; `nil` for standard input.
  public func joining(_ facts: AccountFactsFile, sha256: String?) -> TicketExport {
    var copy = self
    copy.accountFacts = (facts, sha256)
    return copy
  }

  public func forEach(_ body: (SourceItem) -> Bool) throws(IngestError) {
    var tally = ReceiptTally()
    let missingFiles = missingFiles
    let (now, accountFacts) = (now, accountFacts)
    var accounts = 0
    func joined(_ item: SourceItem) -> SourceItem {
      guard case .ticket(let ticket) = item, let (file, _) = accountFacts else { return item }
      let (out, isKnown) = file.joined(to: ticket)
      if !isKnown { accounts += 1 }
      return .ticket(out)
    }
    var future = CountedTickets()
    func look(at item: SourceItem) {
      guard let now, case .ticket(let ticket) = item, let time = ticket.submittedAt, time > now else { return }
      future.add(ticket.id.rawValue)
    }
    func counted(_ item: SourceItem) -> Bool {
      let item = joined(item)
      look(at: item)
      tally.count(item)
      if let missingFiles, case .ticket(let ticket) = item, !ticket.attachments.isEmpty {
        tally.countMissing(files: missingFiles(ticket))
      }
      let goesOn = body(item)
      if !goesOn { tally.isWhole = false }
      return goesOn
    }
    switch kind {
    case .table(let source):
      let notes = try source.read(counted)
      tally.notes = notes
    case .pages(let source):
      let notes = try source.read(counted)
      tally.notes = notes
    case .system(let source):
      var missing = 0
      try source.forEach(&tally) { item in
        if let missingFiles, case .ticket(let ticket) = item, !ticket.attachments.isEmpty {
          missing += missingFiles(ticket)
        }
        look(at: item)
        return body(joined(item))
      }
      tally.countMissing(files: missing)
    }
    tally.futureTimes = future
    tally.unknownAccounts = accounts
    last.tally.withLock { $0 = tally }
  }

  /// What the latest reading came to; `nil` before the first.
  public var receipt: Receipt? {
    guard let tally = last.tally.withLock({ $0 }) else { return nil }
    let facts: ReceiptFacts? = if case .system(let source) = kind { source.index.facts } else { nil }
    var receipt = Receipt(file: path)
    receipt.system = system
    if let facts {
      receipt.forms = facts.forms
      receipt.files = facts.files
      receipt.usedFiles = facts.usedFiles
      receipt.claimed = facts.claimed
      receipt.sameTicketsElsewhere = facts.sameTicketsElsewhere
      receipt.copies = facts.copies > 0 ? facts.copies : nil
    }
    if case .pages(let source) = kind { (receipt.files, receipt.usedFiles) = (source.files, source.files) }
    receipt.tickets = tally.tickets
    receipt.rowErrors = tally.rowErrors
    receipt.partial = max(0, tally.partial - tally.lackingMessages - tally.withoutTexts)
    if tally.withoutTexts > 0 { receipt.withoutTexts = tally.withoutTexts }
    receipt.localZone = tally.notes.usedLocalTime ? zone.name : nil
    if tally.notes.sums + tally.notes.repeatedHeaders > 0 {
      receipt.noTickets = Receipt.NoTickets(sums: tally.notes.sums, headers: tally.notes.repeatedHeaders)
    }
    receipt.unusedColumns = unusedColumns
    receipt.oddTimes = tally.oddTimes
    if let (file, sha256) = accountFacts {
      receipt.factsFile = Receipt.FactsFile(
        file: file.file, sha256: sha256, accounts: file.count, unknown: tally.unknownAccounts)
    }
    receipt.numberGaps = tally.numberGaps
    receipt.isWhole = tally.isWhole
    guard tally.isWhole else { return receipt }
    if case .pages(let source) = kind, !source.missing.isEmpty { receipt.gaps.append(.pages(source.missing)) }
    receipt.gaps += (facts?.gaps ?? []) + tally.gaps(claimed: facts?.claimed)
    return receipt
  }

  /// Of a table; a system's own export has many fields that say nothing of a ticket.
  private var unusedColumns: Receipt.UnusedColumns? {
    let tables: [ExportSummary] =
      switch kind {
      case .table(let source): [source.summary]
      case .pages(let source): source.pages.map(\.summary)
      case .system: []
      }
    func once(_ names: [String]) -> [String] {
      var seen: Set<String> = []
      return names.filter { seen.insert($0).inserted }
    }
    let names = once(tables.flatMap(\.unused))
    guard !names.isEmpty else { return nil }
    let messages = once(tables.flatMap(\.messages))
    return Receipt.UnusedColumns(
      names: names.map(Masking.name), unclear: once(tables.flatMap { $0.unclear.map(\.column) }).map(Masking.name),
      messages: messages.isEmpty ? nil : messages.map(Masking.name))
  }

  /// The ticket system whose export it is; `nil`: a table.
  public var system: String? { if case .system(let source) = kind { source.index.system.name } else { nil } }

  /// Columns and fields of a table; `nil` for a system's export.
  public var table: ExportSummary? {
    switch kind {
    case .table(let source): source.summary
    case .pages(let source): source.pages.first?.summary
    case .system: nil
    }
  }

  /// The input, as tickets name it in their origin.
  public var file: String { path }

  /// The archive that the export came in, with attachments.
  public var archive: ArchiveAttachments? {
    switch kind {
    case .table(let source): source.attachments
    case .pages: nil
    case .system(let source): source.index.folder.attachments
    }
  }

  /// Folders in which a system's export may hold attachments: its own and the one beside it.
  public var attachmentFolders: [String] {
    guard case .system(let source) = kind, path != "-" else { return [] }
    let root = source.index.folder.root
    let parent = root.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let beside = (parent.isEmpty ? (root.hasPrefix("/") ? "" : ".") : parent) + "/attachments"
    return source.index.folder.isFolder ? [root + "/attachments", beside] : [beside]
  }

  /// The bytes of a ticket's files that stand inside the export's documents, by name, in order of the ticket's list.
  public func embeddedFiles(of wanted: Ticket) -> [(name: String, bytes: [UInt8]?)] {
    guard case .system(let source) = kind else { return [] }
    return source.embeddedFiles(of: wanted)
  }
}
