import ClosureModel

/// What the documents of an export say about the whole.
struct ReceiptFacts: Sendable {
  /// Kinds of documents that were read.
  var forms: [String] = []
  var files = 0
  var usedFiles = 0
  var distinct = 0
  /// Files that hold the same tickets in another form.
  var sameTicketsElsewhere = 0
  /// Copies of tickets, older than those that count or the same to the letter.
  var copies = 0
  var unreadable: [String] = []
  private var claim = Claim()
  private var parts: [(claim: Claim, distinct: Int)] = []

  private struct Claim: Sendable {
    var total: Int?
    var pages: Set<Int> = []
    var pageCount: Int?
    var documents = 0
    /// Documents that say that another follows.
    var open = 0
    var closed = 0
    var saysWhetherMore = false
    var lastLength = 0
    var fullPages: [Int] = []
    /// Numbers at the end of the names `…page3`.
    var named: Set<Int> = []
  }

  mutating func take(
    _ claims: SystemMap.Claims, _ scope: PathScope, tickets: Int, _ file: String
  ) {
    func number(_ path: PathExpression?) -> Int? { path.flatMap { scope.text([$0]) }.flatMap { Int($0.trimmed) } }
    if let total = number(claims.total) { claim.total = max(claim.total ?? 0, total) }
    if let page = number(claims.page) { claim.pages.insert(page) }
    if let pages = number(claims.pages) { claim.pageCount = max(claim.pageCount ?? 0, pages) }
    claim.documents += 1
    if !claims.next.isEmpty || !claims.more.isEmpty {
      claim.saysWhetherMore = true
      if scope.text(claims.next) != nil || claims.more.anyHolds(in: scope) {
        claim.open += 1
      } else {
        claim.closed += 1
      }
    }
    claim.lastLength = tickets
    claim.fullPages = claims.fullPage
    if let number = Self.pageNumber(file) { claim.named.insert(number) }
  }

  /// Takes in what one form of the export says.
  mutating func add(_ other: ReceiptFacts, distinct: Int) { parts.append((other.claim, distinct)) }

  /// `tickets-page12.json` is 12.
  private static func pageNumber(_ file: String) -> Int? {
    let name = file.lowercased()
    guard let range = name.firstRange(of: "page") else { return nil }
    return Int(name[range.upperBound...].drop { "-_ ".contains($0) }.prefix { $0.isASCII && $0.isNumber })
  }

  /// What the export claims in all.
  var claimed: Int? { parts.count == 1 ? parts[0].claim.total : nil }

  var gaps: [Receipt.Gap] {
    var out: [Receipt.Gap] = []
    let again = Receipt.Gap.again
    for (claim, distinct) in parts {
      if let total = claim.total, total > distinct {
        out.append(
          Receipt.Gap(
            code: .total, count: total - distinct,
            what: "the export says that there are \(total) tickets and holds \(distinct)", fix: again))
      }
      let wanted = claim.pageCount.map { Set(1...max($0, 1)) } ?? claim.named.max().map { Set(1...max($0, 1)) } ?? []
      let had = claim.pageCount == nil ? claim.named : claim.pages
      let missing = wanted.subtracting(had).sorted()
      if !missing.isEmpty, !had.contains(0) { out.append(.pages(missing)) }
      if claim.saysWhetherMore, claim.closed == 0, claim.total == nil || claim.total ?? 0 > distinct {
        out.append(
          Receipt.Gap(
            code: .lastPage, count: nil, what: "the last page says that more follows, and it is not there", fix: again))
      }
      if !claim.saysWhetherMore, claim.total == nil, claim.fullPages.contains(claim.lastLength) {
        out.append(
          Receipt.Gap(
            code: .lastPage, count: nil,
            what: "the last page is full (\(claim.lastLength) tickets); another may follow", fix: again))
      }
    }
    if !unreadable.isEmpty {
      out.append(
        Receipt.Gap(
          code: .document, count: unreadable.count, which: Array(unreadable.prefix(5)),
          what: "\(unreadable.count) documents cannot be read: \(unreadable.prefix(5).joined(separator: ", "))",
          fix: "They are cut off or damaged; export them again."))
    }
    return out
  }
}

extension Receipt.Gap {
  static let again = "Export again, whole, or pull the tickets with `closedesk pull`."

  /// - Parameter missing: numbers of pages, in order.
  static func pages(_ missing: [Int]) -> Receipt.Gap {
    let which = missing.prefix(10).map(String.init)
    return Receipt.Gap(
      code: .page, count: missing.count, which: which,
      what: "page \(which.joined(separator: ", ")) of the export is missing", fix: again)
  }
}
