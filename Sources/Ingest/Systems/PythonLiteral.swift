/// A cell as Python writes a value: a text, a list, a time as numbers, `None`.
enum PythonLiteral {
  /// - Returns: the letters themselves where they are no literal that is known.
  static func value(_ cell: String) -> JSONValue {
    let letters = Array(cell.trimmed.unicodeScalars)
    var at = 0
    guard let value = read(letters, &at), at == letters.count else { return .text(cell) }
    return value
  }

  private static func read(_ text: [Unicode.Scalar], _ at: inout Int) -> JSONValue? {
    guard at < text.count else { return nil }
    switch text[at] {
    case "'", "\"": return quoted(text, &at).map { .text($0) }
    case "[": return list(text, &at, close: "]").map { .array($0) }
    case "(": return list(text, &at, close: ")").flatMap(time)
    default:
      var word = ""
      while at < text.count, !",])".unicodeScalars.contains(text[at]) {
        word.unicodeScalars.append(text[at])
        at += 1
      }
      switch word.trimmed {
      case "": return nil
      case "None": return .null
      case "True": return .bool(true)
      case "False": return .bool(false)
      case let word where Double(word) != nil: return .text(word)
      default: return nil
      }
    }
  }

  private static func list(_ text: [Unicode.Scalar], _ at: inout Int, close: Unicode.Scalar) -> [JSONValue]? {
    at += 1
    var out: [JSONValue] = []
    while at < text.count {
      if text[at] == close {
        at += 1
        return out
      }
      if text[at] == " " || text[at] == "," {
        at += 1
        continue
      }
      guard let value = read(text, &at) else { return nil }
      out.append(value)
    }
    return nil
  }

  /// Year, month, day, hour, minute and second, in UTC; what follows them says nothing.
  private static func time(_ parts: [JSONValue]) -> JSONValue? {
    let numbers = parts.prefix(6).compactMap {
      $0.text.flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded(.down)) }
    }
    guard numbers.count == 6, numbers.allSatisfy({ (0...9999).contains($0) }) else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return .text(
      "\(numbers[0])-\(two(numbers[1]))-\(two(numbers[2])).\(two(numbers[3])):\(two(numbers[4])):\(two(numbers[5]))")
  }

  private static func quoted(_ text: [Unicode.Scalar], _ at: inout Int) -> String? {
    let quote = text[at]
    var out = String.UnicodeScalarView()
    at += 1
    while at < text.count {
      let letter = text[at]
      at += 1
      if letter == quote { return String(out) }
      guard letter == "\\" else {
        out.append(letter)
        continue
      }
      guard at < text.count else { return nil }
      let escape = text[at]
      at += 1
      switch escape {
      case "n": out.append("\n")
      case "r": out.append("\r")
      case "t": out.append("\t")
      case "x", "u", "U":
        let length = escape == "x" ? 2 : escape == "u" ? 4 : 8
        guard at + length <= text.count else { return nil }
        var digits = String.UnicodeScalarView()
        digits.append(contentsOf: text[at..<(at + length)])
        guard let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
        out.append(scalar)
        at += length
      case "\\", "'", "\"": out.append(escape)
      default:
        out.append("\\")
        out.append(escape)
      }
    }
    return nil
  }
}
