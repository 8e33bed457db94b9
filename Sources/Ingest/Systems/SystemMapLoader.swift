import StrictYAML

/// Reads a file of `Templates/exports`. Strict: an unknown key, a wrong type or a way that cannot be read is an error with
/// file and line.
public enum SystemMapLoader {
  public static func load(text: String, file: String) throws(IngestError) -> SystemMap {
    do throws(YAMLMistake) {
      return try map(YAMLNode.root(text, file: file, guide: "docs/exports.md"))
    } catch {
      throw IngestError(error)
    }
  }

  private static func map(_ root: YAMLNode) throws(YAMLMistake) -> SystemMap {
    let top = try root.systemKeys(["id", "name", "documents", "records", "beside"])
    let records = try top.need("records").pairs(merging: true)
    var map: [String: SystemMap.Record] = [:]
    for (name, node) in records { map[name] = try record(node) }
    var documents: [SystemMap.Document] = []
    for node in try top.need("documents").list() {
      let document = try self.document(node)
      if let form = document.form, map[form] == nil {
        throw node.mistake("there is no record “\(form)”", "Name one of: \(map.keys.sorted().joined(separator: ", "))")
      }
      guard !documents.contains(where: { $0.id == document.id }) else {
        throw node.mistake("the document “\(document.id)” stands twice", "Give each its own id")
      }
      documents.append(document)
    }
    var beside: [String] = []
    for entry in try top["beside"]?.list() ?? [] {
      let name = try entry.word()
      guard !name.hasPrefix("/"), !name.contains(".."), !name.dropLast().contains("*"), !name.dropLast().contains("/")
      else { throw entry.mistake("“\(name)” is no name beside a file", "Write folder/, file.json or prefix*") }
      beside.append(name)
    }
    return SystemMap(
      id: try top.need("id").word(), name: try top.need("name").word(), documents: documents, beside: beside,
      records: map)
  }

  private static func document(_ node: YAMLNode) throws(YAMLMistake) -> SystemMap.Document {
    let map = try node.systemKeys(["id", "shape", "cells", "has", "folder", "tickets", "record", "tables", "claims"])
    let has = try map["has"]?.paths() ?? []
    let folder = try map["folder"]?.word()
    guard !has.isEmpty || folder != nil else {
      throw node.mistake("nothing says how the document is known", "Add has: or folder:")
    }
    let tickets = try map["tickets"]?.path()
    let form = try map["record"]?.word()
    guard (tickets == nil) == (form == nil) else {
      throw node.mistake("tickets: and record: go together", "Write both, or neither")
    }
    return SystemMap.Document(
      id: try map.need("id").word(), shape: try map["shape"]?.choice(SystemMap.Document.Shape.self) ?? .json,
      cells: try map["cells"]?.choice(SystemMap.Document.Cells.self) ?? .csv, has: has, folder: folder,
      tickets: tickets, form: form, tables: try tables(map["tables"]),
      claims: try claims(map["claims"]))
  }

  private static func tables(_ node: YAMLNode?) throws(YAMLMistake) -> [SystemMap.Table] {
    var out: [SystemMap.Table] = []
    for (name, node) in try node?.pairs(merging: true) ?? [] {
      for entry in try node.oneOrMore() {
        let map = try entry.systemKeys(["rows", "key", "unique", "files"])
        out.append(
          SystemMap.Table(
            name: name, rows: try map.need("rows").path(), key: try map.need("key").paths(),
            isUnique: try map["unique"]?.bool() ?? false, files: try map["files"]?.whole(in: 1...Int.max) ?? Int.max))
      }
    }
    return out
  }

  private static func claims(_ node: YAMLNode?) throws(YAMLMistake) -> SystemMap.Claims {
    var out = SystemMap.Claims()
    guard let map = try node?.systemKeys(["total", "page", "pages", "next", "more", "full_page"]) else { return out }
    out.total = try map["total"]?.path()
    out.page = try map["page"]?.path()
    out.pages = try map["pages"]?.path()
    out.next = try map["next"]?.paths() ?? []
    out.more = try map["more"]?.conditions() ?? []
    for entry in try map["full_page"]?.list() ?? [] { out.fullPage.append(try entry.whole(in: 1...Int.max)) }
    return out
  }

  private static func record(_ node: YAMLNode) throws(YAMLMistake) -> SystemMap.Record {
    let map = try node.systemKeys([
      "id", "subject", "category", "status", "created", "updated", "times", "requester", "body", "custom", "names",
      "tables", "messages", "attachments", "standing", "partial", "loses_quotes", "bind",
    ])
    var out = SystemMap.Record()
    out.id = try map.need("id").paths()
    out.subject = try map["subject"]?.paths() ?? []
    out.category = try map["category"]?.paths() ?? []
    out.status = try map["status"]?.paths() ?? []
    out.created = try map["created"]?.paths() ?? []
    out.updated = try map["updated"]?.paths() ?? []
    if let times = map["times"] { out.timesAreUTC = try times.choice(of: ["utc", "local"]) == "utc" }
    if let requester = try map["requester"]?.systemKeys(["id", "email", "name", "customer"]) {
      out.requesterID = try requester["id"]?.paths() ?? []
      out.requesterEmail = try requester["email"]?.paths() ?? []
      out.requesterName = try requester["name"]?.paths() ?? []
      out.customerName = try requester["customer"]?.paths() ?? []
    }
    if let body = try map["body"]?.systemKeys(textKeys + ["roles", "first_message"]) {
      out.body = try text(body)
      out.bodyRoles = try roles(body["roles"])
      out.messagesHoldBody = try body["first_message"]?.bool() ?? false
    }
    for entry in try map["custom"]?.list() ?? [] {
      let keys = try entry.systemKeys(["each", "name", "value", "raw"])
      out.custom.append(
        SystemMap.Custom(
          each: try keys.need("each").path(), name: try keys.need("name").paths(),
          value: try keys.need("value").paths(), raw: try keys["raw"]?.paths() ?? []))
    }
    for (name, field) in try map["names"]?.pairs(merging: true) ?? [] {
      out.names[ColumnMap.fold(name)] = try field.word()
    }
    for (name, node) in try map["bind"]?.pairs(merging: true) ?? [] { out.bound[name] = try node.paths() }
    out.tables = try tables(map["tables"])
    out.messages = try map["messages"].map { node throws(YAMLMistake) in try messages(node) }
    out.attachments = try map["attachments"].map { node throws(YAMLMistake) in try attachments(node) }
    for entry in try map["standing"]?.list() ?? [] {
      let keys = try entry.systemKeys(["is", "when", "into", "relations"])
      out.standing.append(
        SystemMap.Standing(
          kind: try keys.need("is").choice(SystemMap.Standing.Kind.self),
          when: try (keys["relations"] == nil ? keys.need("when") : keys["when"])?.conditions() ?? [],
          into: try keys["into"]?.paths() ?? [],
          relations: try keys["relations"].map { node throws(YAMLMistake) in try relations(node) }))
    }
    if let partial = map["partial"] {
      if partial.isWord("always") { out.isAlwaysPartial = true } else { out.partial = try partial.conditions() }
    }
    out.losesQuotes = try map["loses_quotes"]?.bool() ?? false
    return out
  }

  private static func relations(_ node: YAMLNode) throws(YAMLMistake) -> SystemMap.Relations {
    let map = try node.systemKeys(["in", "labels"])
    var labels: [String] = []
    for entry in try map.need("labels").list() { labels.append(try entry.word()) }
    return SystemMap.Relations(paths: try map.need("in").paths(), labels: labels)
  }

  private static let textKeys = ["plain", "html", "adf", "wiki", "textile", "plain_base64", "html_base64"]

  private static func text(_ map: YAMLMap) throws(YAMLMistake) -> SystemMap.Text {
    SystemMap.Text(
      plain: try map["plain"]?.paths() ?? [], html: try map["html"]?.paths() ?? [], adf: try map["adf"]?.paths() ?? [],
      wiki: try map["wiki"]?.paths() ?? [], textile: try map["textile"]?.paths() ?? [],
      plainBase64: try map["plain_base64"]?.paths() ?? [], htmlBase64: try map["html_base64"]?.paths() ?? [])
  }

  private static func roles(_ node: YAMLNode?) throws(YAMLMistake) -> [SystemMap.Roles] {
    var out: [SystemMap.Roles] = []
    for entry in try node?.list() ?? [] {
      for (name, when) in try entry.pairs(merging: true) {
        guard let role = SystemMap.Role(rawValue: name) else {
          throw entry.mistake("“\(name)” is no role", "Use one of: customer, agent, system, unknown")
        }
        out.append(SystemMap.Roles(role: role, when: when.isWord("always") ? [] : try when.conditions()))
      }
    }
    return out
  }

  private static func messages(_ node: YAMLNode) throws(YAMLMistake) -> SystemMap.Messages {
    let map = try node.systemKeys([
      "from", "count", "more", "full_page", "listed", "held", "keep", "internal", "author", "at", "roles", "text",
      "attachments", "split",
    ])
    var out = SystemMap.Messages()
    out.from = try map.need("from").paths()
    out.count = try map["count"]?.paths() ?? []
    out.more = try map["more"]?.conditions() ?? []
    for entry in try map["full_page"]?.list() ?? [] { out.fullPage.append(try entry.whole(in: 1...Int.max)) }
    out.listed = try map["listed"]?.path()
    out.held = try map["held"]?.path()
    out.keep = try map["keep"]?.conditions() ?? []
    out.internalNote = try map["internal"]?.conditions() ?? []
    out.author = try map["author"]?.paths() ?? []
    out.at = try map["at"]?.paths() ?? []
    out.roles = try roles(map.need("roles"))
    out.text = try text(map.need("text").systemKeys(textKeys))
    out.attachments = try map["attachments"].map { node throws(YAMLMistake) in try attachments(node) }
    out.split = try split(map["split"])
    return out
  }

  private static func attachments(_ node: YAMLNode) throws(YAMLMistake) -> SystemMap.Attachments {
    let map = try node.systemKeys(["from", "name", "id", "size", "base64", "url", "roles", "split"])
    var out = SystemMap.Attachments()
    out.from = try map.need("from").paths()
    out.name = try map.need("name").paths()
    out.id = try map["id"]?.paths() ?? []
    out.size = try map["size"]?.paths() ?? []
    out.base64 = try map["base64"]?.paths() ?? []
    out.url = try map["url"]?.paths() ?? []
    out.roles = try roles(map["roles"])
    out.split = try split(map["split"])
    return out
  }

  private static func split(_ node: YAMLNode?) throws(YAMLMistake) -> SystemMap.Split? {
    guard let node else { return nil }
    let map = try node.systemKeys(["at", "names", "rest"])
    var names: [String] = []
    for entry in try map.need("names").list() { names.append(try entry.word()) }
    let rest = try map["rest"]?.word() ?? names.last ?? ""
    guard names.contains(rest) else {
      throw node.mistake("“\(rest)” is none of the names", "Name one of: \(names.joined(separator: ", "))")
    }
    return SystemMap.Split(at: try map.need("at").letters(), names: names, rest: rest)
  }
}
