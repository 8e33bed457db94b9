import Foundation

// embed-templates FOLDER OUTPUT.swift: every text file below FOLDER as an entry of one dictionary.
// Run by the EmbedTemplates plug-in while the package builds.
guard CommandLine.arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: embed-templates FOLDER OUTPUT.swift\n".utf8))
  exit(64)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1]).standardizedFileURL
let output = URL(fileURLWithPath: CommandLine.arguments[2])
var entries: [(path: String, text: String)] = []
let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
while let file = files?.nextObject() as? URL {
  guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
  let path = String(file.standardizedFileURL.path.dropFirst(folder.path.count + 1))
  guard !path.hasPrefix("."), !path.contains("/.") else { continue }
  entries.append((path, try String(contentsOf: file, encoding: .utf8)))
}
entries.sort { $0.path < $1.path }
var source =
  "// Made from Templates/ while building; do not edit.\nenum ShippedTemplates {\n  static let files: [String: String] = [\n"
for entry in entries {
  // `debugDescription` is the literal that Swift reads back as the same text.
  source += "    \(entry.path.debugDescription): \(entry.text.debugDescription),\n"
}
source += entries.isEmpty ? "    :\n  ]\n}\n" : "  ]\n}\n"
try source.write(to: output, atomically: true, encoding: .utf8)
