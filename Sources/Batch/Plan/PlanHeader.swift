import Compose
public import ClosureModel
import Foundation

/// What a plan says of itself: its first line.
public struct PlanHeader: Sendable, Hashable, Codable {
  public static let schema = "closedesk.plan/1"

  public struct Input: Sendable, Hashable, Codable {
    /// Absolute; `-` for standard input, which cannot be compared later.
    public let path: String
    /// Nil for standard input.
    public let sha256: String?
    public init(path: String, sha256: String?) {
      self.path = path
      self.sha256 = sha256
    }
  }

  public var schema = PlanHeader.schema
  /// RFC 3339.
  public let madeAt: String
  /// The program's version.
  public let program: String
  /// `Policy.label` and the id alone.
  public let policy: String
  public let policyID: String
  public let tenant: String
  public let locale: String
  /// Digests of what decisions and replies were made with: policy, replies, findings, calendars, lexicons.
  public let texts: [String: String]
  public let inputs: [Input]
  /// The second file of account facts; nil: none was given.
  public let facts: Input?
  /// Absolute path of the attachments' folder; nil: none was given.
  public let attachments: String?
  /// What read the letters.
  public let recognizer: String
  /// `PlanKey.fingerprint`.
  public let key: String

  public init(
    madeAt: Timestamp, program: String, policy: Policy, tenant: String, locale: ClosureModel.Locale,
    texts: [String: String], inputs: [Input], facts: Input? = nil, attachments: String?, recognizer: String,
    key: PlanKey
  ) {
    self.madeAt = madeAt.description
    self.program = program
    self.policy = policy.label
    self.policyID = policy.id
    self.tenant = tenant
    self.locale = locale.rawValue
    self.texts = texts
    self.inputs = inputs
    self.facts = facts
    self.attachments = attachments
    self.recognizer = recognizer
    self.key = key.fingerprint
  }

  enum CodingKeys: String, CodingKey {
    case schema, madeAt = "made_at", program, policy, policyID = "policy_id", tenant, locale, texts, inputs, facts
    case attachments, recognizer, key
  }

  public var made: Timestamp? { Timestamp(parsing: madeAt) }
}

/// One case of a plan: a line.
struct PlanLine: Codable {
  struct File: Codable, Hashable, Sendable {
    let name: String
    /// Nil: the file was not found or could not be read.
    let sha256: String?
  }
  struct PlannedReply: Codable {
    let key: String
    /// The event as it is posted, byte for byte; it is JSON, so UTF-8.
    let payload: String
  }
  struct PlannedMail: Codable {
    let key: String
    let payload: String
    let obstacle: String?
  }
  let ticket: String
  let revision: String
  let outcome: String
  let due: String?
  let updated: String?
  let files: [File]
  /// The decision line, masked.
  let decision: String
  let reply: PlannedReply?
  /// Beside the reply, for the security e-mail.
  var mail: PlannedMail?
}

/// A row that cannot be read: a line. What waits for its ticket is held back when the plan is carried out.
struct PlanUnread: Codable {
  static let start = #"{"unread":"#
  let ticket: String
  let why: String
  enum CodingKeys: String, CodingKey { case ticket = "unread", why }
}

/// The last line: nothing before it may be believed without it.
struct PlanTrailer: Codable {
  struct End: Codable {
    let cases: Int
    let rowErrors: Int
    /// SHA-256 of all bytes before this line.
    let sha256: String
    let signature: String
    enum CodingKeys: String, CodingKey { case cases, rowErrors = "row_errors", sha256, signature }
  }
  let end: End
}

enum PlanCoding {
  static func line<Value: Encodable>(_ value: Value) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Returns: nil for a line that is no such value; the plan is refused then.
  static func value<Value: Decodable>(_ type: Value.Type, _ line: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(line))
  }

  static func files(_ facts: [AttachmentFact]) -> [PlanLine.File] {
    facts.map { fact in
      if case .found(let sha256, _, _) = fact.state { return PlanLine.File(name: fact.name, sha256: sha256) }
      return PlanLine.File(name: fact.name, sha256: nil)
    }
  }
}
