import ClosureModel
import Compose
import Examine
import Foundation
import VisionNative

/// Cuts out what a doubtful finding on a letter points at, for the person who decides it.
///
/// A seal's red ink is shown always: it names a company. What is written beside and under it, and the other fields, hold
/// people's names and accounts and are shown only where personal data was asked for.
final class LetterCrops {
  private let attachments: any AttachmentReader
  private let tools: LetterTools
  private let reveal: Bool
  private var left = LetterCrops.most

  /// Pictures on one report: some 60 kB each.
  private static let most = 200
  /// Long side of a picture, in pixels.
  private static let size = 320

  init(attachments: any AttachmentReader, tools: LetterTools, reveal: Bool) {
    self.attachments = attachments
    self.tools = tools
    self.reveal = reveal
  }

  /// - Returns: one picture for each place on a page that a doubtful finding names, in the order of the findings.
  func pictures(of file: CaseFile) -> [ReportPicture] {
    guard file.decision.outcome == .review, left > 0 else { return [] }
    var open: [String: DecodedFile?] = [:]
    var facts: [AttachmentFact]?
    var seen: Set<Evidence> = []
    var out: [ReportPicture] = []
    for finding in file.decision.findings where finding.verdict == .doubtful && isShown(finding.code) {
      for evidence in finding.evidence {
        guard left > 0, case .attachment(let name) = evidence.source, let box = evidence.box,
          seen.insert(evidence).inserted
        else { continue }
        let known = facts ?? attachments.facts(of: file.ticket)
        facts = known
        if open[name] == nil { open[name] = .some(pages(name, known, file.ticket)) }
        guard let pages = open[name] ?? nil, let picture = cut(box, evidence.page, pages) else { continue }
        left -= 1
        out.append(ReportPicture(caption: finding.code.rawValue, png: picture))
      }
    }
    return out
  }

  private func isShown(_ code: FindingCode) -> Bool {
    reveal ? code.rawValue.hasPrefix("letter.") : code.rawValue.hasPrefix("letter.seal.")
  }

  private func pages(_ name: String, _ facts: [AttachmentFact], _ ticket: Ticket) -> DecodedFile? {
    guard let fact = facts.first(where: { $0.name == name }), let bytes = attachments.bytes(of: fact, in: ticket)
    else { return nil }
    // The finding itself says that a person has to look; without its picture, at the file.
    do throws(DecodeFailure) { return try tools.pages(bytes) } catch { return nil }
  }

  /// Nothing where the page cannot be told for certain: a picture of another file would mislead.
  private func cut(_ box: Evidence.Box, _ number: Int?, _ file: DecodedFile) -> [UInt8]? {
    let pages = file.pages.filter { $0.number == number ?? 1 }
    guard pages.count == 1, let page = pages.first else { return nil }
    let margin = max(box.width, box.height) / 12
    let wide = Evidence.Box(
      x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin)
    guard let part = page.pixels.crop(wide.scaled(1 / page.scale))?.reduced(to: Self.size) else { return nil }
    return PNGFile.encode(reveal ? part : part.redInk)
  }
}
