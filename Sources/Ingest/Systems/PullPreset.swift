/// How tickets are fetched from a ticket system: which addresses, in what order, under which names the answers are kept.
/// The names are those that the system's map reads, so that a pull is an export like any other.
public struct PullPreset: Sendable {
  public enum Authorization: Sendable, Hashable {
    /// The secret stands behind these words in this header.
    case header(name: String, prefix: String)
    /// The secret is `user:password`.
    case basic
    /// The secret is a whole header line, `Name: value`.
    case line
  }
  public let id: String
  public let authorization: Authorization
  /// Asked first: a wrong key must not look like a system without tickets.
  let probe: String?
  /// Members that the answer to the probe must have.
  let probeNeeds: [PathExpression]
  /// `{since}` is a time in the system's own form.
  let first: [Fetch]
  enum SinceForm: Sendable { case rt, iso, epoch, none }
  let since: SinceForm
  /// Whether the system can be asked for some tickets alone.
  public var takesQuery: Bool { first.contains { $0.path.contains("{query}") } }

  /// A kind of answer, and what is fetched because of it.
  struct Fetch: Sendable {
    enum Kind: Sendable { case document, file }
    /// Below the system's address, or a whole address; `{name}` is filled in. Empty: nothing is fetched, the record itself
    /// is looked through.
    let path: String
    let file: String
    var kind = Kind.document
    /// The next page: the address itself, or the number to fill in as `{page}`, where the answer tells how many there are.
    var next: [PathExpression] = []
    var pages: PathExpression?
    var pageSize = 0
    var items: PathExpression?
    /// `{offset}` grows by the number of items until `total` is reached.
    var total: PathExpression?
    var endsWhenEmpty = false
    var end: Condition?
    var cursor: PathExpression?
    var cursorPath: String?
    var children: [Child] = []
  }

  /// What is fetched for each record of an answer.
  struct Child: Sendable {
    let each: PathExpression
    let names: [(name: String, path: [PathExpression])]
    let unless: Condition?
    let fetch: Fetch
  }

  /// - Returns: `nil` for a name that is no preset's.
  public static func named(_ id: String) -> PullPreset? { all.first { $0.id == id } }
  public static var ids: [String] { all.map(\.id) }

  private static func path(_ text: String) -> PathExpression {
    do throws(PathExpression.Mistake) { return try PathExpression(text) } catch {
      preconditionFailure("a preset has a way that cannot be read: \(error.what)")
    }
  }
  private static func condition(_ text: String) -> Condition {
    do throws(PathExpression.Mistake) { return try Condition(text) } catch {
      preconditionFailure("a preset has a condition that cannot be read: \(error.what)")
    }
  }

  private static let all: [PullPreset] = [rt, redmine, zendesk, zammad, generic]

  private static let rt: PullPreset = {
    let content = Fetch(path: "/REST/2.0/attachment/{attachment}", file: "attachment-{ticket}-{attachment}.json")
    let list = Fetch(
      path: "/REST/2.0/ticket/{ticket}/attachments?per_page=100&page={page}"
        + "&fields=Filename,ContentType,ContentLength,TransactionId,Created,Creator,Subject",
      file: "attachments-{ticket}-page{page}.json", next: [path("/next_page")], pages: path("/pages"),
      children: [
        Child(
          each: path("/items/*"), names: [("attachment", [path("/id")])], unless: condition("/ContentLength = 0"),
          fetch: content)
      ])
    let history = Fetch(
      path: "/REST/2.0/ticket/{ticket}/history?per_page=100&page={page}"
        + "&fields=Type,Creator,Created,Field,OldValue,NewValue,_hyperlinks&fields[Creator]=Name,EmailAddress",
      file: "history-{ticket}-page{page}.json", next: [path("/next_page")], pages: path("/pages"))
    let ticket = Fetch(path: "/REST/2.0/ticket/{ticket}", file: "ticket-{ticket}.json")
    let names: [(name: String, path: [PathExpression])] = [("ticket", [path("/id")])]
    return PullPreset(
      id: "rt5", authorization: .header(name: "Authorization", prefix: "token "), probe: "/REST/2.0/rt", probeNeeds: [],
      first: [
        Fetch(
          path: "/REST/2.0/tickets?query={query}&orderby=id&order=ASC&per_page=100&page={page}"
            + "&fields=Subject,Status,Queue,Requestor,Created,LastUpdated,CustomFields"
            + "&fields[Queue]=Name&fields[Requestor]=EmailAddress,RealName",
          file: "tickets-page{page}.json", next: [path("/next_page")], pages: path("/pages"),
          children: [ticket, history, list].map {
            Child(each: path("/items/*"), names: names, unless: nil, fetch: $0)
          })
      ], since: .rt)
  }()

  private static let redmine = PullPreset(
    id: "redmine", authorization: .header(name: "X-Redmine-API-Key", prefix: ""), probe: "/users/current.json",
    probeNeeds: [path("/user/id")],
    first: [
      Fetch(
        path: "/issues.json?status_id=*&sort=id&limit=100&offset={offset}{query}", file: "issues-offset{offset}.json",
        items: path("/issues/*"), total: path("/total_count"),
        children: [
          Child(
            each: path("/issues/*"), names: [("ticket", [path("/id")])], unless: nil,
            fetch: Fetch(
              path: "/issues/{ticket}.json?include=journals,attachments,relations", file: "issue-{ticket}.json",
              children: [
                Child(
                  each: path("/issue/attachments/*"),
                  names: [
                    ("attachment", [path("/id")]), ("url", [path("/content_url")]), ("name", [path("/filename")]),
                  ], unless: nil,
                  fetch: Fetch(path: "{url}", file: "attachments/{ticket}/{attachment}_{name}", kind: .file))
              ]))
        ])
    ], since: .iso)

  private static let zendesk = PullPreset(
    id: "zendesk", authorization: .basic, probe: "/api/v2/users/me.json", probeNeeds: [path("/user/id")],
    first: [
      Fetch(path: "/api/v2/ticket_fields.json", file: "ticket_fields.json"),
      Fetch(
        path: "/api/v2/incremental/tickets/cursor.json?start_time={since}&include=users",
        file: "incremental-page{page}.json", end: condition("/end_of_stream"), cursor: path("/after_cursor"),
        cursorPath: "/api/v2/incremental/tickets/cursor.json?cursor={cursor}&include=users",
        children: [
          Child(
            each: path("/tickets/*"), names: [("ticket", [path("/id")])], unless: condition("/status = deleted"),
            fetch: Fetch(
              path: "/api/v2/tickets/{ticket}/comments.json?include=users", file: "comments/{ticket}-page{page}.json",
              next: [path("/next_page")],
              children: [
                Child(
                  each: path("/comments/*/attachments/*"),
                  names: [
                    ("attachment", [path("/id")]), ("url", [path("/content_url")]), ("name", [path("/file_name")]),
                  ], unless: condition("/deleted"),
                  fetch: Fetch(path: "{url}", file: "attachments/{ticket}/{attachment}_{name}", kind: .file))
              ]))
        ]),
    ], since: .epoch)

  private static let zammad = PullPreset(
    id: "zammad", authorization: .header(name: "Authorization", prefix: "Token token="), probe: "/api/v1/users/me",
    probeNeeds: [path("/id")],
    first: [
      Fetch(
        path: "/api/v1/tickets?expand=true&per_page=100&page={page}", file: "tickets-expand-page{page}.json",
        items: path("/*"), endsWhenEmpty: true,
        children: [
          Child(
            each: path("/*"), names: [("ticket", [path("/id")])], unless: nil,
            fetch: Fetch(
              path: "/api/v1/ticket_articles/by_ticket/{ticket}?expand=true", file: "articles/{ticket}.json",
              children: [
                Child(
                  each: path("/*"), names: [("article", [path("/id")])], unless: nil,
                  fetch: Fetch(
                    path: "", file: "",
                    children: [
                      Child(
                        each: path("/attachments/*"),
                        names: [("attachment", [path("/id")]), ("name", [path("/filename")])], unless: nil,
                        fetch: Fetch(
                          path: "/api/v1/ticket_attachment/{ticket}/{article}/{attachment}",
                          file: "attachments/{ticket}/{attachment}_{name}", kind: .file))
                    ]))
              ]))
        ])
    ], since: .none)

  private static let generic = PullPreset(
    id: "generic", authorization: .line, probe: nil, probeNeeds: [],
    first: [
      Fetch(
        path: "{base}", file: "page{page}.json",
        next: [path("/next"), path("/next_page"), path("/links/next"), path("/next_url")])
    ], since: .none)
}
