import CZip
import Foundation
import Testing

/// Archives written with libzip.
enum ZIPFile {
  static func write(_ entries: [(name: String, bytes: [UInt8])], password: String? = nil) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_CREATE, &code))
    for (name, bytes) in entries {
      // libzip reads the bytes at zip_close and frees them.
      let copy = try #require(malloc(max(1, bytes.count)))
      memcpy(copy, bytes, bytes.count)
      let source = try #require(zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1))
      let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
      #expect(index >= 0)
      if let password {
        #expect(zip_file_set_encryption(archive, zip_uint64_t(index), UInt16(ZIP_EM_AES_256), password) == 0)
      }
    }
    #expect(zip_close(archive) == 0)
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func document(pictures: [[UInt8]]) throws -> [UInt8] {
    let text = Array("<w:document/>".utf8)
    var entries = [("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", text)]
    for (index, picture) in pictures.enumerated() { entries.append(("word/media/image\(index + 1).bin", picture)) }
    return try write(entries.map { (name: $0.0, bytes: $0.1) })
  }
}
