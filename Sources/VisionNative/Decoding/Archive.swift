import Archives
import ClosureModel

/// A ZIP file among the attachments: the common reader, failing as attachments fail.
final class Archive {
  typealias Entry = ZipFile.Entry

  private let file: ZipFile

  /// - Throws: `.broken`.
  init(path: String) throws(DecodeFailure) {
    do throws(ArchiveError) { file = try ZipFile(path: path) } catch { throw Self.failure(error) }
  }

  var count: Int { file.count }

  /// - Returns: nil for an entry that has no readable head.
  func entry(_ index: Int) -> Entry? { file.entry(index) }

  /// All bytes of an entry, checked against its checksum.
  /// - Parameter limit: the entry is refused when it unpacks to more, whatever its head says.
  func read(_ entry: Entry, limit: Int) throws(DecodeFailure) -> [UInt8] {
    do throws(ArchiveError) { return try file.read(entry, limit: limit) } catch { throw Self.failure(error) }
  }

  private static func failure(_ error: ArchiveError) -> DecodeFailure {
    DecodeFailure(error.code == .tooLarge ? .tooLarge : .broken, error.what)
  }
}
