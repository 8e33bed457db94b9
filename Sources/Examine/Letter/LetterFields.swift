package import ClosureModel

/// What the ticket says, and what counts as the letter's title: the letter is held against it.
public struct LetterExpectation: Sendable, Hashable {
  /// Of the policy, without 《》.
  public let titles: [String]
  /// The provider's name (京东云): another one in the title makes another paper.
  public let provider: String
  /// As the ticket writes them; empty where it does not name them.
  public let company: String
  public let account: String
  public init(titles: [String], provider: String, company: String, account: String) {
    self.titles = titles
    self.provider = provider
    self.company = company
    self.account = account
  }
}

/// Reads the fields of a letter from its lines.
package struct LetterFields {
  /// Fields of one reading of the pages.
  package struct Reading: Sendable {
    package var title: LetterReading.Title
    package var otherDocument: LetterReading.Field?
    package var company: LetterReading.Comparison
    package var account: LetterReading.Comparison
    package var date: LetterReading.DateField
    package var contactName: LetterReading.Field?
    package var phone: LetterReading.Field?
    package var email: LetterReading.Field?
    package var statement: LetterReading.Statement
    package var isBlankTemplate: Bool
  }

  private let title: LetterTitle
  private let companies: CompanyNames
  private let accounts: AccountNames
  private let statements: LetterStatement

  package init(_ expected: LetterExpectation, reader: TicketExaminer) {
    title = LetterTitle(titles: expected.titles, provider: expected.provider)
    companies = CompanyNames(expected: expected.company, provider: expected.provider)
    accounts = AccountNames(expected: expected.account)
    statements = LetterStatement(reader: reader, company: expected.company)
  }

  /// - Parameters:
  ///   - lines: of the letter's pages, in no order; boxes in pixels of their page.
  ///   - file: as the ticket lists it.
  ///   - numbers: the page's number in the file for each `LetterLine.page`; nil: that is the number.
  package func read(_ lines: [LetterLine], pages: [LetterPage], file: String, numbers: [Int]? = nil) -> Reading {
    let text = LetterText(lines, pages: pages)
    let sections = LetterSections(text, titles: title.titles(in: text))
    func field(_ range: Range<Int>) -> LetterReading.Field {
      LetterReading.Field(text: text.string(range).trimmedBlanks, evidence: evidence(text, range, file, numbers))
    }
    let heading = sections.title
    let headingField = heading.map { found in
      LetterReading.Field(
        text: found.lines.map { text.lines[$0].text }.joined(),
        evidence: found.lines.map { evidence(text.lines[$0], text.lines[$0].text, file, numbers) })
    }
    let named = companies.mentions(in: text, signature: sections.signature)
    let account = accounts.mentions(in: text)
    let date = LetterDate.find(in: text, signature: sections.signature)
    let contacts = LetterContacts.find(in: text)
    let statement = statements.find(in: text, body: sections.body, rest: sections.rest)
    // Every label is there and nothing behind any: the form as it is handed out.
    let isBlank =
      (heading?.state == .exact || heading?.state == .near) && named.allSatisfy { $0.kind == .piece }
      && account.allSatisfy { $0.kind == .empty } && contacts.isEmpty && !date.isDay
    let companyState = companies.compare(named, isBlank: isBlank || sections.hasEmptyCompany(text))
    let accountState = accounts.compare(account)
    let shownCompanies = Self.shown(named.filter { ($0.kind == .exact) == (companyState == .equal) }.map(\.range))
    let shownAccounts = Self.shown(account.filter { ($0.kind == .exact) == (accountState == .equal) }.map(\.range))
    return Reading(
      title: LetterReading.Title(state: heading?.state ?? .absent, field: headingField),
      otherDocument: heading?.state == .otherDocument ? headingField : nil,
      company: LetterReading.Comparison(state: companyState, field: Self.joined(shownCompanies.map(field))),
      account: LetterReading.Comparison(state: accountState, field: Self.joined(shownAccounts.map(field))),
      date: LetterReading.DateField(state: isBlank ? .missing : date.state, field: date.range.map(field)),
      contactName: contacts.name.map(field), phone: contacts.phone.map(field), email: contacts.email.map(field),
      statement: LetterReading.Statement(state: statement.state, field: statement.range.map(field)),
      isBlankTemplate: isBlank)
  }

  /// A line that was read with less than this may say anything.
  private static let poor = 0.8
  /// Characters that a line shares with a name that it may hold, badly read.
  private static let leastShared = 3

  /// Whether a closer reading of the line may tell what `reading` did not.
  package func isAbout(_ line: LetterLine, _ reading: Reading) -> Bool {
    // A reservation may stand anywhere.
    if reading.statement.state == .notRead || line.confidence < Self.poor { return true }
    let text = LetterText.fold(line.text)
    if reading.company.state == .notRead {
      let shared = Set(companies.expected).intersection(text).count
      if shared >= min(Self.leastShared, companies.expected.count)
        || TextSearch.contains(text, Array("公司".unicodeScalars))
      {
        return true
      }
    }
    return reading.account.state == .notRead && accounts.mayBeNamed(in: text)
  }

  private static func shown(_ ranges: [Range<Int>]) -> [Range<Int>] { ranges.filter { !$0.isEmpty } }

  /// The first text, the places of all.
  private static func joined(_ fields: [LetterReading.Field]) -> LetterReading.Field? {
    fields.first.map { LetterReading.Field(text: $0.text, evidence: fields.flatMap(\.evidence)) }
  }

  private func evidence(_ text: LetterText, _ range: Range<Int>, _ file: String, _ numbers: [Int]?) -> [Evidence] {
    var lines: [Int] = []
    for index in text.origin[range] where !lines.contains(index) { lines.append(index) }
    return lines.map { index in
      let words = LetterText.string(range.filter { text.origin[$0] == index }.map { text.scalars[$0] })
      return evidence(text.lines[index], words.trimmedBlanks, file, numbers)
    }
  }

  private func evidence(_ line: LetterLine, _ words: String, _ file: String, _ numbers: [Int]?) -> Evidence {
    Evidence(
      .attachment(file), quote: words, page: numbers?[line.page] ?? line.page, box: line.box, score: line.confidence)
  }
}

extension String {
  /// Without blanks and line breaks at its ends.
  fileprivate var trimmedBlanks: String {
    var view = unicodeScalars[...]
    while let first = view.first, first.properties.isWhitespace { view.removeFirst() }
    while let last = view.last, last.properties.isWhitespace { view.removeLast() }
    return String(view)
  }
}
