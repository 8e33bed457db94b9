import ArgumentParser
import ClosureModel
import Compose
import Decide
import Examine
import Glibc

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "检查单个值：邮箱、电话、证件号、时限 / checks single values.",
    discussion: "One JSON line a value: {\"value\",\"valid\",\"normalised\",\"why\"}.",
    subcommands: [Email.self, Phone.self, ResidentID.self, USCC.self, Licence.self, Due.self])

  /// One line a value, as given: whoever types a value here has it before her.
  static func report(_ values: [String], _ check: (String) -> CheckResult) {
    for value in values {
      let result = check(value)
      var json = JSONWriter()
      json.object { json in
        json.field("value", value)
        json.field("valid", result.valid)
        json.field("normalised", result.normalised)
        json.field("why", result.why)
      }
      Console.out(json.text)
    }
  }

  struct Email: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "email", abstract: "邮箱 / e-mail addresses.")
    @Argument var values: [String]
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let check = try Workbench.contactCheck(Settings(self.settings).library)
        Check.report(values) { check.email($0) }
        return .done
      }
    }
  }

  struct Phone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "phone", abstract: "电话 / phone numbers; E.164 out.")
    @Argument var values: [String]
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let check = try Workbench.contactCheck(Settings(self.settings).library)
        Check.report(values) { check.phone($0) }
        return .done
      }
    }
  }

  struct ResidentID: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resident-id", abstract: "居民身份证号 / resident id numbers (GB 11643).")
    @Argument var values: [String]
    func run() async throws {
      let today = Timestamp(epochSeconds: Int64(time(nil))).day()
      Check.report(values) { IdentityCheck.residentID($0, on: today) }
    }
  }

  struct USCC: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "uscc", abstract: "统一社会信用代码 / unified social credit codes (GB 32100).")
    @Argument var values: [String]
    func run() async throws { Check.report(values, IdentityCheck.uscc) }
  }

  struct Licence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "licence", abstract: "15 位工商注册号 / 15-digit business registration numbers (GB/T 17710).")
    @Argument var values: [String]
    func run() async throws { Check.report(values, IdentityCheck.licence) }
  }

  struct Due: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "due", abstract: "办理时限 / the due date after N working days.",
      discussion: "A date that needs a year without a calendar file is an error (exit 65), never a guess.")

    @Argument(help: "提交时间 / submission, e.g. 2026-09-30 or 2026-09-30T17:00:00+08:00.")
    var submitted: String

    @Option(help: "工作日数 / working days.")
    var days: Int

    @Option(help: "日历 / calendar.")
    var calendar = "cn"

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
      guard (0...1000).contains(days) else { throw ValidationError("--days must be from 0 to 1000") }
    }

    func run() async throws {
      try await execute {
        guard let time = Timestamp(parsing: submitted) else {
          throw Failure(
            .inputUnusable, "“\(submitted)” is no time. Write it as 2026-09-30 or 2026-09-30T17:00:00+08:00.")
        }
        let settings = try Settings(self.settings)
        let calendar = try Workbench.calendar(calendar, settings.library)
        let due: Timestamp
        do throws(CalendarError) {
          due = try calendar.due(submitted: time, workingDays: days, hour: 18)
        } catch {
          throw Failure(.inputUnusable, error.description)
        }
        var json = JSONWriter()
        json.object { json in
          json.field("submitted", time.description)
          json.field("days", days)
          json.field("calendar", self.calendar)
          json.field("due", due.description)
        }
        Console.out(json.text)
        return .done
      }
    }
  }
}
