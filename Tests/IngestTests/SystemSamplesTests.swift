import ClosureModel
import Foundation
import Testing

@testable import Ingest

/// The maps that the program ships.
enum Maps {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  static func all() throws -> [SystemMap] { try loaded.get() }
  private static let loaded = Result { try load() }
  private static func load() throws -> [SystemMap] {
    let folder = root.appending(path: "Templates/exports")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      try SystemMapLoader.load(
        text: String(contentsOf: folder.appending(path: name), encoding: .utf8), file: "Templates/exports/" + name)
    }
  }
}

/// Examples of real exports that stand beside the repository; not there: nothing to hold the maps to.
@Suite("Ticket systems' own exports, as they came")
struct SystemSamplesTests {
  static let samples = Maps.root.appending(path: "../shared/corpus/exports-samples").standardized
  static let hasSamples = FileManager.default.fileExists(atPath: samples.path)

  struct Expected: Decodable {
    let ticketId: String
    let subject: String
    let requesterEmail: String
    let createdAt: String
    let category: String
    let bodyContains: String
    let attachmentNames: [String]
    let notRequesterText: [String]
    let disposition: String?
    let mergedInto: String?
    let supersededBy: String?
    let requesterMessages: Int?
    let customFields: [String: String]?
    let status: Status?
    enum Status: Decodable {
      case text(String)
      init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let number = try? box.decode(Int.self) {
          self = .text("\(number)")
        } else {
          self = .text(try box.decode(String.self))
        }
      }
    }
  }

  static func expected(_ folder: String) throws -> [Expected] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try String(contentsOf: samples.appending(path: folder + "/expected.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try decoder.decode(Expected.self, from: Data($0.utf8)) }
  }

  static func tickets(_ path: URL) throws -> ([String: Ticket], [RowError], Receipt) {
    let export = try TicketExport(path: path.path, options: IngestOptions(), systems: try Maps.all())
    var tickets: [String: Ticket] = [:]
    var errors: [RowError] = []
    try export.forEach { item in
      switch item {
      case .ticket(let ticket): tickets[ticket.id.rawValue] = ticket
      case .rowError(let error): errors.append(error)
      }
      return true
    }
    return (tickets, errors, try #require(export.receipt))
  }

  enum Holds { case everything, noMessages, noBody }

  @Test(
    "Every ticket of a folder is read with id, subject, requester, time, category, body, attachments and standing",
    .enabled(if: hasSamples),
    arguments: ["zendesk", "zammad", "freshdesk", "jira", "redmine/rest", "roundup/rest", "rt5/rest2"])
  func folders(_ name: String) throws {
    let base = name.split(separator: "/").first.map(String.init) ?? name
    let (tickets, errors, receipt) = try Self.tickets(Self.samples.appending(path: name))
    #expect(errors.isEmpty)
    #expect(receipt.gaps.isEmpty, "\(receipt.gaps)")
    let expected = try Self.expected(base)
    #expect(tickets.count == expected.count)
    for want in expected { try Self.compare(tickets[want.ticketId], want, .everything) }
  }

  @Test(
    "A form that is one file is read alone", .enabled(if: hasSamples),
    arguments: [
      ("zendesk/export-tickets.ndjson", Holds.everything), ("zammad/search-assets.json", .everything),
      ("zammad/tickets-expand.json", .everything), ("jira/search-v2-server.json", .everything),
      ("jira/servicedesk-requests.json", .everything), ("jira/issues-all-fields.csv", .everything),
      ("freshdesk/tickets.csv", .noBody), ("redmine/issues-utf-8.csv", .noMessages),
      ("redmine/issues-gb18030.csv", .noMessages), ("rt5/spreadsheet-en.tsv", .noBody),
      ("rt5/spreadsheet-zh.tsv", .noBody), ("roundup/export_csv.csv", .noBody), ("roundup/export_csv_id.csv", .noBody),
    ])
  func files(_ name: String, _ holds: Holds) throws {
    let base = name.split(separator: "/").first.map(String.init) ?? name
    let (tickets, errors, _) = try Self.tickets(Self.samples.appending(path: name))
    #expect(errors.isEmpty)
    for want in try Self.expected(base) {
      // The web's CSV leaves deleted tickets out.
      if name == "freshdesk/tickets.csv", want.disposition == "deleted" { continue }
      try Self.compare(tickets[want.ticketId], want, holds)
    }
  }

  static func compare(_ found: Ticket?, _ want: Expected, _ holds: Holds) throws {
    let id = want.ticketId
    let ticket = try #require(found, "\(id) is missing")
    #expect(ticket.subject == want.subject, "\(id)")
    #expect(ticket.contactEmail == want.requesterEmail, "\(id)")
    #expect(ticket.requesterEmail == "" || ticket.requesterEmail == want.requesterEmail, "\(id)")
    #expect(ticket.category == want.category, "\(id)")
    let created = try #require(ticket.submittedAt, "\(id) has no time")
    let wanted = try #require(Timestamp(parsing: want.createdAt))
    // Tables give minutes only.
    #expect(abs(created.epochSeconds - wanted.epochSeconds) < (holds == .everything ? 1 : 60), "\(id) \(created)")
    if holds == .noBody {
      #expect(ticket.isPartial, "\(id): without its text nobody may decide it alone")
    } else {
      #expect(
        want.bodyContains.isEmpty ? ticket.body.isEmpty : ticket.body.contains(want.bodyContains),
        "\(id): \(ticket.body)")
      #expect(ticket.attachments == want.attachmentNames, "\(id)")
    }
    let said = [ticket.body] + ticket.replies.filter { $0.author == .customer }.map(\.text)
    for foreign in want.notRequesterText {
      for text in said {
        // Quoted with its mark, or in a quotation of the mark-up, is not said.
        let unmarked = text.split(separator: "\n").filter { !$0.hasPrefix(">") }.joined(separator: "\n")
        #expect(!unmarked.contains(foreign) || text.contains("<blockquote"), "\(id): \(text)")
      }
      #expect(!ticket.replies.contains { $0.author == .unknown && $0.text == foreign }, "\(id)")
    }
    if let count = want.requesterMessages, holds == .everything { #expect(said.count == count, "\(id)") }
    if holds == .everything {
      switch want.disposition {
      case "deleted": #expect(ticket.standing == .deleted, "\(id)")
      case "merged":
        // The service desk's form does not say why a request was closed.
        if case .merged(let other) = ticket.standing {
          #expect(other == nil || other?.rawValue == want.mergedInto, "\(id)")
        } else {
          #expect(ticket.standing == .closed && ticket.origin.file.contains("servicedesk"), "\(id)")
        }
      default:
        if case .text(let status)? = want.status, ["rejected", "已关闭"].contains(status) {
          #expect(ticket.standing == .closed)
        }
      }
      if want.supersededBy != nil {
        #expect(ticket.standing == .merged(into: want.supersededBy.map { Ticket.ID($0) }))
      }
      if want.disposition != nil || want.supersededBy != nil { return }
      if want.notRequesterText.isEmpty || want.requesterMessages != nil { #expect(!ticket.isPartial, "\(id)") }
    }
    if let fields = want.customFields {
      #expect(ticket.account == fields["账号ID"], "\(id)")
      #expect(ticket.declaredKind == fields["实名类型"], "\(id)")
      #expect(ticket.contactPhone == fields["联系电话"], "\(id)")
    }
  }
}
