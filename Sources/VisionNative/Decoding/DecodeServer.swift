import ClosureModel
import Glibc

/// The worker's side: the body of the hidden subcommand `closedesk decode-worker`.
public enum DecodeServer {
  /// Serves its parent until it closes the pipe.
  /// - Returns: the exit code.
  public static func run() -> Int32 {
    do throws(LazyLibrary.Missing) { try Picture.load() } catch {
      // The parent adds it to what it says about a decoder that does not answer.
      let words = Array("\(error)\n".utf8)
      _ = words.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      return 2
    }
    guard let setup = try? DecodeWire.read(DecodeWire.Setup.self, from: readLine()) else { return 2 }
    var session = Session(setup)
    guard session.send(.init(kind: .ready, confinement: session.sandbox.confinement)) else { return 0 }
    while let line = try? readLine(), let request = try? DecodeWire.read(DecodeWire.Request.self, from: line) {
      guard session.answer(request) else { break }
    }
    session.scratch.removeAll()
    return 0
  }

  private struct Session {
    let limits: DecodeLimits
    let sandbox: Sandbox
    let scratch: ScratchFolder

    init(_ setup: DecodeWire.Setup) {
      limits = setup.limits
      scratch = ScratchFolder(path: setup.scratch)
      sandbox = Sandbox(setup.limits, parent: setup.parent)
    }

    /// - Returns: false when the parent is gone or does not keep to the protocol.
    mutating func answer(_ request: DecodeWire.Request) -> Bool {
      switch request.operation {
      case .check: return send(.init(kind: .checked, confinement: sandbox.tried()))
      case .open:
        guard (0...limits.fileBytes).contains(request.bytes), request.longSide > 0,
          var bytes = DecodeServer.read(request.bytes)
        else { return false }
        sandbox.allowNextFile()
        return open(&bytes, longSide: min(request.longSide, limits.longSide))
      }
    }

    private func open(_ bytes: inout [UInt8], longSide: Int) -> Bool {
      var isHeard = true
      var opener = FileOpener(limits: limits, sandbox: sandbox, scratch: scratch, longSide: longSide) {
        page, source, entry in
        isHeard = isHeard && send(page, source, entry)
      } handOutFailure: { failure in
        isHeard = isHeard && send(.init(kind: .failure, failure: failure.wire))
      }
      opener.open(&bytes)
      return isHeard && send(.init(kind: .done, memory: Sandbox.memory().resident, peak: Sandbox.peak))
    }

    private func send(_ page: PictureOpener.Page, _ source: PageImage.Source, _ entry: String?) -> Bool {
      let sent = page.picture.withRGBA { pixels in
        send(
          .init(
            kind: .page, bytes: pixels.count,
            page: .init(
              number: page.number, entry: entry, source: .init(source), pixelWidth: page.picture.width,
              pixelHeight: page.picture.height, width: page.width, height: page.height)))
          && DecodeServer.write(pixels)
      }
      return sent
        ?? send(.init(kind: .failure, failure: DecodeFailure(.tooHungry, "no memory for the page", entry: entry).wire))
    }

    func send(_ reply: DecodeWire.Reply) -> Bool {
      guard let line = try? DecodeWire.line(reply) else { return false }
      return line.withUnsafeBytes { DecodeServer.write($0) }
    }
  }

  // MARK: - Pipes: blocking, the parent keeps the time

  private struct Ended: Error {}

  /// Byte by byte: what follows the line must stay in the pipe, and a line is short.
  private static func readLine() throws -> [UInt8] {
    var line: [UInt8] = []
    while line.count <= DecodeWire.lineBytes {
      guard let byte = read(1)?.first else { throw Ended() }
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    throw Ended()
  }

  /// - Returns: nil at the end of the pipe.
  private static func read(_ count: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(0, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return }
        filled += got
      }
    }
    return bytes.count == count ? bytes : nil
  }

  private static func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(1, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}

extension DecodeWire.Page.Source {
  init(_ source: PageImage.Source) {
    switch source {
    case .picture: self = .picture
    case .scan: self = .scan
    case .drawn: self = .drawn
    case .embedded: self = .embedded
    }
  }
}
