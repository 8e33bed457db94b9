import Batch
import ClosureModel
import Notify
import Outbox
import StoreSQLite

extension Delivery {
  /// What the team may be told after a delivery: counts.
  func facts(after sending: Sending) async throws -> DeskFacts {
    let report = sending.report
    var facts = DeskFacts()
    if sending.hold != nil { facts.stop = .hold }
    if report.unreachable { facts.stop = .unreachable }
    if report.refused { facts.stop = .refusing }
    if facts.stop != nil { facts.waiting = try await waiting() }
    return facts
  }

  /// What the team may be told when nothing was sent at all.
  /// - Returns: nil where the error is none of the team's business: the operator's terminal or cron mail has it.
  func facts(stoppedBy error: any Error) async -> DeskFacts? {
    guard let error = error as? BatchError, error.code == .stopLoss else { return nil }
    var facts = DeskFacts()
    facts.stop = .stopLoss
    // A ledger that cannot be asked now has stopped the run by another error already.
    facts.waiting = (try? await waiting()) ?? 0
    return facts
  }

  private func waiting() async throws -> Int {
    let outbox = try await store.status().outbox
    return [OutboxEntry.State.queued, .claimed, .sent].reduce(0) { $0 + (outbox[$1] ?? 0) }
  }
}
