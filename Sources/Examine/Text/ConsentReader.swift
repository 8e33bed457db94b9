import ClosureModel

/// Reads the applicant's statement to have read and to agree to the closing notice. Fails closed: a clause that reads or
/// agrees must be understood to its last character, the rest of its sentence must speak of something known, and nothing
/// in the text may take the statement back, put it under a condition or put the closing off.
struct ConsentReader {
  enum Verdict: Sendable { case affirmed, denied, unclear }
  struct Result: Sendable {
    var verdict: Verdict
    var code: FindingCode
    /// The words that speak for the statement, and those that speak against it.
    var statement: Range<Int>?
    var against: Range<Int>?
    /// Whose line the words are on where they are not the applicant's.
    var foreign: StatementReading.Speaker? = nil
  }

  private let script: Script
  private let text: NormalText
  /// Clauses that are the applicant's present words.
  private var own: [Int] = []
  /// Clauses with acts that stand in quotation marks, on somebody else's line or beside an empty box.
  private var notOwn: [Int] = []
  private var acts: [Act] = []
  private let checks: ClauseChecks

  static func read(_ script: Script, _ text: NormalText, _ names: PersonNames) -> Result {
    var reader = ConsentReader(script, text, names)
    var result = reader.run()
    if result.code == .consentQuoted, let against = result.against {
      result.foreign = script.clauses.first { $0.range == against }.flatMap {
        switch $0.speaker {
        case .applicant: nil
        case .agent: .agent
        case .history: .history
        }
      }
    }
    return result
  }

  private init(_ script: Script, _ text: NormalText, _ names: PersonNames) {
    self.script = script
    self.text = text
    let mayBeUnticked = script.clauses.contains { $0.has(.unticked) }
    for index in script.clauses.indices {
      let clause = script.clauses[index]
      let isAct = clause.classes.meets(Self.acting)
      let isQuoted = script.words(clause).contains { $0.isQuoted }
      if clause.speaker != .applicant || isQuoted || (mayBeUnticked && ClauseChecks.isUnticked(script, index)) {
        if isAct { notOwn.append(index) }
      } else {
        own.append(index)
      }
    }
    checks = ClauseChecks(script: script, own: own, text: text, names: names)
  }

  private static let acting = ClassSet(.read, .know, .agree, .near, .objection)

  private mutating func run() -> Result {
    if own.isEmpty, notOwn.isEmpty { return Result(verdict: .denied, code: .consentMissing) }
    acts = ActFinder.find(script, own, text, checks.names)
    return judge()
  }

  // MARK: The statement

  private func judge() -> Result {
    if let machine = first(.machine) {
      // Data of some program that would otherwise be a statement; orders to the reader never are.
      let isData = own.allSatisfy { index in
        script.words(script.clauses[index]).allSatisfy { word in
          word.kind != .machine || !text.scalars[word.range].contains { Scalars.isLetter($0) || Scalars.isHan($0) }
        }
      }
      let isStatement = isData && says(.read, .know) && says(.agree)
      return Result(verdict: isStatement ? .unclear : .denied, code: .consentInsincere, against: range(machine))
    }
    let about = acts.filter { $0.object == .notice || $0.object == .unnamed || $0.object == .ambiguous }
    guard !about.isEmpty || acts.contains(where: { $0.object == .document || $0.object == .closing }) else {
      return withoutActs()
    }
    // Each act's own clause says whether it is asserted at all.
    var asserted: [Act] = []
    var problems: [ClauseChecks.Problem] = []
    var refusals: [Act] = []
    for act in acts {
      let isAbout = act.object == .notice || act.object == .unnamed || act.object == .ambiguous
      if act.isNegated {
        let clause = script.clauses[act.clause]
        let isAsked = clause.has(.question) || clause.end == .question
        let namesNotice = clause.classes.meets(ClassSet(.notice, .short))
        if isAbout || namesNotice, act.kind != .near, !isAsked { refusals.append(act) }
        continue
      }
      guard isAbout, act.kind != .near else { continue }
      if let problem = checks.problem(act.clause, isReading: act.kind == .read && !hasAgree(act.clause)) {
        let isUnread = problem.code == .consentUnclear && !problem.isDenial
        if isUnread, act.object == .ambiguous { continue }
        if problems.last?.clause != problem.clause { problems.append(problem) }
      } else {
        asserted.append(act)
      }
    }
    let reads = asserted.filter { $0.kind == .read && $0.object == .notice }
    let agrees = asserted.filter { $0.kind == .agree && $0.object == .notice }
    guard let agree = agrees.last, let read = reads.last(where: { $0.clause <= agree.clause }) ?? reads.first else {
      return incomplete(asserted, problems, refusals)
    }
    let clauses = min(read.clause, agree.clause)...max(read.clause, agree.clause)
    let span = script.clauses[clauses.lowerBound].range.lowerBound..<script.clauses[clauses.upperBound].range.upperBound
    func result(_ verdict: Verdict, _ code: FindingCode, _ against: Int?) -> Result {
      Result(verdict: verdict, code: code, statement: span, against: against.map(range))
    }
    if let refusal = refusals.last {
      if refusal.clause > agree.clause {
        // Taken back by a later word, or two words that cannot both hold.
        let isLater = own.contains {
          $0 > agree.clause && $0 <= refusal.clause && script.clauses[$0].classes.meets(ClassSet(.now, .withdrawn, .avow, .elsewhere))
        }
        return result(isLater ? .denied : .unclear, .consentWithdrawn, refusal.clause)
      }
      let renewed = own.contains {
        $0 > refusal.clause && $0 <= agree.clause && script.clauses[$0].classes.meets(ClassSet(.now, .withdrawn))
      } || checks.isPast(refusal.clause)
      let sameSentence = script.clauses[refusal.clause].sentence == script.clauses[agree.clause].sentence
      if sameSentence || !renewed {
        return result(sameSentence ? .denied : .unclear, .consentNegated, refusal.clause)
      }
    }
    // An act elsewhere that is asked about, conditional or somebody else's puts a statement beside it in doubt.
    let avowed = checks.isAvowed(agree.clause) || checks.isAvowed(read.clause)
    let isOpen = { (problem: ClauseChecks.Problem) in
      // What was not understood before a plain statement is overtaken by it.
      !checks.isAnswered(problem.clause) && !isBesideReading(problem, agree) && !(avowed && problem.clause < clauses.lowerBound)
        && (script.clauses[problem.clause].sentence == script.clauses[agree.clause].sentence
          || acts.contains { $0.clause == problem.clause && ($0.kind == .agree || names(script.clauses[problem.clause])) })
        && (problem.isDenial || problem.code != .consentUnclear || problem.clause > min(read.clause, agree.clause))
    }
    if let problem = problems.first(where: isOpen) {
      let isDenial = problem.isDenial && problem.code != .consentQuestion && abs(problem.clause - agree.clause) <= 2
      return result(isDenial ? .denied : .unclear, problem.code, problem.clause)
    }
    if let problem = checks.spoiler(core: Set([read.clause, agree.clause]), span: clauses) {
      return result(problem.isDenial ? .denied : .unclear, problem.code, problem.clause)
    }
    if let ambiguous = asserted.last(where: { $0.object == .ambiguous && $0.clause > agree.clause }) {
      return result(.unclear, .consentUnclear, ambiguous.clause)
    }
    return Result(verdict: .affirmed, code: .consentSatisfied, statement: span)
  }

  /// 我已阅读并同意，群里大家也看过: somebody else read it too.
  private func isBesideReading(_ problem: ClauseChecks.Problem, _ agree: Act) -> Bool {
    problem.code == .consentThirdParty && !hasAgree(problem.clause) && script.clauses[agree.clause].has(.own)
      && script.clauses[agree.clause].classes.meets(ClassSet(.read, .know))
  }

  /// A clause that names some paper.
  private func names(_ clause: Clause) -> Bool {
    clause.classes.meets(ClassSet(.notice, .short, .bare, .ambiguous, .document, .part))
  }

  private func hasAgree(_ clause: Int) -> Bool {
    script.clauses[clause].has(.agree) || script.clauses[clause].has(.objection)
  }

  // MARK: No whole statement

  private func incomplete(_ asserted: [Act], _ problems: [ClauseChecks.Problem], _ refusals: [Act]) -> Result {
    let place = (asserted.first ?? acts.first).map { range($0.clause) }
    func result(_ verdict: Verdict, _ code: FindingCode, _ against: Int? = nil) -> Result {
      Result(verdict: verdict, code: code, statement: place, against: against.map(range))
    }
    if let refusal = refusals.first {
      if let doubt = problems.first(where: { !$0.isDenial }), asserted.isEmpty, doubt.clause == refusal.clause {
        return result(.unclear, doubt.code, doubt.clause)
      }
      return result(.denied, .consentNegated, refusal.clause)
    }
    if let denial = problems.first(where: { $0.isDenial }) {
      let isOnBehalf = denial.code == .consentThirdParty && first(.behalf) != nil
      return result(isOnBehalf ? .unclear : .denied, denial.code, denial.clause)
    }
    let hasRead = acts.contains { $0.kind == .read && !$0.isNegated && $0.object != .document }
    let hasAgree = acts.contains { $0.kind == .agree && !$0.isNegated && $0.object != .document && $0.object != .elsewhere }
    let hasNear = acts.contains { $0.kind == .near && !$0.isNegated }
    if let spoiler = checks.spoiler(core: Set(acts.map(\.clause)), span: nil), spoiler.isDenial {
      return result(.denied, spoiler.code, spoiler.clause)
    }
    if acts.contains(where: { $0.object == .document && $0.kind == .agree && !$0.isNegated }), !asserted.contains(where: { $0.object == .notice }) {
      return result(.denied, .consentOtherDocument, acts.first { $0.object == .document }?.clause)
    }
    // Both halves are there, but one is not understood, not about a paper that is known, or about the closing.
    if hasRead, hasAgree { return result(.unclear, .consentUnclear, problems.first?.clause) }
    if hasRead, hasNear { return result(.unclear, .consentUnclear) }
    if hasAgree, let near = first(.receive) ?? (hasNear ? acts.first { $0.kind == .near }?.clause : nil) {
      return result(.unclear, .consentUnclear, near)
    }
    if acts.allSatisfy({ $0.kind == .near }) {
      // 嗯, 好的, 我确认 to somebody else's full question or template.
      let isAnswer = notOwn.contains { script.clauses[$0].has(.agree) } && first(.receive) == nil
      return result(isAnswer ? .unclear : .denied, isAnswer ? .consentQuoted : .consentMissing)
    }
    if hasRead, let hint = own.first(where: isHint) { return result(.unclear, .consentUnclear, hint) }
    if let problem = problems.first, hasAgree || problem.code != .consentUnclear {
      return result(.unclear, problem.code, problem.clause)
    }
    return result(.denied, hasRead || hasAgree ? .consentHalf : .consentMissing)
  }

  /// Beside a reading: something that may have been an agreement.
  private func isHint(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.classes.meets(ClassSet(.hedge, .duress, .insincere, .receive, .objection, .blank)) { return true }
    // 已阅读并■■, 已阅读并同: the second half is cut off.
    let words = script.words(clause)
    guard clause.has(.read), let and = words.lastIndex(where: { $0.kind == .and }) else { return false }
    return and == words.index(before: words.endIndex) || words[words.index(after: and)].kind == .unknown
  }

  private func says(_ kinds: WordClass...) -> Bool {
    script.clauses.contains { clause in kinds.contains { clause.has($0) } }
  }

  private func withoutActs() -> Result {
    if isGarbled { return Result(verdict: .unclear, code: .consentUnclear) }
    guard let index = notOwn.first else { return Result(verdict: .denied, code: .consentMissing) }
    // 本人“已阅读并同意”的声明现予以撤回.
    if let withdrawn = first(.withdrawn), script.clauses[withdrawn].sentence == script.clauses[index].sentence {
      return Result(verdict: .denied, code: .consentWithdrawn, against: range(withdrawn))
    }
    // Said in the name of a file only.
    if notOwn.contains(where: { script.words(script.clauses[$0]).last.map { text.scalars[$0.range.lowerBound] == 0x2E } ?? false }) {
      return Result(verdict: .unclear, code: .consentQuoted, against: range(index))
    }
    let isWhole = own.allSatisfy { script.clauses[$0].classes.without(Self.details).isEmpty }
    let quoted = notOwn.filter { script.clauses[$0].speaker == .applicant && !ClauseChecks.isUnticked(script, $0) }
    // A statement wholly in quotation marks, a tick made elsewhere, one's own earlier mail: a person decides.
    if !quoted.isEmpty, isWhole || own.contains(where: { script.clauses[$0].has(.elsewhere) }) {
      return Result(verdict: .unclear, code: .consentQuoted, against: range(index))
    }
    let isOwnHistory = script.clauses.contains { $0.speaker == .history && $0.has(.own) && !$0.classes.meets(Self.acting) }
    if isOwnHistory { return Result(verdict: .unclear, code: .consentQuoted, against: range(index)) }
    return Result(verdict: .denied, code: .consentQuoted, against: range(index))
  }

  private static let garbles: Set<UInt32> = [0xFFFD, 0x25A0, 0x951B, 0x9286, 0x9225, 0xE5, 0xE6, 0xE4, 0xE8, 0xE7, 0xC3]
  private static let fewGarbles = 2

  /// Characters of a wrong decoding or of ink that was not read.
  private var isGarbled: Bool {
    var count = 0
    for scalar in text.scalars where Self.garbles.contains(scalar) { count += 1 }
    return count >= Self.fewGarbles || first(.hedge).map { script.words(script.clauses[$0]).contains { $0.kind == .hedge && text.scalars[$0.range.lowerBound] > 0x2500 && text.scalars[$0.range.lowerBound] < 0x2600 } } ?? false
  }

  private static let details = ClassSet(.identifier, .topic, .polite, .filler)

  private func first(_ kind: WordClass) -> Int? { own.first { script.clauses[$0].has(kind) } }
  private func range(_ clause: Int) -> Range<Int> { script.clauses[clause].range }
}
