import Glibc

/// One CSV row cut into cells (RFC 4180).
struct CSVRow {
  /// Byte ranges of `text`.
  private(set) var cells: [Range<Int>] = []
  /// Bytes of the cells, quotes resolved.
  private(set) var text: [UInt8] = []
  /// A quote stands where none may: inside an unquoted cell, or text behind a closing quote.
  private(set) var hasStrayQuote = false
  /// Cells with words that stand in quotes as they should: proof that no quote was open before the row. A cell of nothing
  /// but quotes is none: doubled quotes inside a text look like that.
  private(set) var quotedWords: [Int] = []
  var hasQuotedWords: Bool { !quotedWords.isEmpty }

  mutating func split(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    cells.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    hasStrayQuote = false
    quotedWords.removeAll(keepingCapacity: true)
    let quote = UInt8(ascii: "\"")
    let ends = ByteSearch(delimiter, quote, quote)
    var at = 0
    while true {
      let begin = text.count
      // `="00123"`: how a text is kept from being taken for a number. It proves nothing of the row.
      let isFormula = at + 1 < bytes.count && bytes[at] == UInt8(ascii: "=") && bytes[at + 1] == quote
      if isFormula { at += 1 }
      if at < bytes.count, bytes[at] == quote {
        at += 1
        while at < bytes.count {
          let run = Self.next(quote, in: bytes, from: at)
          text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[at..<run]))
          at = run
          guard at < bytes.count else { break }
          if at + 1 < bytes.count, bytes[at + 1] == quote {
            text.append(quote)
            at += 2
          } else {
            at += 1
            break
          }
        }
        if at < bytes.count, bytes[at] != delimiter {
          hasStrayQuote = true
        } else if !isFormula, text[begin...].contains(where: { $0 != quote }) {
          quotedWords.append(cells.count)
          unwrapFormula(from: begin)
        }
        while at < bytes.count, bytes[at] != delimiter { at += 1 }
      } else {
        var run = ends.next(in: bytes, from: at)
        while run < bytes.count, bytes[run] == quote {
          hasStrayQuote = true
          run = ends.next(in: bytes, from: run + 1)
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[at..<run]))
        at = run
      }
      cells.append(begin..<text.count)
      guard at < bytes.count else { return }
      at += 1
      if at == bytes.count {
        cells.append(text.count..<text.count)
        return
      }
    }
  }

  /// `"=""00123"""`: the same text, in quotes as they should be.
  private mutating func unwrapFormula(from begin: Int) {
    let quote = UInt8(ascii: "\"")
    let end = text.count - 1
    guard end - begin >= 2, text[begin] == UInt8(ascii: "="), text[begin + 1] == quote, text[end] == quote,
      !text[(begin + 2)..<end].contains(quote)
    else { return }
    text.removeLast()
    text.removeSubrange(begin..<begin + 2)
  }

  /// - Returns: the place of the next such byte; the count where there is none.
  private static func next(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress, let hit = memchr(base + start, Int32(byte), bytes.count - start) else {
      return bytes.count
    }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// Cuts a row in which quotes are letters.
  mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    cells = Self.cut(bytes, delimiter: delimiter)
    text = Array(bytes)
    hasStrayQuote = false
    quotedWords.removeAll(keepingCapacity: true)
  }

  /// Cuts at the separators alone: what the row looks like to somebody who does not know of quotes.
  static func cut(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var begin = 0
    for at in 0...bytes.count where at == bytes.count || bytes[at] == delimiter {
      out.append(begin..<at)
      begin = at + 1
    }
    return out
  }

  func cell(_ index: Int) -> String {
    guard cells.indices.contains(index) else { return "" }
    return text.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[cells[index]]), as: UTF8.self)
    }
  }

  var isBlank: Bool { text.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
