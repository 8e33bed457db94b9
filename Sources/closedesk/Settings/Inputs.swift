import Batch
import Examine
import Hashing
import ClosureModel
import Ingest
import Outbox

/// The inputs of a command as tickets.
enum Inputs {
  /// - Parameter rejects: where rows that cannot be read go; each input but the first has a file of its own.
  static func open(_ paths: [String], _ settings: Settings, rejects: String? = nil) throws -> [TicketExport] {
    let systems = try systems(settings.library)
    let facts = try paths.isEmpty ? nil : accountFacts(paths, settings)
    return try paths.enumerated().map { index, path in
      var options = settings.ingest
      options.rejects = rejects.map { rejectPath($0, index) }
      let export = try TicketExport(path: path, options: options, systems: systems, zone: settings.localZone)
      try checkHeader(of: export, path, settings)
      return facts.map { export.joining($0.file, sha256: $0.sha256) } ?? export
    }
  }

  /// The second file of account facts; nil: none was named.
  private static func accountFacts(
    _ inputs: [String], _ settings: Settings
  ) throws -> (file: AccountFactsFile, sha256: String?)? {
    guard let path = settings.facts else { return nil }
    if path == "-", inputs.contains("-") {
      throw Failure(.usage, "--facts and an export cannot both be standard input. Name one of them as a file.")
    }
    // Of what is read: a file that is given to another name meanwhile is told by the second look.
    let before = path == "-" ? nil : FileDigest.sha256(path)
    let file = try AccountFactsFile(path: path, options: settings.ingest, fold: Folding.fold)
    guard path == "-" || before == FileDigest.sha256(path) else {
      throw Failure(.inputOutput, "\(path) changed while it was read. Wait until it is complete, then run again.")
    }
    for name in file.unclear {
      Console.error(
        "closedesk: \(path): “\(Masking.name(name))” speaks of the account's state and is not mapped: unknown")
    }
    return (file, before)
  }

  /// Of the second input `rejects.csv` becomes `rejects-2.csv`.
  static func rejectPath(_ path: String, _ input: Int) -> String {
    guard input > 0 else { return path }
    let number = input + 1
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(path)-\(number)" }
    let suffix = name[dot...]
    return "\(path.dropLast(suffix.count))-\(number)\(suffix)"
  }

  /// The maps of `Templates/exports`, shipped or the operator's.
  static func systems(_ library: TemplateLibrary) throws -> [SystemMap] {
    try library.paths(under: "exports", suffix: ".yaml").compactMap { path in
      try library.text(path).map { try SystemMapLoader.load(text: $0.text, file: $0.file) }
    }
  }

  /// Names of a table's columns, in an order of their own: a column that moved changes nothing.
  static func header(of table: ExportSummary) -> [String] { (table.mapped.map(\.column) + table.unmapped).sorted() }

  static func sha256(of header: [String]) -> String {
    var hash = Digest.SHA256Stream()
    for name in header { hash.update("\(name.utf8.count):\(name)") }
    return hash.finalHex()
  }

  /// - Throws: `IngestError.headerChanged` with the names that came and went.
  private static func checkHeader(of export: TicketExport, _ path: String, _ settings: Settings) throws {
    guard let wanted = settings.file.headerSHA256, let table = export.table,
      table.format == .csv || table.format == .xlsx
    else { return }
    let names = header(of: table)
    guard sha256(of: names) != wanted else { return }
    let known = Set(settings.columns.keys)
    let came = names.filter { !known.contains($0) }.map { "“\($0)”" }
    let went = known.subtracting(names).sorted().map { "“\($0)”" }
    let changes = [
      came.isEmpty ? nil : "new: " + came.joined(separator: ", "),
      went.isEmpty ? nil : "gone: " + went.joined(separator: ", "),
    ].compactMap { $0 }
    throw IngestError(
      code: .headerChanged, file: path,
      what: "its header is not the one that input.columns was made for (\(changes.joined(separator: "; ")))",
      fix: "Look at the export, then map it again: closedesk map \(path)")
  }

  /// Reads every input once and stops when a part is missing.
  /// - Throws: `IngestError.incomplete` before anything was recorded.
  static func requireComplete(_ exports: [TicketExport]) throws {
    for export in exports {
      try export.forEach { _ in true }
      guard let receipt = export.receipt, !receipt.isComplete || receipt.rowErrors > 0 else { continue }
      for line in ReceiptLines.lines(receipt) { Console.error("closedesk: " + line) }
      let what = receipt.gaps.first?.what ?? "\(receipt.rowErrors) rows cannot be read"
      throw IngestError(
        code: .incomplete, file: receipt.file, what: what,
        fix: receipt.gaps.first?.fix ?? "Mend them, or run without --require-complete.")
    }
  }
}
