import ClosureModel
import DeliverCurl
import Foundation
import Outbox
import StoreSQLite
import Synchronization

// delivery-bench ledger PATH COUNT BATCH [LINES.jsonl]     record, claim, settle: tickets a second, bytes a ticket
// delivery-bench queue PATH COUNT                          leaves COUNT replies queued, for `post` and for start-up times
// delivery-bench post URL COUNT WIDTH LEDGER|- [CA|- [SECRET]]   sends COUNT replies; `-`: no ledger, the sender alone
// delivery-bench drain URL WIDTH LEDGER COUNT              sends COUNT of what a ledger holds: time to the first post, memory

struct Usage: Error {}

/// What the process has used so far: seconds of the wall, of both kinds of CPU, and the most memory in MB.
func used() -> (wall: Double, cpu: Double, memory: Int) {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return (
    Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9, seconds(usage.ru_utime) + seconds(usage.ru_stime),
    usage.ru_maxrss / 1024
  )
}

let clock: @Sendable () -> Timestamp = { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }

/// Hex digits that look random and are the same in every run.
func hex(_ number: Int, _ count: Int) -> String {
  var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 ^ 0xABCDEF
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return digits[Int(state >> 60)]
    }, as: UTF8.self)
}

/// A JSON body of 552 bytes, which is what replies have.
func payload(_ ticket: Ticket.ID) -> [UInt8] {
  let text = #"{"ticket_id":"\#(ticket)","text":""#
  return Array(text.utf8) + [UInt8](repeating: 0x78, count: 550 - text.utf8.count) + Array("\"}".utf8)
}

func record(_ number: Int, lines: [(text: String, ticket: String, revision: String, outcome: Outcome)]) -> CaseRecord {
  let ticket = Ticket.ID("GD2503" + String(100_000_000 + number))
  let revision = "sha256:" + hex(number, 64)
  let sample = lines.isEmpty ? nil : lines[number % lines.count]
  let line =
    sample.map {
      $0.text.replacingOccurrences(of: $0.ticket, with: ticket.rawValue)
        .replacingOccurrences(of: $0.revision, with: revision)
    } ?? #"{"ticket":"\#(ticket)","outcome":"incomplete"}"#
  let outcome = sample?.outcome ?? .incomplete
  return CaseRecord(
    ticket: ticket, revision: Revision(rawValue: revision), policy: "jdcloud@2026-01-15", policyID: "jdcloud",
    outcome: outcome, line: line, due: nil,
    entry: OutboxEntry(
      key: IdempotencyKey(rawValue: "cd_" + hex(number &+ 77_000_000, 40)), ticket: ticket, outcome: outcome,
      payload: payload(ticket)))
}

func fresh(_ path: String) throws -> SQLiteCaseStore {
  for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
  return try SQLiteCaseStore(path: path)
}

func ledger(_ path: String, _ count: Int, batch: Int, lines file: String?) async throws {
  let lines = try (file.map { try String(contentsOfFile: $0, encoding: .utf8) } ?? "").split(separator: "\n").map {
    line in
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    return (
      String(line), object["ticket"] as? String ?? "", object["revision"] as? String ?? "",
      Outcome(rawValue: object["outcome"] as? String ?? "") ?? .incomplete
    )
  }
  let records = (0..<count).map { record($0, lines: lines) }
  let store = try fresh(path)
  let now = clock()
  var parts = [Double](repeating: 0, count: 3)
  let start = used()
  for index in stride(from: 0, to: count, by: batch) {
    let before = used().wall
    _ = try await store.record(Array(records[index..<min(count, index + batch)]), at: now)
    let recorded = used().wall
    let claims = try await store.claim(limit: batch, at: now, leaseSeconds: 300)
    let claimed = used().wall
    let results = claims.map { Settlement(key: $0.entry.key, token: $0.token, result: .confirmed(status: 202)) }
    guard try await store.settle(results, at: now) == min(count, index + batch) - index else { throw Usage() }
    for (part, seconds) in [recorded - before, claimed - recorded, used().wall - claimed].enumerated() {
      parts[part] += seconds
    }
  }
  let end = used()
  let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  let each = parts.map { String(format: "%.1f", $0 / Double(count) * 1e6) }
  print(
    #"{"tickets_per_s":\#(Int(Double(count) / (end.wall - start.wall))),"#
      + #""recorded_and_settled_per_s":\#(Int(Double(count) / (parts[0] + parts[2]))),"#
      + #""us":{"record":\#(each[0]),"claim":\#(each[1]),"settle":\#(each[2])},"#
      + #""cpu_us":\#(String(format: "%.1f", (end.cpu - start.cpu) / Double(count) * 1e6)),"#
      + #""bytes_per_ticket":\#(size / count),"rss_mb":\#(end.memory)}"#)
}

/// Hands out claims of a list and forgets what becomes of them: the sender without a ledger.
actor NoLedger: CaseStore {
  private var left: Int
  init(_ count: Int) { left = count }
  func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry] {
    let count = min(left, limit)
    left -= count
    return (0..<count).map { index in
      ClaimedEntry(
        entry: OutboxEntry(
          key: IdempotencyKey(rawValue: "cd_" + String(1_000_000_000 + left + index)), ticket: Ticket.ID("T"),
          outcome: .incomplete, payload: payload(Ticket.ID("T"))), token: 1, attempts: 0)
    }
  }
  func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int { settlements.count }
  func record(_ cases: [CaseRecord], at now: Timestamp) async throws(StoreError) -> [RecordResult] { [] }
  func withhold(_ tickets: [Ticket.ID: String], at now: Timestamp) async throws(StoreError) -> Int { 0 }
  func withheld() async throws(StoreError) -> Set<Ticket.ID> { [] }
  func letGo(_ tickets: [Ticket.ID], at now: Timestamp) async throws(StoreError) -> Int { 0 }
  func countDue(upTo bound: Int, at now: Timestamp) async throws(StoreError) -> Int { min(left, bound) }
  func markSent(_ claims: [ClaimedEntry], at now: Timestamp) async throws(StoreError) -> [Bool] {
    claims.map { _ in true }
  }
  func reclaim(at now: Timestamp) async throws(StoreError) -> Int { 0 }
  func unpark(by: Authorship, at now: Timestamp) async throws(StoreError) -> Int { 0 }
  func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp? { nil }
  func status() async throws(StoreError) -> LedgerStatus { LedgerStatus(tickets: [:], outbox: [:], oldestDue: nil) }
  func history(of ticket: Ticket.ID) async throws(StoreError) -> [HistoryItem] { [] }
}

func queue(_ path: String, _ count: Int) async throws -> SQLiteCaseStore {
  let store = try fresh(path)
  let now = clock()
  for start in stride(from: 0, to: count, by: 1000) {
    _ = try await store.record((start..<min(count, start + 1000)).map { record($0, lines: []) }, at: now)
  }
  return store
}

/// Says when the first request goes out and, for a receiver that fails, when the last reply is tried for the first time:
/// what comes after that is waiting for retries.
final class Watched: LaneTransport {
  let inner: CurlTransport
  let remembers: Bool
  nonisolated(unsafe) var first: Double?
  private let tried = Mutex<(ids: Set<String>, last: Double)>(([], 0))
  init(_ inner: CurlTransport, remembers: Bool) { (self.inner, self.remembers) = (inner, remembers) }
  var last: Double { tried.withLock { $0.last } }

  func note(_ request: WebhookRequest) {
    if first == nil { first = used().wall }
    guard remembers else { return }
    let id = request.headers.first { $0.name == "webhook-id" }?.value ?? ""
    tried.withLock { if $0.ids.insert(id).inserted { $0.last = used().wall } }
  }

  func send(_ request: WebhookRequest) async -> TransportOutcome {
    note(request)
    return await inner.send(request)
  }

  func lane() -> any PostLane { WatchedLane(watched: self, inner: inner.lane()) }
}

struct WatchedLane: PostLane {
  let watched: Watched
  let inner: any PostLane
  func begin(_ posts: [NumberedPost]) {
    for post in posts { watched.note(post.request) }
    inner.begin(posts)
  }
  func ends() async -> [PostEnd] { await inner.ends() }
  func cancel() { inner.cancel() }
}

func deliver(
  _ store: any CaseStore, _ url: String, width: Int, ca: String?, began: Double,
  secret: String? = nil, limit: Int? = nil
) async throws {
  var options = CurlOptions()
  options.allowHTTPLoopback = true
  options.caFile = ca
  options.maxConnections = width
  options.http2 = url.hasPrefix("https")
  let transport = Watched(try CurlTransport(options: options), remembers: secret != nil)
  let preset = GenericPreset(
    url: url, signer: try Signer(secrets: [secret ?? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]), timeoutSeconds: 30,
    connectTimeoutSeconds: 5)
  let start = used()
  let report = try await Deliverer(
    store: store, transport: transport, target: preset, retry: RetryPolicy(baseSeconds: 1), maxInFlight: width,
    waitSeconds: 60, clock: clock, jitter: { Double.random(in: 0..<1) }
  ).deliverDue(limit: limit, shouldStop: { false }, onProgress: { _ in })
  let end = used()
  transport.inner.shutdown()
  let count = Double(max(1, report.confirmed))
  print(
    #"{"confirmed":\#(report.confirmed),"retried":\#(report.retried),"wall_s":\#(String(format: "%.3f", end.wall - start.wall)),"#
      + #""posts_per_s":\#(Int(count / (end.wall - start.wall))),"#
      + #""cpu_us_per_post":\#(String(format: "%.1f", (end.cpu - start.cpu) / count * 1e6)),"rss_mb":\#(end.memory),"#
      + #""all_tried_s":\#(String(format: "%.3f", max(0, transport.last - start.wall))),"#
      + #""first_post_s":\#(String(format: "%.3f", (transport.first ?? end.wall) - began))}"#)
}

let words = Array(CommandLine.arguments.dropFirst())
let began = used().wall
switch (words.first, words.count) {
case ("ledger", 4...5):
  try await ledger(
    words[1], Int(words[2]) ?? 0, batch: Int(words[3]) ?? 100, lines: words.count > 4 ? words[4] : nil)
case ("queue", 3): _ = try await queue(words[1], Int(words[2]) ?? 0)
case ("post", 5...7):
  let count = Int(words[2]) ?? 0
  let store: any CaseStore = words[4] == "-" ? NoLedger(count) : try await queue(words[4], count)
  try await deliver(
    store, words[1], width: Int(words[3]) ?? 64, ca: words.count > 5 && words[5] != "-" ? words[5] : nil,
    began: used().wall, secret: words.count > 6 ? words[6] : nil)
case ("drain", 5):
  try await deliver(
    try SQLiteCaseStore(path: words[3]), words[1], width: Int(words[2]) ?? 64, ca: nil, began: began,
    limit: Int(words[4]))
default: throw Usage()
}
