import CSeccomp
import Glibc

/// Shuts the worker in before it sees the first byte of a customer's file: no network, no look at other processes, no
/// new privileges, bounded memory, processor time and files. What it starts (poppler's programs) inherits all of it.
///
/// The filter names what is refused and lets the rest pass: a list of what is allowed would have to hold for glibc,
/// fontconfig and poppler of every release. Refused calls answer EPERM.
struct Sandbox {
  private static let refusedCalls = [
    // Network, and sockets of any kind.
    "socket", "socketpair", "socketcall", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "getpeername", "setsockopt", "shutdown",
    // Other processes.
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_open", "pidfd_getfd",
    "pidfd_send_signal", "kcmp", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    // The system.
    "mount", "umount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "pivot_root", "chroot", "setns",
    "unshare", "swapon", "swapoff", "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module",
    "delete_module", "acct", "quotactl", "settimeofday", "clock_settime", "sethostname", "setdomainname", "syslog",
    "personality", "mknod", "mknodat", "name_to_handle_at", "open_by_handle_at",
    // Large surfaces of the kernel that no decoder needs.
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl",
    "add_key", "request_key", "fanotify_init", "inotify_init", "inotify_init1", "vmsplice", "memfd_secret",
    "mq_open", "msgget", "semget", "shmget",
  ]

  private let limits: DecodeLimits
  /// Address space when the worker started.
  private let startBytes: Int
  private(set) var confinement = Confinement(filtered: false)

  /// Enters it for good.
  init(_ limits: DecodeLimits, parent: Int32) {
    self.limits = limits
    startBytes = Self.memory().mapped
    _ = cseccomp_set(PR_SET_PDEATHSIG, UInt(SIGKILL))
    // Died before the line above: there is nobody to work for.
    if getppid() != parent { exit(0) }
    _ = cseccomp_set(PR_SET_NO_NEW_PRIVS, 1)
    // As for other processes of the same user: they may not look into this one.
    _ = cseccomp_set(PR_SET_DUMPABLE, 0)
    Self.limit(RLIMIT_CORE, soft: 0, hard: 0)
    Self.limit(RLIMIT_NOFILE, soft: 64, hard: 64)
    Self.limit(RLIMIT_FSIZE, soft: limits.scratchBytes, hard: limits.scratchBytes)
    restrictMemory()
    confinement.filtered = filter()
  }

  /// Gives the next file its processor time: the limit counts from the process's start.
  func allowNextFile() {
    var used = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    Self.limit(RLIMIT_CPU, soft: used.ru_utime.tv_sec + used.ru_stime.tv_sec + limits.processorSeconds + 1, hard: nil)
  }

  /// Runs `body` with the address space of one of poppler's programs, which inherits it when it is started in there.
  func startingTool<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    Self.limit(RLIMIT_AS, soft: limits.toolMemoryBytes, hard: nil)
    defer { restrictMemory() }
    return try body()
  }

  private func restrictMemory() {
    Self.limit(
      RLIMIT_AS, soft: startBytes + limits.memoryBytes,
      hard: max(startBytes + limits.memoryBytes, limits.toolMemoryBytes))
  }

  private mutating func filter() -> Bool {
    guard let filter = cseccomp_allow_all() else {
      confinement.reason = "libseccomp gave no filter"
      return false
    }
    defer { seccomp_release(filter) }
    var code: Int32 = 0
    for name in Self.refusedCalls where code == 0 { code = cseccomp_refuse(filter, name) }
    if code == 0 { code = seccomp_load(filter) }
    if code != 0 { confinement.reason = String(cString: strerror(-code)) }
    return code == 0
  }

  /// Tries what must not work.
  func tried() -> Confinement {
    var result = confinement
    func attempt(_ name: String, _ call: () -> Int32) {
      errno = 0
      let answer = call()
      if answer < 0 && errno == EPERM { result.refused.append(name) } else { result.allowed.append(name) }
      if answer > 2 { close(answer) }
    }
    let stream = Int32(SOCK_STREAM.rawValue)
    attempt("socket inet") { socket(AF_INET, stream, 0) }
    attempt("socket inet6") { socket(AF_INET6, stream, 0) }
    attempt("socket unix") { socket(AF_UNIX, stream, 0) }
    attempt("ptrace") { cseccomp_try_ptrace() }
    attempt("unshare") { cseccomp_try_unshare() }
    let status = try? ChildProcess(.init("/bin/cat", ["/proc/self/status"], ownGroup: false))
      .exchange(limit: 64 << 10, by: .now + .seconds(5)).output
    let lines = String(decoding: status ?? [], as: UTF8.self).split(separator: "\n")
    result.childIsConfined = lines.contains("Seccomp:\t2") && lines.contains("NoNewPrivs:\t1")
    return result
  }

  /// Bytes mapped and in use.
  static func memory() -> (mapped: Int, resident: Int) {
    guard let file = fopen("/proc/self/statm", "r") else { return (0, 0) }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, 128, file) != nil else { return (0, 0) }
    let fields = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: " ").compactMap { Int($0) }
    guard fields.count > 1 else { return (0, 0) }
    let page = Int(getpagesize())
    return (fields[0] * page, fields[1] * page)
  }

  /// The most bytes that were ever in use. Not `ru_maxrss`: between vfork and exec a child counts its parent's memory as
  /// its own, and keeps that.
  static var peak: Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    while fgets(&buffer, 256, file) != nil {
      let line = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard line.hasPrefix("VmHWM:") else { continue }
      return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }.map { $0 << 10 } ?? 0
    }
    return 0
  }

  /// - Parameter hard: nil: as it is.
  private static func limit(_ resource: __rlimit_resource, soft: Int, hard: Int?) {
    var value = rlimit()
    guard getrlimit(Int32(resource.rawValue), &value) == 0 else { return }
    value.rlim_max = min(value.rlim_max, hard.map { rlim_t($0) } ?? value.rlim_max)
    value.rlim_cur = min(rlim_t(soft), value.rlim_max)
    setrlimit(Int32(resource.rawValue), &value)
  }
}
