import ClosureModel
import DeliverCurl

/// Options that let a test reach its own loopback server.
var loopback: CurlOptions {
  var options = CurlOptions()
  options.allowHTTPLoopback = true
  return options
}

func post(
  _ url: String, _ body: String = #"{"ticket":"T-1"}"#, headers: [HTTPField] = [HTTPField("webhook-id", "msg_1")],
  timeout: Double = 10
) -> WebhookRequest {
  WebhookRequest(url: url, headers: headers, body: Array(body.utf8), timeoutSeconds: timeout, connectTimeoutSeconds: 2)
}

extension TransportOutcome {
  var failure: Failure? {
    if case .failed(let failure, _, _) = self { return failure }
    return nil
  }

  var mayHaveArrived: Bool? {
    if case .failed(_, _, let arrived) = self { return arrived }
    return nil
  }

  var reply: HTTPReply? {
    if case .answered(let reply) = self { return reply }
    return nil
  }
}
