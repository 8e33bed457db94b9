import ClosureModel

/// Times as spreadsheets of other countries write them. Only what can be read in one way is read.
enum ExportTime {
  /// What `Timestamp` reads, and `21.07.2026 09:02`: with full stops the day always stands first.
  static func read(_ text: String) -> Timestamp? {
    if let time = Timestamp(parsing: text) { return time }
    let parts = text.drop { $0 == " " }.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let year = parts[2].prefix(4)
    let isDate = (1...2).contains(parts[0].count) && (1...2).contains(parts[1].count) && year.count == 4
    guard isDate, (parts[0] + parts[1] + year).allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Timestamp(parsing: "\(year)-\(parts[1])-\(parts[0])\(parts[2].dropFirst(4))")
  }
}
