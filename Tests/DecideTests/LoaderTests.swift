import ClosureModel
import Decide
import Foundation
import Testing

/// One edit of a shipped file, and the complaint that it must bring.
struct Mistake: Sendable, CustomTestStringConvertible {
  let find: String
  let put: String
  /// What the line of the complaint must hold.
  let at: String
  let says: String
  init(_ find: String, _ put: String, at: String, says: String) {
    self.find = find
    self.put = put
    self.at = at
    self.says = says
  }
  var testDescription: String { says }

  /// Makes the edit, loads, and compares file, line and words.
  func check(_ original: String, _ load: (String) throws -> Void) throws {
    try #require(original.contains(find), "the shipped file no longer holds “\(find)”")
    var text = original
    if let range = text.range(of: find) { text.replaceSubrange(range, with: put) }
    let error = try #require(throws: DecideError.self) { try load(text) }
    let line = try #require(error.line)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[line - 1].contains(at), "line \(line): \(lines[line - 1])")
    #expect(error.description.hasPrefix("f.yaml:\(line): "))
    #expect(error.what.contains(says), "\(error)")
    #expect(!error.fix.isEmpty)
  }
}

@Suite("Strict loading", .tags(.safety))
struct LoaderTests {
  @Test("The shipped policy loads with everything that the judge needs")
  func shipped() throws {
    let policy = try Repository.policy()
    #expect(policy.label == "jdcloud@2026-01-15")
    #expect(policy.material[.enterprise] == [.consentLetter, .contactEmail, .contactPhone])
    #expect(policy.material[.unverified] == [.consentStatement, .contactEmail, .contactPhone])
    #expect(policy.conditions.count == 5)
    #expect(policy.condition(.balance)?.whenWaived == .review)
    #expect(policy.condition(.icpFiling)?.whenTrue == .review)
    #expect(policy.applicantKinds["企业"] == .enterprise)
    #expect(policy.deadline == Policy.Deadline(workingDays: 3, calendar: "cn", hour: 18))
    #expect(Set(policy.replies.keys) == [.accepted, .incomplete, .ineligible, .withdrawn])
    #expect(policy.providerContacts.phones.contains("95118"))
  }

  @Test("The other shipped policy demands what its provider does")
  func tencent() throws {
    let policy = try Repository.policy("tencentcloud")
    #expect(policy.notice.title == "腾讯云账号注销协议")
    #expect(policy.material[.unverified] == [.consentStatement, .securityContact])
    #expect(policy.material[.individual] == [.consentStatement, .identityNumber, .idPhotoFront, .idPhotoBack])
    #expect(
      policy.material[.enterprise]
        == [.consentStatement, .idPhotoFront, .idPhotoBack, .businessLicence, .authorizationLetter])
    #expect(policy.condition(.resources)?.whenWaived == .review)
    #expect(Set(policy.pictures?.names.keys.map { $0 } ?? []) == Set(Requirement.pictures))
    #expect(policy.deadline.workingDays == 3)
  }

  @Test("Every mistake about pictures is told with its line", arguments: PolicyMistakes.pictures)
  func pictures(_ mistake: Mistake) throws {
    try mistake.check(try Repository.text("Templates/policies/tencentcloud.yaml")) {
      _ = try PolicyLoader.load(text: $0, file: "f.yaml")
    }
  }

  @Test("Every mistake in a policy is told with its line", arguments: PolicyMistakes.all)
  func policy(_ mistake: Mistake) throws {
    try mistake.check(try Repository.text("Templates/policies/jdcloud.yaml")) {
      _ = try PolicyLoader.load(text: $0, file: "f.yaml")
    }
  }

  @Test(
    "Every key of a policy is demanded",
    arguments: [
      "id", "version", "provider", "source", "categories", "closed_statuses", "applicant_kinds", "notice", "letter",
      "material", "conditions", "deadline", "replies", "provider_contacts", "max_body_scalars",
    ])
  func missing(_ key: String) throws {
    var lines = try Repository.text("Templates/policies/jdcloud.yaml").split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix(key + ":") })
    let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.endIndex
    lines.removeSubrange(start..<end)
    let text = lines.joined(separator: "\n")
    let error = try #require(throws: DecideError.self) { try PolicyLoader.load(text: text, file: "f.yaml") }
    #expect(error.what.contains("`\(key)` is missing") || error.what.contains("key `letter` is missing"))
    #expect(error.line != nil)
  }

  @Test("Every mistake in a calendar is told with its line", arguments: PolicyMistakes.calendar)
  func calendar(_ mistake: Mistake) throws {
    try mistake.check(try Repository.text("Templates/calendars/cn-2026.yaml")) {
      _ = try WorkingCalendar(files: [("f.yaml", $0)])
    }
  }

  @Test("No file, two files of a year and two calendars are refused")
  func sets() throws {
    let text = try Repository.text("Templates/calendars/cn-2026.yaml")
    #expect(throws: DecideError.self) { try WorkingCalendar(files: []) }
    #expect(throws: DecideError.self) { try WorkingCalendar(files: [("a", text), ("b", text)]) }
    let other = try Repository.text("Templates/calendars/cn-2025.yaml")
      .replacingOccurrences(of: "calendar: cn", with: "calendar: hk")
    #expect(throws: DecideError.self) { try WorkingCalendar(files: [("a", text), ("b", other)]) }
  }

  @Test(
    "An empty or unreadable file is refused", arguments: ["", "# only a comment\n", "- a\n- b\n", "id: [\n", "a: b: c"])
  func broken(_ text: String) {
    #expect(throws: DecideError.self) { try PolicyLoader.load(text: text, file: "f.yaml") }
  }
}
