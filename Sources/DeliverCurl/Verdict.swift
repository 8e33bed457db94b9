import CCurl
import ClosureModel

/// What the end of a transfer means.
enum Verdict {
  /// Only a clean transfer with a final status is an answer: garbage behind a proxy arrives as a clean transfer with
  /// status 0, a body cut short as a status with a failure.
  static func outcome(of transfer: Transfer, code: CURLcode, handle: EasyHandle) -> TransportOutcome {
    let status = handle.status
    if code == CURLE_OK, status >= 200 {
      let response = transfer.response
      return .answered(HTTPReply(status: status, headers: response.headers, body: response.body))
    }
    let arrived = mayHaveArrived(transfer, handle)
    if transfer.response.tooLarge {
      return .failed(.responseTooLarge, what: "the response is longer than the bound", mayHaveArrived: arrived)
    }
    if transfer.resendRefused {
      return .failed(
        .reset, what: "the connection ended before an answer; the request was not written again", mayHaveArrived: true)
    }
    if let blocked = transfer.blocked, code == CURLE_COULDNT_CONNECT {
      return .failed(.blockedAddress, what: blocked, mayHaveArrived: arrived)
    }
    if code == CURLE_OK {
      return .failed(.other, what: "the answer has no final status (\(status))", mayHaveArrived: true)
    }
    let message = handle.errorMessage
    let what = message.isEmpty ? String(cString: ccurl_easy_strerror(code)) : message
    return .failed(failure(code, began: arrived), what: what, mayHaveArrived: arrived)
  }

  static func cancelled(_ transfer: Transfer, _ handle: EasyHandle?) -> TransportOutcome {
    .failed(
      .cancelled, what: "the task was cancelled", mayHaveArrived: handle.map { mayHaveArrived(transfer, $0) } ?? false)
  }

  /// Whether any byte of the request may have been written to the receiver. The bytes counted by libcurl include the
  /// CONNECT to a proxy, which is not the request.
  static func mayHaveArrived(_ transfer: Transfer, _ handle: EasyHandle) -> Bool {
    transfer.began || (!transfer.route.viaProxy && handle.requestBytes > 0)
  }

  private static func failure(_ code: CURLcode, began: Bool) -> TransportOutcome.Failure {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
    case CURLE_COULDNT_CONNECT: .connect
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      .tls
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      began ? .reset : .connect
    case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: .badRequest
    default: .other
    }
  }
}
