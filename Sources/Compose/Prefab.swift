import ClosureModel

/// A value for each case of an enumeration without associated values, found by the case's place among all.
struct CaseTable<Case: CaseIterable & Sendable, Value: Sendable>: Sendable {
  private let values: [Value]

  init(_ value: (Case) -> Value) {
    values = Case.allCases.map(value)
    for (place, one) in Case.allCases.enumerated() {
      precondition(Self.place(of: one) == place, "cases are numbered as they are declared")
    }
  }

  subscript(_ one: Case) -> Value { values[Self.place(of: one)] }

  private static func place(of one: Case) -> Int {
    precondition(MemoryLayout<Case>.size == 1, "the enumeration has from 2 to 256 cases and no associated values")
    return Int(unsafeBitCast(one, to: UInt8.self))
  }
}

/// What every finding of a decision line begins with: the same words thousands of times, made into JSON once. They stand
/// in one array, as each array that is looked at has to be held for a while.
struct FindingHeads: Sendable {
  private let bytes: [UInt8]
  /// Where `"code":"…"` stands.
  private let codes: CaseTable<FindingCode, Range<Int>>
  /// `,"requirement":"…"`.
  private let requirements: CaseTable<Requirement, Range<Int>>
  /// `,"verdict":"…"`.
  private let verdicts: CaseTable<Verdict, Range<Int>>
  /// `,"message":"…"`.
  private let messages: CaseTable<FindingCode, Range<Int>>

  init(message: (FindingCode) -> String) {
    var bytes: [UInt8] = []
    func add(_ key: String, _ value: String, isFirst: Bool = false) -> Range<Int> {
      let start = bytes.count
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      bytes += Self.member(key, value)
      return start..<bytes.count
    }
    codes = CaseTable { add("code", $0.rawValue, isFirst: true) }
    requirements = CaseTable { add("requirement", $0.rawValue) }
    verdicts = CaseTable { add("verdict", $0.rawValue) }
    messages = CaseTable { add("message", message($0)) }
    self.bytes = bytes
  }

  /// The members of a finding before its evidence.
  func write(_ finding: Finding, to json: inout JSONWriter) {
    bytes.withUnsafeBufferPointer { bytes in
      json.prefab(UnsafeBufferPointer(rebasing: bytes[codes[finding.code]]))
      json.continuing(UnsafeBufferPointer(rebasing: bytes[requirements[finding.requirement]]))
      json.continuing(UnsafeBufferPointer(rebasing: bytes[verdicts[finding.verdict]]))
      json.continuing(UnsafeBufferPointer(rebasing: bytes[messages[finding.code]]))
    }
  }

  static func member(_ key: String, _ value: String) -> [UInt8] {
    var json = JSONWriter()
    json.field(key, value)
    return json.utf8
  }
}
