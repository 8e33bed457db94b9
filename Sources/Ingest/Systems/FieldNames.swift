import ClosureModel

/// Custom fields by their names: the configuration's `columns:` first, then the map's own, then the built-in guesses.
struct FieldNames: Sendable {
  /// What a custom field can be; the rest of a ticket has places of its own.
  private static let fields: Set<TicketField> = [
    .category, .account, .kind, .company, .email, .phone, .balance, .arrears, .serviceProvider, .icpFiling, .resources,
    .securityPhone, .securityEmail, .identityNumber,
  ]
  private let own: [String: TicketField]
  private let configured: [String: TicketField]

  init(_ names: [String: String], configured: [String: TicketField]) {
    own = names.compactMapValues { TicketField(rawValue: $0) }
    self.configured = ColumnMap.folded(configured)
  }

  func field(_ name: String) -> TicketField? {
    let folded = ColumnMap.fold(name)
    if let field = configured[folded] { return field == .ignore ? nil : field }
    let bare = ColumnMap.fold(Self.bare(name))
    let field = own[folded] ?? own[bare] ?? configured[bare] ?? ColumnMap.guess(bare) ?? Self.more[bare]
    return field.flatMap { Self.fields.contains($0) ? $0 : nil }
  }

  /// A fact of the account that the name of a custom field only speaks of, and that nobody said is to be ignored.
  func fact(_ name: String) -> TicketField? {
    let bare = Self.bare(name)
    guard [name, bare].allSatisfy({ configured[ColumnMap.fold($0)] == nil }), own[ColumnMap.fold(name)] == nil else {
      return nil
    }
    return Headings.fact(spokenOfIn: bare)
  }

  /// Without what systems put around the name of a field.
  private static func bare(_ name: String) -> String {
    for (open, close) in [("CustomField.{", "}"), ("CF.{", "}"), ("Custom field (", ")"), ("自定义字段 (", ")")]
    where name.hasPrefix(open) && name.hasSuffix(close) {
      return String(name.dropFirst(open.count).dropLast(close.count))
    }
    return name.hasPrefix("cf_") ? String(name.dropFirst(3)) : name
  }

  private static let more: [String: TicketField] = {
    let words: [TicketField: String] = [
      .category: "服务类别 工单类别 类别 问题分类 问题类型 servicecategory categorylevel1 category1",
      .account: "accountid accountname customeraccount 账号名 账号名称 账户名 云账号 主账号 uin userpin",
      .kind: "实名 实名认证 实名认证类型 实名状态 认证主体 账号类型 realname realnametype realnamestatus verification",
      .company: "公司 企业 单位名称 companyname enterprisename",
      .email: "邮件 邮件地址 mail emailaddress",
      .phone: "联系人手机 电话号码 phonenumber tel telephone",
    ]
    var out: [String: TicketField] = [:]
    for (field, list) in words { for word in list.split(separator: " ") { out[String(word)] = field } }
    return out
  }()
}
