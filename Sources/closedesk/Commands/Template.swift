import ArgumentParser
import ClosureModel
import Compose
import Foundation

struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "回复模板 / reply templates.", subcommands: [CheckAll.self, Letter.self])

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
          for locale in ClosureModel.Locale.allCases {
            for (outcome, name) in policy.replies.sorted(by: { $0.value < $1.value }) {
              guard let (file, text) = try Self.template(name, locale, settings.library) else {
                throw Failure(
                  .configuration,
                  "\(policy.label): there is no template replies/\(locale.rawValue)/\(name).txt. Add it, or mend replies: in the policy."
                )
              }
              checked += 1
              problems += TemplateCheck.check(file: file, text: text, .reply(outcome))
            }
            if problems.isEmpty {
              _ = try ReplyComposer(policy: policy, catalog: catalog, locale: locale) { name, locale in
                try? Self.template(name, locale, settings.library)
              }
            }
          }
        }
        for locale in ClosureModel.Locale.allCases {
          guard let (file, text) = try Self.template(MailComposer.template, locale, settings.library) else { continue }
          checked += 1
          problems += TemplateCheck.check(file: file, text: text, .mail)
        }
        guard problems.isEmpty else {
          throw Failure(.configuration, problems.map(\.description).joined(separator: "\n"))
        }
        Console.out("\(checked) templates are in order")
        return .done
      }
    }

    static func template(_ name: String, _ locale: ClosureModel.Locale, _ library: TemplateLibrary) throws -> (
      file: String, text: String
    )? {
      for suffix in [".txt", ".html"] {
        if let found = try library.text("replies/\(locale.rawValue)/\(name)\(suffix)") { return found }
      }
      return nil
    }
  }

  struct Letter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "letter", abstract: "写出企业同意书的空白样式（DOCX）/ writes the form of the companies' consent letter (DOCX).",
      discussion: "  closedesk template letter 注销京东云账号同意书.docx")

    @Argument(help: "写到哪里，- 为标准输出 / where to; - is standard output.")
    var output: String

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        let policy = try Workbench.policy(settings.policy, settings.library)
        guard policy.letter != nil,
          let bytes = try settings.library.document("letters/\(policy.id)-consent-letter.docx")
        else {
          throw Failure(.configuration, "\(policy.label) has no form of a letter. Only policies with letter: do.")
        }
        if output == "-" {
          FileHandle.standardOutput.write(Data(bytes))
          return .done
        }
        guard !FileManager.default.fileExists(atPath: output) else {
          throw Failure(.cannotCreate, "\(output) exists already. Name a new file.")
        }
        do {
          try Data(bytes).write(to: URL(fileURLWithPath: output), options: .withoutOverwriting)
        } catch {
          throw Failure(.cannotCreate, "cannot write \(output): \(error.localizedDescription). Name another place.")
        }
        Console.error("closedesk: wrote \(output)")
        return .done
      }
    }
  }
}
