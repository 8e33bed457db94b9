import ClosureModel

/// Cells to the facts of an account.
struct FactsBuilder: Sendable {
  private let present: [Bool]
  private let columns: ColumnMap
  private let rivals: RivalColumns
  private let at = Places()

  private struct Places {
    private static func place(_ field: TicketField) -> Int { Cells.places[field] ?? 0 }
    let balance = place(.balance), arrears = place(.arrears), serviceProvider = place(.serviceProvider)
    let icpFiling = place(.icpFiling), resources = place(.resources)
  }

  /// - Parameter present: fields that the export as a whole has; `nil`: those of the columns.
  init(_ columns: ColumnMap, present: Set<TicketField>? = nil) {
    self.columns = columns
    let fields = present ?? columns.present
    self.present = TicketField.allCases.map { fields.contains($0) }
    rivals = RivalColumns(columns)
  }

  func facts(_ cells: Cells) -> AccountFacts {
    func fact<Value>(_ place: Int, _ read: (String) -> Fact<Value>) -> Fact<Value> {
      guard present[place] else { return .columnAbsent }
      if let rival = rivals[place] { return rival.fact(cells, place, read) }
      return cells[place].map(read) ?? .blank
    }
    return AccountFacts(
      balance: fact(at.balance, FactCells.money), arrears: fact(at.arrears, FactCells.arrears),
      serviceProvider: fact(at.serviceProvider, FactCells.provider), icpFiling: fact(at.icpFiling, FactCells.filing),
      resources: fact(at.resources, FactCells.count))
  }

  /// - Returns: the fields of the ticket itself whose cells differ.
  func settle(_ cells: inout Cells) -> [Ticket.Contradiction] { rivals.settle(&cells) }

  /// Whether the cell of that place is one of a fact, which says for itself that it cannot be read.
  func isFact(_ place: Int) -> Bool {
    let beside = place - TicketField.allCases.count
    if beside < 0 { return TicketField.allCases[place].isAccountFact }
    return columns.beside.indices.contains(beside) && columns.beside[beside].field.isAccountFact
  }
}
