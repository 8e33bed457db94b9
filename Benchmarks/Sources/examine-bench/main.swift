import ClosureModel
import Decide
import Examine
import Foundation
import Ingest

// examine-bench TEMPLATES EXPORT [--limit N] [--rounds N] [--policy ID] [--part NAME] [--dump]
//
// Reads the tickets of an export into memory, then times the examination alone, several rounds in turn for the whole and
// for parts of it: CPU microseconds a ticket of the one thread, minimum and median. `run` is the whole as a run does it:
// a ticket that category or status put out of scope is not read (the peer's validate stage skips them as well); `whole`
// reads every ticket. The parts are tickets with the other fields emptied, so they add up to about the whole.
// Benchmarks/examine-ratio sets both figures beside the peer's.
// --part times one part alone, for a profiler. --dump prints every examination instead: the same before and after a change that is meant to be faster only.

func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data(("examine-bench: " + text + "\n").utf8))
  exit(64)
}

/// Takes an option and its value out of the arguments.
func option(_ name: String, from arguments: inout [String]) -> String? {
  guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(at...at + 1) }
  return arguments[at + 1]
}

func text(_ path: String) -> String {
  guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { fail("cannot read \(path)") }
  return text
}

/// The texts of a folder of templates.
func files(_ templates: String, _ folder: String, _ ending: String) throws -> [(file: String, text: String)] {
  let names = try FileManager.default.contentsOfDirectory(atPath: templates + "/" + folder)
  return names.filter { $0.hasSuffix(ending) }.sorted().map { name in
    (file: folder + "/" + name, text: text(templates + "/" + folder + "/" + name))
  }
}

func loadPolicy(_ templates: String, _ id: String) throws -> Policy {
  let file = templates + "/policies/\(id).yaml"
  return try PolicyLoader.load(text: text(file), file: file)
}

func tickets(of path: String, limit: Int) throws -> [Ticket] {
  var tickets: [Ticket] = []
  try ExportSource(path: path, options: IngestOptions()).forEach { item in
    if case .ticket(let ticket) = item { tickets.append(ticket) }
    return tickets.count < limit
  }
  return tickets
}

/// What one thread has used so far.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The ticket with nothing but what one part of the examination reads.
enum Part: String, CaseIterable {
  case run, whole, texts, contacts, security, folded

  func cut(_ ticket: Ticket) -> Ticket {
    if self == .run || self == .whole { return ticket }
    var cut = Ticket(id: ticket.id, origin: ticket.origin, submittedAt: ticket.submittedAt)
    switch self {
    case .run, .whole: break
    case .texts: (cut.subject, cut.body, cut.replies) = (ticket.subject, ticket.body, ticket.replies)
    case .contacts: (cut.contactEmail, cut.contactPhone) = (ticket.contactEmail, ticket.contactPhone)
    case .security:
      (cut.securityEmail, cut.securityPhone) = (ticket.securityEmail, ticket.securityPhone)
      cut.identityNumber = ticket.identityNumber
    case .folded:
      (cut.category, cut.status) = (ticket.category, ticket.status)
      (cut.declaredKind, cut.account) = (ticket.declaredKind, ticket.account)
    }
    return cut
  }
}

var arguments = Array(CommandLine.arguments.dropFirst())
let limit = option("--limit", from: &arguments).flatMap(Int.init) ?? .max
let rounds = option("--rounds", from: &arguments).flatMap(Int.init) ?? 5
let policy = option("--policy", from: &arguments) ?? "jdcloud"
let only = option("--part", from: &arguments)
let isDump = arguments.contains("--dump")
arguments.removeAll { $0 == "--dump" }
guard arguments.count == 2, limit > 0, rounds > 0 else {
  fail("usage: TEMPLATES EXPORT [--limit N] [--rounds N] [--policy ID] [--part NAME] [--dump]")
}
let rules = try loadPolicy(arguments[0], policy)
let reader = try TicketExaminer(policy: rules, lexicons: try files(arguments[0], "lexicons", ".txt"))
let judge = Judge(policy: rules, calendar: try WorkingCalendar(files: try files(arguments[0], "calendars", ".yaml")))
let all = try tickets(of: arguments[1], limit: limit)
guard !all.isEmpty else { fail("no tickets in \(arguments[1])") }
if isDump {
  for ticket in all { print(ticket.id, reader.examine(ticket, attachments: [])) }
  exit(0)
}
let measured = Part.allCases.filter { only == nil || $0.rawValue == only }
guard !measured.isEmpty else { fail("--part is one of " + Part.allCases.map(\.rawValue).joined(separator: ", ")) }
let parts = measured.map { part in
  (part: part, tickets: part == .run || part == .whole ? all : all.map(part.cut))
}
var micro: [Part: [Double]] = [:]
/// Keeps the results from being computed for nothing.
var seen = 0
for _ in 0..<rounds {
  for (part, tickets) in parts {
    let start = threadSeconds()
    for ticket in tickets {
      let folded = reader.folded(ticket)
      if part == .run, judge.outOfScope(ticket, folded) != nil { continue }
      seen &+= reader.examine(ticket, folded, attachments: []).textLength
    }
    micro[part, default: []].append((threadSeconds() - start) / Double(tickets.count) * 1e6)
  }
}
print("| part | µs/ticket, minimum | median |")
print("|---|---|---|")
for part in measured {
  let sorted = (micro[part] ?? []).sorted()
  print(String(format: "| \(part.rawValue) | %.2f | %.2f |", sorted[0], sorted[sorted.count / 2]))
}
print("tickets: \(all.count), rounds: \(rounds), scalars: \(seen / (rounds * measured.count))")
