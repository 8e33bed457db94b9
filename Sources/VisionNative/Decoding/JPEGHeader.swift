/// The markers of a JPEG up to its first scan. Source: ITU-T T.81, annex B.
struct JPEGHeader: Sendable, Hashable {
  var width = 0
  var height = 0
  /// EXIF, 1…8.
  var orientation = 1
  /// Bits a sample.
  var precision = 0
  var components = 0
  var isProgressive = false
  /// Bytes of all coefficients: a progressive picture is held whole until its last scan.
  var coefficientBytes = 0

  /// - Returns: nil without a frame header before the first scan.
  init?(_ file: [UInt8]) {
    let bytes = Bytes(file)
    var at = 2
    while true {
      guard bytes[at] == 0xFF else { return nil }
      while bytes[at + 1] == 0xFF { at += 1 }
      guard let marker = bytes[at + 1], marker != 0xDA, marker != 0xD9 else { return nil }
      if marker == 0x01 || (0xD0...0xD8).contains(marker) {
        at += 2
        continue
      }
      guard let length = bytes.big16(at + 2), length >= 2 else { return nil }
      if marker == 0xE1, bytes.text(at: at + 4, 6) == "Exif\0\0" {
        orientation = EXIF.orientation(in: bytes, at: at + 10) ?? orientation
      }
      let isFrame = (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
      if isFrame {
        isProgressive = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)
        guard readFrame(bytes, at + 4) else { return nil }
        return
      }
      at += 2 + length
    }
  }

  private mutating func readFrame(_ bytes: Bytes, _ at: Int) -> Bool {
    guard let precision = bytes[at], let height = bytes.big16(at + 1), let width = bytes.big16(at + 3),
      let components = bytes[at + 5], width > 0, height > 0, components > 0, components <= 4
    else { return false }
    self.precision = Int(precision)
    self.width = width
    self.height = height
    self.components = Int(components)
    var samples: [(Int, Int)] = []
    for index in 0..<self.components {
      guard let factors = bytes[at + 7 + 3 * index] else { return false }
      samples.append((Int(factors >> 4), Int(factors & 15)))
    }
    let across = samples.map(\.0).max() ?? 1
    let down = samples.map(\.1).max() ?? 1
    guard samples.allSatisfy({ (1...4).contains($0.0) && (1...4).contains($0.1) }) else { return false }
    coefficientBytes = samples.reduce(0) { $0 + 2 * width * $1.0 / across * (height * $1.1 / down) }
    return true
  }
}
