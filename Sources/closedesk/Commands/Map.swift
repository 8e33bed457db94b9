import ArgumentParser
import ClosureModel
import Compose
import Foundation
import Glibc
import Ingest

struct MapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "为导出提出列映射，确认后写入配置 / proposes a mapping of columns and writes it to the configuration.",
    discussion: """
      Shows each column with three sample values (masked) and the field that it most likely is, by its name, then by \
      what its values look like. On a terminal it asks; elsewhere it prints the YAML. Later runs use the mapping and stop \
      when the header is no longer the same. A ticket system's own export needs none.

        closedesk map export.csv
        closedesk map export.csv < /dev/null >> closedesk.yaml
      """)

  @Argument(help: "工单导出文件 / an export.")
  var input: String

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var options: InputOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: options)
      if input != "-", let system = try Self.system(input, settings) {
        Console.out("\(input): \(system). Its map knows where everything is; no columns need to be named.")
        return .done
      }
      let sample = try ColumnSample(path: input, options: settings.ingest)
      var chosen = ColumnProposal.fields(sample, configured: settings.columns)
      var open = Set(
        sample.names.indices.filter {
          chosen[$0] == nil && settings.columns[sample.names[$0]] == nil
            && ColumnProposal.fact(spokenOfIn: sample.names[$0]) != nil
        })
      let asks = isatty(STDIN_FILENO) == 1 && Console.outputIsTerminal && input != "-"
      for (index, name) in sample.names.enumerated() {
        let values = sample.values[index].map { "“" + Self.shown($0) + "”" }.joined(separator: "  ")
        let field = chosen[index]?.rawValue ?? (open.contains(index) ? "?" : "ignore")
        let heading = Columns.padded(Masking.name(name), to: 18)
        let line = "  " + heading + " → " + Columns.padded(field, to: 16) + " " + values
        asks ? Console.out(line) : Console.error(line)
        guard asks else { continue }
        Console.errorRaw("    field, or Enter for “\(field)”: ")
        while let answer = readLine()?.trimmingCharacters(in: .whitespaces), !answer.isEmpty {
          if let own = TicketField(rawValue: answer) {
            chosen[index] = own == .ignore ? nil : own
            open.remove(index)
            break
          }
          Console.errorRaw("    one of \(TicketField.allCases.map(\.rawValue).joined(separator: ", ")): ")
        }
      }
      let kept = sample.names.indices.filter { !open.contains($0) }
      let yaml = ConfigurationEdit.lines(
        names: kept.map { sample.names[$0] }, fields: kept.map { chosen[$0] },
        sha256: Inputs.sha256(of: sample.names.sorted()))
      for index in open.sorted() {
        let fact = ColumnProposal.fact(spokenOfIn: sample.names[index])?.rawValue ?? ""
        Console.error(
          "closedesk: “\(sample.names[index])” speaks of \(fact) and is left out: tickets go to a person until you name its field, or ignore it"
        )
      }
      let missing = [TicketField.ticket, .category, .body].filter { field in !chosen.contains { $0 == field } }
      if !missing.isEmpty {
        Console.error(
          "closedesk: no column yet for \(missing.map(\.rawValue).joined(separator: ", ")); a run needs them")
      }
      guard asks else {
        Console.out("input:\n" + yaml.joined(separator: "\n"))
        return .done
      }
      let path = settings.configPath ?? "closedesk.yaml"
      Console.errorRaw("write this to \(path)? [y/N] ")
      guard ["y", "yes", "是"].contains(readLine()?.lowercased() ?? "") else {
        Console.out("input:\n" + yaml.joined(separator: "\n"))
        return .done
      }
      let old = settings.configPath == nil ? "" : try TextFile.read(path)
      let text = ConfigurationEdit.replacing(in: old, with: yaml)
      // What is written must be read again, whole.
      _ = try SettingsFile(text: text, file: path)
      try Self.replace(path, with: text)
      Console.error("closedesk: \(path) holds the mapping")
      return .done
    }
  }

  /// In one step, with the rights that the file had; through a link to the file itself.
  private static func replace(_ path: String, with text: String) throws {
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var info = stat()
    let isThere = stat(place, &info) == 0
    try LineFile.write(text.hasSuffix("\n") ? String(text.dropLast()) : text, to: place)
    if isThere, chmod(place, info.st_mode & 0o7777) != 0 {
      throw Failure(
        .cannotCreate, "cannot give \(path) its rights back. Look at them: others may not be able to read it.")
    }
  }

  private static func system(_ path: String, _ settings: Settings) throws -> String? {
    let systems = try Inputs.systems(settings.library)
    do throws(IngestError) {
      return try TicketExport(path: path, options: settings.ingest, systems: systems, zone: settings.localZone).system
    } catch {
      // A table whose columns are not known yet is what this command is for.
      guard error.code == .unknownColumns else { throw error }
      return nil
    }
  }

  private static func shown(_ value: String) -> String {
    let line = Masking.text(value).split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 24 ? line.prefix(23) + "…" : line
  }
}
