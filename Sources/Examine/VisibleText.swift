/// HTML to what a person sees: tags and comments dropped, block elements break lines, entities read, struck-out and
/// hidden text dropped and noted.
enum VisibleText {
  private static let blocks: Set<String> = [
    "br", "p", "div", "li", "tr", "td", "th", "ul", "ol", "h1", "h2", "h3", "table",
  ]
  private static let struck: Set<String> = ["del", "s", "strike", "script", "style"]
  private static let entities: [String: UInt32] = [
    "nbsp": 0x20, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "ldquo": 0x201C, "rdquo": 0x201D,
    "emsp": 0x20, "ensp": 0x20, "zwnj": 0x200C, "shy": 0xAD,
  ]
  /// Longest tag that is looked for; keeps hostile texts linear.
  private static let longestTag = 2000

  static func read(_ given: [UInt32]) -> (scalars: [UInt32], map: [Int], hasTakenBack: Bool) {
    var scalars: [UInt32] = []
    var map: [Int] = []
    scalars.reserveCapacity(given.count)
    map.reserveCapacity(given.count)
    var dropping = false
    var dropTag = ""
    var taken = false
    var i = 0
    func put(_ scalar: UInt32, _ offset: Int) {
      if dropping { return }
      scalars.append(scalar)
      map.append(offset)
    }
    while i < given.count {
      let scalar = given[i]
      if scalar == 0x3C, i + 1 < given.count,
        Scalars.isLetter(given[i + 1]) || given[i + 1] == 0x2F || given[i + 1] == 0x21
      {
        let limit = min(given.count, i + longestTag)
        // <li.si@example.com> is an address and no tag.
        if let end = given[i..<limit].firstIndex(of: 0x3E), !isAddress(given[(i + 1)..<end]) {
          let tag = Scalars.string(given[(i + 1)..<end]).lowercased()
          if tag.hasPrefix("!--") {
            taken = true
          } else {
            let closing = tag.hasPrefix("/")
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
            if dropping {
              if closing, name == dropTag { dropping = false }
            } else if !closing, struck.contains(name) || isHidden(tag) {
              (dropping, dropTag, taken) = (true, name, true)
            }
            if blocks.contains(name) { put(10, i) }
          }
          i = end + 1
          continue
        }
      }
      if scalar == 0x7E, i + 1 < given.count, given[i + 1] == 0x7E {
        taken = true
        if dropping, dropTag == "~~" { dropping = false } else if !dropping { (dropping, dropTag) = (true, "~~") }
        i += 2
        continue
      }
      if scalar == 0x26, let (value, length) = entity(given, i) {
        put(value, i)
        i += length
        continue
      }
      put(scalar, i)
      i += 1
    }
    return (scalars, map, taken)
  }

  private static func isAddress(_ inside: ArraySlice<UInt32>) -> Bool {
    inside.contains(0x40) && !inside.contains { $0 <= 0x20 || $0 == 0x3D }
  }

  private static func isHidden(_ tag: String) -> Bool {
    let flat = tag.filter { $0 != " " }
    return flat.contains("display:none") || flat.contains("visibility:hidden") || flat.contains("font-size:0")
      || tag.split(separator: " ").contains("hidden") || flat.contains("opacity:0")
  }

  private static func entity(_ given: [UInt32], _ at: Int) -> (UInt32, Int)? {
    let limit = min(given.count, at + 10)
    guard let end = given[at..<limit].firstIndex(of: 0x3B), end > at + 1 else { return nil }
    let name = Scalars.string(given[(at + 1)..<end])
    if let value = entities[name] { return (value, end - at + 1) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let hex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let value = UInt32(hex ? digits.dropFirst() : digits, radix: hex ? 16 : 10), Unicode.Scalar(value) != nil
    else { return nil }
    return (value, end - at + 1)
  }
}
