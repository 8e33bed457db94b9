import ArgumentParser
import ClosureModel
import Dispatch
import Examine
import Foundation
import Synchronization

extension Evaluate {
  struct Rings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rings", abstract: "公章环文：认出自己的名称，不认相近的 / seals: own names told, near names not.",
      discussion: """
        LABELS: as for `evaluate letters`; taken are files labelled accept with a "seal_company". Each seal is asked for its
        company's name and for names near it: cut short, lengthened, a character doubled, left out or taken for its
        look-alike, other legal forms, places and branches. The letter's words are not read. Exits 3 when a near name is
        taken for the seal's.

          closedesk evaluate rings letters/labels.jsonl --names 20
        """)

    @Argument(help: "带标签的 JSON Lines，文件在同一文件夹 / labelled JSON Lines beside the files.")
    var labels: String

    @Option(help: "只取 sha256(文件名) 以这些十六进制字符开头的 / only files whose name's SHA-256 begins with one of these digits.")
    var part: String?

    @Option(help: "每枚印章最多问多少个相近名称，均匀抽取 / near names a seal, taken evenly from all; 0: none.")
    var names: Int?

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
      if let names, names < 0 { throw ValidationError("--names must not be negative") }
    }

    private struct Asked {
      let file: String
      let company: String
      let own: LetterReading.Ring?
      let near: [(name: String, ring: LetterReading.Ring?)]
    }

    func run() async throws {
      try await execute {
        let bench = try Workbench(Settings(self.settings))
        let tools = try bench.letterTools(.local)
        var exit = Exit.done
        let rows = try LabelledLetter.read(labels, part: part, &exit).filter {
          $0.suggest == "accept" && $0.sealCompany != nil
        }
        let folder = (labels as NSString).deletingLastPathComponent
        let results = Mutex<[Int: Result<Asked, any Error>]>([:])
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: bench.settings.file.ocr.workers) { _ in
          while true {
            let at = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard at < rows.count else { return }
            let path = folder.isEmpty ? rows[at].file : folder + "/" + rows[at].file
            let result = Result { try ask(rows[at], path, tools) }
            results.withLock { $0[at] = result }
          }
        }
        let asked = try results.withLock { results in try rows.indices.compactMap { try results[$0]?.get() } }
        report(asked)
        return asked.allSatisfy { $0.near.allSatisfy { $0.ring?.verdict != .matched } } ? exit : .notAllAccepted
      }
    }

    private func ask(_ label: LabelledLetter, _ path: String, _ tools: LetterTools) throws -> Asked {
      guard let data = FileManager.default.contents(atPath: path), let company = label.sealCompany else {
        throw Failure(.inputNotFound, "\(path): no file that can be read. Put it beside \(labels).")
      }
      let all = NearNames.of(company)
      let wanted = min(names ?? all.count, all.count)
      let near = (0..<wanted).map { all[$0 * all.count / wanted] }
      let rings = try tools.rings([UInt8](data), of: [company] + near)
      return Asked(
        file: label.file, company: company, own: rings.first ?? nil,
        near: zip(near, rings.dropFirst()).map { (name: $0, ring: $1) })
    }

    private func report(_ asked: [Asked]) {
      let matched = asked.count { $0.own?.verdict == .matched }
      let excluded = asked.count { $0.own?.verdict == .contradicted }
      let near = asked.flatMap(\.near)
      let taken = near.count { $0.ring?.verdict == .matched }
      Console.out("印章 / seals: \(asked.count)")
      Console.out("认出自己的名称 / own name told: \(matched); 被当作别家 / taken for another's: \(excluded)")
      Console.out("被误认的相近名称 / near names taken for it: \(taken) of \(near.count)")
      for one in asked {
        for (name, ring) in one.near where ring?.verdict == .matched { Console.out("  \(one.file)  \(name)") }
        guard settings.verbose else { continue }
        Console.out("\(one.file)  \(one.company)  \(one.own.map(Self.line) ?? "no ring")")
      }
    }

    private static func line(_ ring: LetterReading.Ring) -> String {
      func short(_ value: Double) -> String { String(format: "%.2f", value) }
      let figures = "loss \(short(ring.loss)), worst \(short(ring.worst)), lead \(short(ring.lead))"
      return "\(ring.verdict.rawValue), \(figures), \(ring.text)"
    }
  }
}
