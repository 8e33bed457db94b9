public import ClosureModel

/// Which field each column most likely is: the configuration, then its name, then what its values look like.
public enum ColumnProposal {
  /// The fact of the account that a heading speaks of without being one of its names: 冻结余额. Such a column is not ignored
  /// unless somebody says so.
  public static func fact(spokenOfIn name: String) -> TicketField? { Headings.fact(spokenOfIn: name) }

  /// - Returns: a field for each column, by its place; no field twice.
  public static func fields(_ sample: ColumnSample, configured: [String: TicketField]) -> [TicketField?] {
    var out = ColumnMap(names: sample.names, configured: configured).fields
    var taken = Set(out.compactMap { $0 })
    let named = FieldNames([:], configured: [:])
    for (index, name) in sample.names.enumerated() where out[index] == nil && configured[name] == nil {
      guard let field = named.field(name), taken.insert(field).inserted else { continue }
      out[index] = field
    }
    for (index, values) in sample.values.enumerated() where out[index] == nil && configured[sample.names[index]] == nil
    {
      guard let field = shape(of: values), taken.insert(field).inserted else { continue }
      out[index] = field
    }
    return out
  }

  /// - Returns: a field only where every sample looks like one and hardly like anything else.
  private static func shape(of values: [String]) -> TicketField? {
    guard !values.isEmpty else { return nil }
    func all(_ test: (String) -> Bool) -> Bool { values.allSatisfy(test) }
    let digits = values.map { $0.filter { $0.isASCII && $0.isNumber } }
    if all({ $0.split(separator: "@").count == 2 && !$0.contains(" ") && $0.contains(".") }) { return .email }
    if zip(values, digits).allSatisfy({
      $0.count <= 15 && $1.count == 11 && $1.hasPrefix("1") && $1.dropFirst().first ?? "0" > "2"
    }) {
      return .phone
    }
    if all({ ["个人", "企业", "未实名", "个人实名", "企业实名"].contains($0) }) { return .kind }
    if all({ Timestamp(parsing: $0) != nil && $0.count >= 8 }) { return .submittedAt }
    if all({ $0.contains("注销须知") || $0.contains("注销账") || $0.contains("销户") }), all({ $0.count > 15 }) { return .body }
    if all({ name in [".png", ".jpg", ".jpeg", ".pdf", ".docx", ".zip"].contains { name.lowercased().hasSuffix($0) } })
    {
      return .attachments
    }
    if all({ $0.contains("账号与认证") && $0.count < 30 }) { return .category }
    return nil
  }
}
