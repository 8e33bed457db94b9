import ClosureModel

/// Puts a mapping into a configuration and leaves every other line, comments included, as it was.
enum ConfigurationEdit {
  /// The lines below `input:`.
  static func lines(names: [String], fields: [TicketField?], sha256: String) -> [String] {
    ["  header_sha256: \(sha256)", "  columns:"]
      + zip(names, fields).map { "    \(quoted($0)): \($1?.rawValue ?? TicketField.ignore.rawValue)" }
  }

  static func replacing(in text: String, with lines: [String]) -> String {
    var out: [String] = []
    var isInput = false
    var isDropping = false
    var isPlaced = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let indent = line.prefix { $0 == " " }.count
      let word = line.dropFirst(indent)
      if !word.isEmpty, !word.hasPrefix("#"), indent == 0 {
        isInput = word.hasPrefix("input:")
        isDropping = false
        if isInput {
          // `input: { … }` on one line cannot take lines below it.
          let rest = word.dropFirst("input:".count)
          if rest.contains("{") {
            out.append("input:")
            for entry in flow(rest) where !entry.hasPrefix("columns") && !entry.hasPrefix("header_sha256") {
              out.append("  " + entry)
            }
          } else {
            out.append(line)
          }
          out += lines
          isPlaced = true
          continue
        }
      }
      if isInput, indent > 0, !word.isEmpty, !word.hasPrefix("#") {
        if indent <= 2 { isDropping = word.hasPrefix("columns:") || word.hasPrefix("header_sha256:") }
        if isDropping { continue }
      }
      out.append(line)
    }
    if !isPlaced { out = (out.last == "" ? out.dropLast() : out[...]) + ["input:"] + lines + [""] }
    return out.joined(separator: "\n")
  }

  /// Entries of a flow mapping, split at the commas of its own level.
  private static func flow(_ text: Substring) -> [String] {
    var depth = 0
    var entries: [String] = [""]
    for character in text {
      if character == "{" { depth += 1; if depth == 1 { continue } }
      if character == "}" { depth -= 1; if depth == 0 { break } }
      if character == ",", depth == 1 { entries.append("") } else { entries[entries.count - 1].append(character) }
    }
    return entries.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
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
