import CSimdJSON

/// The encoding of a text by its first bytes.
struct EncodingGuess {
  let encoding: TextEncoding
  /// Bytes of a byte order mark.
  let skip: Int
  /// A table whose lines end with CR alone, as old programs of the Macintosh write them.
  var endsLinesWithCR = false

  /// - Parameters:
  ///   - head: the file's first bytes.
  ///   - whole: they are all of it.
  /// - Returns: `nil`: no text.
  init?(_ head: [UInt8], whole: Bool) {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      (encoding, skip) = (.utf8, 3)
    } else if head.starts(with: [0xFF, 0xFE]) {
      (encoding, skip) = (.utf16le, 2)
    } else if head.starts(with: [0xFE, 0xFF]) {
      (encoding, skip) = (.utf16be, 2)
    } else if head.contains(0) {
      guard let found = Self.wide(head) else { return nil }
      (encoding, skip) = (found, 0)
    } else {
      (encoding, skip) = (Self.narrow(head, whole: whole), 0)
    }
  }

  /// UTF-16 without a mark: the high bytes of ASCII characters are zeros, nearly all at places of one parity, and the
  /// units are Chinese characters and separators. A text of another encoding with a stray NUL in it is left to its rows.
  private static func wide(_ head: [UInt8]) -> TextEncoding? {
    var zeros = (even: 0, odd: 0)
    for (at, byte) in head.enumerated() where byte == 0 {
      if at % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let little = zeros.odd > zeros.even
    let units = stride(from: 0, to: head.count - 1, by: 2).prefix(1 << 14).map { at in
      little ? UInt16(head[at]) | UInt16(head[at + 1]) << 8 : UInt16(head[at]) << 8 | UInt16(head[at + 1])
    }
    let marks: Set<UInt16> = [0x09, 0x22, 0x2C, 0x3A, 0x3B]
    let usual = units.count {
      [0x09, 0x0A, 0x0D].contains($0) || (0x20..<0x7F).contains($0) || (0x3000...0x30FF).contains($0)
        || (0x4E00...0x9FFF).contains($0) || (0xD800...0xDFFF).contains($0) || (0xFF00...0xFFEF).contains($0)
    }
    let isWide =
      min(zeros.even, zeros.odd) * 8 <= zeros.even + zeros.odd && units.count(where: marks.contains) >= 3
      && usual * 10 >= units.count * 9
    if isWide { return little ? .utf16le : .utf16be }
    let rest = head.filter { $0 != 0 }
    let isStray = (zeros.even + zeros.odd) * 100 <= head.count
    return isStray && looksWritten(rest) ? narrow(rest, whole: false) : nil
  }

  /// No more than a few control characters.
  static func looksWritten(_ bytes: [UInt8]) -> Bool {
    let part = bytes.prefix(1 << 16)
    return part.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } * 100 <= part.count
  }

  private static func narrow(_ head: [UInt8], whole: Bool) -> TextEncoding {
    // Cut at a line end: no character is cut in any of these encodings.
    let lines = whole ? head.count : (head.lastIndex(of: 0x0A) ?? head.count)
    if isUTF8(head[0..<lines]) { return .utf8 }
    // A file with a damaged row here and there: by lines, what most of those that are not ASCII are.
    var utf8 = 0
    var other: [ArraySlice<UInt8>] = []
    for line in head[0..<lines].split(separator: 0x0A) where line.contains(where: { $0 >= 0x80 }) {
      if isUTF8(line) { utf8 += 1 } else { other.append(line) }
    }
    guard utf8 < other.count else { return .utf8 }
    let sample = Array(other.prefix(400).joined(separator: [0x0A]).prefix(1 << 16))
    return commonness(sample, .big5) > commonness(sample, .gb18030) ? .big5 : .gb18030
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return true }
      return csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), buffer.count) == 1
    }
  }

  /// How much the text reads like Chinese when it is taken for this encoding: characters of every page of writing count
  /// for it, bytes that are no text against it. Read wrongly, GBK and Big5 are both full of rare characters.
  private static func commonness(_ sample: [UInt8], _ encoding: TextEncoding) -> Double {
    guard let converter = try? Converter(encoding, file: "") else { return 0 }
    var raw = sample
    var out = [UInt8](repeating: 0, count: sample.count * 2 + 16)
    let (used, _) = converter.convert(&raw, raw.count, into: &out, room: out.count)
    var common = 0
    var all = 1
    for scalar in String(decoding: out[0..<used], as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
      all += 1
      if scalar.value == 0xFFFD { common -= 4 } else if Self.frequent.contains(scalar) { common += 1 }
    }
    return Double(common) / Double(all)
  }

  private static let frequent = Set(
    """
    的一是不我有在人了你要已本和中为同请会個个這这来來用到时時可以上下分後后地他她们們大小生年月日对對申請客户戶号號码碼账帳注註销銷阅閱读讀\
    意认認证證问問题題描述服务務类類工单單编編标標内容电電话話邮郵箱手机機联聯系企业業名称稱公司资資料附件间間提交状狀态態余額额欠费費关關闭閉\
    ，。、；：？！《》“”「」（）
    """.unicodeScalars)
}
