import Foundation

// closedesk-bench PROGRAM EXPORT… [--runs N] [--tickets N] [--peer 'COMMAND {}']
//
// Runs `PROGRAM validate FILE --quiet --output /dev/null` on each file, and the peer's command with {} replaced by the
// file, in turn, N times each; prints CPU microseconds a ticket (user and system, median), peak memory (median) and the
// ratio to the peer within this run. Machines drift: quote the ratio. Without --tickets a line is a ticket, which holds
// for JSON Lines alone.

struct Sample {
  var cpu: Double
  var wall: Double
  var peakKilobytes: Int
}

func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data(("closedesk-bench: " + text + "\n").utf8))
  exit(64)
}

/// Runs one command to its end and asks the kernel what it cost.
func measure(_ command: [String]) -> Sample {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process = pid_t()
  let started = ContinuousClock.now
  guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
    fail("cannot start \(command[0])")
  }
  var status: Int32 = 0
  var usage = rusage()
  guard wait4(process, &status, 0, &usage) == process else { fail("cannot wait for \(command[0])") }
  let code = (status >> 8) & 0xFF
  guard status & 0x7F == 0, code == 0 || code == 2 else { fail("\(command.joined(separator: " ")) ended with \(code)") }
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  let wall = (ContinuousClock.now - started).components
  return Sample(
    cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
    wall: Double(wall.seconds) + Double(wall.attoseconds) / 1e18, peakKilobytes: usage.ru_maxrss)
}

func median<Value: Comparable>(_ values: [Value]) -> Value { values.sorted()[values.count / 2] }

func lines(of file: String) -> Int {
  guard let data = FileManager.default.contents(atPath: file) else { fail("cannot read \(file)") }
  return data.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
}

/// Takes an option and its value out of the arguments.
func option(_ name: String, from arguments: inout [String]) -> String? {
  guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(at...at + 1) }
  return arguments[at + 1]
}

var arguments = Array(CommandLine.arguments.dropFirst())
let runs = option("--runs", from: &arguments).flatMap(Int.init) ?? 3
let known = option("--tickets", from: &arguments).flatMap(Double.init)
let peer = option("--peer", from: &arguments)
guard arguments.count >= 2, runs > 0 else {
  fail("usage: PROGRAM EXPORT… [--runs N] [--tickets N] [--peer 'COMMAND {}']")
}
let program = arguments.removeFirst()

print("| tickets | closedesk CPU µs/ticket | peak MB | peer CPU µs/ticket | peak MB | ratio |")
print("|---|---|---|---|---|---|")
for file in arguments {
  let tickets = max(known ?? Double(lines(of: file)), 1)
  var own: [Sample] = []
  var other: [Sample] = []
  for _ in 0..<runs {
    own.append(measure([program, "validate", file, "--quiet", "--output", "/dev/null"]))
    if let peer { other.append(measure(["/bin/sh", "-c", "exec " + peer.replacingOccurrences(of: "{}", with: file)])) }
  }
  func micro(_ samples: [Sample]) -> Double { median(samples.map(\.cpu)) / tickets * 1e6 }
  func mega(_ samples: [Sample]) -> Int { median(samples.map(\.peakKilobytes)) / 1024 }
  let theirs =
    other.isEmpty
    ? "– | – | –" : String(format: "%.1f | %d | %.2f", micro(other), mega(other), micro(own) / micro(other))
  print(String(format: "| %.0f | %.1f | %d | ", tickets, micro(own), mega(own)) + theirs + " |")
}
