/// A file that a ticket lists.
struct ExportedFile: Sendable, Hashable {
  let name: String
  let id: String
  /// The file itself, base64, where a document of the export holds it.
  let base64: String?
  let url: String?
}

enum SystemAttachments {
  /// - Returns: the customer's own, in order.
  static func read(
    _ map: SystemMap.Attachments, _ scope: PathScope, role: (PathScope) -> SystemMap.Role
  ) -> [ExportedFile] {
    var found: [PathScope.Found]?
    for path in map.from {
      found = scope.find(path)
      if found != nil { break }
    }
    var out: [ExportedFile] = []
    for item in found ?? [] {
      let value = map.split.map { SystemMessages.split(item.value, $0) } ?? item.value
      let inner = scope.with(value, key: item.key)
      guard let names = inner.text(map.name)?.trimmed, !names.isEmpty, role(inner) == .customer else { continue }
      // A cell of a table may name several.
      let list = map.split == nil ? names.split { "\n".contains($0) }.map(String.init) : [names]
      for name in list {
        out.append(
          ExportedFile(
            name: name.trimmed, id: inner.text(map.id)?.trimmed ?? "", base64: inner.text(map.base64),
            url: inner.text(map.url)))
      }
    }
    return out
  }
}
