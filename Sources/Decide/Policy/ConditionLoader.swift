import ClosureModel
import StrictYAML

/// The `conditions` list of a policy.
enum ConditionLoader {
  private static let known: [Requirement] = [.arrears, .balance, .resources, .serviceProvider, .icpFiling]

  static func load(_ value: YAMLNode) throws(YAMLMistake) -> [Policy.Condition] {
    var conditions: [Policy.Condition] = []
    for item in try value.entries() {
      let map = try item.map(["requirement", "when_true", "when_absent"], optional: ["when_waived"])
      let requirement = try map("requirement").choice(of: known)
      guard !conditions.contains(where: { $0.requirement == requirement }) else {
        throw try map("requirement").mistake(
          "the condition `\(requirement.rawValue)` stands twice", "Remove one of them")
      }
      conditions.append(
        Policy.Condition(
          requirement: requirement, whenTrue: try map("when_true").choice(of: Policy.Condition.Effect.allCases),
          whenWaived: try waiver(map["when_waived"], of: requirement),
          whenAbsent: try map("when_absent").choice(of: Policy.Condition.Absent.allCases)))
    }
    return conditions
  }

  private static func waiver(_ value: YAMLNode?, of requirement: Requirement) throws(YAMLMistake)
    -> Policy.Condition.Effect?
  {
    guard let value else { return nil }
    switch requirement {
    case .balance: return try value.choice(of: Policy.Condition.Effect.allCases)
    // Living resources given up go to a person at best: which of them may be given up is nowhere in the export.
    case .resources: return try value.choice(of: [Policy.Condition.Effect.block, .review])
    default:
      throw value.mistake("`\(requirement.rawValue)` cannot be waived", "Remove `when_waived`")
    }
  }
}
