import ArgumentParser
import Batch
import ClosureModel
import Dispatch
import Outbox
import StoreSQLite
import Synchronization

/// What sending came to, or what held it back.
struct Sending: Sendable {
  let report: DeliveryReport
  /// Of mails to security e-mails; nil: none are set up.
  var mail: DeliveryReport?
  /// Sending was, or came to be, held back.
  let hold: Hold?

  func lines(_ style: Style) -> [String] {
    Delivery.lines(report, style) + (mail.map { Delivery.lines($0, style, of: "mails") } ?? [])
      + (hold.map { ["  " + style.yellow(HoldText.line($0))] } ?? [])
  }

  /// - Throws: 130 after a signal.
  func exit(_ interruption: Interruption, otherwise exit: Exit) throws -> Exit {
    if interruption.isRaised { throw ExitCode(Signals.interrupted) }
    if let hold {
      Console.error("closedesk: \(HoldText.line(hold)). Replies are kept; `closedesk hold off` lets them go.")
      return .onHold
    }
    if let why = Delivery.gaveUp(report) {
      Console.error("closedesk: \(why)")
      return .unreachable
    }
    if let why = mail.flatMap(Delivery.mailGaveUp) {
      Console.error("closedesk: \(why)")
      return .unreachable
    }
    if let what = mail.flatMap(Delivery.mailParked) { Console.error("closedesk: \(what)") }
    if let what = Delivery.allRefused(report) { Console.error("closedesk: \(what)") }
    return exit
  }
}

extension Delivery {
  /// Sends what is due, unless sending is held back; stops when it comes to be.
  func send(_ interruption: Interruption, quiet: Bool) async throws -> Sending {
    if let hold = try store.hold(), hold.isOn { return Sending(report: DeliveryReport(), hold: hold) }
    let patience = Int64(settings.file.webhook.engine.wait.rounded(.up))
    if try store.isIdle(until: settings.clock().adding(seconds: patience)) {
      return Sending(report: DeliveryReport(), mail: mail == nil ? nil : DeliveryReport(), hold: nil)
    }
    let watch = HoldWatch(store)
    defer { watch.stop() }
    let report = try await deliverDue(interruption, quiet: quiet, isHeld: { watch.isOn })
    let mail = try await mailDue(interruption, quiet: quiet, isHeld: { watch.isOn })
    let hold = try store.hold()
    return Sending(report: report, mail: mail, hold: hold?.isOn == true ? hold : nil)
  }
}

/// Looks at the switch four times a second, on a thread of its own, while replies are sent.
final class HoldWatch: Sendable {
  private let raised = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  init(_ store: SQLiteCaseStore) {
    DispatchQueue(label: "closedesk.hold").async { [self] in
      repeat {
        // A ledger that cannot be read is no leave to go on: the next write would fail as well.
        let isOn: Bool
        do { isOn = try store.hold()?.isOn ?? false } catch { isOn = true }
        raised.store(isOn, ordering: .releasing)
      } while ended.wait(timeout: .now() + .milliseconds(250)) == .timedOut
    }
  }

  var isOn: Bool { raised.load(ordering: .acquiring) }
  func stop() { ended.signal() }
}

enum HoldText {
  static func line(_ hold: Hold) -> String {
    "sending is held back since \(hold.at) by \(hold.by.who): \(Masking.text(hold.by.why))"
  }
}
