import CCurl

/// The header lines of one request as libcurl's list, in memory that the next request uses again: libcurl's own list
/// costs two allocations for each line.
final class HeaderLines {
  private var text: UnsafeMutableBufferPointer<UInt8>
  private var used = 0
  /// Where each line begins.
  private var starts: [Int] = []
  private var nodes: UnsafeMutableBufferPointer<curl_slist>

  init() {
    text = .allocate(capacity: 1024)
    nodes = .allocate(capacity: 16)
    nodes.initialize(repeating: curl_slist())
  }

  deinit {
    text.deallocate()
    nodes.deallocate()
  }

  /// Makes room for another request's. The list handed out before is not valid any more.
  func clear() {
    used = 0
    starts.removeAll(keepingCapacity: true)
  }

  func append(_ name: String, _ value: String, separator: String) {
    starts.append(used)
    for part in [name, separator, value] { append(part) }
    append("\0")
  }

  private func append(_ part: String) {
    var part = part
    part.withUTF8 { bytes in
      if text.count - used < bytes.count {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(text.count * 2, used + bytes.count))
        _ = larger.update(fromContentsOf: text[..<used])
        text.deallocate()
        text = larger
      }
      if let from = bytes.baseAddress, let to = text.baseAddress { (to + used).update(from: from, count: bytes.count) }
      used += bytes.count
    }
  }

  /// Valid until `clear`; libcurl only reads it.
  func list() -> UnsafeMutablePointer<curl_slist>? {
    if nodes.count < starts.count {
      nodes.deallocate()
      nodes = .allocate(capacity: starts.count * 2)
      nodes.initialize(repeating: curl_slist())
    }
    guard let first = nodes.baseAddress, let text = text.baseAddress, !starts.isEmpty else { return nil }
    for (index, start) in starts.enumerated() {
      let line = UnsafeMutableRawPointer(text + start).assumingMemoryBound(to: CChar.self)
      first[index] = curl_slist(data: line, next: index + 1 < starts.count ? first + index + 1 : nil)
    }
    return first
  }
}
