import ClosureModel

/// Pictures that a policy demands, by what is known of the files. Nothing here opens one, so a picture is never
/// satisfied: a file that could be it goes to a person, and only where no file could be it the customer is asked.
struct PictureRule: Sendable {
  private struct Codes {
    let missing: FindingCode, notExamined: FindingCode
  }
  private static let codes: [Requirement: Codes] = [
    .idPhotoFront: Codes(missing: .idPhotoFrontMissing, notExamined: .idPhotoFrontNotExamined),
    .idPhotoBack: Codes(missing: .idPhotoBackMissing, notExamined: .idPhotoBackNotExamined),
    .businessLicence: Codes(missing: .businessLicenceMissing, notExamined: .businessLicenceNotExamined),
    .authorizationLetter: Codes(missing: .authorizationMissing, notExamined: .authorizationNotExamined),
  ]
  private let names: [Requirement: [String]]
  private let eitherSide: [String]
  private let otherDocuments: [String]

  init(_ policy: Policy) {
    names = (policy.pictures?.names ?? [:]).mapValues { $0.map(Fold.simple) }
    eitherSide = (policy.pictures?.eitherSide ?? []).map(Fold.simple)
    otherDocuments = (policy.pictures?.otherDocuments ?? []).map(Fold.simple)
  }

  /// - Returns: one finding for each kind of state that the files which could be the picture are in.
  func judge(_ requirement: Requirement, _ ticket: Ticket, _ examination: Examination) -> [Finding] {
    guard let codes = Self.codes[requirement] else { return [] }
    let files = examination.files(of: ticket)
    let fitting = files.filter { could($0.name, be: requirement) }
    guard !fitting.isEmpty else {
      let evidence =
        files.isEmpty
        ? [Evidence(.column(.attachments), quote: "")] : files.map { Evidence(.attachment($0.name), quote: $0.name) }
      return [Finding(codes.missing, requirement, .missing, evidence: evidence)]
    }
    var groups: [(code: FindingCode, verdict: Verdict, evidence: [Evidence])] = []
    for file in fitting {
      let (code, verdict) = state(file, codes.notExamined)
      let evidence = Evidence(.attachment(file.name), quote: file.name)
      if let index = groups.firstIndex(where: { $0.code == code }) {
        groups[index].evidence.append(evidence)
      } else {
        groups.append((code, verdict, [evidence]))
      }
    }
    // A file that cannot be opened asks for nothing while another may be the picture.
    let doubtful = groups.filter { $0.verdict == .doubtful }
    return (doubtful.isEmpty ? groups : doubtful).map {
      Finding($0.code, requirement, $0.verdict, evidence: $0.evidence)
    }
  }

  private func state(_ file: AttachmentFact, _ notExamined: FindingCode) -> (FindingCode, Verdict) {
    switch file.state {
    case .notLooked: return (notExamined, .doubtful)
    case .notFound: return (.attachmentNotFound, .doubtful)
    case .unsafe: return (.attachmentUnsafe, .doubtful)
    case .unreadable: return (.pictureUnreadable, .unusable)
    case .found(_, let bytes, let type):
      guard bytes > 0 else { return (.pictureUnreadable, .unusable) }
      switch type {
      case .jpeg, .png, .gif, .bmp, .webp, .tiff, .pdf, .docx, .doc, .zip: return (notExamined, .doubtful)
      case .empty: return (.pictureUnreadable, .unusable)
      case .heic, .rar, .sevenZip, .text, .unknown: return (.pictureUnsupported, .unusable)
      }
    }
  }

  /// What a name says nothing of, could be anything. What it says something of, is that and nothing else.
  private func could(_ name: String, be requirement: Requirement) -> Bool {
    let folded = Fold.simple(name)
    var said = Set(names.filter { $0.value.contains(where: folded.holds) }.keys)
    if eitherSide.contains(where: folded.holds), said.isDisjoint(with: [.idPhotoFront, .idPhotoBack]) {
      said.formUnion([.idPhotoFront, .idPhotoBack])
    }
    if !said.isEmpty { return said.contains(requirement) }
    return !otherDocuments.contains(where: folded.holds)
  }
}
