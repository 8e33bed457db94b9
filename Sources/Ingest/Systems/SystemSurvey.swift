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
    /// Tables in which the record is looked up as well: the details of a ticket.
    let details: [String]
  }
  private let zone: LocalZone

  init(_ system: SystemMap, zone: LocalZone) {
    self.system = system
    self.zone = zone
  }

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
        add(index, to: table, source.key)
        continue
      }
      for found in scope.find(table.rows) ?? [] {
        for key in scope.with(found.value, key: found.key).texts(table.key) { add(index, to: table, key) }
      }
    }
    guard let path = kind.tickets, let form = kind.form, let record = system.records[form] else { return }
    enter(source, index)
    let group = Group(document: source.document, series: source.series)
    let tickets = scope.find(path) ?? []
    let details = kind.tables.filter { table in
      table.isUnique && table.rows.spelling == path.spelling && !path.spelling.contains("*")
        && table.key.contains { record.id.contains($0) }
    }.map(\.name)
    for (offset, found) in tickets.enumerated() {
      let inner = scope.with(found.value, key: found.key)
      guard let id = inner.text(record.id)?.trimmed else { continue }
      groups[group]?.ids.insert(id)
      let updated = inner.text(record.updated).flatMap {
        SystemTime.parse($0, zone: record.timesAreUTC ? .utc : zone)?.time
      }
      let place = SystemIndex.Place(source: index, document: row, item: offset + 1)
      seen[id, default: []].append(
        Copy(
          group: group, place: place, row: place.row(source.mode), updated: updated, hash: found.value.hashValue,
          details: details))
    }
    groups[group]?.facts.take(kind.claims, scope, tickets: tickets.count, source.file.name)
  }

  private mutating func add(_ index: Int, to table: SystemMap.Table, _ key: String) {
    if tables[table.name]?[key]?.last == index || tables[table.name]?[key]?.count ?? 0 >= table.files { return }
    tables[table.name, default: [:]][key, default: []].append(index)
  }

  /// Chooses the forms that are read: the fullest kind of document first, then whatever brings tickets that no form before
  /// it has, or newer copies of them. The newest copy counts, whatever its form.
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
      guard isNew || bringsNewer(group, holdings.ids, than: chosen) else {
        passedOver += holdings.sources.count
        continue
      }
      chosen.append(group)
      for id in holdings.ids where covered[id] == nil { covered[id] = group }
      facts.add(holdings.facts, distinct: holdings.ids.count)
    }
    var fates: [SystemIndex.Place: SystemIndex.Fate] = [:]
    for (id, copies) in seen where copies.count > 1 {
      guard let first = covered[id] else { continue }
      let read = copies.filter { chosen.contains($0.group) }
      let main = newest(read, unless: first)
      for copy in read where copy.group.document != main.document { fates[copy.place] = .sameTicket }
      facts.copies += judge(read.filter { $0.group.document == main.document }, &fates)
    }
    facts.distinct = covered.count
    facts.files = files
    facts.usedFiles = used
    facts.sameTicketsElsewhere = passedOver
    facts.unreadable = unreadable
    facts.forms = Set(chosen.map { system.documents[$0.document].id }).sorted()
    return (chosen.flatMap { groups[$0]?.sources ?? [] }.sorted(), fates, facts)
  }

  private func bringsNewer(_ group: Group, _ ids: Set<String>, than chosen: [Group]) -> Bool {
    ids.contains { id in
      let copies = seen[id] ?? []
      guard let own = copies.filter({ $0.group == group }).compactMap(\.updated).max(),
        let other = copies.filter({ chosen.contains($0.group) }).compactMap(\.updated).max()
      else { return false }
      return own > other
    }
  }

  /// - Returns: the group whose form has the newest copy; `first` where that is as new.
  private func newest(_ copies: [Copy], unless first: Group) -> Group {
    let own = copies.filter { $0.group.document == first.document }.compactMap(\.updated).max()
    guard let own, let last = copies.max(by: { ($0.updated ?? own) < ($1.updated ?? own) }),
      let time = last.updated, time > own
    else { return first }
    return last.group
  }

  /// The tables, whose copies of one ticket stand in the order of their times.
  var newestFirst: [String: [String: [Int]]] {
    var out = tables
    for (id, copies) in seen {
      for table in Set(copies.flatMap(\.details)) {
        guard let sources = out[table]?[id], sources.count > 1 else { continue }
        func time(_ source: Int) -> Int64 {
          copies.filter { $0.place.source == source }.compactMap(\.updated?.epochSeconds).max() ?? .min
        }
        let times = sources.map(time)
        // Of equals the first.
        out[table]?[id] = sources.indices.sorted { times[$0] != times[$1] ? times[$0] > times[$1] : $0 < $1 }
          .map { sources[$0] }
      }
    }
    return out
  }

  /// - Returns: records that are read and are newer than every detail of their ticket.
  func older(read sources: Set<Int>) -> Set<SystemIndex.Place> {
    var out: Set<SystemIndex.Place> = []
    for copies in seen.values where copies.count > 1 {
      guard let detail = copies.filter({ !$0.details.isEmpty }).compactMap(\.updated).max() else { continue }
      for copy in copies where copy.details.isEmpty && sources.contains(copy.place.source) {
        if let updated = copy.updated, updated > detail { out.insert(copy.place) }
      }
    }
    return out
  }

  /// The one that is newer than all others counts; of equals the first. Systems repeat tickets on their pages: a copy that
  /// is older than the one that counts, or the same to the letter, is nothing to mend.
  /// - Returns: how many of these there are.
  private func judge(_ copies: [Copy], _ fates: inout [SystemIndex.Place: SystemIndex.Fate]) -> Int {
    guard copies.count > 1 else { return 0 }
    let newest = copies.indices.first { index in
      copies.indices.allSatisfy { other in
        guard index != other else { return true }
        if copies[index].hash == copies[other].hash { return true }
        guard let mine = copies[index].updated, let theirs = copies[other].updated else { return false }
        return mine > theirs
      }
    }
    let kept = copies[newest ?? 0]
    var passedOver = -1
    for copy in copies {
      let isNothing = newest != nil || copy.hash == kept.hash
      fates[copy.place] = isNothing ? .sameTicket : .copy(.duplicate(of: kept.row))
      passedOver += isNothing ? 1 : 0
    }
    fates[kept.place] = .copy(.counts(conflicting: newest == nil))
    return passedOver
  }
}
