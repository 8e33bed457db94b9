/// RFC 3492, for the labels of internationalised domains.
enum Punycode {
  private static let base = 36, tMin = 1, tMax = 26, skew = 38, damp = 700, initialBias = 72, initialN = 128

  private static func adapt(_ delta: Int, _ points: Int, _ first: Bool) -> Int {
    var delta = first ? delta / damp : delta / 2
    delta += delta / points
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  /// - Parameter label: what follows `xn--`, lower case, at most 63 bytes.
  /// - Returns: `nil` for what is no Punycode.
  static func decode(_ label: [UInt32]) -> [UInt32]? {
    guard label.count <= 63 else { return nil }
    var out: [UInt32] = []
    var at = 0
    if let dash = label.lastIndex(of: 0x2D) {
      out = Array(label[..<dash])
      at = dash + 1
    }
    guard out.allSatisfy({ $0 < 0x80 }) else { return nil }
    var n = initialN
    var i = 0
    var bias = initialBias
    while at < label.count {
      let before = i
      var weight = 1
      var k = base
      while true {
        guard at < label.count, let digit = value(label[at]) else { return nil }
        at += 1
        i += digit * weight
        guard i < 0x7FFF_FFFF else { return nil }
        let t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias
        if digit < t { break }
        weight *= base - t
        guard weight < 0x7FFF_FFFF else { return nil }
        k += base
      }
      bias = adapt(i - before, out.count + 1, before == 0)
      n += i / (out.count + 1)
      i %= out.count + 1
      guard n <= 0x10FFFF, Unicode.Scalar(UInt32(n)) != nil else { return nil }
      out.insert(UInt32(n), at: i)
      i += 1
    }
    return out
  }

  /// - Parameter label: at most 63 scalars.
  static func encode(_ label: [UInt32]) -> [UInt32] {
    var out = label.filter { $0 < 0x80 }
    let basic = out.count
    var done = basic
    if basic > 0 { out.append(0x2D) }
    var n = initialN
    var delta = 0
    var bias = initialBias
    while done < label.count {
      guard let next = label.filter({ $0 >= UInt32(n) }).min() else { break }
      delta += (Int(next) - n) * (done + 1)
      n = Int(next)
      for scalar in label {
        if scalar < UInt32(n) { delta += 1 }
        guard scalar == UInt32(n) else { continue }
        var q = delta
        var k = base
        while true {
          let t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias
          if q < t { break }
          out.append(digit(t + (q - t) % (base - t)))
          q = (q - t) / (base - t)
          k += base
        }
        out.append(digit(q))
        bias = adapt(delta, done + 1, done == basic)
        delta = 0
        done += 1
      }
      delta += 1
      n += 1
    }
    return out
  }

  private static func digit(_ value: Int) -> UInt32 { UInt32(value < 26 ? 0x61 + value : 0x30 + value - 26) }
  private static func value(_ s: UInt32) -> Int? {
    switch s {
    case 0x30...0x39: Int(s) - 0x30 + 26
    case 0x61...0x7A: Int(s) - 0x61
    case 0x41...0x5A: Int(s) - 0x41
    default: nil
    }
  }
}
