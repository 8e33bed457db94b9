public import ClosureModel

/// One file as `closedesk inspect` prints it: `closedesk.inspection/1`.
public enum InspectionLine {
  /// - Parameters:
  ///   - numbers: identity numbers found in the words of the file.
  ///   - problems: codes of the findings that the file alone calls for.
  /// - Returns: one line without its end; personal data masked unless `reveal`.
  public static func json(
    _ reading: AttachmentReading, file: String, numbers: [IdentityNumberReading], problems: [FindingCode],
    reveal: Bool
  ) -> String {
    func shown(_ text: String) -> String { reveal ? text : Masking.text(text) }
    let account = reading.letter?.account.field?.text
    // The account's name is personal, and no pattern finds it among the words.
    func words(_ text: String) -> String {
      guard !reveal, let account, !account.isEmpty else { return shown(text) }
      return shown(text.replacing(account, with: Masking.identifier(account)))
    }
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "closedesk.inspection/1")
      json.field("file", path(file, reveal: reveal))
      json.field("sha256", reading.sha256)
      json.field("type", reading.type.rawValue)
      json.array("pages") { json in
        for page in reading.pages {
          json.object { json in
            write(page, &json)
            json.array("seals") { json in
              for seal in page.seals { write(seal, ring(of: seal, page, reading), &json) }
            }
            json.field("text", reading.text(ofPage: page.number, entry: page.entry).map(words))
          }
        }
      }
      json.object("document") { json in
        let letter = reading.letter
        json.field("kind", kind(letter))
        json.field("title", letter?.title.field?.text)
        json.field("company", letter?.company.field?.text)
        json.field("account", account.map { reveal ? $0 : Masking.identifier($0) })
        json.field("date", letter.flatMap(day)?.description)
        json.field("statement", letter?.statement.state.rawValue)
        json.field("contact", letter?.contactName.map { reveal ? $0.text : Masking.identifier($0.text) })
        json.field("phone", letter?.phone.map { shown($0.text) })
        json.field("email", letter?.email.map { shown($0.text) })
        json.field("blank", letter?.isBlankTemplate ?? false)
      }
      json.array("identity_numbers") { json in
        for number in numbers {
          json.object { json in
            json.field("kind", number.kind.rawValue)
            json.field("value", reveal ? number.value : Masking.identifier(number.value))
            json.field("valid", number.valid)
            json.field("why", number.why.map(shown))
          }
        }
      }
      json.array("problems") { json in
        for problem in problems { json.value(problem.rawValue) }
      }
      json.array("failures") { json in
        for failure in reading.failures {
          json.object { json in
            json.field("code", failure.code.rawValue)
            json.field("what", shown(failure.what))
            json.field("entry", failure.entry.map(shown))
          }
        }
      }
    }
    return json.text
  }

  /// The folder is the operator's own; a file's name may be a customer's.
  public static func path(_ file: String, reveal: Bool) -> String {
    guard !reveal else { return file }
    guard let slash = file.lastIndex(of: "/") else { return Masking.text(file) }
    let name = file.index(after: slash)
    return file[..<name] + Masking.text(String(file[name...]))
  }

  private static func write(_ page: PageFacts, _ json: inout JSONWriter) {
    json.field("page", page.number)
    json.field("entry", page.entry)
    json.field("width", page.width)
    json.field("height", page.height)
    json.field("colour", page.colour.rawValue)
    json.raw("rotation", page.rotation.map(String.init) ?? "null")
    json.raw("skew", rounded(page.skew))
    json.raw("sharpness", rounded(page.sharpness))
    json.field("blank", page.isBlank)
    json.field("too_small", page.isTooSmall)
    json.raw("sheet", page.sheet.map(box) ?? "null")
  }

  private static func write(_ seal: SealReading, _ ring: LetterReading.Ring?, _ json: inout JSONWriter) {
    json.object { json in
      json.field("kind", seal.kind.rawValue)
      json.field("shape", seal.shape.rawValue)
      json.field("ink", seal.ink.rawValue)
      json.raw("box", box(seal.box))
      json.raw("score", rounded(seal.score))
      json.field("ring_text", ring?.text ?? seal.ringText)
      json.field("star", seal.hasStar)
      json.array("flaws") { json in
        for flaw in SealReading.Flaw.allCases where seal.flaws.contains(flaw) { json.value(flaw.rawValue) }
      }
      if let ring {
        json.object("ring") { json in
          json.field("verdict", ring.verdict.rawValue)
          json.raw("loss", rounded(ring.loss))
          json.raw("worst", rounded(ring.worst))
          json.raw("lead", rounded(ring.lead))
        }
      } else {
        json.raw("ring", "null")
      }
    }
  }

  private static func ring(
    of seal: SealReading, _ page: PageFacts, _ reading: AttachmentReading
  ) -> LetterReading.Ring? {
    reading.letter?.seals.first { $0.page == page.number && $0.seal.box == seal.box }?.ring
  }

  /// What the words say that it is; an unread file is of no known kind.
  private static func kind(_ letter: LetterReading?) -> String {
    switch letter?.title.state {
    case .exact, .near: "consent_letter"
    case .otherDocument, .absent, nil: "unknown"
    }
  }

  private static func day(_ letter: LetterReading) -> Day? {
    if case .day(let day) = letter.date.state { day } else { nil }
  }

  private static func box(_ box: Evidence.Box) -> String { "[\(box.x),\(box.y),\(box.width),\(box.height)]" }

  /// Three digits behind the point; JSON knows no infinity.
  private static func rounded(_ value: Double) -> String {
    value.isFinite ? String((value * 1000).rounded() / 1000) : "null"
  }
}
