public import ClosureModel
import StrictYAML

/// Reads a policy strictly: what is not understood, missing or empty stops the run.
public enum PolicyLoader {
  private static let keys = [
    "id", "version", "provider", "source", "categories", "closed_statuses", "applicant_kinds", "notice", "material",
    "conditions", "deadline", "replies", "provider_contacts", "max_body_scalars",
  ]
  private static let materials: [Requirement] =
    [.consentStatement, .consentLetter, .contactEmail, .contactPhone, .securityContact, .identityNumber]
    + Requirement.pictures
  private static let answered: [Outcome] = [.accepted, .incomplete, .ineligible, .withdrawn]

  /// - Parameters:
  ///   - text: the YAML; keys are described in `docs/policy-reference.md`.
  ///   - file: name for messages.
  public static func load(text: String, file: String) throws(DecideError) -> Policy {
    do throws(YAMLMistake) {
      return try policy(YAMLNode.root(text, file: file, guide: "docs/policy-reference.md"))
    } catch {
      throw DecideError(error)
    }
  }

  private static func policy(_ file: YAMLNode) throws(YAMLMistake) -> Policy {
    let root = try file.map(keys, optional: ["open_statuses", "declarations", "letter", "pictures"])
    let source = try root("source").map(["title", "url"])
    let material = try material(root("material"))
    let letter = try root["letter"].map { value throws(YAMLMistake) in try Self.letter(value) }
    if letter == nil, material.values.contains(where: { $0.contains(.consentLetter) }) {
      throw try root("material").mistake(
        "`consent_letter` is demanded, but the key `letter` is missing", "Add `letter:`")
    }
    let demanded = Set(material.values.joined())
    let pictures = try root["pictures"].map { value throws(YAMLMistake) in
      try PicturesLoader.load(value, demanded: demanded)
    }
    if pictures == nil, let one = Requirement.pictures.first(where: demanded.contains) {
      throw try root("material").mistake(
        "`\(one.rawValue)` is demanded, but the key `pictures` is missing", "Add `pictures:`")
    }
    return Policy(
      id: try identifier(root("id"), extra: ""), version: try root("version").date().description,
      provider: try root("provider").text(), sourceTitle: try source("title").text(),
      sourceURL: try address(source("url")), categories: try root("categories").strings(),
      closedStatuses: try root("closed_statuses").strings(), openStatuses: try openStatuses(root),
      applicantKinds: try kinds(root("applicant_kinds")),
      notice: try notice(root("notice")), declarations: try declarations(root["declarations"]), letter: letter,
      pictures: pictures,
      material: material,
      conditions: try ConditionLoader.load(root("conditions")), deadline: try deadline(root("deadline")),
      replies: try replies(root("replies")), providerContacts: try contacts(root("provider_contacts")),
      maxBodyScalars: try root("max_body_scalars").whole(in: 1...1_000_000))
  }

  /// - Throws: also for a word that stands under `closed_statuses` too.
  private static func openStatuses(_ root: YAMLMap) throws(YAMLMistake) -> [String] {
    guard let value = root["open_statuses"] else { return [] }
    let closed = Set(try root("closed_statuses").strings().map(Fold.simple))
    for (word, item) in zip(try value.strings(), try value.entries()) where closed.contains(Fold.simple(word)) {
      throw item.mistake("“\(word)” stands under closed_statuses and under open_statuses", "Keep it in one list")
    }
    return try value.strings()
  }

  private static func kinds(_ value: YAMLNode) throws(YAMLMistake) -> [String: ApplicantKind] {
    let map = try value.map(ApplicantKind.allCases.map(\.rawValue))
    var kinds: [String: ApplicantKind] = [:]
    var folded: [String: ApplicantKind] = [:]
    for kind in ApplicantKind.allCases {
      let entry = try map(kind.rawValue)
      for (spelling, item) in zip(try entry.strings(), try entry.entries()) {
        if let other = folded.updateValue(kind, forKey: Fold.simple(spelling)) {
          throw item.mistake(
            "“\(spelling)” stands for \(other.rawValue) and for \(kind.rawValue)", "Keep it under one kind")
        }
        kinds[spelling] = kind
      }
    }
    return kinds
  }

  private static func notice(_ value: YAMLNode) throws(YAMLMistake) -> Policy.Notice {
    let map = try value.map(["title", "aliases", "ambiguous", "other"])
    let title = try map("title").text()
    var owner = [Fold.simple(title): "title"]
    // One name in two lists would make the answer depend on the order of the lists.
    for list in ["aliases", "ambiguous", "other"] {
      for (name, item) in zip(try map(list).strings(), try map(list).entries()) {
        if let first = owner.updateValue(list, forKey: Fold.simple(name)) {
          throw item.mistake("“\(name)” stands under \(first) and under \(list) of `notice`", "Keep it in one place")
        }
      }
    }
    return Policy.Notice(
      title: title, aliases: try map("aliases").strings(), ambiguous: try map("ambiguous").strings(),
      other: try map("other").strings())
  }

  /// Each kind of declaration with the words of its act; waivers name what is waived as well.
  private static func declarations(_ value: YAMLNode?) throws(YAMLMistake) -> [Policy.Declaration] {
    guard let value else { return [] }
    let map = try value.map(optional: Policy.Declaration.Kind.allCases.map(\.rawValue))
    var found: [Policy.Declaration] = []
    for kind in Policy.Declaration.Kind.allCases {
      guard let entry = map[kind.rawValue] else { continue }
      let isWaiver = kind == .balanceWaiver || kind == .resourceWaiver
      let words = try entry.map(isWaiver ? ["acts", "objects"] : ["acts"])
      found.append(
        Policy.Declaration(
          kind: kind, acts: try words("acts").strings(), objects: isWaiver ? try words("objects").strings() : []))
    }
    return found
  }

  private static func letter(_ value: YAMLNode) throws(YAMLMistake) -> Policy.Letter {
    let map = try value.map(["titles", "other_documents"], optional: ["max_age_days"])
    return Policy.Letter(
      titles: try map("titles").strings(), otherDocuments: try map("other_documents").strings(),
      maxAgeDays: try map["max_age_days"].map { age throws(YAMLMistake) in try age.whole(in: 1...3650) })
  }

  private static func material(_ value: YAMLNode) throws(YAMLMistake) -> [ApplicantKind: [Requirement]] {
    let map = try value.map(ApplicantKind.allCases.map(\.rawValue))
    var material: [ApplicantKind: [Requirement]] = [:]
    for kind in ApplicantKind.allCases {
      var list: [Requirement] = []
      for item in try map(kind.rawValue).entries() {
        let requirement = try item.choice(of: materials)
        guard !list.contains(requirement) else {
          throw item.mistake("`\(requirement.rawValue)` stands twice under \(kind.rawValue)", "Remove one of them")
        }
        list.append(requirement)
      }
      material[kind] = list
    }
    return material
  }

  private static func deadline(_ value: YAMLNode) throws(YAMLMistake) -> Policy.Deadline {
    let map = try value.map(["working_days", "calendar", "hour"])
    return Policy.Deadline(
      workingDays: try map("working_days").whole(in: 1...60), calendar: try identifier(map("calendar"), extra: ""),
      hour: try map("hour").whole(in: 0...23))
  }

  private static func replies(_ value: YAMLNode) throws(YAMLMistake) -> [Outcome: String] {
    let map = try value.map(answered.map(\.rawValue))
    var replies: [Outcome: String] = [:]
    for outcome in answered { replies[outcome] = try identifier(map(outcome.rawValue), extra: "/") }
    return replies
  }

  private static func contacts(_ value: YAMLNode) throws(YAMLMistake) -> Policy.ProviderContacts {
    let map = try value.map(["domains", "phones"])
    for item in try map("domains").entries() {
      let domain = try item.text()
      guard domain.contains("."), domain.utf8.allSatisfy({ isPlain($0, extra: ".") }) else {
        throw item.mistake("“\(domain)” is no domain in lower case", "Write it as example.com, without @ or https://")
      }
    }
    for item in try map("phones").entries() {
      let phone = try item.text()
      guard phone.utf8.allSatisfy({ (0x30...0x39).contains($0) || " +-".utf8.contains($0) }),
        phone.utf8.contains(where: { (0x30...0x39).contains($0) })
      else { throw item.mistake("“\(phone)” is no phone number", "Write digits, in double quotes") }
    }
    return Policy.ProviderContacts(domains: try map("domains").strings(), phones: try map("phones").strings())
  }

  private static func address(_ value: YAMLNode) throws(YAMLMistake) -> String {
    let text = try value.text()
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
      throw value.mistake("`\(value.path)` is no address", "Write it with https://")
    }
    return text
  }

  /// Ids and template names become paths: nothing that could lead elsewhere.
  private static func identifier(_ value: YAMLNode, extra: String) throws(YAMLMistake) -> String {
    let text = try value.text()
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }), text.utf8.allSatisfy({ isPlain($0, extra: extra) }) else {
      throw value.mistake(
        "`\(value.path)` is “\(text)”",
        "Use a-z, 0-9, - and _\(extra.isEmpty ? "" : ", with / between folder and name")")
    }
    return text
  }

  private static func isPlain(_ byte: UInt8, extra: String) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: extra.utf8.contains(byte)
    }
  }
}
