import ClosureModel

/// A single value, judged: `why` says what is wrong and how to mend it, in Chinese.
public struct CheckResult: Sendable, Hashable {
  public let value: String
  public let valid: Bool
  public let normalised: String?
  public let why: String?
}

/// Checks single values as they are typed into a form.
public struct ContactCheck: Sendable {
  private let words: ContactWords?

  /// - Parameter lexicons: the files of `Templates/lexicons`, name and content.
  /// - Throws: `ExamineError` with file and line for a lexicon that cannot be used.
  public init(lexicons: [(file: String, text: String)]) throws(ExamineError) {
    try LazyLibraries.check()
    words = try ContactWords(lexicons)
  }

  private init() { words = nil }

  /// The form of an address alone, without the lists of misspelled domains: see `email(_:)` of a value.
  public static func email(_ s: String) -> CheckResult { ContactCheck().email(s) }

  /// Mainland mobiles and landlines, 400/800, and what libphonenumber calls valid elsewhere. `normalised` is E.164,
  /// followed by `;ext=` where there is an extension.
  public static func phone(_ s: String) -> CheckResult { ContactCheck().phone(s) }

  /// A dot-atom address (RFC 5321 without quoted local parts); letters beyond ASCII are allowed (EAI, IDN). `mailto:`, angle
  /// brackets and marks around it are passed over.
  public func email(_ s: String) -> CheckResult {
    let given = Self.bare(Scalars.of(s))
    let verdict = EmailJudge(domains: words?.domains).judge(given)
    if verdict.status == .valid { return CheckResult(value: s, valid: true, normalised: verdict.value, why: nil) }
    var why = verdict.fault?.why ?? EmailFault.noAt.why
    if let words, verdict.suggestion == nil, let found = several(s, words) { why = found }
    switch (verdict.suggestion, verdict.fault) {
    case (nil, _), (_, .slip?): break
    case (let suggestion?, _): why += "；是否应为 \(suggestion)"
    }
    return CheckResult(value: s, valid: false, normalised: nil, why: why)
  }

  private func several(_ s: String, _ words: ContactWords) -> String? {
    let text = Normaliser.normalise(Scalars.of(s))
    let found = EmailFinder(
      text: text, given: Scalars.of(s), around: Surroundings(s: text.scalars, words: words),
      judge: EmailJudge(domains: words.domains), domains: words.domains
    ).find()
    if found.count > 1 { return EmailFault.several.why }
    guard let only = found.first, only.fault == .obfuscated, let suggestion = only.suggestion else { return nil }
    return "\(EmailFault.obfuscated.why)；是否应为 \(suggestion)"
  }

  /// Without what mail programs and people put around an address.
  private static func bare(_ given: [UInt32]) -> [UInt32] {
    var s = given[...]
    if let open = s.lastIndex(where: { $0 == 0x3C || $0 == 0xFF1C }),
      let close = s[open...].firstIndex(where: { $0 == 0x3E || $0 == 0xFF1E }), close > open + 1
    {
      s = s[(open + 1)..<close]
    }
    func isAround(_ scalar: UInt32) -> Bool {
      scalar <= 0x20 || Scalars.isBlank(scalar) || Scalars.isInvisible(scalar)
        || [
          0x22, 0x28, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x3001, 0x3002, 0x300A, 0x300B, 0x3010, 0x3011, 0x201C,
          0x201D, 0xFF08, 0xFF09, 0xFF0C, 0xFF1B,
        ].contains(scalar)
    }
    while let first = s.first, isAround(first) { s = s.dropFirst() }
    while let last = s.last, isAround(last) { s = s.dropLast() }
    let scheme = Scalars.of("mailto:")
    if s.count > scheme.count, s.prefix(scheme.count).map(Scalars.fold) == scheme { s = s.dropFirst(scheme.count) }
    return Array(s)
  }

  /// See the static one; without the word lists labels such as 手机 or 香港 before the number are not known.
  public func phone(_ s: String) -> CheckResult {
    func bad(_ fault: PhoneFault, _ suggestion: String? = nil) -> CheckResult {
      CheckResult(
        value: s, valid: false, normalised: nil, why: fault.why + (suggestion.map { "；是否应为 \($0)" } ?? ""))
    }
    let text = Normaliser.normalise(Scalars.of(s))
    guard !text.scalars.isEmpty else { return bad(.empty) }
    let around = Surroundings(s: text.scalars, words: words ?? .none)
    var finder = PhoneFinder(text, around: around, isCell: true, providerDigits: [], mails: [])
    let found = finder.find()
    guard let first = found.first else {
      return bad(text.scalars.contains(where: Scalars.isDigit) ? .letters : .noDigits)
    }
    if let second = found.dropFirst().first {
      return bad(second.fault == .abbreviated ? .abbreviated : .several)
    }
    guard first.status == .valid else {
      if Self.isScientific(text.scalars) { return bad(.scientific) }
      return bad(first.fault ?? .letters, first.suggestion)
    }
    guard isAlone(first.range, text, around) else { return bad(.extra) }
    return CheckResult(
      value: s, valid: true, normalised: first.ext.map { "\(first.value);ext=\($0)" } ?? first.value, why: nil)
  }

  /// 1.38001E+10, as spreadsheet programs show a number.
  private static func isScientific(_ s: [UInt32]) -> Bool {
    s.contains(0x65) && s.allSatisfy { Scalars.isDigit($0) || $0 == 0x2E || $0 == 0x2B || $0 == 0x65 }
  }

  /// Beside the number stand labels, regions and marks only.
  private func isAlone(_ range: Range<Int>, _ text: NormalText, _ around: Surroundings) -> Bool {
    var i = 0
    while i < text.scalars.count {
      if i == range.lowerBound {
        i = range.upperBound
        continue
      }
      let end = i < range.lowerBound ? range.lowerBound : text.scalars.count
      if let label = around.words.phrases.match(text.scalars, i, below: end, [.phoneLabel, .region, .own]) {
        i += label.length
      } else if text.scalars[i] < 0x80
        ? Scalars.isWord(text.scalars[i]) : EmailAddress.isLetterBeyondASCII(text.scalars[i])
      {
        return false
      } else {
        i += 1
      }
    }
    return true
  }
}
