/// A provider's published rules as data. Built by the strict loader of `Decide` from `Templates/policies/*.yaml`.
public struct Policy: Sendable, Hashable {
  /// A fact of the account that stands in the way of closing.
  public struct Condition: Sendable, Hashable {
    /// What follows when the fact is true (arrears > 0, a filing exists).
    public enum Effect: String, Sendable, Hashable, CaseIterable { case block, review, note }
    /// What follows when the export has no column for the fact.
    public enum Absent: String, Sendable, Hashable, CaseIterable { case later, review }
    /// One of `arrears`, `balance`, `resources`, `serviceProvider`, `icpFiling`.
    public let requirement: Requirement
    public let whenTrue: Effect
    /// What follows when the fact is true and the applicant waives it in the ticket; `nil`: cannot be waived.
    public let whenWaived: Effect?
    public let whenAbsent: Absent
    public init(requirement: Requirement, whenTrue: Effect, whenWaived: Effect? = nil, whenAbsent: Absent = .later) {
      self.requirement = requirement
      self.whenTrue = whenTrue
      self.whenWaived = whenWaived
      self.whenAbsent = whenAbsent
    }
  }

  /// The closing notice under all its names; titles without 《》. Compared after normalisation (NFKC, simplified, 帐=账, no blanks).
  public struct Notice: Sendable, Hashable {
    public let title: String
    /// Names that count as the notice.
    public let aliases: [String]
    /// Names that may mean the notice or another paper: `unclear`.
    public let ambiguous: [String]
    /// Papers that are certainly something else.
    public let other: [String]
    public init(title: String, aliases: [String], ambiguous: [String], other: [String]) {
      self.title = title
      self.aliases = aliases
      self.ambiguous = ambiguous
      self.other = other
    }
  }

  /// Something that applicants declare beside their consent: the words of the act and of what it is about. They are
  /// read besides the words of the lexicons.
  public struct Declaration: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      case balanceWaiver = "balance_waiver"
      case resourceWaiver = "resource_waiver"
      /// Takes the request back.
      case withdrawal
      /// Puts the closing off or limits it.
      case delay
    }
    public let kind: Kind
    public let acts: [String]
    /// Empty for declarations that are an act alone.
    public let objects: [String]
    public init(kind: Kind, acts: [String], objects: [String]) {
      self.kind = kind
      self.acts = acts
      self.objects = objects
    }
  }

  public struct Letter: Sendable, Hashable {
    /// Titles of the consent letter, without 《》.
    public let titles: [String]
    /// Parts of file names that say “some other document” (营业执照, 截图): such a file is no letter.
    public let otherDocuments: [String]
    /// A letter dated longer before the ticket's submission is asked for anew; nil: any age will do.
    public let maxAgeDays: Int?
    public init(titles: [String], otherDocuments: [String], maxAgeDays: Int? = nil) {
      self.titles = titles
      self.otherDocuments = otherDocuments
      self.maxAgeDays = maxAgeDays
    }
  }

  /// What file names say of pictures that nobody has looked at yet. A name proves nothing: it only tells what a file
  /// cannot be.
  public struct Pictures: Sendable, Hashable {
    /// Words of each of `Requirement.pictures` that the policy demands.
    public let names: [Requirement: [String]]
    /// Words of an id photo that do not tell the side.
    public let eitherSide: [String]
    /// Words of files that are none of them.
    public let otherDocuments: [String]
    public init(names: [Requirement: [String]], eitherSide: [String], otherDocuments: [String]) {
      self.names = names
      self.eitherSide = eitherSide
      self.otherDocuments = otherDocuments
    }
  }

  /// The provider's own addresses: found in a ticket, they are never the applicant's.
  public struct ProviderContacts: Sendable, Hashable {
    /// Lower case; a sub-domain counts too.
    public let domains: [String]
    /// As written by the provider; compared by digits.
    public let phones: [String]
    public init(domains: [String], phones: [String]) {
      self.domains = domains
      self.phones = phones
    }
  }

  public struct Deadline: Sendable, Hashable {
    public let workingDays: Int
    /// A file of `Templates/calendars`, without `-YEAR.yaml`.
    public let calendar: String
    /// Hour of the due day, China Standard Time.
    public let hour: Int
    public init(workingDays: Int, calendar: String, hour: Int) {
      self.workingDays = workingDays
      self.calendar = calendar
      self.hour = hour
    }
  }

  public let id: String
  /// `YYYY-MM-DD`.
  public let version: String
  public let provider: String
  /// Title and address of the document that the rules come from.
  public let sourceTitle: String
  public let sourceURL: String
  /// 服务分类 names; compared after normalisation, a sub-category counts too.
  public let categories: [String]
  /// 工单状态 names of tickets that are done.
  public let closedStatuses: [String]
  /// 工单状态 names of tickets that are open though a word in them speaks of an end.
  public let openStatuses: [String]
  /// 实名类型 as exports spell it.
  public let applicantKinds: [String: ApplicantKind]
  public let notice: Notice
  public let declarations: [Declaration]
  public let letter: Letter?
  /// `nil` where no kind of applicant has to send pictures.
  public let pictures: Pictures?
  /// Material per applicant kind: consent statement, letter, contacts. Never empty.
  public let material: [ApplicantKind: [Requirement]]
  public let conditions: [Condition]
  public let deadline: Deadline
  /// Reply template per outcome that is answered, relative to `Templates/replies/LOCALE/`.
  public let replies: [Outcome: String]
  public let providerContacts: ProviderContacts
  /// A longer body is left to a person.
  public let maxBodyScalars: Int

  public init(
    id: String, version: String, provider: String, sourceTitle: String, sourceURL: String, categories: [String],
    closedStatuses: [String], openStatuses: [String] = [], applicantKinds: [String: ApplicantKind], notice: Notice,
    declarations: [Declaration] = [], letter: Letter?, pictures: Pictures? = nil,
    material: [ApplicantKind: [Requirement]], conditions: [Condition], deadline: Deadline,
    replies: [Outcome: String], providerContacts: ProviderContacts, maxBodyScalars: Int
  ) {
    self.id = id
    self.version = version
    self.provider = provider
    self.sourceTitle = sourceTitle
    self.sourceURL = sourceURL
    self.categories = categories
    self.closedStatuses = closedStatuses
    self.openStatuses = openStatuses
    self.applicantKinds = applicantKinds
    self.notice = notice
    self.declarations = declarations
    self.letter = letter
    self.pictures = pictures
    self.material = material
    self.conditions = conditions
    self.deadline = deadline
    self.replies = replies
    self.providerContacts = providerContacts
    self.maxBodyScalars = maxBodyScalars
  }

  /// `jdcloud@2026-01-15`, as decision lines print it.
  public var label: String { "\(id)@\(version)" }

  /// Everything that must be proved before an applicant of this kind is accepted, in the order of the report.
  /// Empty when the policy lists no material for the kind: nobody of that kind is accepted.
  public func requirements(for kind: ApplicantKind) -> [Requirement] {
    guard let material = material[kind], !material.isEmpty else { return [] }
    return Requirement.always + material + conditions.map(\.requirement)
  }

  public func condition(_ requirement: Requirement) -> Condition? {
    conditions.first { $0.requirement == requirement }
  }
}
