/// Goes through a JSON text to the elements of one array in it, byte by byte and over the borders of pieces: the whole
/// text, or the list that keys lead to. Between elements it knows where it is; the elements themselves are the
/// scanner's.
struct ArrayFinder {
  private let path: [[UInt8]]
  /// Keys of the path that the open objects follow.
  private var followed = 0
  /// Open objects and arrays, the array that is looked for included.
  private var depth = 0
  private var inArray = false
  private var closed = false
  private var inString = false
  private var escaped = false
  /// The text in quotes that was read last, as long as it may be a key of the path.
  private var text: [UInt8] = []
  private var behindColon = false
  private var longest: Int

  init(path: [[UInt8]]) {
    self.path = path
    longest = path.map(\.count).max() ?? 0
  }

  var wasFound: Bool { inArray || closed }

  /// The array was found and closed, and so was everything around it.
  var isWhole: Bool { closed && depth == 0 }

  /// - Parameter at: moved to the element, or to the end of the bytes.
  /// - Returns: `false`: read on.
  mutating func element(in bytes: UnsafeBufferPointer<UInt8>, from at: inout Int) -> Bool {
    while at < bytes.count {
      let byte = bytes[at]
      if inArray {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): break
        case UInt8(ascii: "]"):
          inArray = false
          closed = true
          depth -= 1
        default: return true
        }
        at += 1
      } else if closed, path.isEmpty {
        // Behind the array nothing may stand: whatever does is an element that cannot be read.
        guard [0x20, 0x09, 0x0A, 0x0D].contains(byte) else { return true }
        at += 1
      } else {
        outside(byte)
        at += 1
      }
    }
    return false
  }

  private mutating func outside(_ byte: UInt8) {
    if inString {
      if escaped {
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == UInt8(ascii: "\"") {
        inString = false
      }
      if inString, text.count <= longest { text.append(byte) }
      return
    }
    switch byte {
    case UInt8(ascii: "\""):
      inString = true
      behindColon = false
      text.removeAll(keepingCapacity: true)
    case UInt8(ascii: ":"): behindColon = true
    case UInt8(ascii: "{"):
      // The object behind the next key of the path, or the outermost one.
      if !closed, depth > 0, behindColon, followed == depth - 1, leads { followed += 1 }
      depth += 1
      behindColon = false
    case UInt8(ascii: "["):
      if !closed,
        path.isEmpty ? depth == 0 : (behindColon && followed == path.count - 1 && depth == path.count && leads)
      {
        inArray = true
      }
      depth += 1
      behindColon = false
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      followed = min(followed, max(0, depth - 1))
      behindColon = false
    case 0x20, 0x09, 0x0A, 0x0D: break
    default: behindColon = false
    }
  }

  /// The key that was just read is the next one of the path.
  private var leads: Bool { followed < path.count && text == path[followed] }
}
