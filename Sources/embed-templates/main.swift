import Foundation

// embed-templates FOLDER OUTPUT.swift: every file below FOLDER as an entry of a dictionary: texts as they are, documents
// (.docx, .bin) in Base64.
// Run by the EmbedTemplates plug-in while the package builds.
guard CommandLine.arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: embed-templates FOLDER OUTPUT.swift\n".utf8))
  exit(64)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1]).standardizedFileURL
let output = URL(fileURLWithPath: CommandLine.arguments[2])
typealias Entry = (path: String, text: String)
var texts: [Entry] = []
var documents: [Entry] = []
let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
while let file = files?.nextObject() as? URL {
  guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
  let path = String(file.standardizedFileURL.path.dropFirst(folder.path.count + 1))
  guard !path.hasPrefix("."), !path.contains("/.") else { continue }
  if path.hasSuffix(".docx") || path.hasSuffix(".bin") {
    documents.append((path, try Data(contentsOf: file).base64EncodedString()))
  } else {
    texts.append((path, try String(contentsOf: file, encoding: .utf8)))
  }
}

func dictionary(_ name: String, _ entries: [Entry]) -> String {
  let lines = entries.sorted { $0.path < $1.path }.map {
    // `debugDescription` is the literal that Swift reads back as the same text.
    "    \($0.path.debugDescription): \($0.text.debugDescription),\n"
  }
  return "  static let \(name): [String: String] = [\n" + (lines.isEmpty ? "    :\n" : lines.joined()) + "  ]\n"
}
let source =
  "// Made from Templates/ while building; do not edit.\nenum ShippedTemplates {\n"
  + dictionary("files", texts) + dictionary("documents", documents) + "}\n"
try source.write(to: output, atomically: true, encoding: .utf8)
