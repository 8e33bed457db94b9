import ClosureModel

extension RuleCases {
  private static func letterCase(
    _ name: String, _ outcome: Outcome, _ codes: [FindingCode: Verdict], _ files: [AttachmentFact]
  ) -> RuleCase {
    RuleCase(name, outcome, codes) {
      $0.ticket.declaredKind = "企业实名"
      $0.attachments = files
    }
  }

  static let letter: [RuleCase] =
    [
      letterCase("no attachment", .incomplete, [.letterMissing: .missing], []),
      letterCase(
        "only other documents", .incomplete, [.letterMissing: .missing],
        [
          file("营业执照.jpg", .notLooked), file("Screenshot-1.PNG", found(.png)),
        ]),
      letterCase(
        "the letter's title beats another word", .review, [.letterNotExamined: .doubtful],
        [
          file("注销京东云账号同意书（附营业执照）.pdf", found(.pdf))
        ]),
      letterCase("known by name only", .review, [.letterNotExamined: .doubtful], [file("同意书.jpg", .notLooked)]),
      letterCase("not in the folder", .review, [.attachmentNotFound: .doubtful], [file("同意书.jpg", .notFound)]),
      letterCase("leads outside", .review, [.attachmentUnsafe: .doubtful], [file("../营业执照.jpg", .unsafe("路径"))]),
      letterCase(
        "cannot be read", .incomplete, [.attachmentUnreadable: .unusable], [file("同意书.jpg", .unreadable("权限"))]),
      letterCase(
        "empty file", .incomplete, [.attachmentUnreadable: .unusable], [file("同意书.jpg", found(.empty, bytes: 0))]),
      letterCase(
        "no bytes", .incomplete, [.attachmentUnreadable: .unusable], [file("同意书.jpg", found(.jpeg, bytes: 0))]),
      letterCase(
        "one doubtful beside one unusable", .review,
        [
          .attachmentUnsupported: .unusable, .letterNotExamined: .doubtful,
        ], [file("同意书.rar", found(.rar)), file("同意书.jpg", found(.jpeg))]),
      RuleCase("listed, but not looked up", .review, [.letterNotExamined: .doubtful]) {
        $0.ticket.declaredKind = "企业实名"
        $0.ticket.attachments = ["同意书.jpg"]
      },
      RuleCase("attachments of an individual are not judged", .accepted, [.consentSatisfied: .satisfied]) {
        $0.attachments = [file("../x", .unsafe("路径"))]
      },
    ]
    + [AttachmentFact.FileType.jpeg, .png, .gif, .bmp, .webp, .tiff, .pdf, .docx, .doc, .zip].map {
      letterCase("\($0.rawValue) is for a person", .review, [.letterNotExamined: .doubtful], [file("扫描件", found($0))])
    }
    + [AttachmentFact.FileType.heic, .rar, .sevenZip, .text, .unknown].map {
      letterCase(
        "\($0.rawValue) is unusable", .incomplete, [.attachmentUnsupported: .unusable], [file("扫描件", found($0))])
    }

  static let contacts: [RuleCase] = [
    RuleCase("valid form contacts", .accepted, [.emailSatisfied: .satisfied, .phoneSatisfied: .satisfied]) { _ in },
    RuleCase("contacts in the text only", .accepted, [.emailSatisfied: .satisfied, .phoneSatisfied: .satisfied]) {
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.textEmails = [contact("a@example.com", .valid, nil)]
      $0.textPhones = [contact("+8613800138000", .valid, nil)]
    },
    RuleCase("form of unknown owner", .accepted, [.emailSatisfied: .satisfied]) {
      $0.formEmails = [contact("a@example.com", .valid, .email, owner: .unknown)]
    },
    RuleCase("no contact", .incomplete, [.emailMissing: .missing, .phoneMissing: .missing]) {
      ($0.formEmails, $0.formPhones) = ([], [])
    },
    RuleCase("only the agent's", .incomplete, [.emailMissing: .missing, .phoneMissing: .missing]) {
      $0.formEmails = [contact("a@jd.com", .valid, .email, owner: .agent)]
      $0.formPhones = []
      $0.textPhones = [contact("95118", .valid, nil, owner: .agent)]
    },
    RuleCase("of unknown owner in the text", .incomplete, [.phoneMissing: .missing]) {
      $0.formPhones = []
      $0.textPhones = [contact("+8613800138000", .valid, nil, owner: .unknown)]
    },
    RuleCase("suspect e-mail", .incomplete, [.emailSuspect: .unusable]) {
      $0.formEmails = [contact("a@qq.con", .suspect, .email, suggestion: "a@qq.com")]
    },
    RuleCase("suspect beside valid", .accepted, [.emailSatisfied: .satisfied]) {
      $0.textEmails = [contact("a@qq.con", .suspect, nil, suggestion: "a@qq.com")]
    },
    RuleCase("invalid contacts", .incomplete, [.emailInvalid: .unusable, .phoneInvalid: .unusable]) {
      $0.formEmails = [contact("a@", .invalid, .email)]
      $0.formPhones = [contact("1380013", .invalid, .phone)]
    },
  ]
}
