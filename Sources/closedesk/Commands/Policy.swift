import ArgumentParser
import ClosureModel
import Compose

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "政策：列出、查看、检查 / policies.",
    subcommands: [List.self, Show.self, CheckFile.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出政策 / the policies.")
    @OptionGroup var settings: SettingsOptions
    func run() async throws {
      try await execute {
        let library = try Settings(settings).library
        for id in Workbench.policyIDs(library) {
          let policy = try Workbench.policy(id, library)
          Console.out(Columns.padded(policy.id, to: 16) + Columns.padded(policy.version, to: 12) + policy.provider)
        }
        return .done
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "查看一份政策要求什么 / what a policy demands.")
    @Argument(help: "编号或文件 / id or file.") var policy: String?
    @Flag(help: "原样输出文件 / the file as it is.") var raw = false
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        let name = policy ?? settings.policy
        let policy = try Workbench.policy(name, settings.library)
        if raw {
          let shipped = try settings.library.text("policies/\(name).yaml")?.text
          Console.out(try shipped ?? TextFile.read(name))
          return .done
        }
        Console.out("\(policy.label)  \(policy.provider)")
        Console.out("  \(policy.sourceTitle)  \(policy.sourceURL)")
        Console.out("  categories: \(policy.categories.joined(separator: "、"))")
        for kind in ApplicantKind.allCases {
          let material = policy.material[kind]?.map(\.rawValue).joined(separator: ", ") ?? "–"
          Console.out("  " + Columns.padded(kind.rawValue, to: 12) + material)
        }
        for condition in policy.conditions {
          let waived = condition.whenWaived.map { ", when waived: \($0.rawValue)" } ?? ""
          Console.out(
            "  " + Columns.padded(condition.requirement.rawValue, to: 18)
              + "when true: \(condition.whenTrue.rawValue)\(waived), column absent: \(condition.whenAbsent.rawValue)")
        }
        Console.out(
          "  answer within \(policy.deadline.workingDays) working days (calendar \(policy.deadline.calendar))")
        return .done
      }
    }
  }

  struct CheckFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "检查政策文件及其模板 / checks a policy and all it names.")
    @Argument(help: "编号或文件 / ids or files.") var policies: [String] = []
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        for name in policies.isEmpty ? [settings.policy] : policies {
          let policy = try Workbench.policy(name, settings.library)
          _ = try Workbench.calendar(policy.deadline.calendar, settings.library)
          _ = try Workbench.examiner(policy, settings.library)
          Console.out("\(name): \(policy.label) is in order")
        }
        return .done
      }
    }
  }
}
