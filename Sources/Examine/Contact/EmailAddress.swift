/// What is wrong with an address. `why` goes to whoever typed it.
enum EmailFault: Error, Sendable, Hashable {
  case empty, noAt, severalAts, blank, noLocal, noDomain, localTooLong, domainTooLong, tooLong, masked, localDots
  case localCharacter(String)
  case noDot, doubleDot, domainComma, domainCharacter(String), labelTooLong, labelHyphen, topLevel, address, notIDNA
  case noReply, placeholder, obfuscated, several
  case fullStop
  case unknownTop, mixedScript, webPrefix
  case slip(String)

  var why: String {
    switch self {
    case .empty: "没有内容，请填写邮箱"
    case .noAt: "没有 @，请写成 名字@域名 的形式"
    case .severalAts: "有多个 @，只能有一个"
    case .blank: "中间有空格或换行，请去掉"
    case .noLocal: "@ 前没有名字，请补上"
    case .noDomain: "@ 后没有域名，请补上"
    case .localTooLong: "@ 前超过 64 个字节，请核对"
    case .domainTooLong: "域名超过 253 个字节，请核对"
    case .tooLong: "全长超过 254 个字节，请核对"
    case .masked: "带有 * 等遮盖符号，请写完整的邮箱"
    case .localDots: "@ 前的点不能在开头、末尾或连着写，请核对"
    case .localCharacter(let s): "@ 前有不允许的字符“\(s)”，请去掉"
    case .noDot: "域名里没有点，如 example.com，请核对"
    case .doubleDot: "域名的点不能在开头或连着写，请核对"
    case .domainComma: "域名里有逗号，应是点，请核对"
    case .domainCharacter(let s): "域名里有不允许的字符“\(s)”，请去掉"
    case .labelTooLong: "域名的一段超过 63 个字节，请核对"
    case .labelHyphen: "域名的一段不能以连字符开头或结尾，第三、四位也不能都是连字符，请核对"
    case .topLevel: "域名的结尾不是顶级域名，如 com、cn，请核对"
    case .address: "域名是 IP 地址，请填写用域名的邮箱"
    case .notIDNA: "不是有效的国际化域名（IDNA），请核对"
    case .noReply: "是不收信的地址，请填写能收信的邮箱"
    case .placeholder: "像是没有改过的样例，请填写自己的邮箱"
    case .obfuscated: "@ 写成了别的样子，请写成 名字@域名 的形式"
    case .several: "有多个邮箱，请只填一个"
    case .fullStop: "域名里的点写成了句号，请核对"
    case .unknownTop: "域名的结尾不是已有的顶级域名，请核对"
    case .mixedScript: "混有看上去像拉丁字母的别种字母，请用键盘重新输入"
    case .webPrefix: "开头的 www. 像是网址的，请核对"
    case .slip(let right): "域名疑为误写，请核对是否应为 \(right)"
    }
  }
}

/// A dot-atom address (RFC 5321 without quoted local parts and address literals) with letters beyond ASCII (RFC 6531,
/// IDNA 2008). The local part keeps its case, the domain becomes lower case and Unicode.
struct EmailAddress: Sendable, Hashable {
  let local: String
  let domain: String
  let text: String

  /// - Parameter given: one address, nothing around it; full-width forms are read as ASCII.
  init(_ given: [UInt32]) throws(EmailFault) {
    if let at = Self.plainAt(given) {
      local = Scalars.ascii(given[..<at])
      domain = Scalars.lowerASCII(given[(at + 1)...])
      text = String(unsafeUninitializedCapacity: given.count) { out in
        for place in given.indices {
          let scalar = given[place]
          out[place] = UInt8(truncatingIfNeeded: place > at && Scalars.isLetter(scalar) ? scalar | 0x20 : scalar)
        }
        return given.count
      }
      return
    }
    let s = given.filter { !Scalars.isInvisible($0) }.map(Self.narrow)
    guard !s.isEmpty else { throw .empty }
    guard !s.contains(where: { $0 == 10 || $0 == 13 || Scalars.isBlank($0) }) else { throw .blank }
    guard let at = s.lastIndex(of: 0x40) else { throw .noAt }
    guard s.firstIndex(of: 0x40) == at else { throw .severalAts }
    guard at > 0 else { throw .noLocal }
    guard at + 1 < s.count else { throw .noDomain }
    guard !s.contains(where: Self.isMask) else { throw .masked }
    local = try Self.local(s[..<at])
    domain = try Self.domain(Array(s[(at + 1)...]))
    guard local.utf8.count + 1 + domain.utf8.count <= 254 else { throw .tooLong }
    text = local + "@" + domain
  }

  /// Where the @ of an address stands that is beyond doubt: of ASCII letters and digits, with `. _ - +` among them before
  /// the @ and `. -` behind it. `nil` for all others, good and bad.
  static func plainAt(_ s: [UInt32]) -> Int? { s.withUnsafeBufferPointer(plainAt) }

  private static func plainAt(_ s: UnsafeBufferPointer<UInt32>) -> Int? {
    guard s.count <= 253, let at = s.firstIndex(of: 0x40), (1...64).contains(at) else { return nil }
    var last: UInt32 = 0x2E
    for scalar in s[..<at] {
      let isMark = scalar == 0x5F || scalar == 0x2D || scalar == 0x2B
      guard Scalars.isWord(scalar) || isMark || scalar == 0x2E && last != 0x2E else { return nil }
      last = scalar
    }
    guard last != 0x2E else { return nil }
    var dot = at
    for place in (at + 1)..<s.count {
      switch s[place] {
      case 0x2E where place > dot + 1 && s[place - 1] != 0x2D: dot = place
      // Hyphens at the third and fourth place are Punycode's.
      case 0x2D where place > dot + 1 && place != dot + 4: continue
      case let scalar where Scalars.isWord(scalar) && place - dot <= 63: continue
      default: return nil
      }
    }
    let top = s[(dot + 1)...]
    return dot > at && top.count > 1 && top.allSatisfy(Scalars.isLetter) ? at : nil
  }

  /// Full-width and small forms to ASCII; case stays.
  static func narrow(_ s: UInt32) -> UInt32 {
    switch s {
    case 0xFF01...0xFF5E: s - 0xFEE0
    // ﹐ ﹒ ﹢ ﹣ ﹫
    case 0xFE50: 0x2C
    case 0xFE52: 0x2E
    case 0xFE62: 0x2B
    case 0xFE63: 0x2D
    case 0xFE6B: 0x40
    default: s
    }
  }
  static func isMask(_ s: UInt32) -> Bool { s == 0x2A || s == 0x25CF || s == 0x2022 || s == 0x2026 || s == 0x2588 }
  private static let atoms = Set("!#$%&'*+-/=?^_`{|}~".unicodeScalars.map(\.value))
  static func isAtom(_ s: UInt32) -> Bool { Scalars.isWord(s) || atoms.contains(s) || isLetterBeyondASCII(s) }

  private static func local(_ s: ArraySlice<UInt32>) throws(EmailFault) -> String {
    if let wrong = s.first(where: { !isAtom($0) && $0 != 0x2E }) { throw .localCharacter(Scalars.string([wrong])) }
    var last: UInt32 = 0x2E
    for scalar in s {
      if scalar == 0x2E, last == 0x2E { throw .localDots }
      last = scalar
    }
    if last == 0x2E { throw .localDots }
    let text = Scalars.string(s)
    guard text.utf8.count <= 64 else { throw .localTooLong }
    return text
  }

  private static func domain(_ given: [UInt32]) throws(EmailFault) -> String {
    // The ideographic full stop is a dot of IDNA (UTS 46).
    let s = given.map { $0 == 0x3002 || $0 == 0xFF61 ? 0x2E : lower($0) }
    if s.contains(0x2C) || s.contains(0x3001) { throw .domainComma }
    var labels: [[UInt32]] = []
    var bytes = -1
    for part in s.split(separator: 0x2E, omittingEmptySubsequences: false) {
      guard !part.isEmpty else { throw .doubleDot }
      let (label, size) = try label(Array(part))
      labels.append(label)
      bytes += size + 1
    }
    guard labels.count > 1 else { throw .noDot }
    guard bytes <= 253 else { throw .domainTooLong }
    if labels.allSatisfy({ $0.allSatisfy(Scalars.isDigit) }) { throw .address }
    guard let top = labels.last, top.count >= 2, top.contains(where: { !Scalars.isDigit($0) }),
      top.allSatisfy({ !Scalars.isDigit($0) }) || top.contains(where: { $0 >= 0x80 })
    else { throw .topLevel }
    return labels.map { Scalars.string($0) }.joined(separator: ".")
  }

  /// A label in Unicode, and its bytes on the wire.
  private static func label(_ given: [UInt32]) throws(EmailFault) -> ([UInt32], Int) {
    guard given.count <= 63 else { throw .labelTooLong }
    if let wrong = given.first(where: { !Scalars.isWord($0) && $0 != 0x2D && !isLetterBeyondASCII($0) }) {
      throw .domainCharacter(Scalars.string([wrong]))
    }
    guard given.first != 0x2D, given.last != 0x2D else { throw .labelHyphen }
    var label = given
    if given.count > 4, given[2] == 0x2D, given[3] == 0x2D {
      guard given[0] == 0x78, given[1] == 0x6E else { throw .labelHyphen }
      guard let decoded = Punycode.decode(Array(given[4...])), decoded.contains(where: { $0 >= 0x80 }),
        decoded.allSatisfy({ Scalars.isWord($0) || $0 == 0x2D || isLetterBeyondASCII($0) }),
        decoded.map(lower) == decoded, Punycode.encode(decoded) == Array(given[4...])
      else { throw .notIDNA }
      label = decoded
    }
    guard label.contains(where: { $0 >= 0x80 }) else { return (label, label.count) }
    // A label does not begin with a combining mark (RFC 5891, 4.2.3.2).
    if let first = label.first.flatMap(Unicode.Scalar.init), isMark(first) { throw .notIDNA }
    let size = 4 + Punycode.encode(label).count
    guard size <= 63 else { throw .labelTooLong }
    return (label, size)
  }

  private static func isMark(_ s: Unicode.Scalar) -> Bool {
    switch s.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Letters, marks and digits: near to the PVALID class of RFC 5892; signs and emoji are out.
  static func isLetterBeyondASCII(_ s: UInt32) -> Bool {
    guard s >= 0xAA, let scalar = Unicode.Scalar(s) else { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      return true
    default: return false
    }
  }

  private static func lower(_ s: UInt32) -> UInt32 {
    if (0x41...0x5A).contains(s) { return s + 32 }
    guard s >= 0x80, let scalar = Unicode.Scalar(s) else { return s }
    let mapped = scalar.properties.lowercaseMapping.unicodeScalars
    return mapped.count == 1 ? mapped.first?.value ?? s : s
  }
}
