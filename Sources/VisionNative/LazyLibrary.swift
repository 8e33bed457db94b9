import CLeptonica
import CTesseract
import Glibc

/// Libraries that are loaded when they are first needed, by the C targets that carry their names.
enum LazyLibrary {
  /// leptonica; throws where it is not to be had.
  static func leptonica() throws(Missing) -> CLeptonica { try loadedLeptonica.get() }
  private static let loadedLeptonica = load("liblept.so.5", package: "liblept5", cleptonica_load)

  static func tesseract() throws(Missing) -> CTesseract { try loadedTesseract.get() }
  private static let loadedTesseract = load("libtesseract.so.5", package: "libtesseract5", ctesseract_load)

  struct Missing: Error, Sendable, CustomStringConvertible {
    let library: String
    /// The loader's words.
    let why: String
    let package: String
    var what: String { "\(library) is missing or cannot be used (\(why))" }
    var fix: String { "apt-get install \(package)" }
    var description: String { "\(what). \(fix)" }
  }

  private static func load<Table>(
    _ library: String, package: String,
    _ load: (UnsafeMutablePointer<CChar>?, Int) -> UnsafePointer<Table>?
  ) -> Result<Table, Missing> {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { why in
      if let table = load(why.baseAddress, why.count) { return .success(table.pointee) }
      let words = String(decoding: why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return .failure(Missing(library: library, why: words, package: package))
    }
  }
}
