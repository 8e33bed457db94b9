import ClosureModel

/// A preset with what the operator says about the own system: complete, or an error.
public struct PresetSetup: Sendable {
  public let preset: Preset
  public let mode: Preset.Mode
  let url: String
  let auth: PresetAuth
  let secrets: [String]
  let signer: Signer?
  let base: PresetFields
  public let timeoutSeconds: Double
  public let connectTimeoutSeconds: Double
  let userAgent: String

  /// - Parameter url: where the system stands; a `/` at its end is dropped unless it is all of a path.
  /// - Parameter values: `webhook.values`; an unknown one is an error.
  /// - Parameter auth: in place of the preset's own; nil: the preset's.
  /// - Parameter secrets: lines of the secret file. Standard Webhooks signs with each, the others use the first.
  public init(
    preset: Preset, mode: Preset.Mode, url: String, values: [String: String], auth: PresetAuth? = nil,
    secrets: [String], timeoutSeconds: Double, connectTimeoutSeconds: Double, userAgent: String = "closedesk"
  ) throws {
    guard let modeFields = preset.modes[mode] else {
      let known = Preset.Mode.allCases.filter { preset.modes[$0] != nil }.map(\.rawValue)
      throw PresetError(
        file: "webhook.mode", line: nil, what: "the preset \(preset.name) has no mode “\(mode.rawValue)”",
        fix: "Use one of: \(known.joined(separator: ", "))")
    }
    self.preset = preset
    self.mode = mode
    self.url = url.hasSuffix("/") && preset.look != nil ? String(url.dropLast()) : url
    self.auth = auth ?? preset.auth
    self.timeoutSeconds = timeoutSeconds
    self.connectTimeoutSeconds = connectTimeoutSeconds
    self.userAgent = userAgent
    var base = PresetFields()
    base["url"] = .string(self.url)
    for (name, value) in modeFields { base["mode.\(name)"] = value }
    for (name, value) in try Self.values(preset, values) { base["values.\(name)"] = value }
    self.base = base
    let signs = if case .standardWebhooks = self.auth { true } else { false }
    if self.auth.needsSecret, secrets.isEmpty {
      throw PresetError(
        file: "webhook.secret_file", line: nil, what: "there is no secret, which the preset \(preset.name) needs",
        fix: "Set webhook.secret_file or webhook.secret_env"
          + (signs ? "; `openssl rand -base64 32 | sed s/^/whsec_/` makes one" : ""))
    }
    for field in self.auth.templates.flatMap(\.fields) where field != "secret" && base[field] == nil {
      throw PresetError(
        file: "webhook.auth", line: nil, what: "nothing fills {\(field)}", fix: "Use {secret} and {values.NAME} alone")
    }
    self.secrets = secrets
    signer = signs ? try Signer(secrets: secrets) : nil
  }

  /// What the operator's values come to, with the preset's defaults.
  private static func values(_ preset: Preset, _ given: [String: String]) throws(PresetError) -> [String: JSONValue] {
    func fail(_ what: String, _ fix: String) -> PresetError {
      PresetError(file: "webhook.values", line: nil, what: what, fix: fix)
    }
    if let stray = given.keys.sorted().first(where: { name in !preset.values.contains { $0.name == name } }) {
      let known = preset.values.map(\.name).joined(separator: ", ")
      throw fail(
        "the preset \(preset.name) knows no value “\(stray)”",
        known.isEmpty ? "Remove it; this preset has none" : "Known: \(known)")
    }
    var out: [String: JSONValue] = [:]
    for value in preset.values {
      guard let text = given[value.name] ?? value.standard else {
        guard !value.isRequired else {
          throw fail("“\(value.name)” is missing: \(value.about)", "Add webhook.values.\(value.name)")
        }
        continue
      }
      if value.isNumber {
        guard let number = Int(text) else { throw fail("“\(value.name)” must be a whole number", "Mend the value") }
        out[value.name] = .number("\(number)")
      } else {
        out[value.name] = .string(text)
      }
    }
    return out
  }

  /// The fields of one reply.
  /// - Throws: `PayloadMistake` for a payload that is no event of ours, or a ticket id that this system cannot have.
  func fields(of entry: OutboxEntry) throws(PayloadMistake) -> PresetFields {
    guard let event = JSONValue(parsing: entry.payload), case .object(let data) = event["data"] else {
      throw PayloadMistake(what: "the reply in the ledger is no event of closedesk")
    }
    guard let ticket = event["data"]?["ticket"]?.text, preset.ticket.accepts(ticket) else {
      let form =
        switch preset.ticket {
        case .number: "a number"
        case .word: "made of letters, digits, - and _"
        case .any: "neither empty nor dots"
        }
      throw PayloadMistake(
        what: "the ticket id of the export is not what \(preset.title) knows a ticket by: it must be \(form)")
    }
    var fields = base
    for member in data where member.value != .null && PresetCheck.event.contains(member.name) {
      fields[member.name] = member.value
    }
    fields["id"] = .string(entry.key.rawValue)
    fields["marker"] = .string(Marker.code(entry.key))
    fields["type"] = event["type"]
    fields["timestamp"] = event["timestamp"]
    fields["data"] = .object(data)
    if let word = fields["status"]?.text, let template = preset.status[word] {
      // A status whose value the operator left out is left alone.
      fields["set_status"] = try? TemplateTree.template(template).filled(fields)
    }
    var text = fields["body"]?.text ?? ""
    if let line = preset.markerLine, let line = try? line.filled(fields) { text += "\n\n" + line }
    fields["reply"] = .string(preset.replyFormat == .html ? HTMLText.escaped(text) : text)
    return fields
  }
}

/// A reply that this preset cannot send.
struct PayloadMistake: Error {
  let what: String
}
