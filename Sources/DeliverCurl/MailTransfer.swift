import CCurl
import ClosureModel
import Glibc

/// One mail on its way.
// @unchecked: used by the thread that performs it alone; `cancelled` is locked.
final class MailTransfer: @unchecked Sendable {
  let submission: MailSubmission
  private let server: MailServer
  private let addresses: AddressGuard
  private let cancelled = Locked(false)
  private var offset = 0
  private var blocked: String?
  private var deadline = ContinuousClock.now
  private var timedOut = false

  init(_ submission: MailSubmission, server: MailServer) {
    self.submission = submission
    self.server = server
    addresses = server.guarding
  }

  func cancel() { cancelled.withLock { $0 = true } }

  /// Sends it and waits for the end; never on the pool that runs tasks.
  func perform() -> MailOutcome {
    guard !cancelled.withLock({ $0 }) else {
      return .failed(.cancelled, what: "the task was cancelled", mayHaveArrived: false)
    }
    do throws(TransportError) { try CurlLibrary.start() } catch {
      return .failed(.other, what: error.description, mayHaveArrived: false)
    }
    guard let easy = ccurl_easy_init() else {
      return .failed(.other, what: "libcurl gave no handle", mayHaveArrived: false)
    }
    let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    var recipients: UnsafeMutablePointer<curl_slist>?
    defer {
      ccurl_easy_cleanup(easy)
      ccurl_slist_free_all(recipients)
      errorText.deallocate()
    }
    for address in submission.to {
      guard let list = ccurl_slist_append(recipients, address) else {
        return .failed(.other, what: "no memory for the recipients", mayHaveArrived: false)
      }
      recipients = list
    }
    deadline = ContinuousClock.now + .seconds(submission.timeoutSeconds)
    let set = prepare(easy, recipients, errorText)
    guard set == CURLE_OK else {
      return .failed(
        .other, what: "libcurl refused its settings: \(String(cString: ccurl_easy_strerror(set)))",
        mayHaveArrived: false
      )
    }
    return outcome(of: ccurl_easy_perform(easy), easy, errorText)
  }

  private func prepare(
    _ easy: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>?,
    _ errorText: UnsafeMutablePointer<CChar>
  ) -> CURLcode {
    let context = Unmanaged.passUnretained(self).toOpaque()
    var steps: [CURLcode] = [
      ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText),
      ccurl_set_string(easy, CURLOPT_URL, server.url),
      ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, server.security == .tls ? "smtps" : "smtp"),
      ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
      ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1),
      // Ours ends the transfer first (`onProgress`): libcurl's own says QUIT and waits for the answer.
      ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, Int(submission.timeoutSeconds * 1000) + 3000),
      // Also of the answer to QUIT after a refusal, which no other bound covers: 120 s unless told otherwise.
      ccurl_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(submission.timeoutSeconds.rounded(.up)))),
      ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(server.connectTimeoutSeconds * 1000))),
      ccurl_set_string(easy, CURLOPT_PROXY, ""),
      // A connection of its own for each mail: none that died idle is ever written to.
      ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1),
      ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1),
      ccurl_set_long(
        easy, CURLOPT_USE_SSL, Int(server.security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue)),
      ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1),
      ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2),
      ccurl_set_long(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
      ccurl_set_string(easy, CURLOPT_MAIL_FROM, submission.from),
      ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients),
      ccurl_set_long(easy, CURLOPT_UPLOAD, 1),
      ccurl_set_reader(easy, Self.onRead, context),
      // Without one, libcurl would print to standard output.
      ccurl_set_writer(easy, CURLOPT_WRITEFUNCTION, Self.onText),
      ccurl_set_progress(easy, Self.onProgress, context),
      ccurl_set_open_socket(easy, Self.onOpenSocket, context),
    ]
    if let caFile = server.caFile {
      steps.append(ccurl_set_string(easy, CURLOPT_CAINFO, caFile))
      steps.append(ccurl_set_string(easy, CURLOPT_CAPATH, nil))
    }
    if let user = server.user, let password = server.password {
      steps.append(ccurl_set_string(easy, CURLOPT_USERNAME, user))
      steps.append(ccurl_set_string(easy, CURLOPT_PASSWORD, password))
    }
    return steps.first { $0 != CURLE_OK } ?? CURLE_OK
  }

  /// The message left us whole: the server may have taken it, whatever became of its answer. libcurl takes small messages
  /// in one piece, so this errs towards "it may".
  private var isHandedOver: Bool { offset == submission.message.count }

  private func outcome(of code: CURLcode, _ easy: UnsafeMutableRawPointer, _ errorText: UnsafePointer<CChar>)
    -> MailOutcome
  {
    if code == CURLE_OK { return .accepted }
    if cancelled.withLock({ $0 }) {
      return .failed(.cancelled, what: "the task was cancelled", mayHaveArrived: isHandedOver)
    }
    if let blocked, code == CURLE_COULDNT_CONNECT {
      return .failed(.blockedAddress, what: blocked, mayHaveArrived: false)
    }
    if code == CURLE_USE_SSL_FAILED {
      return .failed(.tls, what: "the mail server offers no STARTTLS", mayHaveArrived: false)
    }
    // Before the time-out: a server that refused and then kept silent refused.
    var status = 0
    if ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, (400...599).contains(status) {
      return .refused(step(code), code: status)
    }
    if timedOut {
      return .failed(
        .timeout, what: "no end after \(submission.timeoutSeconds) s", mayHaveArrived: isHandedOver)
    }
    // libcurl's own words: they name hosts and codes, never what the server wrote.
    let message = String(cString: errorText)
    return .failed(
      failure(code), what: message.isEmpty ? String(cString: ccurl_easy_strerror(code)) : message,
      mayHaveArrived: isHandedOver)
  }

  private func step(_ code: CURLcode) -> MailOutcome.Step {
    if isHandedOver { return .message }
    switch code {
    case CURLE_LOGIN_DENIED: return .login
    case CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED: return .greeting
    default: return .envelope
    }
  }

  private func failure(_ code: CURLcode) -> TransportOutcome.Failure {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .resolve
    case CURLE_COULDNT_CONNECT: .connect
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE: .tls
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: .reset
    case CURLE_LOGIN_DENIED: .badRequest
    default: .other
    }
  }
}

/// The functions libcurl calls. They capture nothing; the transfer comes in as the context and outlives the call.
extension MailTransfer {
  private static func from(_ context: UnsafeMutableRawPointer?) -> MailTransfer? {
    context.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
  }

  static let onRead: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    buffer, size, count, context in
    guard let buffer, let transfer = MailTransfer.from(context) else { return Int(CURL_READFUNC_ABORT) }
    let taken = min(size * count, transfer.submission.message.count - transfer.offset)
    transfer.submission.message.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, taken > 0 else { return }
      UnsafeMutableRawPointer(buffer).copyMemory(from: base + transfer.offset, byteCount: taken)
    }
    transfer.offset += taken
    return taken
  }

  static let onText: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    _, size, count, _ in size * count
  }

  /// Asked about once a second: any other answer than 0 ends the transfer.
  static let onProgress:
    @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> Int32 = {
      context, _, _, _, _ in
      guard let transfer = MailTransfer.from(context) else { return 1 }
      if ContinuousClock.now >= transfer.deadline { transfer.timedOut = true }
      return transfer.timedOut || transfer.cancelled.withLock { $0 } ? 1 : 0
    }

  static let onOpenSocket:
    @convention(c) (UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t = {
      context, _, address in
      guard let address, let transfer = MailTransfer.from(context), transfer.isAllowed(address) else {
        return ccurl_socket_bad()
      }
      return socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    }

  private func isAllowed(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
    let (family, length) = (address.pointee.family, Int(address.pointee.addrlen))
    let known = withUnsafePointer(to: &address.pointee.addr) { NetworkAddress($0, family: family, length: length) }
    guard let known else {
      blocked = "an address that is neither IPv4 nor IPv6"
      return false
    }
    if server.security == .none, known.scope != .loopback {
      blocked = "\(known.description) is not this machine, and the line would not be encrypted"
      return false
    }
    blocked = addresses.refusal(of: known, host: server.host, plain: server.security == .none)
    return blocked == nil
  }
}
