import ClosureModel
import DeliverCurl
import Outbox
import StrictYAML

/// Which ticket system `webhook:` means: `preset`, `mode`, `auth`, `values`.
struct WebhookPreset: Sendable {
  static let keys = ["preset", "mode", "auth", "values"]
  /// A name of `Templates/webhooks`, or a file.
  var name = "generic"
  var mode = Preset.Mode.public
  /// In place of the preset's own.
  var auth: PresetAuth?
  var values: [String: String] = [:]

  init() {}

  init(_ hook: YAMLMap) throws(YAMLMistake) {
    name = try hook["preset"]?.word() ?? name
    mode = try hook["mode"]?.choice(Preset.Mode.self) ?? mode
    for (key, value) in try hook["values"]?.pairs() ?? [] { values[key] = try value.word() }
    guard let entry = hook["auth"] else { return }
    var words: [String: String] = [:]
    for (key, value) in try entry.pairs() { words[key] = try value.word() }
    do throws(AuthMistake) {
      auth = try PresetAuth(words)
    } catch {
      throw entry.mistake("webhook.auth: \(error.what)", error.fix)
    }
  }

  var isFile: Bool { name.contains("/") || name.hasSuffix(".yaml") }

  /// - Throws: `Failure` 78 where there is no such preset, `PresetError` for one with mistakes.
  func load(_ library: TemplateLibrary) throws -> Preset {
    if isFile { return try PresetLoader.load(text: TextFile.read(name, notFound: .configuration), file: name) }
    guard let (file, text) = try library.text("webhooks/\(name).yaml") else {
      throw Failure(
        .configuration,
        "there is no preset “\(name)”. Known: \(Self.names(library).joined(separator: ", ")); a file of your own is"
          + " named by its path.")
    }
    return try PresetLoader.load(text: text, file: file)
  }

  static func names(_ library: TemplateLibrary) -> [String] {
    library.paths(under: "webhooks", suffix: ".yaml").map {
      String($0.dropFirst("webhooks/".count).dropLast(".yaml".count))
    }
  }

  /// - Parameter mode: in place of the configured one.
  func setup(
    _ settings: Settings, preset: Preset, url: String, secrets: [String], mode: Preset.Mode? = nil
  ) throws -> PresetSetup {
    let hook = settings.file.webhook
    return try PresetSetup(
      preset: preset, mode: mode ?? self.mode, url: url, values: values, auth: auth, secrets: secrets,
      timeoutSeconds: hook.timeout, connectTimeoutSeconds: hook.connectTimeout)
  }

  /// What the deliverer talks to.
  func target(_ settings: Settings, url: String, secrets: [String]) throws -> any DeliveryTarget {
    let hook = settings.file.webhook
    func generic() throws -> GenericPreset {
      GenericPreset(
        url: url, signer: try Signer(secrets: secrets), timeoutSeconds: hook.timeout,
        connectTimeoutSeconds: hook.connectTimeout)
    }
    // The same requests with less work for each; a test holds the two together. As it was shipped, with nothing set that
    // it could refuse, its file need not even be read.
    let isShipped = name == "generic" && auth == nil && !settings.library.replaces("webhooks/generic.yaml")
    if isShipped, mode == .public, values.isEmpty, !secrets.isEmpty { return try generic() }
    let setup = try setup(settings, preset: try load(settings.library), url: url, secrets: secrets)
    return isShipped ? try generic() : PresetTarget(setup)
  }
}
