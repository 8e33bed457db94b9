import ClosureModel
import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import VisionNative

/// The scripted engine answers with its process's number and the sum of the bytes that it got.
private func reading(_ lines: [RecognizedLine]) throws -> (pid: pid_t, sum: Int) {
  let words = try #require(lines.first).text.split(separator: " ").compactMap { Int($0) }
  try #require(words.count == 2)
  return (pid_t(words[0]), words[1])
}

private func failure<Result>(_ body: () throws(RecognizerFailure) -> Result) -> RecognizerFailure? {
  do {
    _ = try body()
    return nil
  } catch { return error }
}

@Suite("Recognisers that fail", .serialized, .enabled(if: Places.python3 != nil, "no python3 for the scripted engine"))
struct RecognitionFailureTests {
  @Test(
    "Whatever an engine does to one picture, the next one is read by a new process",
    arguments: [
      (1, .badAnswer), (2, .tooSlow), (3, .badAnswer), (4, .tooSlow), (5, .crashed), (6, .badAnswer), (7, .badAnswer),
      (8, .badAnswer), (9, .badAnswer), (12, .crashed), (13, .badAnswer), (14, .badAnswer), (15, .badAnswer),
    ] as [(UInt8, RecognizerFailure.Code)])
  func replaced(_ behaviour: UInt8, _ code: RecognizerFailure.Code) throws {
    let engine = try Places.scripted(seconds: 2)
    let first = try reading(try engine.lines(in: Pictures.plain(0)))
    let start = ContinuousClock.now
    #expect(failure { () throws(RecognizerFailure) in try engine.lines(in: Pictures.plain(behaviour)) }?.code == code)
    #expect(ContinuousClock.now - start < .seconds(20), "the deadline was 2 s")
    // Collected, not only dead: a zombie would still take the signal 0.
    #expect(kill(first.pid, 0) == -1 && errno == ESRCH)
    let second = try reading(try engine.lines(in: Pictures.plain(0)))
    #expect(second.pid != first.pid)
  }

  @Test("An engine that says no and is well goes on with the next picture")
  func refusal() throws {
    let engine = try Places.scripted()
    let first = try reading(try engine.lines(in: Pictures.plain(0)))
    let refused = failure { () throws(RecognizerFailure) in try engine.lines(in: Pictures.plain(11)) }
    #expect(refused?.code == .unsupported)
    #expect(refused?.what.contains("not such a picture") == true)
    #expect(try reading(try engine.lines(in: Pictures.plain(0))).pid == first.pid)
  }

  @Test("A process that died between two pictures costs none of them")
  func diedIdle() throws {
    let engine = try Places.scripted()
    let first = try reading(try engine.lines(in: Pictures.plain(16)))
    usleep(2_000_000)
    #expect(try reading(try engine.lines(in: Pictures.plain(0))).pid != first.pid)
  }

  @Test("A process over its memory is ended while it works")
  func hungry() throws {
    let engine = try Places.scripted(seconds: 60, memory: 100 << 20)
    let start = ContinuousClock.now
    let ended = failure { () throws(RecognizerFailure) in try engine.lines(in: Pictures.plain(10)) }
    #expect(ended?.code == .crashed)
    #expect(ended?.what.contains("MB") == true)
    #expect(ContinuousClock.now - start < .seconds(50))
    _ = try engine.lines(in: Pictures.plain(0))
  }

  @Test("What a dying engine says last is in the message")
  func lastWords() throws {
    let engine = try Places.scripted()
    let died = failure { () throws(RecognizerFailure) in try engine.lines(in: Pictures.plain(5)) }
    #expect(died?.what.contains("the library gave up") == true)
  }

  @Test("An engine that never starts is tried three times, then counts as absent; nothing may rest on it")
  func absent() throws {
    let dead = try Places.scripted("dead")
    #expect(dead.info == RecognizerInfo(name: "scripted", version: "", readsNames: false, givesFrames: false))
    let told = failure { () throws(RecognizerFailure) in try dead.probe() }
    #expect(told?.what.contains("no model here") == true)

    let silent = try Places.scripted("silent", startSeconds: 2)
    let start = ContinuousClock.now
    for _ in 0..<20 {
      #expect(failure { () throws(RecognizerFailure) in try silent.lines(in: Pictures.plain(0)) }?.code == .tooSlow)
    }
    // Three starts of two seconds, not twenty.
    #expect(ContinuousClock.now - start < .seconds(36))

    let missing = CommandRecognizer(name: "missing", program: "/nonexistent/engine")
    #expect(failure { () throws(RecognizerFailure) in try missing.probe() }?.code == .unavailable)
  }

  @Test("Impossible probabilities are an error, never a reading", arguments: 1...8 as ClosedRange<UInt8>)
  func impossibleFrames(_ behaviour: UInt8) throws {
    let engine = try Places.scripted()
    let table = try engine.frames(in: Pictures.plain(0), characters: ["云", "杉"])
    #expect(table.characters.keys.count == 2 && table.best.count == 4)
    let wrong = failure { () throws(RecognizerFailure) in
      try engine.frames(in: Pictures.plain(behaviour), characters: ["云", "杉", "试", "验", "网", "络"])
    }
    #expect(wrong?.code == .badAnswer)
  }

  @Test("An engine that gives no frames is not asked for them")
  func noFrames() throws {
    let engine = try Places.scripted("lines-only")
    let told = failure { () throws(RecognizerFailure) in try engine.frames(in: Pictures.plain(0), characters: ["云"]) }
    #expect(told?.code == .unsupported)
  }

  @Test("Pictures over the bounds are not sent")
  func bounds() throws {
    let engine = try Places.scripted()
    for picture in [Pixels(width: 0, height: 0, rgba: []), Pictures.plain(0, width: 20_001, height: 1)] {
      #expect(failure { () throws(RecognizerFailure) in try engine.lines(in: picture) }?.code == .unsupported)
    }
    let many = (0..<513).compactMap { Unicode.Scalar(0x4E00 + $0) }
    let told = failure { () throws(RecognizerFailure) in try engine.frames(in: Pictures.plain(0), characters: many) }
    #expect(told?.code == .unsupported)
  }

  @Test("Many failures leave no descriptor and no process behind")
  func nothingLeft() throws {
    let engine = try Places.scripted(seconds: 5)
    func descriptors() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
    _ = try engine.lines(in: Pictures.plain(0))
    let before = try descriptors()
    for _ in 0..<25 {
      #expect(failure { () throws(RecognizerFailure) in try engine.lines(in: Pictures.plain(5)) } != nil)
    }
    // One that stays would be three a failure; other suites may open a few at the same time.
    #expect(try descriptors() < before + 25)
  }

  @Test("Several threads get each its own answer, from no more processes than allowed")
  func threads() throws {
    let engine = try Places.scripted(workers: 2)
    let wrong = Mutex<[String]>([])
    let processes = Mutex<Set<pid_t>>([])
    DispatchQueue.concurrentPerform(iterations: 40) { index in
      let picture = Pictures.plain(0, width: 40 + index, height: 30, grey: UInt8(index))
      do {
        let answer = try reading(try engine.lines(in: picture))
        processes.withLock { _ = $0.insert(answer.pid) }
        let sum = picture.rgb.reduce(0) { $0 + Int($1) }
        if answer.sum != sum { wrong.withLock { $0.append("\(index): \(answer.sum), not \(sum)") } }
      } catch {
        wrong.withLock { $0.append("\(index): \(error)") }
      }
    }
    #expect(wrong.withLock { $0 } == [])
    #expect((1...2).contains(processes.withLock { $0.count }))
  }
}
