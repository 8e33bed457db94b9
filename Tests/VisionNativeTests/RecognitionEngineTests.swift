import ClosureModel
import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import VisionNative

/// Without blanks, as whoever compares does.
private func text(_ lines: [RecognizedLine]) -> [String] { lines.map { $0.text.filter { !$0.isWhitespace } } }

private let written = ["title": "注销京东云账号同意书", "company": "云杉试验网络科技有限公司", "date": "二〇二四年三月十五日"]

@Suite(
  "RapidOCR", .serialized,
  .enabled(
    if: Places.rapidPython != nil,
    "RapidOCR is not installed: NOT TESTED. Run scripts/install-ocr, or name its Python in CLOSEDESK_OCR_PYTHON"))
struct RapidOCRTests {
  static func engine(workers: Int = 1) throws -> RapidOCR {
    var settings = CommandRecognizer.Settings()
    settings.workers = workers
    return RapidOCR(python: try #require(Places.rapidPython), worker: try Places.worker(), settings: settings)
  }

  @Test("It tells who it is, and what may rest on it")
  func info() throws {
    let info = try Self.engine().probe()
    #expect(info.name == "RapidOCR" && info.version == "3.10.0 PP-OCRv6 small")
    #expect(info.readsNames && info.givesFrames)
  }

  @Test("A page is read whichever way it lies, with boxes where the writing is")
  func quarterTurns() throws {
    let engine = try Self.engine()
    var page = try Pictures.page(["title", "company"])
    // Centre of the title's line on the upright page.
    var centre = (x: 90 + 212, y: 120 + 30)
    for turn in 0..<4 {
      let lines = try engine.lines(in: page)
      let read = text(lines)
      #expect(read.contains("注销京东云账号同意书") && read.contains("云杉试验网络科技有限公司"), "turned by \(turn * 90): \(read)")
      let title = try #require(lines.first { $0.text == "注销京东云账号同意书" }).box
      #expect(abs(title.x + title.width / 2 - centre.x) < 12 && abs(title.y + title.height / 2 - centre.y) < 12)
      #expect(lines.allSatisfy { $0.confidence > 0.9 })
      centre = (page.height - 1 - centre.y, centre.x)
      page = Pictures.turned(page)
    }
  }

  @Test("Boxes of a page that had to be reduced count in the page's own pixels")
  func reduced() throws {
    let page = try Pictures.page(["title"], width: 1500, height: 2600)
    let title = try #require(try Self.engine().lines(in: page).first)
    #expect(title.text == "注销京东云账号同意书")
    #expect(abs(title.box.x + title.box.width / 2 - 302) < 20 && abs(title.box.y + title.box.height / 2 - 150) < 20)
  }

  @Test("Blank, narrow and tiny pictures have no lines and cost little")
  func nothing() throws {
    let engine = try Self.engine()
    for (width, height) in [(1280, 900), (2000, 40), (40, 2000), (1, 1), (20_000, 2)] {
      #expect(try engine.lines(in: Pictures.plain(255, width: width, height: height)) == [])
    }
  }

  @Test("The best path through the frames is the text; probabilities of a frame add up to no more than one")
  func frames() throws {
    let engine = try Self.engine()
    for (name, words) in written {
      let line = try Pictures.line(name)
      let asked = Set(words.unicodeScalars).union("责任北".unicodeScalars)
      let table = try engine.frames(in: line, characters: Array(asked) + ["\u{E123}"])
      #expect(table.bestText == words)
      // Asked for again, with other characters: the answer is the same one's, with and without a page in between.
      for isLater in [false, true] {
        if isLater { _ = try engine.lines(in: Pictures.plain(255, width: 64, height: 64)) }
        let again = try engine.frames(in: line, characters: ["北"])
        #expect(again.best == table.best && again.blank == table.blank && again.bestText == words)
        #expect(again.characters["北"] == table.characters["北"])
      }
      #expect(Set(table.characters.keys) == asked, "a character that it does not know is absent")
      var path = ""
      var last: Unicode.Scalar?
      for frame in 0..<table.best.count {
        let sum = expf(table.blank[frame]) + table.characters.values.reduce(0) { $0 + expf($1[frame]) }
        #expect(sum <= 1.001)
        // CTC: the best class of each frame, repeats merged, blanks dropped.
        let top = table.characters.first { abs($0.value[frame] - table.best[frame]) < 0.001 }?.key
        if let top, top != last { path.unicodeScalars.append(top) }
        #expect(top != nil || abs(table.blank[frame] - table.best[frame]) < 0.001)
        last = top
      }
      #expect(path == words)
    }
    #expect(throws: RecognizerFailure.self) {
      try engine.frames(in: Pictures.plain(9, width: 4000, height: 10), characters: [])
    }
  }

  @Test("Two workers serve several threads at once")
  func threads() throws {
    let engine = try Self.engine(workers: 2)
    let pages = try written.map { (words: $0.value, page: try Pictures.page([$0.key], width: 600, height: 400)) }
    let wrong = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 9) { index in
      let (words, page) = pages[index % pages.count]
      do {
        let read = text(try engine.lines(in: page))
        if read != [words] { wrong.withLock { $0.append("\(read), not \(words)") } }
      } catch {
        wrong.withLock { $0.append("\(error)") }
      }
    }
    #expect(wrong.withLock { $0 } == [])
  }

  @Test("A model that is missing is an error and never a download")
  func offline() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("closedesk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // The worker as it is, with the library's own folder of models an empty one.
    let program = """
      import sys, pathlib, rapidocr.main
      rapidocr.main.root_dir = pathlib.Path(\(folder.path.debugDescription))
      worker = {"__name__": "worker"}
      exec(\(try Places.worker().debugDescription), worker)
      sys.exit(worker["main"]())
      """
    let engine = RapidOCR(python: try #require(Places.rapidPython), worker: program)
    do {
      _ = try engine.probe()
      Issue.record("an engine without models answered")
    } catch {
      #expect(error.code == .unavailable, "\(error)")
      #expect(error.what.contains("no network"), "\(error)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("models").path) == [])
  }

  @Test("Without its packages it is absent, and says how to mend that")
  func noPackages() throws {
    let engine = RapidOCR(python: try #require(Places.python3), worker: "import nothing_of_that_name")
    #expect(!engine.info.readsNames)
    do {
      _ = try engine.probe()
      Issue.record("a worker that does not start answered")
    } catch {
      #expect(error.what.contains("nothing_of_that_name") && error.fix.contains("install-ocr"), "\(error)")
    }
  }
}

@Suite(
  "Tesseract", .serialized,
  .enabled(if: Places.closedesk != nil, "the built closedesk is not beside the tests: NOT TESTED"))
struct TesseractTests {
  @Test("It reads a title, says that no name may rest on it, and gives no frames")
  func reads() throws {
    let engine = Tesseract(program: try #require(Places.closedesk))
    let info = try engine.probe()
    #expect(info.name == "Tesseract" && info.version.hasPrefix("5.") && !info.readsNames && !info.givesFrames)
    let lines = try engine.lines(in: try Pictures.page(["title", "date"]))
    #expect(text(lines).contains("注销京东云账号同意书"), "\(text(lines))")
    let title = try #require(lines.first)
    #expect((80...130).contains(title.box.x) && (110...150).contains(title.box.y) && title.confidence > 0.5)
    #expect(throws: RecognizerFailure.self) { try engine.frames(in: try Pictures.line("title"), characters: ["京"]) }
    #expect(try engine.lines(in: Pictures.plain(255, width: 900, height: 1200)) == [])
  }

  @Test("Reading starts no threads: OpenMP's would spin")
  func oneThread() throws {
    // As the recogniser starts it.
    let child = try ChildProcess(
      ChildProcess.Command(try #require(Places.closedesk), ["ocr-worker"], environment: Recognizers.plainEnvironment))
    let deadline = ContinuousClock.now + .seconds(60)
    func threadsAfter(_ request: EngineRequest) throws -> Int {
      try child.write(try request.encoded(id: "1"), by: deadline)
      _ = try child.readLine(limit: 1 << 20, by: deadline)
      return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.id)/task").count
    }
    let before = try threadsAfter(.info)
    #expect(try threadsAfter(.lines(try Pictures.page(["title", "company"]))) == before)
  }

  @Test("A request line that cannot be read ends the worker: what follows would be taken for requests")
  func confused() throws {
    let child = try ChildProcess(
      ChildProcess.Command(try #require(Places.closedesk), ["ocr-worker"], environment: Recognizers.plainEnvironment))
    let (output, ending) = try child.exchange(
      Array("{\"id\":\"1\",\"op\":\"lines\",\"bytes\":-1}\n".utf8), limit: 1000, by: ContinuousClock.now + .seconds(20))
    #expect(output == [] && ending == .exited(65))
  }
}

@Suite("A recogniser behind HTTP")
struct HTTPRecognizerTests {
  @Test("The body is the request of the protocol; the answer is checked like any engine's")
  func exchange() throws {
    let bodies = Mutex<[[UInt8]]>([])
    let answers = Mutex([
      #"{"id":"1","name":"ours","version":"2","reads_names":true,"gives_frames":false}"#,
      #"{"id":"2","lines":[{"text":"同意","box":[0,0,4,2],"confidence":0.9}]}"#,
      #"{"id":"2","lines":[]}"#,
    ])
    let engine = HTTPRecognizer { (body) throws(RecognizerFailure) in
      bodies.withLock { $0.append(body) }
      return Array(answers.withLock { $0.removeFirst() }.utf8)
    }
    #expect(engine.info == RecognizerInfo(name: "ours", version: "2", readsNames: true, givesFrames: false))
    let picture = Pictures.plain(7, width: 4, height: 2)
    #expect(try engine.lines(in: picture).map(\.text) == ["同意"])
    let sent = try #require(bodies.withLock { $0.last })
    #expect(sent.suffix(24) == picture.rgb[...])
    #expect(
      String(decoding: sent.dropLast(24), as: UTF8.self)
        == #"{"bytes":24,"height":2,"id":"2","op":"lines","width":4}"# + "\n")
    // The third answer is a copy of the second's number: it belongs to another picture.
    do {
      _ = try engine.lines(in: picture)
      Issue.record("an answer to another request was taken")
    } catch { #expect(error.code == .badAnswer) }
    #expect(throws: RecognizerFailure.self) { try engine.frames(in: picture, characters: ["同"]) }
  }

  @Test("A service that cannot be reached is one on which nothing may rest")
  func away() {
    let engine = HTTPRecognizer { (_) throws(RecognizerFailure) in
      throw RecognizerFailure(.unavailable, "no route", fix: "Look at the address.")
    }
    #expect(!engine.info.readsNames && !engine.info.givesFrames)
  }
}

@Suite("The recogniser protocol's document")
struct ProtocolDocumentTests {
  @Test("Its example session is one that this program would send and believe")
  func example() throws {
    let document = try String(contentsOf: Places.root.appendingPathComponent("docs/ocr-protocol.md"), encoding: .utf8)
    var pictures: [String: (header: EngineRequest.Header, picture: Pixels)] = [:]
    var answers = 0
    for line in document.split(separator: "\n") where line.hasPrefix("→ ") || line.hasPrefix("← ") {
      let end = try #require(line.lastIndex(of: "}"))
      let json = Array(line.dropFirst(2)[...end].utf8)
      if line.hasPrefix("→") {
        let header = try JSONDecoder().decode(EngineRequest.Header.self, from: Data(json))
        let (width, height) = (header.width ?? 0, header.height ?? 0)
        #expect(header.bytes == width * height * 3)
        pictures[header.id] = (header, Pictures.plain(255, width: max(1, width), height: max(1, height)))
        continue
      }
      answers += 1
      let id = try #require(JSONDecoder().decode(EngineReply.self, from: Data(json)).id)
      guard let (header, picture) = pictures[id] else {
        #expect(throws: RecognizerFailure.self) { try EngineReply.decode(json, id: id) }
        continue
      }
      let reply = try EngineReply.decode(json, id: id)
      switch header.op {
      case .info: #expect(try reply.checkedInfo().readsNames)
      case .lines: #expect(try reply.checkedLines(of: picture).count == 1)
      case .frames:
        let asked = (header.characters ?? []).flatMap { Array($0.unicodeScalars) }
        #expect(try reply.checkedFrames(asked: asked).characters.count == 2)
      }
    }
    #expect(answers == 4 && pictures.count == 3)
  }
}
