import CCurl
import ClosureModel
import Glibc

/// How requests to one URL travel: read and judged once for all of them.
final class Route: Sendable {
  let target: CheckedURL
  let addresses: AddressGuard
  /// The connection goes to a proxy, so the address seen is not the receiver's.
  let viaProxy: Bool
  /// Why nothing may go there.
  let refusal: String?

  init(target: CheckedURL, addresses: AddressGuard, viaProxy: Bool, refusal: String?) {
    self.target = target
    self.addresses = addresses
    self.viaProxy = viaProxy
    self.refusal = refusal
  }
}

/// One request on its way: what to send, what came back, whom to tell.
// @unchecked: made by the caller's task, handed to the engine's thread through its locked inbox, and from then on
// touched by that thread alone; `request` and `route` never change.
final class Transfer: @unchecked Sendable {
  let request: WebhookRequest
  let route: Route
  /// Whom to tell, and by which number; nil: `continuation`.
  let lane: CurlLane?
  let number: Int

  /// Set before the engine gets the transfer, taken when the outcome is known.
  var continuation: CheckedContinuation<TransportOutcome, Never>?

  // The engine thread's alone:
  var response: Response
  /// What carries it now.
  var handle: EasyHandle?
  private var isFinished = false
  /// It came in. Before that the continuation is still the task's to set.
  var accepted = false
  /// Its task was cancelled, perhaps before it came in.
  var cancelled = false
  /// The connection was ready and libcurl was about to write the request.
  private(set) var began = false
  /// The receiver said that it did not touch the request and will not.
  private(set) var refusedUntouched = false
  /// libcurl wanted to write the request a second time.
  private(set) var resendRefused = false
  /// Why the last address offered was refused.
  private(set) var blocked: String?

  init(_ request: WebhookRequest, route: Route, maxResponseBytes: Int, lane: CurlLane? = nil, number: Int = 0) {
    self.request = request
    self.route = route
    self.lane = lane
    self.number = number
    response = Response(maxBodyBytes: maxResponseBytes)
  }

  /// - Returns: `false` when it was told before: the first outcome stands.
  @discardableResult
  func finish(_ outcome: TransportOutcome) -> Bool {
    guard !isFinished else { return false }
    if let lane {
      isFinished = true
      lane.ended(number, outcome)
    } else if let continuation {
      isFinished = true
      self.continuation = nil
      continuation.resume(returning: outcome)
    }
    return isFinished
  }

  /// Called once a connection is up, TLS and all, just before the request goes out.
  ///
  /// When a kept connection dies before the answer, libcurl writes the request again on a new one and reports one
  /// success: the receiver may have seen it twice. That is for the outbox to decide, so the second time is refused.
  /// The one exception is an HTTP/2 stream refused with REFUSED_STREAM, or named in no GOAWAY: RFC 9113, section 8.7,
  /// guarantees that it was not processed.
  /// - Returns: whether the request may be written.
  func mayWriteRequest() -> Bool {
    guard !began || refusedUntouched else {
      resendRefused = true
      return false
    }
    began = true
    refusedUntouched = false
    return true
  }

  /// libcurl tells of a refused stream in its debug text only. Should the wording change, the second try is refused:
  /// an avoidable failure, never a double post.
  func hear(_ text: UnsafeRawBufferPointer) {
    if text.starts(with: "REFUSED_STREAM, retrying".utf8) { refusedUntouched = true }
  }

  /// Opens the socket for an address, unless the guard objects.
  func openSocket(to address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    let family = address.pointee.family
    guard route.viaProxy || isAllowed(address) else { return ccurl_socket_bad() }
    // Close-on-exec: the processes that decode attachments have no business with this socket.
    return socket(family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
  }

  private func isAllowed(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
    let refusal = withUnsafePointer(to: &address.pointee.addr) { raw -> String? in
      guard
        let known = NetworkAddress(raw, family: address.pointee.family, length: Int(address.pointee.addrlen))
      else { return "an address that is neither IPv4 nor IPv6" }
      return route.addresses.refusal(of: known, host: route.target.host, plain: route.target.plain)
    }
    guard let refusal else { return true }
    blocked = refusal
    return false
  }
}

/// The functions libcurl calls. They capture nothing; the handle comes in as the context, and has its transfer.
extension Transfer {
  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.flatMap { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue().transfer }
  }

  static let onHeader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, context in
    guard let bytes, let transfer = Transfer.from(context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.response.take(headerLine: line) ? size * count : 0
  }

  static let onBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, context in
    guard let transfer = Transfer.from(context) else { return 0 }
    let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
    // Any count but the one offered ends the transfer.
    return transfer.response.take(body: chunk) ? size * count : 0
  }

  static let onOpenSocket:
    @convention(c) (UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t = {
      context, _, address in
      guard let address, let context else { return ccurl_socket_bad() }
      let handle = Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
      guard let transfer = handle.transfer else { return ccurl_socket_bad() }
      let socket = transfer.openSocket(to: address)
      handle.watch?.opened(socket)
      return socket
    }

  static let onBeforeRequest:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int32, Int32
    ) -> Int32 = { context, _, _, _, _ in
      guard let transfer = Transfer.from(context), transfer.mayWriteRequest() else { return CURL_PREREQFUNC_ABORT }
      return CURL_PREREQFUNC_OK
    }

  static let onDebug:
    @convention(c) (
      UnsafeMutableRawPointer?, curl_infotype, UnsafeMutablePointer<CChar>?, Int, UnsafeMutableRawPointer?
    ) -> Int32 = { _, kind, text, count, context in
      guard kind == CURLINFO_TEXT, let text, let transfer = Transfer.from(context) else { return 0 }
      transfer.hear(UnsafeRawBufferPointer(start: text, count: count))
      return 0
    }
}
