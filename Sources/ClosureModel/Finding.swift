/// One thing that a policy demands or forbids. The raw value is what policies, decision lines and reports print.
public enum Requirement: String, Sendable, Hashable, CaseIterable {
  /// The ticket belongs to the policy's category and asks for a closing that is still open.
  case scope
  /// The applicant has not taken the request back.
  case standing
  /// The ticket concerns the account that it was filed for.
  case account
  /// 实名类型 is one that the policy knows.
  case applicantKind = "applicant_kind"
  case consentStatement = "consent_statement"
  case consentLetter = "consent_letter"
  case contactEmail = "contact_email"
  case contactPhone = "contact_phone"
  /// A way to tell the account's holder the result: 安全手机 or 安全邮箱, or a contact that the applicant left.
  case securityContact = "security_contact"
  /// 身份证号.
  case identityNumber = "identity_number"
  /// 手持身份证正面照, 反面照: the applicant's, or the handler's of an enterprise.
  case idPhotoFront = "id_photo_front"
  case idPhotoBack = "id_photo_back"
  case businessLicence = "business_licence"
  case authorizationLetter = "authorization_letter"
  case arrears, balance, resources
  case serviceProvider = "service_provider"
  case icpFiling = "icp_filing"
  /// The row itself could be read without doubt.
  case record

  /// Judged for every ticket, whatever the policy lists: nothing is accepted without them.
  public static let always: [Requirement] = [.record, .scope, .standing, .account, .applicantKind]
  /// Proved by a picture that somebody has to look at.
  public static let pictures: [Requirement] = [.idPhotoFront, .idPhotoBack, .businessLicence, .authorizationLetter]
}

public enum Verdict: String, Sendable, Hashable, CaseIterable {
  case satisfied, missing, unusable, contradicted, doubtful
  case notApplicable = "not_applicable"
}

/// What a finding rests on: words, a cell, a file, pixels.
public struct Evidence: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    case subject, body
    /// Index into `Ticket.replies`.
    case message(Int)
    /// A cell of the export, by the name of the field.
    case column(TicketField)
    /// A file of the attachments folder, by its listed name.
    case attachment(String)
    /// The policy itself says so (a check that it puts off, for instance).
    case policy
  }
  public struct Box: Sendable, Hashable {
    public let x: Int, y: Int, width: Int, height: Int
    public init(x: Int, y: Int, width: Int, height: Int) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }
  }
  public let source: Source
  /// Unicode scalars of the source text as read, before normalisation.
  public let span: Range<Int>?
  /// The words themselves, unmasked: whoever prints them masks them.
  public let quote: String?
  /// 1-based page of an attachment.
  public let page: Int?
  /// Pixels of that page.
  public let box: Box?
  /// 0…1.
  public let score: Double?
  /// The quote is an account's name or a number that no pattern finds: masked as a whole.
  public let isIdentifier: Bool
  /// The column's own name, where several are of the source's field.
  public let heading: String?

  public init(
    _ source: Source, span: Range<Int>? = nil, quote: String? = nil, page: Int? = nil, box: Box? = nil,
    score: Double? = nil, isIdentifier: Bool = false, heading: String? = nil
  ) {
    self.source = source
    self.span = span
    self.quote = quote
    self.page = page
    self.box = box
    self.score = score
    self.isIdentifier = isIdentifier
    self.heading = heading
  }

  /// The same, its quote masked as a whole.
  public var identifying: Evidence {
    Evidence(
      source, span: span, quote: quote, page: page, box: box, score: score, isIdentifier: true,
      heading: heading)
  }
}

/// What was found about one requirement. Facts with a judgement, no consequence yet.
public struct Finding: Sendable, Hashable {
  public let code: FindingCode
  public let requirement: Requirement
  public let verdict: Verdict
  public let evidence: [Evidence]
  /// A usable value to propose to the customer (`name@qq.com` for `name@qq.con`); unmasked.
  public let suggestion: String?

  public init(
    _ code: FindingCode, _ requirement: Requirement, _ verdict: Verdict, evidence: [Evidence], suggestion: String? = nil
  ) {
    self.code = code
    self.requirement = requirement
    self.verdict = verdict
    self.evidence = evidence
    self.suggestion = suggestion
  }
}

/// Every code that a finding can carry. Stable: reports, replies and other people's scripts use the raw value.
/// What each means, in both languages, and what the customer is asked to do stands in `Templates/findings/`.
public enum FindingCode: String, Sendable, Hashable, CaseIterable {
  case recordReadable = "record.readable"
  case recordConflictingCopy = "record.conflicting_copy"
  case recordUndecodable = "record.undecodable"
  case recordTooLong = "record.too_long"
  case recordPartial = "record.partial"
  case recordUnknownAuthor = "record.unknown_author"
  /// Columns of the same meaning hold different things.
  case recordContradictingCells = "record.contradicting_cells"
  /// The ledger knows a later state of the ticket, and not this one.
  case recordPassed = "record.passed"

  /// Between a plan and its application.
  case planTicketChanged = "plan.ticket_changed"
  case planTicketMissing = "plan.ticket_missing"

  case scopeClosing = "scope.closing"
  case scopeCategory = "scope.category"
  case scopeClosed = "scope.closed"
  /// A state that speaks of an end and that the policy does not list.
  case scopeStatusUnclear = "scope.status_unclear"
  case scopeMerged = "scope.merged"
  case scopeDeleted = "scope.deleted"
  case scopeSpam = "scope.spam"
  case scopeOtherRequest = "scope.other_request"
  case scopeUnclear = "scope.unclear"

  case standingKept = "withdrawal.none"
  case withdrawalDeclared = "withdrawal.declared"
  case withdrawalUnclear = "withdrawal.unclear"

  case accountConsistent = "account.consistent"
  case accountMismatch = "account.mismatch"
  /// The export has a column for the account; this ticket's cell is blank.
  case accountMissing = "account.missing"
  /// No column for the account, and the text names none.
  case accountUnchecked = "account.unchecked"

  case kindKnown = "applicant.kind.known"
  case kindUnknown = "applicant.kind.unknown"

  case consentSatisfied = "consent.satisfied"
  case consentMissing = "consent.missing"
  case consentNegated = "consent.negated"
  case consentConditional = "consent.conditional"
  case consentFuture = "consent.future"
  case consentQuestion = "consent.question"
  case consentHalf = "consent.half"
  case consentQuoted = "consent.quoted"
  case consentThirdParty = "consent.third_party"
  case consentOtherDocument = "consent.other_document"
  case consentWithdrawn = "consent.withdrawn"
  /// Sarcasm, orders to the machine and the like: words that are no statement.
  case consentInsincere = "consent.insincere"
  /// Words that a person must weigh: near-agreement, no object, contradiction, garbled, made elsewhere, under protest.
  case consentUnclear = "consent.unclear"
  /// A complete statement beside a request that puts off, orders or limits the closing.
  case consentDelayed = "consent.delayed"

  case letterSatisfied = "letter.satisfied"
  case letterMissing = "letter.missing"
  case letterNotExamined = "letter.not_examined"
  /// No recogniser answered, or only one on whose reading nothing may rest.
  case letterNotRead = "letter.not_read"
  case letterWrongDocument = "letter.wrong_document"
  case letterBlank = "letter.blank"
  /// Blurred, too small, or nothing on it.
  case letterUnreadable = "letter.unreadable"
  /// Several files or pages may be the letter, and they do not go together.
  case letterSeveral = "letter.several"
  /// The ticket's own words put off, limit or take back what the letter agrees to.
  case letterTextAgainst = "letter.text_against"
  /// The same file stands in a ticket of another company or account.
  case letterReused = "letter.reused"
  case letterTitle = "letter.title"
  case letterCompanyMissing = "letter.company.missing"
  case letterCompanyMismatch = "letter.company.mismatch"
  case letterCompanyUnclear = "letter.company.unclear"
  case letterAccountMissing = "letter.account.missing"
  case letterAccountMismatch = "letter.account.mismatch"
  case letterAccountUnclear = "letter.account.unclear"
  case letterDateMissing = "letter.date.missing"
  case letterDateFuture = "letter.date.future"
  case letterDateExpired = "letter.date.expired"
  case letterDateUnclear = "letter.date.unclear"
  case letterStatementConditional = "letter.statement.conditional"
  case letterStatementRefused = "letter.statement.refused"
  case letterStatementOther = "letter.statement.other"
  case letterStatementUnclear = "letter.statement.unclear"
  case letterSealMissing = "letter.seal.missing"
  /// 合同专用章, 财务专用章, 发票专用章: not the company seal.
  case letterSealSpecialPurpose = "letter.seal.special_purpose"
  case letterSealPersonal = "letter.seal.personal"
  /// A red one photocopied or scanned without colour.
  case letterSealGrey = "letter.seal.grey"
  case letterSealNotRed = "letter.seal.not_red"
  case letterSealCutOff = "letter.seal.cut_off"
  case letterSealFaint = "letter.seal.faint"
  case letterSealSuspect = "letter.seal.suspect"
  case letterSealCompanyMismatch = "letter.seal.company.mismatch"
  case letterSealUnclear = "letter.seal.unclear"
  case attachmentNotFound = "attachment.not_found"
  case attachmentUnsafe = "attachment.unsafe"
  case attachmentUnreadable = "attachment.unreadable"
  case attachmentUnsupported = "attachment.unsupported"
  case attachmentLocked = "attachment.locked"
  /// Over a bound: bytes, pixels, pages, entries, ratio, depth, time or memory.
  case attachmentOverLimit = "attachment.over_limit"
  /// The decoder could not be had, or died over the file.
  case attachmentNotOpened = "attachment.not_opened"
  case pictureUnreadable = "attachment.picture_unreadable"
  case pictureUnsupported = "attachment.picture_unsupported"

  case identityNumberSatisfied = "identity.number.satisfied"
  case identityNumberMissing = "identity.number.missing"
  case identityNumberInvalid = "identity.number.invalid"
  /// Several right numbers, and nothing says whose each is.
  case identityNumberConflicting = "identity.number.conflicting"
  case idPhotoFrontMissing = "identity.photo_front.missing"
  case idPhotoFrontNotExamined = "identity.photo_front.not_examined"
  case idPhotoBackMissing = "identity.photo_back.missing"
  case idPhotoBackNotExamined = "identity.photo_back.not_examined"

  case businessLicenceMissing = "business_licence.missing"
  case businessLicenceNotExamined = "business_licence.not_examined"

  case authorizationMissing = "authorization.missing"
  case authorizationNotExamined = "authorization.not_examined"

  case emailSatisfied = "contact.email.satisfied"
  case emailMissing = "contact.email.missing"
  case emailInvalid = "contact.email.invalid"
  case emailSuspect = "contact.email.suspect"
  /// The applicant says that it is out of use, wrong or somebody else's; `doubtful` where it is not certain which is meant.
  case emailDisowned = "contact.email.disowned"
  case phoneSatisfied = "contact.phone.satisfied"
  case phoneMissing = "contact.phone.missing"
  case phoneInvalid = "contact.phone.invalid"
  case phoneDisowned = "contact.phone.disowned"
  case securitySatisfied = "contact.security.satisfied"
  case securityMissing = "contact.security.missing"
  case securityInvalid = "contact.security.invalid"
  case securityDisowned = "contact.security.disowned"

  case arrears = "condition.arrears"
  case arrearsClear = "condition.arrears.clear"
  case arrearsUnknown = "condition.arrears.unknown"
  case arrearsUnchecked = "condition.arrears.unchecked"
  case arrearsStated = "condition.arrears.stated"
  case balance = "condition.balance"
  case balanceClear = "condition.balance.clear"
  case balanceWaived = "condition.balance.waived"
  case balanceWaiverUnclear = "condition.balance.waiver_unclear"
  case balanceUnknown = "condition.balance.unknown"
  case balanceUnchecked = "condition.balance.unchecked"
  case balanceStated = "condition.balance.stated"
  case resources = "condition.resources"
  case resourcesClear = "condition.resources.clear"
  case resourcesWaived = "condition.resources.waived"
  case resourcesUnknown = "condition.resources.unknown"
  case resourcesUnchecked = "condition.resources.unchecked"
  case resourcesStated = "condition.resources.stated"
  case serviceProvider = "condition.service_provider"
  case serviceProviderClear = "condition.service_provider.clear"
  case serviceProviderUnknown = "condition.service_provider.unknown"
  case serviceProviderUnchecked = "condition.service_provider.unchecked"
  case serviceProviderStated = "condition.service_provider.stated"
  case icpFiling = "condition.icp_filing"
  case icpFilingClear = "condition.icp_filing.clear"
  case icpFilingUnknown = "condition.icp_filing.unknown"
  case icpFilingUnchecked = "condition.icp_filing.unchecked"
  case icpFilingStated = "condition.icp_filing.stated"
}
