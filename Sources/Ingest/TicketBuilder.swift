import ClosureModel

/// One record as texts by field, and those of the columns beside the fields', of later words and of our own notes.
struct Cells {
  /// `nil`: the record has no such cell.
  var texts: [String?]

  init(_ columns: ColumnMap) {
    texts = [String?](repeating: nil, count: columns.notePlaces.upperBound)
  }

  static let places: [TicketField: Int] = Dictionary(
    uniqueKeysWithValues: TicketField.allCases.enumerated().map { ($1, $0) })

  subscript(place: Int) -> String? {
    get { texts[place] }
    set { texts[place] = newValue }
  }
}

/// Cells to a ticket or a row error.
struct TicketBuilder {
  /// Fields that the export as a whole has: a record's missing cell of such a field is blank, not absent.
  let present: [Bool]
  private let zone: LocalZone
  /// A time named no zone.
  private(set) var usedLocalTime = false
  /// Cells that are no time, and their first tickets.
  private(set) var unreadableTimes = CountedTickets()
  private let facts: FactsBuilder
  private let later: Range<Int>
  private let notes: Range<Int>
  private let at = Places()

  private struct Places {
    private static func place(_ field: TicketField) -> Int { Cells.places[field] ?? 0 }
    let ticket = place(.ticket), category = place(.category), subject = place(.subject), body = place(.body)
    let submittedAt = place(.submittedAt), updatedAt = place(.updatedAt), status = place(.status)
    let account = place(.account), kind = place(.kind), company = place(.company), email = place(.email)
    let phone = place(.phone), attachments = place(.attachments)
    let securityPhone = place(.securityPhone), securityEmail = place(.securityEmail)
    let identityNumber = place(.identityNumber)
  }

  init(_ columns: ColumnMap, present: Set<TicketField>, zone: LocalZone) {
    self.zone = zone
    facts = FactsBuilder(columns, present: present)
    (later, notes) = (columns.laterPlaces, columns.notePlaces)
    self.present = TicketField.allCases.map { present.contains($0) }
  }

  mutating func build(_ cells: Cells, origin: Origin) -> SourceItem {
    guard let id = cells[at.ticket].map(Self.bare), !id.isEmpty else {
      return .rowError(
        RowError(
          code: .missingTicketID, origin: origin, what: "the row has no ticket id",
          fix: "Give the ticket its id and export again."))
    }
    guard Self.isTicketID(id) else {
      return .rowError(
        RowError(
          code: .badTicketID, origin: origin,
          what: "the ticket id has \(id.count) characters, or characters that no id has",
          fix: "An id has 1 to 64 letters, digits and . _ # : -; mend the cell."))
    }
    var cells = cells
    let contradictions = facts.settle(&cells)
    guard let body = cells[at.body], let category = cells[at.category] else {
      return .rowError(
        RowError(
          code: .missingColumns, origin: origin, what: "the record has no body or no category",
          fix: "Export it again, whole.",
          ticket: Ticket.ID(id)))
    }
    func text(_ place: Int) -> String { cells[place] ?? "" }
    let submitted = time(cells[at.submittedAt])
    if submitted == nil, let cell = cells[at.submittedAt], !MissingValue.stands(in: cell) { unreadableTimes.add(id) }
    var ticket = Ticket(
      id: Ticket.ID(id), origin: origin, category: category, subject: text(at.subject), body: body,
      submittedAt: submitted, updatedAt: time(cells[at.updatedAt]), status: text(at.status),
      account: text(at.account), declaredKind: text(at.kind), company: text(at.company),
      contactEmail: text(at.email), contactPhone: text(at.phone),
      attachments: cells[at.attachments].map(Self.names) ?? [],
      facts: facts.facts(cells),
      securityPhone: text(at.securityPhone), securityEmail: text(at.securityEmail),
      identityNumber: text(at.identityNumber))
    ticket.lacksAccount = present[at.account] && MissingValue.stands(in: ticket.account)
    ticket.contradictions = contradictions
    ticket.isPartial = later.contains { cells[$0].map(Self.isSaid) ?? false }
    ticket.replies = notes.compactMap { place in
      cells[place].flatMap { Self.isSaid($0) ? Ticket.Message(author: .agent, text: $0) : nil }
    }
    return .ticket(ticket)
  }

  /// The ticket of a record that cannot be read as a whole.
  func ticketID(_ cells: Cells) -> Ticket.ID? {
    guard let id = cells[at.ticket].map(Self.bare), !id.isEmpty, Self.isTicketID(id) else { return nil }
    return Ticket.ID(id)
  }

  /// Without blanks at both ends: a tab in front keeps spreadsheets from taking an id for a number.
  static func bare(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last, isBlank(first) || isBlank(last) else { return text }
    var inner = Substring(text).utf8
    while let byte = inner.first, isBlank(byte) { inner.removeFirst() }
    while let byte = inner.last, isBlank(byte) { inner.removeLast() }
    return String(Substring(inner))
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private mutating func time(_ cell: String?) -> Timestamp? {
    guard let (time, isLocal) = cell.flatMap({ ExportTime.read($0, zone: zone) }) else { return nil }
    if isLocal { usedLocalTime = true }
    return time
  }

  /// `false` also for the words of a form that say that nothing was: 否, 0.
  private static func isSaid(_ cell: String) -> Bool {
    !MissingValue.stands(in: cell) && !["0", "否", "没有", "no", "n", "false"].contains(ColumnMap.fold(cell))
  }

  func isFact(_ place: Int) -> Bool { facts.isFact(place) }

  /// Letters and digits of any script and `._#:-`.
  static func isTicketID(_ id: String) -> Bool {
    guard id != ".", id != "..", id.unicodeScalars.count <= 64 else { return false }
    return id.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      // . _ # : -
      case 0x2E, 0x5F, 0x23, 0x3A, 0x2D: true
      case 0..<0x80: false
      default: scalar.properties.isAlphabetic
      }
    }
  }

  /// The commonest lists: names parted by `;`, `；` or `|`, no blanks around them, nothing in them that joins a sign
  /// before it. Nil: look closer.
  private static func plainNames(_ cell: String) -> [String]? {
    var cell = cell
    return cell.withUTF8 { bytes -> [String]? in
      var names: [String] = []
      var start = 0
      var at = 0
      while at <= bytes.count {
        let width: Int
        switch at < bytes.count ? bytes[at] : UInt8(ascii: ";") {
        case UInt8(ascii: ";"), UInt8(ascii: "|"): width = 1
        case 0x0A, 0x0D: return nil
        // ； is EF BC 9B.
        case 0xEF where at + 2 < bytes.count && bytes[at + 1] == 0xBC && bytes[at + 2] == 0x9B: width = 3
        default:
          at += 1
          continue
        }
        if at > start {
          // ASCII and Chinese characters stand for themselves.
          let first = bytes[start]
          guard (0x21..<0x7F).contains(first) || (0xE4...0xE9).contains(first), bytes[at - 1] != 0x20 else {
            return nil
          }
          names.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self))
        } else if at > 0, at < bytes.count {
          return nil
        }
        at += width
        start = at
      }
      return names
    }
  }

  /// Names of a cell that lists files; a comma may be part of a name.
  private static func names(_ cell: String) -> [String] {
    guard !cell.isEmpty else { return [] }
    if MissingValue.stands(in: cell) { return [] }
    if let plain = plainNames(cell) { return plain.filter { !MissingValue.stands(in: $0) } }
    return cell.split { ";；|\n\r".contains($0) }
      .map { name in
        var name = name
        while name.first == " " { name.removeFirst() }
        while name.last == " " { name.removeLast() }
        return String(name)
      }
      .filter { !MissingValue.stands(in: $0) }
  }
}
