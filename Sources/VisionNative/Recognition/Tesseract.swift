public import ClosureModel
import Glibc

/// Tesseract (Debian's, simplified Chinese) in a child process of this program. Reads titles now and then, company names
/// hardly ever: nothing is accepted on its word.
public struct Tesseract: TextRecognizer {
  private let engine: CommandRecognizer

  /// - Parameters:
  ///   - program: absolute path of a program that calls `serve()`: closedesk itself.
  ///   - arguments: its hidden subcommand.
  public init(
    program: String, arguments: [String] = ["ocr-worker"],
    settings: CommandRecognizer.Settings = CommandRecognizer.Settings()
  ) {
    engine = CommandRecognizer(name: "Tesseract", program: program, arguments: arguments, settings: settings)
  }

  public var info: RecognizerInfo { engine.info }
  public func probe() throws(RecognizerFailure) -> RecognizerInfo { try engine.probe() }
  public func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] { try engine.lines(in: picture) }
  public func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    try engine.frames(in: strip, characters: characters)
  }

  /// The child's main loop: requests on stdin, replies on stdout, until stdin ends.
  ///
  /// The parent must set `OMP_THREAD_LIMIT=1` in the environment: OpenMP reads it when the program starts, and
  /// Tesseract's four spinning threads make a page five times as dear.
  /// - Returns: the exit code.
  public static func serve() -> Int32 {
    // A core file would hold a customer's letter.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    // Replies keep the real stdout for themselves; what a library prints lands on stderr.
    let replies = dup(1)
    guard replies >= 0, dup2(2, 1) >= 0 else { return 71 }
    signal(SIGPIPE, SIG_IGN)
    var loaded: TesseractEngine?
    return EngineServer(input: 0, output: replies).run { (request) throws(RecognizerFailure) in
      if loaded == nil { loaded = try TesseractEngine() }
      switch request {
      case .info:
        return EngineReply(
          name: "Tesseract", version: loaded?.version ?? "", readsNames: false, givesFrames: false)
      case .lines(let picture):
        let lines = try loaded?.lines(in: picture) ?? []
        return EngineReply(
          lines: lines.map {
            EngineReply.Line(
              text: $0.text, box: [$0.box.x, $0.box.y, $0.box.width, $0.box.height], confidence: $0.confidence)
          })
      case .frames: throw Recognizers.noFrames("Tesseract")
      }
    }
  }
}
