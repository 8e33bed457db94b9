import ClosureModel
import DeliverCurl
import Foundation
import Synchronization

@testable import Outbox

/// A ticket system as its documentation describes it, with one ticket: no idempotency, state that stays.
final class PlayedDesk: Sendable {
  static let names = [
    "redmine5", "zendesk", "zammad", "freshdesk", "jira-service-management", "chatwoot", "freescout",
    "aliyun-workorder",
  ]

  struct Comment {
    let text: String
    let time: Int64
    let byUs: Bool
    let isSeen: Bool
  }

  struct State {
    var comments: [Comment] = []
    var status = "open"
    var now = Timestamp.moment.epochSeconds
    var updated = Timestamp.moment.epochSeconds
    /// Answers to the next showing calls, in place of the system's own.
    var answers: [Play] = []
    /// Comments on a page, whatever is asked for.
    var cap = 100
    /// The answer does not say whether another page follows.
    var isSilent = false
    /// Answers as if it had kept a reply, and keeps none.
    var dropsReplies = false
    /// Shows what was sent as a note to the customer.
    var showsNotes = false
    /// Gives the first page whatever page is asked for.
    var isStubborn = false
  }

  let name: String
  let state = Mutex(State())
  let server: DeskServer
  let transport: CurlTransport

  init(_ name: String) throws {
    self.name = name
    final class Link: @unchecked Sendable { weak var desk: PlayedDesk? }  // set once, before the first call
    let link = Link()
    server = try DeskServer(
      isFaulty: { Self.isShowing(name, $0) },
      { call in link.desk?.play(call) ?? Play(500) })
    var options = CurlOptions()
    options.allowHTTPLoopback = true
    transport = try CurlTransport(options: options)
    link.desk = self
  }

  deinit {
    server.stop()
    transport.shutdown()
  }

  /// Its pauses last until what the system stores after the client gave up is stored.
  func target(_ mode: Preset.Mode = .public) throws -> PresetTarget {
    let setup = try Shipped.setup(name, mode: mode, url: server.url, timeout: 2)
    return PresetTarget(setup, pause: { [server] _ in await server.settled() })
  }

  func count(_ text: String) -> Int { state.withLock { $0.comments.count { $0.text.contains(text) } } }

  func comment(_ text: String, byUs: Bool = false) {
    state.withLock { state in
      state.now += 120
      state.comments.append(Comment(text: text, time: state.now, byUs: byUs, isSeen: true))
      state.updated = state.now
    }
  }

  static func isShowing(_ name: String, _ call: Call) -> Bool {
    switch name {
    case "redmine5": call.method == "PUT" && call.text.contains("notes")
    case "zendesk": call.method == "PUT" && call.text.contains("comment")
    case "aliyun-workorder": call.text.contains("Action=ReplyTicket")
    case "chatwoot": call.method == "POST" && call.path.hasSuffix("/messages")
    default: call.method == "POST"
    }
  }

  private func play(_ call: Call) -> Play {
    state.withLock { state in
      let showing = Self.isShowing(name, call)
      if showing, !state.answers.isEmpty { return state.answers.removeFirst() }
      state.now += 1
      let json = JSONValue(parsing: call.body) ?? .null
      if showing { return show(json, call, &state) }
      return call.method == "GET" || name == "aliyun-workorder" ? read(call, state) : set(json, &state)
    }
  }

  private func show(_ json: JSONValue, _ call: Call, _ state: inout State) -> Play {
    let text: String?
    var isSeen = true
    var play = Play(201, #"{"id":9001}"#)
    switch name {
    case "redmine5":
      text = json["issue"]?["notes"]?.text
      isSeen = json["issue"]?["private_notes"] == .bool(false)
      play = Play(204)
    case "zendesk":
      guard json["ticket"]?["safe_update"] == .bool(true),
        json["ticket"]?["updated_stamp"]?.text == iso(state.updated)
      else { return Play(409, #"{"error":"conflict"}"#) }
      text = json["ticket"]?["comment"]?["body"]?.text
      isSeen = json["ticket"]?["comment"]?["public"] == .bool(true)
      play = Play(200, #"{"ticket":{"id":42,"status":"\#(state.status)"}}"#)
    case "zammad":
      text = json["body"]?.text
      isSeen = json["internal"] == .bool(false)
    case "freshdesk":
      text = json["body"]?.text
      isSeen = call.path.hasSuffix("/reply")
    case "jira-service-management":
      text = json["body"]?.text
      isSeen = json["public"] == .bool(true)
    case "chatwoot":
      text = json["content"]?.text
      isSeen = json["private"] == .bool(false)
      play = Play(200, #"{"id":9001}"#)
    case "freescout":
      text = json["text"]?.text
      isSeen = json["type"]?.text == "message" && json["state"]?.text == "published"
    default:
      text =
        call.text.split(separator: "&").first { $0.hasPrefix("Content=") }?.dropFirst(8).description
        .removingPercentEncoding
      play = Play(200, #"{"Code":"200","Success":true,"Data":12}"#)
    }
    if state.dropsReplies { return play }
    state.comments.append(
      Comment(text: text ?? "", time: state.now, byUs: true, isSeen: isSeen || state.showsNotes))
    state.updated = state.now
    return play
  }

  private func set(_ json: JSONValue, _ state: inout State) -> Play {
    let status =
      json["status"]?.text ?? json["state"]?.text ?? json["ticket"]?["status"]?.text
      ?? json["issue"]?["status_id"]?.text
    state.status = status ?? state.status
    state.updated = state.now
    switch name {
    case "zendesk": return Play(200, #"{"ticket":{"id":42,"status":"\#(state.status)"}}"#)
    case "zammad": return Play(200, #"{"id":42,"state":"\#(state.status)"}"#)
    case "freshdesk": return Play(200, #"{"id":42,"status":\#(state.status)}"#)
    case "redmine5": return Play(204)
    default: return Play(200, "{}")
    }
  }

  private func read(_ call: Call, _ state: State) -> Play {
    func list(_ one: (Comment) -> String) -> String { "[" + state.comments.map(one).joined(separator: ",") + "]" }
    func asked(_ name: String) -> Int? {
      call.target.split(whereSeparator: { "?&".contains($0) }).first { $0.hasPrefix(name + "=") }
        .flatMap { Int($0.dropFirst(name.count + 1)) }
    }
    let start = state.isStubborn ? 0 : asked("start") ?? ((asked("page") ?? 1) - 1) * state.cap
    let isLast = start + state.cap >= state.comments.count
    func page(_ one: (Comment) -> String) -> String {
      "[" + state.comments.dropFirst(start).prefix(state.cap).map(one).joined(separator: ",") + "]"
    }
    func text(_ text: String) -> String { JSONValue.string(text).serialised }
    let isClosed = ["closed", "solved", "5", "resolved", "Done"].contains(state.status)
    switch name {
    case "redmine5":
      let journals = list {
        #"{"user":{"id":\#($0.byUs ? 7 : 8)},"notes":\#(text($0.text)),"private_notes":\#(!$0.isSeen),"created_on":"\#(iso($0.time))"}"#
      }
      return Play(
        200,
        #"{"issue":{"id":42,"status":{"id":1,"is_closed":\#(isClosed)},"updated_on":"\#(iso(state.updated))","journals":\#(journals)}}"#
      )
    case "zendesk" where call.path.hasSuffix("comments.json"):
      return Play(
        200,
        #"{"comments":\#(page { #"{"author_id":\#($0.byUs ? 7 : 8),"plain_body":\#(text($0.text)),"created_at":"\#(iso($0.time))"}"# })"#
          + (state.isSilent ? "}" : #","next_page":\#(isLast ? "null" : #""https://desk.example.com/2""#)}"#)
      )
    case "zendesk":
      return Play(200, #"{"ticket":{"id":42,"status":"\#(state.status)","updated_at":"\#(iso(state.updated))"}}"#)
    case "zammad" where call.path.contains("ticket_articles"):
      return Play(
        200,
        list {
          #"{"created_by":"\#($0.byUs ? "closedesk" : "kunde")","body":\#(text($0.text)),"created_at":"\#(iso($0.time))"}"#
        })
    case "zammad": return Play(200, #"{"id":42,"state":"\#(state.status)","updated_at":"\#(iso(state.updated))"}"#)
    case "freshdesk" where call.path.hasSuffix("/conversations"):
      return Play(
        200, page { #"{"user_id":\#($0.byUs ? 7 : 8),"body_text":\#(text($0.text)),"created_at":"\#(iso($0.time))"}"# })
    case "freshdesk":
      let status = isClosed ? 5 : Int(state.status) ?? 2
      return Play(200, #"{"id":42,"status":\#(status),"spam":false,"updated_at":"\#(iso(state.updated))"}"#)
    case "jira-service-management" where call.path.hasSuffix("/comment"):
      return Play(
        200,
        #"{"values":\#(page { #"{"author":{"accountId":"\#($0.byUs ? "557058:desk" : "u")"},"body":\#(text($0.text)),"created":{"epochMillis":\#($0.time * 1000)}}"# })"#
          + (state.isSilent ? "}" : #","isLastPage":\#(isLast)}"#)
      )
    case "jira-service-management":
      return Play(
        200, #"{"issueKey":"DESK-42","currentStatus":{"statusCategory":"\#(isClosed ? "DONE" : "INDETERMINATE")"}}"#)
    case "chatwoot" where call.path.hasSuffix("/messages"):
      return Play(
        200,
        #"{"payload":\#(list { #"{"message_type":\#($0.byUs ? 1 : 0),"sender":{"id":\#($0.byUs ? 7 : 8)},"content":\#(text($0.text)),"created_at":\#($0.time)}"# })}"#
      )
    case "chatwoot":
      return Play(200, #"{"id":42,"status":"\#(isClosed ? "resolved" : "open")","last_activity_at":\#(state.updated)}"#)
    case "freescout":
      let threads = list {
        #"{"type":"\#($0.byUs ? "message" : "customer")","createdBy":{"type":"\#($0.byUs ? "user" : "customer")","id":7},"body":\#(text($0.text)),"createdAt":"\#(iso($0.time))"}"#
      }
      return Play(
        200,
        #"{"id":42,"status":"\#(isClosed ? "closed" : "active")","updatedAt":"\#(iso(state.updated))","_embedded":{"threads":\#(threads)}}"#
      )
    case _ where call.text.contains("Action=GetTicket"):
      return Play(200, #"{"Success":true,"Data":{"Status":{"Value":\#(isClosed ? "6" : "2")}}}"#)
    default:
      return Play(
        200,
        #"{"Success":true,"Data":\#(list { #"{"Dialog":{"Content":\#(text($0.text))},"CreateTime":\#($0.time * 1000)}"# })}"#
      )
    }
  }

  private func iso(_ seconds: Int64) -> String { Timestamp(epochSeconds: seconds, offsetSeconds: 0).description }
}
