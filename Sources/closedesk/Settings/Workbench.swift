import Batch
import CMalloc
import ClosureModel
import Compose
import Decide
import Examine
import Ingest

/// Policy, calendar, texts and reader, loaded and checked before the first ticket.
struct Workbench: Sendable {
  let policy: Policy
  let calendar: WorkingCalendar
  let catalog: FindingCatalog
  let examiner: TicketExaminer
  let settings: Settings

  init(_ settings: Settings) throws {
    self.settings = settings
    policy = try Self.policy(settings.policy, settings.library)
    calendar = try Self.calendar(policy.deadline.calendar, settings.library)
    catalog = try Self.catalog(settings.library)
    examiner = try Self.examiner(policy, settings.library)
    // What building the readers' tables left behind is given back before the first ticket: threads that come later
    // have memory of their own and would not use it.
    malloc_trim(0)
  }

  /// - Parameter name: an id of the library or a file's path.
  static func policy(_ name: String, _ library: TemplateLibrary) throws -> Policy {
    if name.contains("/") || name.hasSuffix(".yaml") {
      return try PolicyLoader.load(text: try TextFile.read(name, notFound: .configuration), file: name)
    }
    guard let (file, text) = try library.text("policies/\(name).yaml") else {
      let known = policyIDs(library).joined(separator: ", ")
      throw Failure(.configuration, "there is no policy “\(name)”. Known: \(known); or name a file.")
    }
    return try PolicyLoader.load(text: text, file: file)
  }

  static func policyIDs(_ library: TemplateLibrary) -> [String] {
    library.paths(under: "policies", suffix: ".yaml").map {
      String($0.dropFirst("policies/".count).dropLast(".yaml".count))
    }
  }

  static func calendar(_ id: String, _ library: TemplateLibrary) throws -> WorkingCalendar {
    let files = try library.paths(under: "calendars", suffix: ".yaml")
      .filter { $0.hasPrefix("calendars/\(id)-") }
      .compactMap { try library.text($0) }
    guard !files.isEmpty else {
      throw Failure(
        .configuration, "there is no calendar “\(id)”: no file Templates/calendars/\(id)-YEAR.yaml. Add one.")
    }
    return try WorkingCalendar(files: files)
  }

  static func catalog(_ library: TemplateLibrary) throws -> FindingCatalog {
    var files: [Locale: (file: String, text: String)] = [:]
    for locale in Locale.allCases { files[locale] = try library.text("findings/\(locale.rawValue).yaml") }
    return try FindingCatalog(files: files)
  }

  static func examiner(_ policy: Policy, _ library: TemplateLibrary) throws -> TicketExaminer {
    let lexicons = try library.paths(under: "lexicons", suffix: ".txt").compactMap { try library.text($0) }
    return try TicketExaminer(policy: policy, lexicons: lexicons)
  }

  static func contactCheck(_ library: TemplateLibrary) throws -> ContactCheck {
    try ContactCheck(lexicons: library.paths(under: "lexicons", suffix: ".txt").compactMap { try library.text($0) })
  }

  func composer() throws -> ReplyComposer {
    var failure: (any Error)?
    let composer = try ReplyComposer(
      policy: policy, catalog: catalog, locale: settings.locale, now: settings.clock()
    ) { name, locale in
      for suffix in [".txt", ".html"] {
        do {
          if let found = try settings.library.text("replies/\(locale.rawValue)/\(name)\(suffix)") { return found }
        } catch let error {
          failure = error
        }
      }
      return nil
    }
    if let failure { throw failure }
    return composer
  }

  /// - Parameter sources: their own attachments are looked at beside the folder of the settings.
  func pipeline(_ reach: LetterTools.Reach, _ sources: [TicketExport]) throws -> Pipeline {
    let reader = try attachments(sources)
    return Pipeline(
      policy: policy, examiner: examiner, judge: Judge(policy: policy, calendar: calendar), composer: try composer(),
      attachments: reader ?? NoAttachments(),
      letters: try policy.letter.flatMap { _ in try reader.map { try letterTools(reach).desk($0) } })
  }

  /// The folder of the settings, those of systems' exports, and the archives that exports came in; nil: none of them.
  private func attachments(_ sources: [TicketExport]) throws -> (any AttachmentReader)? {
    let folders = try ExportAttachmentReader(folder: settings.attachments, exports: sources)
    let reader: (any AttachmentReader)? = folders.hasPlaces ? folders : nil
    return try archives(sources, otherwise: reader ?? NoAttachments()) ?? reader
  }

  /// The archives that exports came in; nil: none.
  private func archives(_ sources: [TicketExport], otherwise: any AttachmentReader) throws -> ArchiveAttachmentReader? {
    let archives = sources.compactMap { source in source.archive.map { (source.file, $0) } }
    guard !archives.isEmpty else { return nil }
    return try ArchiveAttachmentReader(
      Dictionary(archives, uniquingKeysWith: { first, _ in first }), otherwise: otherwise)
  }

  func hasAttachments(_ sources: [TicketExport]) throws -> Bool { try attachments(sources) != nil }

  /// Nil where no letters are looked at.
  func crops(_ sources: [TicketExport], reveal: Bool) throws -> LetterCrops? {
    guard policy.letter != nil, let reader = try attachments(sources) else { return nil }
    return LetterCrops(attachments: reader, tools: try letterTools(.local), reveal: reveal)
  }

  func letterTools(_ reach: LetterTools.Reach) throws -> LetterTools {
    try LetterTools(settings, policy: policy, reader: examiner, reach: reach)
  }

  /// - Parameter rejects: of several exports each but the first has a file of its own, with its number in the name.
  /// - Throws: when an input is no export, or its header is not the one that `input.columns` was made for.
  func sources(_ paths: [String], rejects: String? = nil) throws -> [TicketExport] {
    let exports = try Inputs.open(paths, settings, rejects: rejects)
    let files = try ExportAttachmentReader(folder: settings.attachments, exports: exports)
    guard files.hasPlaces else { return exports }
    let archives = try archives(exports, otherwise: files)
    return exports.map { export in
      export.counting { ticket in
        let inside = archives?.missing(of: ticket)
        return inside == 0 ? 0 : min(files.missing(of: ticket), inside ?? .max)
      }
    }
  }

  /// Says when the calendar of the coming year is due, `nil` while all is well.
  func calendarWarning() -> String? {
    // Deadlines of tickets filed in the last weeks of a year fall into the next one.
    let ahead = settings.clock().day().adding(days: 45).year
    guard !calendar.years.contains(ahead) else { return nil }
    let id = policy.deadline.calendar
    return "calendar \(id): no working days for \(ahead); deadlines that reach it are given without a date."
      + " Add calendars/\(id)-\(ahead).yaml to the templates folder when the State Council has published them."
  }
}
