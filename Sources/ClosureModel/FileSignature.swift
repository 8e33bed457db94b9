/// File types by their first bytes; the name a customer gave says nothing.
public enum FileSignature {
  public static let bytesNeeded = 4096

  /// - Parameter head: the file's first `bytesNeeded` bytes, or all of them.
  public static func type(of head: [UInt8]) -> AttachmentFact.FileType {
    guard !head.isEmpty else { return .empty }
    func starts(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      head.count >= offset + bytes.count && head[offset..<offset + bytes.count].elementsEqual(bytes)
    }
    func text(_ text: StaticString, at offset: Int = 0) -> Bool {
      text.withUTF8Buffer { starts(Array($0), at: offset) }
    }
    if starts([0xFF, 0xD8, 0xFF]) { return .jpeg }
    if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if text("GIF87a") || text("GIF89a") { return .gif }
    if text("BM"), head.count >= 26 { return .bmp }
    if text("RIFF"), text("WEBP", at: 8) { return .webp }
    if starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A]) { return .tiff }
    if text("ftyphei", at: 4) || text("ftyphev", at: 4) || text("ftypmif1", at: 4) || text("ftypmsf1", at: 4) {
      return .heic
    }
    if text("%PDF-") { return .pdf }
    if starts([0x50, 0x4B, 0x03, 0x04]) { return holds("word/", head) ? .docx : .zip }
    if starts([0x50, 0x4B, 0x05, 0x06]) { return .zip }
    if starts([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .doc }
    if text("Rar!") { return .rar }
    if starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
    return head.contains(where: { $0 < 0x09 || (0x0E...0x1A).contains($0) }) ? .unknown : .text
  }

  private static func holds(_ word: StaticString, _ bytes: [UInt8]) -> Bool {
    word.withUTF8Buffer { needle in
      guard bytes.count >= needle.count else { return false }
      return (0...bytes.count - needle.count).contains { bytes[$0..<$0 + needle.count].elementsEqual(needle) }
    }
  }
}
