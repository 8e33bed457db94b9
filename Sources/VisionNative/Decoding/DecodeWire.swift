import ClosureModel
import FoundationEssentials

/// What parent and worker say to each other: one line of JSON, then `bytes` raw bytes. Both sides check every length
/// before they make room for it.
///
/// The parent sends one `Setup`, then any number of `Request`s, each when the one before is answered. The worker answers
/// `Setup` with one `Reply` of `ready`, `check` with `checked`, and `open` with any number of `page` and `failure` and
/// then one `done`.
enum DecodeWire {
  /// Longest header line.
  static let lineBytes = 64 << 10

  struct Setup: Codable {
    var limits: DecodeLimits
    /// Folder of the worker's own; its owner removes it.
    var scratch: String
    /// The worker dies with this process.
    var parent: Int32
  }

  struct Request: Codable {
    enum Operation: String, Codable { case open, check }
    var operation: Operation
    /// Of the file, which follows.
    var bytes = 0
    var longSide = 0
  }

  struct Reply: Codable {
    enum Kind: String, Codable { case ready, checked, page, failure, done }
    var kind: Kind
    /// Raw bytes that follow: four for each pixel of a page.
    var bytes = 0
    var page: Page?
    var failure: Failure?
    var confinement: Confinement?
    /// Bytes of memory in use, and the most there ever were.
    var memory: Int?
    var peak: Int?
  }

  struct Page: Codable {
    enum Source: String, Codable { case picture, scan, drawn, embedded }
    var number: Int
    var entry: String?
    var source: Source
    var pixelWidth: Int
    var pixelHeight: Int
    var width: Int
    var height: Int
  }

  struct Failure: Codable {
    var code: String
    var what: String
    var entry: String?
  }

  static func line(_ value: some Encodable) throws -> [UInt8] {
    Array(try JSONEncoder().encode(value)) + [UInt8(ascii: "\n")]
  }

  static func read<Value: Decodable>(_ type: Value.Type, from line: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(line))
  }
}

/// How far a worker is confined, as it found out itself by trying.
public struct Confinement: Sendable, Hashable, Codable {
  /// The system call filter is in force. False: this kernel or container does not allow one.
  public var filtered: Bool
  /// Why not, in the system's words.
  public var reason: String?
  /// Calls that were tried and refused, and those that went through.
  public var refused: [String] = []
  public var allowed: [String] = []
  /// What a program started by the worker says about itself: filter mode 2 and no new privileges.
  public var childIsConfined = false
}

extension DecodeFailure {
  init(_ wire: DecodeWire.Failure) {
    self.init(
      Code(rawValue: wire.code) ?? .broken, DecodeNames.plain(wire.what), entry: wire.entry.map(DecodeNames.plain))
  }
  var wire: DecodeWire.Failure { .init(code: code.rawValue, what: what, entry: entry) }
}

extension PageImage.Source {
  init(_ wire: DecodeWire.Page.Source) {
    switch wire {
    case .picture: self = .picture
    case .scan: self = .scan
    case .drawn: self = .drawn
    case .embedded: self = .embedded
    }
  }
}

/// Names that come out of archives: shown, never opened.
enum DecodeNames {
  /// Without control and direction characters, at most 200 characters.
  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(200) {
      let isPlain = scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
      scalars.append(isPlain ? scalar : "\u{FFFD}")
    }
    return String(scalars)
  }
}
