import ClosureModel
import Foundation
import Glibc

/// The child's side of the protocol, for engines that live in this program.
struct EngineServer {
  /// - Throws: `.unavailable` and `.unsupported` become error replies of that code, all else `failed`.
  typealias Answer = (EngineRequest) throws(RecognizerFailure) -> EngineReply

  let input: Int32
  let output: Int32

  /// Until stdin ends.
  /// - Returns: the exit code: 0, or 65 when a request cannot be told from its pixels.
  func run(_ answer: Answer) -> Int32 {
    while true {
      guard let line = readLine() else { return 0 }
      guard line.count < EngineLimits.headerBytes,
        let header = try? JSONDecoder().decode(EngineRequest.Header.self, from: Data(line)),
        (0...EngineLimits.pixels * 3).contains(header.bytes)
      else {
        let words = Array("closedesk-ocr: the request line cannot be read\n".utf8)
        _ = Glibc.write(2, words, words.count)
        return 65
      }
      guard let payload = read(header.bytes) else { return 0 }
      boundProcessorTime()
      var reply: EngineReply
      do throws(RecognizerFailure) {
        reply = try answer(try Self.request(header, payload))
      } catch {
        let code = error.code == .unavailable || error.code == .unsupported ? error.code.rawValue : "failed"
        reply = EngineReply(error: EngineReply.Problem(code: code, what: error.what))
      }
      reply.id = header.id
      // Floats that JSON cannot say do not occur in what these engines answer.
      guard let text = try? JSONEncoder().encode(reply), write([UInt8](text) + [UInt8(ascii: "\n")]) else { return 0 }
    }
  }

  /// The parent has its own, shorter deadline; this one ends a busy worker whose parent is gone. Counts from the
  /// process's start, so it is set anew for each request.
  private func boundProcessorTime() {
    var used = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    var limit = rlimit()
    let which = __rlimit_resource_t(RLIMIT_CPU.rawValue)
    getrlimit(which, &limit)
    limit.rlim_cur = min(limit.rlim_max, rlim_t(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 120))
    setrlimit(which, &limit)
  }

  private static func request(
    _ header: EngineRequest.Header, _ payload: [UInt8]
  ) throws(RecognizerFailure) -> EngineRequest {
    guard header.op != .info else { return .info }
    guard let width = header.width, let height = header.height, (1...EngineLimits.side).contains(width),
      (1...EngineLimits.side).contains(height), payload.count == width * height * 3
    else { throw RecognizerFailure(.unsupported, "bytes must be width * height * 3", fix: "Send that many.") }
    let picture = Pixels(width: width, height: height, rgb: payload)
    if header.op == .lines { return .lines(picture) }
    return .frames(picture, characters: (header.characters ?? []).compactMap { $0.unicodeScalars.first })
  }

  /// One byte at a time up to the line feed would be slow for pixels, but headers are short.
  private func readLine() -> [UInt8]? {
    var line: [UInt8] = []
    while line.count <= EngineLimits.headerBytes {
      guard let byte = read(1)?.first else { return nil }
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    return line
  }

  /// nil: the end came first.
  private func read(_ count: Int) -> [UInt8]? {
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while done < count {
        let got = Glibc.read(input, buffer.baseAddress.map { $0 + done }, count - done)
        if got > 0 { done += got } else if got == 0 || errno != EINTR { break }
      }
      filled = done
    }
    return done == count ? bytes : nil
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count > 0 { done += count } else if errno != EINTR { return false }
    }
    return true
  }
}

extension Pixels {
  fileprivate init(width: Int, height: Int, rgb: [UInt8]) {
    let rgba = [UInt8](unsafeUninitializedCapacity: width * height * 4) { target, count in
      for pixel in 0..<(width * height) {
        target[pixel * 4] = rgb[pixel * 3]
        target[pixel * 4 + 1] = rgb[pixel * 3 + 1]
        target[pixel * 4 + 2] = rgb[pixel * 3 + 2]
        target[pixel * 4 + 3] = 255
      }
      count = width * height * 4
    }
    self.init(width: width, height: height, rgba: rgba)
  }
}
