public import ClosureModel
import Glibc

/// Posts requests with libcurl: one thread, kept connections, HTTP/2 where TLS offers it.
///
/// - TLS 1.2 or later, always verified. No redirect is followed, no cookie kept, no credential file read.
/// - Each connection's resolved address is checked (`CurlOptions.allowHosts`) before a packet is sent.
/// - A request is written **at most once** per `send`. libcurl by itself would write it again, silently, when a kept
///   connection dies before the answer; here that is `.failed(.reset, mayHaveArrived: true)`, and the outbox decides. A
///   repeat carries the same webhook-id, so it is harmless to a receiver that knows ids.
/// - `mayHaveArrived` is `false` only when not a byte of the request was handed to a connection.
public final class CurlTransport: LaneTransport {
  private let options: CurlOptions
  private let addresses: AddressGuard
  private let engine = Locked(EngineState.unused)
  /// The URL read last: replies go to one address, and reading one costs as much as signing.
  private let lastRoute = Locked<(url: String, route: Route)?>(nil)

  /// The engine starts with the first request: most runs have nothing to send.
  private enum EngineState: Sendable {
    case unused
    case running(Engine)
    case ended
  }

  /// - Throws: when the authority file cannot be read, or the proxy makes no sense.
  public init(options: CurlOptions) throws(TransportError) {
    let files = [
      ("authority", options.caFile), ("client certificate", options.clientCertificateFile),
      ("client key", options.clientKeyFile),
    ]
    for case (let what, let path?) in files where access(path, R_OK) != 0 {
      throw TransportError(
        what: "the \(what) file \(path) cannot be read", fix: "Name a PEM file that this user may read.")
    }
    if options.clientKeyFile != nil, options.clientCertificateFile == nil {
      throw TransportError(
        what: "there is a client key and no client certificate", fix: "Name the certificate's file as well.")
    }
    if let proxy = options.proxy, let why = CheckedURL.refusal(ofProxy: proxy) {
      throw TransportError(what: why, fix: "Write it as http://host:port, https://…, socks5://… or socks5h://….")
    }
    self.options = options
    addresses = AddressGuard(options: options)
  }

  deinit { shutdown() }

  /// Ends the thread and waits for it (milliseconds); running sends end as cancelled, later ones at once. Idempotent.
  public func shutdown() {
    let last = engine.withLock { state in
      defer { state = .ended }
      return state
    }
    // Not under the lock: it waits for the thread.
    if case .running(let engine) = last { engine.shutdown() }
  }

  /// - Returns: nil after `shutdown()`.
  /// - Throws: when libcurl or its thread cannot start; the next request tries again.
  private func started() throws(TransportError) -> Engine? {
    let result: Result<Engine?, TransportError> = engine.withLock { state in
      Result { () throws(TransportError) in
        switch state {
        case .running(let engine): return engine
        case .ended: return nil
        case .unused:
          let engine = try Engine(options: options)
          state = .running(engine)
          return engine
        }
      }
    }
    return try result.get()
  }

  /// Sends one request and waits for its end. Cancelling the task ends the transfer at once.
  public func send(_ request: WebhookRequest) async -> TransportOutcome {
    let engine: Engine
    let transfer: Transfer
    switch prepared(request) {
    case .success(let made): (engine, transfer) = (made.engine, made.transfer)
    case .failure(let refusal): return refusal.outcome
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.continuation = continuation
        engine.start(transfer)
      }
    } onCancel: {
      engine.cancel(transfer)
    }
  }

  public func lane() -> any PostLane { CurlLane(self) }

  /// Ends every transfer of the lane.
  func cancel(_ lane: CurlLane) {
    let state = engine.withLock { $0 }
    if case .running(let engine) = state { engine.cancel(lane) }
  }

  /// Why a request is not even begun.
  struct Refusal: Error {
    let outcome: TransportOutcome
    init(_ failure: TransportOutcome.Failure, _ what: String) {
      outcome = .failed(failure, what: what, mayHaveArrived: false)
    }
  }

  /// Checks a request and makes it ready for the engine.
  func prepared(_ request: WebhookRequest, lane: CurlLane? = nil, number: Int = 0) -> Result<
    (engine: Engine, transfer: Transfer), Refusal
  > {
    if let why = RequestCheck.refusal(of: request) { return .failure(Refusal(.badRequest, why)) }
    let route: Route
    do throws(URLRefusal) { route = try self.route(request.url) } catch {
      return .failure(Refusal(.badRequest, error.why))
    }
    if let why = route.refusal { return .failure(Refusal(.blockedAddress, why)) }
    do throws(TransportError) {
      guard let engine = try started() else { return .failure(Refusal(.cancelled, "the transport was shut down")) }
      let transfer = Transfer(
        request, route: route, maxResponseBytes: options.maxResponseBytes, lane: lane, number: number)
      return .success((engine, transfer))
    } catch {
      return .failure(Refusal(.other, error.description))
    }
  }

  private func route(_ url: String) throws(URLRefusal) -> Route {
    if let known = lastRoute.withLock({ $0 }), known.url == url { return known.route }
    let target = try CheckedURL(url, options: options, addresses: addresses)
    let viaProxy = options.proxy != nil && !goesDirectly(to: target.host)
    // The addresses behind a proxy are the proxy's to judge, but for a literal one.
    var refusal: String?
    if viaProxy, let literal = NetworkAddress(literal: target.host) {
      refusal = addresses.refusal(of: literal, host: target.host, plain: target.plain)
    }
    let route = Route(target: target, addresses: addresses, viaProxy: viaProxy, refusal: refusal)
    lastRoute.withLock { $0 = (url, route) }
    return route
  }

  private func goesDirectly(to host: String) -> Bool {
    let host = AddressGuard.normalised(host)
    if AddressGuard.isLoopbackName(host) { return true }
    return options.noProxy.contains { entry in
      let name = AddressGuard.normalised(entry)
      return name.hasPrefix(".") ? host.hasSuffix(name) || host == name.dropFirst() : host == name
    }
  }

  /// Reads a URL as `send` would, without sending.
  /// - Returns: why it is refused (no host, another scheme, http where it is not allowed, a password in it); `nil`: fine.
  public static func checkURL(_ url: String, options: CurlOptions) -> String? {
    if CheckedURL.isPlainlyUsable(url, options: options) { return nil }
    do {
      _ = try CheckedURL(url, options: options, addresses: AddressGuard(options: options))
      return nil
    } catch {
      return error.why
    }
  }
}
