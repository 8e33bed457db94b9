import ClosureModel
import Glibc

/// What the programs of poppler-utils say about a PDF file and draw of it. They run as children of the worker, inside
/// its sandbox, one at a time.
struct PopplerTools {
  let sandbox: Sandbox
  let limits: DecodeLimits
  /// Absolute path of the PDF.
  let file: String
  let scratch: ScratchFolder
  let deadline: ContinuousClock.Instant

  struct PageSize {
    /// Points, after the page's rotation is taken off: as the content is laid out.
    var width: Double
    var height: Double
    /// Quarter turns clockwise in degrees.
    var rotation: Int
  }

  /// One picture that a page uses.
  struct Image {
    var page: Int
    var kind: String
    var width: Int
    var height: Int
    var colour: String
    var encoding: String
    /// Pixels an inch as it is laid on the page.
    var acrossPerInch: Double
    var downPerInch: Double
  }

  /// Number of pages, and sizes of the first of them.
  /// - Throws: `.encrypted` when it opens only with a password, `.broken`.
  func info() throws(DecodeFailure) -> (pages: Int, sizes: [Int: PageSize]) {
    let text = try run("pdfinfo", ["-f", "1", "-l", "\(limits.pages)", file])
    var pages = 0
    var sizes: [Int: PageSize] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
      if words.first == "Pages", words.count > 1 { pages = Int(words[1]) ?? 0 }
      guard words.first == "Page", words.count > 3, let number = Int(words[1]) else { continue }
      if words[2] == "size", words.count > 5, let width = Double(words[3]), let height = Double(words[5]) {
        sizes[number] = PageSize(width: width, height: height, rotation: 0)
      } else if words[2] == "rot", let rotation = Int(words[3]) {
        sizes[number]?.rotation = ((rotation % 360) + 360) % 360
      }
    }
    guard pages > 0 else { throw DecodeFailure(.broken, "the PDF file has no pages") }
    return (pages, sizes)
  }

  /// Pictures of the first pages, in order.
  func images(upTo page: Int) throws(DecodeFailure) -> [Image] {
    let text = try run("pdfimages", ["-list", "-f", "1", "-l", "\(page)", file])
    return text.split(separator: "\n").dropFirst(2).compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 14, let page = Int(words[0]), let width = Int(words[3]), let height = Int(words[4]),
        let across = Double(words[words.count - 4]), let down = Double(words[words.count - 3])
      else { return nil }
      return Image(
        page: page, kind: String(words[2]), width: width, height: height, colour: String(words[5]),
        encoding: String(words[8]), acrossPerInch: across, downPerInch: down)
    }
  }

  /// The bytes of the one picture of a page: a JPEG as it is, anything else as PBM, PGM or PPM.
  func picture(ofPage page: Int) throws(DecodeFailure) -> [UInt8]? {
    let root = "\(scratch.path)/page"
    _ = try run("pdfimages", ["-j", "-f", "\(page)", "-l", "\(page)", file, root])
    defer { for kind in ["jpg", "ppm", "pgm", "pbm"] { scratch.remove("page-000.\(kind)") } }
    for kind in ["jpg", "ppm", "pgm", "pbm"] {
      if let bytes = scratch.read("page-000.\(kind)", limit: limits.pictureBytes) { return bytes }
    }
    return nil
  }

  /// The page as people see it, as PPM.
  /// - Parameter longSide: pixels of its longer side.
  func draw(page: Int, longSide: Int) throws(DecodeFailure) -> [UInt8] {
    let bytes = try runRaw(
      "pdftoppm",
      ["-singlefile", "-cropbox", "-f", "\(page)", "-l", "\(page)", "-scale-to", "\(longSide)", file],
      limit: longSide * longSide * 3 + 100)
    guard !bytes.isEmpty else { throw DecodeFailure(.broken, "page \(page) of the PDF file cannot be drawn") }
    return bytes
  }

  /// The page as people see it, every pixel of its content's width and height shared out evenly.
  /// - Parameter pixels: of the content before the page's rotation.
  func draw(page: Int, _ size: PageSize, as pixels: (width: Int, height: Int)) throws(DecodeFailure) -> [UInt8] {
    // pdftoppm rounds up: a tenth of a pixel less comes out as what was asked for.
    let across = 72 * (Double(pixels.width) - 0.1) / size.width
    let down = 72 * (Double(pixels.height) - 0.1) / size.height
    let isTurned = size.rotation == 90 || size.rotation == 270
    return try runRaw(
      "pdftoppm",
      [
        "-singlefile", "-cropbox", "-f", "\(page)", "-l", "\(page)", "-rx", "\(isTurned ? down : across)", "-ry",
        "\(isTurned ? across : down)", file,
      ], limit: (pixels.width + Self.roundings) * (pixels.height + Self.roundings) * 3 + 100)
  }
  /// Rows and columns that a turned page may have more than was asked for: it is sized before it is turned.
  private static let roundings = 2

  private func run(_ tool: String, _ arguments: [String]) throws(DecodeFailure) -> String {
    String(decoding: try runRaw(tool, arguments, limit: 1 << 20), as: UTF8.self)
  }

  private func runRaw(_ tool: String, _ arguments: [String], limit: Int) throws(DecodeFailure) -> [UInt8] {
    guard
      let path = (["/usr/bin/\(tool)", "/usr/local/bin/\(tool)"] as [String]).first(where: { access($0, X_OK) == 0 })
    else {
      throw DecodeFailure(.unavailable, "\(tool) is not installed (package poppler-utils)")
    }
    let command = ChildProcess.Command(
      path, arguments, environment: ["LC_ALL": "C", "HOME": scratch.path, "TMPDIR": scratch.path],
      directory: scratch.path, ownGroup: false)
    let output: [UInt8]
    let ending: ChildProcess.Ending
    let messages: String
    do throws(ChildProcess.Failure) {
      let child = try sandbox.startingTool { () throws(ChildProcess.Failure) in try ChildProcess(command) }
      defer { child.stop() }
      (output, ending) = try child.exchange(limit: limit, by: deadline)
      messages = child.messages
    } catch {
      switch error {
      case .tooSlow: throw DecodeFailure(.tooSlow, "the PDF file takes too long")
      case .tooMuch: throw DecodeFailure(.tooLarge, "the PDF file unpacks to more than is read")
      case .closed, .notStarted: throw DecodeFailure(.unavailable, "\(tool) could not be started")
      }
    }
    guard ending == .exited(0) else { throw Self.failure(ending, messages) }
    return output
  }

  private static func failure(_ ending: ChildProcess.Ending, _ messages: String) -> DecodeFailure {
    switch ending {
    case .killed(SIGXCPU): return DecodeFailure(.tooSlow, "the PDF file takes too long")
    case .killed(SIGXFSZ): return DecodeFailure(.tooLarge, "the PDF file unpacks to more than is read")
    case .killed, .exited:
      if messages.contains("Incorrect password") {
        return DecodeFailure(.encrypted, "the PDF file opens only with a password")
      }
      if messages.contains("bad_alloc") || messages.contains("Out of memory") || messages.contains("out of memory") {
        return DecodeFailure(.tooHungry, "the PDF file needs more memory than a decoder may use")
      }
      return DecodeFailure(.broken, "the PDF file is damaged")
    }
  }
}
