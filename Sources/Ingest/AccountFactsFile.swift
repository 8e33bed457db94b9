public import ClosureModel

/// Facts of accounts in a file of their own (`--facts`): a table, JSON Lines or a list in JSON with an account column and
/// columns of facts, under the same names as in an export.
public struct AccountFactsFile: AccountFactsSource, Sendable {
  public let file: String
  /// Columns that only speak of a fact, which therefore counts as unknown.
  public let unclear: [String]
  /// By folded account.
  private let accounts: [String: AccountFacts]
  /// What an account has that the file does not hold: absent facts stay absent, the others are unreadable.
  private let unknown: AccountFacts
  private let fold: @Sendable (String) -> String

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - options: `columns:` and the bounds; what the export is to ignore is not ignored here.
  ///   - fold: makes equal accounts equal texts.
  /// - Throws: when it is no such file, or a row of it cannot be read: an account that is lost would be another's.
  public init(path: String, options: IngestOptions, fold: @escaping @Sendable (String) -> String) throws(IngestError) {
    var own = IngestOptions()
    own.columns = options.columns.filter { $0.value != .ignore }
    own.maxRowBytes = options.maxRowBytes
    own.archive = options.archive
    own.needed = [.account]
    let input = try ByteInput(path: path)
    let container = try Container(input, options: own)
    let shape = try TextShape(container, own)
    var reader = Reader(file: path, fold: fold)
    switch shape.form {
    case .table(let search): try reader.table(search, container, shape.guess, own)
    case .lines: try reader.objects(nil, container, shape.guess, own)
    case .list(let keys): try reader.objects(keys, container, shape.guess, own)
    }
    try input.checkUnchanged()
    file = path
    self.fold = fold
    unclear = reader.unclear
    accounts = reader.accounts
    unknown = reader.unknown
  }

  public var count: Int { accounts.count }

  public func facts(ofAccount account: String) -> AccountFacts? { accounts[fold(account)] }

  /// The ticket with what the file says of its account.
  /// - Returns: also whether the file holds the account.
  func joined(to ticket: Ticket) -> (ticket: Ticket, isKnown: Bool) {
    let found = MissingValue.stands(in: ticket.account) ? nil : facts(ofAccount: ticket.account)
    var ticket = ticket
    ticket.facts = Self.joined(ticket.facts, found ?? unknown, name)
    return (ticket, found != nil)
  }

  /// Without its folder.
  private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

  private static func joined(_ export: AccountFacts, _ file: AccountFacts, _ name: String) -> AccountFacts {
    func fact<Value: CustomStringConvertible>(_ a: Fact<Value>, _ b: Fact<Value>) -> Fact<Value> {
      switch (a, b) {
      case (_, .columnAbsent): return a
      // A blank cell says nothing: that is what the second file is for.
      case (.columnAbsent, _), (.blank, _): return b
      case _ where a == b: return a
      default: return .unreadable("export：\(shown(a))；\(name)：\(shown(b))")
      }
    }
    return AccountFacts(
      balance: fact(export.balance, file.balance), arrears: fact(export.arrears, file.arrears),
      serviceProvider: fact(export.serviceProvider, file.serviceProvider),
      icpFiling: fact(export.icpFiling, file.icpFiling), resources: fact(export.resources, file.resources))
  }

  fileprivate static func shown<Value: CustomStringConvertible>(_ fact: Fact<Value>) -> String {
    switch fact {
    case .columnAbsent, .blank: "–"
    case .unreadable(let text): text
    case .known(let value): value.description
    }
  }
}

/// Takes in the rows of such a file.
private struct Reader {
  let file: String
  let fold: @Sendable (String) -> String
  var accounts: [String: AccountFacts] = [:]
  var unknown = AccountFacts()
  var unclear: [String] = []

  mutating func table(
    _ search: HeaderSearch, _ container: Container, _ guess: EncodingGuess, _ options: IngestOptions
  ) throws(IngestError) {
    let columns = ColumnMap(names: search.names, configured: options.columns)
    try begin(columns)
    let builder = FactsBuilder(columns)
    let places = columns.places
    var cells = Cells(columns)
    var pass = try CSVPass(container.text, guess, search.dialect, options)
    while let row = try pass.next() {
      guard row.number > search.row else {
        guard search.fullRowsAbove.contains(row.number) else { continue }
        throw broken("it stands above the header", row.number)
      }
      if let problem = row.problem { throw broken(problem.what, row.number) }
      let count = pass.row.cells.count
      guard count == places.count || search.dialect.mayEndEarly && count < places.count else {
        throw broken("the row has \(count) cells, the header \(places.count)", row.number)
      }
      for (index, place) in places.enumerated() {
        guard let place else { continue }
        cells[place] = pass.row.cell(index)
        if container.isSheet, let damage = pass.row.damage(index) {
          guard damage == .failed, builder.isFact(place) else { throw broken(damage.problem.what, row.number) }
          cells[place]?.removeFirst(2)
        }
      }
      try add(builder, cells, row.number)
    }
  }

  mutating func objects(
    _ path: [String]?, _ container: Container, _ guess: EncodingGuess, _ options: IngestOptions
  ) throws(IngestError) {
    var table = KeyTable()
    var first = try JSONPass(container.text, guess, path: path, options)
    while let record = try first.next() {
      try first.members(record) { members in
        for (hint, member) in members.enumerated() { table.learn(member.keyBytes, hint: hint) }
      }
    }
    let columns = ColumnMap(
      names: table.names.map { String(decoding: $0, as: UTF8.self) }, configured: options.columns)
    try begin(columns)
    table.map(columns)
    let builder = FactsBuilder(columns)
    var cells = Cells(columns)
    var pass = try JSONPass(container.text, guess, path: path, options)
    while let record = try pass.next() {
      for place in cells.texts.indices { cells[place] = nil }
      var isRepeated = false
      let problem = try pass.members(record) { members in
        for (hint, member) in members.enumerated() {
          guard let place = table.place(member.keyBytes, hint: hint) else { continue }
          if cells[place] != nil { isRepeated = true }
          cells[place] = member.text
        }
      }
      if let problem { throw broken(problem.what, record.number) }
      if isRepeated { throw broken("a key stands twice in the object", record.number) }
      try add(builder, cells, record.number)
    }
  }

  private mutating func begin(_ columns: ColumnMap) throws(IngestError) {
    let names = columns.shownNames
    guard columns.fields.contains(.account) else {
      throw IngestError(
        code: .unknownColumns, file: file, what: "no column of it is known to hold the account; it has \(names)",
        fix: "Name the column under input.columns, e.g. “\(columns.names.first.map(Masking.name) ?? "uid")”: account.")
    }
    let present = columns.present
    guard present.contains(where: \.isAccountFact) else {
      throw IngestError(
        code: .unknownColumns, file: file, what: "no column of it is known to hold a fact of accounts; it has \(names)",
        fix: "Name one under input.columns: balance, arrears, service_provider, icp_filing or resources.")
    }
    unclear = columns.beside.filter { !$0.isTwin }.map(\.column)
    let why = "账号不在 \(file.split(separator: "/").last ?? "") 中"
    func fact<Value>(_ field: TicketField) -> Fact<Value> { present.contains(field) ? .unreadable(why) : .columnAbsent }
    unknown = AccountFacts(
      balance: fact(.balance), arrears: fact(.arrears), serviceProvider: fact(.serviceProvider),
      icpFiling: fact(.icpFiling), resources: fact(.resources))
  }

  private mutating func add(_ builder: FactsBuilder, _ cells: Cells, _ row: Int) throws(IngestError) {
    var cells = cells
    if builder.settle(&cells).contains(where: { $0.field == .account }) {
      throw broken("two of its columns name different accounts", row)
    }
    let facts = builder.facts(cells)
    let account = Cells.places[.account].flatMap { cells[$0] } ?? ""
    guard !MissingValue.stands(in: account) else {
      // A blank row at the end is no account.
      if cells.texts.allSatisfy({ $0.map { $0.allSatisfy(\.isWhitespace) } ?? true }) { return }
      throw broken("the row names no account", row)
    }
    let key = fold(account)
    accounts[key] = accounts[key].map { Self.merged($0, facts) } ?? facts
  }

  /// Of an account that stands twice: what differs is unknown.
  private static func merged(_ a: AccountFacts, _ b: AccountFacts) -> AccountFacts {
    func fact<Value: CustomStringConvertible>(_ a: Fact<Value>, _ b: Fact<Value>) -> Fact<Value> {
      if a == b { return a }
      let both = [AccountFactsFile.shown(a), AccountFactsFile.shown(b)].sorted()
      return .unreadable(both.joined(separator: "；"))
    }
    return AccountFacts(
      balance: fact(a.balance, b.balance), arrears: fact(a.arrears, b.arrears),
      serviceProvider: fact(a.serviceProvider, b.serviceProvider), icpFiling: fact(a.icpFiling, b.icpFiling),
      resources: fact(a.resources, b.resources))
  }

  private func broken(_ what: String, _ row: Int) -> IngestError {
    IngestError(
      code: .notAnExport, file: file, what: "row \(row) of the account facts: \(what)",
      fix: "Mend the row or export the facts again; none of them is used.")
  }
}
