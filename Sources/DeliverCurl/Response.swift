import ClosureModel

/// Collects one response as libcurl hands it over, within bounds.
struct Response {
  /// Far above what ticket systems send; a receiver cannot fill our memory with headers.
  static let maxHeaderBytes = 65_536

  private let maxBodyBytes: Int
  private var headerBytes = 0
  private var inHead = false
  private(set) var headers: [HTTPField] = []
  private(set) var body: [UInt8] = []
  /// A bound was passed: what was collected is not the whole response.
  private(set) var tooLarge = false

  init(maxBodyBytes: Int) { self.maxBodyBytes = max(0, maxBodyBytes) }

  /// One line of a head, with its line end. A status line starts anew, so that of several heads (100 Continue, then the
  /// answer) the last one stays; lines after the blank one are trailers and not taken.
  /// - Returns: `false` when the bound is passed.
  mutating func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= Self.maxHeaderBytes else {
      tooLarge = true
      return false
    }
    let text = line.prefix { $0 != 0x0D && $0 != 0x0A }
    if text.starts(with: "HTTP/".utf8) {
      headers.removeAll(keepingCapacity: true)
      headers.reserveCapacity(12)
      inHead = true
    } else if text.isEmpty {
      inHead = false
    } else if inHead, let first = text.first, first == 0x20 || first == 0x09 {
      // An obsolete fold: the line belongs to the value before it.
      if let last = headers.popLast() {
        headers.append(HTTPField(last.name, last.value + " " + Self.trimmed(text)))
      }
    } else if inHead, let colon = text.firstIndex(of: 0x3A) {
      headers.append(HTTPField(Self.trimmed(text[..<colon]), Self.trimmed(text[(colon + 1)...])))
    }
    return true
  }

  /// - Returns: `false` when the bound is passed.
  mutating func take(body bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= maxBodyBytes else {
      tooLarge = true
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let head = bytes.drop(while: isBlank)
    let tail = head.lastIndex { !isBlank($0) }.map { head[...$0] } ?? head.prefix(0)
    return String(decoding: tail, as: UTF8.self)
  }
}
