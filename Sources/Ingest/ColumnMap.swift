import ClosureModel

/// Which column is which field: the configuration's `columns:` first, then the built-in guesses.
struct ColumnMap {
  /// A column beside the one that is its field.
  struct Beside: Sendable {
    let index: Int
    let column: String
    let field: TicketField
    /// It is the same field by its name; `false`: its heading only speaks of the fact.
    let isTwin: Bool
  }

  /// Field of each column, by its place; each field once.
  let fields: [TicketField?]
  let names: [String]
  /// Columns that must not contradict those of `fields`.
  let beside: [Beside]
  /// Columns that are read past though nobody said so, blank headings aside.
  let unused: [String]
  /// Of those the ones whose heading speaks of what was written after the first text, by their places.
  let later: [Int]
  /// Columns of what our own people wrote, by their places: looked into for words that stop a ticket.
  let notes: [Int]

  init(names: [String], configured: [String: TicketField]) {
    let own = Self.folded(configured)
    var guesses: [TicketField: [(index: Int, rank: Int)]] = [:]
    var isSettled = [Bool](repeating: false, count: names.count)
    for (index, name) in names.enumerated() {
      if !own.isEmpty, let field = own[Self.fold(name)] {
        isSettled[index] = true
        if field != .ignore { guesses[field, default: []].append((index, -1)) }
      } else if let guess = Headings.guess(name) {
        guesses[guess.field, default: []].append((index, guess.rank))
      }
    }
    var fields = [TicketField?](repeating: nil, count: names.count)
    var beside: [Beside] = []
    for (field, columns) in guesses {
      // The order of the columns decides only between equal names.
      let columns = columns.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
      fields[columns[0].index] = field
      isSettled[columns[0].index] = true
      guard Self.isCompared(field) else { continue }
      for other in columns.dropFirst() {
        // Whoever named the column of a field has chosen between it and others; facts of an account are no choice.
        guard columns[0].rank >= 0 || other.rank < 0 || field.isAccountFact else { continue }
        isSettled[other.index] = true
        beside.append(Beside(index: other.index, column: names[other.index], field: field, isTwin: true))
      }
    }
    var unused: [String] = []
    var (later, notes) = ([Int](), [Int]())
    // A row that is no header (every line at the top of a file is asked) speaks of nothing.
    let isHeader = fields.contains(.ticket) || fields.contains(.account)
    for (index, name) in names.enumerated() where isHeader && !isSettled[index] && !name.allSatisfy(\.isWhitespace) {
      let fact = Headings.fact(spokenOfIn: name)
      if fact == nil, !Headings.speaksOfLaterWords(name), Headings.speaksOfOwnNotes(name) {
        notes.append(index)
        continue
      }
      unused.append(name)
      guard let field = fact else {
        if Headings.speaksOfLaterWords(name) { later.append(index) }
        continue
      }
      beside.append(Beside(index: index, column: name, field: field, isTwin: false))
    }
    self.fields = fields
    self.names = names
    self.beside = beside.sorted { $0.index < $1.index }
    self.unused = unused
    (self.later, self.notes) = (later, notes)
  }

  /// Fields of which two columns may not say different things.
  private static func isCompared(_ field: TicketField) -> Bool {
    switch field {
    case .ticket, .subject, .submittedAt, .updatedAt, .attachments, .ignore: false
    case .category, .body, .status, .account, .kind, .company, .email, .phone, .balance, .arrears, .serviceProvider,
      .icpFiling, .resources, .securityPhone, .securityEmail, .identityNumber:
      true
    }
  }

  /// Facts too of which a heading only speaks: they are in the export, in whatever way.
  var present: Set<TicketField> { Set(fields.compactMap { $0 }).union(beside.map(\.field)) }

  /// Where each column's cell goes in `Cells`: the fields, the columns beside them, those of later words, our own notes.
  var places: [Int?] {
    var out = fields.map { $0.flatMap { Cells.places[$0] } }
    for (offset, column) in beside.enumerated() { out[column.index] = TicketField.allCases.count + offset }
    for (offset, index) in (later + notes).enumerated() { out[index] = Self.firstLater(beside) + offset }
    return out
  }

  private static func firstLater(_ beside: [Beside]) -> Int { TicketField.allCases.count + beside.count }

  /// Places in `Cells` of what was written after the first text.
  var laterPlaces: Range<Int> { Self.firstLater(beside)..<Self.firstLater(beside) + later.count }

  /// Places in `Cells` of our own people's notes.
  var notePlaces: Range<Int> { laterPlaces.upperBound..<laterPlaces.upperBound + notes.count }

  var laterNames: [String] { later.map { names[$0] } }

  var mapped: [(column: String, field: TicketField)] {
    zip(names, fields).compactMap { name, field in field.map { (name, $0) } }
  }

  var unmapped: [String] { zip(names, fields).filter { $0.1 == nil }.map(\.0) }

  /// - Returns: the fields without which nothing can be decided and that no column was found for.
  var missing: [TicketField] { missing(Self.needed) }

  func missing(_ needed: [TicketField]) -> [TicketField] { needed.filter { !fields.contains($0) } }

  static let needed: [TicketField] = [.ticket, .category, .body]

  /// The names for an error's text: they may be a row of a customer's where there is no header.
  var shownNames: String { names.prefix(40).map { "“\(Masking.name($0))”" }.joined(separator: ", ") }

  /// Of spellings of one name that fold alike the first in the alphabet counts.
  static func folded(_ configured: [String: TicketField]) -> [String: TicketField] {
    Dictionary(
      configured.sorted { $0.key < $1.key }.map { (fold($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// As names of columns are compared.
  static func fold(_ name: String) -> String { Headings.fold(name) }

  /// - Returns: what a column of that name most likely holds.
  static func guess(_ name: String) -> TicketField? { Headings.guess(name)?.field }
}

extension TicketField {
  /// A fact of the account, not of the ticket.
  var isAccountFact: Bool {
    switch self {
    case .balance, .arrears, .serviceProvider, .icpFiling, .resources: true
    case .ticket, .category, .subject, .body, .submittedAt, .updatedAt, .status, .account, .kind, .company, .email,
      .phone, .attachments, .securityPhone, .securityEmail, .identityNumber, .ignore:
      false
    }
  }
}
