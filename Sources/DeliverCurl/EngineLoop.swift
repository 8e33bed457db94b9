import CCurl
import ClosureModel

/// What the engine's thread knows: the transfers running, those waiting for their turn, and handles to reuse.
struct EngineLoop {
  private let multi: UnsafeMutableRawPointer
  private let watch: SocketWatch
  private let options: CurlOptions
  private let width: Int
  private let perHost: Int
  /// All that were ever needed at once.
  private var handles: [EasyHandle] = []
  private var idle: [EasyHandle] = []
  private var running = 0
  private var runningTo: [String: Int] = [:]
  /// In order of arrival, from `nextWaiting` on. We bound what is in flight ourselves: libcurl's own queue counts the
  /// wait against a request's time-out.
  private var waiting: [Transfer] = []
  private var nextWaiting = 0
  /// Lanes that were not told of all their ends yet, and how many those are.
  private var untold: [CurlLane] = []
  private var untoldEnds = 0

  /// Ends that are told together where more are about to come: each telling wakes a thread.
  private static let tellAt = 16

  init(multi: UnsafeMutableRawPointer, watch: SocketWatch, options: CurlOptions) {
    self.multi = multi
    self.watch = watch
    self.options = options
    width = max(1, options.maxConnections)
    perHost = max(1, options.maxPerHost ?? width)
  }

  mutating func accept(_ starts: [Transfer], cancels: [Transfer], closedLanes: [CurlLane]) {
    // Cancellations first: a transfer cancelled before it came in is never begun.
    for transfer in cancels { cancel(transfer) }
    for transfer in starts {
      transfer.accepted = true
      if transfer.cancelled {
        finish(transfer, Verdict.cancelled(transfer, nil))
      } else {
        waiting.append(transfer)
      }
    }
    for lane in closedLanes {
      for transfer in waiting[nextWaiting...] where transfer.lane === lane { cancel(transfer) }
      for handle in handles { if let transfer = handle.transfer, transfer.lane === lane { cancel(transfer) } }
    }
  }

  /// One turn: begins what may begin, moves bytes, reports what ended, then waits for something to happen.
  /// - Parameter maySleep: asked before a wait; `false`: there is work in the inbox.
  /// - Returns: why libcurl cannot go on; `nil`: it can.
  mutating func turn(_ maySleep: () -> Bool) -> String? {
    var code = CURLM_OK
    repeat {
      begin()
      // A transfer begins by libcurl's clock.
      if watch.isDue { code = act(ccurl_socket_timeout(), 0) }
      // An ended transfer makes room: fill it before going to sleep.
    } while collect() > 0 && nextWaiting < waiting.count && code == CURLM_OK
    var happened: Bool? = false
    if untoldEnds > 0, code == CURLM_OK {
      if untoldEnds < Self.tellAt { happened = look(0, &code) }
      if happened != true { tell() }
    }
    if happened == false, code == CURLM_OK { happened = look(maySleep() ? 1000 : 0, &code) }
    guard happened != nil else { return "the kernel's list of connections failed" }
    collect()
    return code == CURLM_OK ? nil : String(cString: ccurl_multi_strerror(code))
  }

  private func look(_ milliseconds: Int, _ code: inout CURLMcode) -> Bool? {
    var worst = CURLM_OK
    let happened = watch.wait(milliseconds: milliseconds) { socket, events in
      let code = act(socket, events)
      if code != CURLM_OK { worst = code }
    }
    if worst != CURLM_OK { code = worst }
    return happened
  }

  private func act(_ socket: curl_socket_t, _ events: Int32) -> CURLMcode {
    var count: Int32 = 0
    return ccurl_multi_socket_action(multi, socket, events, &count)
  }

  /// Ends everything: as cancelled, or as failed when libcurl itself did.
  mutating func end(why: String?) {
    for handle in handles {
      guard let transfer = handle.transfer else { continue }
      let outcome = ended(why, Verdict.mayHaveArrived(transfer, handle))
      release(handle)
      finish(transfer, outcome)
    }
    for transfer in waiting[nextWaiting...] where !transfer.cancelled { finish(transfer, ended(why, false)) }
    waiting.removeAll()
    nextWaiting = 0
    tell()
    // Handles go before the multi handle does.
    idle.removeAll()
    handles.removeAll()
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
    while running < width, nextWaiting < waiting.count {
      let transfer = waiting[nextWaiting]
      nextWaiting += 1
      if transfer.cancelled { continue }
      if perHost < width, runningTo[transfer.route.target.authority, default: 0] >= perHost {
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

  private mutating func begin(_ transfer: Transfer) {
    do throws(TransportError) {
      let handle = try freeHandle()
      do throws(TransportError) {
        try handle.prepare(transfer, options: options, watch: watch)
        let code = ccurl_multi_add_handle(multi, handle.pointer)
        guard code == CURLM_OK else {
          throw TransportError(what: String(cString: ccurl_multi_strerror(code)), fix: "Free memory and try again.")
        }
      } catch {
        handle.forget()
        idle.append(handle)
        throw error
      }
      running += 1
      if perHost < width { runningTo[transfer.route.target.authority, default: 0] += 1 }
    } catch {
      finish(transfer, .failed(.other, what: error.what, mayHaveArrived: false))
    }
  }

  private mutating func freeHandle() throws(TransportError) -> EasyHandle {
    if let used = idle.popLast() { return used }
    let made = try EasyHandle()
    handles.append(made)
    return made
  }

  /// Takes a handle from libcurl; it may serve the next transfer.
  private mutating func release(_ handle: EasyHandle) {
    guard let transfer = handle.transfer else { return }
    ccurl_multi_remove_handle(multi, handle.pointer)
    handle.forget()
    idle.append(handle)
    running -= 1
    if perHost < width { runningTo[transfer.route.target.authority, default: 1] -= 1 }
  }

  /// - Returns: how many transfers ended.
  @discardableResult
  private mutating func collect() -> Int {
    var ended = 0
    var left: Int32 = 0
    while let message = ccurl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
      // Read before the handle is removed: the message dies with it.
      let code = ccurl_message_result(message)
      guard let handle = EasyHandle.owner(of: pointer), let transfer = handle.transfer else { continue }
      let outcome = Verdict.outcome(of: transfer, code: code, handle: handle)
      release(handle)
      finish(transfer, outcome)
      ended += 1
    }
    return ended
  }

  private mutating func cancel(_ transfer: Transfer) {
    transfer.cancelled = true
    if let handle = transfer.handle {
      let outcome = Verdict.cancelled(transfer, handle)
      release(handle)
      finish(transfer, outcome)
    } else if transfer.accepted {
      // Waiting (it will be passed over) or ended (nothing left to tell).
      finish(transfer, Verdict.cancelled(transfer, nil))
    }
  }

  private mutating func finish(_ transfer: Transfer, _ outcome: TransportOutcome) {
    guard transfer.finish(outcome), let lane = transfer.lane else { return }
    untoldEnds += 1
    if !untold.contains(where: { $0 === lane }) { untold.append(lane) }
  }

  private mutating func tell() {
    for lane in untold { lane.tell() }
    untold.removeAll(keepingCapacity: true)
    untoldEnds = 0
  }
}
