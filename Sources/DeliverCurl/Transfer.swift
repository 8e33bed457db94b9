import CCurl
import ClosureModel
import Glibc

/// One request on its way: what to send, what came back, whom to tell.
// @unchecked: made by the caller's task, handed to the engine's thread through its locked inbox, and from then on
// touched by that thread alone; `request`, `target` and `addresses` never change.
final class Transfer: @unchecked Sendable {
  let request: WebhookRequest
  let target: CheckedURL
  let addresses: AddressGuard
  /// The connection goes to a proxy, so the address seen is not the receiver's.
  let viaProxy: Bool

  /// Set before the engine gets the transfer, taken when the outcome is known.
  var continuation: CheckedContinuation<TransportOutcome, Never>?

  // The engine thread's alone:
  var response: Response
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

  init(request: WebhookRequest, target: CheckedURL, addresses: AddressGuard, viaProxy: Bool, maxResponseBytes: Int) {
    self.request = request
    self.target = target
    self.addresses = addresses
    self.viaProxy = viaProxy
    response = Response(maxBodyBytes: maxResponseBytes)
  }

  func finish(_ outcome: TransportOutcome) {
    continuation?.resume(returning: outcome)
    continuation = nil
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
    guard viaProxy || isAllowed(address) else { return ccurl_socket_bad() }
    // Close-on-exec: the processes that decode attachments have no business with this socket.
    return socket(family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
  }

  private func isAllowed(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
    let refusal = withUnsafePointer(to: &address.pointee.addr) { raw -> String? in
      guard
        let known = NetworkAddress(raw, family: address.pointee.family, length: Int(address.pointee.addrlen))
      else { return "an address that is neither IPv4 nor IPv6" }
      return addresses.refusal(of: known, host: target.host, plain: target.plain)
    }
    guard let refusal else { return true }
    blocked = refusal
    return false
  }
}

/// The functions libcurl calls. They capture nothing; the transfer comes in as the context, kept alive by the engine
/// for as long as its handle is in use.
extension Transfer {
  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
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
      guard let address, let transfer = Transfer.from(context) else { return ccurl_socket_bad() }
      return transfer.openSocket(to: address)
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
