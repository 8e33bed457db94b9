/// What is written for an @ or for a dot.
struct SpelledMark: OptionSet, Sendable {
  let rawValue: UInt8
  static let at = Self(rawValue: 1), dot = Self(rawValue: 2)
}

/// What is known of mail domains: providers that everybody uses, misspellings of them, ends that are no top-level domain.
/// One object, as every reading holds on to it.
final class MailDomains: Sendable {
  private enum Section: String, CaseIterable {
    case slip = "mail_slip"
    case known = "mail_domain"
    case real = "real_domain"
    case topSlip = "tld_slip"
    case topRisky = "tld_risky"
    case chineseTop = "idn_tld"
    case notTop = "not_tld"
    case noReply = "no_reply"
    case commonTop = "common_tld"
    case systemUser = "system_user"
    /// Addresses that forms show as an example of one: x@example.com.
    case placeholder
    case at, dot
    case localMark = "local_mark"
    case lookalike
    case top = "tld"
  }
  /// What is known of a domain, of the end of one, or of a name before an @, by its bytes: one walk tells it, and most
  /// that people write are known, or nothing is known of them.
  private struct Marks: OptionSet, Sendable {
    let rawValue: UInt16
    static let known = Self(rawValue: 1), real = Self(rawValue: 2), slip = Self(rawValue: 4)
    static let topSlip = Self(rawValue: 8), risky = Self(rawValue: 16), notTop = Self(rawValue: 32)
    static let commonTop = Self(rawValue: 64), noReply = Self(rawValue: 128), systemUser = Self(rawValue: 256)
    static let placeholder = Self(rawValue: 512), top = Self(rawValue: 1024)
  }
  private let known: Trie<Marks>
  private let slips: [String: String]
  /// By the wrong end, without its dot; the first of the file counts.
  private let topSlips: [String: (place: Int, right: String)]
  /// Domains by the part before the @.
  private let placeholders: [String: Set<String>]
  /// Long enough for the rule of one letter.
  private let long: [[UInt8]]
  private let withoutDot: [String: String]
  let chineseTops: [[UInt32]]
  /// Words for marks of a local part, longer ones first: 下划线 for `_`.
  let localMarks: [(word: [UInt32], mark: UInt32)]
  /// Letters of other scripts that look like a Latin one.
  private let lookalikes: [UInt32: UInt32]
  /// Other ways to write an @ and a dot.
  let spelled: PhraseTable<SpelledMark>
  /// Scalars at which an @ may stand, or what is written for one: `@`, `#`, `=`, a blank, first scalars of the words.
  let marks: ScalarSet

  /// Knows nothing.
  init() {
    (slips, topSlips, withoutDot, long, chineseTops, spelled) = ([:], [:], [:], [], [], PhraseTable())
    (known, placeholders) = (Trie(Trie<Marks>.Builder()), [:])
    (localMarks, lookalikes) = ([], [:])
    marks = Self.marks(spelled)
  }

  init(_ source: SectionedFile) throws(ExamineError) {
    var slips: [String: String] = [:]
    var topSlips: [String: (place: Int, right: String)] = [:]
    var sets: [Section: Set<String>] = [:]
    var marks: [(word: [UInt32], mark: UInt32)] = []
    var lookalikes: [UInt32: UInt32] = [:]
    for line in try source.lines(sections: Section.allCases.map(\.rawValue)) {
      guard let section = Section(rawValue: line.section) else { continue }
      switch section {
      case .localMark, .lookalike:
        let parts = line.text.split(separator: " ").map { Scalars.of(String($0)) }
        guard parts.count == 2, parts[1].count == 1, section == .localMark || parts[0].count == 1 else {
          throw ExamineError(
            file: source.file, line: line.number, what: "a word and one sign are needed", fix: "Write: 下划线 _")
        }
        if section == .localMark {
          marks.append((parts[0], parts[1][0]))
        } else {
          lookalikes[parts[0][0]] = parts[1][0]
        }
        sets[section, default: []].insert(line.text)
      case .slip, .topSlip:
        let parts = line.text.split(separator: " ").map(String.init)
        guard parts.count == 2 else {
          throw ExamineError(
            file: source.file, line: line.number, what: "a slip needs two domains", fix: "Write: wrong.con right.com")
        }
        if section == .slip {
          slips[parts[0]] = parts[1]
        } else if topSlips[parts[0]] == nil {
          topSlips[parts[0]] = (topSlips.count, parts[1])
        }
        sets[section, default: []].insert(parts[0])
      default:
        for entry in line.text.split(separator: "|") { sets[section, default: []].insert(String(entry).trimmed) }
      }
    }
    for section in Section.allCases where sets[section] == nil {
      throw ExamineError(
        file: source.file, line: nil, what: "section [\(section.rawValue)] is missing",
        fix: "Restore it from the delivered lexicons.")
    }
    var long: [[UInt8]] = []
    var withoutDot: [String: String] = [:]
    for domain in (sets[.known] ?? []).sorted() {
      // A letter is soon exchanged in a short name that is somebody's own: wo.com.cn, wx.com.cn.
      let name = domain.hasPrefix("vip.") ? domain.dropFirst(4) : domain[...]
      if (name.firstIndex(of: ".").map { name.distance(from: name.startIndex, to: $0) } ?? 0) >= 5 {
        long.append(Array(domain.utf8))
      }
      withoutDot[domain.filter { $0 != "." }] = domain
    }
    var spelled = PhraseTable<SpelledMark>()
    for word in (sets[.at] ?? []).sorted() { spelled.add(word, .at) }
    for word in (sets[.dot] ?? []).sorted() { spelled.add(word, .dot) }
    (self.slips, self.topSlips, self.withoutDot, self.long, self.spelled) = (slips, topSlips, withoutDot, long, spelled)
    chineseTops = (sets[.chineseTop] ?? []).map(Scalars.of).sorted { $0.count > $1.count }
    var placeholders: [String: Set<String>] = [:]
    for address in sets[.placeholder] ?? [] {
      guard let at = address.lastIndex(of: "@") else { continue }
      placeholders[String(address[..<at]), default: []].insert(String(address[address.index(after: at)...]))
    }
    self.placeholders = placeholders
    (localMarks, self.lookalikes) = (marks.sorted { $0.word.count > $1.word.count }, lookalikes)
    var known = Trie<Marks>.Builder()
    func mark(_ names: some Sequence<String>, _ marks: Marks) {
      for name in names {
        let place = known.place(of: name.utf8.map(UInt32.init))
        known[place] = (known[place] ?? []).union(marks)
      }
    }
    for (section, marks) in Self.marked { mark(sets[section] ?? [], marks) }
    mark(placeholders.keys, .placeholder)
    self.known = Trie(known)
    self.marks = Self.marks(spelled)
  }

  private static func marks(_ spelled: PhraseTable<SpelledMark>) -> ScalarSet {
    var marks = ScalarSet("@#= ")
    for scalar in UInt32(0)..<0x10000 where spelled.begins(scalar) { marks.insert(scalar) }
    return marks
  }

  private static let marked: [(Section, Marks)] = [
    (.known, .known), (.real, .real), (.slip, .slip), (.topSlip, .topSlip), (.topRisky, .risky), (.notTop, .notTop),
    (.commonTop, .commonTop), (.noReply, .noReply), (.systemUser, .systemUser), (.top, .top), (.chineseTop, .top),
  ]

  private func marks(of name: some Sequence<UInt8>) -> Marks {
    known.place(Trie<Marks>.root, name.lazy.map(UInt32.init)).flatMap(known.kind) ?? []
  }

  func isKnown(_ domain: String) -> Bool { !marks(of: domain.utf8).isDisjoint(with: [.known, .real]) }
  func isFileEnding(_ top: String) -> Bool { marks(of: top.utf8).contains(.notTop) }
  func isSystemUser(_ local: String) -> Bool { marks(of: local.utf8).contains(.systemUser) }
  func isCommonTop(_ top: String) -> Bool { marks(of: top.utf8).contains(.commonTop) }

  /// Whether a domain, in lower case and Unicode, ends in one of the root zone's top-level domains.
  func hasTop(_ domain: String) -> Bool {
    let top = domain.utf8.lastIndex(of: 0x2E).map { domain[domain.utf8.index(after: $0)...] } ?? domain[...]
    return marks(of: top.utf8).contains(.top)
  }

  /// `gmаil.com` with a Cyrillic а: the same with Latin letters; `nil` where none is mixed with Latin ones.
  func latin(_ domain: String) -> String? {
    guard domain.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    var isMixed = false
    let labels = Scalars.of(domain).split(separator: 0x2E, omittingEmptySubsequences: false).map { label in
      let hasLatin = label.contains { Scalars.isLetter($0) }
      return label.map { scalar in
        guard let latin = lookalikes[scalar] else { return scalar }
        isMixed = isMixed || hasLatin
        return latin
      }
    }
    // соm, of which not one letter is Latin, behind a Latin name.
    let mended = labels.map { Scalars.string($0) }.joined(separator: ".")
    return isMixed || !hasTop(domain) && hasTop(mended) ? mended : nil
  }

  /// - Parameter local: in lower case, as below.
  func isNoReply(_ local: String) -> Bool {
    marks(of: local.utf8).contains(.noReply)
      || local.utf8.first == 0x6E && (local.hasPrefix("noreply-") || local.hasPrefix("noreply+"))
  }

  func isPlaceholder(local: String, domain: String) -> Bool {
    if marks(of: local.utf8).contains(.placeholder), let domains = placeholders[local],
      domains.contains(domain) || domains.contains("*")
    {
      return true
    }
    guard local.utf8.first == 0x78 else { return false }
    let name = domain.split(separator: ".").first ?? ""
    return local.count >= 2 && local.allSatisfy { $0 == "x" } && !name.isEmpty && name.allSatisfy { $0 == "x" }
  }

  /// The provider that a name without its dot stands for: `qqcom`.
  func provider(withoutDot name: String) -> String? { withoutDot[name] }

  /// The likelier spelling of a domain, lower case; `nil` where there is no doubt.
  func suggestion(for domain: String) -> String? {
    var domain = domain
    return domain.withUTF8(suggestion)
  }

  private func suggestion(_ domain: UnsafeBufferPointer<UInt8>) -> String? {
    let whole = marks(of: domain)
    if !whole.isDisjoint(with: [.known, .real]) { return nil }
    if whole.contains(.slip), let right = slips[Self.string(domain[...])] { return right }
    if let mended = topMended(domain) { return slips[mended] ?? mended }
    if let dot = domain.firstIndex(of: 0x2E), marks(of: domain[(dot + 1)...]).contains(.risky) {
      let mended = Self.string(domain[...dot]) + "com"
      if marks(of: mended.utf8).contains(.known) { return mended }
    }
    guard (8...20).contains(domain.count) else { return nil }
    // Hardly anybody errs in the first letter, and email.com next to gmail.com shows why it must not count.
    for known in long where known[0] == domain[0] && abs(known.count - domain.count) <= 1 {
      if Self.isOneStepApart(known, Array(domain)) { return String(decoding: known, as: UTF8.self) }
    }
    return nil
  }

  private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The domain with a right end for a misspelled one.
  private func topMended(_ domain: UnsafeBufferPointer<UInt8>) -> String? {
    var found: (start: Int, slip: (place: Int, right: String))? = nil
    for dot in domain.indices where domain[dot] == 0x2E {
      let end = domain[(dot + 1)...]
      guard marks(of: end).contains(.topSlip), let slip = topSlips[Self.string(end)],
        slip.place < found?.slip.place ?? .max
      else { continue }
      found = (dot + 1, slip)
    }
    return found.map { Self.string(domain[..<$0.start]) + $0.slip.right }
  }

  /// One letter more, less, other, or two neighbours exchanged.
  static func isOneStepApart(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard abs(a.count - b.count) <= 1, a != b else { return false }
    var start = 0
    while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
    var end = 0
    while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    let restA = a.count - start - end
    let restB = b.count - start - end
    if restA <= 1, restB <= 1 { return true }
    return restA == 2 && restB == 2 && a[start] == b[start + 1] && a[start + 1] == b[start]
  }
}
