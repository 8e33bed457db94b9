import ClosureModel
import Examine
import Testing

/// Whether a text holds the applicant's statement under the 京东云 policy; one examiner for all the suites that ask.
enum Statement {
  private static let examiner = Result { try Fixture.examiner() }

  static func isAffirmed(_ text: String) throws -> Bool {
    try examiner.get().read(text).consent.label == .affirmed
  }

  static func expectAffirmed(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try isAffirmed(text), "\(text)", sourceLocation: sourceLocation)
  }

  static func expectNotAffirmed(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try !isAffirmed(text), "\(text)", sourceLocation: sourceLocation)
  }
}
