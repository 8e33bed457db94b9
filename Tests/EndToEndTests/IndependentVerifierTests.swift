import Foundation
import TestSupport
import Testing

/// The environment of scripts/install-verifier.
private let verifier: String? = {
  let python = Program.root.appending(path: ".verifier/bin/python").path
  let mark = Program.root.appending(path: ".verifier/requirements.txt").path
  return FileManager.default.isExecutableFile(atPath: python) && FileManager.default.fileExists(atPath: mark)
    ? python : nil
}()

/// What standardwebhooks_receiver.py says of one request.
private struct Judgement: Decodable {
  let id: String
  let ticket: String
  /// Numbers of the secrets under which the library verifies it.
  let verifiedBy: [Int]
  /// Changes to it that the library did not notice.
  let fooledBy: [String]
  enum CodingKeys: String, CodingKey {
    case id, ticket
    case verifiedBy = "verified_by"
    case fooledBy = "fooled_by"
  }
}

@Suite("Signatures under a verifier that is not ours")
struct IndependentVerifierTests {
  private static let old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static let new = "whsec_cm90YXRlZC1pbi1Ob3ZlbWJlci0yMDI2"

  private func receiver(_ secrets: String...) throws -> PeerProcess {
    try PeerProcess(
      "standardwebhooks_receiver", secrets.flatMap { ["--secret", $0] }, python: try #require(verifier))
  }

  @Test(
    "PyPI's standardwebhooks verifies every reply of run and deliver, before, while and after secrets rotate",
    .enabled(if: verifier != nil, "no ./.verifier: run scripts/install-verifier"))
  func rotation() throws {
    let desk = try Desk()
    let receiver = try receiver(Self.old, Self.new)
    let count = 40
    func configure(port: Int) throws {
      try desk.configure(url: "http://127.0.0.1:\(port)/hooks", more: "limits: { max_accept_share: 1 }")
    }
    // Before: one secret. While: both, the new one first. After: the new one alone, and by `deliver`.
    for (prefix, secrets, good) in [
      ("A", [Self.old], [0]), ("B", [Self.new, Self.old], [0, 1]), ("C", [Self.new], [1]),
    ] {
      try desk.scratch.write("secret", secrets.joined(separator: "\n") + "\n")
      try desk.scratch.write("\(prefix).csv", Export.accepted(count, prefix: prefix))
      try configure(port: prefix == "C" ? 9 : receiver.port)
      let run = try desk.run("run", desk.scratch.path("\(prefix).csv"), "--quiet")
      #expect(run.code == (prefix == "C" ? 69 : 0), "\(prefix): \(run.error)")
      if prefix == "C" {
        try configure(port: receiver.port)
        let deliver = try desk.run("deliver", "--quiet")
        #expect(deliver.code == 0, "\(deliver.error)")
      }
      let arrived = try receiver.journal(Judgement.self).filter { $0.ticket.hasPrefix(prefix + "-") }
      #expect(Set(arrived.map(\.ticket)).count == count)
      for arrival in arrived {
        #expect(arrival.verifiedBy == good, "\(arrival.ticket)")
        #expect(arrival.fooledBy.isEmpty, "\(arrival.ticket): \(arrival.fooledBy)")
      }
    }
    let all = try receiver.journal(Judgement.self)
    #expect(all.count == 3 * count, "one post a reply, none refused")
    #expect(Set(all.map(\.id)).count == 3 * count)
    #expect(try desk.status().outbox["confirmed"] == 3 * count)
  }

  @Test(
    "A receiver with another secret verifies nothing, and nothing counts as delivered",
    .enabled(if: verifier != nil, "no ./.verifier: run scripts/install-verifier"))
  func stranger() throws {
    let desk = try Desk()
    let receiver = try receiver(Self.new)
    try desk.configure(url: "http://127.0.0.1:\(receiver.port)/hooks", more: "limits: { max_accept_share: 1 }")
    try desk.scratch.write("export.csv", Export.accepted(5))
    let run = try desk.run("run", desk.scratch.path("export.csv"), "--quiet")
    #expect(run.code == 69, "\(run.error)")
    let arrived = try receiver.journal(Judgement.self)
    #expect(!arrived.isEmpty && arrived.allSatisfy { $0.verifiedBy.isEmpty })
    #expect(try desk.status().outbox["confirmed", default: 0] == 0)
  }
}
