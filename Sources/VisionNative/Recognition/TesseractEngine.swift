import CTesseract
import ClosureModel
import Glibc

/// Owns one Tesseract, loaded with the simplified Chinese data of Debian; used by one thread.
final class TesseractEngine {
  private let tesseract: CTesseract
  private let handle: OpaquePointer

  /// - Throws: `.unavailable` when the library or its language data are not there.
  init() throws(RecognizerFailure) {
    let tesseract: CTesseract
    do throws(LazyLibrary.Missing) {
      tesseract = try LazyLibrary.tesseract()
    } catch {
      // The protocol carries what happened alone.
      throw RecognizerFailure(.unavailable, "\(error.what): \(error.fix)", fix: error.fix)
    }
    guard let handle = tesseract.TessBaseAPICreate() else {
      throw RecognizerFailure(.unavailable, "Tesseract gives no handle", fix: "Free some memory.")
    }
    // Before Init: it complains on stdout and stderr about every odd picture.
    _ = tesseract.TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
    guard tesseract.TessBaseAPIInit3(handle, nil, "chi_sim") == 0 else {
      tesseract.TessBaseAPIDelete(handle)
      throw RecognizerFailure(
        .unavailable, "Tesseract has no data for simplified Chinese", fix: "apt-get install tesseract-ocr-chi-sim")
    }
    self.tesseract = tesseract
    self.handle = handle
  }

  deinit { tesseract.TessBaseAPIDelete(handle) }

  var version: String { tesseract.TessVersion().map { String(cString: $0) } ?? "" }

  /// Upright first. Where that reads little or badly, once more with the page's orientation told from the writing: that
  /// takes two to three times as long, so not for every page.
  func lines(in picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    let upright = Reading(try lines(in: picture, mode: PSM_AUTO))
    guard upright.certain < 40 || upright.certain < 0.6 * upright.characters else { return upright.lines }
    let turned = Reading(try lines(in: picture, mode: PSM_AUTO_OSD))
    return turned.certain > upright.certain ? turned.lines : upright.lines
  }

  private struct Reading {
    let lines: [RecognizedLine]
    let characters: Double
    /// Characters, each counted by its line's confidence.
    let certain: Double
    init(_ lines: [RecognizedLine]) {
      self.lines = lines
      characters = lines.reduce(0) { $0 + Double($1.text.count) }
      certain = lines.reduce(0) { $0 + $1.confidence * Double($1.text.count) }
    }
  }

  private func lines(in picture: Pixels, mode: TessPageSegMode) throws(RecognizerFailure) -> [RecognizedLine] {
    tesseract.TessBaseAPISetPageSegMode(handle, mode)
    let rgb = picture.rgb
    let code = rgb.withUnsafeBufferPointer { bytes in
      // It copies the pixels.
      tesseract.TessBaseAPISetImage(
        handle, bytes.baseAddress, Int32(picture.width), Int32(picture.height), 3, Int32(picture.width * 3))
      // A page of A4 height, as near as can be told; without it, it guesses from the letters' size.
      tesseract.TessBaseAPISetSourceResolution(handle, Int32(max(70, max(picture.width, picture.height) * 254 / 2970)))
      return tesseract.TessBaseAPIRecognize(handle, nil)
    }
    defer { tesseract.TessBaseAPIClear(handle) }
    guard code == 0 else {
      throw RecognizerFailure(.crashed, "Tesseract could not read the picture", fix: "Let a person read it.")
    }
    guard let results = tesseract.TessBaseAPIGetIterator(handle) else { return [] }
    defer { tesseract.TessResultIteratorDelete(results) }
    var lines: [RecognizedLine] = []
    repeat {
      if let line = line(at: results, in: picture) { lines.append(line) }
    } while tesseract.TessResultIteratorNext(results, RIL_TEXTLINE) != 0
    return lines
  }

  private func line(at results: OpaquePointer, in picture: Pixels) -> RecognizedLine? {
    guard let words = tesseract.TessResultIteratorGetUTF8Text(results, RIL_TEXTLINE) else { return nil }
    defer { tesseract.TessDeleteText(words) }
    let text = String(cString: words).split(whereSeparator: \.isNewline).joined(separator: " ")
    var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard !text.allSatisfy(\.isWhitespace),
      tesseract.TessPageIteratorBoundingBox(
        tesseract.TessResultIteratorGetPageIteratorConst(results), RIL_TEXTLINE, &left, &top, &right, &bottom) != 0
    else { return nil }
    let (x, y) = (max(0, Int(left)), max(0, Int(top)))
    let (width, height) = (min(picture.width, Int(right)) - x, min(picture.height, Int(bottom)) - y)
    guard width > 0, height > 0 else { return nil }
    let confidence = Double(tesseract.TessResultIteratorConfidence(results, RIL_TEXTLINE)) / 100
    return RecognizedLine(
      text: text, box: Evidence.Box(x: x, y: y, width: width, height: height), confidence: min(1, max(0, confidence)))
  }
}
