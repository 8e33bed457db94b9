import ClosureModel
import Foundation
import Testing

@testable import Batch

@Suite("Attachments: hostile names stay inside, types come from the bytes")
struct AttachmentTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-files-\(UUID().uuidString)")

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  private func state(_ name: String, ticket: String = "T-1") throws -> AttachmentFact.State {
    let reader = try FolderAttachmentReader(path: folder.appending(path: "in").path)
    let ticket = Ticket(id: Ticket.ID(ticket), origin: Origin(file: "t", row: 2), attachments: [name])
    return try #require(reader.facts(of: ticket).first?.state)
  }

  @Test("No name leads out of the folder")
  func outside() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("secret.png", [1, 2, 3])
    try write("in/T-1/inside.png", [1, 2, 3])
    for name in [
      "../secret.png", "../../secret.png", "/etc/passwd", "a/../../secret.png", "..", ".", "", "a\u{0}b",
      "..\\secret.png",
    ] {
      guard case .unsafe = try state(name) else {
        Issue.record("“\(name)” was not refused")
        continue
      }
    }
    // A ticket id is a customer's or an exporter's text too.
    guard case .notFound = try state("secret.png", ticket: "..") else {
      Issue.record("the ticket id led out of the folder")
      return
    }
  }

  @Test("A link is not followed, neither as file nor as the ticket's folder")
  func links() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("outside/secret.png", [1, 2, 3])
    try write("in/T-1/inside.png", [1, 2, 3])
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "in/T-1/link.png"), withDestinationURL: folder.appending(path: "outside/secret.png"))
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "in/T-2"), withDestinationURL: folder.appending(path: "outside"))
    if case .unsafe = try state("link.png") {} else { Issue.record("a link was followed") }
    if case .notFound = try state("secret.png", ticket: "T-2") {} else { Issue.record("a linked folder was entered") }
  }

  @Test("Of several numbered files with a name none is taken where the ticket lists fewer")
  func sameName() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("in/T-1/10071_同意书.png", [1])
    if case .found(_, 1, _) = try state("同意书.png") {} else { Issue.record("the only one was not taken") }
    try write("in/T-1/10085_同意书.png", [1, 2])
    if case .unsafe = try state("同意书.png") {} else { Issue.record("one of two was taken") }
    let reader = try FolderAttachmentReader(path: folder.appending(path: "in").path)
    let ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "t", row: 2), attachments: ["同意书.png", "同意书.png"])
    let sizes = reader.facts(of: ticket).map { fact in
      if case .found(_, let bytes, _) = fact.state { bytes } else { 0 }
    }
    #expect(sizes == [1, 2])
  }

  @Test("A pipe or a folder under a file's name is refused and does not hang")
  func special() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("in/T-1/inside.png", [1])
    #expect(mkfifo(folder.appending(path: "in/T-1/pipe.png").path, 0o600) == 0)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "in/T-1/dir.png"), withIntermediateDirectories: true)
    for name in ["pipe.png", "dir.png"] {
      guard case .unsafe = try state(name) else {
        Issue.record("\(name) was not refused")
        continue
      }
    }
  }

  @Test(
    "The type is told from the bytes, whatever the name says",
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], AttachmentFact.FileType.jpeg),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
      (Array("%PDF-1.7\n".utf8), .pdf), (Array("PK\u{3}\u{4}....word/document.xml".utf8), .docx),
      (Array("PK\u{3}\u{4}....letter.jpg".utf8), .zip), (Array("Rar!\u{1A}\u{7}".utf8), .rar), ([], .empty),
      (Array("你好".utf8), .text), ([0, 1, 2, 3], .unknown), (Array("RIFF....WEBP".utf8), .webp),
    ] as [([UInt8], AttachmentFact.FileType)])
  func types(_ bytes: [UInt8], _ type: AttachmentFact.FileType) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("in/T-1/file.jpg", bytes)
    guard case .found(let sha256, let count, let seen) = try state("file.jpg") else {
      Issue.record("not read: \(try state("file.jpg"))")
      return
    }
    #expect(seen == type)
    #expect(count == bytes.count)
    #expect(sha256.count == 64)
    if bytes.isEmpty { #expect(sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") }
  }
}

@Suite("The revision of a ticket")
struct RevisionTests {
  private var ticket: Ticket {
    Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "a.csv", row: 2), category: "账号与认证", subject: "注销", body: "请注销",
      status: "待处理", account: "jd_demo", contactEmail: "desk@example.com")
  }

  @Test("Status, times, place in the file and our own answers do not change it")
  func stable() {
    let base = RevisionHash.revision(of: ticket, attachments: [])
    var later = ticket
    later.status = "待客户反馈"
    later.updatedAt = Timestamp(epochSeconds: 1_800_000_000)
    later.origin = Origin(file: "b.csv", row: 99)
    later.replies = [Ticket.Message(author: .agent, text: "您好，还缺少联系电话。")]
    #expect(RevisionHash.revision(of: later, attachments: []) == base)
  }

  @Test("What the customer or the account says changes it")
  func sensitive() {
    var seen: Set<Revision> = [RevisionHash.revision(of: ticket, attachments: [])]
    var variants: [Ticket] = []
    func vary(_ change: (inout Ticket) -> Void) {
      var other = ticket
      change(&other)
      variants.append(other)
    }
    vary { $0.body += "。" }
    vary { $0.replies = [Ticket.Message(author: .customer, text: "补充电话")] }
    vary { $0.replies = [Ticket.Message(author: .unknown, text: "补充电话 2")] }
    vary { $0.contactPhone = "13800138000" }
    vary { $0.facts.balance = .known(Money(minorUnits: 1)) }
    vary { $0.facts.balance = .blank }
    vary { $0.facts.balance = .unreadable("0") }
    vary { $0.hasConflictingCopy = true }
    // Moving a character over a field's border is a change.
    vary { ($0.subject, $0.body) = ("注销请", "注销") }
    for other in variants { #expect(seen.insert(RevisionHash.revision(of: other, attachments: [])).inserted) }
    let file = AttachmentFact(
      name: "a.png", state: .found(sha256: String(repeating: "0", count: 64), bytes: 1, type: .png))
    #expect(seen.insert(RevisionHash.revision(of: ticket, attachments: [file])).inserted)
  }
}

@Suite("The lock of a run")
struct RunLockTests {
  @Test("A second holder is told who has it; it is free when the first lets go")
  func exclusive() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "closedesk-lock-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var first: RunLock? = try RunLock(path: path, holder: "first, process 1")
    #expect(first != nil)
    let refused = #expect(throws: BatchError.self) { try RunLock(path: path, holder: "second") }
    #expect(refused?.code == .locked)
    #expect(refused?.what.contains("first, process 1") == true)
    first = nil
    _ = try RunLock(path: path, holder: "second")
  }
}
