/// Names so near a company's that a worn seal could pass for either: another legal form, a branch, another place. The
/// writing must fit the expected name better than each of them.
package enum RivalNames {
  /// Characters of the endings that names are told apart by; a frame table needs them beside the name's own.
  package static let characters = Array("有限责任股份集团分公司子第一二三市".unicodeScalars)

  private static let forms = ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "公司"].map { Array($0.unicodeScalars) }
  private static let branches = ["分公司", "第一分公司", "子公司"].map { Array($0.unicodeScalars) }

  package static func of(_ name: [Unicode.Scalar]) -> Set<[Unicode.Scalar]> {
    var rivals: Set<[Unicode.Scalar]> = []
    // 股份有限公司 ends in 有限公司 too: the longest form is the name's own.
    let own = forms.filter { TextSearch.ends(name, with: $0) }.max { $0.count < $1.count }
    if let own {
      let stem = Array(name.dropLast(own.count))
      for form in forms where form != own { rivals.insert(stem + form) }
      // A branch repeats the place that the name begins with.
      for branch in branches {
        rivals.insert(name + branch)
        for length in 2...3 where stem.count > length { rivals.insert(name + stem.prefix(length) + branch) }
      }
    }
    if name.count > 3 {
      if name[2] == "市" { rivals.insert(Array(name[..<2]) + Array(name[3...])) }
      rivals.insert(Array(name[..<2]) + ["市"] + Array(name[2...]))
    }
    rivals.remove(name)
    return rivals
  }
}
