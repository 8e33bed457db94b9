import ClosureModel

/// The other provider's policy as far as replies need it, and one decision of every outcome that is answered.
enum Tencent {
  static let policy = Policy(
    id: "tencentcloud", version: "2026-11-21", provider: "腾讯云", sourceTitle: "账号注销", sourceURL: "https://example.com",
    categories: ["账号与认证"], closedStatuses: [], applicantKinds: ["企业": .enterprise],
    notice: Policy.Notice(title: "腾讯云账号注销协议", aliases: [], ambiguous: [], other: []), letter: nil,
    material: [
      .unverified: [.consentStatement, .securityContact],
      .individual: [.consentStatement, .identityNumber, .idPhotoFront, .idPhotoBack],
      .enterprise: [.consentStatement, .idPhotoFront, .idPhotoBack, .businessLicence, .authorizationLetter],
    ],
    conditions: [.init(requirement: .arrears, whenTrue: .block), .init(requirement: .resources, whenTrue: .block)],
    deadline: Policy.Deadline(workingDays: 3, calendar: "cn", hour: 18),
    replies: [
      .accepted: "tencentcloud/accepted", .incomplete: "tencentcloud/incomplete",
      .ineligible: "tencentcloud/ineligible", .withdrawn: "tencentcloud/withdrawn",
    ], providerContacts: Policy.ProviderContacts(domains: [], phones: []), maxBodyScalars: 1000)

  static func decision(_ outcome: Outcome) throws -> Decision {
    let missing = [
      Desk.finding(.consentMissing, .consentStatement, .missing),
      Desk.finding(.identityNumberInvalid, .identityNumber, .unusable),
      Desk.finding(.idPhotoFrontMissing, .idPhotoFront, .missing),
      Desk.finding(.idPhotoBackMissing, .idPhotoBack, .missing),
      Desk.finding(.businessLicenceMissing, .businessLicence, .missing),
      Desk.finding(.authorizationMissing, .authorizationLetter, .missing),
      Desk.finding(.pictureUnsupported, .idPhotoFront, .unusable),
      Desk.finding(.pictureUnreadable, .idPhotoBack, .unusable),
      Desk.finding(.securityMissing, .securityContact, .missing),
    ]
    func decision(_ judgement: Decision.Judgement, _ findings: [Finding]) -> Decision {
      Decision(judgement: judgement, findings: findings, applicant: .unverified, due: Desk.due)
    }
    switch outcome {
    case .accepted:
      let all = [
        Desk.finding(.recordReadable, .record, .satisfied), Desk.finding(.scopeClosing, .scope, .satisfied),
        Desk.finding(.standingKept, .standing, .satisfied), Desk.finding(.accountConsistent, .account, .satisfied),
        Desk.finding(.kindKnown, .applicantKind, .satisfied),
        Desk.finding(.consentSatisfied, .consentStatement, .satisfied),
        Desk.finding(.securitySatisfied, .securityContact, .satisfied),
        Desk.finding(.arrearsClear, .arrears, .satisfied),
        Desk.finding(.resourcesUnchecked, .resources, .notApplicable),
      ]
      return decision(
        .accepted(try AcceptanceProof(policy: policy, applicant: .unverified, findings: all)), all)
    case .ineligible:
      return decision(.ineligible, [Desk.finding(.resources, .resources, .contradicted)] + missing.prefix(1))
    case .withdrawn:
      return decision(.withdrawn, [Desk.finding(.withdrawalDeclared, .standing, .contradicted)])
    default: return decision(.incomplete, missing)
    }
  }
}
