import Hashing
public import ClosureModel
import Glibc
import Outbox

/// What a plan is held against before it is applied.
public struct PlanCheck {
  public let program: String
  public let tenant: String
  /// The digests of now, as in `PlanHeader.texts`.
  public let texts: [String: String]
  public let maxAgeHours: Double
  public let now: Timestamp
  /// A present export was given: it, not the plan's own files, says what changed.
  public let hasPresentExport: Bool

  public init(
    program: String, tenant: String, texts: [String: String], maxAgeHours: Double, now: Timestamp,
    hasPresentExport: Bool
  ) {
    self.program = program
    self.tenant = tenant
    self.texts = texts
    self.maxAgeHours = maxAgeHours
    self.now = now
    self.hasPresentExport = hasPresentExport
  }

  /// - Throws: `BatchError.planStale`, with everything that no longer fits.
  public func check(_ plan: VerifiedPlan) async throws {
    let header = plan.header
    var problems: [String] = []
    if header.program != program { problems.append("it was made by closedesk \(header.program), this is \(program)") }
    if header.tenant != tenant { problems.append("it was made for the tenant \(header.tenant), this is \(tenant)") }
    let age = Double(now.epochSeconds - plan.madeAt.epochSeconds) / 3600
    if age > maxAgeHours {
      problems.append("it is \(Int(age)) hours old, plan.max_age_hours is \(Self.hours(maxAgeHours))")
    }
    if age < 0 { problems.append("it was made at \(header.madeAt), which is yet to come") }
    for (name, digest) in header.texts.sorted(by: { $0.key < $1.key }) where texts[name] != digest {
      problems.append("the \(name) changed")
    }
    if !hasPresentExport {
      problems += inputs(header)
      if problems.isEmpty { problems += try await files(plan) }
    }
    guard !problems.isEmpty else { return }
    let shown = problems.prefix(Self.shown).joined(separator: "; ")
    let more = problems.count > Self.shown ? "; and \(problems.count - Self.shown) more" : ""
    throw BatchError(
      code: .planStale, what: "the plan no longer fits: \(shown)\(more)",
      fix: "Make a new one with `closedesk plan`. Nothing was sent.")
  }

  private static let shown = 10

  private static func hours(_ hours: Double) -> String { hours == hours.rounded() ? "\(Int(hours))" : "\(hours)" }

  private func inputs(_ header: PlanHeader) -> [String] {
    (header.inputs + (header.facts.map { [$0] } ?? [])).compactMap { input in
      guard let planned = input.sha256 else {
        return "it was made from standard input, which cannot be compared; name the present export with --against"
      }
      guard let present = FileDigest.sha256(input.path) else { return "\(input.path) is not there any more" }
      return present == planned ? nil : "\(input.path) changed"
    }
  }

  /// Files that customers sent, as they are now.
  private func files(_ plan: VerifiedPlan) async throws -> [String] {
    guard let folder = plan.header.attachments else { return [] }
    let reader = try FolderAttachmentReader(path: folder)
    var problems: [String] = []
    try await plan.spool.forEach(RecordingRun.batch) { group in
      for one in group where !one.files.isEmpty {
        var ticket = Ticket(id: one.record.ticket, origin: Origin(file: "", row: 0))
        ticket.attachments = one.files.map(\.name)
        let present = PlanCoding.files(reader.facts(of: ticket))
        for (then, now) in zip(one.files, present) where then != now {
          problems.append("the attachment \(Masking.text(then.name)) of \(one.record.ticket) changed")
        }
      }
    }
    return problems
  }
}

/// The SHA-256 of a file on disk.
public enum FileDigest {
  /// - Returns: 64 hex digits; nil when it cannot be read.
  public static func sha256(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var hash = Digest.SHA256Stream()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count == 0 { return hash.finalHex() }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
    }
  }
}
