import FlyingFox
import Foundation
import Outbox

/// Judges requests one by one and remembers the ids it has accepted.
actor Receiver {
  /// A timestamp further away may be a recording played again.
  static let tolerance = ClockDoubt.tolerance

  private let signer: Signer
  private let arguments: Arguments
  private let journal: FileHandle?
  private var accepted: Set<String> = []
  private var script: ArraySlice<Int>

  init(arguments: Arguments) throws {
    signer = try Signer(secrets: arguments.secrets)
    self.arguments = arguments
    script = arguments.statuses[...]
    if let path = arguments.journal {
      let fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard fd >= 0 else { throw Arguments.Problem(what: "the journal \(path) cannot be written") }
      journal = FileHandle(fileDescriptor: fd, closeOnDealloc: true)
    } else {
      journal = nil
    }
  }

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let body = try await request.bodyData
    let id = request.headers[HTTPHeader("webhook-id")] ?? ""
    let delivery = Delivery(id: id, body: body)
    let verified = isGenuine(request, id: id, body: body)
    let duplicate = verified && accepted.contains(id)
    let status: Int
    switch (verified, duplicate) {
    case (false, _): status = 401
    case (true, true): status = 200
    case (true, false): status = script.popFirst() ?? 202
    }
    if verified, (200...299).contains(status) { accepted.insert(id) }
    // Written before the answer: whoever has the answer can rely on the line.
    try record(delivery, verified: verified, duplicate: duplicate, status: status)
    if !arguments.quiet {
      let note = !verified ? "signature refused" : duplicate ? "known already" : ""
      say(delivery.shown(status: status, note: note))
    }
    if arguments.delayMilliseconds > 0 { try await Task.sleep(for: .milliseconds(arguments.delayMilliseconds)) }
    return Self.response(status, duplicate: duplicate)
  }

  private func isGenuine(_ request: HTTPRequest, id: String, body: Data) -> Bool {
    guard !id.isEmpty, let signature = request.headers[HTTPHeader("webhook-signature")],
      let timestamp = request.headers[HTTPHeader("webhook-timestamp")].flatMap(Int64.init),
      abs(Int64(Date().timeIntervalSince1970) - timestamp) <= Self.tolerance
    else { return false }
    return signer.verifies(header: signature, id: id, timestamp: timestamp, body: [UInt8](body))
  }

  private func record(_ delivery: Delivery, verified: Bool, duplicate: Bool, status: Int) throws {
    guard let journal else { return }
    let entry: [String: Any] = [
      "webhook-id": delivery.id, "ticket": delivery.ticket ?? NSNull(), "outcome": delivery.outcome ?? NSNull(),
      "verified": verified, "duplicate": duplicate, "status": status,
    ]
    var line = try JSONSerialization.data(withJSONObject: entry, options: [.sortedKeys, .withoutEscapingSlashes])
    line.append(0x0A)
    try journal.write(contentsOf: line)
  }

  private static func response(_ status: Int, duplicate: Bool) -> HTTPResponse {
    let body =
      switch status {
      case 200 where duplicate: #"{"duplicate":true}"#
      case 200...299: #"{"status":"accepted"}"#
      case 401: #"{"error":"the signature or the timestamp is wrong"}"#
      default: #"{"error":"as scripted"}"#
      }
    var headers: [HTTPHeader: String] = [.contentType: "application/json", HTTPHeader("Date"): date(Date())]
    if status == 429 || status == 503 { headers[HTTPHeader("Retry-After")] = "1" }
    return HTTPResponse(
      statusCode: HTTPStatusCode(status, phrase: phrase(status)), headers: headers, body: Data(body.utf8))
  }

  /// As HTTP writes it: a sender whose clock is wrong can tell so.
  private static func date(_ moment: Date) -> String {
    let format = DateFormatter()
    format.locale = Foundation.Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.string(from: moment)
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 202: "Accepted"
    case 401: "Unauthorized"
    case 429: "Too Many Requests"
    case 503: "Service Unavailable"
    default: "Status"
    }
  }
}

/// Writes to standard output, whole and at once.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
