/// How cells of a workbook are shown, as far as their meaning depends on it: a number may be a date, an id with zeros in
/// front, or text that is struck out.
final class CellStyles: XMLHandler {
  enum Kind: Equatable {
    case plain
    /// - hasTime: the time of day is shown too.
    case date(hasTime: Bool)
    case time
    /// Shown with zeros in front, up to this many digits.
    case padded(Int)
  }
  struct Style {
    var kind = Kind.plain
    var isStruck = false
  }

  private var styles: [Style] = []
  private var formats: [Int: String] = [:]
  private var struckFonts: [Bool] = []
  private var inFonts = false
  private var inFormats = false

  let isDone = false

  subscript(index: Int) -> Style { styles.indices.contains(index) ? styles[index] : Style() }

  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    if name.isNamed("numFmt") {
      if let id = attributes["numFmtId"].flatMap(Int.init), let code = attributes["formatCode"] { formats[id] = code }
    } else if name.isNamed("fonts") {
      inFonts = true
    } else if name.isNamed("font"), inFonts {
      struckFonts.append(false)
    } else if name.isNamed("strike"), inFonts, !struckFonts.isEmpty {
      struckFonts[struckFonts.count - 1] = attributes.flag("val", otherwise: true)
    } else if name.isNamed("cellXfs") {
      inFormats = true
    } else if name.isNamed("xf"), inFormats {
      let font = attributes["fontId"].flatMap(Int.init) ?? 0
      styles.append(
        Style(
          kind: kind(attributes["numFmtId"].flatMap(Int.init) ?? 0),
          isStruck: struckFonts.indices.contains(font) && struckFonts[font]))
    }
  }

  func end(_ name: UnsafePointer<CChar>) {
    if name.isNamed("fonts") { inFonts = false } else if name.isNamed("cellXfs") { inFormats = false }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {}

  private func kind(_ id: Int) -> Kind {
    if let code = formats[id] { return Self.kind(of: code) }
    switch id {
    case 14...17, 27...31, 34...36, 50...54, 57, 58: return .date(hasTime: false)
    case 22: return .date(hasTime: true)
    case 18...21, 32, 33, 45...47, 55, 56: return .time
    default: return .plain
    }
  }

  /// - Parameter code: a number format such as `yyyy"年"m"月"d"日" h:mm`.
  static func kind(of code: String) -> Kind {
    // Only the format of positive numbers counts.
    var shown = ""
    var rest = Substring(code)
    while let first = rest.popFirst(), first != ";" {
      switch first {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }.lowercased()
        rest = rest.dropFirst(inside.count + 1)
        // Elapsed time; colours, conditions and locales say nothing.
        if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { shown += inside }
      default: shown += first.lowercased()
      }
    }
    if shown.isEmpty || shown == "general" || shown.contains("@") { return .plain }
    if shown.allSatisfy({ $0 == "0" }) { return shown.count > 1 ? .padded(shown.count) : .plain }
    let hasDay = shown.contains("y") || shown.contains("d") || (shown.contains("e") && shown.contains("m"))
    let hasTime = shown.contains("h") || shown.contains("s")
    if hasDay || (shown.contains("m") && !hasTime) { return .date(hasTime: hasTime) }
    return hasTime ? .time : .plain
  }
}
