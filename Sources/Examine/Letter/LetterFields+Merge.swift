import ClosureModel

extension LetterFields.Reading {
  /// Two readings of the same pages, the second with the red ink taken out. What either of them read for certain stands;
  /// where they contradict each other, nothing is certain.
  package func merged(_ other: Self) -> Self {
    var result = self
    result.title = Self.better(title, other.title)
    if result.title.state != .otherDocument { result.otherDocument = nil }
    result.company = Self.merge(company, other.company)
    result.account = Self.merge(account, other.account)
    result.date = Self.merge(date, other.date)
    result.statement = Self.merge(statement, other.statement)
    result.contactName = contactName ?? other.contactName
    result.phone = phone ?? other.phone
    result.email = email ?? other.email
    result.isBlankTemplate = isBlankTemplate && other.isBlankTemplate
    return result
  }

  private static func better(_ a: LetterReading.Title, _ b: LetterReading.Title) -> LetterReading.Title {
    switch (a.state, b.state) {
    case (.exact, .otherDocument), (.otherDocument, .exact): LetterReading.Title(state: .near, field: a.field)
    case (.exact, _): a
    case (_, .exact): b
    case (.absent, _): b
    default: a
    }
  }

  private static func merge(_ a: LetterReading.Comparison, _ b: LetterReading.Comparison) -> LetterReading.Comparison {
    switch (a.state, b.state) {
    case (.equal, .differs), (.differs, .equal): LetterReading.Comparison(state: .notRead, field: a.field ?? b.field)
    case (.equal, _): a
    case (_, .equal): b
    case (.differs, .differs): a
    // Only one of the two saw another name there: the other may have missed the right one.
    case (.differs, .notRead): b.field == nil ? a : LetterReading.Comparison(state: .notRead, field: a.field)
    case (.notRead, .differs): a.field == nil ? b : LetterReading.Comparison(state: .notRead, field: b.field)
    case (.differs, .blank): a
    case (.blank, .differs): b
    case (.blank, _): b.field == nil ? a : b
    case (_, .blank): a.field == nil ? b : a
    default: a.field == nil ? b : a
    }
  }

  private static func merge(_ a: LetterReading.DateField, _ b: LetterReading.DateField) -> LetterReading.DateField {
    switch (a.state, b.state) {
    case (.day(let one), .day(let other)):
      one == other ? a : LetterReading.DateField(state: .unreadable, field: a.field)
    case (.day, _): a
    case (_, .day): b
    case (.unreadable, _): a
    case (_, .unreadable): b
    default: a
    }
  }

  private static func merge(_ a: LetterReading.Statement, _ b: LetterReading.Statement) -> LetterReading.Statement {
    // A reservation seen once is seen; consent must be read whole in one of them.
    let order: [LetterReading.Statement.State] = [.refused, .conditional, .marked, .affirmed, .other, .notRead]
    return order.firstIndex(of: a.state) ?? 0 <= order.firstIndex(of: b.state) ?? 0 ? a : b
  }

  /// Nothing is left to look for.
  var isCertain: Bool {
    guard case .day = date.state else { return false }
    return title.state == .exact && company.state == .equal && account.state == .equal && statement.state == .affirmed
  }

  /// Nothing but the day is left to look for, and it is not known to be missing: as a rule the seal lies on it.
  var lacksOnlyDate: Bool {
    date.state == .unreadable && title.state == .exact && company.state == .equal && account.state == .equal
      && statement.state == .affirmed
  }

  /// This reading with another one's day.
  func dated(_ other: Self) -> Self {
    var result = self
    result.date = Self.merge(date, other.date)
    return result
  }

  /// No field was read: neither found, nor found empty, nor another.
  var isNothing: Bool {
    let isUndated = if case .day = date.state { false } else { true }
    return title.state == .absent && company.state == .notRead && company.field == nil && account.state == .notRead
      && account.field == nil && isUndated && statement.state == .notRead && contactName == nil && phone == nil
      && email == nil && !isBlankTemplate
  }

  /// Its lines read one by one may tell what the page as a whole did not.
  var isWorthCloseReading: Bool {
    isWorthSealing && title.state == .exact
      && (company.state == .notRead || account.state == .notRead || statement.state == .notRead)
  }

  /// Whether one close reading leaves it possible that all of them confirm something.
  /// - Parameter pages: as for `confirmed(by:after:)`.
  func mayBeConfirmed(by close: Self, after pages: [Self]) -> Bool {
    // A reservation may still be seen at another size.
    if statement.state == .notRead { return true }
    let result = confirmed(by: [close], after: pages)
    return result.company.state != company.state || result.account.state != account.state
  }

  /// The same letter with its lines cut out and read one by one, at several sizes. What all of these find equal stands
  /// where the page's own readings found nothing; a name that one of those found to be another stays open.
  /// - Parameter pages: readings of whole pages, of which this one is made.
  func confirmed(by close: [Self], after pages: [Self]) -> Self {
    guard let first = close.first else { return self }
    var result = self
    func agree(_ field: KeyPath<Self, LetterReading.Comparison>) -> Bool {
      self[keyPath: field].state == .notRead && close.allSatisfy { $0[keyPath: field].state == .equal }
        && pages.allSatisfy { $0[keyPath: field].state != .differs }
    }
    if agree(\.company) { result.company = first.company }
    if agree(\.account) { result.account = first.account }
    if statement.state == .notRead {
      if let reserved = close.first(where: { [.refused, .conditional, .marked].contains($0.statement.state) }) {
        result.statement = reserved.statement
      } else if close.allSatisfy({ $0.statement.state == .affirmed }) {
        result.statement = first.statement
      }
    }
    return result
  }

  /// A letter that the seal could make whole; another paper's seal is of no interest.
  var isWorthSealing: Bool { title.state != .otherDocument && !isBlankTemplate }

  /// Of a recogniser that does not read names well enough: what it found equal, or another, is not known.
  var distrusted: Self {
    var result = self
    if company.state != .blank { result.company = LetterReading.Comparison(state: .notRead, field: company.field) }
    if account.state != .blank { result.account = LetterReading.Comparison(state: .notRead, field: account.field) }
    if statement.state == .affirmed {
      result.statement = LetterReading.Statement(state: .notRead, field: statement.field)
    }
    return result
  }

  func letter(entry: String?, pages: [Int], seals: [LetterReading.Sealed]) -> LetterReading {
    LetterReading(
      entry: entry, pages: pages, title: title, company: company, account: account, date: date,
      contactName: contactName, phone: phone, email: email, statement: statement, isBlankTemplate: isBlankTemplate,
      otherDocument: otherDocument, seals: seals)
  }
}
