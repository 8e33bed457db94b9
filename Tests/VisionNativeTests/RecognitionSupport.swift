import ClosureModel
import Foundation
import Glibc
import Testing

@testable import VisionNative

enum Pictures {
  /// All of one grey; the first byte tells the scripted engine what to do.
  static func plain(_ first: UInt8, width: Int = 8, height: Int = 8, grey: UInt8 = 255) -> Pixels {
    var rgba = [UInt8](repeating: grey, count: width * height * 4)
    for pixel in 0..<(width * height) { rgba[pixel * 4 + 3] = 255 }
    rgba[0] = first
    return Pixels(width: width, height: height, rgba: rgba)
  }

  /// A line of writing from Resources/, drawn with Noto Sans CJK.
  static func line(_ name: String) throws -> Pixels {
    let bytes = [UInt8](try Data(contentsOf: Places.resources.appendingPathComponent("\(name).pbm")))
    // P4, width and height, then rows of bits from the high one, 1 for black, each row filled up to a byte.
    let fields = bytes.prefix(32).split(maxSplits: 3, whereSeparator: { $0 == 10 || $0 == 32 })
    let numbers = fields.dropFirst().prefix(2).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    try #require(fields.first == [0x50, 0x34] && numbers.count == 2)
    let (width, height) = (numbers[0], numbers[1])
    let row = (width + 7) / 8
    let bits = bytes.suffix(row * height)
    var rgba = [UInt8](repeating: 255, count: width * height * 4)
    for y in 0..<height {
      for x in 0..<width where bits[bits.startIndex + y * row + x / 8] >> (7 - x % 8) & 1 == 1 {
        rgba.replaceSubrange((y * width + x) * 4..<(y * width + x) * 4 + 3, with: [20, 20, 20])
      }
    }
    return Pixels(width: width, height: height, rgba: rgba)
  }

  /// White paper with lines of writing under one another.
  static func page(_ names: [String], width: Int = 720, height: Int = 1000) throws -> Pixels {
    var rgba = [UInt8](repeating: 255, count: width * height * 4)
    for (index, name) in names.enumerated() {
      let line = try line(name)
      for y in 0..<line.height {
        let start = ((120 + index * 130 + y) * width + 90) * 4
        rgba.replaceSubrange(
          start..<start + line.width * 4, with: line.rgba[y * line.width * 4..<(y + 1) * line.width * 4])
      }
    }
    return Pixels(width: width, height: height, rgba: rgba)
  }

  /// One quarter turn clockwise.
  static func turned(_ picture: Pixels) -> Pixels {
    var rgba = [UInt8](repeating: 255, count: picture.rgba.count)
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let from = (y * picture.width + x) * 4
        let to = (x * picture.height + picture.height - 1 - y) * 4
        rgba.replaceSubrange(to..<to + 4, with: picture.rgba[from..<from + 4])
      }
    }
    return Pixels(width: picture.height, height: picture.width, rgba: rgba)
  }
}

enum Places {
  // The folder may have been reached through a link.
  private static let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
  static let root = here.deletingLastPathComponent().deletingLastPathComponent()
  static let resources = here.appendingPathComponent("Resources")

  static let python3: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { (path: String) in
    access(path, X_OK) == 0
  }

  /// CLOSEDESK_OCR_PYTHON, or what scripts/install-ocr made.
  static let rapidPython = Recognizers.python(
    named: ProcessInfo.processInfo.environment["CLOSEDESK_OCR_PYTHON"], searching: [root.path])

  static func worker() throws -> String {
    try String(contentsOf: root.appendingPathComponent("Templates/ocr/rapidocr_worker.py"), encoding: .utf8)
  }

  /// The built program beside this test's own.
  static let closedesk: String? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let path = folder.appendingPathComponent("closedesk").path
      if access(path, X_OK) == 0,
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType == .typeRegular
      {
        return path
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  static func scripted(
    _ mode: String = "", workers: Int = 1, seconds: Double = 20, startSeconds: Double = 20, memory: Int = 900 << 20
  ) throws -> CommandRecognizer {
    var settings = CommandRecognizer.Settings()
    settings.workers = workers
    settings.seconds = seconds
    settings.startSeconds = startSeconds
    settings.memoryBytes = memory
    return CommandRecognizer(
      name: "scripted", program: try #require(python3),
      arguments: ["-I", resources.appendingPathComponent("engine.py").path, mode], settings: settings)
  }
}
