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
public final class CurlTransport: WebhookTransport {
  private let options: CurlOptions
  private let addresses: AddressGuard
  private let engine = Locked(EngineState.unused)
  /// The URL read last: replies go to one address, and reading one costs as much as signing.
  private let lastURL = Locked<CheckedURL?>(nil)

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
    if let why = RequestCheck.refusal(of: request) { return .failed(.badRequest, what: why, mayHaveArrived: false) }
    let target: CheckedURL
    do {
      target = try checked(request.url)
    } catch {
      return .failed(.badRequest, what: error.why, mayHaveArrived: false)
    }
    let viaProxy = options.proxy != nil && !goesDirectly(to: target.host)
    if viaProxy, let literal = NetworkAddress(literal: target.host),
      let why = addresses.refusal(of: literal, host: target.host, plain: target.plain)
    {
      return .failed(.blockedAddress, what: why, mayHaveArrived: false)
    }
    let engine: Engine
    do throws(TransportError) {
      guard let started = try started() else {
        return .failed(.cancelled, what: "the transport was shut down", mayHaveArrived: false)
      }
      engine = started
    } catch {
      return .failed(.other, what: error.description, mayHaveArrived: false)
    }
    let transfer = Transfer(
      request: request, target: target, addresses: addresses, viaProxy: viaProxy,
      maxResponseBytes: options.maxResponseBytes)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.continuation = continuation
        engine.start(transfer)
      }
    } onCancel: {
      engine.cancel(transfer)
    }
  }

  private func checked(_ url: String) throws(URLRefusal) -> CheckedURL {
    if let known = lastURL.withLock({ $0 }), known.url == url { return known }
    let target = try CheckedURL(url, options: options, addresses: addresses)
    lastURL.withLock { $0 = target }
    return target
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
