import ArgumentParser
import Batch
import ClosureModel
import Compose
import DeliverCurl
import Foundation
import Ingest
import StoreSQLite

struct Pull: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "从工单系统拉取工单到文件夹，只读 / fetches tickets into a folder, read only.",
    discussion: """
      Fetches the tickets with their messages and attachments into a new folder that validate, run and ingest read like \
      an export. Only GET is sent. The key stands in a file or in CLOSEDESK_PULL_KEY, never on the command line:
        rt5: the token · redmine: the API key · zendesk: email/token:KEY · zammad: the token · generic: a header line

        closedesk pull --preset redmine --url https://redmine.example.com --key-file secrets/redmine --output ./pulled
        closedesk validate ./pulled --require-complete
      """)

  @Option(help: "rt5, redmine, zendesk, zammad, generic")
  var preset: String

  @Option(help: "工单系统的地址 / address of the ticket system.")
  var url: String

  @Option(help: "新的或空的文件夹 / a new or empty folder.")
  var output: String

  @Option(help: "密钥文件 / file with the key (or CLOSEDESK_PULL_KEY).")
  var keyFile: String?

  @Option(help: "只取哪些工单，写法随系统 / which tickets, in the system's own words.")
  var query: String?

  @Option(help: "游标文件：上次拉取的时刻，只取之后有变化的 / cursor: only what changed since the last pull.")
  var state: String?

  @Flag(
    help: "只取上次拉取之后有变化的，时刻记在台账里 / only what changed since the last pull; the ledger keeps since when.")
  var changed = false

  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      guard let preset = PullPreset.named(preset) else {
        throw Failure(.usage, "there is no preset “\(preset)”. Known: \(PullPreset.ids.joined(separator: ", ")).")
      }
      guard query == nil || preset.takesQuery else {
        throw Failure(.usage, "the preset \(preset.id) cannot ask for some tickets alone. Leave --query out.")
      }
      var options = Delivery.curlOptions(settings)
      options.maxResponseBytes = FolderAttachmentReader.maxBytes
      let base = url.hasSuffix("/") ? String(url.dropLast()) : url
      if let why = CurlTransport.checkURL(base, options: options) { throw Failure(.usage, "--url: \(why)") }
      guard state == nil || !changed else {
        throw Failure(.usage, "--state and --changed are two places for one cursor. Give one of them.")
      }
      let headers = try headers(preset)
      let question = PullQuestion(preset: preset.id, url: base, query: query ?? "")
      let ledger = changed ? try SQLiteCaseStore(path: settings.ledger) : nil
      let since =
        if let ledger { try await ledger.pulled(question)?.epochSeconds } else { try cursor(preset, base) }
      try makeEmptyFolder()
      let started = settings.clock()
      let (quiet, output, query, state) = (self.settings.quiet, output, query, state)
      let finalOptions = options
      return try await interruptible { interruption in
        let transport = try CurlTransport(options: finalOptions)
        defer { transport.shutdown() }
        let run = PullRun(
          transport: transport, folder: output, base: base, headers: headers, interruption: interruption,
          clock: settings.clock)
        let visible = !quiet && Console.errorIsTerminal
        let result: PullRun.Result
        do throws(PullRun.Failure) {
          result = try await run.run(PullMachine(preset, base: base, query: query, since: since)) { result in
            if visible { Console.errorRaw("\r\u{1B}[K\(result.files) files, \(result.missing.count) missing") }
          }
        } catch {
          throw Self.failure(error)
        }
        if visible { Console.errorRaw("\r\u{1B}[K") }
        for file in result.missing.prefix(20) { Console.error("closedesk: not fetched: \(file)") }
        if result.missing.isEmpty {
          // A minute back: what changed while the last page was written is fetched once more.
          let next = started.adding(seconds: -60)
          try await ledger?.keepPull(question, since: next)
          if let state {
            let cursor = State(preset: preset.id, url: base, query: query ?? "", since: next.epochSeconds)
            try LineFile.write(cursor.text, to: state)
          }
        }
        if !quiet {
          Console.out(
            "\(output): \(result.files) files, \(result.requests) requests, \(result.missing.count) missing")
        }
        return result.missing.isEmpty ? .done : .rowsUnread
      }
    }
  }

  private static func failure(_ error: PullRun.Failure) -> any Error {
    switch error.code {
    case .unreachable: Failure(.unreachable, error.what + ". Look at the address and the network; nothing was changed.")
    case .refused: Failure(.configuration, error.what + ". Look at the key and its rights.")
    case .unexpected: Failure(.inputUnusable, error.what + ". Look at --url and --preset.")
    case .output: Failure(.cannotCreate, error.what + ". Name another folder with --output.")
    case .interrupted: ExitCode(Signals.interrupted)
    }
  }

  private func headers(_ preset: PullPreset) throws -> [HTTPField] {
    let text: String
    if let keyFile {
      text = try TextFile.read(keyFile, notFound: .configuration)
    } else if let value = ProcessInfo.processInfo.environment["CLOSEDESK_PULL_KEY"], !value.isEmpty {
      text = value
    } else if case .line = preset.authorization {
      return []
    } else {
      throw Failure(.configuration, "there is no key. Name its file with --key-file, or set CLOSEDESK_PULL_KEY.")
    }
    let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !key.isEmpty, !key.contains(where: \.isNewline) else {
      throw Failure(.configuration, "the key must be one line. Mend the file.")
    }
    switch preset.authorization {
    case .header(let name, let prefix): return [HTTPField(name, prefix + key)]
    case .basic: return [HTTPField("Authorization", "Basic " + Data(key.utf8).base64EncodedString())]
    case .line:
      guard let colon = key.firstIndex(of: ":") else {
        throw Failure(.configuration, "the key of the preset generic is a header line, `Name: value`.")
      }
      return [
        HTTPField(
          String(key[..<colon]), key[key.index(after: colon)...].trimmingCharacters(in: .whitespaces))
      ]
    }
  }

  private func makeEmptyFolder() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: output, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      guard try FileManager.default.contentsOfDirectory(atPath: output).isEmpty else {
        throw Failure(.cannotCreate, "\(output) is not empty. Name a new folder: a pull is never mixed with another.")
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.cannotCreate, "cannot create \(output). Name a folder that this user may write to.")
    }
  }

  private struct State: Decodable {
    let preset: String
    let url: String
    /// A cursor stands for one question: what another one leaves out it would leave out unseen.
    let query: String
    let since: Int64

    var text: String {
      var out = JSONWriter()
      out.object { out in
        out.field("preset", preset)
        out.field("url", url)
        out.field("query", query)
        out.raw("since", String(since))
      }
      return out.text
    }
  }

  /// - Returns: `nil` at the first pull.
  private func cursor(_ preset: PullPreset, _ base: String) throws -> Int64? {
    guard let state, FileManager.default.fileExists(atPath: state) else { return nil }
    let bytes = try TextFile.bytes(state)
    do {
      let found = try JSONDecoder().decode(State.self, from: Data(bytes))
      guard found.preset == preset.id, found.url == base else {
        throw Failure(.configuration, "\(state) is the cursor of another system. Name another file with --state.")
      }
      guard found.query == query ?? "" else {
        let was = found.query.isEmpty ? "without --query" : "with --query “\(found.query)”"
        throw Failure(
          .configuration,
          "\(state) is the cursor of a pull \(was): tickets of another question would be left out. Name another file with"
            + " --state, or repeat that question.")
      }
      return found.since
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.configuration, "\(state) is no cursor of a pull. Remove it, or name another file with --state.")
    }
  }
}
