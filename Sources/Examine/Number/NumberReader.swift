import ClosureModel

/// Decides which groups of a text make up a number, and what it is.
struct NumberReader {
  struct Hit {
    let kind: IdentityNumberReading.Kind
    /// In capitals, without blanks and dashes.
    let value: String
    let why: String?
    let range: Range<Int>
    /// Index of its last group.
    let last: Int
  }

  let scalars: [UInt32]
  let groups: [NumberGroup]
  let today: Day?

  // MARK: - Without a word before it

  /// A right number that stands by itself, in one group or in several, or a masked resident id in one.
  func bare(at first: Int) -> Hit? {
    let group = groups[first]
    if let hit = whole(group, first) { return hit }
    // Parts of a longer row of digits are no number.
    if group.isJoined, first > 0, isPart(groups[first - 1]) { return nil }
    guard group.digits >= 2, !isGlued(before: first), isPart(group) else { return nil }
    var total = group.count
    var last = first
    while total < 18, last + 1 < groups.count, groups[last + 1].isJoined,
      isPart(groups[last + 1]) || (total == 17 && isLetter(groups[last + 1]))
    {
      last += 1
      total += groups[last].count
    }
    guard total == 18, last > first, !isGlued(after: last) else { return nil }
    if last + 1 < groups.count, groups[last + 1].isJoined, isPart(groups[last + 1]) { return nil }
    return right(first...last, [.residentID, .uscc])
  }

  private func whole(_ group: NumberGroup, _ index: Int) -> Hit? {
    guard !isGlued(before: index), !isGlued(after: index), !group.isDashed,
      index + 1 == groups.count || !groups[index + 1].isDashed
    else { return nil }
    let range = trimmed(group)
    switch range.count {
    case 18:
      if let hit = right(index...index, [.residentID, .uscc]) { return hit }
      let typed = TypedNumber(scalars[range])
      guard typed.isMasked(), Scalars.isDigit(typed.scalars[0]), Scalars.isDigit(typed.scalars[1]),
        DivisionCode.isAuthority(typed.number(0..<2) * 10_000), let end = typed.scalars.last,
        Scalars.isDigit(end) || end == 0x58
      else { return nil }
      return judged(.residentID, index...index)
    case 15: return right(index...index, [.licence])
    default: return nil
    }
  }

  /// May a group be one of the parts that somebody wrote a number in? A mobile number is a whole of its own.
  private func isPart(_ group: NumberGroup) -> Bool {
    guard group.count < 18, !isMobile(group) else { return false }
    // The end of a resident id may be an X; parts of a credit code hold a digit.
    return (group.digits > 0 || isX(group)) && group.marks == 0
  }

  // MARK: - After a word

  /// What a word introduces, right or wrong; `nil` where it is no number of that kind (a passport, a count).
  func introduced(at first: Int, _ label: IdentifierWords.Kind) -> Hit? {
    guard !isGlued(before: first, loosely: true) else { return nil }
    var last = first
    var totals: [(last: Int, count: Int)] = [(first, trimmed(groups[first]).count)]
    while last + 1 < groups.count, groups[last + 1].isJoined {
      let group = groups[last + 1]
      let before = totals.last?.count ?? 0
      // A letter by itself ends a credit code; behind a resident id it begins an English sentence.
      guard isContinuation(group) || (before == 17 && label.mayBeCode && isLetter(group)) else { break }
      last += 1
      let count = before + group.count
      if count > 22 { break }
      totals.append((last, count))
    }
    let order = kinds(label)
    for (last, _) in totals where !isGlued(after: last) {
      if let hit = right(first...last, order) { return hit }
    }
    guard let chosen = choose(totals, label), !isGlued(after: chosen) else { return nil }
    return wrong(first...chosen, label)
  }

  private func isContinuation(_ group: NumberGroup) -> Bool {
    !isMobile(group) && (group.digits > 0 || group.marks > 0 || isX(group))
  }

  /// How much of the row is meant, when no part of it is right.
  private func choose(_ totals: [(last: Int, count: Int)], _ label: IdentifierWords.Kind) -> Int? {
    let lengths = label == .licence ? [15, 18] : [18, 15]
    for length in lengths { if let exact = totals.first(where: { $0.count == length }) { return exact.last } }
    guard let first = totals.first, first.count < 14 else { return totals.first?.last }
    return totals.last { $0.count <= 19 }?.last ?? first.last
  }

  private func wrong(_ span: ClosedRange<Int>, _ label: IdentifierWords.Kind) -> Hit? {
    let parts = groups[span]
    let digits = parts.reduce(0) { $0 + $1.digits }
    let typed = typed(span)
    let masked = typed.isMasked()
    if span.count == 1, isMobile(groups[span.lowerBound]) { return nil }
    let long = (14...20).contains(typed.count)
    switch label {
    case .residentID, .uscc, .licence:
      guard masked ? digits >= 2 && typed.count >= 6 : digits >= 4 && typed.count >= 6 else { return nil }
    case .document, .looseResidentID, .looseUSCC:
      guard masked ? digits >= 4 && typed.count >= 8 : long && digits >= 8 else { return nil }
    case .other, .link: return nil
    }
    let kind: IdentityNumberReading.Kind =
      switch label {
      case .residentID, .looseResidentID: .residentID
      case .uscc, .looseUSCC: .uscc
      case .licence: typed.count == 18 ? .uscc : .licence
      case .document, .other, .link: looksLikeCode(typed) ? .uscc : .residentID
      }
    return judged(kind, span)
  }

  /// Letters before the last place are no resident id's.
  private func looksLikeCode(_ typed: TypedNumber) -> Bool {
    typed.scalars.dropLast().contains { Scalars.isLetter($0) && $0 != 0x58 }
  }

  private func kinds(_ label: IdentifierWords.Kind) -> [IdentityNumberReading.Kind] {
    switch label {
    case .uscc, .looseUSCC: [.uscc, .residentID, .licence]
    case .licence: [.licence, .uscc, .residentID]
    default: [.residentID, .uscc, .licence]
    }
  }

  // MARK: - Shared

  private func right(_ span: ClosedRange<Int>, _ kinds: [IdentityNumberReading.Kind]) -> Hit? {
    let typed = typed(span)
    guard typed.count == 18 || typed.count == 15 else { return nil }
    for kind in kinds {
      if case .right(let value) = verdict(kind, typed) {
        return Hit(kind: kind, value: value, why: nil, range: range(span), last: span.upperBound)
      }
    }
    return nil
  }

  private func judged(_ kind: IdentityNumberReading.Kind, _ span: ClosedRange<Int>) -> Hit? {
    let typed = typed(span)
    guard case .wrong(let why, _) = verdict(kind, typed) else { return nil }
    return Hit(kind: kind, value: typed.text, why: why, range: range(span), last: span.upperBound)
  }

  private func verdict(_ kind: IdentityNumberReading.Kind, _ typed: TypedNumber) -> NumberVerdict {
    switch kind {
    case .residentID: ResidentID.check(typed, on: today)
    case .uscc: CreditCode.check(typed)
    case .licence: RegistrationNumber.check(typed)
    }
  }

  private func typed(_ span: ClosedRange<Int>) -> TypedNumber { TypedNumber(scalars[range(span)]) }

  private func range(_ span: ClosedRange<Int>) -> Range<Int> {
    groups[span.lowerBound].range.lowerBound..<trimmed(groups[span.upperBound]).upperBound
  }

  /// Without the stars of bold print behind a number that is whole before them.
  private func trimmed(_ group: NumberGroup) -> Range<Int> {
    guard group.marks > 0 else { return group.range }
    let end = (group.range.last { !NumberGroup.isMark(scalars[$0]) } ?? group.range.lowerBound) + 1
    let bare = group.range.lowerBound..<end
    let whole = bare.count == 18 || bare.count == 15
    return whole && bare.allSatisfy { !NumberGroup.isMark(scalars[$0]) } ? bare : group.range
  }

  private func isX(_ group: NumberGroup) -> Bool { group.count == 1 && scalars[group.range.lowerBound] == 0x78 }

  private func isLetter(_ group: NumberGroup) -> Bool {
    group.count == 1 && Scalars.isLetter(scalars[group.range.lowerBound])
  }

  private func isMobile(_ group: NumberGroup) -> Bool {
    group.count == 11 && group.hasOnlyDigits && scalars[group.range.lowerBound] == 0x31
  }

  /// Is what stands before a part of the same thing?
  /// - Parameter loosely: behind a word that introduces it, `#` and `=` and the like are punctuation.
  private func isGlued(before index: Int, loosely: Bool = false) -> Bool {
    let start = groups[index].range.lowerBound
    guard start > 0 else { return false }
    switch scalars[start - 1] {
    case 0x5F, 0x40, 0x25, 0x2B, 0x7E, 0x24, 0xA5: return true  // _ @ % + ~ $ ¥
    case 0x2F, 0x5C, 0x23, 0x26, 0x3F, 0x2E: return !loosely  // / \ # & ? .
    default: return false
    }
  }

  private func isGlued(after index: Int) -> Bool {
    let end = groups[index].range.upperBound
    guard end < scalars.count else { return false }
    switch scalars[end] {
    case 0x5F, 0x40, 0x25, 0x7E: return true
    // A full stop or a slash ends a sentence or parts two numbers, unless Latin letters go on behind it.
    case 0x2E, 0x5C, 0x26, 0x3D: return end + 1 < scalars.count && Scalars.isWord(scalars[end + 1])
    default: return false
    }
  }
}
