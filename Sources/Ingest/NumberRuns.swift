import ClosureModel

/// The numbers at the end of ticket ids, as runs: `1001…1011, 1013…1040` in an export of 39 tickets.
///
/// Only ids that are alike but for their number say anything; with the first other one, or with numbers that lie about
/// like dice, nothing is kept any more.
struct NumberRuns: Sendable {
  private var prefix: [UInt8]?
  /// In order, none touching another.
  private var runs: [ClosedRange<UInt64>] = []
  private var isUseful = true
  private static let mostRuns = 4096
  private static let mostDigits = 18

  mutating func add(_ id: String) {
    guard isUseful else { return }
    var id = id
    let number = id.withUTF8 { bytes -> UInt64? in
      var start = bytes.count
      while start > 0, (0x30...0x39).contains(bytes[start - 1]) { start -= 1 }
      guard start < bytes.count, bytes.count - start <= Self.mostDigits else { return nil }
      let head = bytes[..<start]
      guard let prefix else {
        self.prefix = Array(head)
        return Self.number(bytes[start...])
      }
      return prefix.elementsEqual(head) ? Self.number(bytes[start...]) : nil
    }
    guard let number else {
      isUseful = false
      runs = []
      return
    }
    insert(number)
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
  }

  private mutating func insert(_ number: UInt64) {
    // The usual case: the next ticket has the next number.
    if let last = runs.last, number > last.upperBound {
      if number == last.upperBound + 1 {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        open(number, at: runs.count)
      }
      return
    }
    // The first run that ends at or after the number's left neighbour.
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound + 1 < number { low = middle + 1 } else { high = middle }
    }
    guard low < runs.count, number + 1 >= runs[low].lowerBound else { return open(number, at: low) }
    let run = runs[low]
    guard !run.contains(number) else { return }
    if number + 1 == run.lowerBound {
      runs[low] = number...run.upperBound
    } else if low + 1 < runs.count, runs[low + 1].lowerBound == number + 1 {
      runs[low] = run.lowerBound...runs[low + 1].upperBound
      runs.remove(at: low + 1)
    } else {
      runs[low] = run.lowerBound...number
    }
  }

  private mutating func open(_ number: UInt64, at place: Int) {
    guard runs.count < Self.mostRuns else {
      isUseful = false
      runs = []
      return
    }
    runs.insert(number...number, at: place)
  }

  /// What is left out of numbers that otherwise follow one another; `nil`: nothing, or the numbers say nothing, as where
  /// fewer than ten stand there or more than a fifth is left out.
  var gaps: Receipt.NumberGaps? {
    guard isUseful, runs.count > 1, let first = runs.first?.lowerBound, let last = runs.last?.upperBound else {
      return nil
    }
    let count = runs.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) }
    let span = last - first + 1
    let missing = span - count
    guard count >= 10, missing <= span / 5 else { return nil }
    let holes = zip(runs, runs.dropFirst()).prefix(10).map { before, after in
      let (from, to) = (before.upperBound + 1, after.lowerBound - 1)
      return from == to ? "\(from)" : "\(from)–\(to)"
    }
    return Receipt.NumberGaps(
      prefix: String(decoding: prefix ?? [], as: UTF8.self), first: first, last: last, missing: Int(missing),
      ranges: Array(holes))
  }
}
