import ClosureModel
import Foundation
import Testing

@testable import Examine

/// Invented ticket texts with the contacts that the applicant leaves in them. The last third was never tuned on.
@Suite("Contacts of whole texts")
struct ContactCorpusTests {
  struct Line: Decodable {
    let id: String
    let text: String
    let provider: String
    let emails: [String]
    let phones: [String]
  }

  static func lines(_ name: String = "contacts.jsonl") throws -> [Line] {
    let file = Fixture.root.appending(path: "Tests/ExamineTests/Data/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  /// Ids of texts whose contacts are not exactly the labelled ones.
  static func wrong(_ lines: some Sequence<Line>) throws -> [String] {
    try lines.compactMap { line in
      let read = try Fixture.contacts(line.text, line.provider)
      func own(_ all: [ContactReading]) -> Set<String> {
        Set(
          all.filter { $0.status == .valid && $0.owner == .applicant }.map {
            $0.value + ($0.ext.map { ";ext=\($0)" } ?? "")
          }
        )
      }
      let emails = own(read.emails)
      let phones = own(read.phones)
      guard emails != Set(line.emails) || phones != Set(line.phones) else { return nil }
      return "\(line.id) \(line.text) -> \(emails.sorted()) \(phones.sorted())"
    }
  }

  @Test(
    "Authors who did not know the reader: no more texts are read wrongly than are known",
    arguments: [("k19", 11), ("l20", 15), ("m22", 4)])
  func unseen(_ author: String, _ known: Int) throws {
    let lines = try Self.lines("contact-\(author).jsonl")
    #expect(lines.count == (author == "m22" ? 200 : 150))
    let wrong = try Self.wrong(lines)
    #expect(wrong.count <= known, "\(wrong.joined(separator: "\n"))")
  }

  @Test("No contact of a stranger, a machine or a fax is the applicant's, and none of his own is lost")
  func owners() throws {
    let lines = try Self.lines("contact-owners.jsonl")
    #expect(lines.count > 150)
    let wrong = try Self.wrong(lines)
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("Numbers and addresses are read in every form that people write them in, and nothing else is")
  func forms() throws {
    let lines = try Self.lines("contact-forms.jsonl")
    #expect(lines.count > 150)
    let wrong = try Self.wrong(lines)
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test(
    "A contact that a sentence, a talk or a pasted mail only speaks of is nobody's to write to; one that is left is")
  func talk() throws {
    let lines = try Self.lines("contact-talk.jsonl")
    #expect(lines.count > 300)
    let wrong = try Self.wrong(lines)
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("What stands apart from a number belongs to it, and a word about a contact reaches no further than its scope")
  func scope() throws {
    let lines = try Self.lines("contact-scope.jsonl")
    #expect(lines.count > 50)
    let wrong = try Self.wrong(lines)
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("At most one of the eighty texts at hand is misread")
  func atHand() throws {
    let wrong = try Self.wrong(Self.lines().prefix(80))
    #expect(wrong.count <= 1, "\(wrong.joined(separator: "\n"))")
  }

  @Test("At least nine tenths of the forty held-out texts are read exactly")
  func heldOut() throws {
    let lines = try Self.lines()
    let wrong = try Self.wrong(lines.dropFirst(80))
    print("held out: \(lines.count - 80 - wrong.count) of \(lines.count - 80) exact")
    #expect(wrong.count * 10 <= lines.count - 80, "\(wrong.map { $0.prefix(4) })")
  }
}
