public import ClosureModel

/// RapidOCR (PP-OCRv6 small) in its Python worker. Reads company names and gives frames.
public struct RapidOCR: TextRecognizer {
  private let engine: CommandRecognizer

  /// - Parameters:
  ///   - python: absolute path of an interpreter with the packages of `Templates/ocr/requirements.txt`.
  ///   - worker: text of `Templates/ocr/rapidocr_worker.py`.
  ///   - longSide: pages are reduced to this many pixels before reading. Lines are found on fewer: that is what costs.
  public init(
    python: String, worker: String, longSide: Int = 1600,
    settings: CommandRecognizer.Settings = CommandRecognizer.Settings()
  ) {
    var environment = Recognizers.plainEnvironment
    // glibc's arenas would keep what a page needed; compiled modules have no business in the operator's folders.
    environment["MALLOC_ARENA_MAX"] = "1"
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    // -I: no PYTHONPATH, nothing from the working folder. The worker comes as text: the built program carries it inside.
    engine = CommandRecognizer(
      name: "RapidOCR", program: python, arguments: ["-I", "-B", "-c", worker, "--long-side", String(longSide)],
      environment: environment, settings: settings)
  }

  public var info: RecognizerInfo { engine.info }
  public func probe() throws(RecognizerFailure) -> RecognizerInfo { try engine.probe() }
  public func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] { try engine.lines(in: picture) }
  public func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    try engine.frames(in: strip, characters: characters)
  }
}
