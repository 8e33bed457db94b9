import ClosureModel

extension RuleCases {
  private static let waived = statement(.affirmed, "declared", "放弃余额")
  private static let unclear = statement(.unclear, "conditional", "余额先退")

  static let conditions: [RuleCase] = [
    RuleCase(
      "all clear", .accepted,
      [
        .arrearsClear: .satisfied, .balanceClear: .satisfied, .resourcesClear: .satisfied,
        .serviceProviderClear: .satisfied, .icpFilingClear: .satisfied,
      ]
    ) { _ in },
    RuleCase(
      "no columns", .accepted,
      [
        .arrearsUnchecked: .notApplicable, .balanceUnchecked: .notApplicable, .resourcesUnchecked: .notApplicable,
        .serviceProviderUnchecked: .notApplicable, .icpFilingUnchecked: .notApplicable,
      ]
    ) { $0.ticket.facts = AccountFacts() },
    RuleCase(
      "blank cells", .review,
      [
        .arrearsUnknown: .doubtful, .balanceUnknown: .doubtful, .resourcesUnknown: .doubtful,
        .serviceProviderUnknown: .doubtful, .icpFilingUnknown: .doubtful,
      ]
    ) {
      $0.ticket.facts = AccountFacts(
        balance: .blank, arrears: .blank, serviceProvider: .blank, icpFiling: .blank, resources: .blank)
    },
    RuleCase("one blank cell", .review, [.icpFilingUnknown: .doubtful]) { $0.ticket.facts.icpFiling = .blank },
    RuleCase("unreadable", .review, [.arrearsUnknown: .doubtful]) { $0.ticket.facts.arrears = .unreadable("查询失败") },
    RuleCase("arrears", .ineligible, [.arrears: .contradicted]) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: 1))
    },
    RuleCase("negative arrears", .review, [.arrearsUnknown: .doubtful]) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: -1))
    },
    RuleCase("resources", .ineligible, [.resources: .contradicted]) { $0.ticket.facts.resources = .known(1) },
    RuleCase("resources cannot be waived here", .ineligible, [.resources: .contradicted]) {
      $0.ticket.facts.resources = .known(1)
      $0.resourceWaiver = statement(.affirmed, "declared", "放弃资源")
    },
    RuleCase("negative resources", .review, [.resourcesUnknown: .doubtful]) { $0.ticket.facts.resources = .known(-1) },
    RuleCase("service provider", .ineligible, [.serviceProvider: .contradicted]) {
      $0.ticket.facts.serviceProvider = .known(true)
    },
    RuleCase("said to hold resources against the export", .review, [.resourcesStated: .doubtful]) {
      $0.stated = [.resources: [Evidence(.body, quote: "账号有2台云主机")]]
    },
    RuleCase("said to have a balance without the column", .review, [.balanceStated: .doubtful]) {
      $0.ticket.facts.balance = .columnAbsent
      $0.stated = [.balance: [Evidence(.body, quote: "余额还有200元")]]
    },
    RuleCase("said to be in arrears", .review, [.arrearsStated: .doubtful]) {
      $0.stated = [.arrears: [Evidence(.body, quote: "欠费未结清")]]
    },
    RuleCase("said to be a provider", .review, [.serviceProviderStated: .doubtful]) {
      $0.stated = [.serviceProvider: [Evidence(.body, quote: "我是云市场服务商")]]
    },
    RuleCase("said to have a filing", .review, [.icpFilingStated: .doubtful]) {
      $0.stated = [.icpFiling: [Evidence(.body, quote: "账号下有备案")]]
    },
    RuleCase("said, and known, to be in arrears", .ineligible, [.arrears: .contradicted]) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: 100))
      $0.stated = [.arrears: [Evidence(.body, quote: "欠费1元")]]
    },
    RuleCase("filing", .review, [.icpFiling: .contradicted]) { $0.ticket.facts.icpFiling = .known(true) },
    RuleCase("balance", .ineligible, [.balance: .contradicted]) {
      $0.ticket.facts.balance = .known(Money(minorUnits: 1))
    },
    RuleCase("balance waived", .review, [.balanceWaived: .contradicted]) {
      $0.ticket.facts.balance = .known(Money(minorUnits: 500))
      $0.balanceWaiver = waived
    },
    RuleCase("balance, unclear waiver", .review, [.balanceWaiverUnclear: .doubtful]) {
      $0.ticket.facts.balance = .known(Money(minorUnits: 500))
      $0.balanceWaiver = unclear
    },
    RuleCase("balance, waiver without words", .review, [.balanceWaiverUnclear: .doubtful]) {
      $0.ticket.facts.balance = .known(Money(minorUnits: 500))
      $0.balanceWaiver = statement(.affirmed, "declared")
    },
    RuleCase("a waiver of nothing", .accepted, [.balanceClear: .satisfied]) { $0.balanceWaiver = waived },
    RuleCase("a waiver without the column", .review, [.balanceWaived: .contradicted]) {
      $0.ticket.facts.balance = .columnAbsent
      $0.balanceWaiver = waived
    },
    RuleCase("a waiver beside a blank cell", .review, [.balanceUnknown: .doubtful]) {
      $0.ticket.facts.balance = .blank
      $0.balanceWaiver = waived
    },
    RuleCase("negative balance", .review, [.balanceUnknown: .doubtful]) {
      $0.ticket.facts.balance = .known(Money(minorUnits: -500))
      $0.balanceWaiver = waived
    },
    RuleCase(
      "a blocking condition beats missing material", .ineligible, [.arrears: .contradicted, .emailMissing: .missing]
    ) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: 1))
      $0.formEmails = []
    },
    RuleCase("doubt beats a blocking condition", .review, [.arrears: .contradicted, .consentUnclear: .doubtful]) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: 1))
      $0.consent = statement(.unclear, "consent.unclear", "同意")
    },
  ]
}
