import ClosureModel

/// Cells of the account that hold one value each: 安全手机, 安全邮箱, 身份证号.
enum AccountCells {
  /// What a cell says that says nothing.
  private static let blanks: Set<String> = [
    "", "无", "没有", "暂无", "空", "未绑定", "未设置", "-", "--", "/", "none", "null", "n/a", "na", "nil",
  ]

  /// Masked ones are `valid`: the provider knows the whole, and nobody is asked to write to the masked one.
  static func securityContacts(_ ticket: Ticket, _ contacts: Contacts) -> [ContactReading] {
    phones(ticket.securityPhone, contacts) + emails(ticket.securityEmail, contacts)
  }

  private static func phones(_ cell: String, _ contacts: Contacts) -> [ContactReading] {
    let folded = Folding.fold(cell)
    if blanks.contains(folded) { return [] }
    if PlainCell.isMaskedMobile(cell) || isMaskedPhone(Scalars.of(folded)) {
      return [contacts.masked(reading(cell, .securityPhone))]
    }
    return contacts.phones(cell: cell, .securityPhone)
  }

  private static func emails(_ cell: String, _ contacts: Contacts) -> [ContactReading] {
    let folded = Folding.fold(cell)
    if blanks.contains(folded) { return [] }
    if PlainCell.isMaskedAddress(cell) || isMaskedEmail(Scalars.of(folded)) {
      return [contacts.masked(reading(cell, .securityEmail))]
    }
    return contacts.emails(cell: cell, .securityEmail)
  }

  private static func reading(_ cell: String, _ field: TicketField) -> ContactReading {
    ContactReading(value: cell, status: .valid, evidence: Evidence(.column(field), quote: cell), owner: .applicant)
  }

  /// `138****8000`, `+86-138****8000`: eleven digits and marks at least, digits in front and behind.
  private static func isMaskedPhone(_ s: [UInt32]) -> Bool {
    let body = s.filter { !TypedNumber.isDash($0) && $0 != 0x2B && $0 != 0x28 && $0 != 0x29 }
    return (11...15).contains(body.count) && body.contains(where: TypedNumber.isMask)
      && body.allSatisfy { Scalars.isDigit($0) || TypedNumber.isMask($0) }
      && body.suffix(2).allSatisfy(Scalars.isDigit) && body.first.map(Scalars.isDigit) == true
  }

  /// `a***@example.com`: the domain is whole.
  private static func isMaskedEmail(_ s: [UInt32]) -> Bool {
    guard s.contains(where: TypedNumber.isMask) else { return false }
    let open = s.map { TypedNumber.isMask($0) ? 0x78 : $0 }
    guard let at = s.firstIndex(of: 0x40), !s[at...].contains(where: TypedNumber.isMask) else { return false }
    return ContactCheck.email(Scalars.string(open)).valid
  }

  /// - Parameter today: nobody is born after it; `nil`: not looked at.
  static func identityNumbers(_ ticket: Ticket, on today: Day?) -> [IdentityNumberReading] {
    let cell = ticket.identityNumber
    guard !cell.isEmpty, !blanks.contains(Folding.fold(cell)) else { return [] }
    let typed = TypedNumber(cell)
    let evidence = Evidence(.column(.identityNumber), quote: cell)
    switch ResidentID.check(typed, on: today) {
    case .right(let value):
      return [IdentityNumberReading(kind: .residentID, value: value, valid: true, why: nil, evidence: evidence)]
    case .wrong(let why, _):
      return [IdentityNumberReading(kind: .residentID, value: typed.text, valid: false, why: why, evidence: evidence)]
    }
  }
}
