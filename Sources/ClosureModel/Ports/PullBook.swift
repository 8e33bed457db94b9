/// What a pull asked for; the cursor of one question is none of another.
public struct PullQuestion: Sendable, Hashable {
  public let preset: String
  /// Without a slash at its end.
  public let url: String
  /// Which tickets, in the system's own words; empty: all.
  public let query: String

  public init(preset: String, url: String, query: String) {
    (self.preset, self.url, self.query) = (preset, url, query)
  }
}

/// Up to when tickets were fetched. An adapter guarantees: a cursor only moves on, and moves wholly or not at all.
public protocol PullBook: Sendable {
  /// - Returns: the time from which on the next pull asks for changes; `nil` before the first.
  func pulled(_ question: PullQuestion) async throws(StoreError) -> Timestamp?
  /// - Parameter since: an earlier time than the one that is kept changes nothing.
  func keepPull(_ question: PullQuestion, since: Timestamp) async throws(StoreError)
}
