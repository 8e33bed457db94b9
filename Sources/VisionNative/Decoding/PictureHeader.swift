import ClosureModel

/// What the first bytes of a picture say about it, told without a decoder: bounds are checked on this.
struct PictureHeader: Sendable, Hashable {
  var width: Int
  var height: Int
  /// EXIF, 1…8.
  var orientation = 1
  /// Bytes that decoding it at full size takes beside the file itself.
  var decodedBytes: Int

  /// - Returns: nil when the header is broken.
  /// - Throws: `.unsupported` for a kind of the format that is not read, in words.
  static func read(_ bytes: [UInt8], type: AttachmentFact.FileType) throws(DecodeFailure) -> PictureHeader? {
    switch type {
    case .png: png(Bytes(bytes))
    case .bmp: bmp(Bytes(bytes))
    case .webp: try webp(Bytes(bytes))
    default: nil
    }
  }

  /// The decoder keeps the rows and then makes the picture: twice.
  private static func png(_ bytes: Bytes) -> PictureHeader? {
    guard bytes.text(at: 12, 4) == "IHDR", let width = bytes.big32(16), let height = bytes.big32(20),
      let depth = bytes[24], let colour = bytes[25], width > 0, height > 0
    else { return nil }
    let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colour] ?? 4
    let row = samples * max(1, width * min(Int(depth), 8) / 8)
    let picture = samples == 1 ? row : 4 * width
    // A palette, or grey with a transparent colour, becomes colour.
    let flat = colour == 3 ? 4 * width : 0
    var header = PictureHeader(width: width, height: height, decodedBytes: saturating(row + picture + flat, height))
    // The chunk eXIf may stand anywhere before the pixels.
    var at = 8
    while let length = bytes.big32(at), let name = bytes.text(at: at + 4, 4), name != "IDAT", name != "IEND" {
      if name == "eXIf" { header.orientation = EXIF.orientation(in: bytes, at: at + 8) ?? 1 }
      at += 12 + length
    }
    return header
  }

  private static func bmp(_ bytes: Bytes) -> PictureHeader? {
    guard let width = bytes.little32(18), let height = bytes.little32(22), let depth = bytes.little16(28) else {
      return nil
    }
    // Below zero: the first row is the topmost.
    let rows = height >= 1 << 31 ? (1 << 32) - height : height
    guard width > 0, rows > 0, width < 1 << 31 else { return nil }
    return PictureHeader(width: width, height: rows, decodedBytes: saturating(depth > 8 ? 4 * width : 5 * width, rows))
  }

  private static func webp(_ bytes: Bytes) throws(DecodeFailure) -> PictureHeader? {
    var size: (width: Int, height: Int)?
    var orientation = 1
    switch bytes.text(at: 12, 4) {
    case "VP8 ":
      if let width = bytes.little16(26), let height = bytes.little16(28) { size = (width & 0x3FFF, height & 0x3FFF) }
    case "VP8L":
      if let bits = bytes.little32(21) { size = ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1) }
    case "VP8X":
      guard let flags = bytes[20] else { return nil }
      if flags & 2 != 0 { throw DecodeFailure(.unsupported, "an animated WebP picture is not read") }
      if let width = bytes.little24(24), let height = bytes.little24(27) { size = (width + 1, height + 1) }
      var at = 12
      while let name = bytes.text(at: at, 4), let length = bytes.little32(at + 4) {
        if name == "EXIF" {
          let start = bytes.text(at: at + 8, 4) == "Exif" ? at + 14 : at + 8
          orientation = EXIF.orientation(in: bytes, at: start) ?? 1
        }
        at += 8 + length + length % 2
      }
    default: return nil
    }
    guard let size, size.width > 0, size.height > 0 else { return nil }
    return PictureHeader(
      width: size.width, height: size.height, orientation: orientation,
      decodedBytes: saturating(8 * size.width, size.height))
  }

  static func saturating(_ row: Int, _ rows: Int) -> Int {
    let (bytes, overflow) = row.multipliedReportingOverflow(by: rows)
    return overflow ? Int.max : bytes
  }
}

/// Bytes with every access checked.
struct Bytes {
  let all: [UInt8]
  init(_ all: [UInt8]) { self.all = all }
  subscript(_ at: Int) -> UInt8? { at >= 0 && at < all.count ? all[at] : nil }

  func big16(_ at: Int) -> Int? { number(at, [1, 0]) }
  func big32(_ at: Int) -> Int? { number(at, [3, 2, 1, 0]) }
  func little16(_ at: Int) -> Int? { number(at, [0, 1]) }
  func little24(_ at: Int) -> Int? { number(at, [0, 1, 2]) }
  func little32(_ at: Int) -> Int? { number(at, [0, 1, 2, 3]) }
  func text(at: Int, _ count: Int) -> String? {
    guard at >= 0, at <= all.count - count else { return nil }
    return String(decoding: all[at..<at + count], as: UTF8.self)
  }
  private func number(_ at: Int, _ places: [Int]) -> Int? {
    guard at >= 0, at <= all.count - places.count else { return nil }
    return places.indices.reduce(0) { $0 | Int(all[at + $1]) << (8 * places[$1]) }
  }
}

/// The one tag of EXIF that matters here. Source: EXIF 2.32, 4.6.4.
enum EXIF {
  /// - Parameter start: of the TIFF header inside the EXIF block.
  /// - Returns: 1…8; nil: not told.
  static func orientation(in bytes: Bytes, at start: Int) -> Int? {
    let isLittle = bytes.text(at: start, 2) == "II"
    guard isLittle || bytes.text(at: start, 2) == "MM" else { return nil }
    func short(_ at: Int) -> Int? { isLittle ? bytes.little16(at) : bytes.big16(at) }
    func long(_ at: Int) -> Int? { isLittle ? bytes.little32(at) : bytes.big32(at) }
    guard short(start + 2) == 42, let offset = long(start + 4), let count = short(start + offset) else { return nil }
    for index in 0..<count {
      let entry = start + offset + 2 + 12 * index
      guard let tag = short(entry) else { return nil }
      if tag == 0x0112 { return short(entry + 8).flatMap { (1...8).contains($0) ? $0 : nil } }
    }
    return nil
  }
}
