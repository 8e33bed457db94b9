import ClosureModel

/// A record of an export and what stands around it, as a ticket.
struct SystemTicket {
  let record: SystemMap.Record
  let names: FieldNames
  let zone: LocalZone
  /// Custom fields that the export has at all.
  let present: Set<TicketField>

  /// What came of a record, beside the ticket.
  struct Result {
    var item: SourceItem
    var custom: [TicketField: String] = [:]
    /// Custom fields beside those: of the same name, or whose name speaks of a fact.
    var beside: [TicketField: [Ticket.Contradiction.Cell]] = [:]
    var files: [ExportedFile] = []
    var usedLocalTime = false
    /// The export does not hold the messages.
    var lacksMessages = false
    /// Messages that are missing, by the export's own count.
    var missingMessages = 0
    /// Later messages may be missing: the export does not say that it holds them all.
    var mayLackMessages = false
    /// The time of its creation cannot be read.
    var hasUnreadableTime = false
    /// The form of the export never holds texts.
    var isWithoutTexts = false
  }

  func read(_ scope: PathScope, origin: Origin) -> Result {
    guard let id = scope.text(record.id)?.trimmed else {
      return Result(
        item: .rowError(
          RowError(
            code: .missingTicketID, origin: origin, what: "the record has no ticket id",
            fix: "Give the ticket its id and export again.")))
    }
    guard TicketBuilder.isTicketID(id) else {
      return Result(
        item: .rowError(
          RowError(
            code: .badTicketID, origin: origin,
            what: "the ticket id has \(id.count) characters, or characters that no id has",
            fix: "An id has 1 to 64 letters, digits and . _ # : -; mend the record.")))
    }
    var scope = scope
    scope.variables["ticket"] = id
    scope = addingTables(scope)
    var result = Result(item: .ticket(Ticket(id: Ticket.ID(id), origin: origin)))
    var ticket = Ticket(id: Ticket.ID(id), origin: origin)
    (result.custom, result.beside) = custom(scope)
    for field in result.custom { scope.variables["field." + field.key.rawValue] = field.value }
    scope.variables["requester"] = scope.text(record.requesterID)
    ticket.requesterEmail = Self.address(scope.text(record.requesterEmail) ?? "")
    scope.variables["requester_name"] = scope.text(record.requesterName)
    scope.variables["requester_email"] = ticket.requesterEmail.isEmpty ? nil : ticket.requesterEmail
    scope.variables["requester_is_customer"] = requesterIsCustomer(scope)
    scope.variables["created"] = scope.text(record.created)
    for (name, paths) in record.bound { scope.variables[name] = scope.text(paths) }
    ticket.subject = scope.text(record.subject) ?? ""
    let category = (scope.text(record.category) ?? result.custom[.category] ?? "").trimmed
    ticket.category = Self.firstLevel(category)
    if ticket.category != category { ticket.categoryPath = category }
    ticket.status = scope.text(record.status) ?? ""
    func time(_ paths: [PathExpression]) -> Timestamp? {
      guard let text = scope.text(paths), let (time, isLocal) = SystemTime.parse(text, zone: zoneOfTimes) else {
        return nil
      }
      if isLocal, !record.timesAreUTC { result.usedLocalTime = true }
      return time
    }
    ticket.submittedAt = time(record.created)
    result.hasUnreadableTime = ticket.submittedAt == nil && scope.text(record.created) != nil
    ticket.updatedAt = time(record.updated)
    ticket.account = result.custom[.account] ?? ""
    ticket.declaredKind = result.custom[.kind] ?? ""
    ticket.company = result.custom[.company] ?? ""
    ticket.contactEmail = result.custom[.email] ?? ticket.requesterEmail
    ticket.contactPhone = result.custom[.phone] ?? ""
    ticket.securityPhone = result.custom[.securityPhone] ?? ""
    ticket.securityEmail = result.custom[.securityEmail] ?? ""
    ticket.identityNumber = result.custom[.identityNumber] ?? ""
    ticket.facts = facts(result.custom, result.beside)
    ticket.lacksAccount = present.contains(.account) && MissingValue.stands(in: ticket.account)
    ticket.contradictions = contradictions(result.beside)
    conversation(scope, &ticket, &result)
    if let attachments = record.attachments {
      result.files += SystemAttachments.read(attachments, scope) { inner in
        attachments.roles.isEmpty ? bodyRole(scope) : SystemMessages.role(attachments.roles, inner)
      }
    }
    ticket.attachments = result.files.map(\.name)
    ticket.standing = standing(scope)
    // Nobody answers what was deleted, and its system no longer hands out its messages.
    if ticket.standing == .deleted {
      result.lacksMessages = false
      result.missingMessages = 0
      result.mayLackMessages = false
    }
    ticket.isPartial =
      ticket.isPartial || record.isAlwaysPartial || record.partial.anyHolds(in: scope) || result.lacksMessages
      || result.missingMessages > 0 || result.mayLackMessages
    result.isWithoutTexts = record.isAlwaysPartial
    result.item = .ticket(ticket)
    return result
  }

  /// `true` where nothing speaks against it, `unknown` where the form names somebody else.
  private func requesterIsCustomer(_ scope: PathScope) -> String {
    guard let customer = scope.text(record.customerName).map(Self.folded), !customer.isEmpty else { return "true" }
    guard let requester = scope.text(record.requesterName).map(Self.folded), !requester.isEmpty else {
      return "unknown"
    }
    return customer.contains(requester) || requester.contains(customer) ? "true" : "unknown"
  }

  private var zoneOfTimes: LocalZone { record.timesAreUTC ? .utc : zone }

  private func addingTables(_ scope: PathScope) -> PathScope {
    guard !record.tables.isEmpty else { return scope }
    var own: [String: [String: [JSONValue]]] = [:]
    SystemTables.take(scope.record, record.tables, key: "", &own)
    let outer = scope.lookup
    return PathScope(record: scope.record, variables: scope.variables) { table, key in
      outer(table, key) ?? own[table]?[key]
    }
  }

  // MARK: fields

  private func custom(_ scope: PathScope) -> ([TicketField: String], [TicketField: [Ticket.Contradiction.Cell]]) {
    var out: [TicketField: String] = [:]
    var names: [TicketField: String] = [:]
    var beside: [TicketField: [Ticket.Contradiction.Cell]] = [:]
    var blank: [TicketField: [Ticket.Contradiction.Cell]] = [:]
    for custom in record.custom {
      for found in scope.find(custom.each) ?? [] {
        var inner = scope.with(found.value, key: found.key)
        guard let name = inner.text(custom.name), let field = self.names.field(name) ?? self.names.fact(name) else {
          continue
        }
        inner.variables["value"] = inner.text(custom.raw)
        let isNamed = self.names.field(name) != nil
        guard let value = inner.text(custom.value)?.trimmed, !value.isEmpty else {
          // Of two cells of a fact a blank one says that nobody knows.
          if isNamed, field.isAccountFact {
            blank[field, default: []].append(Ticket.Contradiction.Cell(column: name, text: ""))
          }
          continue
        }
        if isNamed, out[field] == nil {
          (out[field], names[field]) = (value, name)
        } else {
          beside[field, default: []].append(Ticket.Contradiction.Cell(column: name, text: value))
        }
      }
    }
    for (field, cells) in blank where out[field] != nil && names[field].map({ $0 != cells[0].column }) ?? true {
      beside[field, default: []] += cells.filter { $0.column != names[field] }
    }
    // With the one that counts so far, so that all can be shown.
    for field in beside.keys {
      guard let value = out[field], let name = names[field] else { continue }
      beside[field]?.append(Ticket.Contradiction.Cell(column: name, text: value))
    }
    return (out, beside)
  }

  private func facts(
    _ custom: [TicketField: String], _ beside: [TicketField: [Ticket.Contradiction.Cell]]
  ) -> AccountFacts {
    func fact<Value>(_ field: TicketField, _ read: (String) -> Fact<Value>) -> Fact<Value> {
      guard present.contains(field) else { return .columnAbsent }
      let own = custom[field].map(read) ?? .blank
      guard let others = beside[field], others.contains(where: { read($0.text) != own }) else { return own }
      return .unreadable(others.sorted().map { "\($0.column)：\($0.text)" }.joined(separator: "；"))
    }
    return AccountFacts(
      balance: fact(.balance, FactCells.money), arrears: fact(.arrears, FactCells.arrears),
      serviceProvider: fact(.serviceProvider, FactCells.provider), icpFiling: fact(.icpFiling, FactCells.filing),
      resources: fact(.resources, FactCells.count))
  }

  private func contradictions(_ beside: [TicketField: [Ticket.Contradiction.Cell]]) -> [Ticket.Contradiction] {
    beside.filter { field, cells in !field.isAccountFact && cells.contains { $0.text != cells[0].text } }
      .map { Ticket.Contradiction(field: $0.key, cells: $0.value) }
      .sorted { $0.field.rawValue < $1.field.rawValue }
  }

  /// Names of the custom fields of a record, whether they have values or not.
  func fieldsPresent(_ scope: PathScope) -> Set<TicketField> {
    var out: Set<TicketField> = []
    let scope = addingTables(scope)
    for custom in record.custom {
      for found in scope.find(custom.each) ?? [] {
        if let name = scope.with(found.value, key: found.key).text(custom.name),
          let field = names.field(name) ?? names.fact(name)
        {
          out.insert(field)
        }
      }
    }
    return out
  }

  private func standing(_ scope: PathScope) -> Ticket.Standing {
    // A merged ticket is mostly closed as well: what says more comes first.
    for kind in [SystemMap.Standing.Kind.deleted, .spam, .merged, .closed] {
      for rule in record.standing where rule.kind == kind {
        let related = rule.relations?.first(in: scope)
        guard related != nil || rule.when.anyHolds(in: scope) else { continue }
        switch kind {
        case .closed: return .closed
        case .deleted: return .deleted
        case .spam: return .spam
        case .merged:
          let other = related ?? scope.text(rule.into)?.trimmed
          return .merged(into: other.flatMap { TicketBuilder.isTicketID($0) ? Ticket.ID($0) : nil })
        }
      }
    }
    return .open
  }

  // MARK: messages

  private func conversation(_ scope: PathScope, _ ticket: inout Ticket, _ result: inout Result) {
    let body = SystemMessages.text(record.body, scope) ?? ""
    var messages: [SystemMessages.Message] = []
    if let map = record.messages {
      let read = SystemMessages.read(map, scope, zone: zoneOfTimes)
      messages = read.messages
      result.lacksMessages = !read.isKnown
      result.missingMessages = read.missing
      result.mayLackMessages = read.mayGoOn
    }
    result.files += messages.filter { $0.role == .customer }.flatMap(\.files)
    if record.messagesHoldBody, let first = messages.first, first.role == .customer {
      ticket.body = first.text
      messages.removeFirst()
    } else if !record.messagesHoldBody || messages.isEmpty {
      // The description; whose it is decides whether it is the customer's statement.
      let role = bodyRole(scope)
      if role == .customer {
        ticket.body = body
      } else if !body.isEmpty {
        messages.insert(
          SystemMessages.Message(role: role, text: body, at: ticket.submittedAt, files: []), at: 0)
      }
    }
    if record.losesQuotes { SystemMessages.doubtEchoes(&messages) }
    ticket.replies = messages.compactMap { message in
      guard message.text.contains(where: { !$0.isWhitespace }) else { return nil }
      return Ticket.Message(author: message.author, text: message.text, at: message.at)
    }
  }

  private func bodyRole(_ scope: PathScope) -> SystemMap.Role {
    record.bodyRoles.isEmpty ? .customer : SystemMessages.role(record.bodyRoles, scope)
  }

  // MARK: texts

  /// `账号与认证::账号注销` is 账号与认证.
  private static func firstLevel(_ category: String) -> String {
    var text = category
    for separator in ["::", " -> ", " → ", " > ", "->"] {
      if let piece = text.split(separator: separator, omittingEmptySubsequences: false).first { text = String(piece) }
    }
    return text.trimmed
  }

  /// `温子墨 <wenzimo@example.net>` is the address; of several the first. A quoted display name may hold anything.
  static func address(_ text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    let text = line.replacing(/"(?:[^"\\]|\\.)*"/, with: "")
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let inside = rest[rest.index(after: open)..<close]
      if inside.contains("@") { return inside.split(separator: "<").last?.trimmed ?? "" }
      rest = rest[rest.index(after: close)...]
    }
    return text.split { ",;，；".contains($0) }.first { $0.contains("@") }?.trimmed ?? ""
  }

  /// Letters and digits of a name: `桑晚宁 -` is 桑晚宁.
  static func folded(_ name: String) -> String {
    String(name.filter { $0.isLetter || $0.isNumber }).lowercased()
  }
}
