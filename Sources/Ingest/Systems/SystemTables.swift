/// Looks records up in the tables of an export, whose files are read when they are asked for. Keeps the last few.
final class SystemTables {
  private let index: SystemIndex
  private let options: IngestOptions
  private var kept: [(source: Int, tables: [String: [String: [JSONValue]]])] = []
  private static let files = 16
  /// The first file that could not be read.
  private(set) var failure: IngestError?

  init(_ index: SystemIndex, _ options: IngestOptions) {
    self.index = index
    self.options = options
  }

  /// - Parameter source: the file of the ticket that asks; of a table of people its own copy counts.
  func lookup(_ table: String, _ key: String, from source: Int) -> [JSONValue]? {
    guard var sources = index.tables[table]?[key] else { return nil }
    if sources.count > 1, isUnique(table, sources[0]) { sources = [sources.contains(source) ? source : sources[0]] }
    return sources.flatMap { tables(of: $0)[table]?[key] ?? [] }
  }

  private func isUnique(_ table: String, _ source: Int) -> Bool {
    index.system.documents[index.sources[source].document].tables.contains { $0.name == table && $0.isUnique }
  }

  private func tables(of source: Int) -> [String: [String: [JSONValue]]] {
    if let place = kept.firstIndex(where: { $0.source == source }) {
      let found = kept.remove(at: place)
      kept.append(found)
      return found.tables
    }
    var tables: [String: [String: [JSONValue]]] = [:]
    let file = index.sources[source]
    do throws(IngestError) {
      try SystemDocuments.forEach(file, options) { document, _ in
        Self.take(document, index.system.documents[file.document].tables, key: file.key, &tables)
        return true
      } broken: { _ in
      }
    } catch {
      failure = failure ?? error
    }
    if kept.count == Self.files { kept.removeFirst() }
    kept.append((source, tables))
    return tables
  }

  static func take(
    _ document: JSONValue, _ kinds: [SystemMap.Table], key: String, _ out: inout [String: [String: [JSONValue]]]
  ) {
    let scope = PathScope(record: document, variables: ["file": key]) { _, _ in nil }
    for table in kinds {
      if table.key.first?.spelling == "@file" {
        // Known, even when nothing stands in it.
        out[table.name, default: [:]][key, default: []] += (scope.find(table.rows) ?? []).map(\.value)
        continue
      }
      for found in scope.find(table.rows) ?? [] {
        for name in scope.with(found.value, key: found.key).texts(table.key) {
          if table.isUnique, out[table.name]?[name] != nil { continue }
          out[table.name, default: [:]][name, default: []].append(found.value)
        }
      }
    }
  }
}
