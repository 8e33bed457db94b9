/// One record of an export.
public enum SourceItem: Sendable, Hashable {
  case ticket(Ticket)
  case rowError(RowError)
}

/// Where tickets come from. An adapter guarantees: every record of the input is handed over exactly once, in order, as a
/// ticket or a row error; memory does not grow with the input; a ticket id is handed over as a ticket at most once.
public protocol TicketSource {
  associatedtype Failure: Error
  /// Calls `body` for each record. Stops early when `body` returns `false`.
  /// - Throws: when the input as a whole cannot be read on; what was handed over before stands.
  func forEach(_ body: (SourceItem) -> Bool) throws(Failure)
}

/// Looks up the files that a ticket lists. An adapter guarantees: never a path outside its folder, no link followed,
/// the type told from the bytes, one fact per listed name, in order; a failure is a fact, not an error.
public protocol AttachmentReader: Sendable {
  func facts(of ticket: Ticket) -> [AttachmentFact]
  /// The bytes of a file that `facts` found; nil when it is gone or is another file by now (its SHA-256 differs).
  func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]?
}

/// Facts of an account from a second source (`--facts`), asked by account name.
public protocol AccountFactsSource: Sendable {
  func facts(ofAccount account: String) -> AccountFacts?
}

/// Pages of an attachment as pixels. An adapter guarantees: bounds on bytes, pixels (told from the headers, before
/// decoding), pages, archive entries, ratio, depth, time and memory; all decoding in a child process without network;
/// over a bound, locked or broken is a failure, never a crash and never a missing page without one.
public protocol ImageDecoder: Sendable {
  /// - Parameter longSide: pages are reduced to at most this many pixels on their longer side, never enlarged.
  /// - Throws: when nothing of the file could be opened.
  func open(_ bytes: [UInt8], longSide: Int) throws(DecodeFailure) -> DecodedFile
}

/// Words in a picture. An adapter guarantees: bounded time and memory, a hung or dead engine is a failure and the next
/// picture finds a new one; calls from several threads are safe.
public protocol TextRecognizer: Sendable {
  /// What may rest on its reading; where it does not answer, nothing.
  var info: RecognizerInfo { get }
  /// Starts it if it does not run yet.
  /// - Throws: why it cannot be had.
  func probe() throws(RecognizerFailure) -> RecognizerInfo
  /// Lines in no particular order; turned pages are read as well as upright ones.
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine]
  /// Probabilities along a picture that is a single line of writing.
  /// - Throws: `.unsupported` where `info.givesFrames` is false.
  func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable
}

extension TextRecognizer {
  public func probe() throws(RecognizerFailure) -> RecognizerInfo { info }
}

/// Why the ledger could not do it.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable { case missing, cannotOpen, cannotWrite, busy, corrupt, newerSchema }
  public let code: Code
  public let what: String
  public let fix: String
  public init(code: Code, what: String, fix: String) {
    self.code = code
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(what). \(fix) [\(code.rawValue)]" }
}

/// What waits to be sent. An adapter guarantees: what was acknowledged survives SIGKILL and power loss; an entry is
/// claimed by one holder at a time; a settlement with an old token changes nothing.
///
/// An entry goes `queued -> claimed -> sent -> confirmed | parked`. It is in doubt (`ClaimedEntry.isInDoubt`) from the
/// moment an attempt may have reached the receiver and nobody heard the end: it was `sent` when its holder died or its
/// lease ran out, or a result said `mayHaveArrived`. Doubt stays until the entry is confirmed: whoever posts it again
/// asks the system first.
public protocol OutboxQueue: Sendable {
  /// How many entries a claim could take now, counted up to a bound: what it costs does not grow with the ledger.
  func countDue(upTo bound: Int, at now: Timestamp) async throws(StoreError) -> Int
  /// Takes entries that are due, oldest first, or whose lease has run out; retries that are due may come before others.
  func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry]
  /// Writes down that posts are about to begin (`claimed -> sent`), all in one transaction. What is `sent` when its
  /// holder dies comes back in doubt.
  /// - Returns: for each claim, in order, whether it was held. A claim that was not must not be posted.
  func markSent(_ claims: [ClaimedEntry], at now: Timestamp) async throws(StoreError) -> [Bool]
  /// Gives back every claim, whatever its lease says. Only for the holder of the run lock: a claim that it finds belongs to
  /// a run that is dead. What was sent is due again after `ClaimedEntry.settlingSeconds`, the rest at once.
  /// - Returns: how many there were.
  func reclaim(at now: Timestamp) async throws(StoreError) -> Int
  /// Writes results down, all or none.
  /// - Returns: how many held their claim; the others were claimed anew by somebody else and are left alone.
  func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int
  /// Time of the next queued entry that is not due yet.
  func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp?
}

/// The ledger: decisions and the replies that follow from them, which are its queue. An adapter guarantees: a decision,
/// its entry and its mail are one transaction.
public protocol CaseStore: OutboxQueue {
  /// Records decisions, all or none. Queued and parked entries of an older decision on the same ticket become
  /// `superseded`: they are never posted again, so the newer reply is the last word whether an older one that is in doubt
  /// arrived or not; the note says that it may have. Claimed and sent ones are left to their holder; they are superseded
  /// where they would otherwise go back into the queue. An entry that was superseded in doubt and is decided again is
  /// still in doubt.
  ///
  /// A reply that the receiver was told is not queued again, unless it may have been told another one since: then it is
  /// not the last word any more, and goes out in another turn, under a key of its own that follows from key and turn.
  /// - Returns: one result per record, in order.
  func record(_ cases: [CaseRecord], at now: Timestamp) async throws(StoreError) -> [RecordResult]
  /// Parks what waits for these tickets, `why` in its note: a row of each cannot be read, and what it says may speak
  /// against the reply. A newer decision supersedes it as anything else that is parked; `letGo` puts it back; `unpark`
  /// leaves it. Only for the holder of the run lock: claims that it finds belong to a run that is dead, and are held back
  /// too.
  /// - Returns: how many replies are held back now that were not.
  func withhold(_ tickets: [Ticket.ID: String], at now: Timestamp) async throws(StoreError) -> Int
  /// Tickets of which something is held back for a row.
  func withheld() async throws(StoreError) -> Set<Ticket.ID>
  /// A row of each was read again and changes nothing: what was held back is due as it was before.
  /// - Returns: how many replies.
  func letGo(_ tickets: [Ticket.ID], at now: Timestamp) async throws(StoreError) -> Int
  /// Puts parked replies and mails back into the queue, under the same keys and with their attempts counted anew: what
  /// kept them was mended. What a newer decision replaced stays out, and so do a mail that may have arrived and what is
  /// held back for a row that cannot be read. Each has its row in the audit trail.
  /// - Returns: how many are queued again.
  func unpark(by: Authorship, at now: Timestamp) async throws(StoreError) -> Int
  func status() async throws(StoreError) -> LedgerStatus
  /// Empty: the ledger does not know the ticket.
  func history(of ticket: Ticket.ID) async throws(StoreError) -> [HistoryItem]
}

/// One HTTP request, complete.
public struct WebhookRequest: Sendable, Hashable {
  public let method: String
  public let url: String
  /// Names and values in order; no CR, LF or NUL in either.
  public let headers: [HTTPField]
  public let body: [UInt8]
  public let timeoutSeconds: Double
  public let connectTimeoutSeconds: Double
  /// Whether a kept connection may carry it. `false` for what must not be repeated by accident: a kept connection may die
  /// unseen, and then nobody knows whether the request arrived.
  public let reuse: Bool
  public init(
    method: String = "POST", url: String, headers: [HTTPField], body: [UInt8], timeoutSeconds: Double = 30,
    connectTimeoutSeconds: Double = 5, reuse: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutSeconds = timeoutSeconds
    self.connectTimeoutSeconds = connectTimeoutSeconds
    self.reuse = reuse
  }
}

public struct HTTPField: Sendable, Hashable {
  public let name: String
  public let value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whatever the case of ASCII letters. Asked some twenty times for each post: no copies are made.
  public func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count
      && zip(name.utf8, other.utf8).allSatisfy {
        $0 == $1 || ($0 ^ $1 == 0x20 && ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A)
      }
  }
}

public struct HTTPReply: Sendable, Hashable {
  public let status: Int
  public let headers: [HTTPField]
  /// At most the transport's bound.
  public let body: [UInt8]
  public init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
  /// First field of that name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }
}

public enum TransportOutcome: Sendable, Hashable {
  public enum Failure: String, Sendable, Hashable {
    case resolve, connect, tls, timeout, reset, responseTooLarge, blockedAddress, badRequest, cancelled, other
  }
  case answered(HTTPReply)
  /// - `mayHaveArrived`: the request may have reached the receiver.
  case failed(Failure, what: String, mayHaveArrived: Bool)
}

/// Posts requests. An adapter guarantees: TLS verified, no redirect followed, plain http only where it was allowed,
/// a bounded response, the time-outs of the request; only a clean transfer is an answer. Cancelling the task ends the
/// transfer within a second.
public protocol WebhookTransport: Sendable {
  func send(_ request: WebhookRequest) async -> TransportOutcome
}

/// A transport that also carries posts without a task for each. An adapter guarantees for them what it does for `send`.
public protocol LaneTransport: WebhookTransport {
  func lane() -> any PostLane
}

/// Posts of one sender under way together; for one task at a time. Each post that was begun ends exactly once.
public protocol PostLane: Sendable {
  /// Begins posts, in order; returns at once.
  func begin(_ posts: [NumberedPost])
  /// What ended since the last call; waits until something did. Empty: nothing is under way. Cancelling the task is
  /// `cancel`.
  func ends() async -> [PostEnd]
  /// Ends all that is under way within a second; what is begun later ends at once. More than once is as good.
  func cancel()
}

/// A request by a number of its sender's.
public struct NumberedPost: Sendable {
  public let number: Int
  public let request: WebhookRequest
  public init(number: Int, request: WebhookRequest) {
    self.number = number
    self.request = request
  }
}

public struct PostEnd: Sendable {
  public let number: Int
  public let outcome: TransportOutcome
  public init(number: Int, outcome: TransportOutcome) {
    self.number = number
    self.outcome = outcome
  }
}
