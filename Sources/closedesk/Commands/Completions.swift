import ArgumentParser

struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "打印命令行补全脚本 / prints the completion script of a shell.",
    discussion: """
        closedesk completions bash | sudo tee /etc/bash_completion.d/closedesk >/dev/null
        closedesk completions zsh > "${fpath[1]}/_closedesk"
        closedesk completions fish > ~/.config/fish/completions/closedesk.fish
      """)

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: "bash、zsh 或 fish / bash, zsh or fish.")
  var shell: Shell

  func run() {
    let known: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Console.out(Closedesk.completionScript(for: known))
  }
}
