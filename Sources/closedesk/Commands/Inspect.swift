import ArgumentParser
import Batch
import ClosureModel
import Compose
import Decide
import Examine
import Foundation
import Hashing
import VisionNative

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "看附件：页面、印章、文字、同意书各项 / attachments: pages, seals, words, what the letter says.",
    discussion: """
        closedesk inspect 同意书.jpg                                     one JSON object a file
        closedesk inspect 同意书.jpg --company 样例云海科技有限公司 --account jdc_test --explain
        closedesk inspect 同意书.pdf --crops ./crops                     pictures of what was found
      """)

  @Argument(help: "附件文件 / files.")
  var files: [String]

  @Option(help: "工单上的公司名称，用来核对 / the company that the letter must name.")
  var company: String?

  @Option(help: "工单上的账号，用来核对 / the account that the letter must name.")
  var account: String?

  @Option(help: "把找到的各部分存成图片 / writes pictures of what was found into this folder.")
  var crops: String?

  @Flag(help: "给人看的说明 / for a person.")
  var explain = false

  @Flag(help: "不遮盖个人信息 / personal data unmasked.")
  var reveal = false

  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one file") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let bench = try Workbench(settings)
      let tools = try bench.letterTools(.network)
      let judge = Judge(policy: bench.policy, calendar: bench.calendar)
      let words = InspectionWords(
        catalog: bench.catalog, locale: settings.locale, style: Style(noColour: self.settings.noColor), reveal: reveal)
      let cutter = try crops.map { try CropFolder(path: $0, tools: tools) }
      var exit = Exit.done
      for (index, path) in files.enumerated() {
        guard let bytes = Self.bytes(path) else {
          Console.error("closedesk: \(path): no file that can be read. Name an existing file below 50 MB.")
          exit = .inputNotFound
          continue
        }
        let name = (path as NSString).lastPathComponent
        let (reading, findings) = inspect(name, bytes, tools, judge, bench.examiner, settings.clock())
        if explain {
          if index > 0 { Console.out("") }
          words.lines(reading, file: path, findings: findings).forEach(Console.out)
        } else {
          let numbers = Self.numbers(reading, bench.examiner)
          let problems = findings.filter { $0.verdict != .satisfied }.map(\.code)
          Console.out(
            InspectionLine.json(reading, file: path, numbers: numbers, problems: problems, reveal: reveal))
        }
        try cutter?.write(reading, bytes)
      }
      return exit
    }
  }

  /// A number may be broken over two lines: the words are read with and without their breaks, and whole numbers win.
  private static func numbers(_ reading: AttachmentReading, _ examiner: TicketExaminer) -> [IdentityNumberReading] {
    let lines = reading.words.flatMap(\.lines).map(\.text)
    let apart = examiner.read(lines.joined(separator: "\n")).identityNumbers
    let together = examiner.read(lines.joined()).identityNumbers.filter(\.valid)
    let known = Set(together.map(\.value))
    // What is a part of a whole number is none of its own.
    return together
      + apart.filter { number in !known.contains { $0.contains(number.value) } && (number.valid || together.isEmpty) }
  }

  private static func bytes(_ path: String) -> [UInt8]? {
    guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int,
      size <= FolderAttachmentReader.maxBytes
    else { return nil }
    return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  /// What the file alone calls for: where no company or account was named, nothing is held against it.
  private func inspect(
    _ name: String, _ bytes: [UInt8], _ tools: LetterTools, _ judge: Judge, _ examiner: TicketExaminer,
    _ now: Timestamp
  ) -> (AttachmentReading, [Finding]) {
    let type = FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded)))
    let sha256 = Digest.sha256Hex(bytes)
    let ticket = Ticket(
      id: Ticket.ID("inspect"), origin: Origin(file: name, row: 1), submittedAt: now, account: account ?? "",
      company: company ?? "", attachments: [name])
    let reading = tools.examine(
      name, sha256, bytes, type, .init(company: ticket.company, account: ticket.account), isThorough: true)
    let fact = AttachmentFact(name: name, state: .found(sha256: sha256, bytes: bytes.count, type: type))
    var examination = examiner.examine(ticket, attachments: [fact])
    examination.readings = [reading]
    var unasked: Set<FindingCode> = []
    if company == nil { unasked.formUnion([.letterCompanyUnclear, .letterSealUnclear]) }
    if account == nil { unasked.insert(.letterAccountUnclear) }
    return (reading, judge.letterFindings(ticket, examination).filter { !unasked.contains($0.code) })
  }
}

/// A folder of pictures for people: each page with boxes drawn in, each seal upright, its ring as the recogniser sees it,
/// and the title's line.
private struct CropFolder {
  private let path: String
  private let tools: LetterTools

  init(path: String, tools: LetterTools) throws {
    self.path = path
    self.tools = tools
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "cannot make the folder \(path): \(error.localizedDescription). Name another place.")
    }
  }

  func write(_ reading: AttachmentReading, _ bytes: [UInt8]) throws {
    let file: DecodedFile
    do throws(DecodeFailure) { file = try tools.pages(bytes) } catch { return }
    let base = Self.plain((reading.name as NSString).deletingPathExtension)
    for (index, page) in file.pages.enumerated() {
      let view = PageExaminer().examine(page)
      let name = "\(base)-\(index + 1)"
      func onPicture(_ boxes: [Evidence.Box]) -> [Evidence.Box] { boxes.map { $0.scaled(1 / page.scale) } }
      let isHere = { (evidence: Evidence) in evidence.page == page.number }
      let fields = [
        reading.letter?.title.field, reading.letter?.company.field, reading.letter?.account.field,
        reading.letter?.date.field, reading.letter?.statement.field,
      ]
      let places = fields.compactMap { $0?.evidence }.flatMap { $0 }.filter(isHere).compactMap(\.box)
      try save(
        page.pixels.framed(onPicture(view.facts.seals.map(\.box)), colour: (220, 30, 30))
          .framed(onPicture(places), colour: (30, 110, 220), line: 2), name)
      if let title = reading.letter?.title.field?.evidence.first(where: isHere)?.box,
        let line = page.pixels.crop(title.scaled(1 / page.scale))
      {
        try save(line, name + "-title")
      }
      let strips = SealStrips(page)
      for (number, seal) in view.seals.enumerated() {
        try save(strips.disc(of: seal), "\(name)-seal\(number + 1)")
        if let ring = strips.ring(of: seal).first { try save(ring, "\(name)-seal\(number + 1)-ring") }
      }
    }
  }

  private func save(_ pixels: Pixels, _ name: String) throws {
    guard let png = PNGFile.encode(pixels) else { return }
    let file = "\(path)/\(name).png"
    do {
      try Data(png).write(to: URL(fileURLWithPath: file))
    } catch {
      throw Failure(.cannotCreate, "cannot write \(file): \(error.localizedDescription). Name another folder.")
    }
  }

  /// A customer's file name as part of ours.
  private static func plain(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" }.prefix(80))
  }
}
