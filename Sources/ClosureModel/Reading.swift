/// What the reader makes of one kind of statement.
public struct StatementReading: Sendable, Hashable {
  public enum Label: String, Sendable, Hashable, CaseIterable { case affirmed, denied, unclear }
  /// Whose words the statement's are; `quoted`: between quotation marks, in a template or beside an empty box.
  public enum Speaker: String, Sendable, Hashable, CaseIterable { case applicant, agent, history, quoted, other }
  public let label: Label
  /// For consent: one of the `consent.*` codes. For declarations the reason in a few words (`declared`, `negated`, `conditional`, …).
  public let code: String
  /// nil: nothing of the kind is said.
  public let speaker: Speaker?
  /// Spans of the statement, then those that speak against it.
  public let evidence: [Evidence]
  /// Of `evidence`, the spans that speak against the statement.
  public let against: [Evidence]
  /// One sentence for a reviewer, in Chinese; no personal data beyond the evidence's own words.
  public let reason: String
  public init(
    label: Label, code: String, speaker: Speaker? = nil, evidence: [Evidence], against: [Evidence] = [], reason: String
  ) {
    self.label = label
    self.code = code
    self.speaker = speaker
    self.evidence = evidence
    self.against = against
    self.reason = reason
  }
}

public struct ContactReading: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable { case valid, invalid, suspect }
  public enum Owner: String, Sendable, Hashable { case applicant, agent, unknown }
  /// E-mail: normalised address. Phone: E.164 where valid, else the text.
  public let value: String
  /// Extension of a phone.
  public let ext: String?
  public let status: Status
  /// A likelier spelling of a suspect address; never used without asking.
  public let suggestion: String?
  public let evidence: Evidence
  public let owner: Owner
  /// The words around it say that it is out of use, wrong, not to be used, or somebody else's: no contact, wherever the same
  /// value stands.
  public let isDisowned: Bool
  public init(
    value: String, ext: String? = nil, status: Status, suggestion: String? = nil, evidence: Evidence, owner: Owner,
    isDisowned: Bool = false
  ) {
    self.value = value
    self.ext = ext
    self.status = status
    self.suggestion = suggestion
    self.evidence = evidence
    self.owner = owner
    self.isDisowned = isDisowned
  }

  /// The same value at the same place, with another owner.
  public func owned(by owner: Owner, isDisowned: Bool) -> ContactReading {
    ContactReading(
      value: value, ext: ext, status: status, suggestion: suggestion, evidence: evidence, owner: owner,
      isDisowned: isDisowned)
  }
}

/// Words against a contact that is meant and not written: 表单上的手机已停用, 邮箱写错了, 尾号8000的手机丢了.
public struct ContactDenial: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case email, phone, any }
  /// Which contacts may be meant.
  public enum Reach: String, Sendable, Hashable {
    /// The account's security contacts alone: 绑定的手机收不到验证码.
    case security
    /// Those in the ticket's fields: 绑定的手机已停用.
    case fields
    /// Those in the fields and those that the texts gave before: 手机已停用.
    case everything
  }
  public let kind: Kind
  public let reach: Reach
  /// The last digits, where they are all that is written of a number.
  public let tail: String?
  public let evidence: Evidence
  public init(kind: Kind, reach: Reach, tail: String? = nil, evidence: Evidence) {
    self.kind = kind
    self.reach = reach
    self.tail = tail
    self.evidence = evidence
  }
}

public struct IdentityNumberReading: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    case residentID = "resident_id"
    case uscc, licence
  }
  public let kind: Kind
  public let value: String
  public let valid: Bool
  public let why: String?
  public let evidence: Evidence
  public init(kind: Kind, value: String, valid: Bool, why: String?, evidence: Evidence) {
    self.kind = kind
    self.value = value
    self.valid = valid
    self.why = why
    self.evidence = evidence
  }
}

/// What one text says. Facts, no consequence.
public struct TextReading: Sendable, Hashable {
  public let consent: StatementReading
  public let balanceWaiver: StatementReading
  public let resourceWaiver: StatementReading
  public let withdrawal: StatementReading
  /// Does the text ask for an account to be closed? `denied`: it plainly asks for something else.
  public let closingRequest: StatementReading
  public let emails: [ContactReading]
  public let phones: [ContactReading]
  /// Words against contacts that stand elsewhere, in the order of the text.
  public let contactDenials: [ContactDenial]
  public let identityNumbers: [IdentityNumberReading]
  /// Account names that the applicant says are to be closed.
  public let accounts: [Evidence]
  /// What the applicant says stands in the way of the closing, by condition (`balance`, `arrears` …): 余额还有200元.
  public let stated: [Requirement: [Evidence]]

  public init(
    consent: StatementReading, balanceWaiver: StatementReading, resourceWaiver: StatementReading,
    withdrawal: StatementReading, closingRequest: StatementReading, emails: [ContactReading], phones: [ContactReading],
    contactDenials: [ContactDenial] = [], identityNumbers: [IdentityNumberReading], accounts: [Evidence],
    stated: [Requirement: [Evidence]] = [:]
  ) {
    self.consent = consent
    self.balanceWaiver = balanceWaiver
    self.resourceWaiver = resourceWaiver
    self.withdrawal = withdrawal
    self.closingRequest = closingRequest
    self.emails = emails
    self.phones = phones
    self.contactDenials = contactDenials
    self.identityNumbers = identityNumbers
    self.accounts = accounts
    self.stated = stated
  }

  public func replacing(withdrawal: StatementReading) -> TextReading {
    TextReading(
      consent: consent, balanceWaiver: balanceWaiver, resourceWaiver: resourceWaiver, withdrawal: withdrawal,
      closingRequest: closingRequest, emails: emails, phones: phones, contactDenials: contactDenials,
      identityNumbers: identityNumbers, accounts: accounts, stated: stated)
  }
}

/// A file listed by the ticket, looked up but not opened as a picture.
public struct AttachmentFact: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    /// No attachments folder was given: only the name is known.
    case notLooked
    case found(sha256: String, bytes: Int, type: FileType)
    case notFound
    /// The name leads outside the folder or through a link; the reason.
    case unsafe(String)
    case unreadable(String)
  }
  /// Told from the first bytes, never from the name.
  public enum FileType: String, Sendable, Hashable, CaseIterable {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case gif = "image/gif"
    case bmp = "image/bmp"
    case webp = "image/webp"
    case tiff = "image/tiff"
    case heic = "image/heic"
    case pdf = "application/pdf"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case doc = "application/msword"
    case zip = "application/zip"
    case rar = "application/vnd.rar"
    case sevenZip = "application/x-7z-compressed"
    case text = "text/plain"
    case empty = "application/x-empty"
    case unknown = "application/octet-stream"
  }
  public let name: String
  public let state: State
  public init(name: String, state: State) {
    self.name = name
    self.state = state
  }
}

/// Cells folded for comparison: NFKC, lower case, traditional to simplified, 帐 to 账, no blanks, no zero-width characters.
public struct FoldedFields: Sendable, Hashable {
  public let category: String
  public let status: String
  public let kind: String
  public let account: String
  /// The segments of a category that is a path, from the top.
  public let categoryPath: [String]
  /// The cells of `Ticket.contradictions`, in their order; empty: there are none.
  public let contradictions: [[String]]
  public init(
    category: String, status: String, kind: String, account: String, categoryPath: [String] = [],
    contradictions: [[String]] = []
  ) {
    self.categoryPath = categoryPath
    self.contradictions = contradictions
    self.category = category
    self.status = status
    self.kind = kind
    self.account = account
  }
}

/// Everything that was seen of one ticket: the input of `Decide`.
public struct Examination: Sendable, Hashable {
  /// A file, to the byte, of another applicant's ticket.
  public struct ReusedFile: Sendable, Hashable {
    public let name: String
    /// The other ticket.
    public let ticket: Ticket.ID
    public init(name: String, ticket: Ticket.ID) {
      self.name = name
      self.ticket = ticket
    }
  }

  /// Subject, body and the customer's later messages, read as one conversation.
  public let text: TextReading
  public let folded: FoldedFields
  /// Contacts of the form fields; evidence source is the column.
  public let formEmails: [ContactReading]
  public let formPhones: [ContactReading]
  /// 安全手机 and 安全邮箱 of the account. Masked ones are `valid`: the provider knows the whole.
  public let securityContacts: [ContactReading]
  /// Of a column of its own; evidence source is the column.
  public let formIdentityNumbers: [IdentityNumberReading]
  public let attachments: [AttachmentFact]
  /// Of the files that were opened and looked at; in the order of `attachments`.
  public var readings: [AttachmentReading] = []
  /// Those that another ticket holds too, for another account or company.
  public var reused: [ReusedFile] = []
  /// A part of the text that cannot be relied on: U+FFFD or control characters where words should be.
  public let damagedText: Evidence?
  /// The first message of which it is not known who wrote it.
  public let unattributed: Evidence?
  /// Unicode scalars of body and replies.
  public let textLength: Int

  public init(
    text: TextReading, folded: FoldedFields, formEmails: [ContactReading], formPhones: [ContactReading],
    securityContacts: [ContactReading] = [], formIdentityNumbers: [IdentityNumberReading] = [],
    attachments: [AttachmentFact], damagedText: Evidence?, unattributed: Evidence? = nil, textLength: Int
  ) {
    self.text = text
    self.folded = folded
    self.formEmails = formEmails
    self.formPhones = formPhones
    self.securityContacts = securityContacts
    self.formIdentityNumbers = formIdentityNumbers
    self.attachments = attachments
    self.damagedText = damagedText
    self.unattributed = unattributed
    self.textLength = textLength
  }
}
