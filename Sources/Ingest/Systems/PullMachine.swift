import ClosureModel

/// What is to be fetched next and under which name the answer is kept: a machine without a network.
public struct PullMachine: Sendable {
  public struct Request: Sendable {
    /// Whole.
    public let url: String
    /// Below the folder of the pull; `nil`: the answer is not kept.
    public let file: String?
    /// Must be JSON.
    public let isDocument: Bool
    /// A failure is noted, and the rest goes on.
    public var mayFail: Bool { !isDocument }
    fileprivate let fetch: PullPreset.Fetch?
    fileprivate var names: [String: String]
  }
  /// The system answered, but not what was asked for.
  public struct Refusal: Error, Sendable {
    public let what: String
  }
  private let preset: PullPreset
  private let base: String
  private var waiting: [Request] = []
  /// Answers with tickets so far.
  public private(set) var pages = 0

  /// - Parameters:
  ///   - base: the system's address, without a slash at its end.
  ///   - query: what the operator wants of all tickets, in the system's own form.
  ///   - since: seconds since 1970; only what changed after it.
  public init(_ preset: PullPreset, base: String, query: String?, since: Int64?) {
    self.preset = preset
    self.base = base
    if let probe = preset.probe {
      waiting.append(Request(url: base + probe, file: nil, isDocument: true, fetch: nil, names: [:]))
    }
    var names = ["page": "1", "offset": "0", "base": base, "since": "0", "query": query ?? ""]
    switch preset.since {
    case .epoch: names["since"] = "\(since ?? 0)"
    case .rt:
      var conditions = query.map { ["(\($0))"] } ?? ["id > 0"]
      // Read in the time zone of the user whose token it is: as early as it can be meant anywhere.
      if let since { conditions.append("LastUpdated > '\(Self.clock(since - 14 * 3600, separator: " "))'") }
      names["query"] = Self.encoded(conditions.joined(separator: " AND "))
    case .iso:
      let filter = since.map { "&updated_on=%3E%3D\(Self.clock($0, separator: "T"))Z" } ?? ""
      names["query"] = (query.map { "&" + $0 } ?? "") + filter
    case .none: break
    }
    for fetch in preset.first { waiting.append(request(fetch, names)) }
  }

  public var next: Request? { waiting.first }

  /// - Parameter answer: the body of the first request's answer.
  /// - Throws: when the answer shows that the key is wrong or that it is no such system.
  public mutating func answered(_ answer: [UInt8]) throws(Refusal) {
    let request = waiting.removeFirst()
    guard request.isDocument else { return }
    guard let document = JSONValue.parse(answer) else { throw Refusal(what: "the answer is no JSON") }
    let scope = PathScope(record: document, variables: [:]) { _, _ in nil }
    guard let fetch = request.fetch else {
      for path in preset.probeNeeds where scope.text([path]) == nil {
        throw Refusal(what: "the system does not know who asks (no \(path.spelling) in its answer): the key is wrong")
      }
      return
    }
    var follow: [Request] = []
    children(fetch, scope, request.names, &follow)
    if let page = nextPage(fetch, scope, request) {
      guard page.url != request.url else { throw Refusal(what: "a page names itself as the next one") }
      follow.append(page)
    } else if scope.text([Self.named]) != nil {
      throw Refusal(what: "an answer names a next page that cannot be fetched")
    }
    waiting.insert(contentsOf: follow, at: 0)
  }

  /// Where systems name the next page.
  private static let named: PathExpression = {
    do throws(PathExpression.Mistake) { return try PathExpression("/next_page") } catch {
      preconditionFailure("the way to the next page cannot be read: \(error.what)")
    }
  }()

  /// A file that cannot be had is passed over.
  public mutating func passedOver() { waiting.removeFirst() }

  private func children(
    _ fetch: PullPreset.Fetch, _ scope: PathScope, _ names: [String: String], _ out: inout [Request]
  ) {
    for child in fetch.children {
      for found in scope.find(child.each) ?? [] {
        let inner = scope.with(found.value, key: found.key)
        if let unless = child.unless, unless.holds(in: inner) { continue }
        var own = names
        own["page"] = "1"
        own["offset"] = "0"
        for (name, paths) in child.names { own[name] = inner.text(paths) }
        guard child.names.allSatisfy({ own[$0.name] != nil }) else { continue }
        if child.fetch.path.isEmpty {
          children(child.fetch, inner, own, &out)
        } else {
          out.append(request(child.fetch, own))
        }
      }
    }
  }

  private func nextPage(_ fetch: PullPreset.Fetch, _ scope: PathScope, _ request: Request) -> Request? {
    var names = request.names
    let page = Int(names["page"] ?? "") ?? 1
    names["page"] = "\(page + 1)"
    if let cursor = fetch.cursor, let path = fetch.cursorPath {
      guard !(fetch.end?.holds(in: scope) ?? false), let value = scope.text([cursor]) else { return nil }
      names["cursor"] = value
      var next = fetch
      next = PullPreset.Fetch(
        path: path, file: fetch.file, end: fetch.end, cursor: cursor, cursorPath: path, children: fetch.children)
      return self.request(next, names)
    }
    // Request Tracker counts no pages for a user who may not see all rows.
    if let pages = fetch.pages, let count = scope.text([pages]).flatMap({ Int($0) }) {
      guard page < count else { return nil }
      return self.request(fetch, names)
    }
    if let items = fetch.items {
      let count = (scope.find(items) ?? []).count
      guard count > 0 else { return nil }
      if let total = fetch.total {
        let done = (Int(names["offset"] ?? "") ?? 0) + count
        guard let all = scope.text([total]).flatMap({ Int($0) }), done < all else { return nil }
        names["offset"] = "\(done)"
        return self.request(fetch, names)
      }
      return fetch.endsWhenEmpty ? self.request(fetch, names) : nil
    }
    guard let address = scope.text(fetch.next) else { return nil }
    var next = self.request(fetch, names)
    next = Request(
      url: Self.resolved(address, against: request.url), file: next.file, isDocument: true, fetch: fetch, names: names)
    return next
  }

  private func request(_ fetch: PullPreset.Fetch, _ names: [String: String]) -> Request {
    var file = Self.filled(fetch.file, names) { Self.fileName($0) }
    // The first page of what mostly has one keeps the plain name.
    if names["ticket"] != nil { file = file.replacing("-page1.json", with: ".json") }
    // What is an address or a query is whole already; a cursor and an id are not.
    var path = fetch.path
    for name in ["query", "url", "base"] { path = path.replacing("{\(name)}", with: names[name] ?? "") }
    let address = Self.filled(path, names) { Self.encoded($0) }
    return Request(
      url: Self.whole(address, base), file: file, isDocument: fetch.kind == .document, fetch: fetch, names: names)
  }

  /// An address that an answer names, as RFC 3986 has it: whole, of the same host, or of the same path.
  static func resolved(_ address: String, against url: String) -> String {
    if address.hasPrefix("https://") || address.hasPrefix("http://") { return address }
    guard let scheme = url.firstRange(of: "://") else { return address }
    if address.hasPrefix("//") { return url[..<scheme.lowerBound] + ":" + address }
    let path = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    if address.hasPrefix("/") { return url[..<path] + address }
    let query = url[path...].firstIndex { "?#".contains($0) } ?? url.endIndex
    if address.hasPrefix("?") { return url[..<query] + address }
    let folder = url[path..<query].lastIndex(of: "/").map { url[...$0] } ?? url[..<query] + "/"
    return folder + address
  }

  private static func whole(_ address: String, _ base: String) -> String {
    address.hasPrefix("https://") || address.hasPrefix("http://") ? address : base + address
  }

  private static func filled(_ text: String, _ names: [String: String], _ form: (String) -> String) -> String {
    var out = text
    for (name, value) in names where out.contains("{\(name)}") { out = out.replacing("{\(name)}", with: form(value)) }
    return out
  }

  /// One component of a path, whatever a customer called his file.
  static func fileName(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      out.append(scalar == "/" || scalar == "\\" || scalar.value < 0x20 || scalar.value == 0x7F ? "_" : scalar)
    }
    var text = String(out)
    while text.utf8.count > 200 { text.removeFirst() }
    return text == "." || text == ".." ? "_" : text
  }

  /// RFC 3986, unreserved characters as they are.
  static func encoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = Array("0123456789ABCDEF")
        out += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
    return out
  }

  private static func clock(_ seconds: Int64, separator: String) -> String {
    let text = Timestamp(epochSeconds: seconds, offsetSeconds: 0).description
    return String(text.dropLast()).replacing("T", with: separator)
  }
}
