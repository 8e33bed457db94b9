/// How one ticket system is spoken to: data of `Templates/webhooks/NAME.yaml`, read by `PresetLoader`.
public struct Preset: Sendable {
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Kept in the system for an agent to send.
    case draft
    /// Seen by the team alone.
    case note
    /// Seen by the customer.
    case `public`
  }

  /// What the ids of this system look like; another id is never put into a request.
  public enum TicketForm: String, Sendable, Hashable, CaseIterable {
    case number
    /// Letters, digits, `-` and `_`.
    case word
    case any

    func accepts(_ id: String) -> Bool {
      guard !id.isEmpty, id.utf8.count <= 256 else { return false }
      return switch self {
      case .number: id.utf8.allSatisfy { (0x30...0x39).contains($0) }
      case .word:
        id.utf8.allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
            || $0 == 0x5F
        }
      // Dots alone would walk up the path of the URL, also percent-encoded.
      case .any: id != "." && id != ".."
      }
    }
  }

  /// A setting of `webhook.values`.
  public struct Value: Sendable, Hashable {
    public let name: String
    public let about: String
    public let isNumber: Bool
    /// Nil: the operator has to say it, or leaves it out where it is optional.
    public let standard: String?
    public let isRequired: Bool
  }

  public enum ReplyFormat: String, Sendable, Hashable, CaseIterable { case text, html }

  public let name: String
  public let title: String
  /// What the preset was written from.
  public let source: String
  /// Where it was tried: a version of the real system, or only against its documentation.
  public let tried: String
  public let ticket: TicketForm
  public let isIdempotent: Bool
  public let values: [Value]
  public let auth: PresetAuth
  let replyFormat: ReplyFormat
  /// The line under the reply that carries the marker; nil: none.
  let markerLine: Template?
  /// What the reply's status becomes there, by `pending`, `open`, `solved`; a status that is not listed is left alone.
  let status: [String: Template]
  /// Fields `{mode.…}` of each mode.
  public let modes: [Mode: [String: JSONValue]]
  let look: Look?
  let post: [Step]
  let after: [Step]
  public let file: String
}

/// What is read before each post.
struct Look: Sendable {
  let ticket: Request?
  /// Time of the ticket's last change.
  let changedAt: JSONPointer?
  let closed: [Condition]
  let merged: [Condition]
  /// Fields for later steps, out of the ticket.
  let keep: [Keep]
  let comments: Comments?
  /// What answers to these requests mean beyond their status.
  let answers: [Answer]
  /// A reply that may still be on its way inside the system is waited for so long before it counts as not there.
  let waitSeconds: Double
}

struct Comments: Sendable {
  /// Nil: they stand in the answer on the ticket.
  let request: Request?
  let items: JSONPointer
  let id: JSONPointer?
  let text: JSONPointer?
  let time: JSONPointer
  /// Items that are no comments are passed over.
  let only: [Condition]
  /// What holds of comments that we wrote, besides the marker. Empty: no comment is taken for ours but the reply itself.
  let own: [Condition]
  /// Fetches the text of one item, `{item}` being its id.
  let follow: Request?
  let followText: JSONPointer?
  let followItems: JSONPointer?
  /// As `own`, of the answer that was fetched.
  let followOwn: [Condition]
  /// The request is repeated with `{page}` 1, 2, 3 … and `{offset}`, the number of items so far. It says nothing about
  /// the end: a server may give less than it is asked for.
  let pageSize: Int?
  /// How an answer tells whether another page follows. Nil, or not in the answer: until a page is empty.
  let end: End?
  /// The system shows so many of the newest and no more.
  let latest: Int?
  /// True of comments that the customer does not see: a note of ours that is not so stops the round.
  let isPrivate: JSONPointer?

  /// Pages are asked for by number alone: what lies on one does not depend on how much of the others was shown.
  var countsByPage: Bool {
    guard let fields = request?.url.fields else { return false }
    return fields.contains("page") && !fields.contains("offset")
  }

  enum End: Sendable, Hashable {
    /// Something stands there as long as another page follows; null or false on the last one.
    case more(JSONPointer)
    /// True on the last page.
    case last(JSONPointer)
    /// How many items there are in all.
    case total(JSONPointer)

    /// How many items there are in all, where the answer says so.
    func total(_ answer: JSONValue) -> Int? {
      if case .total(let place) = self { answer.at(place)?.text.flatMap { Int($0) } } else { nil }
    }

    /// - Parameter count: items so far.
    /// - Returns: whether another page follows; nil: the answer does not say.
    func follows(_ answer: JSONValue, after count: Int) -> Bool? {
      switch self {
      case .more(let place):
        switch answer.at(place) {
        case .null, .bool(false), .string(""): false
        case nil: nil
        case .bool, .number, .string, .array, .object: true
        }
      case .last(let place):
        if case .bool(let isLast) = answer.at(place) { !isLast } else { nil }
      case .total(let place): answer.at(place)?.text.flatMap { Int($0) }.map { count < $0 }
      }
    }
  }
}

struct Request: Sendable {
  let method: String
  let url: Template
  let headers: [Header]
  let body: Body

  struct Header: Sendable {
    let name: String
    let value: Template
  }

  enum Body: Sendable {
    case none
    case json(TemplateTree)
    case form([(name: String, value: Template)])
    case text(Template, type: String)
    /// The event of the outbox, byte for byte.
    case event
  }
}

/// One request of a delivery.
struct Step: Sendable {
  let name: String
  let request: Request
  let success: Success
  let answers: [Answer]
  let keep: [Keep]
  /// Sends the reply itself: if it may have arrived, it is never repeated unasked.
  let shows: Bool
  /// Its success proves nothing: only the marker, read back, does.
  let isReadBack: Bool
  let modes: Set<Preset.Mode>?
  /// Runs only where these fields have values.
  let needs: [String]
}

struct Success: Sendable {
  let statuses: [ClosedRange<Int>]
  let conditions: [Condition]
}

/// What an answer that is no success means.
struct Answer: Sendable {
  enum Meaning: String, CaseIterable, Sendable {
    /// The reply, or what the step was to do, is there already.
    case done
    case again
    /// The secret or its rights: the round stops, and what is queued stays queued.
    case credentials
    case theirs, ours
    /// The ticket changed since it was read.
    case changed
  }
  let statuses: [ClosedRange<Int>]
  let conditions: [Condition]
  let means: Meaning
  let why: String
}

/// A statement on a JSON answer.
struct Condition: Sendable {
  enum Test: Sendable {
    case exists(Bool)
    case equals([Template])
    case not([Template])
    case contains(Template)
  }
  let at: JSONPointer
  let test: Test
}

/// A field taken from an answer: `{kept.NAME}`.
struct Keep: Sendable {
  enum Place: Sendable {
    case json(JSONPointer)
    case header(String)
  }
  let name: String
  let place: Place
}
