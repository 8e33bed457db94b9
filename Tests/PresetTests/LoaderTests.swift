import ClosureModel
import Testing

@testable import Outbox

@Suite("Reading presets")
struct LoaderTests {
  @Test(
    "A mistake in a preset is an error with its line and its mend",
    arguments: [
      ("ticket: number", "ticket: numbers", "cannot be “numbers”"),
      ("title: Request", "titel: Request", "unknown key `titel`"),
      (#"json: { Status: "{set_status}" }"#, #"json: { Status: "{set_statu}" }"#, "nothing fills {set_statu}"),
      ("closed: [{ at: /Status", "closed: [{ at: Status", "no JSON pointer"),
      ("success: { status: 201 }", "success: { status: 2001 }", "no status"),
      ("means: again", "means: again", ""),
      ("method: POST", "method: DELETE", "cannot be “DELETE”"),
      ("tried: Request Tracker 5.0.3 of Debian 12\n", "", "`tried` is missing"),
      ("idempotent: false", "idempotent: true", "sends it no {id}"),
      (#"marker: "[{marker}]""#, #"marker: "[{ticket}]""#, "nothing fills {ticket}"),
      (#", marker: "[{marker}]""#, "", "no reply carries"),
      (
        #""{url}/REST/2.0/ticket/{ticket}/{mode.call}""#, #""https://elsewhere.example.com/{ticket}""#,
        "begin with {url}"
      ),
      ("page_size: 100", "", "belong together"),
      ("total: /total", "total: total", "no JSON pointer"),
      ("total: /total", "total: /total\n    more: /next_page", "say the same thing"),
      ("{ If-Match: \"{kept.etag}\" }", "{ If-Match: \"{kept.tag}\" }", "nothing fills {kept.tag}"),
      (#"Content: "{reply}""#, #"Content: "{reply""#, "never closed"),
      ("  note: { call: comment }", "  notes: { call: comment }", "unknown key `modes.notes`"),
      ("ContentType: text/plain", "ContentType: text/plain\n        ContentType: text/html", "stands twice"),
      ("name: the reply\n", "name: the reply\n    shows: false\n", "exactly one step"),
      ("kind: header, name: Authorization, value: \"token {secret}\"", "kind: header, name: X", "other keys"),
      ("preset: request-tracker5", "preset: [", "no YAML"),
    ])
  func mistakes(_ good: String, _ bad: String, _ words: String) throws {
    let text = try Shipped.text("request-tracker5")
    guard text.contains(good), good != bad else { return #expect(good == "means: again") }
    do {
      _ = try PresetLoader.load(text: text.replacing(good, with: bad, maxReplacements: 1), file: "own.yaml")
      Issue.record("it was taken")
    } catch let error {
      #expect(error.description.contains(words), "\(error)")
      #expect(error.description.contains("own.yaml:"))
      #expect(error.line != nil)
      #expect(error.fix.count > 4)
    }
  }

  @Test("Settings that do not fit the preset are errors")
  func settings() throws {
    func make(_ name: String, _ values: [String: String]?, mode: Preset.Mode = .public, secrets: [String] = ["s"])
      throws
    {
      let preset = try Shipped.preset(name)
      _ = try PresetSetup(
        preset: preset, mode: mode, url: "https://a.example.com", values: values ?? Shipped.values(preset),
        secrets: secrets, timeoutSeconds: 1, connectTimeoutSeconds: 1)
    }
    try make("zendesk", nil)
    #expect(throws: PresetError.self) { try make("zendesk", nil, mode: .draft) }
    #expect(throws: PresetError.self) { try make("zendesk", ["email": "a@example.com"]) }
    #expect(throws: PresetError.self) { try make("zendesk", ["email": "a@example.com", "agent_id": "seven"]) }
    #expect(throws: PresetError.self) {
      try make("zendesk", ["email": "a@example.com", "agent_id": "7", "agent": "7"])
    }
    #expect(throws: PresetError.self) { try make("zendesk", nil, secrets: []) }
    #expect(throws: OutboxError.self) { try make("generic", nil, secrets: ["short"]) }
  }

  @Test(
    "JSON is read strictly, and never crashes",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "nul", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "[1] 2", "\u{FEFF}{}",
      String(repeating: "[", count: 100_000), "\"\\ud800\\u0041\"", "{\"a\" 1}", "-", "+1", "{1:2}",
    ])
  func json(_ text: String) { #expect(JSONValue(parsing: Array(text.utf8)) == nil) }

  @Test("What is read is written back, pointers find their place")
  func values() throws {
    let text = #"{"a":[1,-2.50e+3,{"b/c":{"~d":"x\"\\ \u4eac🎉"}}],"e":null,"f":true}"#
    let value = try #require(JSONValue(parsing: Array(text.utf8)))
    #expect(JSONValue(parsing: Array(value.serialised.utf8)) == value)
    let pointer = try #require(JSONPointer("/a/2/b~1c/~0d"))
    #expect(value.at(pointer)?.text == "x\"\\ 京🎉")
    #expect(value.at(try #require(JSONPointer("/a/1")))?.text == "-2.50e+3")
    for missing in ["/a/3", "/a/x", "/g", "/e/x", "/a/-1"] {
      #expect(value.at(try #require(JSONPointer(missing))) == nil)
    }
  }

  @Test("Times as systems write them, and nothing else")
  func times() {
    func seconds(_ text: String) -> Int64? { CommentRule.time(.string(text))?.epochSeconds }
    #expect(seconds("2026-11-21T01:00:00Z") == 1_795_222_800)
    #expect(seconds("2026-11-21T09:00:00.123+0800") == 1_795_222_800)
    #expect(seconds("2026-11-21.01:00:00") == 1_795_222_800)
    #expect(CommentRule.time(.number("1795222800"))?.epochSeconds == 1_795_222_800)
    #expect(CommentRule.time(.number("1795222800123"))?.epochSeconds == 1_795_222_800)
    for text in ["", "yesterday", "2026-13-01T00:00:00Z", "21/11/2026"] { #expect(seconds(text) == nil) }
    #expect(CommentRule.time(.number("1e300")) == nil)
    #expect(CommentRule.time(nil) == nil)
  }
}
