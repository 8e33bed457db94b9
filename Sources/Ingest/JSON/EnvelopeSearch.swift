/// Lists of objects inside the outermost object of a JSON text, by the keys that lead to them, and that object's keys.
/// Looks at the beginning of the text alone, which may be cut off.
struct EnvelopeSearch {
  private(set) var lists: [[String]] = []
  private(set) var keys: [String] = []

  static let usualNames: Set<String> = [
    "tickets", "items", "data", "list", "records", "rows", "results", "result", "issues", "content", "value", "工单",
    "工单列表",
  ]
  private static let deepest = 4

  init(_ text: [UInt8]) {
    // Keys of the open objects; `nil`: an open array.
    var open: [String?] = []
    var last = ""
    var isKey = false
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        let begin = at
        while at < text.count, text[at] != UInt8(ascii: "\"") { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < text.count else { return }
        last = String(decoding: text[begin..<at], as: UTF8.self)
        at += 1
      case UInt8(ascii: ":"):
        isKey = true
        if open.count == 1, open[0] != nil { keys.append(last) }
        if let deepest = open.indices.last, open[deepest] != nil { open[deepest] = last }
      case UInt8(ascii: "{"):
        guard open.count < 1000 else { return }
        open.append("")
        isKey = false
      case UInt8(ascii: "["):
        guard open.count < 1000 else { return }
        let path = open.compactMap(\.self)
        if isKey, path.count == open.count, path.count <= Self.deepest, Self.holdsObjects(text, at) {
          lists.append(path)
        }
        open.append(nil)
        isKey = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = open.popLast()
        // The first object is over: what follows is another record.
        if open.isEmpty { return }
        isKey = false
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: isKey = false
      }
    }
  }

  /// The list begins with an object, or is empty.
  private static func holdsObjects(_ text: [UInt8], _ begin: Int) -> Bool {
    let next = text[begin...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return next == UInt8(ascii: "{") || next == UInt8(ascii: "]")
  }
}
