/// A PDF of a few objects, written by hand.
struct PDFFile {
  struct Page {
    var jpeg: [UInt8]
    var pixels: (width: Int, height: Int)
    var rotation = 0
    /// Drawn after the picture.
    var over = ""
    /// Left and below the picture, in points.
    var margin = 0
    var isMirrored = false
  }

  /// Points.
  static let width = 240
  static let height = 320

  static func write(_ pages: [Page], isLocked: Bool = false) -> [UInt8] {
    var objects: [[UInt8]] = [Array("<< /Type /Catalog /Pages 2 0 R >>".utf8)]
    let kids = pages.indices.map { "\(3 + 3 * $0) 0 R" }.joined(separator: " ")
    objects.append(Array("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>".utf8))
    for (index, page) in pages.enumerated() {
      let first = 3 + 3 * index
      objects.append(
        Array(
          """
          << /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Rotate \(page.rotation) \
          /Resources << /XObject << /Im \(first + 2) 0 R >> \
          /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents \(first + 1) 0 R >>
          """.utf8))
      let across = width - page.margin
      let matrix =
        page.isMirrored
        ? "-\(across) 0 0 \(height - page.margin) \(width) \(page.margin)"
        : "\(across) 0 0 \(height - page.margin) \(page.margin) \(page.margin)"
      objects.append(stream("", Array("q \(matrix) cm /Im Do Q \(page.over)".utf8)))
      objects.append(
        stream(
          """
          /Type /XObject /Subtype /Image /Width \(page.pixels.width) /Height \(page.pixels.height) \
          /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode
          """, page.jpeg))
    }
    var file = Array("%PDF-1.4\n".utf8)
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for offset in offsets {
      let digits = String(offset)
      file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
    }
    // The key check (/U) fits no password.
    let hex = String(repeating: "5A", count: 32)
    let lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <\(hex)> /U <\(hex)> /P -4 >> /ID [<00> <00>]"
    file += Array("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(isLocked ? lock : "") >>\n".utf8)
    return file + Array("startxref\n\(start)\n%%EOF\n".utf8)
  }

  private static func stream(_ entries: String, _ bytes: [UInt8]) -> [UInt8] {
    Array("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
  }
}
