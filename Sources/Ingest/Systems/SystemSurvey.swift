import ClosureModel

/// Gathers what `SystemIndex` keeps, one document at a time.
struct SystemSurvey {
  private let system: SystemMap
  private(set) var tables: [String: [String: [Int]]] = [:]
  private var seen: [String: [Copy]] = [:]
  private var groups: [Group: Holdings] = [:]
  private var unreadable: [String] = []

  /// One kind of document, in one series of files.
  private struct Group: Hashable {
    let document: Int
    let series: String
  }
  private struct Holdings {
    var ids: Set<String> = []
    var sources: [Int] = []
    var facts = ReceiptFacts()
    var isNamed = true
  }
  private struct Copy {
    let group: Group
    let place: SystemIndex.Place
    let row: Int
    let updated: Timestamp?
    let hash: Int
  }

  init(_ system: SystemMap) { self.system = system }

  mutating func broken(_ what: String, in source: SystemIndex.Source, _ index: Int) {
    unreadable.append(what)
    // Its records are row errors of the reading: it is read where it bears tickets.
    guard system.documents[source.document].tickets != nil else { return }
    enter(source, index)
  }

  private mutating func enter(_ source: SystemIndex.Source, _ index: Int) {
    let group = Group(document: source.document, series: source.series)
    if groups[group, default: Holdings()].sources.last != index {
      groups[group, default: Holdings()].sources.append(index)
    }
    groups[group, default: Holdings()].isNamed = source.file.isNamed
  }

  mutating func take(_ document: JSONValue, row: Int, _ index: Int, _ source: SystemIndex.Source) {
    let kind = system.documents[source.document]
    let scope = PathScope(record: document, variables: ["file": source.key]) { _, _ in nil }
    for table in kind.tables {
      if table.key.first?.spelling == "@file" {
        add(index, to: table.name, source.key)
        continue
      }
      for found in scope.find(table.rows) ?? [] {
        if let key = scope.with(found.value, key: found.key).text(table.key) { add(index, to: table.name, key) }
      }
    }
    guard let path = kind.tickets, let form = kind.form, let record = system.records[form] else { return }
    enter(source, index)
    let group = Group(document: source.document, series: source.series)
    let tickets = scope.find(path) ?? []
    for (offset, found) in tickets.enumerated() {
      let inner = scope.with(found.value, key: found.key)
      guard let id = inner.text(record.id)?.trimmed else { continue }
      groups[group]?.ids.insert(id)
      let updated = inner.text(record.updated).flatMap { SystemTime.parse($0, zone: .utc)?.time }
      let place = SystemIndex.Place(source: index, document: row, item: offset + 1)
      seen[id, default: []].append(
        Copy(
          group: group, place: place, row: place.row(source.mode), updated: updated, hash: found.value.hashValue))
    }
    groups[group]?.facts.take(kind.claims, scope, tickets: tickets.count, source.file.name)
  }

  private mutating func add(_ index: Int, to table: String, _ key: String) {
    if tables[table]?[key]?.last == index { return }
    tables[table, default: [:]][key, default: []].append(index)
  }

  /// Chooses the forms that are read: the fullest kind of document first, then whatever brings tickets that no form before
  /// it has, or newer copies of them in the same form.
  func close(files: Int, used: Int) -> ([Int], [SystemIndex.Place: SystemIndex.Fate], ReceiptFacts) {
    let ordered = groups.filter { $0.value.isNamed }.sorted { a, b in
      if a.key.document != b.key.document { return a.key.document < b.key.document }
      if a.value.ids.count != b.value.ids.count { return a.value.ids.count > b.value.ids.count }
      return a.key.series < b.key.series
    }
    var chosen: [Group] = []
    var covered: [String: Group] = [:]
    var facts = ReceiptFacts()
    var passedOver = 0
    for (group, holdings) in ordered {
      let isNew = holdings.ids.contains { covered[$0] == nil } || holdings.ids.isEmpty
      guard isNew || bringsNewer(group, holdings.ids) else {
        passedOver += holdings.sources.count
        continue
      }
      chosen.append(group)
      for id in holdings.ids where covered[id] == nil { covered[id] = group }
      facts.add(holdings.facts, distinct: holdings.ids.count)
    }
    var fates: [SystemIndex.Place: SystemIndex.Fate] = [:]
    for (id, copies) in seen where copies.count > 1 {
      guard let main = covered[id] else { continue }
      let read = copies.filter { chosen.contains($0.group) }
      for copy in read where copy.group.document != main.document { fates[copy.place] = .sameTicket }
      judge(read.filter { $0.group.document == main.document }, &fates)
    }
    facts.distinct = covered.count
    facts.files = files
    facts.usedFiles = used
    facts.sameTicketsElsewhere = passedOver
    facts.unreadable = unreadable
    facts.forms = Set(chosen.map { system.documents[$0.document].id }).sorted()
    return (chosen.flatMap { groups[$0]?.sources ?? [] }.sorted(), fates, facts)
  }

  private func bringsNewer(_ group: Group, _ ids: Set<String>) -> Bool {
    ids.contains { id in
      let copies = (seen[id] ?? []).filter { $0.group.document == group.document }
      guard let own = copies.filter({ $0.group == group }).compactMap(\.updated).max(),
        let other = copies.filter({ $0.group != group }).compactMap(\.updated).max()
      else { return false }
      return own > other
    }
  }

  /// The one that is newer than all others counts; of equals the first.
  private func judge(_ copies: [Copy], _ fates: inout [SystemIndex.Place: SystemIndex.Fate]) {
    guard copies.count > 1 else { return }
    let newest = copies.indices.first { index in
      copies.indices.allSatisfy { other in
        guard index != other else { return true }
        guard let mine = copies[index].updated, let theirs = copies[other].updated else { return false }
        return mine > theirs
      }
    }
    let kept = copies[newest ?? 0]
    for copy in copies {
      fates[copy.place] = .copy(newest == nil ? .duplicate(of: kept.row) : .superseded(by: kept.row))
    }
    fates[kept.place] = .copy(.counts(conflicting: newest == nil && copies.contains { $0.hash != kept.hash }))
  }
}
