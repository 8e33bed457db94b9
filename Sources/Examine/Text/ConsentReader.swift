import ClosureModel

/// Reads the applicant's statement to have read and to agree to the closing notice. Fails closed: a clause that reads or
/// agrees must be understood to its last character, the rest of its sentence must speak of something known, and nothing
/// in the text may take the statement back, put it under a condition or put the closing off. One object, as its checks
/// hand it on to closures.
final class ConsentReader {
  enum Verdict: Sendable { case affirmed, denied, unclear }
  struct Result: Sendable {
    var verdict: Verdict
    var code: FindingCode
    /// The words that speak for the statement, and those that speak against it.
    var statement: Range<Int>?
    var against: Range<Int>?
    /// Whose line the words are on where they are not the applicant's.
    var foreign: StatementReading.Speaker? = nil
    /// The words against it are a remark that weighs too much.
    var isWeighed = false
  }

  let page: Page
  var script: Script { page.script }
  var text: NormalText { page.text }
  /// Clauses that are the applicant's present words.
  let own: [Int]
  /// Clauses with acts that stand in quotation marks, on somebody else's line or beside an empty box.
  let notOwn: [Int]
  let acts: [Act]
  private let checks: ClauseChecks
  var data: DataWords { page.vocabulary.data }

  /// - Parameter isWeighed: remarks beside the statement are weighed.
  static func read(_ page: Page, isWeighed: Bool = true) -> Result {
    let reader = ConsentReader(page, isWeighed)
    var result = reader.run()
    // What stands beside a whole statement and is ordinary is as if it did not stand there.
    if isWeighed, let rest = reader.readWithoutOrdinary(result) { result = rest }
    if result.verdict == .affirmed, let statement = result.statement, reader.isBelowSignatureMark(statement) {
      result = Result(verdict: .unclear, code: .consentUnclear, statement: statement, against: statement)
    }
    if result.code == .consentQuoted, let against = result.against {
      result.foreign = page.script.clauses.first { $0.range == against }.flatMap {
        switch $0.speaker {
        case .applicant, .footer: nil
        case .agent: .agent
        case .history: .history
        case .stranger: .other
        }
      }
    }
    return result
  }

  /// A mail's signature, below a line of two hyphens (RFC 3676, 4.3): it stands under every mail, whatever that is about.
  private func isBelowSignatureMark(_ statement: Range<Int>) -> Bool {
    let lines = text.scalars[..<statement.lowerBound].split(separator: Self.lineEnd, omittingEmptySubsequences: false)
    return lines.indices.dropFirst().dropLast().contains { line in
      lines[line].filter { $0 != Self.blank }.elementsEqual([Self.hyphen, Self.hyphen])
    }
  }
  private static let (lineEnd, blank, hyphen): (UInt32, UInt32, UInt32) = (0x0A, 0x20, 0x2D)

  private init(_ page: Page, _ isWeighed: Bool, without ordinary: Set<Int> = []) {
    self.page = page
    let script = page.script
    let hasQuotes = script.tokens.contains { $0.isQuoted }
    var (own, notOwn) = ([Int](), [Int]())
    own.reserveCapacity(script.clauses.count)
    let mayBeUnticked = script.clauses.contains { $0.classes.meets(ClassSet(.unticked, .no)) }
    for index in script.clauses.indices {
      let clause = script.clauses[index]
      let isAct = clause.classes.meets(Self.acting)
      let isQuoted =
        hasQuotes && script.words(clause).contains { $0.isQuoted } && !ClauseChecks.isOwnQuotation(script, index)
      if clause.speaker == .footer || ordinary.contains(index) { continue }
      // …，<s>第三条不同意</s>，…: taken back, and nothing else stood there.
      if clause.tokens.count == 1, clause.range.count == 1,
        page.text.scalars[clause.range].first == VisibleText.struckMark
      {
        continue
      }
      // （是/否）: what a form offers.
      if ClauseChecks.isChoice(script, index) || ClauseChecks.isNone(script, index) { continue }
      // （打错了，是“同意”）
      if clause.isBracketed, page.vocabulary.slipNotes.covers(script, page.text, index) { continue }
      // 需要回访：×
      if clause.isLabelled, index > 0, clause.tokens.count == 1, clause.has(.no), ClauseChecks.isNone(script, index - 1)
      {
        continue
      }
      if clause.speaker != .applicant || isQuoted || (mayBeUnticked && ClauseChecks.isUnticked(script, index)) {
        if isAct {
          notOwn.append(index)
        } else if clause.isBracketed, clause.speaker == .applicant, !isQuoted, clause.unknown > 0,
          page.text.scalars[clause.range].contains(where: { Self.explaining.contains($0) })
        {
          // [ ] 资源已清空（还有一台在跑，月底迁完）: why the box is empty.
          own.append(index)
        }
      } else {
        own.append(index)
      }
    }
    (self.own, self.notOwn) = (own, notOwn)
    acts = own.isEmpty ? [] : ActFinder.find(page, own)
    checks = ClauseChecks(page, own: own, isWeighed: isWeighed)
  }

  /// Reads again without the clause that speaks against a whole statement, where it says what tickets ordinarily say; and
  /// without the next one that does.
  /// - Returns: nil where the statement is still not affirmed.
  private func readWithoutOrdinary(_ first: Result) -> Result? {
    var (result, ordinary) = (first, Set<Int>())
    while result.verdict != .affirmed {
      guard result.statement != nil, ordinary.count < Self.mostOrdinary, let against = result.against,
        let index = own.first(where: { script.clauses[$0].range == against }), !ordinary.contains(index),
        isOrdinary(index)
      else { return nil }
      ordinary.insert(index)
      result = ConsentReader(page, true, without: ordinary).run()
    }
    return ordinary.isEmpty ? nil : result
  }
  private static let mostOrdinary = 8

  private func isOrdinary(_ index: Int) -> Bool {
    switch ordinaryKind(index) {
    case .remark, .loss: return true
    case .asking:
      let next = index + 1
      return script.clauses.indices.contains(next) && script.clauses[next].end == .question
        && script.clauses[next].sentence == script.clauses[index].sentence
        && !acts.contains { $0.clause == next }
    case .request:
      // 备案注销后，请注销
      return own.allSatisfy {
        script.clauses[$0].sentence != script.clauses[index].sentence || $0 == index || isStatedOrPlain($0)
          || ordinaryKind($0) != nil
      }
    case nil: return false
    }
  }

  private func ordinaryKind(_ index: Int) -> OrdinaryRemarks.Kind? {
    let clause = script.clauses[index]
    guard clause.end != .question, clause.end != .colon, !clause.classes.meets(Self.stating.without(ClassSet(.know))),
      !script.words(clause).contains(where: \.isQuoted)
    else { return nil }
    // 数据都备份好了，才能注销: the next clause goes on with it.
    if index + 1 < script.clauses.count, script.clauses[index + 1].sentence == clause.sentence,
      let next = text.scalars[script.clauses[index + 1].range].first(where: { $0 != 0x20 }),
      Self.goingOn.contains(next)
    {
      return nil
    }
    // ■ 已备份数据
    let words = script.words(clause)
    let from = words.first.flatMap { $0.kind == .ticked && words.count > 1 ? $0.range.upperBound : nil }
    let kind = page.vocabulary.ordinary.kind(
      of: text.scalars[(from ?? clause.range.lowerBound)..<clause.range.upperBound],
      isPlain: !clause.classes.meets(Self.telling))
    // 知道一旦注销无法恢复: of what is known, no paper's.
    return clause.has(.know) && kind != .loss ? nil : kind
  }

  /// Reads or agrees, greets, or gives a mobile number, an address or an account's name; a shorter number may be a day.
  private func isStatedOrPlain(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if acts.contains(where: { $0.clause == index && ($0.kind == .read || $0.kind == .agree) }) { return true }
    let isContact = script.words(clause).contains { word in
      let scalars = text.scalars[word.range]
      return word.kind == .identifier
        && (scalars.contains(Self.at) || scalars.count(where: Scalars.isDigit) > 10
          || clause.has(.topic) && scalars.count > 3 && scalars.contains(where: Scalars.isLetter)
            && !WrittenDate.begins(scalars))
    }
    let plain = ClassSet(.polite, .filler, .own)
    return clause.classes.without(isContact ? plain.union(ClassSet(.topic, .identifier)) : plain).isEmpty
  }
  private static let at: UInt32 = 0x40  // @
  private static var stating: ClassSet {
    ClassSet(.read, .know, .agree, .objection, .notice, .short, .ambiguous, .lead, .avow, .bare)
  }
  /// People, refusals, conditions and what is to be done.
  private static var telling: ClassSet {
    ClassSet(
      .third, .you, .agent, .owner, .behalf, .says, .negation, .none, .condition, .question, .hedge, .request, .close,
      .keep, .pause, .limit, .before, .future, .withdrawn, .unread, .untrue, .insincere, .duress, .deemed)
  }
  private static let goingOn = ScalarSet("才再就后之以时的吗呢")

  static var acting: ClassSet { ClassSet(.read, .know, .agree, .near, .objection) }
  private static let explaining = ScalarSet("还等没未先再才完")

  private func run() -> Result {
    own.isEmpty && notOwn.isEmpty ? Result(verdict: .denied, code: .consentMissing) : judge()
  }

  // MARK: The statement

  private func judge() -> Result {
    if let machine = own.first(where: { script.clauses[$0].has(.machine) && !isPrinted($0) }) ?? keyed ?? record {
      return machineVerdict(machine)
    }
    let about = acts.filter { $0.object == .notice || $0.object == .unnamed || $0.object == .ambiguous }
    guard !about.isEmpty || acts.contains(where: { $0.object == .document || $0.object == .closing }) else {
      return withoutActs()
    }
    // Each act's own clause says whether it is asserted at all.
    var asserted: [Act] = []
    var problems: [ClauseChecks.Problem] = []
    var refusals: [Act] = []
    /// 是否不同意？ asks for the contrary of what its answer may mean.
    var denying: [Int] = []
    // Acts of one clause stand together: what speaks against it is found once.
    var judged: (clause: Int, isReading: Bool, problem: ClauseChecks.Problem?)? = nil
    for act in acts {
      let isAbout = act.object == .notice || act.object == .unnamed || act.object == .ambiguous
      if act.isNegated {
        let clause = script.clauses[act.clause]
        let isAsked = clause.has(.question) || clause.end == .question
        // 第七条关于余额的不同意
        let namesNotice =
          clause.classes.meets(ClassSet(.notice, .short))
          || act.kind == .agree && act.object != .document && clause.has(.part) && isNumbered(clause)
        if isAbout || namesNotice, act.kind != .near, !isAsked, !checks.isOthersAffair(act.clause),
          !checks.isOfOtherPaper(clause)
        {
          refusals.append(act)
        }
        // 对须知是否有异议：有
        if isAsked, isAbout || namesNotice, act.kind == .agree, checks.answer(act.clause) == true,
          !checks.isAnsweredByAct(act.clause)
        {
          refusals.append(act)
        }
        if isAsked, act.kind == .agree, !checks.isAnsweredByAct(act.clause) { denying.append(act.clause) }
        continue
      }
      guard isAbout, act.kind != .near else { continue }
      let isReading = act.kind == .read && !hasAgree(act.clause)
      if judged?.clause != act.clause || judged?.isReading != isReading {
        judged = (act.clause, isReading, checks.problem(act.clause, isReading: isReading))
      }
      if let problem = judged?.problem {
        // 其余资料请看附件: looking at something else, asked of somebody.
        if act.kind == .read, problem.code == .consentQuoted, !names(script.clauses[act.clause]), !hasAgree(act.clause)
        {
          continue
        }
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
          $0 > agree.clause && $0 <= refusal.clause
            && script.clauses[$0].classes.meets(ClassSet(.now, .withdrawn, .avow, .elsewhere))
        }
        return result(isLater ? .denied : .unclear, .consentWithdrawn, refusal.clause)
      }
      let renewed =
        own.contains {
          $0 > refusal.clause && $0 <= agree.clause && script.clauses[$0].classes.meets(ClassSet(.now, .withdrawn))
        } || checks.isPast(refusal.clause)
      // 之前不同意，现在同意: what was refused before, and the word for now, in one sentence.
      let isOvertaken =
        script.clauses[refusal.clause].has(.elsewhere)
        && own.contains { $0 > refusal.clause && $0 <= agree.clause && script.clauses[$0].has(.now) }
      let sameSentence =
        script.clauses[refusal.clause].sentence == script.clauses[agree.clause].sentence && !isOvertaken
      if sameSentence || !renewed {
        return result(sameSentence ? .denied : .unclear, .consentNegated, refusal.clause)
      }
    }
    // An act elsewhere that is asked about, conditional or somebody else's puts a statement beside it in doubt.
    let avowed = checks.isAvowed(agree.clause) || checks.isAvowed(read.clause)
    let agreeing = problems.isEmpty ? [] : Set(acts.lazy.filter { $0.kind == .agree }.map(\.clause))
    let acting = problems.isEmpty ? [] : Set(acts.lazy.map(\.clause))
    func isOpen(_ problem: ClauseChecks.Problem) -> Bool {
      // What was not understood before a plain statement is overtaken by it.
      !checks.isAnswered(problem.clause) && !checks.isAdding(problem.clause) && !isBesideReading(problem, agree)
        && !isAskedToLook(problem) && !isKeptUp(problem, agree) && !isMet(problem, read)
        && !isBesideAgreeing(problem, agree)
        && !(avowed && problem.clause < clauses.lowerBound)
        && (script.clauses[problem.clause].sentence == script.clauses[agree.clause].sentence
          || agreeing.contains(problem.clause)
          || acting.contains(problem.clause) && names(script.clauses[problem.clause]))
        && (problem.isDenial || problem.code != .consentUnclear || problem.clause > min(read.clause, agree.clause))
    }
    if let problem = problems.first(where: isOpen) {
      let isDenial = problem.isDenial && problem.code != .consentQuestion && abs(problem.clause - agree.clause) <= 2
      return result(isDenial ? .denied : .unclear, problem.code, problem.clause)
    }
    if checks.isYetToRead(read.clause) { return result(.unclear, .consentFuture, read.clause) }
    if let problem = checks.spoiler(core: Places([read.clause, agree.clause]), span: clauses) {
      return result(problem.isDenial ? .denied : .unclear, problem.code, problem.clause)
    }
    if let asked = denying.last(where: { $0 < agree.clause && agree.clause - $0 <= 2 }),
      script.clauses[agree.clause].isLabelled
    {
      return result(.unclear, .consentQuestion, asked)
    }
    if let ambiguous = asserted.last(where: { $0.object == .ambiguous && $0.clause > agree.clause }) {
      return result(.unclear, .consentUnclear, ambiguous.clause)
    }
    if let remark = checks.scale.heaviest(beside: clauses.upperBound) {
      var weighed = result(.unclear, .consentUnclear, remark)
      weighed.isWeighed = true
      return weighed
    }
    return Result(verdict: .affirmed, code: .consentSatisfied, statement: span)
  }

  /// 第七条: a part by its number.
  private func isNumbered(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.kind == .part && text.scalars[$0.range.lowerBound] == Self.ordinal }
  }
  private static let ordinal: UInt32 = 0x7B2C  // 第

  /// 我已阅读并同意，群里大家也看过: somebody else read it too.
  private func isBesideReading(_ problem: ClauseChecks.Problem, _ agree: Act) -> Bool {
    problem.code == .consentThirdParty && !hasAgree(problem.clause) && script.clauses[agree.clause].has(.own)
      && (script.clauses[agree.clause].classes.meets(ClassSet(.read, .know)) || isReadByOneself(before: problem.clause))
  }

  /// 我同意，他也同意: somebody else agrees too.
  private func isBesideAgreeing(_ problem: ClauseChecks.Problem, _ agree: Act) -> Bool {
    let clause = script.clauses[problem.clause]
    return problem.code == .consentThirdParty && problem.clause > agree.clause
      && script.clauses[agree.clause].has(.own) && clause.end != .question
      && clause.classes.without(ClassSet(.third, .own, .read, .know, .agree, .and, .filler, .manner)).isEmpty
      && script.words(clause).contains { ClauseChecks.still.contains(Array(text.scalars[$0.range])) }
      && script.words(clause).first.map { $0.kind == .third || $0.kind == .own } ?? false
  }

  /// 当时同意，现在依然同意: what was agreed to then, and is agreed to now in the same sentence.
  private func isKeptUp(_ problem: ClauseChecks.Problem, _ agree: Act) -> Bool {
    let (clause, now) = (script.clauses[problem.clause], script.clauses[agree.clause])
    return !problem.isDenial && problem.clause < agree.clause && clause.has(.elsewhere) && hasAgree(problem.clause)
      && clause.sentence == now.sentence && now.has(.now)
      && clause.classes.without(ClassSet(.elsewhere, .agree, .own, .filler, .manner, .and)).isEmpty
  }

  /// 客服解释了为什么要先看须知。我看了: asked to read before, and the applicant says in a later sentence that he did.
  private func isMet(_ problem: ClauseChecks.Problem, _ read: Act) -> Bool {
    let (clause, own) = (script.clauses[problem.clause], script.clauses[read.clause])
    return problem.code == .consentQuoted && problem.clause < read.clause && !hasAgree(problem.clause)
      && clause.sentence < own.sentence && own.has(.own)
      && !clause.classes.meets(ClassSet(.template, .machine, .blank, .unticked, .negation))
  }

  /// 我打印出来读过，也请父亲过目: the applicant read it in the clause before.
  private func isReadByOneself(before index: Int) -> Bool {
    guard index > 0 else { return false }
    let clause = script.clauses[index - 1]
    return clause.sentence == script.clauses[index].sentence && clause.has(.own)
      && clause.classes.meets(ClassSet(.read, .know))
      && !clause.classes.meets(ClassSet(.negation, .unread, .third, .question, .condition, .future))
  }

  /// 请看附件, 麻烦一起看: whoever reads the ticket is asked to look at something that is not the notice.
  private func isAskedToLook(_ problem: ClauseChecks.Problem) -> Bool {
    let clause = script.clauses[problem.clause]
    guard problem.code == .consentQuoted, clause.has(.read), !hasAgree(problem.clause), !names(clause) else {
      return false
    }
    return script.words(clause).contains { $0.kind == .request || $0.kind == .polite }
      && !clause.classes.meets(ClassSet(.instruct, .template, .negation, .condition, .question))
  }

  /// A clause that names some paper.
  func names(_ clause: Clause) -> Bool {
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
      if denial.code == .consentQuoted, isAffirmedOnly { return result(.unclear, .consentQuoted, denial.clause) }
      return result(isOnBehalf ? .unclear : .denied, denial.code, denial.clause)
    }
    let hasRead = acts.contains { $0.kind == .read && !$0.isNegated && $0.object != .document }
    let hasAgree = acts.contains {
      $0.kind == .agree && !$0.isNegated && $0.object != .document && $0.object != .elsewhere
    }
    let hasNear = acts.contains { $0.kind == .near && !$0.isNegated }
    if let spoiler = checks.spoiler(core: Places(acts.map(\.clause)), span: nil), spoiler.isDenial {
      return result(.denied, spoiler.code, spoiler.clause)
    }
    if acts.contains(where: { $0.object == .document && $0.kind == .agree && !$0.isNegated }),
      !asserted.contains(where: { $0.object == .notice })
    {
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
      if isGarbled { return result(.unclear, .consentUnclear) }
      return result(isAnswer ? .unclear : .denied, isAnswer ? .consentQuoted : .consentMissing)
    }
    if hasRead, let hint = own.first(where: isHint) { return result(.unclear, .consentUnclear, hint) }
    if let problem = problems.first, hasAgree || problem.code != .consentUnclear {
      return result(.unclear, problem.code, problem.clause)
    }
    if isGarbled || hasRead && file != nil { return result(.unclear, .consentUnclear) }
    if !hasRead, !hasAgree, isAffirmedOnly { return result(.unclear, .consentQuoted) }
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
    // Said in the name of a file only.
    if let file = file { return Result(verdict: .unclear, code: .consentQuoted, against: range(file)) }
    guard let index = notOwn.first else { return Result(verdict: .denied, code: .consentMissing) }
    // 本人“已阅读并同意”的声明现予以撤回.
    if let withdrawn = first(.withdrawn), script.clauses[withdrawn].sentence == script.clauses[index].sentence {
      return Result(verdict: .denied, code: .consentWithdrawn, against: range(withdrawn))
    }
    let isWhole = own.allSatisfy { script.clauses[$0].classes.without(Self.details).isEmpty }
    let quoted = notOwn.filter { script.clauses[$0].speaker == .applicant && !ClauseChecks.isUnticked(script, $0) }
    // A statement wholly in quotation marks, a tick made elsewhere, one's own earlier mail: a person decides.
    if !quoted.isEmpty, isWhole || own.contains(where: { script.clauses[$0].has(.elsewhere) }) {
      return Result(verdict: .unclear, code: .consentQuoted, against: range(index))
    }
    if isAffirmedOnly || isOwnHistory || notOwn.contains(where: { script.clauses[$0].speaker == .stranger }) {
      return Result(verdict: .unclear, code: .consentQuoted, against: range(index))
    }
    return Result(verdict: .denied, code: .consentQuoted, against: range(index))
  }

  /// The customer's own earlier mail: its head names him, or its statement says 我 and nobody asks for it.
  private var isOwnHistory: Bool {
    let history = script.clauses.indices.filter { script.clauses[$0].speaker == .history }
    guard !history.isEmpty else { return false }
    let isNamed = history.contains {
      script.clauses[$0].has(.own) && !script.clauses[$0].classes.meets(Self.acting)
    }
    if isNamed { return true }
    let asking = ClassSet(.instruct, .template, .agent, .you, .question)
    let isAsked = history.contains { script.clauses[$0].classes.meets(asking) }
    return !isAsked && history.contains { script.clauses[$0].has(.own) && script.clauses[$0].has(.agree) }
  }

  private static var answering: ClassSet {
    ClassSet(
      .yes, .near, .hedge, .filler, .own, .manner, .polite, .identifier, .topic, .and)
  }
  private static let longestAnswer = 8

  /// 客服：您是否已阅读并同意…？⏎我：是的. A bare yes to somebody else's full question or template.
  private var isAffirmedOnly: Bool {
    let words = script.clauses.indices.filter { script.clauses[$0].has(.agree) }
    guard let asked = words.first else { return false }
    let isQuestion = words.contains { index in
      let clause = script.clauses[index]
      return clause.has(.question) || clause.end == .question || clause.has(.template)
        || index > 0 && script.clauses[index - 1].has(.template) || clause.speaker == .history
    }
    guard isQuestion || first(.template) != nil else { return false }
    return own.contains { index in
      let clause = script.clauses[index]
      guard index > asked, clause.classes.without(Self.answering).isEmpty, clause.end != .question,
        clause.range.count <= Self.longestAnswer
      else { return false }
      return clause.classes.meets(ClassSet(.yes, .near, .hedge)) || clause.classes == ClassSet(.filler)
    }
  }

  private static var details: ClassSet { ClassSet(.identifier, .topic, .polite, .filler) }

  func first(_ kind: WordClass) -> Int? { own.first { script.clauses[$0].has(kind) } }
  func range(_ clause: Int) -> Range<Int> { script.clauses[clause].range }
}
