import ClosureModel

private func disputed(_ field: TicketField, _ first: String, _ second: String) -> Ticket.Contradiction {
  Ticket.Contradiction(
    field: field,
    cells: [
      Ticket.Contradiction.Cell(column: "甲", text: first), Ticket.Contradiction.Cell(column: "乙", text: second),
    ])
}

/// Every rule, every code. Grouped as `Sources/Decide/Rules`.
enum RuleCases {
  static let record: [RuleCase] = [
    RuleCase("everything in order", .accepted, [.recordReadable: .satisfied]) { _ in },
    RuleCase("a differing copy", .review, [.recordConflictingCopy: .doubtful]) { $0.ticket.hasConflictingCopy = true },
    RuleCase("messages missing", .review, [.recordPartial: .doubtful]) { $0.ticket.isPartial = true },
    RuleCase("damaged text", .review, [.recordUndecodable: .doubtful]) { $0.damaged = Evidence(.body, span: 3..<4) },
    RuleCase("a message of nobody known", .review, [.recordUnknownAuthor: .doubtful]) {
      $0.unattributed = Evidence(.message(1))
    },
    RuleCase("as long as allowed", .accepted, [.recordReadable: .satisfied]) { $0.length = 20_000 },
    RuleCase("too long", .review, [.recordTooLong: .doubtful]) { $0.length = 20_001 },
    RuleCase("two numbers", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.phone, "13800138000", "13900139000")]
    },
    RuleCase("one number, spelled twice", .accepted, [.recordReadable: .satisfied]) {
      $0.ticket.contradictions = [disputed(.phone, "13800138000", "+86 138-0013-8000")]
    },
    RuleCase("a number of another country", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.phone, "13800138000", "+1 380 013 8000")]
    },
    RuleCase("two kinds that nobody knows", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.kind, "散户", "大客户")]
    },
    RuleCase("two kinds", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.kind, "个人实名", "企业实名")]
    },
    RuleCase("one kind, spelled twice", .accepted, [.kindKnown: .satisfied]) {
      $0.ticket.contradictions = [disputed(.kind, "个人实名", "个人")]
    },
    RuleCase("open in two words", .accepted, [.scopeClosing: .satisfied]) {
      $0.ticket.contradictions = [disputed(.status, "处理中", "待处理")]
    },
    RuleCase("open and closed", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.status, "处理中", "已关闭")]
    },
    RuleCase("closed and open", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.status = "已关闭"
      $0.ticket.contradictions = [disputed(.status, "处理中", "已关闭")]
    },
    RuleCase("another category beside the policy's", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.category = "云主机"
      $0.ticket.contradictions = [disputed(.category, "云主机", "账号与认证")]
    },
    RuleCase("two bodies", .review, [.recordContradictingCells: .doubtful]) {
      $0.ticket.contradictions = [disputed(.body, "申请注销账号", "不注销了")]
    },
  ]

  static let scope: [RuleCase] = [
    RuleCase("sub-category with arrow", .accepted, [.scopeClosing: .satisfied]) { $0.ticket.category = "账号与认证->账号注销" },
    RuleCase("sub-category with slash", .accepted, [.scopeClosing: .satisfied]) { $0.ticket.category = "账号与认证/注销" },
    RuleCase("category in brackets", .accepted, [.scopeClosing: .satisfied]) { $0.ticket.category = "【账号与认证】" },
    RuleCase("another category", .outOfScope, [.scopeCategory: .contradicted]) { $0.ticket.category = "云主机" },
    RuleCase("a longer word is another category", .outOfScope, [.scopeCategory: .contradicted]) {
      $0.ticket.category = "账号与认证以外"
    },
    RuleCase("blank category", .review, [.scopeUnclear: .doubtful]) { $0.ticket.category = "" },
    RuleCase("a state that speaks of an end", .review, [.scopeStatusUnclear: .doubtful]) {
      $0.ticket.status = "流程走完已关"
    },
    RuleCase("closed", .outOfScope, [.scopeClosed: .contradicted]) { $0.ticket.status = "已关闭" },
    RuleCase("closed by the system's word", .outOfScope, [.scopeClosed: .contradicted]) {
      $0.ticket.standing = .closed
    },
    RuleCase("deleted", .outOfScope, [.scopeDeleted: .contradicted]) { $0.ticket.standing = .deleted },
    RuleCase("spam", .outOfScope, [.scopeSpam: .contradicted]) { $0.ticket.standing = .spam },
    RuleCase("merged", .outOfScope, [.scopeMerged: .contradicted]) {
      $0.ticket.standing = .merged(into: Ticket.ID("T-9"))
    },
    RuleCase("closed, folded", .outOfScope, [.scopeClosed: .contradicted]) {
      $0.ticket.status = "Ｃｌｏｓｅｄ"
      $0.folded = FoldedFields(category: "账号与认证", status: "closed", kind: "个人实名", account: "jdc_test")
    },
    RuleCase("another request", .outOfScope, [.scopeOtherRequest: .contradicted]) {
      $0.closing = statement(.denied, "other")
    },
    RuleCase("another request, but unreadable", .review, [.recordUndecodable: .doubtful]) {
      $0.closing = statement(.denied, "other")
      $0.damaged = Evidence(.body, span: 3..<4)
    },
    RuleCase("unclear request", .review, [.scopeUnclear: .doubtful]) { $0.closing = statement(.unclear, "unclear") },
    RuleCase("a request without words", .review, [.scopeUnclear: .doubtful]) {
      $0.closing = statement(.affirmed, "declared")
    },
  ]

  static let standing: [RuleCase] = [
    RuleCase("not withdrawn", .accepted, [.standingKept: .satisfied]) { _ in },
    RuleCase("withdrawn", .withdrawn, [.withdrawalDeclared: .contradicted]) {
      $0.withdrawal = statement(.affirmed, "declared", "不注销了")
    },
    RuleCase("withdrawn beats doubt elsewhere", .withdrawn, [.withdrawalDeclared: .contradicted]) {
      $0.withdrawal = statement(.affirmed, "declared", "不注销了")
      $0.consent = statement(.unclear, "consent.unclear", "同意")
    },
    RuleCase("withdrawn, but a differing copy", .review, [.recordConflictingCopy: .doubtful]) {
      $0.withdrawal = statement(.affirmed, "declared", "不注销了")
      $0.ticket.hasConflictingCopy = true
    },
    RuleCase("withdrawal without words", .review, [.withdrawalUnclear: .doubtful]) {
      $0.withdrawal = statement(.affirmed, "declared")
    },
    RuleCase("unclear withdrawal", .review, [.withdrawalUnclear: .doubtful]) {
      $0.withdrawal = statement(.unclear, "conditional", "先别急")
    },
  ]

  static let account: [RuleCase] = [
    RuleCase("the same account in the text", .accepted, [.accountConsistent: .satisfied]) {
      $0.accounts = [Evidence(.body, span: 0..<8, quote: "JDC_Test")]
    },
    RuleCase("another account in the text", .review, [.accountMismatch: .doubtful]) {
      $0.accounts = [Evidence(.body, quote: "jdc_test"), Evidence(.body, quote: "jdc_other")]
    },
    RuleCase("no account anywhere", .accepted, [.accountUnchecked: .satisfied]) { $0.ticket.account = "" },
    RuleCase("a blank cell for the account", .review, [.accountMissing: .doubtful]) {
      $0.ticket.account = ""
      $0.ticket.lacksAccount = true
    },
    RuleCase("an account only in the text", .review, [.accountMismatch: .doubtful]) {
      $0.ticket.account = ""
      $0.accounts = [Evidence(.body, quote: "jdc_other")]
    },
    RuleCase("a name without words", .review, [.accountMismatch: .doubtful]) {
      $0.accounts = [Evidence(.body, span: 0..<8)]
    },
  ]

  static let kind: [RuleCase] = [
    RuleCase("known kind", .accepted, [.kindKnown: .satisfied]) { $0.ticket.declaredKind = "个人" },
    RuleCase("unverified", .accepted, [.kindKnown: .satisfied]) { $0.ticket.declaredKind = "未实名" },
    RuleCase("blank kind", .review, [.kindUnknown: .doubtful]) { $0.ticket.declaredKind = "" },
    RuleCase("unknown kind", .review, [.kindUnknown: .doubtful]) { $0.ticket.declaredKind = "个体户" },
  ]

  static let consent: [RuleCase] =
    [
      (FindingCode.consentMissing, Verdict.missing), (.consentNegated, .contradicted), (.consentConditional, .missing),
      (.consentFuture, .missing), (.consentQuestion, .missing), (.consentHalf, .missing), (.consentQuoted, .missing),
      (.consentThirdParty, .missing), (.consentOtherDocument, .missing), (.consentWithdrawn, .contradicted),
      (.consentInsincere, .missing),
    ].map { code, verdict in
      RuleCase("denied, \(code.rawValue)", .incomplete, [code: verdict]) {
        $0.consent = statement(.denied, code.rawValue, "原文")
      }
    }
    + [FindingCode.consentUnclear, .consentDelayed, .consentHalf].map { code in
      RuleCase("unclear, \(code.rawValue)", .review, [code: .doubtful]) {
        $0.consent = statement(.unclear, code.rawValue, "原文")
      }
    } + [
      RuleCase("affirmed", .accepted, [.consentSatisfied: .satisfied]) { _ in },
      RuleCase("affirmed without words", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.affirmed, "consent.satisfied")
      },
      RuleCase("affirmed under another code", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.affirmed, "consent.negated", "原文")
      },
      RuleCase("satisfied, but unclear", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.unclear, "consent.satisfied", "原文")
      },
      RuleCase("satisfied, but denied", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.denied, "consent.satisfied", "原文")
      },
      RuleCase("a code that is none", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.denied, "consent.nonsense", "原文")
      },
      RuleCase("a code of another rule", .review, [.consentUnclear: .doubtful]) {
        $0.consent = statement(.denied, "letter.missing", "原文")
      },
    ]

  static let all = record + letterRead + scope + standing + account + kind + consent + letter + contacts + conditions
}
