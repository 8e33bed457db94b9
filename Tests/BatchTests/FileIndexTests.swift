import ClosureModel
import Foundation
import Ingest
import Testing

@testable import Batch

@Suite("Files that several applicants use")
struct FileIndexTests {
  /// `T-1` with `a.jpg` of `jdc_one`, and so on; a file's content is its hash.
  private func reused(_ rows: [(ticket: String, account: String, company: String, files: [String: String])]) throws
    -> [String: [String]]
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let export = folder.appending(path: "export.jsonl")
    let lines = rows.map { row in
      #"{"工单编号":"\#(row.ticket)","服务分类":"账号与认证","问题描述":"注销","客户账号":"\#(row.account)","#
        + #""企业名称":"\#(row.company)","附件":"\#(row.files.keys.sorted().joined(separator: ";"))"}"#
    }
    try lines.joined(separator: "\n").write(to: export, atomically: true, encoding: .utf8)
    let contents = Dictionary(uniqueKeysWithValues: rows.map { ($0.ticket, $0.files) })
    func facts(_ ticket: Ticket) -> [AttachmentFact] {
      ticket.attachments.map { name in
        let content = contents[ticket.id.rawValue]?[name] ?? ""
        return AttachmentFact(name: name, state: .found(sha256: content, bytes: content.utf8.count, type: .jpeg))
      }
    }
    let source = try TicketExport(path: export.path, options: IngestOptions())
    let index = try FileIndex([source], Interruption(), facts: facts)
    var out: [String: [String]] = [:]
    try source.forEach { item in
      guard case .ticket(let ticket) = item else { return true }
      let found = index.reused(in: ticket, facts(ticket)).map { "\($0.name) in \($0.ticket)" }
      if !found.isEmpty { out[ticket.id.rawValue] = found }
      return true
    }
    return out
  }

  @Test("A file of two accounts or two companies is told in both tickets, the earlier one too")
  func both() throws {
    let accounts = try reused([
      ("T-1", "jdc_one", "样例甲有限公司", ["a.jpg": "X"]), ("T-2", "jdc_two", "样例甲有限公司", ["b.jpg": "X"]),
      ("T-3", "jdc_three", "样例丙有限公司", ["c.jpg": "Y"]),
    ])
    #expect(accounts == ["T-1": ["a.jpg in T-2"], "T-2": ["b.jpg in T-1"]])
    let companies = try reused([
      ("T-1", "jdc_one", "样例甲有限公司", ["a.jpg": "X", "z.jpg": "Q"]), ("T-2", "jdc_one", "样例乙有限公司", ["a.jpg": "X"]),
    ])
    #expect(companies == ["T-1": ["a.jpg in T-2"], "T-2": ["a.jpg in T-1"]])
  }

  @Test("The same applicant's second ticket may hold the same file, however the names are spaced; empty files are none")
  func same() throws {
    #expect(
      try reused([
        ("T-1", "JDC_one", "样例甲有限公司", ["a.jpg": "X"]), ("T-2", " jdc_one", "样例甲 有限公司", ["a.jpg": "X"]),
        ("T-3", "jdc_two", "样例乙有限公司", ["e.jpg": ""]), ("T-4", "jdc_three", "样例丙有限公司", ["e.jpg": ""]),
      ]) == [:])
  }
}
