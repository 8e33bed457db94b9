import ClosureModel

/// The other provider's material: numbers and pictures. Nobody who has to send pictures is accepted unseen.
enum TencentCases {
  private static let id = "310104198804150048"
  private static let pictures = [
    file("手持身份证正面.jpg", found(.jpeg)), file("手持身份证反面.jpg", found(.jpeg)),
  ]
  private static let papers = pictures + [file("营业执照.pdf", found(.pdf)), file("授权书.pdf", found(.pdf))]

  private static func of(
    _ kind: String, _ name: String, _ outcome: Outcome, _ codes: [FindingCode: Verdict],
    _ change: @escaping (inout Sample) -> Void = { _ in }
  ) -> RuleCase {
    RuleCase("\(kind): \(name)", outcome, codes) {
      $0.policy = "tencentcloud"
      $0.ticket.declaredKind = kind
      if kind != "未实名" { $0.attachments = kind == "企业" ? papers : pictures }
      if kind == "个人" { $0.textNumbers = [number(id)] }
      change(&$0)
    }
  }

  static let unverified: [RuleCase] = [
    of("未实名", "contact of the form", .accepted, [.consentSatisfied: .satisfied, .securitySatisfied: .satisfied]),
    of("未实名", "only a security phone", .accepted, [.securitySatisfied: .satisfied]) {
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.securityContacts = [contact("138****8000", .valid, .securityPhone)]
    },
    of("未实名", "only a contact in the text", .accepted, [.securitySatisfied: .satisfied]) {
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.textPhones = [contact("+8613800138000", .valid, nil)]
    },
    of("未实名", "only the provider's own contact", .incomplete, [.securityMissing: .missing]) {
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.textPhones = [contact("95716", .valid, nil, owner: .agent)]
    },
    of("未实名", "no contact", .incomplete, [.securityMissing: .missing]) { ($0.formEmails, $0.formPhones) = ([], []) },
    of("未实名", "nothing usable", .incomplete, [.securityInvalid: .unusable]) {
      ($0.formEmails, $0.formPhones) = ([], [contact("1380013", .invalid, .phone)])
      $0.securityContacts = [contact("已停用", .invalid, .securityPhone)]
    },
    of("未实名", "no statement", .incomplete, [.consentMissing: .missing]) {
      $0.consent = statement(.denied, "consent.missing")
    },
    of("未实名", "statement unclear", .review, [.consentUnclear: .doubtful]) {
      $0.consent = statement(.unclear, "consent.unclear", "同意")
    },
    of("未实名", "arrears", .ineligible, [.arrears: .contradicted]) {
      $0.ticket.facts.arrears = .known(Money(minorUnits: 1))
    },
    of("未实名", "resources", .ineligible, [.resources: .contradicted]) { $0.ticket.facts.resources = .known(1) },
    of("未实名", "resources given up", .review, [.resourcesWaived: .doubtful]) {
      $0.ticket.facts.resources = .known(1)
      $0.resourceWaiver = statement(.affirmed, "declared", "放弃资源")
    },
    of("未实名", "resources given up that no column tells of", .review, [.resourcesWaived: .doubtful]) {
      $0.ticket.facts = AccountFacts()
      $0.resourceWaiver = statement(.affirmed, "declared", "放弃资源")
    },
    of("未实名", "nothing known of the account", .accepted, [.resourcesUnchecked: .notApplicable]) {
      $0.ticket.facts = AccountFacts()
    },
  ]

  static let individual: [RuleCase] = [
    of(
      "个人", "all there", .review,
      [.identityNumberSatisfied: .satisfied, .idPhotoFrontNotExamined: .doubtful, .idPhotoBackNotExamined: .doubtful]),
    of("个人", "nothing", .incomplete, [.idPhotoFrontMissing: .missing, .identityNumberMissing: .missing]) {
      ($0.attachments, $0.textNumbers) = ([], [])
    },
    of("个人", "no pictures", .incomplete, [.idPhotoFrontMissing: .missing, .idPhotoBackMissing: .missing]) {
      $0.attachments = []
    },
    of("个人", "only a screenshot", .incomplete, [.idPhotoFrontMissing: .missing, .idPhotoBackMissing: .missing]) {
      $0.attachments = [file("控制台截图.png", found(.png))]
    },
    of("个人", "only a licence", .incomplete, [.idPhotoFrontMissing: .missing]) {
      $0.attachments = [file("营业执照.jpg", found(.jpeg))]
    },
    of("个人", "front only", .review, [.idPhotoFrontNotExamined: .doubtful, .idPhotoBackMissing: .missing]) {
      $0.attachments = [file("手持身份证正面.jpg", found(.jpeg))]
    },
    of("个人", "both sides in one", .review, [.idPhotoFrontNotExamined: .doubtful, .idPhotoBackNotExamined: .doubtful]) {
      $0.attachments = [file("身份证正反面.jpg", found(.jpeg))]
    },
    of(
      "个人", "a name that says nothing", .review,
      [.idPhotoFrontNotExamined: .doubtful, .idPhotoBackNotExamined: .doubtful]
    ) { $0.attachments = [file("IMG_0001.JPG", found(.jpeg))] },
    of("个人", "listed, not looked up", .review, [.idPhotoFrontNotExamined: .doubtful]) {
      $0.attachments = []
      $0.ticket.attachments = ["sfz.jpg"]
    },
    of("个人", "a file that is not there", .review, [.attachmentNotFound: .doubtful]) {
      $0.attachments = [file("a.jpg", .notFound)]
    },
    of("个人", "a name that leads outside", .review, [.attachmentUnsafe: .doubtful]) {
      $0.attachments = [file("../a.jpg", .unsafe("路径"))]
    },
    of("个人", "a type that nobody opens", .incomplete, [.pictureUnsupported: .unusable]) {
      $0.attachments = [file("a.heic", found(.heic)), file("b.rar", found(.rar))]
    },
    of("个人", "empty files", .incomplete, [.pictureUnreadable: .unusable]) {
      $0.attachments = [file("a.jpg", found(.empty, bytes: 0)), file("b.jpg", found(.jpeg, bytes: 0))]
    },
    of("个人", "one file to look at beside one that cannot be opened", .review, [.idPhotoBackNotExamined: .doubtful]) {
      $0.attachments = [file("a.heic", found(.heic)), file("b.jpg", found(.jpeg))]
    },
    of("个人", "wrong number, no pictures", .incomplete, [.identityNumberInvalid: .unusable]) {
      $0.attachments = []
      $0.textNumbers = [number("310104198804150049", valid: false)]
    },
    of("个人", "number of a column", .review, [.identityNumberSatisfied: .satisfied]) {
      ($0.textNumbers, $0.formNumbers) = ([], [number(id, cell: true)])
    },
    of("个人", "the same number twice", .review, [.identityNumberSatisfied: .satisfied]) {
      $0.formNumbers = [number(id, cell: true)]
    },
    of("个人", "two numbers", .review, [.identityNumberConflicting: .doubtful]) {
      $0.textNumbers.append(number("31010419880415003X"))
    },
    of("个人", "a credit code is no identity number", .review, [.identityNumberMissing: .missing]) {
      $0.textNumbers = [number("91110108MA01ABCD5T", kind: .uscc)]
    },
  ]

  static let enterprise: [RuleCase] = [
    of(
      "企业", "all there", .review,
      [
        .businessLicenceNotExamined: .doubtful, .authorizationNotExamined: .doubtful,
        .idPhotoFrontNotExamined: .doubtful, .idPhotoBackNotExamined: .doubtful,
      ]),
    of(
      "企业", "nothing", .incomplete,
      [
        .businessLicenceMissing: .missing, .authorizationMissing: .missing, .idPhotoFrontMissing: .missing,
        .idPhotoBackMissing: .missing,
      ]
    ) { $0.attachments = [] },
    of("企业", "no letter", .review, [.authorizationMissing: .missing, .businessLicenceNotExamined: .doubtful]) {
      $0.attachments.removeLast()
    },
    of("企业", "live business as a partner", .review, [.serviceProvider: .contradicted]) {
      $0.ticket.facts.serviceProvider = .known(true)
    },
    of("企业", "a partner without papers", .ineligible, [.serviceProvider: .contradicted]) {
      $0.attachments = []
      $0.ticket.facts.serviceProvider = .known(true)
    },
  ]

  static let all = unverified + individual + enterprise
}
