import CCurl
import ClosureModel

/// libcurl, loaded and started once for the process, when the first request or the first URL that is not plain comes.
enum CurlLibrary {
  /// - Throws: where the library is missing or does not start.
  static func start() throws(TransportError) { try started.get() }

  private static let started: Result<Void, TransportError> = withUnsafeTemporaryAllocation(
    of: CChar.self, capacity: 256
  ) { why in
    guard ccurl_load(why.baseAddress, why.count) == 1 else {
      let words = String(decoding: why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return .failure(
        TransportError(
          what: "libcurl.so.4 is missing or cannot be used (\(words))", fix: "apt-get install libcurl4"))
    }
    guard ccurl_global_init() == CURLE_OK else {
      return .failure(TransportError(what: "libcurl could not be started", fix: "Free memory and try again."))
    }
    return .success(())
  }
}
