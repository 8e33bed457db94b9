import CSimdJSON
import ClosureModel

/// Objects of a list or of lines.
extension ExportSource {
  static func objects(_ path: [String]?, _ container: Container, _ guess: EncodingGuess, _ options: IngestOptions)
    throws(IngestError) -> (Reading, ColumnMap, DuplicateIndex)
  {
    let input = container.text
    var table = KeyTable()
    var index = DuplicateIndex()
    // Ids are hashed under the key that looks like the id so far.
    var hashed: Int?
    func columns() -> ColumnMap {
      ColumnMap(names: table.names.map { String(decoding: $0, as: UTF8.self) }, configured: options.columns)
    }
    func add(_ members: UnsafeBufferPointer<csimdjson_field>, under key: Int?) {
      for (hint, member) in members.enumerated() where table.index(member.keyBytes, hint: hint) == key {
        index.add(member.valueBytes)
      }
    }
    var pass = try JSONPass(input, guess, path: path, options)
    while let record = try pass.next() {
      if record.isMissingEnd, !pass.hasFoundArray, let path {
        throw IngestError(
          code: .notAnExport, file: input.name, what: "it holds no list “\(path.joined(separator: "."))”",
          fix: "Name the keys that lead to the list of tickets, joined by dots, with --records.")
      }
      try pass.members(record) { members in
        for (hint, member) in members.enumerated() { table.learn(member.keyBytes, hint: hint) }
        if hashed == nil { hashed = columns().fields.firstIndex(of: .ticket) }
        if let hashed { add(members, under: hashed) }
      }
    }
    let map = columns()
    try require(map, input.name)
    // A later record brought the key that is the id after all: its values are hashed in a pass of their own.
    if let key = map.fields.firstIndex(of: .ticket), key != hashed {
      index = DuplicateIndex()
      var again = try JSONPass(input, guess, path: path, options)
      while let record = try again.next() { try again.members(record) { add($0, under: key) } }
    }
    let reading = Reading(
      form: .objects(path: path), guess: guess, text: input, isSheet: false, headerRow: 0)
    return (reading, map, index)
  }

  /// Stands for a value that is no text.
  private static let someObject = "object"

  func objects(_ path: [String]?, _ rejects: RejectFile?, _ body: (SourceItem) -> Bool)
    throws(IngestError) -> ReadingNotes
  {
    var builder = TicketBuilder(columns, present: present, zone: zone)
    var table = KeyTable()
    for name in columns.names { Array(name.utf8).withUnsafeBufferPointer { table.learn($0, hint: .max) } }
    table.map(columns)
    var pass = try JSONPass(reading.text, reading.guess, path: path, options)
    var cells = Cells(columns)
    while let record = try pass.next() {
      let origin = Origin(file: reading.text.name, row: record.number)
      for place in cells.texts.indices { cells[place] = nil }
      var repeatedKey = false
      var isGarbled = false
      var problem = try pass.members(record) { members in
        for (hint, member) in members.enumerated() {
          guard let place = table.place(member.keyBytes, hint: hint) else { continue }
          if cells[place] != nil { repeatedKey = true }
          if Mojibake.find(in: member.valueBytes) != nil { isGarbled = true }
          cells[place] = member.text
          // Messages are mostly objects.
          if cells[place] == nil, columns.laterPlaces.contains(place) { cells[place] = Self.someObject }
        }
      }
      let isObject = problem == nil
      if repeatedKey {
        problem = RecordProblem(
          code: .malformedJSON, what: "a key stands twice in the object",
          fix: "Export it again; which value counts cannot be told.")
      } else if isGarbled {
        problem = try pass.mojibake(in: record)
      }
      let item: SourceItem =
        if let problem {
          .rowError(
            RowError(
              code: problem.code, origin: origin, what: problem.what, fix: problem.fix,
              ticket: builder.ticketID(cells)))
        } else {
          builder.build(cells, origin: origin)
        }
      if let rejects, case .rowError(let error) = item {
        try rejects.add(object: pass.raw(record), isWhole: isObject, error)
      }
      guard body(item) else { break }
    }
    return ReadingNotes(usedLocalTime: builder.usedLocalTime, unreadableTimes: builder.unreadableTimes)
  }
}
