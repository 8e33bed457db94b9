import ClosureModel
import Foundation

/// Puts a mapping into a configuration and leaves every other line, comments included, as it was.
enum ConfigurationEdit {
  /// The lines below `input:`.
  static func lines(names: [String], fields: [TicketField?], sha256: String) -> [String] {
    ["  header_sha256: \(sha256)", "  columns:"]
      + zip(names, fields).map { "    \(quoted($0)): \($1?.rawValue ?? TicketField.ignore.rawValue)" }
  }

  /// - Parameter lines: as `lines(…)` makes them, indented by two.
  static func replacing(in text: String, with lines: [String]) -> String {
    // To Swift, CR LF is one character that is no line feed.
    guard !text.contains("\r\n") else {
      return replacing(in: text.replacing("\r\n", with: "\n"), with: lines).replacing("\n", with: "\r\n")
    }
    let old = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = old.firstIndex(where: isInput) else {
      return (old.last == "" ? old.dropLast() : old[...]).joined(separator: "\n") + (text.isEmpty ? "" : "\n")
        + (["input:"] + lines).joined(separator: "\n") + "\n"
    }
    var out = Array(old[..<start])
    let rest = old[start].dropFirst("input:".count)
    // `input: { … }` cannot take lines below it: its entries get lines of their own.
    if let entries = flow(([rest] + old[(start + 1)...].map { Substring($0) }).joined(separator: "\n")) {
      out.append("input:")
      out += lines
      for entry in entries.list where !isReplaced(entry) { out.append("  " + entry) }
      let after = entries.rest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      // A comment behind the brace keeps a line.
      if let comment = after.first, comment.contains("#") { out.append("  " + comment.trimmed) }
      return (out + after.dropFirst()).joined(separator: "\n")
    }
    out.append(old[start])
    let end = old[(start + 1)...].firstIndex { indent($0) == 0 && !isBlank($0) } ?? old.count
    let body = old[(start + 1)..<end]
    // What stands below `input:` already says how far it is indented.
    let depth = body.first { !isBlank($0) }.map(indent) ?? 2
    out += lines.map { String(repeating: " ", count: depth) + $0.dropFirst(2) }
    var isDropping = false
    for line in body {
      if !isBlank(line), indent(line) <= depth { isDropping = isReplaced(line.trimmed) }
      // A comment between the columns goes with them, one that stands further out is the next key's.
      if isDropping, !isBlank(line) || indent(line) > depth { continue }
      out.append(line)
    }
    return (out + old[end...]).joined(separator: "\n")
  }

  private static func isInput(_ line: String) -> Bool { line.hasPrefix("input:") }
  private static func isReplaced(_ entry: String) -> Bool {
    ["columns", "header_sha256"].contains { entry.hasPrefix($0 + ":") || entry.hasPrefix("\"\($0)\":") }
  }
  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
  /// Nothing, or a comment.
  private static func isBlank(_ line: String) -> Bool { line.trimmed.isEmpty || line.trimmed.hasPrefix("#") }

  /// Entries of a flow mapping, which may run over several lines, split at the commas of its own level.
  /// - Returns: `nil` where the text is none; `rest`: what stands behind it.
  private static func flow(_ text: String) -> (list: [String], rest: Substring)? {
    guard let open = text.firstIndex(where: { !$0.isWhitespace }), text[open] == "{" else { return nil }
    var depth = 0
    var quote: Character?
    var entries: [String] = [""]
    var place = open
    while place < text.endIndex {
      let character = text[place]
      place = text.index(after: place)
      if let mark = quote {
        if character == "\\", mark == "\"", place < text.endIndex {
          entries[entries.count - 1] += "\\" + String(text[place])
          place = text.index(after: place)
          continue
        }
        if character == mark { quote = nil }
      } else if "\"'".contains(character) {
        quote = character
      } else if "{[".contains(character) {
        depth += 1
        if depth == 1 { continue }
      } else if "}]".contains(character) {
        depth -= 1
        if depth == 0 { break }
      } else if character == ",", depth == 1 {
        entries.append("")
        continue
      }
      entries[entries.count - 1].append(character.isNewline ? " " : character)
    }
    return (entries.map(\.trimmed).filter { !$0.isEmpty }, text[place...])
  }

  private static func quoted(_ name: String) -> String {
    var out = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension StringProtocol {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
