import ClosureModel
import Foundation
import Outbox
import Testing

/// The shipped presets, as the program reads them.
enum Shipped {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let names = [
    "generic", "cloudevents", "request-tracker5", "redmine5", "roundup", "zendesk", "zammad", "freshdesk",
    "jira-service-management", "chatwoot", "freescout", "aliyun-workorder",
  ]

  static func text(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: "Templates/webhooks/\(name).yaml"), encoding: .utf8)
  }

  static func preset(_ name: String) throws -> Preset {
    try PresetLoader.load(text: try text(name), file: "Templates/webhooks/\(name).yaml")
  }

  /// Values that an operator would have set.
  static func values(_ preset: Preset) -> [String: String] {
    let all = [
      "user": "closedesk", "user_id": "7", "email": "desk@example.com", "agent_id": "7", "login": "closedesk",
      "account_id": "557058:desk", "account": "2", "access_key_id": "testid", "origin": "https://desk.example.com",
    ]
    return all.filter { name, _ in preset.values.contains { $0.name == name && $0.isRequired } }
  }

  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  static func setup(
    _ name: String, mode: Preset.Mode = .public, url: String = "https://desk.example.com/base",
    values: [String: String] = [:], timeout: Double = 5
  ) throws -> PresetSetup {
    let preset = try preset(name)
    return try PresetSetup(
      preset: preset, mode: mode, url: url, values: self.values(preset).merging(values) { $1 },
      secrets: [secret], timeoutSeconds: timeout, connectTimeoutSeconds: 2)
  }

  static func ticket(_ name: String) -> String {
    switch name {
    case "jira-service-management": "DESK-42"
    case "aliyun-workorder": "0005PYGCW"
    case "generic", "cloudevents": "T-1001"
    default: "42"
    }
  }
}

extension Timestamp {
  /// Saturday, 2026-11-21T01:00:00Z.
  static let moment = Timestamp(epochSeconds: 1_795_222_800)
}

extension OutboxEntry {
  /// A reply that asks for more.
  static func invented(
    ticket: String, key: String = "cd_0123456789abcdef0123456789abcdef01234567", subject: String = "您的注销申请还缺材料",
    body: String = "您好：\n请补充 <注销须知> 的同意声明 & 联系电话。", asOf: Timestamp? = nil
  ) -> OutboxEntry {
    func quoted(_ text: String) -> String { JSONValue.string(text).serialised }
    let payload =
      #"{"type":"closure.ticket.incomplete","timestamp":"2026-11-21T08:59:00+08:00","data":{"ticket":\#(quoted(ticket)),"#
      + #""outcome":"incomplete","subject":\#(quoted(subject)),"body":\#(quoted(body)),"format":"text","#
      + #""status":"pending","due":"2026-11-25T18:00:00+08:00","reasons":["consent.missing"],"policy":"jdcloud@2026-01-15"}}"#
    return OutboxEntry(
      key: IdempotencyKey(rawValue: key), ticket: Ticket.ID(ticket), outcome: .incomplete, payload: Array(payload.utf8),
      asOf: asOf)
  }
}

/// Texts beside the tests, written only under RECORD_GOLDEN=1; a missing one fails.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let golden = try String(contentsOf: file, encoding: .utf8)
  #expect(text == golden, "differs from Golden/\(name)", sourceLocation: sourceLocation)
}

extension WebhookRequest {
  /// As a person reads it.
  var page: String {
    let lines = ["\(method) \(url)"] + headers.map { "\($0.name): \($0.value)" }
    return (lines + (body.isEmpty ? [] : ["", String(decoding: body, as: UTF8.self)])).joined(separator: "\n") + "\n"
  }
}
