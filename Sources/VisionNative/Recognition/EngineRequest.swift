import ClosureModel
import Foundation

/// Bounds of the protocol in docs/ocr-protocol.md, both sides.
enum EngineLimits {
  static let headerBytes = 64 << 10
  static let replyBytes = 16 << 20
  static let side = 20_000
  static let pixels = 40_000_000
  static let characters = 512
  static let frames = 8192
  static let lines = 5000
  static let textScalars = 2000
}

/// What an engine can be asked.
enum EngineRequest: Sendable {
  case info
  case lines(Pixels)
  case frames(Pixels, characters: [Unicode.Scalar])

  enum Operation: String, Codable, Sendable { case info, lines, frames }

  /// The first line of a request; `bytes` bytes of pixels follow it.
  struct Header: Codable, Sendable {
    var id: String
    var op: Operation
    var width: Int?
    var height: Int?
    var bytes: Int
    var characters: [String]?
  }

  var picture: Pixels? {
    switch self {
    case .info: nil
    case .lines(let picture), .frames(let picture, _): picture
    }
  }

  /// The header as one line of JSON, a line feed, and the pixels: three bytes each, red, green, blue, row-major from the
  /// top left.
  /// - Throws: `.unsupported` when the picture or the list of characters is over a bound.
  func encoded(id: String) throws(RecognizerFailure) -> [UInt8] {
    let header: Header
    switch self {
    case .info: header = Header(id: id, op: .info, bytes: 0)
    case .lines(let picture):
      try Self.check(picture)
      header = Header(
        id: id, op: .lines, width: picture.width, height: picture.height, bytes: picture.width * picture.height * 3)
    case .frames(let picture, let characters):
      try Self.check(picture)
      guard characters.count <= EngineLimits.characters else {
        throw RecognizerFailure(
          .unsupported, "\(characters.count) different characters in one strip",
          fix: "At most \(EngineLimits.characters) can be asked for; let a person compare.")
      }
      header = Header(
        id: id, op: .frames, width: picture.width, height: picture.height, bytes: picture.width * picture.height * 3,
        characters: characters.map { String($0) })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and whole numbers only: the encoder has nothing to refuse.
    guard let line = try? encoder.encode(header), line.count < EngineLimits.headerBytes else {
      throw RecognizerFailure(.unsupported, "the request line is too long", fix: "Ask for fewer characters.")
    }
    var bytes = [UInt8](line)
    bytes.append(UInt8(ascii: "\n"))
    if let picture { bytes += picture.rgb }
    return bytes
  }

  private static func check(_ picture: Pixels) throws(RecognizerFailure) {
    guard picture.width > 0, picture.height > 0, picture.width <= EngineLimits.side,
      picture.height <= EngineLimits.side, picture.width * picture.height <= EngineLimits.pixels
    else {
      throw RecognizerFailure(
        .unsupported, "a picture of \(picture.width) × \(picture.height) pixels", fix: "Reduce it before reading.")
    }
  }
}

extension Pixels {
  /// Three bytes a pixel: without the fourth, which is always 255.
  var rgb: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      rgba.withUnsafeBufferPointer { source in
        for pixel in 0..<(width * height) {
          target[pixel * 3] = source[pixel * 4]
          target[pixel * 3 + 1] = source[pixel * 4 + 1]
          target[pixel * 3 + 2] = source[pixel * 4 + 2]
        }
      }
      count = width * height * 3
    }
  }
}
