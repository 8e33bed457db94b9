/// What a word says about a number or an address near it.
enum ContactWord: UInt8, CaseIterable, Sendable {
  case phoneLabel, mailLabel, notPhone
  case own, agent, hotline, other, binding, former, dead, correction, final, usable, this
  case example, gone, asked, caller, above, remote, written, unanswered, speech, yes
  case reported, fraud, unwanted, designated, shared, earlier, passing, brand, client, seat, office, near, customer
  case `extension`, unit, region, areaCode, dial, answered, matter, closing
  case form, broken, mute, aside, account

  /// The section's name in `contacts.txt`.
  var section: String {
    switch self {
    case .phoneLabel: "phone_label"
    case .mailLabel: "mail_label"
    case .notPhone: "not_phone"
    case .areaCode: "area_code"
    default: "\(self)"
    }
  }
}

/// Everything that a word says.
struct ContactWordSet: OptionSet, Sendable {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }
  init(_ kind: ContactWord) { rawValue = 1 << UInt64(kind.rawValue) }
  func has(_ kind: ContactWord) -> Bool { !isDisjoint(with: ContactWordSet(kind)) }

  static let phoneLabel = Self(.phoneLabel), mailLabel = Self(.mailLabel), notPhone = Self(.notPhone)
  static let own = Self(.own), agent = Self(.agent), hotline = Self(.hotline), other = Self(.other)
  static let binding = Self(.binding), former = Self(.former), dead = Self(.dead), usable = Self(.usable)
  static let correction = Self(.correction), final = Self(.final), this = Self(.this)
  static let `extension` = Self(.extension), unit = Self(.unit), region = Self(.region)
  static let example = Self(.example), gone = Self(.gone), asked = Self(.asked), caller = Self(.caller)
  static let above = Self(.above), remote = Self(.remote)
  static let written = Self(.written), unanswered = Self(.unanswered), speech = Self(.speech), yes = Self(.yes)
  static let reported = Self(.reported), fraud = Self(.fraud), unwanted = Self(.unwanted)
  static let designated = Self(.designated), shared = Self(.shared), earlier = Self(.earlier)
  static let passing = Self(.passing), brand = Self(.brand), client = Self(.client), seat = Self(.seat),
    office = Self(.office), near = Self(.near), customer = Self(.customer)
  static let areaCode = Self(.areaCode), dial = Self(.dial), answered = Self(.answered)
  static let matter = Self(.matter), closing = Self(.closing)
  static let form = Self(.form), broken = Self(.broken), mute = Self(.mute), aside = Self(.aside)
  static let account = Self(.account)
  /// What says whose a contact is.
  static let owner: Self = [.own, .agent, .other, .binding, .former, .dead]
  static let label: Self = [.phoneLabel, .mailLabel]
  static let any = Self(rawValue: .max)
}

/// The word lists of contacts: `contacts.txt` and `mail-slips.txt`. One object, as every reading holds on to it.
final class ContactWords: Sendable {
  static let contactsFile = "contacts.txt"
  static let domainsFile = "mail-slips.txt"

  let phrases: PhraseTable<ContactWordSet>
  /// Country calling codes of region words.
  let regions: PhraseTable<String>
  let domains: MailDomains
  /// The calling codes themselves, as scalars.
  private let callingCodes: Set<[UInt32]>

  /// No words but the few without which a number cannot be read: its extension.
  static let none = ContactWords()
  private init() {
    var phrases = PhraseTable<ContactWordSet>()
    for word in ["转", "分机", "ext", "x"] { phrases.add(word, .extension) }
    self.phrases = phrases
    regions = PhraseTable()
    domains = MailDomains()
    callingCodes = []
  }

  func isCallingCode(_ digits: ArraySlice<UInt32>) -> Bool { callingCodes.contains(Array(digits)) }

  /// Whether a lexicon file is read here and not by the consent reader's lexicon.
  static func owns(_ file: String) -> Bool {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name == contactsFile || name == domainsFile
  }

  /// - Throws: `ExamineError` for a missing file, a section that is not known or missing, an entry without a section or
  ///   an entry of the wrong shape.
  init(_ files: [(file: String, text: String)]) throws(ExamineError) {
    let words = try SectionedFile.named(Self.contactsFile, of: files)
    var seen: Set<ContactWord> = []
    var phrases = PhraseTable<ContactWordSet>()
    var regions = PhraseTable<String>()
    var callingCodes: Set<[UInt32]> = []
    let sections = Dictionary(uniqueKeysWithValues: ContactWord.allCases.map { ($0.section, $0) })
    for line in try words.lines(sections: ContactWord.allCases.map(\.section)) {
      guard let kind = sections[line.section] else { continue }
      seen.insert(kind)
      if kind == .region {
        let parts = line.text.split(separator: "=").map { String($0).trimmed }
        guard parts.count == 2, !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
          throw ExamineError(
            file: words.file, line: line.number, what: "a region needs a word and a calling code",
            fix: "Write: 香港 = 852")
        }
        regions.add(parts[0], parts[1]) { first, _ in first }
        phrases.add(parts[0], .region)
        callingCodes.insert(Scalars.of(parts[1]))
      } else {
        // What the agent asked for is given as one's own.
        let kinds: ContactWordSet = kind == .asked ? [.asked, .own] : ContactWordSet(kind)
        for entry in line.text.split(separator: "|") { phrases.add(String(entry).trimmed, kinds) }
      }
    }
    for kind in ContactWord.allCases where !seen.contains(kind) {
      throw ExamineError(
        file: words.file, line: nil, what: "section [\(kind.section)] is missing",
        fix: "Restore it from the delivered lexicons.")
    }
    self.phrases = phrases
    self.regions = regions
    self.callingCodes = callingCodes
    domains = try MailDomains(SectionedFile.named(Self.domainsFile, of: files))
  }
}

/// Lines under `[section]` heads; `#` begins a comment.
struct SectionedFile {
  struct Line {
    let number: Int
    let section: String
    let text: String
  }
  let file: String
  let text: String

  static func named(_ name: String, of files: [(file: String, text: String)]) throws(ExamineError) -> SectionedFile {
    guard let found = files.last(where: { $0.file == name || $0.file.hasSuffix("/" + name) }) else {
      throw ExamineError(
        file: name, line: nil, what: "the lexicon is missing", fix: "Restore it from the delivered lexicons.")
    }
    return SectionedFile(file: found.file, text: found.text)
  }

  func lines(sections: [String]) throws(ExamineError) -> [Line] {
    var found: [Line] = []
    var section: String? = nil
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(raw.split(separator: "#", omittingEmptySubsequences: false).first ?? "").trimmed
      if line.isEmpty { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        let name = String(line.dropFirst().dropLast())
        guard sections.contains(name) else {
          throw ExamineError(
            file: file, line: index + 1, what: "no section “\(name)” is known",
            fix: "Use one of: \(sections.joined(separator: ", ")).")
        }
        section = name
        continue
      }
      guard let section else {
        throw ExamineError(
          file: file, line: index + 1, what: "an entry before the first section", fix: "Put a [section] line above it.")
      }
      found.append(Line(number: index + 1, section: section, text: line))
    }
    return found
  }
}
