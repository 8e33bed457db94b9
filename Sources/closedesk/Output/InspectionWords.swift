import ClosureModel
import Compose

/// What was seen of a file, for a person.
struct InspectionWords {
  let catalog: FindingCatalog
  let locale: Locale
  let style: Style
  let reveal: Bool
  private var zh: Bool { locale == .zhCN }

  func lines(_ reading: AttachmentReading, file: String, findings: [Finding]) -> [String] {
    var out = [style.bold("── \(InspectionLine.path(file, reveal: reveal))") + "  \(reading.type.rawValue)"]
    for failure in reading.failures { out.append(row(zh ? "打不开" : "not opened", style.red(failure.description))) }
    for page in reading.pages { out += self.page(page, reading) }
    if let letter = reading.letter { out += self.letter(letter) }
    for finding in findings {
      let mark =
        switch finding.verdict {
        case .satisfied, .notApplicable: style.green("✓")
        case .doubtful: style.yellow("?")
        case .missing, .unusable, .contradicted: style.red("✗")
        }
      out.append("  \(mark) \(finding.code.rawValue)  \(catalog.message(finding.code, locale))")
    }
    return out
  }

  private func page(_ page: PageFacts, _ reading: AttachmentReading) -> [String] {
    let colour =
      switch page.colour {
      case .colour: zh ? "彩色" : "colour"
      case .grey: zh ? "灰度" : "grey"
      case .bilevel: zh ? "黑白" : "black and white"
      }
    var facts = ["\(page.width)×\(page.height)", colour]
    facts.append((zh ? "清晰度 " : "sharpness ") + String((page.sharpness * 100).rounded() / 100))
    if let rotation = page.rotation, rotation != 0 {
      facts.append(zh ? "要转 \(rotation)°" : "to be turned by \(rotation)°")
    }
    if page.isBlank { facts.append(zh ? "空白" : "blank") }
    if page.isTooSmall { facts.append(zh ? "过小" : "too small") }
    let name = [page.entry, (zh ? "第 \(page.number) 页" : "page \(page.number)")].compactMap(\.self).joined(
      separator: " ")
    var out = [row(name, facts.joined(separator: zh ? "，" : ", "))]
    for seal in page.seals {
      let ring = reading.letter?.seals.first { $0.page == page.number && $0.seal.box == seal.box }?.ring
      out.append(row(zh ? "印章" : "seal", self.seal(seal, ring)))
    }
    return out
  }

  private func seal(_ seal: SealReading, _ ring: LetterReading.Ring?) -> String {
    let kind =
      switch seal.kind {
      case .company: zh ? "公章" : "company seal"
      case .specialPurpose: zh ? "专用章" : "special-purpose seal"
      case .personal: zh ? "名章" : "personal seal"
      case .unknown: zh ? "不明" : "unknown"
      }
    var facts = [kind, seal.shape.rawValue, seal.ink.rawValue]
    facts += SealReading.Flaw.allCases.filter(seal.flaws.contains).map(\.rawValue)
    let box = seal.box
    facts.append("[\(box.x),\(box.y),\(box.width),\(box.height)]")
    if let ring {
      let verdict =
        switch ring.verdict {
        case .matched: style.green(zh ? "与公司名称一致" : "bears the company's name")
        case .contradicted: style.red(zh ? "是另一家公司" : "another company's")
        case .undecided: style.yellow(zh ? "没有读清" : "not read for certain")
        }
      facts.append("\(verdict) (\(zh ? "读作" : "reads") “\(ring.text)”)")
    }
    return facts.joined(separator: " ")
  }

  private func letter(_ letter: LetterReading) -> [String] {
    func shown(_ field: LetterReading.Field?, isIdentifier: Bool = false) -> String {
      guard let field else { return zh ? "（没有读到）" : "(not read)" }
      if reveal { return field.text }
      return isIdentifier ? Masking.identifier(field.text) : Masking.text(field.text)
    }
    return [
      row(zh ? "标题" : "title", "\(shown(letter.title.field))  \(letter.title.state.rawValue)"),
      row(zh ? "公司" : "company", "\(shown(letter.company.field))  \(letter.company.state.rawValue)"),
      row(
        zh ? "账号" : "account",
        "\(shown(letter.account.field, isIdentifier: true))  \(letter.account.state.rawValue)"),
      row(zh ? "日期" : "date", shown(letter.date.field)),
      row(zh ? "声明" : "statement", "\(letter.statement.state.rawValue)"),
    ]
  }

  private func row(_ name: String, _ text: String) -> String { "  \(name)：\(text)" }
}
