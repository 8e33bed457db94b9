import ClosureModel

/// The messages of a ticket, each with whose it is.
enum SystemMessages {
  struct Message {
    var role: SystemMap.Role
    let text: String
    let at: Timestamp?
    let files: [ExportedFile]

    var author: Ticket.Message.Author {
      switch role {
      case .customer: .customer
      case .agent: .agent
      case .system: .system
      case .unknown: .unknown
      }
    }
  }
  struct Conversation {
    var messages: [Message] = []
    /// `false`: the export does not say whether there are any.
    var isKnown = true
    /// By the export's own count.
    var missing = 0
    /// The export does not say that these are all.
    var mayGoOn = false
  }

  /// - Returns: without internal notes, oldest first.
  static func read(_ map: SystemMap.Messages, _ scope: PathScope, zone: LocalZone) -> Conversation {
    var out = Conversation()
    var found: [PathScope.Found]?
    for path in map.from {
      found = scope.find(path)
      if found != nil { break }
    }
    guard let found else {
      out.isKnown = false
      return out
    }
    // Each page of the messages says it.
    let counts = scope.text(map.count)?.split(whereSeparator: \.isNewline).compactMap { Int($0.trimmed) } ?? []
    if let count = counts.max(), count > found.count { out.missing = count - found.count }
    out.mayGoOn = map.more.anyHolds(in: scope) || (found.count > 0 && map.fullPage.contains { found.count % $0 == 0 })
    var customers: Set<String> = []
    for item in found {
      let value = map.split.map { split(item.value, $0) } ?? item.value
      guard case .object = value else { continue }
      var inner = scope.with(value, key: item.key)
      inner.variables["author"] = inner.text(map.author)
      guard map.keep.isEmpty || map.keep.anyHolds(in: inner) else { continue }
      var role = role(map.roles, inner)
      if map.internalNote.anyHolds(in: inner) {
        // Staff write notes. What is marked as one and bears the customer's name a person must look at.
        guard role == .customer else { continue }
        role = .unknown
      }
      if role == .customer, let author = inner.variables["author"] { customers.insert(author) }
      let at = inner.text(map.at).flatMap { SystemTime.parse($0, zone: zone)?.time }
      let files = map.attachments.map { attachments in
        SystemAttachments.read(attachments, inner) { file in
          attachments.roles.isEmpty ? role : Self.role(attachments.roles, file)
        }
      }
      let text = text(map.text, inner) ?? ""
      if let listed = map.listed, let held = map.held {
        out.missing += max(0, (inner.find(listed) ?? []).count - (inner.find(held) ?? []).count)
      }
      guard !text.isEmpty || !(files ?? []).isEmpty else {
        // Its text stands in a file that is not there, unless the way to it leads to an empty one.
        if !isKnownEmpty(map.text, inner) { out.missing += 1 }
        continue
      }
      out.messages.append(Message(role: role, text: text, at: at, files: files ?? []))
    }
    // Nothing says which of several customers asked.
    if scope.variables["requester"] == nil, customers.count > 1 {
      for index in out.messages.indices where out.messages[index].role == .customer {
        out.messages[index].role = .unknown
      }
    }
    // Oldest first where every message says when; a stable order for those of one second.
    if out.messages.allSatisfy({ $0.at != nil }) {
      out.messages = out.messages.enumerated()
        .sorted { a, b in
          let (x, y) = (a.element.at?.epochSeconds ?? 0, b.element.at?.epochSeconds ?? 0)
          return x == y ? a.offset < b.offset : x < y
        }
        .map(\.element)
    }
    return out
  }

  /// The first role whose signs are there; `unknown` when none are.
  static func role(_ roles: [SystemMap.Roles], _ scope: PathScope) -> SystemMap.Role {
    roles.first { $0.when.isEmpty || $0.when.anyHolds(in: scope) }?.role ?? .unknown
  }

  static func text(_ map: SystemMap.Text, _ scope: PathScope) -> String? {
    for path in map.adf {
      for found in scope.find(path) ?? [] {
        if let text = RichText.atlassian(found.value), !text.isEmpty { return text }
      }
    }
    if let text = scope.text(map.wiki) { return RichText.wiki(text) }
    if let text = scope.text(map.textile) { return RichText.textile(text) }
    let plain = scope.text(map.plain) ?? base64(map.plainBase64, scope)
    let html = scope.text(map.html) ?? base64(map.htmlBase64, scope)
    // The plain copy of a mail may have lost what marks quoted words; the mark-up then counts.
    if let html, plain == nil || RichText.showsQuotation(html: html) { return html }
    return plain
  }

  private static func isKnownEmpty(_ map: SystemMap.Text, _ scope: PathScope) -> Bool {
    (map.plain + map.html + map.wiki + map.textile + map.plainBase64 + map.htmlBase64).contains { path in
      (scope.find(path) ?? []).contains { if case .text = $0.value { true } else { false } }
    }
  }

  private static func base64(_ paths: [PathExpression], _ scope: PathScope) -> String? {
    for path in paths {
      let texts = (scope.find(path) ?? []).compactMap { found -> String? in
        guard let bytes = found.value.text.flatMap({ RichText.base64($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
      }.filter { $0.contains { !$0.isWhitespace } }
      if !texts.isEmpty { return texts.joined(separator: "\n") }
    }
    return nil
  }

  /// `date;author;text` as an object.
  static func split(_ value: JSONValue, _ split: SystemMap.Split) -> JSONValue {
    guard let text = value.text, !text.isEmpty else { return .null }
    var pieces = text.split(separator: split.at, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count >= split.names.count, let place = split.names.firstIndex(of: split.rest) else {
      // Not in the form that was expected: a text of nobody known.
      return .object([JSONValue.Member(name: split.rest, value: .text(text))])
    }
    let rest = place...(place + pieces.count - split.names.count)
    pieces.replaceSubrange(rest, with: [pieces[rest].joined(separator: split.at)])
    return .object(zip(split.names, pieces).map { JSONValue.Member(name: $0, value: .text($1)) })
  }

  /// Where quotations lose their marks, a customer's message that repeats a line of somebody else's is nobody's for
  /// certain.
  static func doubtEchoes(_ messages: inout [Message]) {
    var said: Set<String> = []
    func lines(_ text: String) -> [String] {
      text.split(whereSeparator: \.isNewline).filter { !$0.trimmed.hasPrefix(">") }.map {
        SystemTicket.folded(String($0))
      }
    }
    for index in messages.indices {
      let own = lines(messages[index].text)
      switch messages[index].role {
      case .agent, .unknown: said.formUnion(own.filter { $0.count >= 8 })
      case .customer: if own.contains(where: said.contains) { messages[index].role = .unknown }
      case .system: break
      }
    }
  }
}
