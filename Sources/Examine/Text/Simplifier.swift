import COpenCC

/// Traditional to simplified, scalar by scalar, so that offsets stay true.
/// The table is made once by OpenCC (`t2s.json`) over the two CJK blocks; without OpenCC's data it is empty and
/// traditional texts are simply not understood: they go to a person.
enum Simplifier {
  private static let first: UInt32 = 0x3400
  /// One entry for each scalar of the two blocks.
  static let table: [UInt32] = {
    var flat = Array(first...0x9FFF)
    for (source, target) in build() where source >= first { flat[Int(source - first)] = target }
    flat[Int(0x5E10 - first)] = 0x8D26
    flat[Int(0x5E33 - first)] = 0x8D26
    return flat
  }()

  static func simplify(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x5E10, 0x5E33: 0x8D26  // 帐, 帳 -> 账, which t2s keeps
    case 0x3400...0x9FFF: table[Int(scalar - first)]
    default: scalar
    }
  }

  private static func build() -> [UInt32: UInt32] {
    var found: [UInt32: UInt32] = [0x7747: 0x770B, 0x55BA: 0x5728, 0x77AD: 0x4E86, 0x5E77: 0x5E76]
    guard let opencc = try? LazyLibraries.openCC(), let converter = opencc.opencc_open("t2s.json"),
      Int(bitPattern: converter) != -1
    else { return found }
    defer { _ = opencc.opencc_close(converter) }
    let sources = Array(UInt32(0x4E00)...0x9FFF)
    var input = ""
    for scalar in sources {
      guard let unicode = Unicode.Scalar(scalar) else { continue }
      input.unicodeScalars.append(unicode)
      input.unicodeScalars.append("\n")
    }
    let bytes = Array(input.utf8CString)
    var output = [CChar](repeating: 0, count: bytes.count * 2)
    let written = opencc.opencc_convert_utf8_to_buffer(converter, bytes, bytes.count - 1, &output)
    guard written > 0, written < output.count else { return found }
    let text = String(decoding: output[..<written].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var (line, last, length) = (0, UInt32(0), 0)
    for scalar in Scalars.of(text) where line < sources.count {
      if scalar != 10 {
        (last, length) = (scalar, length + 1)
        continue
      }
      if length == 1, last != sources[line] { found[sources[line]] = last }
      (line, length) = (line + 1, 0)
    }
    return found
  }
}
