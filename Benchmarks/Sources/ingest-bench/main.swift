import ClosureModel
import Glibc
import Ingest

// ingest-bench [--rounds N] EXPORT…
//
// Reads each export whole, several rounds in turn, and nothing else: CPU microseconds a ticket (the least of the rounds),
// the ratio to the first export named, and the process's peak memory so far. Name the JSON Lines export first.

/// User and system time of this process, seconds; and its peak memory, MB.
func used() -> (cpu: Double, peak: Int) {
  var usage = rusage()
  getrusage(__rusage_who_t(0), &usage)
  let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
  let micros = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
  return (Double(seconds) + Double(micros) / 1e6, usage.ru_maxrss / 1024)
}

var files = Array(CommandLine.arguments.dropFirst())
var rounds = 3
if let at = files.firstIndex(of: "--rounds"), at + 1 < files.count, let count = Int(files[at + 1]), count > 0 {
  rounds = count
  files.removeSubrange(at...at + 1)
}
guard !files.isEmpty else {
  print("usage: ingest-bench [--rounds N] EXPORT…")
  exit(64)
}
var least = [Double](repeating: .infinity, count: files.count)
var peaks = [Int](repeating: 0, count: files.count)
var counts = [(tickets: Int, errors: Int)](repeating: (0, 0), count: files.count)
for _ in 0..<rounds {
  for (index, file) in files.enumerated() {
    let begin = used().cpu
    var count = (tickets: 0, errors: 0)
    do throws(IngestError) {
      try ExportSource(path: file, options: IngestOptions()).forEach { item in
        if case .ticket = item { count.tickets += 1 } else { count.errors += 1 }
        return true
      }
    } catch {
      print("ingest-bench: \(error)")
      exit(65)
    }
    least[index] = min(least[index], (used().cpu - begin) / Double(max(1, count.tickets)) * 1e6)
    peaks[index] = used().peak
    counts[index] = count
  }
}
func places(_ value: Double) -> String { String(Double(Int(value * 100 + 0.5)) / 100) }
print("| export | tickets | row errors | CPU µs a ticket | ratio | peak MB |\n|---|---|---|---|---|---|")
for (index, file) in files.enumerated() {
  print(
    "| \(file) | \(counts[index].tickets) | \(counts[index].errors) | \(places(least[index])) |"
      + " \(places(least[index] / least[0])) | \(peaks[index]) |")
}
