import ClosureModel
import Compose
import Foundation
import StoreSQLite

/// Replies of the outbox for a person and for programs.
enum OutboxText {
  static func line(_ item: OutboxItem, _ style: Style) -> String {
    var parts = [
      style.bold(item.ticket.rawValue), item.key.isMail ? "mail" : "reply", item.outcome.rawValue,
      item.state == .parked ? style.red(item.state.rawValue) : item.state.rawValue,
    ]
    if let fault = item.fault { parts.append("(\(fault.rawValue))") }
    parts.append("\(item.attempts) attempt(s)")
    if let next = item.nextAttempt { parts.append("next \(next)") }
    if let due = item.due { parts.append("due \(due)") }
    if let note = item.note { parts.append(note) }
    parts.append(style.dim(item.key.rawValue))
    return parts.joined(separator: "  ")
  }

  static func json(_ item: OutboxItem) -> String {
    var out = JSONWriter()
    out.object { out in
      out.field("schema", "closedesk.outbox/1")
      out.field("key", item.key.rawValue)
      out.field("channel", item.key.isMail ? "mail" : "webhook")
      out.field("ticket", item.ticket.rawValue)
      out.field("outcome", item.outcome.rawValue)
      out.field("state", item.state.rawValue)
      out.field("fault", item.fault?.rawValue)
      out.field("attempts", item.attempts)
      out.field("next_attempt", item.nextAttempt?.description)
      out.field("due", item.due?.description)
      out.field("note", item.note)
      out.field("changed_at", item.changedAt.description)
    }
    return out.text
  }

  /// By key, the one before it was renewed too, or by ticket.
  static func find(_ name: String, _ store: SQLiteCaseStore, _ settings: Settings) async throws -> [OutboxItem] {
    let key = IdempotencyKey(rawValue: name)
    var byKey = try await store.entries(OutboxFilter(key: key), limit: 1)
    if byKey.isEmpty, let next = try await store.successor(of: key) {
      byKey = try await store.entries(OutboxFilter(key: next), limit: 1)
    }
    let items = byKey.isEmpty ? try await store.entries(OutboxFilter(ticket: Ticket.ID(name)), limit: 1000) : byKey
    guard !items.isEmpty else {
      throw Failure(
        .inputNotFound,
        "the outbox of \(settings.ledger) has no reply \(name). `closedesk outbox list --all` shows them.")
    }
    return items
  }

  /// To write, but never to make.
  static func open(_ settings: Settings) throws -> SQLiteCaseStore {
    _ = try SQLiteCaseStore.openReadOnly(path: settings.ledger)
    return try SQLiteCaseStore(path: settings.ledger)
  }

  /// What became of each; 66 when one is unknown, 65 when one cannot be done.
  static func tell(_ keys: [IdempotencyKey], _ results: [DeadLetterResult], quiet: Bool) -> Exit {
    var exit = Exit.done
    for (key, result) in zip(keys, results) {
      switch result {
      case .queued(let new):
        if !quiet { Console.out("\(key) is queued again\(new == key ? "" : " as \(new)")") }
      case .dropped:
        if !quiet { Console.out("\(key) is given up") }
      case .outdated:
        Console.error("closedesk: \(key): a newer decision on its ticket took its place; it is not sent")
      case .notParked(let state):
        Console.error("closedesk: \(key) is \(state.rawValue), not parked: nothing was changed")
        if exit == .done { exit = .inputUnusable }
      case .unknown:
        Console.error("closedesk: there is no reply \(key). `closedesk outbox list` shows the keys.")
        exit = .inputNotFound
      }
    }
    return exit
  }
}

enum AuditText {
  static func line(_ item: AuditItem) -> String {
    let detail = item.detail.map { " (\($0))" } ?? ""
    return "\(item.at)  \(item.action.rawValue)\(detail) by \(item.by.who): \(Masking.text(item.by.why))"
  }

  static func write(_ item: AuditItem, to out: inout JSONWriter) {
    out.object { out in
      out.field("at", item.at.description)
      out.object("act") { out in
        out.field("action", item.action.rawValue)
        out.field("key", item.key?.rawValue)
        out.field("who", item.by.who)
        out.field("why", Masking.text(item.by.why))
        out.field("detail", item.detail)
      }
    }
  }
}
