import ClosureModel
import Glibc

/// Finding and starting the recognisers.
public enum Recognizers {
  /// What an engine needs to run at all; nothing of the caller's environment, which may hold secrets and proxies.
  public static let plainEnvironment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent",
    // One thread each: two that spin for one core cost more time than they save (facts: 2.6–3.5 s a page against 0.5 s).
    "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1",
  ]

  static let installHint = "Run scripts/install-ocr (make ocr), then closedesk doctor."

  /// The Python that `scripts/install-ocr` made.
  /// - Parameters:
  ///   - named: the operator's choice; taken as it is.
  ///   - folders: searched in order for `.ocr/bin/python`; absolute.
  /// - Returns: nil: RapidOCR is not installed.
  public static func python(named: String?, searching folders: [String]) -> String? {
    if let named { return named }
    return folders.map { $0 + "/.ocr/bin/python" }.first { access($0, X_OK) == 0 }
  }

  static func noFrames(_ name: String) -> RecognizerFailure {
    RecognizerFailure(
      .unsupported, "\(name) gives no probabilities along a line", fix: "Seals can be verified with RapidOCR only.")
  }
}
