/// JSON in UTF-16, GB18030 or Big5 as JSON in UTF-8: what PowerShell writes with `>`, and older systems of their own.
enum DecodedDocument {
  private static let chunk = 1 << 18

  /// - Parameter head: the file's first bytes.
  /// - Returns: the text in UTF-8, as a file without a name; `nil` for what is in UTF-8 already, and for what is no JSON.
  static func input(_ file: ExportFolder.File, _ head: [UInt8], _ options: IngestOptions) throws(IngestError)
    -> ByteInput?
  {
    let blanks: [UInt8] = [0, 0x20, 0x09, 0x0A, 0x0D, 0xFE, 0xFF, 0xEF, 0xBB, 0xBF]
    guard let first = head.first(where: { !blanks.contains($0) }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let marked = EncodingGuess(head, whole: Int64(head.count) == file.size), marked.encoding != .utf8
    else { return nil }
    let guess = options.encoding == .auto || marked.skip > 0 ? marked : EncodingGuess(options.encoding)
    guard let converter = try Converter(guess.encoding, file: file.name) else { return nil }
    let input = try ByteInput(path: file.path)
    var spool = try SpoolFile(for: file.name)
    var raw = [UInt8](repeating: 0, count: chunk)
    var out = [UInt8](repeating: 0, count: chunk * 2)
    var offset = Int64(guess.skip)
    var left = 0
    while true {
      let count = try input.read(into: &raw, from: left, at: offset)
      offset += Int64(count)
      let all = left + count
      guard all > 0 else { break }
      let (used, rest) = converter.convert(&raw, all, into: &out, room: out.count)
      try spool.append(out[0..<used])
      left = rest
      // The beginning of a character that has no end.
      if count == 0, used == 0 {
        try spool.append(UInt8(0xFF))
        break
      }
    }
    return try ByteInput(name: file.name, descriptor: spool.finish())
  }
}
