import CCurl
import ClosureModel

/// What the engine's thread knows: the transfers running, those waiting for their turn, and handles to reuse.
struct EngineLoop {
  private let multi: UnsafeMutableRawPointer
  private let options: CurlOptions
  private let width: Int
  private var running: [UnsafeMutableRawPointer: (transfer: Transfer, handle: EasyHandle)] = [:]
  /// In order of arrival, from `nextWaiting` on. We bound what is in flight ourselves: libcurl's own queue counts the
  /// wait against a request's time-out.
  private var waiting: [Transfer] = []
  private var nextWaiting = 0
  private var idle: [EasyHandle] = []
  private let perHost: Int
  private var runningTo: [String: Int] = [:]

  init(multi: UnsafeMutableRawPointer, options: CurlOptions) {
    self.multi = multi
    self.options = options
    width = max(1, options.maxConnections)
    perHost = max(1, options.maxPerHost ?? width)
  }

  mutating func accept(_ starts: [Transfer], cancels: [Transfer]) {
    // Cancellations first: a transfer cancelled before it came in is never begun.
    for transfer in cancels { cancel(transfer) }
    for transfer in starts {
      transfer.accepted = true
      if transfer.cancelled {
        transfer.finish(Verdict.cancelled(transfer, nil))
      } else {
        waiting.append(transfer)
      }
    }
  }

  /// One turn: begins what may begin, moves bytes, reports what ended, then waits for something to happen.
  /// - Returns: why libcurl cannot go on; `nil`: it can.
  mutating func step() -> String? {
    var before: Int
    repeat {
      begin()
      before = running.count
      var count: Int32 = 0
      let code = ccurl_multi_perform(multi, &count)
      guard code == CURLM_OK else { return String(cString: ccurl_multi_strerror(code)) }
      collect()
      // An ended transfer makes room: fill it before going to sleep.
    } while nextWaiting < waiting.count && running.count < before
    let code = ccurl_multi_poll(multi, nil, 0, 1000, nil)
    return code == CURLM_OK ? nil : String(cString: ccurl_multi_strerror(code))
  }

  /// Ends everything: as cancelled, or as failed when libcurl itself did.
  mutating func end(why: String?) {
    for (_, entry) in running {
      let arrived = Verdict.mayHaveArrived(entry.transfer, entry.handle)
      ccurl_multi_remove_handle(multi, entry.handle.pointer)
      entry.transfer.finish(ended(why, arrived))
    }
    running.removeAll()
    for transfer in waiting[nextWaiting...] { transfer.finish(ended(why, false)) }
    waiting.removeAll()
    nextWaiting = 0
    // Handles go before the multi handle does.
    idle.removeAll()
  }

  private func ended(_ why: String?, _ arrived: Bool) -> TransportOutcome {
    guard let why else {
      return .failed(.cancelled, what: "the transport was shut down", mayHaveArrived: arrived)
    }
    return .failed(.other, what: "libcurl stopped: \(why)", mayHaveArrived: arrived)
  }

  private mutating func begin() {
    // Those whose host is full stay where they are in the order, and others pass them.
    var kept: [Transfer] = []
    while running.count < width, nextWaiting < waiting.count {
      let transfer = waiting[nextWaiting]
      nextWaiting += 1
      if transfer.cancelled { continue }
      if perHost < width, runningTo[transfer.target.authority, default: 0] >= perHost {
        kept.append(transfer)
      } else {
        begin(transfer)
      }
    }
    if !kept.isEmpty {
      nextWaiting -= kept.count
      waiting.replaceSubrange(nextWaiting..<(nextWaiting + kept.count), with: kept)
    }
    // Drop what was taken once it is the larger part, so that the cost stays constant for each transfer.
    if nextWaiting == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      nextWaiting = 0
    } else if nextWaiting > 1024, nextWaiting * 2 > waiting.count {
      waiting.removeFirst(nextWaiting)
      nextWaiting = 0
    }
  }

  private mutating func leave(_ transfer: Transfer) {
    guard perHost < width else { return }
    runningTo[transfer.target.authority, default: 1] -= 1
  }

  private mutating func begin(_ transfer: Transfer) {
    do throws(TransportError) {
      let handle = if let used = idle.popLast() { used } else { try EasyHandle() }
      try handle.prepare(transfer, options: options)
      let code = ccurl_multi_add_handle(multi, handle.pointer)
      guard code == CURLM_OK else {
        throw TransportError(what: String(cString: ccurl_multi_strerror(code)), fix: "Free memory and try again.")
      }
      running[handle.pointer] = (transfer, handle)
      if perHost < width { runningTo[transfer.target.authority, default: 0] += 1 }
    } catch {
      transfer.finish(.failed(.other, what: error.what, mayHaveArrived: false))
    }
  }

  private mutating func collect() {
    var left: Int32 = 0
    while let message = ccurl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
      // Read before the handle is removed: the message dies with it.
      let code = ccurl_message_result(message)
      guard let entry = running.removeValue(forKey: pointer) else { continue }
      let outcome = Verdict.outcome(of: entry.transfer, code: code, handle: entry.handle)
      ccurl_multi_remove_handle(multi, pointer)
      idle.append(entry.handle)
      leave(entry.transfer)
      entry.transfer.finish(outcome)
    }
  }

  private mutating func cancel(_ transfer: Transfer) {
    transfer.cancelled = true
    if let (pointer, entry) = running.first(where: { $0.value.transfer === transfer }) {
      running[pointer] = nil
      let outcome = Verdict.cancelled(transfer, entry.handle)
      ccurl_multi_remove_handle(multi, pointer)
      idle.append(entry.handle)
      leave(transfer)
      transfer.finish(outcome)
    } else if transfer.accepted {
      // Waiting (it will be passed over) or ended (nothing left to tell).
      transfer.finish(Verdict.cancelled(transfer, nil))
    }
  }
}
