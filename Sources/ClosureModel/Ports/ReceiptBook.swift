/// What runs were given to read. An adapter guarantees: the receipts of a run are kept together or not at all, in order.
public protocol ReceiptBook: Sendable {
  /// Keeps the receipts of one run; of none there is nothing to keep.
  func keep(_ receipts: [Receipt], at now: Timestamp) async throws(StoreError)
  /// Those of the latest run that read something; `nil` before the first.
  func lastReceipts() async throws(StoreError) -> (at: Timestamp, receipts: [Receipt])?
}
