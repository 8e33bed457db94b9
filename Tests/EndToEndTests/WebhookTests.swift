import Foundation
import Testing

@Suite("closedesk webhook")
struct WebhookCommandTests {
  /// A configuration for a preset, at an address where nobody listens.
  private func config(_ scratch: Scratch, _ hook: String) throws -> String {
    try scratch.write("secret", "top-secret-token\n")
    try scratch.write(
      "closedesk.yaml",
      "webhook:\n  url: http://127.0.0.1:9\n  allow_http_loopback: true\n  secret_file: ./secret\n" + hook)
    return scratch.path("closedesk.yaml")
  }

  @Test("list names every preset, its modes and what it needs")
  func list() throws {
    let result = try Program.run("webhook", "list", "--json")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.lines.count == 12)
    struct Line: Decodable {
      let preset: String
      let modes: [String]
    }
    let lines = try result.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(lines.first { $0.preset == "freescout" }?.modes == ["draft", "note", "public"])
  }

  @Test(
    "render shows the requests and hides the secret",
    arguments: ["zendesk", "request-tracker5", "redmine5", "freshdesk"])
  func render(_ preset: String) throws {
    let scratch = try Scratch()
    let values =
      ["zendesk": "email: a@example.com, agent_id: 7", "request-tracker5": "user: closedesk"][preset] ?? "user_id: 7"
    let config = try config(scratch, "  preset: \(preset)\n  values: { \(values) }\n")
    for json in [[], ["--json"]] {
      let result = try Program.run(["webhook", "render", "--ticket", "42", "--config", config] + json)
      #expect(result.code == 0, "\(result.error)")
      #expect(result.out.contains("CD-"))
      #expect(!result.out.contains("top-secret-token"))
      #expect(!result.out.contains(Data("top-secret-token".utf8).base64EncodedString().prefix(12)))
    }
    let bad = try Program.run("webhook", "render", "--ticket", "../../admin", "--config", config)
    #expect(bad.code == 78)
    #expect(bad.error.contains("ticket id"))
  }

  @Test("Mistakes in the settings are told with what to do, and stop `run` as well")
  func mistakes() throws {
    for (hook, words) in [
      ("  preset: nosuch\n", "there is no preset"), ("  preset: zendesk\n", "webhook.values"),
      ("  preset: generic\n  mode: note\n", "has no mode"),
      ("  preset: redmine5\n  values: { user: 7 }\n", "knows no value"),
      ("  preset: generic\n  auth: { kind: magic }\n", "names no kind"),
      ("  preset: redmine5\n  values: { user_id: seven }\n", "whole number"),
    ] {
      let scratch = try Scratch()
      let config = try config(scratch, hook)
      for command in [["webhook", "render", "--ticket", "42"], ["deliver"]] {
        let result = try Program.run(command + ["--config", config])
        #expect(result.code == 78, "\(command) \(hook): \(result.error)")
        #expect(result.error.contains(words), "\(result.error)")
      }
      #expect(!scratch.exists("closedesk.sqlite"))
    }
  }

  @Test("test is refused where the customer would see it, and says what came back")
  func trial() throws {
    let scratch = try Scratch()
    let config = try config(scratch, "  preset: redmine5\n  values: { user_id: 7 }\n")
    let down = try Program.run("webhook", "test", "--ticket", "42", "--json", "--config", config)
    #expect(down.code == 69, "\(down.out) \(down.error)")
    #expect(down.out.contains(#""mode":"note""#) && down.out.contains("did not arrive"))
    let generic = try Program.run("webhook", "test", "--preset", "cloudevents", "--ticket", "T-1", "--config", config)
    #expect(generic.code == 64 || generic.code == 78, "\(generic.error)")
    #expect(generic.error.contains("--public") || generic.error.contains("webhook.values"))
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let seen = try desk.run("webhook", "test", "--ticket", "T-1", "--public")
    #expect(seen.code == 0, "\(seen.out) \(seen.error)")
    #expect(try receiver.arrivals().map(\.verified) == [true])
  }
}
