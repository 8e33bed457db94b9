import CCurl
import CEpoll
import Glibc

/// Which sockets libcurl wants to hear of, as the kernel's list: a turn looks at those where something happened, and
/// costs the same whether ten connections are kept or a thousand.
///
/// A connection wants nothing when its post has ended, and the same as before when the next one begins. Each change of
/// the list is a system call, so a connection that wants nothing stays on it; should it speak all the same (mostly its
/// peer hangs up), it is taken off then. Sockets that libcurl opened for itself come and go unseen: their changes are
/// made at once.
///
/// Used by the engine's thread alone, but for `ring`.
final class SocketWatch {
  private struct Socket {
    /// Opened by us for a connection, and not closed yet.
    var isConnection = false
    var isChanged = false
    var wanted: UInt32 = 0
    /// What the kernel was told; 0: it is not on the list.
    var listed: UInt32 = 0
  }

  private let list: Int32
  private let bell: Int32
  /// By descriptor.
  private var sockets: [Socket] = []
  private var changed: [Int32] = []
  private let ready: UnsafeMutablePointer<cepoll_ready>
  /// When libcurl wants to be asked again, in milliseconds of `milliseconds()`.
  private var deadline: Int?

  /// - Returns: nil where the process may open no more files.
  init?() {
    list = cepoll_create()
    bell = cepoll_bell()
    ready = .allocate(capacity: Int(cepoll_most()))
    // What was not allocated fails to be closed, which hurts nobody.
    guard list >= 0, bell >= 0, cepoll_watch(list, bell, cepoll_in(), 0) == 0 else { return nil }
  }

  deinit {
    close(list)
    close(bell)
    ready.deallocate()
  }

  /// Ends the wait, or the next one. From any thread.
  func ring() { cepoll_ring(bell) }

  static func milliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }

  /// Whether libcurl's own clock has something to do.
  var isDue: Bool { deadline.map { $0 <= Self.milliseconds() } ?? false }

  /// Tells the kernel what changed, waits at most so long (and no longer than libcurl's clock allows), and calls `body`
  /// for each socket where something happened, with libcurl's bits for it.
  /// - Returns: whether anything happened; nil: the kernel's list failed.
  func wait(milliseconds most: Int, _ body: (curl_socket_t, Int32) -> Void) -> Bool? {
    for socket in changed {
      sockets[Int(socket)].isChanged = false
      tell(socket)
    }
    changed.removeAll(keepingCapacity: true)
    // A millisecond late rather than a hundred turns early.
    let left = most > 0 ? deadline.map { max(0, $0 - Self.milliseconds() + 1) } ?? most : 0
    let count = Int(cepoll_wait(list, ready, Int32(min(most, left))))
    guard count >= 0 else { return nil }
    for one in 0..<count {
      let (socket, events) = (ready[one].descriptor, ready[one].events)
      guard socket != bell else {
        cepoll_silence(bell)
        continue
      }
      let wanted = sockets[Int(socket)].wanted
      guard wanted != 0 else {
        cepoll_forget(list, socket)
        sockets[Int(socket)].listed = 0
        continue
      }
      var bits: Int32 = 0
      // Reading tells what failed; libcurl's own wait says so too.
      if wanted & cepoll_in() != 0, events & (cepoll_in() | cepoll_failed()) != 0 { bits |= CURL_CSELECT_IN }
      if events & cepoll_out() != 0 { bits |= CURL_CSELECT_OUT }
      if bits == 0 { bits = CURL_CSELECT_ERR }
      body(socket, bits)
    }
    return count > 0
  }

  private func reach(_ socket: Int32) {
    if sockets.count <= Int(socket) {
      sockets += [Socket](repeating: Socket(), count: Int(socket) + 64 - sockets.count)
    }
  }

  /// A connection's socket, new: whatever had its number before is gone from the list.
  func opened(_ socket: Int32) {
    guard socket >= 0 else { return }
    reach(socket)
    sockets[Int(socket)] = Socket(isConnection: true, isChanged: sockets[Int(socket)].isChanged)
  }

  /// The kernel takes a closed socket off the list.
  fileprivate func closes(_ socket: Int32) {
    guard socket >= 0 else { return }
    reach(socket)
    sockets[Int(socket)] = Socket(isChanged: sockets[Int(socket)].isChanged)
  }

  fileprivate func want(_ socket: Int32, _ what: Int32) {
    guard socket >= 0 else { return }
    reach(socket)
    let at = Int(socket)
    sockets[at].wanted =
      switch what {
      case CURL_POLL_IN: cepoll_in()
      case CURL_POLL_OUT: cepoll_out()
      case CURL_POLL_INOUT: cepoll_in() | cepoll_out()
      default: 0
      }
    guard sockets[at].isConnection else {
      if sockets[at].wanted == 0 {
        cepoll_forget(list, socket)
        sockets[at].listed = 0
      } else {
        tell(socket)
      }
      return
    }
    guard !sockets[at].isChanged else { return }
    sockets[at].isChanged = true
    changed.append(socket)
  }

  private func tell(_ socket: Int32) {
    let (wanted, listed) = (sockets[Int(socket)].wanted, sockets[Int(socket)].listed)
    guard wanted != 0, wanted != listed else { return }
    // What cannot be watched ends by its time-out.
    sockets[Int(socket)].listed = cepoll_watch(list, socket, wanted, listed == 0 ? 0 : 1) == 0 ? wanted : 0
  }

  fileprivate func comeBack(in milliseconds: Int) {
    deadline = milliseconds < 0 ? nil : Self.milliseconds() + milliseconds
  }
}

/// The functions that libcurl calls; the watch is their context and outlives the multi handle.
extension SocketWatch {
  private static func from(_ context: UnsafeMutableRawPointer?) -> SocketWatch? {
    context.map { Unmanaged<SocketWatch>.fromOpaque($0).takeUnretainedValue() }
  }

  static let onSocket:
    @convention(c) (
      UnsafeMutableRawPointer?, curl_socket_t, Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
    ) -> Int32 = { _, socket, what, context, _ in
      SocketWatch.from(context)?.want(socket, what)
      return 0
    }

  static let onTimer: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Int32 = {
    _, milliseconds, context in
    SocketWatch.from(context)?.comeBack(in: milliseconds)
    return 0
  }

  static let onClose: @convention(c) (UnsafeMutableRawPointer?, curl_socket_t) -> Int32 = { context, socket in
    SocketWatch.from(context)?.closes(socket)
    return close(socket)
  }
}
