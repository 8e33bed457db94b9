import CCurl
import ClosureModel

/// Owns one easy handle: made once, freed once, used for one transfer at a time, on the engine's thread.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private let headers = HeaderLines()
  /// What it carries; nil: nothing.
  private(set) var transfer: Transfer?
  private(set) var watch: SocketWatch?
  /// What the handle is set up for now; `nil`: nothing that may be relied on.
  private var setup: Setup?

  /// Everything of a transfer that settings depend on, but for its message.
  private struct Setup {
    let route: Route
    let method: String
    let hasBody: Bool
    let reuse: Bool
    let timeoutSeconds: Double
    let connectTimeoutSeconds: Double

    init(_ transfer: Transfer) {
      let request = transfer.request
      (route, method, hasBody) = (transfer.route, request.method, !request.body.isEmpty)
      (reuse, timeoutSeconds) = (request.reuse, request.timeoutSeconds)
      connectTimeoutSeconds = request.connectTimeoutSeconds
    }

    func fits(_ transfer: Transfer) -> Bool {
      let request = transfer.request
      return route === transfer.route && method == request.method && hasBody == !request.body.isEmpty
        && reuse == request.reuse && timeoutSeconds == request.timeoutSeconds
        && connectTimeoutSeconds == request.connectTimeoutSeconds
    }
  }

  init() throws(TransportError) {
    guard let pointer = ccurl_easy_init() else {
      throw TransportError(what: "libcurl gave no handle", fix: "Free memory and try again.")
    }
    self.pointer = pointer
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    ccurl_easy_cleanup(pointer)
    errorText.deallocate()
  }

  /// What libcurl says about the last failure; empty when it said nothing.
  var errorMessage: String { String(cString: errorText) }

  var status: Int {
    var value = 0
    return ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &value) == CURLE_OK ? value : 0
  }

  /// Bytes of requests written so far, also those of a first try on a connection that died.
  var requestBytes: Int {
    var value = 0
    return ccurl_get_long(pointer, CURLINFO_REQUEST_SIZE, &value) == CURLE_OK ? value : 0
  }

  /// The handle behind libcurl's pointer; nil: it was not set up by `prepare`.
  static func owner(of pointer: UnsafeMutableRawPointer) -> EasyHandle? {
    ccurl_get_private(pointer).map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Sets the handle up: anew, or where only the message differs from the last one's, the message alone, at half the
  /// cost. Nothing of the transfer before stays but live connections, which are the multi handle's.
  /// - Parameter options: the same ones each time, and so the watch.
  func prepare(_ transfer: Transfer, options: CurlOptions, watch: SocketWatch) throws(TransportError) {
    errorText[0] = 0
    self.watch = watch
    if setup?.fits(transfer) != true {
      setup = nil
      ccurl_easy_reset(pointer)
      try setTarget(transfer, options: options)
      try setMethod(transfer.request)
      try setCallbacks(transfer, http2: options.http2)
      setup = Setup(transfer)
    }
    try setMessage(transfer.request)
    self.transfer = transfer
    transfer.handle = self
  }

  /// Ends the tie to the transfer.
  func forget() {
    transfer?.handle = nil
    transfer = nil
  }

  private func setTarget(_ transfer: Transfer, options: CurlOptions) throws(TransportError) {
    let target = transfer.route.target
    try set(CURLOPT_URL, target.url)
    try set(CURLOPT_PROTOCOLS_STR, target.plain ? "http,https" : "https")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_NOSIGNAL, 1)
    // Without it, ending a transfer whose name is still being looked up waits for the lookup, and every other transfer
    // of the thread with it.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_TIMEOUT_MS, milliseconds(transfer.request.timeoutSeconds))
    try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(transfer.request.connectTimeoutSeconds))
    // A connection that lay idle for longer is likely dead at the other end.
    try set(CURLOPT_MAXAGE_CONN, 20)
    if !transfer.request.reuse {
      // Nobody else's connection, and nobody's after it: one that died unseen would leave the request in doubt.
      try set(CURLOPT_FRESH_CONNECT, 1)
      try set(CURLOPT_FORBID_REUSE, 1)
    }
    if target.plain {
      try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    } else {
      try set(CURLOPT_HTTP_VERSION, options.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
      try set(CURLOPT_PIPEWAIT, options.http2 ? 1 : 0)
      try set(CURLOPT_SSL_VERIFYPEER, 1)
      try set(CURLOPT_SSL_VERIFYHOST, 2)
      try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
      if let caFile = options.caFile {
        try set(CURLOPT_CAINFO, caFile)
        try check(ccurl_set_string(pointer, CURLOPT_CAPATH, nil), "CAPATH")
      }
      if let certificate = options.clientCertificateFile {
        try set(CURLOPT_SSLCERT, certificate)
        try set(CURLOPT_SSLKEY, options.clientKeyFile ?? certificate)
      }
    }
    // An empty proxy switches off the ones of the environment.
    try set(CURLOPT_PROXY, transfer.route.viaProxy ? options.proxy ?? "" : "")
    if transfer.route.viaProxy, let credentials = options.proxyCredentials {
      try set(CURLOPT_PROXYUSERPWD, credentials)
    }
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private static func sendsBody(_ request: WebhookRequest) -> Bool {
    request.method != "HEAD" && (request.method != "GET" || !request.body.isEmpty)
  }

  private func setMethod(_ request: WebhookRequest) throws(TransportError) {
    if !Self.sendsBody(request) {
      try set(request.method == "HEAD" ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1)
    } else {
      try set(CURLOPT_POST, 1)
      if request.method != "POST" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
    }
  }

  private func setMessage(_ request: WebhookRequest) throws(TransportError) {
    if Self.sendsBody(request) {
      try check(ccurl_set_off(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)), "POSTFIELDSIZE")
      let code = request.body.withUnsafeBytes { bytes in
        // Size first: only then are the bytes copied, NULs and all. An empty array may have no address.
        bytes.baseAddress.map { ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, $0) }
          ?? ccurl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
      }
      try check(code, "COPYPOSTFIELDS")
    }
    headers.clear()
    // An empty "Expect:" stops libcurl from waiting for 100 Continue.
    headers.append("Expect", "", separator: ":")
    var namesContentType = false
    for field in request.headers {
      if field.isNamed("content-type") { namesContentType = true }
      // "Name:" would take a header away; "Name;" sends it empty.
      headers.append(field.name, field.value, separator: field.value.isEmpty ? ";" : ": ")
    }
    // libcurl would call the body a web form.
    if !namesContentType { headers.append("Content-Type", "", separator: ":") }
    try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers.list()), "HTTPHEADER")
  }

  /// libcurl's callbacks are about this handle, whatever it carries.
  private func setCallbacks(_ transfer: Transfer, http2: Bool) throws(TransportError) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try check(ccurl_set_pointer(pointer, CURLOPT_PRIVATE, context), "PRIVATE")
    try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText), "ERRORBUFFER")
    try check(ccurl_set_writer(pointer, CURLOPT_HEADERFUNCTION, Transfer.onHeader), "HEADERFUNCTION")
    try check(ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context), "HEADERDATA")
    try check(ccurl_set_writer(pointer, CURLOPT_WRITEFUNCTION, Transfer.onBody), "WRITEFUNCTION")
    try check(ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context), "WRITEDATA")
    try check(ccurl_set_open_socket(pointer, Transfer.onOpenSocket, context), "OPENSOCKETFUNCTION")
    try check(ccurl_set_before_request(pointer, Transfer.onBeforeRequest, context), "PREREQFUNCTION")
    if let watch {
      // The connection may outlive every handle; the watch outlives it.
      let watch = Unmanaged.passUnretained(watch).toOpaque()
      try check(ccurl_set_close_socket(pointer, SocketWatch.onClose, watch), "CLOSESOCKETFUNCTION")
    }
    // Only HTTP/2, which comes with TLS here, can refuse a stream.
    if !transfer.route.target.plain, http2 {
      try check(ccurl_set_debug(pointer, Transfer.onDebug, context), "DEBUGFUNCTION")
    }
  }

  private func milliseconds(_ seconds: Double) -> Int { max(1, Int(seconds * 1000)) }

  private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
    try check(ccurl_set_long(pointer, option, value), "option \(option.rawValue)")
  }

  private func set(_ option: CURLoption, _ value: String) throws(TransportError) {
    try check(ccurl_set_string(pointer, option, value), "option \(option.rawValue)")
  }

  private func check(_ code: CURLcode, _ name: @autoclosure () -> String) throws(TransportError) {
    guard code != CURLE_OK else { return }
    throw TransportError(
      what: "libcurl refused \(name()): \(String(cString: ccurl_easy_strerror(code)))",
      fix: "Install libcurl 7.87 or later.")
  }
}
