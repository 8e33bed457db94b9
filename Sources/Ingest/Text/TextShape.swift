import ClosureModel

/// What a text is made of: a table, lines of JSON, or a list in JSON; told from its beginning.
struct TextShape {
  enum Form {
    case table(HeaderSearch)
    case lines
    /// - path: keys that lead to the list; empty: the text is the list.
    case list(path: [String])
  }
  let form: Form
  let guess: EncodingGuess

  static let bytes = 1 << 20
  static let supported = "Supported are CSV, JSON, JSON Lines and XLSX, in UTF-8, UTF-16, GB18030 or Big5"

  init(_ container: Container, _ options: IngestOptions) throws(IngestError) {
    let input = container.text
    func refuse(_ what: String, _ fix: String = "Export the tickets again.") -> IngestError {
      IngestError(code: .notAnExport, file: input.name, what: what, fix: "\(Self.supported). \(fix)")
    }
    if container.isSheet {
      guess = .sheet
      form = .table(try Self.table(input, guess, [CSVDialect(mayEndEarly: true)], options))
      return
    }
    var head = [UInt8](repeating: 0, count: Self.bytes)
    let count = try input.read(into: &head, from: 0, at: 0)
    head.removeLast(head.count - count)
    if let (kind, fix) = Self.foreign(head) { throw refuse("it is \(kind)", fix) }
    guard head.contains(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0].contains($0) }) else {
      throw refuse(head.contains(0) ? "it holds nothing but NULs" : "it is empty", "Look whether the export succeeded.")
    }
    let isWhole = count < Self.bytes
    let marked = EncodingGuess(head, whole: isWhole)
    var found: EncodingGuess
    if options.encoding == .auto || marked.map({ $0.skip > 0 }) == true {
      guard let marked else { throw refuse("it is binary data", "Name the export itself.") }
      found = marked
    } else {
      found = EncodingGuess(options.encoding)
    }
    var text = try Self.decoded(head, found, file: input.name)
    found.endsLinesWithCR = !text.contains(0x0A) && text.contains(0x0D)
    if found.endsLinesWithCR { text = text.map { $0 == 0x0D ? 0x0A : $0 } }
    guess = found
    guard EncodingGuess.looksWritten(text) else { throw refuse("it is binary data", "Name the export itself.") }
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? 0
    switch (options.format, first) {
    case (.csv, _): form = .table(try Self.table(input, guess, Self.dialects(text), options))
    case (.jsonl, _): form = .lines
    case (.json, UInt8(ascii: "[")), (.auto, UInt8(ascii: "[")):
      if let named = options.records {
        throw refuse("it is a list itself and has no “\(named)”", "Leave --records (input.records) out.")
      }
      form = .list(path: [])
    case (.json, UInt8(ascii: "{")), (.auto, UInt8(ascii: "{")):
      let path = try Self.path(text, options, file: input.name)
      if path == nil, options.format == .json {
        throw refuse("it is no JSON array, and no list is in it", "JSON Lines: --format jsonl.")
      }
      form = path.map { .list(path: $0) } ?? .lines
    case (.json, _): throw refuse("it is no JSON", "Leave --format out.")
    case (_, UInt8(ascii: "<")): throw refuse("it looks like HTML or XML", "Choose CSV or JSON where you export.")
    default: form = .table(try Self.table(input, guess, Self.dialects(text), options))
    }
  }

  /// Whether this is an export of tickets, as far as its beginning shows.
  static func holdsTickets(_ container: Container, _ options: IngestOptions) -> Bool {
    guard let shape = try? TextShape(container, options) else { return false }
    switch shape.form {
    case .table(let search): return search.isFound
    case .list(let path):
      guard var pass = try? JSONPass(container.text, shape.guess, path: path, options) else { return false }
      return Self.firstIsTicket(&pass, options)
    case .lines:
      guard var pass = try? JSONPass(container.text, shape.guess, path: nil, options) else { return false }
      return Self.firstIsTicket(&pass, options)
    }
  }

  private static func firstIsTicket(_ pass: inout JSONPass, _ options: IngestOptions) -> Bool {
    guard let record = try? pass.next() else { return false }
    var names: [String] = []
    _ = try? pass.members(record) { fields in names = fields.map { String(decoding: $0.keyBytes, as: UTF8.self) } }
    return ColumnMap(names: names, configured: options.columns).missing(options.needed).isEmpty
  }

  private static func table(
    _ input: ByteInput, _ guess: EncodingGuess, _ dialects: [CSVDialect], _ options: IngestOptions
  ) throws(IngestError) -> HeaderSearch {
    let search = try HeaderSearch(input, guess, dialects, options)
    guard !search.names.isEmpty else {
      throw IngestError(
        code: .notAnExport, file: input.name,
        what: search.isTooWide
          ? "its rows have more than \(HeaderSearch.maxColumns) columns" : "its first lines are no header",
        fix: "\(supported). Export again.")
    }
    return search
  }

  private static func decoded(_ head: [UInt8], _ guess: EncodingGuess, file: String) throws(IngestError) -> [UInt8] {
    var raw = Array(head.dropFirst(guess.skip))
    guard let converter = try Converter(guess.encoding, file: file) else { return raw }
    var out = [UInt8](repeating: 0, count: raw.count * 2 + 16)
    let (used, _) = converter.convert(&raw, raw.count, into: &out, room: out.count)
    return Array(out[0..<used])
  }

  /// What `sep=` says, else all, the one that the first lines have most of first.
  private static func dialects(_ text: [UInt8]) -> [CSVDialect] {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    if line.count == 5, line.starts(with: Array("sep=".utf8)), let separator = line.last {
      return [CSVDialect(delimiter: separator, hasSeparatorLine: true)]
    }
    if line.elementsEqual(Array("sep=\t".utf8)) { return [CSVDialect(delimiter: 0x09, hasSeparatorLine: true)] }
    let start = text.prefix(1 << 14)
    // A header that knows no other separator: exports of Roundup.
    let colons = line.count { $0 == UInt8(ascii: ":") }
    if colons >= 5, !line.contains(where: { ",;\t|".utf8.contains($0) }) {
      return [CSVDialect(delimiter: UInt8(ascii: ":"))]
    }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
      .map { separator in (separator, start.count { $0 == separator }) }
      .filter { $0.1 > 0 || $0.0 == UInt8(ascii: ",") }
      .sorted { $0.1 > $1.1 }
      .map { CSVDialect(delimiter: $0.0) }
  }

  private static func path(_ text: [UInt8], _ options: IngestOptions, file: String) throws(IngestError) -> [String]? {
    if let named = options.records { return named.split(separator: ".").map(String.init) }
    let search = EnvelopeSearch(text)
    // Objects that are tickets themselves: one a line.
    if ColumnMap(names: search.keys, configured: options.columns).missing(options.needed).isEmpty { return nil }
    guard search.lists.count > 1 else { return search.lists.first }
    let usual = search.lists.filter { EnvelopeSearch.usualNames.contains($0.last ?? "") }
    guard usual.count == 1 else {
      let lists = search.lists.prefix(10).map { "“\($0.joined(separator: "."))”" }.joined(separator: ", ")
      throw IngestError(
        code: .notAnExport, file: file, what: "it holds several lists: \(lists)",
        fix: "Name the list of tickets with --records (input.records in the configuration).")
    }
    return usual[0]
  }

  private static func foreign(_ head: [UInt8]) -> (String, String)? {
    let own = "Name the export itself."
    let signs: [([UInt8], String, String)] = [
      ([0x89, 0x50, 0x4E, 0x47], "a PNG picture", own), ([0xFF, 0xD8, 0xFF], "a JPEG picture", own),
      (Array("%PDF".utf8), "a PDF", own), (Array("GIF8".utf8), "a GIF picture", own),
      (
        [0xD0, 0xCF, 0x11, 0xE0], "an old Office file (XLS) or a workbook with a password",
        "Save it as XLSX or CSV, without a password."
      ), ([0x1F, 0x8B], "a gzip archive", "Unpack it first."),
      (Array("Rar!".utf8), "a RAR archive", "Unpack it first."),
      ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive", "Unpack it first."),
      (Array("SQLite format 3".utf8), "an SQLite database", own),
    ]
    return signs.first { head.starts(with: $0.0) }.map { ($0.1, $0.2) }
  }
}

extension EncodingGuess {
  init(_ encoding: TextEncoding) {
    self.encoding = encoding
    skip = 0
  }

  /// What a sheet was written as.
  static let sheet = EncodingGuess(.utf8)
}
