import ClosureModel

/// 身份证号: one right resident id number, in the text or in a column of its own.
enum IdentityNumberRule {
  static func judge(_ examination: Examination) -> Finding {
    let all = (examination.formIdentityNumbers + examination.text.identityNumbers).filter { $0.kind == .residentID }
    let right = all.filter(\.valid)
    func finding(_ code: FindingCode, _ verdict: Verdict, _ found: [IdentityNumberReading]) -> Finding {
      Finding(code, .identityNumber, verdict, evidence: found.map(\.evidence))
    }
    switch Set(right.map(\.value)).count {
    case 1: return finding(.identityNumberSatisfied, .satisfied, right)
    case 2...: return finding(.identityNumberConflicting, .doubtful, right)
    default: break
    }
    if !all.isEmpty { return finding(.identityNumberInvalid, .unusable, all) }
    // An empty span: the text was read, and nothing was found.
    return Finding(.identityNumberMissing, .identityNumber, .missing, evidence: [Evidence(.body, span: 0..<0)])
  }
}
