public import ClosureModel
import Dispatch
import Glibc
import Synchronization

/// Hands mails to an SMTP server with libcurl, each over a connection of its own, at most `width` at a time.
///
/// - STARTTLS is required, or TLS is there from the start; certificates are verified, TLS 1.2 or later.
/// - The resolved address is checked before a packet is sent, as for webhooks.
/// - A mail is handed over **at most once** per `submit`: libcurl repeats no upload outside HTTP, and no connection is
///   used twice.
public final class CurlMail: MailTransport {
  private let server: MailServer
  /// curl_easy_perform waits: each has a thread of its own.
  private let queues: [DispatchQueue]
  private let turn = Atomic<Int>(0)

  /// - Throws: when the settings make no sense or the authority file cannot be read.
  public init(server: MailServer, width: Int = 1) throws(TransportError) {
    queues = (0..<max(1, width)).map { DispatchQueue(label: "closedesk.mail.\($0)") }
    if let why = server.refusal {
      throw TransportError(what: why, fix: "Mend host, port, security, user and password of the mail settings.")
    }
    if let caFile = server.caFile, access(caFile, R_OK) != 0 {
      throw TransportError(
        what: "the authority file \(caFile) cannot be read", fix: "Name a PEM file that this user may read.")
    }
    self.server = server
  }

  public func submit(_ submission: MailSubmission) async -> MailOutcome {
    // A line end in an address would be a command of somebody else's making.
    let addresses = [submission.from] + submission.to
    guard !submission.to.isEmpty,
      addresses.allSatisfy({
        !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
      })
    else { return .failed(.badRequest, what: "an address of the envelope is no plain address", mayHaveArrived: false) }
    guard !submission.message.isEmpty, submission.timeoutSeconds > 0, submission.timeoutSeconds <= 3600 else {
      return .failed(.badRequest, what: "no message, or a time-out beyond an hour", mayHaveArrived: false)
    }
    let transfer = MailTransfer(submission, server: server)
    let queue = queues[turn.add(1, ordering: .relaxed).oldValue % queues.count]
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async { continuation.resume(returning: transfer.perform()) }
      }
    } onCancel: {
      transfer.cancel()
    }
  }
}
