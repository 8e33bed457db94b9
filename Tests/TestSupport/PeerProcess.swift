package import Foundation
import Glibc

/// Why a peer did not start.
package struct PeerError: Error { package let what: String }

/// A server of `Peers/` in a process of its own, with a folder of its own. Ended and removed with the value.
package final class PeerProcess {
  package let port: Int
  private let process = Process()
  package let folder: URL

  /// - Parameters:
  ///   - script: `smtp_server`.
  ///   - python: the interpreter, by name or by path: one whose environment has what the script imports.
  package init(_ script: String, _ arguments: [String], folder: URL? = nil, python: String = "python3") throws {
    let folder =
      folder ?? FileManager.default.temporaryDirectory.appending(path: "closedesk-peer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Peers")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [python, peers.appending(path: "\(script).py").path, "--journal", folder.appending(path: "journal").path]
      + arguments
    let out = Pipe()
    process.standardOutput = out
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // The first line is the port; it comes when the server listens.
    var line = Data()
    while !line.contains(0x0A) {
      let more = out.fileHandleForReading.availableData
      guard !more.isEmpty else { break }
      line += more
    }
    guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw PeerError(what: "\(script).py did not start; is \(python) installed?")
    }
    self.port = port
  }

  deinit {
    // Not SIGTERM: a thread that blocks signals hands that on to its children.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  /// What it took, in order: one JSON object a line.
  package func journal<Entry: Decodable>(_ type: Entry.Type) throws -> [Entry] {
    guard let data = try? Data(contentsOf: folder.appending(path: "journal")) else { return [] }
    return try data.split(separator: 0x0A).map { try JSONDecoder().decode(Entry.self, from: Data($0)) }
  }
}

/// A mail that `smtp_server` took over.
package struct TakenMail: Decodable, Sendable {
  package let sender: String
  package let recipients: [String]
  package let user: String?
  package let secure: Bool
  package let message: String
}

/// A message that `robot_server` saw, with its answer.
package struct RobotCall: Decodable, Sendable {
  package struct Answer: Decodable, Sendable {
    package let errcode: Int?
    package let code: Int?
  }
  package let path: String
  package let text: String?
  package let bytes: Int
  package let answer: Answer
}

/// A certificate for `localhost` that no authority vouches for.
package struct TestCertificate {
  package let key: String
  package let certificate: String

  package init(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    key = folder.appending(path: "key.pem").path
    certificate = folder.appending(path: "certificate.pem").path
    let arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
    ]
    var id = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    // posix_spawn: Foundation's `waitUntilExit` needs a run loop, which a test's task has not.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    guard posix_spawnp(&id, "openssl", &actions, nil, words, environ) == 0 else {
      throw PeerError(what: "openssl is not installed")
    }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw PeerError(what: "openssl made no certificate") }
  }
}
