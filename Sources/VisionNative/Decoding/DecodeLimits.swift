/// What a file may cost. Each bound that is passed is a `DecodeFailure` of its own code.
///
/// Chosen for A4 sheets: 600 dpi is 35 megapixels, 300 dpi is 8.7. A worker's peak must stay below 150 MB: the program
/// itself occupies about 25 MB of memory once it runs, `memoryBytes` is what it may map beyond its size at the start.
public struct DecodeLimits: Sendable, Hashable, Codable {
  /// Bytes of a file, and of an entry of an archive once unpacked. `tooLarge`.
  public var fileBytes = 32 << 20
  /// Pixels of a JPEG, by its header; it is decoded at 1/2, 1/4 or 1/8. `tooManyPixels`.
  public var jpegPixels = 64_000_000
  /// Pixels of any other picture, by its header. `tooManyPixels`.
  public var picturePixels = 40_000_000
  /// Bytes that a picture takes while it is decoded, reckoned from its header, and its file. Binds before
  /// `picturePixels` for colour: PNG, TIFF and WebP are decoded whole, at 7 or 8 bytes a pixel, so that a colour scan of
  /// A4 at 300 dpi is read whatever its packing, and one at 400 dpi is not. `tooManyPixels`.
  public var pictureBytes = 100 << 20
  /// Pages read of one PDF or TIFF; further ones are one failure `tooManyPages`.
  public var pages = 10
  /// Pages read of one file altogether (an archive of several).
  public var pagesInAll = 30
  /// Entries of an archive. `tooManyEntries`, and none is read.
  public var entries = 200
  /// Archives in archives: 1 is a ZIP in a ZIP. `tooDeep`.
  public var depth = 1
  /// Unpacked bytes for one packed byte, counted for entries over 1 MB. `tooExpanding`.
  public var ratio = 200
  /// Unpacked bytes of all entries. `tooExpanding`.
  public var unpackedBytes = 128 << 20
  /// Resolution at which a PDF page that is drawn counts its pixels.
  public var drawnDotsPerInch = 200.0
  /// Longest side of a page handed out, whatever is asked.
  public var longSide = 3508
  /// Wall seconds for a file, in the worker; what was read by then counts. `tooSlow`.
  public var seconds = 20.0
  /// Wall seconds for a file, seen from outside: the worker is killed then. `tooSlow`.
  public var secondsToKill = 25.0
  /// CPU seconds for a file. `tooSlow`.
  public var processorSeconds = 15
  /// Address space of a worker beyond what it has at its start. With glibc's own bookkeeping the peak of a worker's
  /// memory stays below this and its start together.
  public var memoryBytes = 124 << 20
  /// Address space of one of poppler's programs.
  public var toolMemoryBytes = 384 << 20
  /// Bytes of a file in the worker's folder.
  public var scratchBytes = 128 << 20
  /// Files that a worker opens before a new one takes its place.
  public var filesPerWorker = 250
  /// Memory in use after a file that makes a worker be replaced.
  public var restingBytes = 96 << 20

  public init() {}
}
