import ClosureModel

/// Ids that stand more than once in an export, and which of their records counts.
///
/// The first pass keeps eight bytes a record: a hash of its id. Only where two are equal does a second pass look at these
/// records themselves.
struct DuplicateIndex {
  private var hashes: [UInt64] = []

  /// - Parameter id: as it stands in the export; blanks around it are no part of it.
  mutating func add(_ id: UnsafeBufferPointer<UInt8>) {
    var (low, high) = (0, id.count)
    while low < high, TicketBuilder.isBlank(id[low]) { low += 1 }
    while low < high, TicketBuilder.isBlank(id[high - 1]) { high -= 1 }
    hashes.append(Self.hash(UnsafeBufferPointer(rebasing: id[low..<high])))
  }

  /// FNV-1a, 64 bits: stable from pass to pass. Equal hashes of different ids are told apart by the second pass.
  static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
    id.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Hashes that occur more than once.
  mutating func repeated() -> Set<UInt64> {
    hashes.sort()
    var out: Set<UInt64> = []
    for (a, b) in zip(hashes, hashes.dropFirst()) where a == b { out.insert(a) }
    hashes = []
    return out
  }
}

/// What becomes of each record of an id that stands more than once.
struct CopyRules {
  enum Fate {
    /// The record counts; `conflicting`: another copy that is not older differs from it.
    case counts(conflicting: Bool)
    case superseded(by: Int)
    case duplicate(of: Int)
  }
  private struct Copy {
    let row: Int
    let updated: Timestamp?
    let content: Ticket
  }
  private var copies: [Ticket.ID: [Copy]] = [:]

  mutating func add(_ ticket: Ticket) {
    var content = ticket
    content.status = ""
    content.updatedAt = nil
    content.origin = Origin(file: "", row: 0)
    copies[ticket.id, default: []].append(Copy(row: ticket.origin.row, updated: ticket.updatedAt, content: content))
  }

  /// - Returns: fates by row.
  func fates() -> [Int: Fate] {
    var out: [Int: Fate] = [:]
    for list in copies.values where list.count > 1 {
      let first = list[0]
      // Newer means strictly newer than every other copy, all of which must say when they were written.
      let newest = list.enumerated().first { index, copy in
        list.enumerated().allSatisfy { other, rival in
          guard index != other else { return true }
          guard let mine = copy.updated, let theirs = rival.updated else { return false }
          return mine > theirs
        }
      }?.element
      if let newest {
        for copy in list { out[copy.row] = .superseded(by: newest.row) }
        out[newest.row] = .counts(conflicting: false)
      } else {
        for copy in list { out[copy.row] = .duplicate(of: first.row) }
        out[first.row] = .counts(conflicting: list.contains { $0.content != first.content })
      }
    }
    return out
  }
}
