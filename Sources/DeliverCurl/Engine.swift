import CCurl
import ClosureModel
import Glibc

/// One thread with one multi handle: takes transfers from its inbox, runs them, tells how they ended.
///
/// Waiting belongs on a thread of its own, never on the pool that runs tasks.
// @unchecked: `multi` is used by the engine's thread alone, and so is `watch` but for its bell, which any thread may
// ring. Everything else is locked.
final class Engine: @unchecked Sendable {
  struct Inbox: Sendable {
    var starts: [Transfer] = []
    var cancels: [Transfer] = []
    /// Lanes whose transfers end, those of `starts` among them.
    var closedLanes: [CurlLane] = []
    /// The thread waits, or is about to, and must be rung for.
    var isAsleep = false
    /// `false`: nothing is taken any more, and the multi handle may be gone.
    var open = true
  }

  private let inbox = Locked(Inbox())
  private let multi: UnsafeMutableRawPointer
  private let watch: SocketWatch
  private let options: CurlOptions
  private let thread: Locked<pthread_t?>

  init(options: CurlOptions) throws(TransportError) {
    try CurlLibrary.start()
    guard let multi = ccurl_multi_init() else {
      throw TransportError(what: "libcurl could not be started", fix: "Free memory and try again.")
    }
    guard let watch = SocketWatch() else {
      ccurl_multi_cleanup(multi)
      throw TransportError(what: "no more files can be opened", fix: "Raise the limit of open files.")
    }
    let connections = max(1, options.maxConnections)
    guard
      ccurl_multi_set_watch(
        multi, SocketWatch.onSocket, SocketWatch.onTimer, Unmanaged.passUnretained(watch).toOpaque()) == CURLM_OK,
      ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)) == CURLM_OK,
      ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK
    else {
      ccurl_multi_cleanup(multi)
      throw TransportError(what: "libcurl refused its settings", fix: "Install libcurl 7.87 or later.")
    }
    self.multi = multi
    self.watch = watch
    self.options = options
    thread = Locked(nil)
    var id = pthread_t()
    // The thread holds the engine until its loop has ended.
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &id, nil,
      { raw in
        if let raw { Unmanaged<Engine>.fromOpaque(raw).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      ccurl_multi_cleanup(multi)
      throw TransportError(what: "no thread could be started (error \(code))", fix: "Raise the limit of processes.")
    }
    thread.withLock { $0 = id }
  }

  /// Takes the transfer over. Its continuation is set and will be resumed exactly once.
  func start(_ transfer: Transfer) { start([transfer]) }

  /// Takes transfers over; each ends exactly once.
  func start(_ transfers: [Transfer]) {
    let taken = inbox.withLock { inbox in
      guard inbox.open else { return false }
      inbox.starts += transfers
      wake(&inbox)
      return true
    }
    guard !taken else { return }
    for transfer in transfers {
      transfer.finish(.failed(.cancelled, what: "the transport was shut down", mayHaveArrived: false))
    }
  }

  /// May come before `start`, after the end, or more than once.
  func cancel(_ transfer: Transfer) {
    inbox.withLock { inbox in
      guard inbox.open else { return }
      inbox.cancels.append(transfer)
      wake(&inbox)
    }
  }

  /// Ends every transfer of a lane.
  func cancel(_ lane: CurlLane) {
    inbox.withLock { inbox in
      guard inbox.open else { return }
      inbox.closedLanes.append(lane)
      wake(&inbox)
    }
  }

  /// Ends the thread and waits for it; running transfers end as cancelled. Idempotent.
  func shutdown() {
    inbox.withLock { inbox in
      guard inbox.open else { return }
      inbox.open = false
      wake(&inbox)
    }
    let id = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let id else { return }
    if pthread_equal(id, pthread_self()) != 0 { pthread_detach(id) } else { pthread_join(id, nil) }
  }

  /// A wake-up is a system call: a thread at work looks into its inbox before it sleeps.
  private func wake(_ inbox: inout Inbox) {
    guard inbox.isAsleep else { return }
    inbox.isAsleep = false
    watch.ring()
  }

  /// The thread's life.
  private func run() {
    // Signals are for the threads of the program; a peer that hangs up must not end it by SIGPIPE.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)

    var loop = EngineLoop(multi: multi, watch: watch, options: options)
    while true {
      let taken = inbox.withLock { inbox in
        let taken = inbox
        inbox.starts = []
        inbox.cancels.removeAll()
        inbox.closedLanes.removeAll()
        inbox.isAsleep = false
        return taken
      }
      loop.accept(taken.starts, cancels: taken.cancels, closedLanes: taken.closedLanes)
      guard taken.open else { break }
      let failure = loop.turn {
        inbox.withLock { inbox in
          let isEmpty = inbox.starts.isEmpty && inbox.cancels.isEmpty && inbox.closedLanes.isEmpty && inbox.open
          inbox.isAsleep = isEmpty
          return isEmpty
        }
      }
      if let failure {
        let rest = inbox.withLock { inbox in
          inbox.open = false
          return inbox.starts
        }
        loop.accept(rest, cancels: [], closedLanes: [])
        loop.end(why: failure)
        ccurl_multi_cleanup(multi)
        return
      }
    }
    loop.end(why: nil)
    ccurl_multi_cleanup(multi)
  }
}
