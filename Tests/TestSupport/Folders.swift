public import Foundation

/// The folder with `Package.swift`, found upwards from this file.
public func repoRoot(from file: String = #filePath) -> URL {
  // The folder may have been reached through a link: only the resolved path leads to the root.
  var folder = URL(fileURLWithPath: file).resolvingSymlinksInPath().deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
  {
    folder.deleteLastPathComponent()
  }
  return folder
}

/// The corpora beside the repository; `nil` where they were not checked out: tests that need them are skipped.
public func sharedFolder(_ part: String) -> URL? {
  let folder = repoRoot().deletingLastPathComponent().appendingPathComponent("shared").appendingPathComponent(part)
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}

/// A folder of one test's own, removed with the last reference to it.
public final class TemporaryFolder: Sendable {
  public let url: URL
  public var path: String { url.path }

  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("closedesk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  public func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}
