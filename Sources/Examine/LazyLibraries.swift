import COpenCC
import CPhoneNumber

/// Libraries that are loaded when the first text is about to be read: a program that only works off its outbox, or says
/// what its ledger holds, does not pay for them.
enum LazyLibraries {
  /// - Throws: where a library is not to be had: texts would be read worse, and without a word about it.
  static func check() throws(ExamineError) {
    if case .failure(let missing) = phoneNumbers { throw missing }
    _ = try openCC()
  }

  static func openCC() throws(ExamineError) -> COpenCC { try loadedOpenCC.get() }

  private static let loadedOpenCC: Result<COpenCC, ExamineError> = withReason { why, count in
    copencc_load(why, count)?.pointee
  }.mapError { missing("libopencc.so.1.1", $0, package: "libopencc1.1") }

  private static let phoneNumbers: Result<Void, ExamineError> = withReason { why, count in
    cphone_load(why, count) == 1 ? () : nil
  }.mapError { missing("libphonenumber.so.8", $0, package: "libphonenumber8") }

  private struct Reason: Error {
    let words: String
  }

  private static func withReason<Value>(
    _ load: (UnsafeMutablePointer<CChar>?, Int) -> Value?
  ) -> Result<Value, Reason> {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { why in
      if let value = load(why.baseAddress, why.count) { return .success(value) }
      return .failure(
        Reason(words: String(decoding: why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)))
    }
  }

  private static func missing(_ library: String, _ reason: Reason, package: String) -> ExamineError {
    ExamineError(
      file: library, line: nil, what: "the library is missing or cannot be used (\(reason.words))",
      fix: "apt-get install \(package)")
  }
}
