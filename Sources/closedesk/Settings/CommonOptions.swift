public import ArgumentParser
public import ClosureModel
public import Ingest

/// Options that most commands share. Settings come from flags over the environment (`CLOSEDESK_*`) over the file over
/// defaults.
struct SettingsOptions: ParsableArguments {
  @Option(help: "政策编号或文件 / policy id or file (CLOSEDESK_POLICY; default jdcloud).")
  var policy: String?

  @Option(help: "配置文件 / configuration (CLOSEDESK_CONFIG; default ./closedesk.yaml where it exists).")
  var config: String?

  @Option(help: "模板文件夹，逐个覆盖内置模板 / folder whose files replace shipped templates (CLOSEDESK_TEMPLATES).")
  var templates: String?

  @Option(help: "回复语言 / language of replies and messages: zh-CN or en (CLOSEDESK_LOCALE).")
  var locale: Locale?

  @Option(help: "把“现在”定为此 RFC 3339 时刻，便于重复运行 / takes this as the present, for repeatable runs (CLOSEDESK_NOW).")
  var now: String?

  @Flag(help: "不使用颜色 / no colours (also NO_COLOR).")
  var noColor = false

  @Flag(name: [.short, .long], help: "只输出结果 / results only.")
  var quiet = false

  @Flag(name: [.short, .long], help: "多说一些 / say more.")
  var verbose = false
}

struct InputOptions: ParsableArguments {
  @Option(help: "输入格式 / input format: auto, csv, json, jsonl, xlsx (CLOSEDESK_FORMAT).")
  var format: ExportFormat?

  @Option(help: "输入编码 / input encoding: auto, utf-8, utf-16le, utf-16be, gb18030, big5 (CLOSEDESK_ENCODING).")
  var encoding: TextEncoding?

  @Option(help: "附件文件夹 / attachments folder: DIR/<ticket>/<name> or DIR/<name> (CLOSEDESK_ATTACHMENTS).")
  var attachments: String?

  @Option(help: "JSON 中工单列表的位置 / where the list is in a JSON envelope, e.g. data.list (CLOSEDESK_RECORDS).")
  var records: String?

  @Option(help: "工作簿中的工作表，名称或序号 / sheet of a workbook, name or number (CLOSEDESK_SHEET).")
  var sheet: String?

  @Option(help: "ZIP 中的导出文件 / which entry of a ZIP archive is the export (CLOSEDESK_MEMBER).")
  var member: String?

  @Option(help: "账号情况的另一份文件，按账号对应 / account facts in a file of their own, joined by account (CLOSEDESK_FACTS).")
  var facts: String?

  @Option(help: "只处理前 N 张工单 / only the first N tickets.")
  var limit: Int?

  @Flag(help: "导出不完整时停下，不记录任何决定 / stops when a part of the export is missing (exit 65).")
  var requireComplete = false

  mutating func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }
}

extension ClosureModel.Locale: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension OutboxEntry.State: ExpressibleByArgument {}
extension Settlement.Fault: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
