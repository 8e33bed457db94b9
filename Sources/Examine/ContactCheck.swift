internal import CPhoneNumber

public struct CheckResult: Sendable, Hashable {
  public let value: String
  public let valid: Bool
  public let normalised: String?
  public let why: String?
}

public enum ContactCheck {
  /// A dot-atom address (RFC 5321 without quoted local parts); letters beyond ASCII are allowed (EAI, IDN).
  public static func email(_ s: String) -> CheckResult {
    let text = Folding.fold(s)
    func bad(_ why: String) -> CheckResult { CheckResult(value: s, valid: false, normalised: nil, why: why) }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return bad("须有且只有一个 @") }
    let local = parts[0]
    let domain = parts[1]
    guard (1...64).contains(local.utf8.count), domain.utf8.count <= 253 else { return bad("长度不对") }
    guard !text.contains("*") else { return bad("已打码，不能使用") }
    let atoms = local.split(separator: ".", omittingEmptySubsequences: false)
    guard atoms.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(isAtom) }) else { return bad("@ 前有不允许的字符") }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2,
      labels.allSatisfy({
        (1...63).contains($0.utf8.count) && !$0.hasPrefix("-") && !$0.hasSuffix("-")
          && $0.unicodeScalars.allSatisfy { Scalars.isWord($0.value) || $0 == "-" || $0.value >= 0xC0 }
      }), let top = labels.last, top.count >= 2, !top.unicodeScalars.allSatisfy({ Scalars.isDigit($0.value) })
    else { return bad("域名不对") }
    if ["noreply", "no-reply", "donotreply"].contains(String(local)) { return bad("不收信的地址") }
    return CheckResult(value: s, valid: true, normalised: text, why: nil)
  }

  private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
    Scalars.isWord(scalar.value) || scalar.value >= 0xC0 || "!#$%&'+-/=?^_`{|}~".unicodeScalars.contains(scalar)
  }

  /// Mainland mobiles and landlines, 400/800, and what libphonenumber calls valid elsewhere. `normalised` is E.164,
  /// followed by `;ext=` where there is an extension.
  public static func phone(_ s: String) -> CheckResult {
    var text = Folding.fold(s)
    var ext: String? = nil
    for mark in ["转", "分机", "ext.", "ext", "x", "#"] {
      guard let range = text.firstRange(of: mark) else { continue }
      let tail = text[range.upperBound...]
      guard !tail.isEmpty, tail.count <= 6, tail.unicodeScalars.allSatisfy({ Scalars.isDigit($0.value) }) else {
        continue
      }
      ext = String(tail)
      text = String(text[..<range.lowerBound])
      break
    }
    func bad(_ why: String) -> CheckResult { CheckResult(value: s, valid: false, normalised: nil, why: why) }
    guard !text.contains("*") else { return bad("已打码，不能使用") }
    guard text.unicodeScalars.allSatisfy({ Scalars.isDigit($0.value) || "+-()".unicodeScalars.contains($0) })
    else { return bad("有不是电话号码的字符") }
    let digits = text.unicodeScalars.filter { Scalars.isDigit($0.value) }.count
    guard (7...15).contains(digits) else { return bad("位数不对") }
    guard let e164 = parse(text) else { return bad("不是有效的号码") }
    return CheckResult(value: s, valid: true, normalised: ext.map { "\(e164);ext=\($0)" } ?? e164, why: nil)
  }

  private static func parse(_ text: String) -> String? {
    var out = [CChar](repeating: 0, count: 32)
    var copy = text
    let found = copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cphone_e164($0.baseAddress, $0.count, &out, out.count) }
    }
    guard found == 1 else { return nil }
    return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
