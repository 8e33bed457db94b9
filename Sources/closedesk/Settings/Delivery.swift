import Batch
import ClosureModel
import DeliverCurl
import Foundation
import Outbox
import StoreSQLite

/// The ledger and the webhook as the settings name them: what `run` and `deliver` have and `validate` has not.
struct Delivery: Sendable {
  let settings: Settings
  let store: SQLiteCaseStore
  let transport: CurlTransport
  let deliverer: Deliverer
  private let lock: RunLock

  /// Checks the webhook's settings, takes the lock, opens the ledger: in this order, so that a mistake leaves no file.
  init(_ settings: Settings, command: String) throws {
    self.settings = settings
    let hook = settings.file.webhook
    let url = try Self.url(settings)
    let secrets = try settings.secrets()
    let target = try hook.system.target(settings, url: url, secrets: secrets)
    transport = try CurlTransport(options: Self.curlOptions(settings))
    try makeFolder(of: settings.ledger)
    let since = settings.clock()
    lock = try RunLock(
      path: settings.ledger + ".lock",
      holder: "closedesk \(command), process \(ProcessInfo.processInfo.processIdentifier), since \(since)")
    store = try SQLiteCaseStore(path: settings.ledger)
    deliverer = Deliverer(
      store: store, transport: transport,
      target: target,
      retry: hook.retry, maxInFlight: hook.maxInFlight, clock: settings.clock, jitter: { Double.random(in: 0..<1) })
  }

  static func url(_ settings: Settings) throws -> String {
    guard let url = settings.file.webhook.url else {
      throw Failure(
        .configuration,
        "webhook.url is not set. Put it into the configuration (`closedesk init` writes one) or CLOSEDESK_WEBHOOK_URL.")
    }
    if let why = CurlTransport.checkURL(url, options: curlOptions(settings)) {
      throw Failure(.configuration, "webhook.url: \(why)")
    }
    return url
  }

  static func curlOptions(_ settings: Settings) -> CurlOptions {
    let hook = settings.file.webhook
    var options = CurlOptions()
    options.allowHTTPLoopback = hook.allowHTTPLoopback
    options.allowHosts = hook.allowHosts
    options.caFile = hook.caFile
    options.maxConnections = hook.maxInFlight
    // Tickets are read before they are answered: a page of a hundred comments is no small answer.
    if hook.system.name != "generic" { options.maxResponseBytes = 8 << 20 }
    // One post is one small request: HTTP/1.1 keep-alive is faster, and no stream is reset when a server turns over.
    options.http2 = false
    return options
  }

  /// Sends what is due.
  /// - Throws: `BatchError.stopLoss` before the first post when more is due than `limits.max_posts`.
  func deliverDue(_ interruption: Interruption, quiet: Bool) async throws -> DeliveryReport {
    let freed = try await store.reclaim(at: settings.clock())
    if freed > 0, !quiet {
      Console.error("closedesk: \(freed) replies of a run that was killed are sent again under their ids")
    }
    let queued = try await store.status().outbox[.queued] ?? 0
    let most = settings.file.limits.maxPosts
    guard queued <= most else {
      throw BatchError(
        code: .stopLoss, what: "\(queued) replies wait in the outbox, more than limits.max_posts (\(most))",
        fix: "Look at them with `closedesk status`, then raise the limit. Nothing was sent; everything is kept.")
    }
    let visible = !quiet && Console.errorIsTerminal
    let report = try await deliverer.deliverDue(limit: nil, shouldStop: { interruption.isRaised }) { report in
      if visible {
        Console.errorRaw("\r\u{1B}[K\(report.confirmed) sent, \(report.retried) to retry, \(report.parked) parked")
      }
    }
    if visible { Console.errorRaw("\r\u{1B}[K") }
    return report
  }

  /// What a delivery came to, for the person at the desk.
  static func lines(_ report: DeliveryReport, _ style: Style) -> [String] {
    var out = ["  replies: \(report.confirmed) confirmed, \(report.retried) to be retried, \(report.parked) parked"]
    if report.released > 0 { out.append("  \(report.released) untouched, kept in the outbox") }
    if let problem = report.lastProblem { out.append("  " + style.yellow("last problem: \(problem)")) }
    return out
  }

  static func exit(_ report: DeliveryReport) -> Exit { report.unreachable ? .unreachable : .done }
}

/// Makes the folder that a file is to stand in.
func makeFolder(of path: String) throws {
  let folder = (path as NSString).deletingLastPathComponent
  guard !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) else { return }
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw Failure(.cannotCreate, "cannot create the folder \(folder). Name one that this user may write to.")
  }
}
