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
    case placeholder, at, dot
  }
  private let slips: [String: String]
  /// By the wrong end, without its dot; the first of the file counts.
  private let topSlips: [String: (place: Int, right: String)]
  private let known: Set<String>
  private let real: Set<String>
  private let risky: Set<String>
  private let notTop: Set<String>
  private let noReply: Set<String>
  private let commonTop: Set<String>
  /// Domains by the part before the @.
  private let placeholders: [String: Set<String>]
  private let systemUsers: Set<String>
  /// Long enough for the rule of one letter.
  private let long: [[UInt8]]
  private let withoutDot: [String: String]
  let chineseTops: [[UInt32]]
  /// Other ways to write an @ and a dot.
  let spelled: PhraseTable<SpelledMark>
  /// Scalars at which an @ may stand, or what is written for one: `@`, `#`, `=`, a blank, first scalars of the words.
  let marks: ScalarSet

  /// Knows nothing.
  init() {
    (slips, topSlips, withoutDot, long, chineseTops, spelled) = ([:], [:], [:], [], [], PhraseTable())
    (known, real, risky, notTop, noReply, commonTop, placeholders, systemUsers) = ([], [], [], [], [], [], [:], [])
    marks = Self.marks(spelled)
  }

  init(_ source: SectionedFile) throws(ExamineError) {
    var slips: [String: String] = [:]
    var topSlips: [String: (place: Int, right: String)] = [:]
    var sets: [Section: Set<String>] = [:]
    for line in try source.lines(sections: Section.allCases.map(\.rawValue)) {
      guard let section = Section(rawValue: line.section) else { continue }
      switch section {
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
    (known, real) = (sets[.known] ?? [], sets[.real] ?? [])
    (risky, notTop, commonTop) = (sets[.topRisky] ?? [], sets[.notTop] ?? [], sets[.commonTop] ?? [])
    noReply = sets[.noReply] ?? []
    var placeholders: [String: Set<String>] = [:]
    for address in sets[.placeholder] ?? [] {
      guard let at = address.lastIndex(of: "@") else { continue }
      placeholders[String(address[..<at]), default: []].insert(String(address[address.index(after: at)...]))
    }
    self.placeholders = placeholders
    systemUsers = sets[.systemUser] ?? []
    marks = Self.marks(spelled)
  }

  private static func marks(_ spelled: PhraseTable<SpelledMark>) -> ScalarSet {
    var marks = ScalarSet("@#= ")
    for scalar in UInt32(0)..<0x10000 where spelled.begins(scalar) { marks.insert(scalar) }
    return marks
  }

  func isKnown(_ domain: String) -> Bool { known.contains(domain) || real.contains(domain) }
  func isFileEnding(_ top: String) -> Bool { notTop.contains(top) }
  func isSystemUser(_ local: String) -> Bool { systemUsers.contains(local) }
  func isCommonTop(_ top: String) -> Bool { commonTop.contains(top) }

  /// - Parameter local: in lower case, as below.
  func isNoReply(_ local: String) -> Bool {
    noReply.contains(local) || local.hasPrefix("noreply-") || local.hasPrefix("noreply+")
  }

  func isPlaceholder(local: String, domain: String) -> Bool {
    if let domains = placeholders[local], domains.contains(domain) || domains.contains("*") { return true }
    guard local.utf8.first == 0x78 else { return false }
    let name = domain.split(separator: ".").first ?? ""
    return local.count >= 2 && local.allSatisfy { $0 == "x" } && !name.isEmpty && name.allSatisfy { $0 == "x" }
  }

  /// The provider that a name without its dot stands for: `qqcom`.
  func provider(withoutDot name: String) -> String? { withoutDot[name] }

  /// The likelier spelling of a domain, lower case; `nil` where there is no doubt.
  func suggestion(for domain: String) -> String? {
    if isKnown(domain) { return nil }
    if let right = slips[domain] { return right }
    if let mended = topMended(domain) { return slips[mended] ?? mended }
    if let dot = domain.utf8.firstIndex(of: 0x2E), risky.contains(String(domain[domain.utf8.index(after: dot)...])) {
      let mended = domain[...dot] + "com"
      if known.contains(String(mended)) { return String(mended) }
    }
    let bytes = Array(domain.utf8)
    guard (8...20).contains(bytes.count) else { return nil }
    // Hardly anybody errs in the first letter, and email.com next to gmail.com shows why it must not count.
    for known in long where known[0] == bytes[0] && Self.isOneStepApart(known, bytes) {
      return String(decoding: known, as: UTF8.self)
    }
    return nil
  }

  /// The domain with a right end for a misspelled one.
  private func topMended(_ domain: String) -> String? {
    var found: (start: String.Index, slip: (place: Int, right: String))? = nil
    for dot in domain.utf8.indices where domain.utf8[dot] == 0x2E {
      let start = domain.utf8.index(after: dot)
      guard let slip = topSlips[String(domain[start...])], slip.place < found?.slip.place ?? .max else { continue }
      found = (start, slip)
    }
    return found.map { domain[..<$0.start] + $0.slip.right }
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
