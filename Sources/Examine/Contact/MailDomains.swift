/// What is known of mail domains: providers that everybody uses, misspellings of them, ends that are no top-level domain.
struct MailDomains: Sendable {
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
    case placeholder, at, dot
  }
  private var slips: [String: String] = [:]
  private var topSlips: [(wrong: String, right: String)] = []
  private var sets: [Section: Set<String>] = [:]
  /// Long enough for the rule of one letter.
  private var long: [[UInt8]] = []
  private var withoutDot: [String: String] = [:]
  private(set) var chineseTops: [[UInt32]] = []
  /// Other ways to write an @ (`true`) and a dot (`false`).
  private(set) var spelled = PhraseTable<Bool>()

  init() {}

  init(_ source: SectionedFile) throws(ExamineError) {
    for line in try source.lines(sections: Section.allCases.map(\.rawValue)) {
      guard let section = Section(rawValue: line.section) else { continue }
      switch section {
      case .slip, .topSlip:
        let parts = line.text.split(separator: " ").map(String.init)
        guard parts.count == 2 else {
          throw ExamineError(
            file: source.file, line: line.number, what: "a slip needs two domains", fix: "Write: wrong.con right.com")
        }
        if section == .slip { slips[parts[0]] = parts[1] } else { topSlips.append((parts[0], parts[1])) }
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
    for domain in (sets[.known] ?? []).sorted() {
      // A letter is soon exchanged in a short name that is somebody's own: wo.com.cn, wx.com.cn.
      let name = domain.hasPrefix("vip.") ? domain.dropFirst(4) : domain[...]
      if (name.firstIndex(of: ".").map { name.distance(from: name.startIndex, to: $0) } ?? 0) >= 5 {
        long.append(Array(domain.utf8))
      }
      withoutDot[domain.filter { $0 != "." }] = domain
    }
    for word in (sets[.at] ?? []).sorted() { spelled.add(word, true) }
    for word in (sets[.dot] ?? []).sorted() { spelled.add(word, false) }
    chineseTops = (sets[.chineseTop] ?? []).map(Scalars.of).sorted { $0.count > $1.count }
  }

  private func has(_ section: Section, _ entry: String) -> Bool { sets[section]?.contains(entry) ?? false }
  func isKnown(_ domain: String) -> Bool { has(.known, domain) || has(.real, domain) }
  func isFileEnding(_ top: String) -> Bool { has(.notTop, top) }
  func isCommonTop(_ top: String) -> Bool { has(.commonTop, top) }
  func isNoReply(_ local: String) -> Bool {
    let plain = local.lowercased()
    return has(.noReply, plain) || plain.hasPrefix("noreply-") || plain.hasPrefix("noreply+")
  }

  func isPlaceholder(local: String, domain: String) -> Bool {
    let local = local.lowercased()
    if has(.placeholder, "\(local)@\(domain)") { return true }
    let name = domain.split(separator: ".").first ?? ""
    return local.count >= 2 && local.allSatisfy { $0 == "x" } && !name.isEmpty && name.allSatisfy { $0 == "x" }
  }

  /// The provider that a name without its dot stands for: `qqcom`.
  func provider(withoutDot name: String) -> String? { withoutDot[name] }

  /// The likelier spelling of a domain, lower case; `nil` where there is no doubt.
  func suggestion(for domain: String) -> String? {
    if isKnown(domain) { return nil }
    if let right = slips[domain] { return right }
    for (wrong, right) in topSlips where domain.hasSuffix("." + wrong) {
      let mended = domain.dropLast(wrong.count) + right
      return slips[String(mended)] ?? String(mended)
    }
    if let dot = domain.firstIndex(of: ".") {
      let mended = domain[...dot] + "com"
      if has(.topRisky, String(domain[domain.index(after: dot)...])), has(.known, String(mended)) {
        return String(mended)
      }
    }
    let bytes = Array(domain.utf8)
    guard (8...20).contains(bytes.count) else { return nil }
    // Hardly anybody errs in the first letter, and email.com next to gmail.com shows why it must not count.
    for known in long where known[0] == bytes[0] && Self.isOneStepApart(known, bytes) {
      return String(decoding: known, as: UTF8.self)
    }
    return nil
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
