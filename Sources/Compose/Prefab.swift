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

/// What every finding of a decision line begins with: the same words thousands of times, made into JSON once.
struct FindingHeads: Sendable {
  /// `"code":"…"`.
  private let codes: CaseTable<FindingCode, [UInt8]>
  /// `,"requirement":"…"`.
  private let requirements: CaseTable<Requirement, [UInt8]>
  /// `,"verdict":"…"`.
  private let verdicts: CaseTable<Verdict, [UInt8]>
  /// `,"message":"…"`.
  private let messages: CaseTable<FindingCode, [UInt8]>

  init(message: (FindingCode) -> String) {
    codes = CaseTable { Self.member("code", $0.rawValue) }
    requirements = CaseTable { [UInt8(ascii: ",")] + Self.member("requirement", $0.rawValue) }
    verdicts = CaseTable { [UInt8(ascii: ",")] + Self.member("verdict", $0.rawValue) }
    messages = CaseTable { [UInt8(ascii: ",")] + Self.member("message", message($0)) }
  }

  /// The members of a finding before its evidence.
  func write(_ finding: Finding, to json: inout JSONWriter) {
    json.prefab(codes[finding.code])
    json.continuing(requirements[finding.requirement])
    json.continuing(verdicts[finding.verdict])
    json.continuing(messages[finding.code])
  }

  static func member(_ key: String, _ value: String) -> [UInt8] {
    var json = JSONWriter()
    json.field(key, value)
    return json.utf8
  }
}
