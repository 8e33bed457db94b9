import ClosureModel

/// Columns that say the same: what comes of their cells, whatever their order.
struct RivalColumns: Sendable {
  /// The columns of one field.
  struct Group: Sendable {
    let field: TicketField
    /// The column that counts where nothing speaks against it; `nil`: none is the field by its name.
    let column: String?
    let beside: [(place: Int, column: String, isTwin: Bool)]
  }

  /// By the place of the field.
  private let groups: [Int: Group]

  init(_ columns: ColumnMap) {
    var beside: [TicketField: [(place: Int, column: String, isTwin: Bool)]] = [:]
    for (offset, one) in columns.beside.enumerated() {
      beside[one.field, default: []].append((TicketField.allCases.count + offset, one.column, one.isTwin))
    }
    var groups: [Int: Group] = [:]
    for (field, others) in beside {
      guard let place = Cells.places[field] else { continue }
      let column = columns.fields.firstIndex(of: field).map { columns.names[$0] }
      groups[place] = Group(field: field, column: column, beside: others)
    }
    self.groups = groups
  }

  subscript(place: Int) -> Group? { groups[place] }

  /// A blank cell is filled from a column that says the same. Facts of the account settle themselves.
  /// - Returns: the fields whose cells differ.
  func settle(_ cells: inout Cells) -> [Ticket.Contradiction] {
    guard !groups.isEmpty else { return [] }
    var out: [Ticket.Contradiction] = []
    for (place, group) in groups where !group.field.isAccountFact {
      let all = group.written(cells, place)
      if cells[place].map(MissingValue.stands) ?? true, let first = all.first { cells[place] = first.text }
      if let first = all.first, all.contains(where: { $0.text != first.text }) {
        out.append(Ticket.Contradiction(field: group.field, cells: all))
      }
    }
    return out.count > 1 ? out.sorted { $0.field.rawValue < $1.field.rawValue } : out
  }
}

extension RivalColumns.Group {
  /// The cells that say something, the one that counts first.
  fileprivate func written(_ cells: Cells, _ place: Int) -> [Ticket.Contradiction.Cell] {
    let own = column.map { [($0, cells[place])] } ?? []
    return (own + beside.map { ($0.column, cells[$0.place]) }).compactMap { column, text in
      guard let text, !MissingValue.stands(in: text) else { return nil }
      return Ticket.Contradiction.Cell(column: column, text: TicketBuilder.bare(text))
    }
  }

  /// What the columns of a fact come to: a value where all that are the fact by their name have it, and no other that
  /// speaks of it says something else. A cell of which that is not clear is unreadable, with the columns' names.
  func fact<Value>(_ cells: Cells, _ place: Int, _ read: (String) -> Fact<Value>) -> Fact<Value> {
    func said(_ column: String, _ place: Int) -> (column: String, text: String, fact: Fact<Value>) {
      let text = cells[place] ?? ""
      return (column, text, read(text))
    }
    let named = (column.map { [said($0, place)] } ?? []) + beside.filter(\.isTwin).map { said($0.column, $0.place) }
    let spoken = beside.filter { !$0.isTwin }.map { said($0.column, $0.place) }
    if let first = named.first, named.allSatisfy({ $0.fact == first.fact }),
      spoken.allSatisfy({ $0.fact == first.fact || MissingValue.isNone($0.text) })
    {
      return first.fact
    }
    let shown = (named + spoken).map { Ticket.Contradiction.Cell(column: $0.column, text: $0.text) }.sorted()
    return .unreadable(shown.map { "\($0.column)：\($0.text.isEmpty ? "–" : $0.text)" }.joined(separator: "；"))
  }
}
