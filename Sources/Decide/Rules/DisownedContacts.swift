import ClosureModel

/// What a ticket's own texts say against the contacts that it gives: dead numbers, wrong addresses, other people's.
struct DisownedContacts {
  enum Kind { case email, phone }
  /// Where a contact stands.
  enum Place { case field, security, text }
  enum Objection {
    /// This very contact is meant.
    case refused([Evidence])
    /// It may be meant.
    case doubted([Evidence])
  }

  private let text: TextReading
  init(_ text: TextReading) { self.text = text }

  /// - Returns: `nil` where nothing speaks against it.
  func objection(to reading: ContactReading, _ kind: Kind, at place: Place) -> Objection? {
    let named = (kind == .email ? text.emails : text.phones).filter {
      $0.isDisowned && Self.isSame($0.value, reading.value, kind)
    }
    // In the texts the reader has followed a value from one place to the next, and later words count.
    if reading.isDisowned || place != .text && !named.isEmpty { return .refused(named.map(\.evidence)) }
    let denials = text.contactDenials.filter { isMeant(reading, kind, place, $0) }
    if denials.isEmpty { return nil }
    let evidence = denials.map(\.evidence)
    return denials.contains { $0.tail != nil } ? .refused(evidence) : .doubted(evidence)
  }

  private func isMeant(_ reading: ContactReading, _ kind: Kind, _ place: Place, _ denial: ContactDenial) -> Bool {
    switch denial.kind {
    case .email where kind != .email, .phone where kind != .phone: return false
    default: break
    }
    if let tail = denial.tail { return Self.visible(reading.value, .phone).hasSuffix(tail) }
    switch (place, denial.reach) {
    case (.security, _), (.field, .fields), (.field, .everything): return true
    case (.text, .everything): return Self.place(reading.evidence) < Self.place(denial.evidence)
    case (.field, .security), (.text, .security), (.text, .fields): return false
    }
  }

  /// Texts in the order in which they were written, places within them.
  private static func place(_ evidence: Evidence) -> (Int, Int) {
    let at = evidence.span?.lowerBound ?? 0
    switch evidence.source {
    case .subject: return (0, at)
    case .body: return (1, at)
    case .message(let index): return (2 + index, at)
    case .column, .attachment, .policy: return (-1, at)
    }
  }

  /// `138****8000` is 13800138000 as far as it is to be seen.
  static func isSame(_ first: String, _ second: String, _ kind: Kind) -> Bool {
    let (first, second) = (visible(first, kind), visible(second, kind))
    if first == second { return true }
    guard first.contains("*") || second.contains("*") else { return false }
    let heads = zip(first.prefix { $0 != "*" }, second.prefix { $0 != "*" })
    let tails = zip(first.reversed().prefix { $0 != "*" }, second.reversed().prefix { $0 != "*" })
    return heads.allSatisfy(==) && tails.allSatisfy(==) && shown(first) > 2 && shown(second) > 2
  }

  private static func shown(_ value: String) -> Int { value.count { $0 != "*" } }

  /// Addresses in lower case, numbers as digits without the calling code of the mainland, every mark of a mask as a star.
  private static func visible(_ value: String, _ kind: Kind) -> String {
    let open = String(value.lowercased().map { marks.contains($0) ? "*" : $0 })
    guard kind == .phone else { return open }
    let digits = open.map { $0 == "x" ? "*" : $0 }.filter { $0.isASCII && $0.isNumber || $0 == "*" }
    let isMainland = open.hasPrefix("+86") || open.hasPrefix("86") && digits.count == 13
    return String(isMainland ? digits.dropFirst(2) : digits[...])
  }
  private static let marks: Set<Character> = ["●", "•", "█", "×", "…", "＊"]
}
