import Foundation
import TestSupport
import Testing

/// Tickets of `../shared/bench/gen_tickets.py`, which says of each row what should become of it.
@Suite("Generated tickets") struct GeneratedTicketsTests {
  private static let generator = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/bench/gen_tickets.py").standardizedFileURL.path

  private struct Label: Decodable {
    let id: String
    let decision: String
    let needsScan: Bool
    let dirty: String?
    private enum CodingKeys: String, CodingKey {
      case id, decision, dirty
      case needsScan = "needs_scan"
    }
  }
  private struct Decision: Decodable {
    let ticket: String?
    let outcome: String?
  }

  @Test(
    "None is accepted that should not be, and people get at most one in twenty of those that are complete in words",
    .enabled(if: FileManager.default.fileExists(atPath: generator), "no generator beside the project"),
    arguments: [1, 2])
  func share(_ seed: Int) throws {
    let scratch = try Scratch()
    let export = scratch.path("t.jsonl")
    let made = Process()
    made.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    made.arguments = ["python3", Self.generator, "4k", "-o", export, "--seed", "\(seed)", "--dirty", "0.02"]
    made.standardOutput = FileHandle.nullDevice
    try made.run()
    made.waitUntilExit()
    try #require(made.terminationStatus == 0)
    let decisions = scratch.path("d.jsonl")
    _ = try Program.run(
      "validate", export, "--policy", "jdcloud", "--quiet", "--output", decisions, "--now", "2026-11-20T12:00:00Z")
    var labels: [String: [Label]] = [:]
    for label in try lines(export + ".labels.jsonl", Label.self) { labels[label.id, default: []].append(label) }
    var (complete, left) = (0, 0)
    for decision in try lines(decisions, Decision.self) {
      guard let ticket = decision.ticket, let known = labels[ticket] else { continue }
      // The same row twice is one ticket.
      let mayAccept = known.allSatisfy { $0.decision == "accepted" || $0.dirty == "duplicate_same" }
      #expect(decision.outcome != "accepted" || mayAccept, "\(ticket)")
      guard known.count == 1, known[0].decision == "accepted", !known[0].needsScan else { continue }
      complete += 1
      if decision.outcome == "review" { left += 1 }
    }
    #expect(complete > 500 && left * 20 <= complete, "\(left) of \(complete) are left to people")
  }

  private func lines<Line: Decodable>(_ path: String, _: Line.Type) throws -> [Line] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }
}
