import ArgumentParser
import VisionNative

/// The child process in which Tesseract runs: docs/ocr-protocol.md over stdin and stdout. Started by closedesk itself.
struct OCRWorker: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ocr-worker", shouldDisplay: false)

  func run() throws { throw ExitCode(Tesseract.serve()) }
}
