import ClosureModel
import Examine
import Foundation

/// JSON Lines of `{"id","text","provider"}`, each read under the policy of its provider.
enum LabelledTexts {
  struct Line: Decodable {
    let id: String?
    let text: String
    let provider: String?
    /// The language; of labelled corpora only, as are the rest.
    let lang: String?
    let label: String?
    let why: String?
    let quote: String?
  }

  /// - Parameter body: the line, the policy it was read under, what was read.
  /// - Returns: `.rowsUnread` when a line is no such object; it is named on standard error, the others are read.
  static func each(_ path: String, settings: Settings, _ body: (Line, Policy, TextReading) -> Void) throws -> Exit {
    var readers: [String: (Policy, TicketExaminer)] = [:]
    func reader(_ id: String) throws -> (Policy, TicketExaminer) {
      if let known = readers[id] { return known }
      let policy = try Workbench.policy(id, settings.library)
      let made = (policy, try Workbench.examiner(policy, settings.library))
      readers[id] = made
      return made
    }
    let text = String(decoding: try TextFile.bytes(path), as: UTF8.self)
    let known = Workbench.policyIDs(settings.library)
    var exit = Exit.done
    var unknown: [String: Int] = [:]
    let decoder = JSONDecoder()
    for (index, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard row.contains(where: { !$0.isWhitespace }) else { continue }
      let line: Line
      do {
        line = try decoder.decode(Line.self, from: Data(row.utf8))
      } catch {
        Console.error("closedesk: \(path), line \(index + 1): no object with a \"text\". Mend the line.")
        exit = .rowsUnread
        continue
      }
      let provider = line.provider ?? settings.policy
      guard provider == settings.policy || known.contains(provider) else {
        unknown[provider, default: 0] += 1
        exit = .rowsUnread
        continue
      }
      let (policy, examiner) = try reader(provider)
      body(line, policy, examiner.read(line.text))
    }
    for (provider, count) in unknown.sorted(by: { $0.key < $1.key }) {
      Console.error(
        "closedesk: \(path): \(count) lines are of “\(provider)”, for which there is no policy."
          + " Known: \(known.joined(separator: ", ")); or name a file with --policy.")
    }
    return exit
  }
}
