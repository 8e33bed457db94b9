import ArgumentParser
import VisionNative

/// The child process that opens customers' files: started by the program itself, never by people.
struct DecodeWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "decode-worker", shouldDisplay: false)

  mutating func run() throws {
    throw ExitCode(DecodeServer.run())
  }
}
