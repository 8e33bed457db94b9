/// Digits written as characters, plain, banking and spoken ones (幺, 洞, 拐, 勾).
enum ChineseDigits {
  /// Those of the basic plane.
  static let scalars = ScalarSet(where: { value($0) != nil })

  static func value(_ s: UInt32) -> UInt8? {
    switch s {
    case 0x3007, 0x96F6, 0x25CB, 0x6D1E: 0
    case 0x4E00, 0x58F9, 0x5E7A: 1
    case 0x4E8C, 0x8D30, 0x4E24: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646: 6
    case 0x4E03, 0x67D2, 0x62D0: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396, 0x52FE: 9
    default: nil
    }
  }
}
