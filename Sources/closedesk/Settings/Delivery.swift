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
  /// Nil: nothing is mailed.
  let mail: MailDelivery?
  private let lock: RunLock

  /// Checks the webhook's settings, takes the lock, opens the ledger: in this order, so that a mistake leaves no file.
  init(_ settings: Settings, command: String) throws {
    self.settings = settings
    let hook = settings.file.webhook
    let url = try Self.url(settings)
    try MailDelivery.check(settings)
    let secrets = try settings.secrets()
    let target = try hook.system.target(settings, url: url, secrets: secrets)
    var options = Self.curlOptions(settings)
    if let path = hook.engine.proxySecretFile {
      options.proxyCredentials = try TextFile.read(path, notFound: .configuration)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    transport = try CurlTransport(options: options)
    try makeFolder(of: settings.ledger)
    let since = settings.clock()
    lock = try RunLock(
      path: RunLock.path(of: settings.ledger),
      holder: "closedesk \(command), process \(ProcessInfo.processInfo.processIdentifier), since \(since)")
    store = try SQLiteCaseStore(path: settings.ledger)
    deliverer = Deliverer(
      store: store, transport: transport,
      target: target, retry: hook.retry, maxInFlight: hook.maxInFlight, waitSeconds: hook.engine.wait,
      clock: settings.clock, jitter: { Double.random(in: 0..<1) })
    mail = try MailDelivery(settings, store, transport)
  }

  /// Ends the sender and closes the ledger. What goes wrong with the latter costs the next start a moment: everything
  /// is written.
  func shutdown() {
    transport.shutdown()
    do throws(StoreError) { try store.close() } catch { Console.error("closedesk: \(error)") }
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
    options.maxPerHost = hook.engine.maxPerHost
    options.http2 = hook.engine.http2
    options.proxy = hook.engine.proxy
    options.noProxy = hook.engine.noProxy
    options.clientCertificateFile = hook.engine.clientCertFile
    options.clientKeyFile = hook.engine.clientKeyFile
    // Tickets are read before they are answered: a page of a hundred comments is no small answer.
    if hook.system.name != "generic" { options.maxResponseBytes = 8 << 20 }
    return options
  }

  /// Sends what is due.
  /// - Throws: `BatchError.stopLoss` before the first post when more is due than `limits.max_posts`.
  /// - Parameter isHeld: asked between posts; `true` ends the round.
  func deliverDue(_ interruption: Interruption, quiet: Bool, isHeld: @escaping @Sendable () -> Bool) async throws
    -> DeliveryReport
  {
    let freed = try await store.reclaim(at: settings.clock())
    if freed > 0, !quiet {
      Console.error("closedesk: \(freed) replies of a run that was killed are sent again under their ids")
    }
    try await checkLimit(store, "replies are due in the outbox")
    let visible = !quiet && Console.errorIsTerminal
    let report = try await deliverer.deliverDue(limit: nil, shouldStop: { interruption.isRaised || isHeld() }) {
      report in
      if visible {
        Console.errorRaw("\r\u{1B}[K\(report.confirmed) sent, \(report.retried) to retry, \(report.parked) parked")
      }
    }
    if visible { Console.errorRaw("\r\u{1B}[K") }
    // What was posted last is in the ledger, if that is still there.
    try store.checkPlace()
    return report
  }

  /// Mails what stands beside confirmed replies: those that were confirmed just now among them.
  /// - Returns: nil where nothing is set up.
  func mailDue(_ interruption: Interruption, quiet: Bool, isHeld: @escaping @Sendable () -> Bool) async throws
    -> DeliveryReport?
  {
    let now = settings.clock()
    guard let mail else {
      let waiting = try await store.mails.countDue(upTo: 1_000_000, at: now)
      if waiting > 0 {
        Console.error(
          "closedesk: warning: \(waiting) mails wait, and mail.security_email is not set up any more. Set it up again, or"
            + " leave them.")
      }
      return nil
    }
    let freed = try await mail.queue.reclaim(at: now)
    if freed > 0, !quiet { Console.error("closedesk: \(freed) mails of a run that was killed are looked after") }
    try await mail.queue.release(at: now)
    try await checkLimit(mail.queue, "mails are due")
    return try await mail.deliverer.deliverDue(
      limit: nil, shouldStop: { interruption.isRaised || isHeld() }, onProgress: { _ in })
  }

  private func checkLimit(_ queue: any OutboxQueue, _ what: String) async throws {
    let most = settings.file.limits.maxPosts
    let due = try await queue.countDue(upTo: most == .max ? most : most + 1, at: settings.clock())
    guard due <= most else {
      throw BatchError(
        code: .stopLoss, what: "more \(what) than limits.max_posts (\(most))",
        fix: "Look at them with `closedesk status`, then raise the limit. Nothing was sent; everything is kept.")
    }
  }

  /// What a delivery came to, for the person at the desk.
  static func lines(_ report: DeliveryReport, _ style: Style, of what: String = "replies") -> [String] {
    var out = ["  \(what): \(report.confirmed) confirmed, \(report.retried) to be retried, \(report.parked) parked"]
    if report.released > 0 { out.append("  \(report.released) untouched, kept in the outbox") }
    if let problem = report.lastProblem { out.append("  " + style.yellow("last problem: \(problem)")) }
    return out
  }

  /// Why the round was given up; nil: it was not.
  static func gaveUp(_ report: DeliveryReport) -> String? {
    gaveUp(report, "the webhook", parked: "with `closedesk deliver --retry-parked`")
  }

  /// A mail that may have arrived is never sent again but by its key.
  static func mailGaveUp(_ report: DeliveryReport) -> String? {
    gaveUp(
      report, "the mail server", parked: "with `closedesk outbox retry KEY` (or ends with `closedesk outbox drop KEY`)")
  }

  /// Mails that were parked in a turn in which others got through, or whose server refused them one by one.
  static func mailParked(_ report: DeliveryReport) -> String? {
    guard report.parked > 0 else { return nil }
    return
      "\(report.parked) mail\(report.parked == 1 ? " is" : "s are") parked: \(report.lastProblem ?? ""). `closedesk outbox list` shows them with their keys;"
      + " `closedesk outbox retry KEY` sends one again, `closedesk outbox drop KEY` ends it."
  }

  private static func gaveUp(_ report: DeliveryReport, _ receiver: String, parked how: String) -> String? {
    guard report.unreachable || report.refused else { return nil }
    let what =
      report.refused
      ? "\(receiver) is not as it should be"
      : report.noneGotThrough && report.isAnswered
        ? "\(receiver) fails: nothing got through" : "\(receiver) cannot be reached"
    let parked =
      report.parked > 0 ? ", and what is parked (\(report.parked)) \(how)" : ""
    return "\(what): \(report.lastProblem ?? ""). Everything is kept; `closedesk deliver` tries again\(parked)."
  }
}

extension Delivery {
  /// - Parameter tickets: of which something is held back since this run.
  static func withheld(_ tickets: Int) -> String? {
    guard tickets > 0 else { return nil }
    return
      "replies to \(tickets) tickets are held back: a row of the ticket cannot be read. Mend the rows and export again;"
      + " `closedesk outbox list --fault policy` shows them."
  }

  /// Said where every post was refused for good, one by one: rather a mistake of ours than of each reply.
  static func allRefused(_ report: DeliveryReport) -> String? {
    guard report.allRefusedForGood else { return nil }
    return
      "every reply that was posted is parked (\(report.parked)): \(report.lastProblem ?? ""). `closedesk outbox list`"
      + " shows them; when the cause is mended, `closedesk deliver --retry-parked`."
  }
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
