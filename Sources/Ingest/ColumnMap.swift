import ClosureModel

/// Which column is which field: the configuration's `columns:` first, then the built-in guesses.
struct ColumnMap {
  /// Field of each column, by its place.
  let fields: [TicketField?]
  let names: [String]

  init(names: [String], configured: [String: TicketField]) {
    let own = Dictionary(configured.map { (Self.fold($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    var taken: Set<TicketField> = []
    var fields = [TicketField?](repeating: nil, count: names.count)
    for (index, name) in names.enumerated() {
      guard let field = own[Self.fold(name)] else { continue }
      if field == .ignore || taken.insert(field).inserted { fields[index] = field }
    }
    for (index, name) in names.enumerated() where fields[index] == nil {
      guard let field = Self.guesses[Self.fold(name)], taken.insert(field).inserted else { continue }
      fields[index] = field
    }
    self.fields = fields.map { $0 == .ignore ? nil : $0 }
    self.names = names
  }

  var present: Set<TicketField> { Set(fields.compactMap { $0 }) }

  var mapped: [(column: String, field: TicketField)] {
    zip(names, fields).compactMap { name, field in field.map { (name, $0) } }
  }

  var unmapped: [String] { zip(names, fields).filter { $0.1 == nil }.map(\.0) }

  /// - Returns: the fields without which nothing can be decided and that no column was found for.
  var missing: [TicketField] { [.ticket, .category, .body].filter { !present.contains($0) } }

  /// Trimmed, full-width to half-width, lower case, without blanks and underscores.
  static func fold(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      var value = scalar.value
      if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
      if [0x20, 0x09, 0x3000, 0xA0, 0xFEFF, 0x5F].contains(value) { continue }
      if let folded = Unicode.Scalar(value) { out.append(folded) }
    }
    return String(out).lowercased()
  }

  /// - Returns: what a column of that name most likely holds.
  static func guess(_ name: String) -> TicketField? { guesses[fold(name)] }

  private static let guesses: [String: TicketField] = {
    let words: [TicketField: String] = [
      .ticket: "工单编号 工单号 工单id 工單編號 工單號 编号 ticketid ticket id",
      .category: "服务分类 分类 服務分類 工單分類 工单分类 category",
      .subject: "工单标题 标题 工單標題 標題 主题 subject title",
      .body: "问题描述 描述 問題描述 內容 工單內容 内容 工单内容 body description text content",
      .submittedAt: "提交时间 创建时间 提交時間 建立時間 createdat submittedat created",
      .updatedAt: "更新时间 最后更新时间 updatedat updated",
      .status: "工单状态 状态 工單狀態 狀態 status",
      .account: "客户账号 账号 客戶帳號 帳號 帳號id 用户账号 账户 账号id account pin",
      .kind: "实名类型 认证类型 實名類型 applicantkind kind",
      .company: "企业名称 公司名称 企業名稱 公司名稱 company",
      .email: "联系邮箱 邮箱 聯絡郵箱 聯繫郵箱 電子郵件 email contactemail requesteremail",
      .phone: "联系电话 电话 聯絡電話 聯繫電話 手机号 手机 phone contactphone mobile",
      .attachments: "附件 附件名称 附件名稱 attachments",
      .balance: "账户余额 余额 balance",
      .arrears: "欠费金额 欠费 arrears",
      .serviceProvider: "是否服务商 服务商 serviceprovider",
      .icpFiling: "是否备案 备案 icpfiling",
      .resources: "有效资源数 计费资源数 资源数 resources billedresources",
      .securityPhone: "安全手机 securityphone",
      .securityEmail: "安全邮箱 securityemail",
      .identityNumber: "身份证号 身份证号码 证件号码 证件号 identitynumber idnumber",
    ]
    var out: [String: TicketField] = [:]
    for (field, list) in words { for word in list.split(separator: " ") { out[String(word)] = field } }
    return out
  }()
}
