import ClosureModel
import Glibc

/// A folder with the pages of one list of tickets, `page1.json`, `page2.json`: what `closedesk pull --preset generic` leaves.
///
/// The pages are one export: a fact that one of them has is blank, not absent, in the others, and an id that stands on two
/// pages stands twice.
struct PagedSource: Sendable {
  let pages: [ExportSource]
  private let present: Set<TicketField>
  /// Pages whose list is empty, as the last one's may be.
  private let empty: Int
  /// Numbers between the first page and the last that no file has.
  let missing: [Int]

  /// - Returns: `nil` for anything but a folder with such files alone.
  init?(path: String, options: IngestOptions, zone: LocalZone) throws(IngestError) {
    var info = stat()
    guard path != "-", stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR,
      let folder = try ExportFolder(path: path, beside: []), !folder.files.isEmpty,
      folder.files.allSatisfy({ Self.number($0.name) != nil })
    else { return nil }
    var pages: [ExportSource] = []
    var present: Set<TicketField> = []
    var options = options
    // One file would be written over by each page.
    if folder.files.count > 1, options.rejects != nil {
      throw IngestError(
        code: .cannotWriteRejects, file: path, what: "rows of several pages do not go into one file",
        fix: "Name the pages one by one, or run without --rejects.")
    }
    options.format = .json
    let numbers = Set(folder.files.compactMap { Self.number($0.name) })
    missing = Set(1...(numbers.max() ?? 1)).subtracting(numbers).sorted()
    var empty = 0
    for file in folder.files {
      do throws(IngestError) {
        let page = try ExportSource(path: file.path, options: options, zone: zone)
        present.formUnion(page.columns.present)
        pages.append(page)
      } catch {
        guard folder.files.count > 1, Self.holdsNothing(file) else { throw error }
        empty += 1
      }
    }
    guard !pages.isEmpty else { return nil }
    self.present = present
    self.empty = empty
    self.pages = pages.map { page in
      var page = page
      page.present = present
      return page
    }
  }

  var files: Int { pages.count + empty }

  /// `page12.json` is 12.
  private static func number(_ name: String) -> Int? {
    guard name.hasPrefix("page"), name.hasSuffix(".json") else { return nil }
    let number = name.dropFirst("page".count).dropLast(".json".count)
    return number.count <= 6 && number.allSatisfy { $0.isASCII && $0.isNumber } ? Int(number) : nil
  }

  /// A document in which no list has an element.
  private static func holdsNothing(_ file: ExportFolder.File) -> Bool {
    guard file.size < 1 << 16, let bytes = try? ExportFolder.bytes(file), let document = JSONValue.parse(bytes) else {
      return false
    }
    func isEmpty(_ value: JSONValue) -> Bool {
      switch value {
      case .array(let items): items.isEmpty
      case .object(let members): members.allSatisfy { isEmpty($0.value) }
      default: true
      }
    }
    return isEmpty(document)
  }

  func read(_ body: (SourceItem) -> Bool) throws(IngestError) -> ReadingNotes {
    let fates = try fates()
    var notes = ReadingNotes()
    var wantsMore = true
    for (number, page) in pages.enumerated() where wantsMore {
      let found = try page.read { item in
        var item = item
        if case .ticket(var ticket) = item, let fate = fates[Self.place(number, ticket.origin.row)] {
          switch fate {
          case .counts(let conflicting):
            ticket.hasConflictingCopy = ticket.hasConflictingCopy || conflicting
            item = .ticket(ticket)
          case .superseded(let place):
            item = .rowError(
              RowError(
                code: .supersededTicketID, origin: ticket.origin,
                what: "\(shown(place)) holds a newer copy of the ticket",
                fix: "Nothing to do: the newer copy counts.", ticket: ticket.id))
          case .duplicate(let place):
            item = .rowError(
              RowError(
                code: .duplicateTicketID, origin: ticket.origin,
                what: "\(shown(place)) has the same ticket id, and neither is newer",
                fix: "Export each ticket once, or with its update time.", ticket: ticket.id))
          }
        }
        wantsMore = body(item)
        return wantsMore
      }
      notes.add(found)
    }
    return notes
  }

  /// Of ids that stand on several pages, by page and row.
  private func fates() throws(IngestError) -> [Int: CopyRules.Fate] {
    guard pages.count > 1 else { return [:] }
    func tickets(_ body: (Int, Ticket) -> Void) throws(IngestError) {
      for (number, page) in pages.enumerated() {
        _ = try page.read { item in
          if case .ticket(let ticket) = item { body(number, ticket) }
          return true
        }
      }
    }
    func hash(_ ticket: Ticket) -> UInt64 {
      var id = ticket.id.rawValue
      return id.withUTF8 { DuplicateIndex.hash($0) }
    }
    var index = DuplicateIndex()
    try tickets { _, ticket in
      var id = ticket.id.rawValue
      id.withUTF8 { index.add($0) }
    }
    let repeated = index.repeated()
    guard !repeated.isEmpty else { return [:] }
    var rules = CopyRules()
    try tickets { number, ticket in
      guard repeated.contains(hash(ticket)) else { return }
      var ticket = ticket
      ticket.origin = Origin(file: "", row: Self.place(number, ticket.origin.row))
      rules.add(ticket)
    }
    return rules.fates()
  }

  private static func place(_ page: Int, _ row: Int) -> Int { page << 32 | row }

  private func shown(_ place: Int) -> String {
    "row \(place & 0xFFFF_FFFF) of \(pages[place >> 32].summary.file)"
  }
}
