import ClosureModel

/// Identity numbers inside a text: right ones wherever they stand, wrong and masked ones where a word introduces them.
/// Never a part of something longer: order numbers, bank cards, addresses of pages, rows of phone numbers.
final class Identifiers: Sendable {
  private let words: IdentifierWords

  init(words: IdentifierWords) { self.words = words }

  /// - Parameters:
  ///   - evidence: of a range of `text`.
  ///   - today: nobody is born after it; `nil`: not looked at.
  func numbers(_ text: NormalText, on today: Day? = nil, _ evidence: (Range<Int>) -> Evidence)
    -> [IdentityNumberReading]
  {
    let groups = NumberGroup.all(in: text.scalars)
    var found: [IdentityNumberReading] = []
    var next = 0
    while next < groups.count {
      let first = next
      next += 1
      guard groups[first].digits > 0, mayBeNumber(groups, first) else { continue }
      let reader = NumberReader(scalars: text.scalars, groups: groups, today: today)
      let hit: NumberReader.Hit? =
        switch label(before: groups[first].range.lowerBound, in: text.scalars) {
        case .other?, .link?: nil
        case let kind?: reader.introduced(at: first, kind)
        case nil: reader.bare(at: first)
        }
      guard let hit else { continue }
      next = hit.last + 1
      found.append(
        IdentityNumberReading(
          kind: hit.kind, value: hit.value, valid: hit.why == nil, why: hit.why, evidence: evidence(hit.range)))
    }
    return found
  }

  /// The groups that a number may be written in are together as long as the shortest that is told of, right or wrong.
  private func mayBeNumber(_ groups: [NumberGroup], _ first: Int) -> Bool {
    var last = first
    while last + 1 < groups.count, groups[last + 1].isJoined, last - first < Self.shortest { last += 1 }
    return groups[last].range.upperBound - groups[first].range.lowerBound >= Self.shortest
  }
  private static let shortest = 6

  /// The word that introduces what begins at a place: `身份证号码（18 位）为：110101…`.
  private func label(before place: Int, in s: [UInt32]) -> IdentifierWords.Kind? {
    var at = place
    // Brackets, colons, links: a bounded walk.
    for _ in 0..<8 {
      while at > 0, Self.isPause(s[at - 1]) { at -= 1 }
      if at > 0, s[at - 1] == 0x29 || s[at - 1] == 0x3011 {
        let open = s[at - 1] == 0x29 ? UInt32(0x28) : 0x3010
        guard let start = s[max(0, at - 16)..<at].lastIndex(of: open) else { return nil }
        at = start
        continue
      }
      guard let (kind, start) = words.match(s, before: at) else { return nil }
      guard kind == .link else { return kind }
      at = start
    }
    return nil
  }

  /// Blank, line end, `: = ( [ 【 " “ 「 ' | # .`; a comma or a full stop ends what the word was about.
  private static func isPause(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x0A, 0x3A, 0x3D, 0x28, 0x5B, 0x3010, 0x22, 0x201C, 0x300C, 0x27, 0x7C, 0x23, 0x2E, 0x3E, 0x2192, 0x2A:
      true
    default: TypedNumber.isDash(scalar)
    }
  }
}

/// Account names.
extension Identifiers {
  static func accounts(_ text: NormalText, _ evidence: (Range<Int>) -> Evidence) -> [Evidence] {
    let s = text.scalars
    var found: [Evidence] = []
    s.withUnsafeBufferPointer { scalars in
      var i = 0
      while i < scalars.count {
        guard isName(scalars[i]) else {
          i += 1
          continue
        }
        let start = i
        var isAddress = false
        while i < scalars.count, isName(scalars[i]) {
          if scalars[i] == 0x40 { isAddress = true }
          i += 1
        }
        if i - start >= 4, !isAddress, isAccount(s, start) { found.append(evidence(start..<i)) }
      }
    }
    return found
  }

  private static func isName(_ s: UInt32) -> Bool {
    s < 0x80 && (Scalars.isWord(s) || s == 0x5F || s == 0x2D || s == 0x40)
  }

  /// `jd_NAME`, `账号：NAME`, `账户名：NAME`.
  private static func isAccount(_ s: [UInt32], _ at: Int) -> Bool {
    if s[at] == 0x6A, s[at + 1] == 0x64, s[at + 2] == 0x5F { return true }
    guard at > 2, s[at - 1] == 0x3A || s[at - 1] == 0xFF1A else { return false }
    // 名 may follow 账号 or 账户.
    let end = s[at - 2] == 0x540D ? at - 2 : at - 1
    return end > 1 && s[end - 2] == 0x8D26 && (s[end - 1] == 0x53F7 || s[end - 1] == 0x6237)
  }
}
