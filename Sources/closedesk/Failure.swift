import ArgumentParser
import Batch
import ClosureModel
import Compose
import Decide
import DeliverCurl
import Examine
import Glibc
import Ingest
import Notify
import Outbox
import StoreSQLite

/// The process's exit codes; `docs/exit-codes.md` says what each means to an operator.
enum Exit: Int32 {
  case done = 0
  case rowsUnread = 2
  case notAllAccepted = 3
  case usage = 64
  case inputUnusable = 65
  case inputNotFound = 66
  case unreachable = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case locked = 75
  case stopLoss = 76
  case onHold = 77
  case configuration = 78
}

/// A command that cannot go on: what to print, and the exit code.
struct Failure: Error {
  let exit: Exit
  let message: String

  init(_ exit: Exit, _ message: String) {
    self.exit = exit
    self.message = message
  }

  /// Any error of our modules as an exit code and a line for the operator.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as IngestError:
      let exit: Exit =
        switch error.code {
        case .notFound: .inputNotFound
        case .unreadable, .changedWhileReading: .inputOutput
        case .notAnExport, .unknownColumns, .undecodableText, .headerChanged, .incomplete: .inputUnusable
        case .badTemplate: .configuration
        case .cannotWriteRejects: .cannotCreate
        }
      self.init(exit, error.description)
    case let error as StoreError:
      let exit: Exit =
        switch error.code {
        case .missing: .inputNotFound
        case .cannotOpen: .cannotCreate
        case .cannotWrite, .corrupt: .inputOutput
        case .busy: .locked
        case .newerSchema: .configuration
        }
      self.init(exit, error.description)
    case let error as BatchError:
      let exit: Exit =
        switch error.code {
        case .attachmentsFolder: .inputNotFound
        case .locked: .locked
        case .lockFile: .cannotCreate
        case .stopLoss: .stopLoss
        case .output: .cannotCreate
        case .spool, .planUnreadable: .inputOutput
        case .planRefused, .planStale: .inputUnusable
        case .planMissing: .inputNotFound
        case .planKey: .configuration
        }
      self.init(exit, error.description)
    case let error as ReviewError:
      let exit: Exit =
        switch error.code {
        case .notFound: .inputNotFound
        case .notInReview, .changed, .refused: .inputUnusable
        case .badCode: .usage
        }
      self.init(exit, error.description)
    case let error as DecideError: self.init(.configuration, error.description)
    case let error as ComposeError: self.init(.configuration, error.description)
    case let error as ExamineError: self.init(.configuration, error.description)
    case let error as OutboxError: self.init(.configuration, error.description)
    case let error as PresetError: self.init(.configuration, error.description)
    case let error as TransportError: self.init(.configuration, error.description)
    case let error as NotifyError: self.init(.configuration, error.description)
    case let error as SettingsError: self.init(.configuration, error.description)
    default: self.init(.internalError, "internal error: \(error)")
    }
  }
}

/// Runs a command's body; an error becomes a line on standard error and the exit code that the contract gives it.
func execute(_ body: () async throws -> Exit) async throws {
  let exit: Exit
  do {
    exit = try await body()
  } catch let code as ExitCode {
    throw code
  } catch {
    let failure = Failure(error)
    Console.error("closedesk: " + failure.message)
    throw ExitCode(failure.exit.rawValue)
  }
  // A full disk: whoever reads the file finds half of it. What a run says about replies is the greater trouble.
  if Console.outputError != 0, [.done, .rowsUnread, .notAllAccepted].contains(exit) {
    Console.error("closedesk: cannot write standard output: \(String(cString: strerror(Console.outputError)))")
    throw ExitCode(Exit.inputOutput.rawValue)
  }
  if exit != .done { throw ExitCode(exit.rawValue) }
}
