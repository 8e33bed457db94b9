public import ClosureModel
import Synchronization

/// A service that speaks docs/ocr-protocol.md over HTTP: the body of a POST is one request (header line and pixels), the
/// body of its answer one reply. Pictures of customers' letters leave the machine with it.
public struct HTTPRecognizer: TextRecognizer {
  /// Posts a body and gives the answer's; must bound time and size. Called from several threads.
  /// - Throws: `.tooSlow`, `.unavailable`, `.badAnswer` (also for a status other than 200).
  public typealias Post = @Sendable ([UInt8]) throws(RecognizerFailure) -> [UInt8]

  private final class Known: Sendable {
    let info = Mutex<RecognizerInfo?>(nil)
    let asked = Atomic<Int>(0)
  }

  private let post: Post
  private let known = Known()

  public init(post: @escaping Post) { self.post = post }

  /// What the service says of itself; where it does not answer, an engine on which nothing may rest.
  public var info: RecognizerInfo {
    (try? probe()) ?? RecognizerInfo(name: "HTTP", version: "", readsNames: false, givesFrames: false)
  }

  /// - Throws: why the service cannot be used: `doctor` prints it.
  public func probe() throws(RecognizerFailure) -> RecognizerInfo {
    if let info = known.info.withLock({ $0 }) { return info }
    let info = try ask(.info).checkedInfo()
    known.info.withLock { $0 = info }
    return info
  }

  public func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    try ask(.lines(picture)).checkedLines(of: picture)
  }

  public func frames(in strip: Pixels, characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    let info = try probe()
    guard info.givesFrames else { throw Recognizers.noFrames(info.name) }
    return try ask(.frames(strip, characters: characters)).checkedFrames(asked: characters)
  }

  private func ask(_ request: EngineRequest) throws(RecognizerFailure) -> EngineReply {
    let id = String(known.asked.wrappingAdd(1, ordering: .relaxed).newValue)
    let body = try post(try request.encoded(id: id))
    guard body.count <= EngineLimits.replyBytes else { throw .badAnswer("the service's answer is too long") }
    return try EngineReply.decode(body, id: id)
  }
}
