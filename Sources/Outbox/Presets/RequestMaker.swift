import ClosureModel
import FoundationEssentials

/// Makes requests of a preset's data. Values are encoded for the place they go to: they cannot break out of it.
struct RequestMaker: Sendable {
  let setup: PresetSetup
  /// Differs at every call.
  let nonce: @Sendable () -> String

  func make(_ request: Request, _ fields: PresetFields, entry: OutboxEntry, at now: Timestamp) throws(PayloadMistake)
    -> WebhookRequest
  {
    var url = try filled("the URL") { () throws(MissingField) in
      try request.url.filled(fields) { name, value in
        name == "url" || (name.hasPrefix("kept.") && request.url.onlyField != nil)
          ? value : PercentEncoding.encoded(value)
      }
    }
    // An address that the system gave us must not carry our credentials elsewhere.
    if request.url.onlyField != nil, url != setup.url, !url.hasPrefix(setup.url + "/") {
      throw PayloadMistake(
        what: "the system names an address outside of webhook.url for the next request; set webhook.url to the"
          + " address that the system itself calls its own")
    }
    var headers: [HTTPField] = []
    func named(_ name: String) -> Bool { request.headers.contains { $0.name.lowercased() == name } }
    // What the preset names itself is not added to.
    func type(_ type: String) { if !named("content-type") { headers.append(HTTPField("Content-Type", type)) } }
    var form: [(name: String, value: String)]?
    var body: [UInt8] = []
    switch request.body {
    case .none: break
    case .event:
      type("application/json; charset=utf-8")
      body = entry.payload
    case .json(let tree):
      type("application/json; charset=utf-8")
      body = Array(
        try filled("the body") { () throws(MissingField) in try tree.filled(fields) ?? .null }.serialised.utf8)
    case .text(let template, let name):
      type(name)
      body = Array(try filled("the body") { () throws(MissingField) in try template.filled(fields) }.utf8)
    case .form(let entries):
      type("application/x-www-form-urlencoded")
      var pairs: [(name: String, value: String)] = []
      for entry in entries {
        // As in JSON: a field that has no value is left out.
        if let only = entry.value.onlyField, fields[only] == nil { continue }
        pairs.append((entry.name, try filled("the form") { () throws(MissingField) in try entry.value.filled(fields) }))
      }
      form = pairs
    }
    if !named("user-agent") { headers.append(HTTPField("User-Agent", setup.userAgent)) }
    var own: [HTTPField] = []
    for header in request.headers {
      let value = try filled("the header \(header.name)") { () throws(MissingField) in try header.value.filled(fields) }
      guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw PayloadMistake(what: "the header \(header.name) would hold a line break or a control character")
      }
      own.append(HTTPField(header.name, value))
    }
    try sign(&url, &headers, &form, body: body, fields, entry: entry, at: now, method: request.method)
    if let form { body = Array(PercentEncoding.form(form).utf8) }
    return WebhookRequest(
      method: request.method, url: url, headers: headers + own, body: body, timeoutSeconds: setup.timeoutSeconds,
      connectTimeoutSeconds: setup.connectTimeoutSeconds, reuse: setup.preset.isIdempotent)
  }

  private func sign(
    _ url: inout String, _ headers: inout [HTTPField], _ form: inout [(name: String, value: String)]?, body: [UInt8],
    _ fields: PresetFields, entry: OutboxEntry, at now: Timestamp, method: String
  ) throws(PayloadMistake) {
    let secret = setup.secrets.first ?? ""
    var fields = fields
    fields["secret"] = .string(secret)
    func text(_ template: Template) throws(PayloadMistake) -> String {
      try filled("the credentials") { () throws(MissingField) in try template.filled(fields) }
    }
    switch setup.auth {
    case .none: break
    case .bearer: headers.append(HTTPField("Authorization", "Bearer \(secret)"))
    case .basic(let user, let password):
      let pair = Data("\(try text(user)):\(try text(password))".utf8)
      headers.append(HTTPField("Authorization", "Basic \(pair.base64EncodedString())"))
    case .header(let name, let value): headers.append(HTTPField(name, try text(value)))
    case .query(let name):
      url += (url.contains("?") ? "&" : "?") + PercentEncoding.form([(name, secret)])
    case .standardWebhooks:
      headers.append(HTTPField("webhook-id", entry.key.rawValue))
      headers.append(HTTPField("webhook-timestamp", "\(now.epochSeconds)"))
      if let signer = setup.signer {
        headers.append(
          HTTPField(
            "webhook-signature", signer.header(id: entry.key.rawValue, timestamp: now.epochSeconds, body: body)))
      }
    case .alibabaRPC(let id):
      form = AlibabaRPC.signed(
        form ?? [], accessKeyID: try text(id), secret: secret, nonce: nonce(), at: now, method: method)
    }
  }

  private func filled<Value>(_ place: String, _ body: () throws(MissingField) -> Value) throws(PayloadMistake) -> Value
  {
    do throws(MissingField) {
      return try body()
    } catch {
      throw PayloadMistake(what: "\(place) needs “\(error.name)”, which this reply does not have")
    }
  }
}

/// RFC 3986: everything but letters, digits and `-._~` becomes `%XX`.
enum PercentEncoding {
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
      default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func form(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { encoded($0.name) + "=" + encoded($0.value) }.joined(separator: "&")
  }
}
