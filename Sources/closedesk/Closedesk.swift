import ArgumentParser
import ClosureModel

@main
struct Closedesk: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closedesk",
    abstract: "账号注销工单批处理：读取工单导出，检查材料，作出可解释的决定，并通过 webhook 回复。",
    discussion: """
      Reads the tickets that ask a cloud provider to close an account, checks each against the provider's published \
      rules, decides, and answers it through the ticket system's webhook.

      首次使用 / first steps:
        closedesk validate export.csv --attachments ./attachments --report report.html
        closedesk init            写出带注释的 closedesk.yaml / writes a commented closedesk.yaml
        closedesk doctor          检查配置、政策、模板、台账和 webhook / checks this set-up
        closedesk run export.csv  记录并回复 / records and answers

      退出码 / exit codes: 0 完成；2 有行无法读取；3 --exit-code 且有工单未受理；64 用法；65 输入不可用；66 找不到输入；
      69 webhook 不可达（回复保留）；70 内部错误；73 无法创建输出；74 读写错误；75 另一个运行持有锁；76 触发止损；77 发送已暂停；78 配置错误。
      """,
    version: Version.text,
    subcommands: [
      Validate.self, Run.self, Plan.self, Apply.self, Deliver.self, HoldCommand.self, Status.self, Show.self,
      OutboxCommand.self, ReviewCommand.self, Read.self, Inspect.self, Check.self, Evaluate.self,
      IngestCommand.self, MapCommand.self, Pull.self, PolicyCommand.self, TemplateCommand.self, NotifyCommand.self,
      Init.self, Doctor.self, ReportCommand.self, Completions.self,
      DecodeWorkerCommand.self,
      OCRWorker.self, WebhookCommand.self,
    ])
}
