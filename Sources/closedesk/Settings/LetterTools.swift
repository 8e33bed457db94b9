import Batch
import ClosureModel
import DeliverCurl
import Dispatch
import Examine
import Foundation
import Synchronization
import VisionNative

/// What opens and reads letters: the decoder's child processes, the recogniser, the examiner over both.
struct LetterTools: Sendable {
  /// Whether this command may speak to other machines; `validate` never does.
  enum Reach { case local, network }

  /// Letters are looked at with about 1,600 pixels on the long side: enough for thin rings and for small print.
  private static let longSide = 1600

  let decoder: DecodePool
  let recognizer: any TextRecognizer
  private let examiner: LetterExaminer
  private let policy: Policy
  private let workers: Int

  init(_ settings: Settings, policy: Policy, reader: TicketExaminer, reach: Reach) throws {
    workers = settings.file.ocr.workers
    decoder = DecodePool(
      executable: Self.program, arguments: ["decode-worker"], workers: workers,
      temporaryFolder: FileManager.default.temporaryDirectory.path)
    recognizer = try Self.recognizer(settings, reach)
    examiner = LetterExaminer(
      sight: PixelSight(), recognizer: recognizer, reader: reader, drawn: SharedDrawings(settings.library).characters)
    self.policy = policy
  }

  func desk(_ attachments: any AttachmentReader) -> LetterDesk {
    LetterDesk(reader: attachments, width: workers) { name, sha256, bytes, type, expectation, isThorough in
      examine(name, sha256, bytes, type, expectation, isThorough: isThorough)
    }
  }

  /// - Parameter isThorough: reads what the look at the pages has settled too.
  func examine(
    _ name: String, _ sha256: String, _ bytes: [UInt8], _ type: AttachmentFact.FileType,
    _ expectation: LetterDesk.Expectation, isThorough: Bool = false
  ) -> AttachmentReading {
    do throws(DecodeFailure) {
      let file = try decoder.open(bytes, longSide: Self.longSide)
      return examiner.examine(
        file, name: name, sha256: sha256, expecting: expected(expectation), isThorough: isThorough)
    } catch {
      return AttachmentReading(
        name: name, sha256: sha256, type: type, failures: [error], pages: [], depth: .notOpened, problems: [],
        letter: nil)
    }
  }

  /// What is known of the recogniser: its name, and why no letter can be accepted on its word where that is so.
  func probe() throws(RecognizerFailure) -> (name: String, weakness: String?) {
    let info = try recognizer.probe()
    let name = info.version.isEmpty ? info.name : "\(info.name) \(info.version)"
    let isEnough = info.readsNames && info.givesFrames
    return (
      name,
      isEnough ? nil : "\(name): no letter is accepted on its word; people look at them. `make ocr` installs RapidOCR."
    )
  }

  /// For measuring: each name held against the writing on the file's seal.
  func rings(_ bytes: [UInt8], of companies: [String]) throws -> [LetterReading.Ring?] {
    try examiner.rings(decoder.open(bytes, longSide: Self.longSide), of: companies)
  }

  func pages(_ bytes: [UInt8]) throws(DecodeFailure) -> DecodedFile { try decoder.open(bytes, longSide: Self.longSide) }

  private func expected(_ expectation: LetterDesk.Expectation) -> LetterExpectation {
    LetterExpectation(
      titles: policy.letter?.titles ?? [], provider: policy.provider, company: expectation.company,
      account: expectation.account)
  }

  /// This program: the workers are hidden subcommands of it.
  private static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  // MARK: The recogniser

  private static func recognizer(_ settings: Settings, _ reach: Reach) throws -> any TextRecognizer {
    let ocr = settings.file.ocr
    var limits = CommandRecognizer.Settings()
    limits.workers = ocr.workers
    switch ocr.engine {
    case .none: return NoRecognizer(why: "reading is switched off (ocr.engine: none)")
    case .tesseract: return Tesseract(program: program, settings: limits)
    case .rapidocr:
      guard let python = python(settings) else {
        throw Failure(.configuration, "ocr.engine: rapidocr is not installed. Run `make ocr`, or name ocr.python.")
      }
      return RapidOCR(python: python, worker: try worker(settings), settings: limits)
    case .auto:
      guard let python = python(settings) else { return Tesseract(program: program, settings: limits) }
      return RapidOCR(python: python, worker: try worker(settings), settings: limits)
    case .command:
      return CommandRecognizer(
        name: "ocr.command", program: settings.beside(ocr.command[0]), arguments: Array(ocr.command.dropFirst()),
        settings: limits)
    case .http:
      // A dry run speaks to nobody.
      guard reach == .network, let url = ocr.url else {
        return NoRecognizer(why: "a dry run does not ask the service under ocr.url; letters are left to people")
      }
      var options = CurlOptions()
      options.allowHTTPLoopback = settings.file.webhook.allowHTTPLoopback
      options.allowHosts = settings.file.webhook.allowHosts
      options.caFile = settings.file.webhook.caFile
      options.maxResponseBytes = 8 << 20
      options.maxConnections = ocr.workers
      if let why = CurlTransport.checkURL(url, options: options) { throw Failure(.configuration, "ocr.url: \(why)") }
      let poster = Poster(transport: try CurlTransport(options: options), url: url)
      return HTTPRecognizer { (body) throws(RecognizerFailure) in try poster.post(body) }
    }
  }

  private static func worker(_ settings: Settings) throws -> String {
    guard let (_, text) = try settings.library.text("ocr/rapidocr_worker.py") else {
      throw Failure(.internalError, "the program carries no ocr/rapidocr_worker.py")
    }
    return text
  }

  private static func python(_ settings: Settings) -> String? {
    let named = ProcessInfo.processInfo.environment["CLOSEDESK_OCR_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    var folders = [settings.configFolder, FileManager.default.currentDirectoryPath]
    // A build's binary lies some folders below the project that holds .ocr.
    var folder = (program as NSString).deletingLastPathComponent
    for _ in 0..<5 where folder != "/" {
      folders.append(folder)
      folder = (folder as NSString).deletingLastPathComponent
    }
    return Recognizers.python(named: named ?? settings.file.ocr.python.map(settings.beside), searching: folders)
  }
}

/// The drawn characters, read once, when the first seal needs them: most runs never do.
private final class SharedDrawings: Sendable {
  private let library: TemplateLibrary
  private let read = Mutex<DrawnCharacters??>(nil)
  init(_ library: TemplateLibrary) { self.library = library }

  /// - Returns: nil where a file cannot be read; said once.
  @Sendable func characters() -> DrawnCharacters? {
    read.withLock { read in
      if let read { return read }
      func file<File>(_ path: String, _ script: String, _ open: ([UInt8]) -> File?) -> File? {
        // Whatever the reason, the answer is the same: it is said below, and people look at the seals.
        let bytes = try? library.document(path)
        let file = bytes.flatMap { $0 }.flatMap(open)
        if file == nil {
          Console.error(
            "closedesk: \(path) is no file of scripts/\(script); seals are left to people. Make it anew, or remove yours."
          )
        }
        return file
      }
      let book = file("ocr/glyphs.bin", "make-glyphs") { GlyphBook($0) }
      let net = file("ocr/characters.bin", "train-characters") { CharacterNet($0) }
      let drawn = book.flatMap { book in net.map { DrawnCharacters(book: book, net: $0) } }
      read = .some(drawn)
      return drawn
    }
  }
}

/// Reads nothing, and says why.
struct NoRecognizer: TextRecognizer {
  let why: String
  var info: RecognizerInfo { RecognizerInfo(name: "none", version: "", readsNames: false, givesFrames: false) }
  private var failure: RecognizerFailure {
    RecognizerFailure(.unavailable, why, fix: "Set ocr.engine, or leave letters to people.")
  }
  func probe() throws(RecognizerFailure) -> RecognizerInfo { throw failure }
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] { throw failure }
  func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable { throw failure }
}

/// One POST at a time for a caller that waits. Called from the letter desk's threads, never from a task.
private final class Poster: Sendable {
  private let transport: CurlTransport
  private let url: String

  init(transport: CurlTransport, url: String) {
    self.transport = transport
    self.url = url
  }

  func post(_ body: [UInt8]) throws(RecognizerFailure) -> [UInt8] {
    let request = WebhookRequest(
      url: url, headers: [HTTPField("Content-Type", "application/octet-stream")], body: body, timeoutSeconds: 30)
    let answer = Mutex<TransportOutcome?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task { [transport] in
      let outcome = await transport.send(request)
      answer.withLock { $0 = outcome }
      done.signal()
    }
    done.wait()
    switch answer.withLock({ $0 }) {
    case .answered(let reply) where reply.status == 200: return reply.body
    case .answered(let reply):
      throw RecognizerFailure(.badAnswer, "the service answered \(reply.status)", fix: "Look at the service's log.")
    case .failed(.timeout, _, _), nil:
      throw RecognizerFailure(.tooSlow, "the service did not answer in time", fix: "Look at the service's load.")
    case .failed(_, let what, _):
      throw RecognizerFailure(.unavailable, "the service cannot be reached: \(what)", fix: "Mend ocr.url.")
    }
  }
}
