/// What operators get wrong.
enum PolicyMistakes {
  static let all: [Mistake] = [
    Mistake("provider: 京东云", "provider: 京东云\nmasking: yes", at: "masking", says: "unknown key `masking`"),
    Mistake("  title: 京东云账户注销须知", "  titel: 京东云账户注销须知", at: "titel", says: "unknown key `notice.titel`"),
    Mistake("provider: 京东云", "provider: 京东云\nprovider: 京东", at: "provider", says: "stands twice"),
    Mistake("id: jdcloud", "id: 京东", at: "id:", says: "`id` is “京东”"),
    Mistake("id: jdcloud", "id: ../jdcloud", at: "id:", says: "`id` is"),
    Mistake("provider: 京东云", "provider: \"  \"", at: "provider", says: "blank"),
    Mistake("provider: 京东云", "provider: ~", at: "provider", says: "must be a text"),
    Mistake("provider: 京东云", "provider: [京东云]", at: "provider", says: "must be a text"),
    Mistake(
      "  balance_waiver:", "  balance_waver:", at: "balance_waver", says: "unknown key `declarations.balance_waver`"),
    Mistake(
      "    acts: [撤销申请, 撤回申请, 不注销了]", "    acts: [撤销申请]\n    objects: [账号]", at: "objects",
      says: "unknown key `declarations.withdrawal.objects`"),
    Mistake("    acts: [暂缓注销, 推迟, 先别注销]", "    acts: []", at: "acts: []", says: "empty list"),
    Mistake("version: 2026-01-15", "version: 2026-02-30", at: "version", says: "not a date"),
    Mistake("  url: https://docs", "  url: docs", at: "url:", says: "no address"),
    Mistake("categories:\n  - 账号与认证", "categories: []", at: "categories", says: "`categories` is an empty list"),
    Mistake("categories:\n  - 账号与认证", "categories: 账号与认证", at: "categories", says: "must be a list"),
    Mistake("  - 已完成", "  - 已关闭", at: "已关闭", says: "twice"),
    Mistake("  - 已完成", "  - no", at: "- no", says: "must be a text"),
    Mistake("[未实名, ", "[未实名, 企业, ", at: "enterprise:", says: "“企业” stands for"),
    Mistake("  unverified: [未实名", "  unknown: [未实名", at: "unknown", says: "unknown key"),
    Mistake("    - 注销协议", "    - 注销须知", at: "注销须知", says: "stands under aliases and under ambiguous"),
    Mistake(
      "  unverified: [consent_statement, contact_email, contact_phone]", "", at: "individual",
      says: "`material.unverified` is missing"),
    Mistake(
      "enterprise: [consent_letter, contact_email, contact_phone]", "enterprise: []", at: "enterprise",
      says: "empty list"),
    Mistake("[consent_letter, ", "[consent_letter, consent_letter, ", at: "enterprise", says: "stands twice"),
    Mistake("[consent_letter, ", "[consent_letter, arrears, ", at: "enterprise", says: "cannot be “arrears”"),
    Mistake("[consent_letter, ", "[consent_letter, scope, ", at: "enterprise", says: "cannot be “scope”"),
    Mistake("requirement: resources", "requirement: arrears", at: "arrears", says: "condition `arrears` stands twice"),
    Mistake(
      "requirement: resources", "requirement: consent_letter", at: "consent_letter", says: "cannot be “consent_letter”"),
    Mistake("when_true: block", "when_true: blocks", at: "blocks", says: "cannot be “blocks”"),
    Mistake("when_absent: later", "when_absent: never", at: "never", says: "cannot be “never”"),
    Mistake(
      "when_absent: later", "when_waived: note\n    when_absent: later", at: "when_waived", says: "cannot be waived"),
    Mistake("  working_days: 3", "  working_days: 0", at: "working_days", says: "is 0"),
    Mistake("  working_days: 3", "  working_days: three", at: "working_days", says: "whole number"),
    Mistake("  working_days: 3", "  working_days: 3.5", at: "working_days", says: "whole number"),
    Mistake("  hour: 18", "  hour: 24", at: "hour", says: "is 24"),
    Mistake("accepted: jdcloud/accepted", "accepted: ../accepted", at: "accepted", says: "`replies.accepted` is"),
    Mistake("  withdrawn: jdcloud/withdrawn", "  review: jdcloud/review", at: "review", says: "unknown key"),
    Mistake("[jd.com, ", "[\"@jd.com\", ", at: "domains", says: "no domain"),
    Mistake("\"95118\"", "95118", at: "phones", says: "must be a text"),
    Mistake("\"95118\"", "\"热线\"", at: "phones", says: "no phone number"),
    Mistake("max_body_scalars: 20000", "max_body_scalars: -1", at: "max_body", says: "is -1"),
    Mistake("provider: 京东云", "provider: \"京东云", at: "phones", says: "no YAML"),
  ]

  static let pictures: [Mistake] = [
    Mistake("pictures:\n", "images:\n", at: "images", says: "unknown key `images`"),
    Mistake("  id_photo_back: [", "  id_photo_rear: [", at: "id_photo_rear", says: "unknown key"),
    Mistake("  either_side: [", "  either_side: []\n  # [", at: "either_side", says: "empty list"),
    Mistake("[营业执照, ", "[营业执照, 授权, ", at: "authorization_letter", says: "“授权” stands under business_licence"),
    Mistake(", business_licence, authorization_letter]", "]", at: "business_licence", says: "unknown key"),
    Mistake(
      "[consent_statement, identity_number, ", "[consent_statement, identity_numbers, ", at: "individual",
      says: "cannot be “identity_numbers”"),
  ]

  static let calendar: [Mistake] = [
    Mistake("year: 2026", "year: 2027", at: "元旦", says: "is not in 2027"),
    Mistake("year: 2026", "jahr: 2026", at: "jahr", says: "unknown key `jahr`"),
    Mistake("year: 2026", "year: 26", at: "year", says: "is 26"),
    Mistake("to: 2026-01-03", "to: 2025-12-31", at: "元旦", says: "is not in 2026"),
    Mistake("from: 2026-02-15", "from: 2026-02-24", at: "春节", says: "ends before"),
    Mistake("to: 2026-02-23", "to: 2026-03-23", at: "春节", says: "longer than 15 days"),
    Mistake("from: 2026-04-04", "from: 2026-02-30", at: "清明", says: "not a date"),
    Mistake("from: 2026-09-25, to: 2026-09-27", "from: 2026-10-01, to: 2026-10-02", at: "国庆", says: "belongs to"),
    Mistake("- 2026-01-04", "- 2026-01-05", at: "2026-01-05", says: "plain weekday"),
    Mistake("- 2026-01-04", "- 2026-01-03", at: "2026-01-03", says: "a holiday and a make-up day"),
    Mistake("- 2026-02-28", "- 2026-01-04", at: "2026-01-04", says: "stands twice"),
    Mistake("- 2026-01-04", "- 2027-01-09", at: "2027-01-09", says: "is not in 2026"),
    Mistake(", to: 2026-01-03", "", at: "元旦", says: "to` is missing"),
  ]
}
