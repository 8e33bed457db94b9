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
    case (.differs, .notRead), (.notRead, .differs): a.state == .differs && b.field == nil ? a : b.state == .differs && a.field == nil ? b : LetterReading.Comparison(state: .notRead, field: a.field ?? b.field)
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
    let order: [LetterReading.Statement.State] = [.refused, .conditional, .affirmed, .other, .notRead]
    return order.firstIndex(of: a.state) ?? 0 <= order.firstIndex(of: b.state) ?? 0 ? a : b
  }
}
