public import ClosureModel
import StrictYAML

/// The words of every finding code in every language: `Templates/findings/*.yaml`.
public struct FindingCatalog: Sendable {
  struct Entry: Sendable {
    let message: String
    let ask: String?
    let line: Int?
  }
  let entries: [Locale: [FindingCode: Entry]]
  let files: [Locale: String]
  private let heads: [Locale: FindingHeads]

  /// Strict: each language has each code, with a message; nothing else stands in the file.
  public init(files: [Locale: (file: String, text: String)]) throws(ComposeError) {
    var entries: [Locale: [FindingCode: Entry]] = [:]
    for locale in Locale.allCases {
      guard let (file, text) = files[locale] else {
        throw ComposeError(
          file: "Templates/findings/\(locale.rawValue).yaml", what: "the file is missing", fix: "Put it back.")
      }
      entries[locale] = try Self.read(text, file)
    }
    self.entries = entries
    self.heads = Dictionary(
      uniqueKeysWithValues: entries.map { locale, codes in
        (locale, FindingHeads { codes[$0]?.message ?? $0.rawValue })
      })
    self.files = files.mapValues(\.file)
  }

  private static func read(_ text: String, _ file: String) throws(ComposeError) -> [FindingCode: Entry] {
    do throws(YAMLMistake) {
      return try read(YAMLNode.root(text, file: file, guide: "docs/finding-codes.md"))
    } catch {
      throw ComposeError(file: error.file, line: error.line, what: error.what, fix: error.fix + ".")
    }
  }

  private static func read(_ root: YAMLNode) throws(YAMLMistake) -> [FindingCode: Entry] {
    var out: [FindingCode: Entry] = [:]
    for (name, value) in try root.pairs() {
      guard let code = FindingCode(rawValue: name) else {
        throw value.keyMistake("there is no finding code `\(name)`", "Remove it or mend its spelling")
      }
      let fields = try value.map(["message"], optional: ["ask"])
      out[code] = Entry(
        message: try fields("message").text(), ask: try fields["ask"]?.text(), line: value.keyLine)
    }
    if let missing = FindingCode.allCases.first(where: { out[$0] == nil }) {
      throw root.mistake("the code `\(missing.rawValue)` is missing", "Add it with a message")
    }
    return out
  }

  /// How decision lines begin a finding.
  func heads(_ locale: Locale) -> FindingHeads {
    guard let heads = heads[locale] else { preconditionFailure("the catalog was read in every language") }
    return heads
  }

  /// What was found, for operators.
  public func message(_ code: FindingCode, _ locale: Locale) -> String {
    entries[locale]?[code]?.message ?? code.rawValue
  }

  /// What the customer is asked to do, before its placeholders are filled; `nil` where the customer cannot mend it.
  public func ask(_ code: FindingCode, _ locale: Locale) -> String? { entries[locale]?[code]?.ask }

  /// `docs/finding-codes.md`.
  public func markdown() -> String {
    var out = """
      # 结论代码 / Finding codes

      由 `Templates/findings/` 生成，请勿手改。代码是稳定的：报告、回复与他人的脚本都用它。
      Generated from `Templates/findings/`; do not edit. Codes are stable.

      """
    var group = ""
    for code in FindingCode.allCases {
      let head = code.rawValue.split(separator: ".").prefix(1).joined()
      if head != group {
        group = head
        out += "\n## \(head)\n\n| 代码 / code | 含义 | Meaning | 请客户做什么 / what the customer is asked |\n|---|---|---|---|\n"
      }
      out += "| `\(code.rawValue)` | \(message(code, .zhCN)) | \(message(code, .en)) | \(ask(code, .zhCN) ?? "–") |\n"
    }
    return out
  }
}
