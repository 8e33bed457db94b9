import ArgumentParser
import ClosureModel
import Compose

struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "回复模板 / reply templates.", subcommands: [CheckAll.self])

  struct CheckAll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "检查所有政策用到的模板与文案 / checks the templates and texts of every policy.",
      discussion:
        "An unknown placeholder, or a required one that is not used, is an error (exit 78) with file and line.")
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        let catalog = try Workbench.catalog(settings.library)
        var problems: [ComposeError] = []
        var checked = 0
        for id in Set(Workbench.policyIDs(settings.library) + [settings.policy]).sorted() {
          let policy = try Workbench.policy(id, settings.library)
          for locale in Locale.allCases {
            for (outcome, name) in policy.replies.sorted(by: { $0.value < $1.value }) {
              guard let (file, text) = try Self.template(name, locale, settings.library) else {
                throw Failure(
                  .configuration,
                  "\(policy.label): there is no template replies/\(locale.rawValue)/\(name).txt. Add it, or mend replies: in the policy."
                )
              }
              checked += 1
              problems += TemplateCheck.check(file: file, text: text, outcome: outcome)
            }
            if problems.isEmpty {
              _ = try ReplyComposer(policy: policy, catalog: catalog, locale: locale) { name, locale in
                try? Self.template(name, locale, settings.library)
              }
            }
          }
        }
        guard problems.isEmpty else {
          throw Failure(.configuration, problems.map(\.description).joined(separator: "\n"))
        }
        Console.out("\(checked) templates are in order")
        return .done
      }
    }

    static func template(_ name: String, _ locale: Locale, _ library: TemplateLibrary) throws -> (
      file: String, text: String
    )? {
      for suffix in [".txt", ".html"] {
        if let found = try library.text("replies/\(locale.rawValue)/\(name)\(suffix)") { return found }
      }
      return nil
    }
  }
}
