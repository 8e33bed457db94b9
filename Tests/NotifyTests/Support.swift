import ClosureModel
import DeliverCurl
import Foundation
import Notify
import Testing

/// The repository.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func words(_ locale: String = "zh-CN") throws -> NoticeWords {
  let file = root.appending(path: "Templates/notices/\(locale).yaml")
  return try NoticeWords(text: String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
}

let noon = Timestamp(epochSeconds: 1_795_233_600)

func parked(_ ids: [String], total: Int? = nil) -> (total: Int, byFault: [Settlement.Fault: Int], first: [ParkedReply])
{
  (
    total ?? ids.count, [.theirs: ids.count],
    ids.map { ParkedReply(key: IdempotencyKey(rawValue: "cd_" + $0), ticket: Ticket.ID($0), fault: .theirs) }
  )
}

/// The present; robots check it.
@Sendable func present() -> Timestamp { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }

func loopback() throws -> CurlTransport {
  var options = CurlOptions()
  options.allowHTTPLoopback = true
  return try CurlTransport(options: options)
}
