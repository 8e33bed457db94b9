/// One page of a TIFF by its tags. Source: TIFF 6.0, sections 2 and 8.
struct TIFFDirectory: Sendable, Hashable {
  var width = 0
  var height = 0
  var bitsPerSample = 1
  var samplesPerPixel = 1
  var orientation = 1
  /// A small copy of another page, made for viewers.
  var isThumbnail = false
  /// Which directory of the file, from 0.
  var index = 0

  /// Bytes that decoding takes: one sample is read row by row, several by way of a second picture.
  var decodedBytes: Int {
    let row = samplesPerPixel == 1 ? max(1, width * min(bitsPerSample, 16) / 8) : 8 * width
    return PictureHeader.saturating(row + (samplesPerPixel == 1 && bitsPerSample < 8 ? width : 0), height)
  }

  /// The directories in order.
  /// - Parameter limit: at most so many are looked at.
  /// - Returns: those that are whole, and whether the chain of them is.
  static func all(in file: [UInt8], limit: Int) -> (directories: [TIFFDirectory], isWhole: Bool) {
    let bytes = Bytes(file)
    let isLittle = bytes[0] == 0x49
    func short(_ at: Int) -> Int? { isLittle ? bytes.little16(at) : bytes.big16(at) }
    func long(_ at: Int) -> Int? { isLittle ? bytes.little32(at) : bytes.big32(at) }
    var result: [TIFFDirectory] = []
    var seen: Set<Int> = []
    guard var offset = long(4) else { return ([], false) }
    while offset != 0, result.count < limit {
      guard seen.insert(offset).inserted, let count = short(offset) else { return (result, false) }
      var directory = TIFFDirectory()
      directory.index = result.count
      for entry in 0..<count {
        let at = offset + 2 + 12 * entry
        guard let tag = short(at), let type = short(at + 2), let values = long(at + 4) else { return (result, false) }
        // BitsPerSample of several samples stands elsewhere; they are alike.
        let place = type == 3 && values > 2 ? long(at + 8) ?? 0 : at + 8
        guard let value = type == 3 ? short(place) : long(place) else { continue }
        switch tag {
        case 254: directory.isThumbnail = value & 1 != 0
        case 256: directory.width = value
        case 257: directory.height = value
        case 258: directory.bitsPerSample = value
        case 274: directory.orientation = (1...8).contains(value) ? value : 1
        case 277: directory.samplesPerPixel = value
        default: break
        }
      }
      guard directory.width > 0, directory.height > 0 else { return (result, false) }
      result.append(directory)
      guard let next = long(offset + 2 + 12 * count) else { return (result, false) }
      offset = next
    }
    return (result, true)
  }
}
