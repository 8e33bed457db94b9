import ClosureModel
import Foundation
import Testing

@testable import Outbox

@Suite("What a preset sends")
struct RenderTests {
  @Test("Every shipped preset makes exactly these requests of the same reply", arguments: Shipped.names)
  func golden(_ name: String) throws {
    for mode in Preset.Mode.allCases where try Shipped.preset(name).modes[mode] != nil {
      let target = PresetTarget(try Shipped.setup(name, mode: mode), nonce: { "3ee8c1b8" })
      let requests = try target.rendered(.invented(ticket: Shipped.ticket(name)), at: .moment)
      let page = requests.map { "# \($0.part.rawValue): \($0.name)\n\($0.request.page)" }.joined(separator: "\n")
      try expectGolden(page, "\(name)-\(mode.rawValue).http")
    }
  }

  @Test("The list of presets is the folder's")
  func complete() throws {
    let folder = Shipped.root.appending(path: "Templates/webhooks").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(files) == Set(Shipped.names.map { $0 + ".yaml" }))
    for name in Shipped.names { #expect(try Shipped.preset(name).name == name) }
  }

  @Test("As data, the generic preset sends what GenericPreset sends")
  func generic() throws {
    let entry = OutboxEntry.invented(ticket: "T-1001")
    let data = try #require(
      try PresetTarget(Shipped.setup("generic", url: "https://tickets.example.com/hook")).rendered(entry, at: .moment)
        .first?.request)
    let code = GenericPreset(
      url: "https://tickets.example.com/hook", signer: try Signer(secrets: [Shipped.secret]), timeoutSeconds: 5,
      connectTimeoutSeconds: 2
    ).request(for: entry, at: .moment)
    #expect(data.url == code.url)
    #expect(data.method == code.method)
    #expect(data.body == code.body)
    #expect(Set(data.headers) == Set(code.headers))
    #expect(data.headers.count == code.headers.count)
  }

  static let hostile = [
    #"" , "admin": true, "x": ""#, #"\"}],"ticket":{"comment":{"public":true"#, "</p><script>alert(1)</script>",
    "{secret}",
    "{values.user}", "a\r\nX-Injected: 1\r\n\r\nGET / HTTP/1.1", "\u{0}\u{1}\u{7F}", "🎉\u{2028}\u{202E}", "%2e%2e%2f",
    "&Action=DeleteTicket",
    String(repeating: "长", count: 20_000), "CD-0000000000",
  ]

  @Test("Nothing in a reply breaks out of its place in the body", arguments: hostile, Shipped.names)
  func bodies(_ text: String, _ name: String) throws {
    let target = PresetTarget(try Shipped.setup(name), nonce: { "n" })
    let plain = try target.rendered(.invented(ticket: Shipped.ticket(name), subject: "s", body: "b"), at: .moment)
    let entry = OutboxEntry.invented(ticket: Shipped.ticket(name), subject: text, body: text)
    let made = try target.rendered(entry, at: .moment)
    #expect(made.count == plain.count)
    for (one, other) in zip(made, plain) {
      #expect(one.request.url == other.request.url)
      // Signatures differ as they must.
      func names(_ request: WebhookRequest) -> [String] { request.headers.map(\.name) }
      #expect(names(one.request) == names(other.request))
      #expect(!one.request.headers.contains { $0.value.contains { $0.isNewline } })
      guard !one.request.body.isEmpty else { continue }
      if name == "aliyun-workorder" {
        #expect(keys(one.request.body) == keys(other.request.body))
        continue
      }
      let value = try #require(JSONValue(parsing: one.request.body), "the body is JSON")
      let shape = try #require(JSONValue(parsing: other.request.body))
      #expect(Self.shape(value) == Self.shape(shape))
    }
    let showing = String(decoding: made.map(\.request.body).max { $0.count < $1.count } ?? [], as: UTF8.self)
    #expect(!showing.contains("whsec_"), "no field reaches the secret")
    if ["freshdesk", "freescout"].contains(name) {
      #expect(!showing.contains("<script"), "the text is escaped")
    }
  }

  /// The names and kinds of a value, without its texts.
  private static func shape(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "text"
    case .array(let items): "[" + items.map(shape).joined(separator: ",") + "]"
    case .object(let members): "{" + members.map { "\($0.name):\(shape($0.value))" }.joined(separator: ",") + "}"
    }
  }

  private func keys(_ body: [UInt8]) -> [String] {
    String(decoding: body, as: UTF8.self).split(separator: "&").map { String($0.prefix { $0 != "=" }) }
  }

  @Test(
    "A ticket id never changes the path of a request: what the system cannot have is refused",
    arguments: [
      "../../admin", "..", ".", "", "42/../43", "42?x=1", "42#x", "4 2", "42\r\nX: 1", "４２", "%2e%2e", "42%2f",
    ],
    Shipped.names)
  func ticketIDs(_ id: String, _ name: String) throws {
    let preset = try Shipped.preset(name)
    let target = PresetTarget(try Shipped.setup(name))
    let made = try? target.rendered(.invented(ticket: id), at: .moment)
    switch preset.ticket {
    case .number, .word: #expect(made == nil)
    case .any:
      for request in made ?? [] { #expect(request.request.url == "https://desk.example.com/base") }
    }
  }

  @Test("A free ticket id is percent-encoded where it is part of a URL")
  func encoded() throws {
    let text = """
      preset: own
      title: own
      source: none
      tried: never
      ticket: any
      idempotent: true
      auth: { kind: none }
      modes: { public: {} }
      post:
        - name: one
          request: { method: PUT, url: "{url}/t/{ticket}/x?s={subject}", headers: { X-Id: "{id}" } }
          success: { status: 200 }
      """
    let setup = try PresetSetup(
      preset: PresetLoader.load(text: text, file: "own.yaml"), mode: .public, url: "https://a.example.com", values: [:],
      secrets: [], timeoutSeconds: 5, connectTimeoutSeconds: 1)
    let made = try PresetTarget(setup).rendered(
      .invented(ticket: "../a b/?#%京", subject: "x&y=z"), at: .moment)
    #expect(
      made.first?.request.url == "https://a.example.com/t/..%2Fa%20b%2F%3F%23%25%E4%BA%AC/x?s=x%26y%3Dz")
  }

  @Test("A line break in a header is refused before anything is sent")
  func headers() throws {
    let text = try Shipped.text("generic").replacing(
      #"Idempotency-Key: '"{id}"'"#, with: #"X-Subject: "{subject}""#)
    let setup = try PresetSetup(
      preset: PresetLoader.load(text: text, file: "own.yaml"), mode: .public, url: "https://a.example.com", values: [:],
      secrets: [Shipped.secret], timeoutSeconds: 5, connectTimeoutSeconds: 1)
    #expect(throws: PresetError.self) {
      try PresetTarget(setup).rendered(.invented(ticket: "1", subject: "a\r\nX-Injected: 1"), at: .moment)
    }
    #expect(try PresetTarget(setup).rendered(.invented(ticket: "1", subject: "a"), at: .moment).count == 1)
  }

  @Test("The signature of Alibaba Cloud's own example is this one")
  func alibaba() {
    let signed = AlibabaRPC.signed(
      [("Action", "DescribeRegions"), ("Format", "XML"), ("Version", "2014-05-26")], accessKeyID: "testid",
      secret: "testsecret", nonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
      at: Timestamp(parsing: "2016-02-23T12:46:24Z")!, method: "GET")
    #expect(signed.last?.value == "OLeaidS1JvxuMvnyHOwuJ+uX5qY=")
  }

  @Test("The marker is the same in every version, and of letters that nobody misreads")
  func marker() {
    #expect(Marker.code(IdempotencyKey(rawValue: "cd_0123456789abcdef0123456789abcdef01234567")) == "CD-AE7QDYS36B")
    #expect(Marker.isMarked("好的。\n[CD-7F3KQ2MZ8W]"))
    for text in ["CD-7F3KQ2MZ8", "CD-7F3KQ2MZ8U", "cd-7F3KQ2MZ8W", "CD ROM", ""] {
      #expect(!Marker.isMarked(text))
    }
  }
}
