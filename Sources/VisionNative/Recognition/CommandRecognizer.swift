public import ClosureModel

/// A program that speaks docs/ocr-protocol.md over its stdin and stdout: RapidOCR's worker, Tesseract's, the operator's.
public struct CommandRecognizer: TextRecognizer {
  public struct Settings: Sendable {
    /// Processes at once. One a core is best: engines are single-threaded.
    public var workers = 1
    /// For a fresh process until its first answer.
    public var startSeconds = 60.0
    /// For one picture.
    public var seconds = 30.0
    /// Resident bytes of one process; over it the process is ended and replaced.
    public var memoryBytes = 900 << 20
    public init() {}
  }

  private let pool: EnginePool
  private let name: String

  /// - Parameters:
  ///   - name: what messages call it.
  ///   - program: absolute path.
  ///   - environment: the whole environment of the program.
  public init(
    name: String, program: String, arguments: [String] = [],
    environment: [String: String] = Recognizers.plainEnvironment, settings: Settings = Settings()
  ) {
    self.name = name
    self.pool = EnginePool(
      EngineCommand(
        name: name, command: ChildProcess.Command(program, arguments, environment: environment),
        startSeconds: settings.startSeconds, seconds: settings.seconds, memoryBytes: settings.memoryBytes),
      width: settings.workers)
  }

  /// What the engine says of itself; where it does not answer, an engine on which nothing may rest.
  public var info: RecognizerInfo {
    (try? probe()) ?? RecognizerInfo(name: name, version: "", readsNames: false, givesFrames: false)
  }

  /// Starts the engine if it does not run yet.
  /// - Throws: why it cannot be had: `doctor` prints it.
  public func probe() throws(RecognizerFailure) -> RecognizerInfo { try pool.info() }

  public func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    try pool.use { (engine) throws(RecognizerFailure) in
      try engine.ask(.lines(picture)).checkedLines(of: picture)
    }
  }

  public func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    try pool.use { (engine) throws(RecognizerFailure) in
      guard engine.info.givesFrames else { throw Recognizers.noFrames(engine.info.name) }
      return try engine.ask(.frames(strip, characters: characters)).checkedFrames(asked: characters)
    }
  }
}
