import ClosureModel

/// Pages of a PDF. A page that is one picture and nothing else is handed out with that picture's own pixels; any other
/// is drawn.
struct PDFOpener {
  let tools: PopplerTools
  let pictures: PictureOpener

  typealias Found = (_ page: PictureOpener.Page, _ source: PageImage.Source) throws(DecodeFailure) -> Void

  /// - Throws: what keeps the file as a whole from being opened.
  func open(_ found: Found, _ fail: (DecodeFailure) -> Void) throws(DecodeFailure) {
    let limits = tools.limits
    let (count, sizes) = try tools.info()
    let read = min(count, limits.pages)
    let images = Dictionary(grouping: try tools.images(upTo: read), by: \.page)
    for number in 1...read {
      do throws(DecodeFailure) {
        guard let size = sizes[number], size.width > 0, size.height > 0 else {
          throw DecodeFailure(.broken, "page \(number) of the PDF file has no size")
        }
        if let image = images[number], image.count == 1, Self.fills(image[0], size),
          let page = try scan(number, image[0], size)
        {
          try found(page, .scan)
        } else {
          try found(try drawn(number, size), .drawn)
        }
      } catch {
        fail(error)
        if error.code == .tooSlow { return }
      }
    }
    if count > read { fail(PictureOpener.tooManyPages(read)) }
  }

  /// A plain picture, in grey or colour of the screen, that is laid over the whole page.
  private static func fills(_ image: PopplerTools.Image, _ size: PopplerTools.PageSize) -> Bool {
    guard image.kind == "image", ["rgb", "gray", "index", "icc"].contains(image.colour), image.acrossPerInch > 0,
      image.downPerInch > 0
    else { return false }
    let width = Double(image.width) / image.acrossPerInch * 72
    let height = Double(image.height) / image.downPerInch * 72
    // The list gives whole pixels an inch: half a pixel of a hundred, and a little.
    return abs(width - size.width) < 0.02 * size.width && abs(height - size.height) < 0.02 * size.height
  }

  /// - Returns: nil when the picture's pixels are not what the page shows: something lies over it, it is mirrored, or
  ///   its colours are changed. Then only the drawn page tells the truth.
  private func scan(
    _ number: Int, _ image: PopplerTools.Image, _ size: PopplerTools.PageSize
  ) throws(DecodeFailure) -> PictureOpener.Page? {
    // The whole picture is needed to be compared, and what is no JPEG comes unpacked and stands beside it.
    let isJPEG = image.encoding == "jpeg"
    guard PictureHeader.saturating((isJPEG ? 5 : 8) * image.width, image.height) <= tools.limits.pictureBytes,
      var bytes = try tools.picture(ofPage: number)
    else { return nil }
    // Broken, or of a kind that poppler draws and leptonica does not read.
    guard let picture = isJPEG ? try? pictures.wholeJPEG(bytes) : Picture.pnm(bytes)?.flattened() else { return nil }
    bytes = []
    let seen = try tools.draw(page: number, size, as: PageLikeness.size(for: picture))
    guard let seen = Picture.pnm(seen), PageLikeness.isSame(picture, turned: size.rotation, seen) else { return nil }
    let orientation = [90: 6, 180: 3, 270: 8][size.rotation] ?? 1
    return try pictures.finish(picture, orientation: orientation, number: number)
  }

  private func drawn(_ number: Int, _ size: PopplerTools.PageSize) throws(DecodeFailure) -> PictureOpener.Page {
    let isTurned = size.rotation == 90 || size.rotation == 270
    let scale = tools.limits.drawnDotsPerInch / 72
    let width = max(1, Int(((isTurned ? size.height : size.width) * scale).rounded()))
    let height = max(1, Int(((isTurned ? size.width : size.height) * scale).rounded()))
    let longSide = min(pictures.longSide, max(width, height))
    var page = try pictures.pnm(try tools.draw(page: number, longSide: longSide), number: number)
    page.width = width
    page.height = height
    return page
  }
}
