import ClosureModel
import FlyingFox
import FlyingSocks
import Foundation

signal(SIGPIPE, SIG_IGN)

let arguments: Arguments
let receiver: Receiver
do {
  let words = Array(CommandLine.arguments.dropFirst())
  if words.contains("--help") || words.contains("-h") {
    print(Arguments.usage)
    exit(0)
  }
  if words.contains("--version") {
    print(Version.text)
    exit(0)
  }
  arguments = try Arguments(words)
  receiver = try Receiver(arguments: arguments)
} catch {
  let what = (error as? Arguments.Problem)?.what ?? "\(error)"
  FileHandle.standardError.write(Data("\(what)\n\(Arguments.usage)\n".utf8))
  exit(64)
}

// This machine only, whatever the firewall says.
var address = sockaddr_in()
address.sin_family = sa_family_t(AF_INET)
address.sin_port = arguments.port.bigEndian
address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian

let server = HTTPServer(
  config: .init(address: address, timeout: 30 + Double(arguments.delayMilliseconds) / 1000, logger: .disabled))
await server.appendRoute("GET /healthz") { _ in HTTPResponse(statusCode: .ok, body: Data("ok\n".utf8)) }
await server.appendRoute("POST /hooks/closure") { try await receiver.answer($0) }

let running = Task { try await server.run() }
let termination = Termination { await server.stop(timeout: 0.2) }

let listening = Task { try await server.waitUntilListening() }
// A server that ended never listens: nobody need wait for it.
Task {
  _ = await running.result
  listening.cancel()
}

do {
  try await listening.value
  guard case .ip4(_, let port)? = await server.listeningAddress else {
    throw Arguments.Problem(what: "the server does not say where it listens")
  }
  say("listening on http://127.0.0.1:\(port)/hooks/closure")
  if let file = arguments.readyFile {
    try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
  }
} catch {
  running.cancel()
  // Why it never listened is the run's to tell.
  var why: any Error = error
  do { try await running.value } catch is CancellationError {} catch { why = error }
  let what =
    if case SocketError.failed(_, EADDRINUSE, _) = why {
      "is taken by another program; name another one, or --port 0 for any that is free"
    } else {
      "cannot be used: \(why)"
    }
  FileHandle.standardError.write(Data("port \(arguments.port) \(what)\n".utf8))
  exit(74)
}

// Ends when a signal has closed the listening socket.
_ = try? await running.value
_ = termination
exit(0)
