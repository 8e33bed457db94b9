/// One support ticket as the export holds it: decoded, not yet judged.
public struct Ticket: Sendable, Hashable {
  /// The ticket system's own id (工单编号).
  public struct ID: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ text: String) { self.rawValue = text }
    public var description: String { rawValue }
  }

  /// A later message of the conversation.
  public struct Message: Sendable, Hashable {
    public enum Author: String, Sendable, Hashable { case customer, agent, system, unknown }
    public let author: Author
    public let text: String
    public let at: Timestamp?
    public init(author: Author, text: String, at: Timestamp? = nil) {
      self.author = author
      self.text = text
      self.at = at
    }
  }

  /// What became of a ticket in its system, where the export says so beside the status.
  public enum Standing: Sendable, Hashable {
    case open, closed, deleted, spam
    /// Joined to another ticket, or marked as its duplicate; `nil`: the export does not say to which.
    case merged(into: ID?)
  }

  /// Columns that say the same of a ticket and hold different things (电话 and 手机), where nothing tells which counts.
  public struct Contradiction: Sendable, Hashable {
    /// A cell under its column's own name.
    public struct Cell: Sendable, Hashable, Comparable {
      public let column: String
      public let text: String
      public init(column: String, text: String) {
        self.column = column
        self.text = text
      }
      public static func < (a: Cell, b: Cell) -> Bool { (a.column, a.text) < (b.column, b.text) }
    }
    public let field: TicketField
    /// Two at least, none of them blank, in an order that does not depend on that of the columns.
    public let cells: [Cell]
    public init(field: TicketField, cells: [Cell]) {
      self.field = field
      self.cells = cells.sorted()
    }
  }

  public var id: ID
  public var origin: Origin
  /// 服务分类, as written; of a path in a ticket system's own export the first level.
  public var category: String
  public var subject: String
  /// What the customer first wrote (问题描述).
  public var body: String
  /// What was said after `body`, oldest first.
  public var replies: [Message]
  public var submittedAt: Timestamp?
  public var updatedAt: Timestamp?
  /// 工单状态, as written.
  public var status: String
  /// 客户账号.
  public var account: String
  /// 实名类型, as written; `ApplicantKind` is read from it.
  public var declaredKind: String
  /// 企业名称.
  public var company: String
  /// 联系邮箱 and 联系电话, the form fields.
  public var contactEmail: String
  public var contactPhone: String
  /// File names of the attachments, as listed in the export.
  public var attachments: [String]
  public var facts: AccountFacts
  /// 安全手机 and 安全邮箱: the account's own, mostly masked; never counted as the contact left in the ticket.
  public var securityPhone: String
  public var securityEmail: String
  /// 身份证号 of a column of its own, as written.
  public var identityNumber: String
  /// Set when the export holds another, differing copy of this ticket that is not newer: never accepted without a person.
  public var hasConflictingCopy: Bool
  /// Who sent the ticket, by the ticket system's own word; empty where the export says nothing beside `contactEmail`.
  public var requesterEmail: String
  public var standing: Standing
  /// The export holds the ticket only in part (messages are missing): never accepted without a person.
  public var isPartial: Bool
  public var contradictions: [Contradiction] = []
  /// The category with all its levels where `category` is only the first of them (云产品::账号与认证); else empty.
  public var categoryPath = ""
  /// The export says whose account a ticket is about, and this ticket's cell is blank.
  public var lacksAccount = false

  /// What the export says of the category, in full.
  public var fullCategory: String { categoryPath.isEmpty ? category : categoryPath }

  public init(
    id: ID, origin: Origin, category: String = "", subject: String = "", body: String = "", replies: [Message] = [],
    submittedAt: Timestamp? = nil, updatedAt: Timestamp? = nil, status: String = "", account: String = "",
    declaredKind: String = "", company: String = "", contactEmail: String = "", contactPhone: String = "",
    attachments: [String] = [], facts: AccountFacts = AccountFacts(), securityPhone: String = "",
    securityEmail: String = "", identityNumber: String = "", hasConflictingCopy: Bool = false,
    requesterEmail: String = "", standing: Standing = .open, isPartial: Bool = false
  ) {
    self.id = id
    self.origin = origin
    self.category = category
    self.subject = subject
    self.body = body
    self.replies = replies
    self.submittedAt = submittedAt
    self.updatedAt = updatedAt
    self.status = status
    self.account = account
    self.declaredKind = declaredKind
    self.company = company
    self.contactEmail = contactEmail
    self.contactPhone = contactPhone
    self.attachments = attachments
    self.facts = facts
    self.securityPhone = securityPhone
    self.securityEmail = securityEmail
    self.identityNumber = identityNumber
    self.hasConflictingCopy = hasConflictingCopy
    self.requesterEmail = requesterEmail
    self.standing = standing
    self.isPartial = isPartial
  }
}

/// The fields of a ticket that an export's column can be mapped to; the raw value is the name used under `columns:`.
public enum TicketField: String, Sendable, Hashable, CaseIterable {
  case ticket, category, subject, body, submittedAt = "submitted_at", updatedAt = "updated_at", status, account
  case kind, company, email, phone, attachments, balance, arrears, serviceProvider = "service_provider"
  case icpFiling = "icp_filing", resources, securityPhone = "security_phone", securityEmail = "security_email"
  case identityNumber = "identity_number"
  /// A column that is read past on purpose.
  case ignore
}

/// An amount of money in the smallest unit (分).
public struct Money: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let minorUnits: Int64
  public init(minorUnits: Int64) { self.minorUnits = minorUnits }
  public static func < (a: Money, b: Money) -> Bool { a.minorUnits < b.minorUnits }
  public var description: String {
    // Two digits behind the point, one at least before it.
    var digits = 3
    var rest = minorUnits.magnitude / 1000
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    let length = digits + 1 + (minorUnits < 0 ? 1 : 0)
    return String(unsafeUninitializedCapacity: length) { out in
      var rest = minorUnits.magnitude
      for place in 1...(digits + 1) {
        if place == 3 {
          out[length - place] = UInt8(ascii: ".")
        } else {
          out[length - place] = 0x30 + UInt8(rest % 10)
          rest /= 10
        }
      }
      if minorUnits < 0 { out[0] = UInt8(ascii: "-") }
      return length
    }
  }
}

/// What is known of one property of the account. Unknown never counts as clear.
public enum Fact<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The export has no such column: looked at later, by the closing system or a person.
  case columnAbsent
  /// The column is there, this ticket's cell is empty.
  case blank
  /// The cell holds something that is no value of this kind (`查询失败`).
  case unreadable(String)
  case known(Value)
}

public struct AccountFacts: Sendable, Hashable {
  /// 账户余额.
  public var balance: Fact<Money>
  /// 欠费金额.
  public var arrears: Fact<Money>
  /// 是否服务商.
  public var serviceProvider: Fact<Bool>
  /// 是否备案.
  public var icpFiling: Fact<Bool>
  /// 有效资源数: billed resources that are alive.
  public var resources: Fact<Int>

  public init(
    balance: Fact<Money> = .columnAbsent, arrears: Fact<Money> = .columnAbsent,
    serviceProvider: Fact<Bool> = .columnAbsent, icpFiling: Fact<Bool> = .columnAbsent,
    resources: Fact<Int> = .columnAbsent
  ) {
    self.balance = balance
    self.arrears = arrears
    self.serviceProvider = serviceProvider
    self.icpFiling = icpFiling
    self.resources = resources
  }
}

/// 未实名 / 个人实名 / 企业实名.
public enum ApplicantKind: String, Sendable, Hashable, CaseIterable { case unverified, individual, enterprise }
