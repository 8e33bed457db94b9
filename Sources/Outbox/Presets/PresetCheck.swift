import StrictYAML

/// What the loader cannot see in a single key: fields that nothing fills, promises that the data does not keep.
struct PresetCheck {
  private let preset: Preset
  private let root: YAMLNode

  init(_ preset: Preset, _ root: YAMLNode) {
    self.preset = preset
    self.root = root
  }

  /// Members of the event's `data`.
  static let event: Set<String> = [
    "ticket", "outcome", "subject", "body", "format", "status", "due", "reasons", "policy",
  ]
  /// Fields of every reply.
  static let reply = event.union([
    "url", "id", "marker", "type", "timestamp", "data", "reply", "set_status",
  ])

  func check() throws(YAMLMistake) {
    var known = Self.reply
    known.formUnion(preset.values.map { "values.\($0.name)" })
    for (_, fields) in preset.modes { known.formUnion(fields.keys.map { "mode.\($0)" }) }
    try templates(Array(preset.status.values), known, "status")
    if let line = preset.markerLine { try templates([line], ["marker"], "reply.marker") }
    try auth(known)
    if let look = preset.look {
      if let ticket = look.ticket { try request(ticket, known, "look.ticket") }
      try conditions(look.closed + look.merged, known, "look.ticket")
      try conditions(look.answers.flatMap(\.conditions), known, "look.answers")
      if let comments = look.comments {
        if let request = comments.request {
          try self.request(request, known.union(["page", "offset"]), "look.comments")
        }
        try conditions(comments.only + comments.own + comments.followOwn, known, "look.comments")
        if let follow = comments.follow { try request(follow, known.union(["item"]), "look.comments.follow") }
        if comments.request == nil, look.ticket == nil {
          throw fail("look", "there are comments, but nothing is read", "Add look.ticket, or get: to the comments")
        }
        let paged = comments.request?.url.fields.contains { $0 == "page" || $0 == "offset" } ?? false
        if (comments.pageSize != nil) != paged {
          throw fail("look", "page_size, and {page} or {offset} in the URL, belong together", "Add what is missing")
        }
        if comments.end != nil, !paged {
          throw fail("look", "more, last and total belong to pages", "Add page_size, and {page} or {offset} to the URL")
        }
      }
      known.formUnion(look.keep.map { "kept.\($0.name)" })
    }
    for step in preset.post + preset.after {
      try request(step.request, known, step.name)
      try conditions(step.success.conditions + step.answers.flatMap(\.conditions), known, step.name)
      for field in step.needs where !known.contains(field) {
        throw fail(
          step.name, "needs “\(field)”, which nothing fills", "Known: \(known.sorted().joined(separator: ", "))")
      }
      known.formUnion(step.keep.map { "kept.\($0.name)" })
    }
    try promises()
  }

  private func promises() throws(YAMLMistake) {
    for step in preset.post + preset.after where step.isReadBack && (!step.shows || preset.look?.comments == nil) {
      throw fail(
        "post", "read_back belongs to the reply, where look.comments reads it", "Remove it, or add look.comments")
    }
    guard preset.post.filter(\.shows).count == 1 else {
      throw fail("post", "exactly one step shows the reply", "Write shows: false into the steps that do not")
    }
    let showing = preset.post.filter(\.shows).map(\.request)
    if preset.isIdempotent {
      let fields = showing.flatMap { $0.headers.flatMap(\.value.fields) + $0.body.fields }
      let signed = if case .standardWebhooks = preset.auth { true } else { false }
      guard signed || fields.contains("id") else {
        throw fail(
          "idempotent", "the preset calls the system idempotent, but sends it no {id}",
          "Send {id} in a header or the body, or write idempotent: false with a look")
      }
    } else {
      guard preset.look?.comments == nil || preset.markerLine != nil || showing.contains(where: \.carriesMarker) else {
        throw fail(
          "reply", "comments are read back for a marker that no reply carries",
          "Add reply.marker, or send {marker} in a field")
      }
      guard preset.after.isEmpty || preset.look?.comments != nil else {
        throw fail(
          "after", "a failed step after the reply could not be repeated without the reply",
          "Add look.comments, so that the reply is found again")
      }
    }
  }

  private func auth(_ known: Set<String>) throws(YAMLMistake) {
    try templates(preset.auth.templates, known.union(["secret"]), "auth")
  }

  private func request(_ request: Request, _ known: Set<String>, _ place: String) throws(YAMLMistake) {
    try templates([request.url] + request.headers.map(\.value), known, place)
    let start = request.url.fields.first ?? ""
    guard case .field = request.url.parts.first, start == "url" || request.url.onlyField?.hasPrefix("kept.") == true
    else {
      throw fail(place, "a URL does not begin with {url}", "Begin it with {url}: secrets go to webhook.url alone")
    }
    try fields(request.body.fields, known, place)
  }

  private func conditions(_ conditions: [Condition], _ known: Set<String>, _ place: String) throws(YAMLMistake) {
    for condition in conditions { try templates(condition.templates, known, place) }
  }

  private func templates(_ templates: [Template], _ known: Set<String>, _ place: String) throws(YAMLMistake) {
    try fields(templates.flatMap(\.fields), known, place)
  }

  private func fields(_ names: [String], _ known: Set<String>, _ place: String) throws(YAMLMistake) {
    for name in names where !known.contains(name) {
      throw fail(place, "nothing fills {\(name)}", "Known here: \(known.sorted().joined(separator: ", "))")
    }
  }

  /// The line of the part of the file that is meant.
  private func fail(_ place: String, _ what: String, _ fix: String) -> YAMLMistake {
    var node = root
    for part in place.split(separator: ".") {
      guard let next = (try? node.pairs())?.first(where: { $0.name == part })?.value else { break }
      node = next
    }
    return node.mistake("\(place): \(what)", fix)
  }
}

extension Request.Body {
  var fields: [String] {
    switch self {
    case .none, .event: []
    case .json(let tree): tree.fields
    case .form(let fields): fields.flatMap(\.value.fields)
    case .text(let template, _): template.fields
    }
  }
}

extension Request {
  var carriesMarker: Bool { (headers.flatMap(\.value.fields) + body.fields).contains("marker") }
}

extension Condition {
  var templates: [Template] {
    switch test {
    case .exists: []
    case .equals(let texts), .not(let texts): texts
    case .contains(let text): [text]
    }
  }

  /// A condition whose own text has no value never holds.
  func holds(_ value: JSONValue, _ fields: PresetFields) -> Bool {
    let found = value.at(at)
    func filled(_ template: Template) -> String? { try? template.filled(fields) }
    switch test {
    case .exists(let wanted): return (found != nil && found != .null) == wanted
    case .equals(let texts): return found?.text.map { text in texts.contains { filled($0) == text } } ?? false
    case .not(let texts): return found?.text.map { text in !texts.contains { filled($0) == text } } ?? false
    case .contains(let text):
      guard let wanted = filled(text) else { return false }
      return found?.text?.contains(wanted) ?? false
    }
  }
}
