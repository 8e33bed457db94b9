import ClosureModel

/// Opens picture files: bounds by the header, then decoding, reduction and turning, page by page.
struct PictureOpener {
  let limits: DecodeLimits
  let longSide: Int

  /// One page, ready to be handed out.
  struct Page {
    var number: Int
    var picture: Picture
    /// After turning, before reduction.
    var width: Int
    var height: Int
  }

  static let types: Set<AttachmentFact.FileType> = [.jpeg, .png, .tiff, .webp, .bmp, .gif]

  /// Calls `body` with each page in order.
  /// - Throws: what keeps the file, or the rest of it, from being opened.
  func open(
    _ bytes: [UInt8], type: AttachmentFact.FileType, _ body: (Page) throws(DecodeFailure) -> Void,
    _ fail: (DecodeFailure) -> Void
  ) throws(DecodeFailure) {
    switch type {
    case .jpeg: try body(jpeg(bytes))
    case .tiff: try tiff(bytes, body, fail)
    case .gif: try body(gif(bytes))
    default:
      guard let header = try PictureHeader.read(bytes, type: type) else { throw broken(type) }
      try check(header.width, header.height, header.decodedBytes, of: bytes)
      let picture =
        switch type {
        case .png: Picture.png(bytes)
        case .webp: Picture.webp(bytes)
        default: Picture.bmp(bytes)
        }
      guard let picture else { throw broken(type) }
      try body(finish(picture, orientation: header.orientation, number: 1))
    }
  }

  /// A picture in the formats PBM, PGM or PPM, as poppler writes them.
  func pnm(_ bytes: [UInt8], number: Int) throws(DecodeFailure) -> Page {
    guard let picture = Picture.pnm(bytes) else { throw DecodeFailure(.broken, "the page's picture is broken") }
    return try finish(picture, orientation: 1, number: number)
  }

  /// At full size and as it lies, whatever EXIF says, which PDF readers do not heed.
  func wholeJPEG(_ bytes: [UInt8]) throws(DecodeFailure) -> Picture {
    let header = try header(ofJPEG: bytes)
    try check(header, reduction: 1, of: bytes)
    guard let picture = Picture.jpeg(bytes, reduction: 1)?.flattened() else { throw broken(.jpeg) }
    return picture
  }

  private func header(ofJPEG bytes: [UInt8]) throws(DecodeFailure) -> JPEGHeader {
    guard let header = JPEGHeader(bytes) else { throw broken(.jpeg) }
    guard header.precision == 8 else {
      throw DecodeFailure(.unsupported, "a JPEG picture of \(header.precision) bits a sample is not read")
    }
    return header
  }

  private func check(_ header: JPEGHeader, reduction: Int, of file: [UInt8]) throws(DecodeFailure) {
    let pixels = header.width * header.height
    let needed = (header.isProgressive ? header.coefficientBytes : 0) + 5 * pixels / (reduction * reduction)
    guard pixels <= limits.jpegPixels, needed <= limits.pictureBytes - file.count else {
      throw tooMany(header.width, header.height)
    }
  }

  private func jpeg(_ bytes: [UInt8]) throws(DecodeFailure) -> Page {
    let header = try header(ofJPEG: bytes)
    let pixels = header.width * header.height
    // The decoder averages itself, exactly, at these parts of the size.
    let longer = max(header.width, header.height)
    var reduction = 1
    while reduction < 8, longer / (reduction * 2) >= longSide || pixels / (reduction * reduction) > 12_000_000 {
      reduction *= 2
    }
    try check(header, reduction: reduction, of: bytes)
    guard let picture = Picture.jpeg(bytes, reduction: reduction) else { throw broken(.jpeg) }
    var page = try finish(picture, orientation: header.orientation, number: 1)
    let isTurned = header.orientation >= 5
    page.width = isTurned ? header.height : header.width
    page.height = isTurned ? header.width : header.height
    return page
  }

  private func gif(_ bytes: [UInt8]) throws(DecodeFailure) -> Page {
    guard let first = GIFFrame.first(of: bytes) else { throw broken(.gif) }
    try check(first.width, first.height, PictureHeader.saturating(6 * first.width, first.height), of: bytes)
    guard let picture = Picture.gif(first.file) else { throw broken(.gif) }
    return try finish(picture, orientation: 1, number: 1)
  }

  private func tiff(
    _ bytes: [UInt8], _ body: (Page) throws(DecodeFailure) -> Void, _ fail: (DecodeFailure) -> Void
  ) throws(DecodeFailure) {
    let (all, isWhole) = TIFFDirectory.all(in: bytes, limit: limits.pages * 3)
    let pages = all.filter { !$0.isThumbnail }
    guard !pages.isEmpty else { throw broken(.tiff) }
    for (number, page) in zip(1..., pages.prefix(limits.pages)) {
      do throws(DecodeFailure) {
        try check(page.width, page.height, page.decodedBytes, of: bytes)
        guard let picture = Picture.tiff(bytes, page: page.index) else {
          throw DecodeFailure(.broken, "page \(number) of the TIFF file is broken")
        }
        // leptonica turns by the tag; the size it gives is the turned one.
        try body(finish(picture, orientation: 1, number: number))
      } catch {
        fail(error)
      }
    }
    if pages.count > limits.pages || all.count == limits.pages * 3 { fail(Self.tooManyPages(limits.pages)) }
    if !isWhole { fail(DecodeFailure(.broken, "the TIFF file ends early; further pages may be missing")) }
  }

  /// Reduction comes before turning: fewer pixels to move.
  func finish(_ picture: Picture, orientation: Int, number: Int) throws(DecodeFailure) -> Page {
    let width = picture.width
    let height = picture.height
    guard let page = picture.flattened()?.reduced(to: longSide)?.turned(orientation) else {
      throw DecodeFailure(.tooHungry, "the picture needs more memory than a decoder may use")
    }
    let isTurned = orientation >= 5
    return Page(number: number, picture: page, width: isTurned ? height : width, height: isTurned ? width : height)
  }

  private func check(_ width: Int, _ height: Int, _ needed: Int, of file: [UInt8]) throws(DecodeFailure) {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= limits.picturePixels, needed <= limits.pictureBytes - file.count else {
      throw tooMany(width, height)
    }
  }

  private func tooMany(_ width: Int, _ height: Int) -> DecodeFailure {
    DecodeFailure(.tooManyPixels, "\(width) × \(height) pixels are more than are read")
  }

  static func tooManyPages(_ limit: Int) -> DecodeFailure {
    DecodeFailure(.tooManyPages, "only the first \(limit) pages were read")
  }

  private func broken(_ type: AttachmentFact.FileType) -> DecodeFailure {
    DecodeFailure(.broken, "the \(type.rawValue) picture is damaged or incomplete")
  }
}
