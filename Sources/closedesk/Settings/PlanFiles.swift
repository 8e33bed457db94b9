import Hashing
import Batch
import ClosureModel
import Foundation
import Outbox

extension Settings {
  /// Where the key for plans lies when none is named: beside the ledger, which whoever applies plans can write anyway.
  var planKeyPath: String {
    file.plan.keyFile ?? ((ledger as NSString).deletingLastPathComponent as NSString).appendingPathComponent("plan.key")
  }

  /// - Parameter makes: writes a new key, readable by its owner alone, where there is no file yet.
  func planKey(makes: Bool) throws -> PlanKey {
    if let name = file.plan.keyEnv {
      guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
        throw Failure(.configuration, "plan.key_env: the variable \(name) is not set. Set it, or use key_file.")
      }
      return try PlanKey(value)
    }
    let path = planKeyPath
    if makes, !FileManager.default.fileExists(atPath: path) { try Self.makeKey(path) }
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        .configuration,
        "there is no key for plans at \(path). `closedesk plan` makes it; to apply elsewhere, copy it or set plan.key_file."
      )
    }
    try Self.checkRights(path)
    return try PlanKey(try TextFile.read(path, notFound: .configuration))
  }

  private static func makeKey(_ path: String) throws {
    try makeFolder(of: path)
    let text = (0..<32).map { _ in
      let digits = String(UInt8.random(in: 0...255), radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    // O_EXCL: another plan may make it at the same time; then that one's counts.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw Failure(.cannotCreate, "cannot create \(path): \(String(cString: strerror(errno))). Set plan.key_file.")
    }
    defer { close(descriptor) }
    let line = Array((text + "\n").utf8)
    guard write(descriptor, line, line.count) == line.count else {
      unlink(path)
      throw Failure(.inputOutput, "cannot write \(path). Free disk space.")
    }
    Console.error("closedesk: made a key for plans: \(path)")
  }

  /// Whoever can write the key can write plans.
  private static func checkRights(_ path: String) throws {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & 0o022 != 0 else { return }
    throw Failure(.configuration, "others may write the key for plans, \(path). Run `chmod 600 \(path)`.")
  }
}

extension Workbench {
  func maker() throws -> RecordMaker {
    RecordMaker(
      tenant: settings.tenant, policyID: policy.id, catalog: catalog, locale: settings.locale, mails: try mailMaker())
  }

  /// Digests of the texts that decisions and replies are made with, by kind.
  func textDigests() throws -> [String: String] {
    let library = settings.library
    var out: [String: String] = [:]
    for (kind, suffixes) in [
      ("replies", [".txt", ".html"]), ("findings", [".yaml"]), ("calendars", [".yaml"]), ("lexicons", [".txt"]),
    ] {
      var hash = Digest.SHA256Stream()
      for suffix in suffixes {
        for path in library.paths(under: kind, suffix: suffix) {
          guard let (_, text) = try library.text(path) else { continue }
          for part in [path, text] {
            hash.update("\(part.utf8.count):")
            hash.update(part)
          }
        }
      }
      out[kind] = hash.finalHex()
    }
    let name = settings.policy
    let text =
      name.contains("/") || name.hasSuffix(".yaml")
      ? try TextFile.read(name, notFound: .configuration) : try library.text("policies/\(name).yaml")?.text ?? ""
    out["policy"] = Digest.sha256Hex(Array(text.utf8))
    return out
  }

  /// What reads letters, as it is set up.
  var recognizerName: String {
    let ocr = settings.file.ocr
    return ([ocr.engine.rawValue] + ocr.command + [ocr.url, ocr.python].compactMap(\.self)).joined(separator: " ")
  }

  /// A digest of whatever a decision follows from besides its ticket: program, policy, words, recogniser.
  func basis() throws -> String {
    let texts = try textDigests()
    let parts = ["closedesk.basis/1", Version.text, texts["policy"] ?? "", texts["lexicons"] ?? "", recognizerName]
    return Digest.sha256Hex(Array(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8))
  }
}

/// The person at the desk, as the machine knows them.
enum Operator {
  static var name: String {
    let environment = ProcessInfo.processInfo.environment
    let user = getpwuid(getuid()).flatMap { $0.pointee.pw_name.map { String(cString: $0) } } ?? "uid \(getuid())"
    guard getuid() == 0, let caller = environment["SUDO_USER"], !caller.isEmpty else { return user }
    return "\(caller) (as \(user))"
  }

  /// - Throws: 64 when `why` says nothing.
  static func signs(_ why: String) throws -> Authorship {
    let text = why.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw Failure(.usage, "--why is empty. Say why: it is kept with what you do.") }
    return Authorship(who: name, why: text)
  }
}
