import Glibc

/// Finds the end of one record; keeps its state between pieces.
struct RecordScan {
  let kind: RecordReader.Kind
  var inQuotes = false
  /// CSV: whether a field begins here, where a quote opens it.
  private var fieldStart = true
  private var escaped = false
  private var depth = 0
  private var begun = false

  init(kind: RecordReader.Kind) { self.kind = kind }

  /// - Returns: end of the record and the beginning of what follows it; `nil`: it goes on behind the buffer.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from at: inout Int) -> (record: Int, next: Int)? {
    switch kind {
    case .lines: line(bytes, &at)
    case .csv(let delimiter): row(bytes, &at, delimiter)
    case .array: element(bytes, &at)
    }
  }

  private func line(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> (record: Int, next: Int)? {
    guard let base = bytes.baseAddress, at < bytes.count else { return nil }
    guard let hit = memchr(base + at, 0x0A, bytes.count - at) else {
      at = bytes.count
      return nil
    }
    let end = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    at = end
    return (trim(bytes, end), end + 1)
  }

  private func trim(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    end > 0 && bytes[end - 1] == 0x0D ? end - 1 : end
  }

  private mutating func row(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ delimiter: UInt8
  ) -> (record: Int, next: Int)? {
    let ends = ByteSearch(delimiter, UInt8(ascii: "\""), 0x0A)
    while at < bytes.count {
      if inQuotes {
        guard let base = bytes.baseAddress, let hit = memchr(base + at, 0x22, bytes.count - at) else {
          at = bytes.count
          return nil
        }
        // A doubled quote closes and opens again: no state is needed for it.
        inQuotes = false
        at = UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
        continue
      }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        // Only at the beginning of a field, or behind a quote that was just closed (a doubled one).
        if fieldStart || (at > 0 && bytes[at - 1] == UInt8(ascii: "\"") && begun) {
          inQuotes = true
          begun = true
        }
        fieldStart = false
      case delimiter:
        fieldStart = true
        begun = false
      case 0x0A: return (trim(bytes, at), at + 1)
      // A quote behind it opens the field: `="00123"`.
      case UInt8(ascii: "=") where fieldStart: break
      default:
        // Inside a field without quotes nothing else is looked for.
        fieldStart = false
        begun = false
        at = ends.next(in: bytes, from: at + 1)
        continue
      }
      at += 1
    }
    return nil
  }

  /// To behind the quote that ends the string, or to the end of the bytes.
  private mutating func skipString(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
    if escaped {
      escaped = false
      at += 1
    }
    guard at < bytes.count, let base = bytes.baseAddress else { return }
    let begin = at
    while at < bytes.count {
      let hit = memchr(base + at, 0x22, bytes.count - at)
      let end = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
      var back = end
      while back > begin, bytes[back - 1] == 0x5C { back -= 1 }
      let isEscaped = (end - back) % 2 == 1
      at = end
      guard hit != nil else {
        escaped = isEscaped
        return
      }
      at += 1
      if !isEscaped {
        inQuotes = false
        return
      }
    }
  }

  private mutating func element(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> (record: Int, next: Int)? {
    while at < bytes.count {
      if inQuotes {
        skipString(bytes, &at)
        continue
      }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""): inQuotes = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth <= 0 { return (at + 1, at + 1) }
      case UInt8(ascii: "]"):
        if depth <= 0 { return (at, at) }
        depth -= 1
        if depth == 0 { return (at + 1, at + 1) }
      case UInt8(ascii: ",") where depth == 0: return (at, at)
      default: break
      }
      at += 1
    }
    return nil
  }
}
