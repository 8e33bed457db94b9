import ClosureModel

/// What is wrong with a number. `why` goes to whoever typed it.
enum PhoneFault: Sendable, Hashable {
  case empty, masked, chineseDigits, lookalike, noDigits, tooShort(Int), tooLong(Int), prefix, noAreaCode, landline
  case shortService, abroad, placeholder, scientific, letters, several, abbreviated, extra

  var why: String {
    switch self {
    case .empty: "没有内容，请填写电话"
    case .masked: "带有 * 等遮盖符号，请写完整的号码"
    case .chineseDigits: "号码写成了汉字，请用数字写"
    case .lookalike: "号码里混有字母（如 O、l），请用数字写"
    case .noDigits: "没有数字，请填写电话号码"
    case .tooShort(let n): "只有 \(n) 位数字，位数不够；手机号为 11 位，座机请加区号"
    case .tooLong(let n): "有 \(n) 位数字，位数过多；手机号为 11 位，请核对"
    case .prefix: "不是已启用的手机号段，请核对"
    case .noAreaCode: "座机缺少区号，请写成 010-88886666 的形式"
    case .landline: "区号或座机号码不存在，请核对"
    case .shortService: "是服务短号，请填写本人的手机或座机"
    case .abroad: "国家或地区代码后的号码不存在，请核对"
    case .placeholder: "像是占位的号码，请填写真实的号码"
    case .scientific: "号码变成了科学计数法，请按文本格式填写"
    case .letters: "号码里有不是数字的字符，请核对"
    case .several: "有多个号码，请只填一个"
    case .abbreviated: "第二个号码只写了末尾几位，请写完整"
    case .extra: "号码之外还有别的文字，请只填号码"
    }
  }
}

/// A span of a text that is a number or is meant to be one.
struct PhoneHit {
  enum Shape: Sendable { case mobile, landline, hotline, abroad, other }
  var range: Range<Int>
  /// E.164 where the number exists, else as given.
  var value: String
  var ext: String? = nil
  var status: ContactReading.Status
  var suggestion: String? = nil
  var fault: PhoneFault? = nil
  var shape: Shape
}

/// A number that exists.
struct PhoneMatch {
  var value: String
  var shape: PhoneHit.Shape
  /// One past the last group of digits.
  var end: Int
}

/// Counts the calls of libphonenumber: a text made to cost time gets no more than this many.
struct PhoneBudget {
  var left = 4096
  mutating func e164(_ text: [UInt8]) -> String? {
    guard left > 0 else { return nil }
    left -= 1
    return PhoneLibrary.e164(text)
  }
}
