import ArgumentParser
import Foundation

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "写出带注释的 closedesk.yaml / writes a commented closedesk.yaml.",
    discussion: "Never overwrites a file (exit 73); --print shows it instead of writing.")

  @Argument(help: "文件 / file.")
  var file = "closedesk.yaml"

  @Flag(name: .customLong("print"), help: "只显示 / only shows it.")
  var show = false

  func run() async throws {
    try await execute {
      guard let text = ShippedTemplates.files["config/closedesk.yaml"] else {
        throw Failure(.internalError, "the program was built without config/closedesk.yaml")
      }
      if show {
        Console.out(text)
        return .done
      }
      guard !FileManager.default.fileExists(atPath: file) else {
        throw Failure(.cannotCreate, "\(file) is already there. Name another file, or use --print to compare.")
      }
      try makeFolder(of: file)
      try LineFile.write(text.hasSuffix("\n") ? String(text.dropLast()) : text, to: file)
      Console.out(
        "\(file) 已写出。下一步 / next: edit webhook.url and webhook.secret_file, then `closedesk doctor --config \(file)`")
      return .done
    }
  }
}
