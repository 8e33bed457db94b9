import FoundationEssentials

/// A part of a page, for the person who decides.
public struct ReportPicture: Sendable {
  /// The finding that it belongs to.
  let caption: String
  /// The picture itself, so that the report stays one file.
  let dataURI: String

  /// - Parameter png: a PNG file.
  public init(caption: String, png: [UInt8]) {
    self.caption = caption
    dataURI = "data:image/png;base64," + Data(png).base64EncodedString()
  }
}
