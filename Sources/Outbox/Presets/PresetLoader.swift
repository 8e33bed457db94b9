import StrictYAML

/// Reads `Templates/webhooks/NAME.yaml`. Strict: an unknown key, a field that nothing fills, a promise that the data
/// does not keep are errors with file, line and mend.
public enum PresetLoader {
  /// - Parameter file: the name to show in errors.
  public static func load(text: String, file: String) throws(PresetError) -> Preset {
    do throws(YAMLMistake) {
      return try preset(YAMLNode.root(text, file: file, guide: "docs/integration-guide.md"))
    } catch {
      throw PresetError(error)
    }
  }

  private static func preset(_ root: YAMLNode) throws(YAMLMistake) -> Preset {
    let keys = try root.map(
      ["preset", "title", "source", "tried", "ticket", "idempotent", "auth", "modes", "post"],
      optional: ["values", "reply", "status", "look", "after"])
    let reply = try keys["reply"]?.map(optional: ["format", "marker"])
    var status: [String: Template] = [:]
    if let entry = keys["status"] {
      let words = try entry.map(optional: ["pending", "open", "solved"])
      for (word, value) in words.pairs { status[word] = try value.template() }
    }
    let preset = Preset(
      name: try keys("preset").word(), title: try keys("title").word(),
      source: try keys("source").word(), tried: try keys("tried").word(),
      ticket: try keys("ticket").choice(Preset.TicketForm.self),
      isIdempotent: try keys("idempotent").bool(), values: try values(keys["values"]),
      auth: try auth(keys("auth")),
      replyFormat: try reply?["format"]?.choice(Preset.ReplyFormat.self) ?? .text,
      markerLine: try reply?["marker"]?.template(), status: status, modes: try modes(keys("modes")),
      look: try keys["look"].map { entry throws(YAMLMistake) in try look(entry) },
      post: try steps(keys("post"), showing: true), after: try steps(keys["after"], showing: false),
      file: root.file)
    try PresetCheck(preset, root).check()
    return preset
  }

  private static func values(_ entry: YAMLNode?) throws(YAMLMistake) -> [Preset.Value] {
    var out: [Preset.Value] = []
    for (name, value) in try entry?.pairs() ?? [] {
      let keys = try value.map(["about"], optional: ["default", "type", "required"])
      let kind = try keys["type"]?.choice(Kind.self) ?? .text
      let required = try keys["required"]?.bool() ?? false
      if required, let standard = keys["default"] {
        throw standard.mistake("a value that is required needs no default", "Remove one of the two")
      }
      out.append(
        .init(
          name: name, about: try keys("about").word(), isNumber: kind == .number,
          standard: try keys["default"]?.word(), isRequired: required))
    }
    return out
  }

  private enum Kind: String, CaseIterable { case text, number }

  private static func auth(_ entry: YAMLNode) throws(YAMLMistake) -> PresetAuth {
    var words: [String: String] = [:]
    for (name, value) in try entry.pairs() { words[name] = try value.word() }
    do throws(AuthMistake) {
      return try PresetAuth(words)
    } catch {
      throw entry.mistake("`\(entry.path)`: \(error.what)", error.fix)
    }
  }

  private static func modes(_ entry: YAMLNode) throws(YAMLMistake) -> [Preset.Mode: [String: JSONValue]] {
    let keys = try entry.map(optional: Preset.Mode.allCases.map(\.rawValue))
    guard !keys.pairs.isEmpty else { throw entry.mistake("`modes` names no mode", "Name at least public") }
    var out: [Preset.Mode: [String: JSONValue]] = [:]
    for (name, value) in keys.pairs {
      guard let mode = Preset.Mode(rawValue: name) else { continue }
      var fields: [String: JSONValue] = [:]
      for (field, text) in try value.pairs() {
        if let constant = text.constant() {
          fields[field] = constant
        } else {
          fields[field] = .string(try text.word())
        }
      }
      out[mode] = fields
    }
    return out
  }

  private static func look(_ entry: YAMLNode) throws(YAMLMistake) -> Look {
    let keys = try entry.map(optional: ["ticket", "comments", "answers", "wait_seconds"])
    let ticket = try keys["ticket"]?.map(
      [], optional: ["get", "request", "headers", "changed_at", "closed", "merged", "keep"])
    let comments = try keys["comments"].map { entry throws(YAMLMistake) in try self.comments(entry) }
    if ticket == nil, comments?.request == nil {
      throw entry.mistake("`look` reads nothing", "Add ticket: {get: …}, or get: to its comments")
    }
    var request: Request?
    if let ticket {
      guard let made = try getOrRequest(ticket) else {
        throw ticket.owner.mistake("`look.ticket` reads nothing", "Add get:")
      }
      request = made
    }
    return Look(
      ticket: request,
      changedAt: try ticket?["changed_at"]?.pointer(), closed: try conditions(ticket?["closed"]),
      merged: try conditions(ticket?["merged"]), keep: try keep(ticket?["keep"]), comments: comments,
      answers: try answers(keys["answers"]), waitSeconds: Double(try keys["wait_seconds"]?.whole(in: 0...600) ?? 20))
  }

  private static func get(_ keys: YAMLMap) throws(YAMLMistake) -> Request {
    Request(
      method: "GET", url: try keys("get").template(), headers: try headers(keys["headers"]), body: .none)
  }

  /// `get: URL` in short, `request:` where reading is no plain GET.
  private static func getOrRequest(_ keys: YAMLMap) throws(YAMLMistake) -> Request? {
    if let entry = keys["request"] {
      guard keys["get"] == nil, keys["headers"] == nil else {
        throw entry.mistake("get: and request: are both there", "Keep one of them")
      }
      return try request(entry)
    }
    return keys["get"] == nil ? nil : try get(keys)
  }

  private static func comments(_ entry: YAMLNode) throws(YAMLMistake) -> Comments {
    let keys = try entry.map(
      ["items", "time"],
      optional: [
        "get", "headers", "request", "id", "text", "only", "own", "follow", "page_size", "more", "last", "total",
        "latest", "private",
      ])
    let follow = try keys["follow"]?.map(["get", "text"], optional: ["headers", "items", "own"])
    if follow != nil, keys["id"] == nil {
      throw entry.mistake("`follow` needs the id of an item", "Add id: /id")
    }
    if follow == nil, keys["text"] == nil { throw entry.mistake("where the texts stand is missing", "Add text: /body") }
    return Comments(
      request: try getOrRequest(keys), items: try keys("items").pointer(), id: try keys["id"]?.pointer(),
      text: try keys["text"]?.pointer(), time: try keys("time").pointer(),
      only: try conditions(keys["only"]), own: try conditions(keys["own"]),
      follow: try follow.map { keys throws(YAMLMistake) in try get(keys) },
      followText: try follow?["text"]?.pointer(), followItems: try follow?["items"]?.pointer(),
      followOwn: try conditions(follow?["own"]), pageSize: try keys["page_size"]?.whole(in: 1...1000),
      end: try end(keys), latest: try keys["latest"]?.whole(in: 1...1000),
      isPrivate: try keys["private"]?.pointer())
  }

  private static func end(_ keys: YAMLMap) throws(YAMLMistake) -> Comments.End? {
    var ends: [Comments.End] = []
    if let more = try keys["more"]?.pointer() { ends.append(.more(more)) }
    if let last = try keys["last"]?.pointer() { ends.append(.last(last)) }
    if let total = try keys["total"]?.pointer() { ends.append(.total(total)) }
    guard ends.count < 2 else {
      throw keys.owner.mistake("more:, last: and total: say the same thing", "Keep the one that the system is sure of")
    }
    return ends.first
  }

  private static func steps(_ entry: YAMLNode?, showing: Bool) throws(YAMLMistake) -> [Step] {
    var out: [Step] = []
    for item in try entry?.list() ?? [] {
      let keys = try item.map(
        ["name", "request", "success"], optional: ["answers", "keep", "shows", "read_back", "modes", "needs"])
      let success = try keys("success").map(["status"], optional: ["json"])
      var modes: Set<Preset.Mode>?
      if let entry = keys["modes"] {
        modes = []
        for mode in try entry.list() { modes?.insert(try mode.choice(Preset.Mode.self)) }
      }
      var needs: [String] = []
      for field in try keys["needs"]?.list() ?? [] { needs.append(try field.word()) }
      out.append(
        Step(
          name: try keys("name").word(), request: try request(keys("request")),
          success: Success(
            statuses: try statuses(success("status")), conditions: try conditions(success["json"])),
          answers: try answers(keys["answers"]), keep: try keep(keys["keep"]),
          shows: showing ? try keys["shows"]?.bool() ?? true : false,
          isReadBack: try keys["read_back"]?.bool() ?? false, modes: modes, needs: needs))
    }
    return out
  }

  private static func answers(_ entry: YAMLNode?) throws(YAMLMistake) -> [Answer] {
    var out: [Answer] = []
    for item in try entry?.list() ?? [] {
      let keys = try item.map(["means", "why"], optional: ["status", "json"])
      guard keys["status"] != nil || keys["json"] != nil else {
        throw item.mistake("this rule fits every answer", "Add status: or json:")
      }
      out.append(
        Answer(
          statuses: try statuses(keys["status"]), conditions: try conditions(keys["json"]),
          means: try keys("means").choice(Answer.Meaning.self), why: try keys("why").word()))
    }
    return out
  }

  private static func request(_ entry: YAMLNode) throws(YAMLMistake) -> Request {
    let keys = try entry.map(
      ["method", "url"], optional: ["headers", "json", "form", "text", "type", "event"])
    let bodies = ["json", "form", "text", "event"].filter { keys[$0] != nil }
    guard bodies.count < 2 else {
      throw entry.mistake("two bodies: \(bodies.joined(separator: ", "))", "Keep one of them")
    }
    var body = Request.Body.none
    if let tree = keys["json"] { body = .json(try tree.tree()) }
    if let form = keys["form"] {
      var fields: [(name: String, value: Template)] = []
      for (name, value) in try form.pairs() { fields.append((name, try value.template())) }
      body = .form(fields)
    }
    if let text = keys["text"] {
      body = .text(try text.template(), type: try keys["type"]?.word() ?? "text/plain; charset=utf-8")
    }
    if let event = keys["event"] {
      guard try event.bool() else { throw event.mistake("`event` can only be true", "Remove the line") }
      body = .event
    }
    return Request(
      method: try keys("method").choice(Method.self).rawValue, url: try keys("url").template(),
      headers: try headers(keys["headers"]), body: body)
  }

  private enum Method: String, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  private static func headers(_ entry: YAMLNode?) throws(YAMLMistake) -> [Request.Header] {
    var out: [Request.Header] = []
    for (name, value) in try entry?.pairs() ?? [] { out.append(.init(name: name, value: try value.template())) }
    return out
  }

  /// `200`, `[200, 201]`, `500-599`.
  private static func statuses(_ entry: YAMLNode?) throws(YAMLMistake) -> [ClosedRange<Int>] {
    var out: [ClosedRange<Int>] = []
    for item in try entry?.oneOrMore() ?? [] {
      let parts = try item.word().split(separator: "-", maxSplits: 1).map { Int($0) }
      guard let low = parts.first ?? nil, let high = parts.last ?? nil, low <= high, (100...599).contains(low),
        high <= 599
      else { throw item.mistake("`\(item.path)` is no status", "Write 200 or 500-599") }
      out.append(low...high)
    }
    return out
  }

  private static func conditions(_ entry: YAMLNode?) throws(YAMLMistake) -> [Condition] {
    var out: [Condition] = []
    for item in try entry?.oneOrMore() ?? [] {
      let keys = try item.map(["at"], optional: ["equals", "not", "exists", "contains"])
      let at = try keys("at").pointer()
      let tests = ["equals", "not", "exists", "contains"].filter { keys[$0] != nil }
      guard tests.count == 1, let test = tests.first, let value = keys[test] else {
        throw item.mistake("a condition has exactly one test", "Write equals:, not:, exists: or contains:")
      }
      switch test {
      case "exists": out.append(Condition(at: at, test: .exists(try value.bool())))
      case "contains": out.append(Condition(at: at, test: .contains(try value.template())))
      default:
        var templates: [Template] = []
        for one in try value.oneOrMore() { templates.append(try one.template()) }
        out.append(Condition(at: at, test: test == "equals" ? .equals(templates) : .not(templates)))
      }
    }
    return out
  }

  private static func keep(_ entry: YAMLNode?) throws(YAMLMistake) -> [Keep] {
    var out: [Keep] = []
    for (name, value) in try entry?.pairs() ?? [] {
      let keys = try value.map(optional: ["json", "header"])
      if let json = keys["json"], keys["header"] == nil {
        out.append(Keep(name: name, place: .json(try json.pointer())))
      } else if let header = keys["header"], keys["json"] == nil {
        out.append(Keep(name: name, place: .header(try header.word())))
      } else {
        throw value.mistake("`\(value.path)` has to say where it stands", "Write {json: /id} or {header: ETag}")
      }
    }
    return out
  }
}
