import Glibc
import Testing

@testable import VisionNative

@Suite("Child process")
struct ChildProcessTests {
  private func shell(_ script: String) throws -> ChildProcess {
    try ChildProcess(.init("/bin/sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"]))
  }
  private func soon(_ seconds: Double = 10) -> ContinuousClock.Instant { .now + .seconds(seconds) }

  @Test("Lines and exact byte counts come back as they were sent, megabytes too")
  func echo() throws {
    let child = try ChildProcess(.init("/bin/cat"))
    try child.write(Array("hello\nrest".utf8), by: soon())
    #expect(try child.readLine(limit: 10, by: soon()) == Array("hello".utf8))
    #expect(try child.read(4, by: soon()) == Array("rest".utf8))
    let big = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let (output, ending) = try child.exchange(big, limit: 6_000_000, by: soon())
    #expect(output == big)
    #expect(ending == .exited(0))
  }

  @Test("A child that says nothing is a failure at the deadline and gone after it, with what it started")
  func deadline() throws {
    let child = try shell("sleep 1000 & echo $!; sleep 1000")
    let line = try child.readLine(limit: 20, by: soon())
    let grandchild = try #require(pid_t(String(decoding: line, as: UTF8.self)))
    let start = ContinuousClock.now
    #expect(throws: ChildProcess.Failure.tooSlow) { try child.read(1, by: soon(0.2)) }
    #expect(ContinuousClock.now - start < .seconds(20))
    child.stop()
    #expect(kill(child.id, 0) == -1)
    // The orphan is collected by the system's first process or reaper; until then it is a zombie and runs nothing.
    #expect(kill(grandchild, 0) == -1 || Self.isZombie(grandchild))
  }

  private static func isZombie(_ pid: pid_t) -> Bool {
    for _ in 0..<2000 {
      guard let file = fopen("/proc/\(pid)/stat", "r") else { return true }
      defer { fclose(file) }
      var buffer = [CChar](repeating: 0, count: 256)
      guard fgets(&buffer, 256, file) != nil else { return true }
      let text = String(decoding: buffer.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.contains(") Z ") { return true }
      usleep(10_000)
    }
    return false
  }

  @Test("Writing to a child that is dead is an error, not a SIGPIPE")
  func deadReader() throws {
    let child = try shell("exec 0<&-; echo gone")
    #expect(try child.readLine(limit: 10, by: soon()) == Array("gone".utf8))
    _ = child.waitForExit(by: soon())
    #expect(throws: ChildProcess.Failure.closed) { try child.write([1, 2, 3], by: soon()) }
    #expect(child.waitForExit(by: soon()) == .exited(0))
  }

  @Test("A death by signal is told, and the end of its complaints kept, however many there were")
  func messages() throws {
    let child = try shell("i=0; while [ $i -lt 20000 ]; do echo complaint $i >&2; i=$((i+1)); done; kill -9 $$")
    #expect(throws: ChildProcess.Failure.closed) { try child.read(1, by: soon(20)) }
    #expect(child.waitForExit(by: soon()) == .killed(signal: SIGKILL))
    let said = child.messages
    #expect(said.utf8.count <= ChildProcess.messageBytes)
    #expect(said.hasSuffix("complaint 19999\n"))
  }

  @Test("Nothing is inherited but what was named")
  func inheritance() throws {
    setenv("CLOSEDESK_TEST_SECRET", "1", 1)
    let leak = open("/etc/passwd", O_RDONLY)  // Without O_CLOEXEC, as a careless library opens files.
    defer { close(leak) }
    let child = try ChildProcess(
      .init("/bin/sh", ["-c", "ls /proc/self/fd | wc -l; env; pwd"], environment: ["A": "b"], directory: "/usr"))
    let text = String(decoding: try child.exchange(limit: 10_000, by: soon()).output, as: UTF8.self)
    let lines = text.split(separator: "\n")
    // 0, 1, 2 and the folder that `ls` reads.
    #expect(lines.first?.trimmingPrefix(while: { $0 == " " }) == "4")
    #expect(!text.contains("CLOSEDESK_TEST_SECRET"))
    #expect(lines.contains("A=b"))
    #expect(lines.last == "/usr")
  }

  @Test("A program that is not there is told at once")
  func absent() {
    #expect(throws: ChildProcess.Failure.notStarted("/nowhere/tool: No such file or directory")) {
      try ChildProcess(.init("/nowhere/tool"))
    }
  }

  @Test("An answer over the bound is refused")
  func bound() throws {
    let child = try shell("yes")
    #expect(throws: ChildProcess.Failure.tooMuch) { try child.exchange(limit: 100_000, by: soon()) }
    let other = try shell("head -c 100000 /dev/zero; sleep 5")
    #expect(throws: ChildProcess.Failure.tooMuch) { try other.readLine(limit: 1000, by: soon()) }
  }
}
