/// A picture's pixels: sRGB, 8 bits, four bytes a pixel (the fourth is 255), row-major from the top left.
public struct Pixels: Sendable, Hashable {
  public let width: Int
  public let height: Int
  /// `width * height * 4` bytes.
  public let rgba: [UInt8]
  public init(width: Int, height: Int, rgba: [UInt8]) {
    precondition(rgba.count == width * height * 4, "four bytes a pixel")
    self.width = width
    self.height = height
    self.rgba = rgba
  }
}

/// One page of a file, decoded.
public struct PageImage: Sendable {
  public enum Source: Sendable, Hashable {
    /// The picture file itself.
    case picture
    /// The one picture that fills a PDF's page, taken out as it is.
    case scan
    /// A PDF page that is more than one picture (text, drawings, pasted pictures), drawn.
    case drawn
    /// A picture inside an Office document.
    case embedded
  }
  /// 1-based number within the file.
  public let number: Int
  /// Name inside an archive; nil: the file itself.
  public let entry: String?
  public let source: Source
  /// EXIF turning done; reduced so that the long side is at most what was asked for.
  public let pixels: Pixels
  /// Size after EXIF turning, before reduction, in pixels: what `Evidence.Box` counts in.
  public let width: Int, height: Int
  public init(number: Int, entry: String? = nil, source: Source, pixels: Pixels, width: Int, height: Int) {
    self.number = number
    self.entry = entry
    self.source = source
    self.pixels = pixels
    self.width = width
    self.height = height
  }
  /// Pixels of the page for one of `pixels`.
  public var scale: Double { Double(width) / Double(max(1, pixels.width)) }
}

/// Why a file, or a part of it, could not be opened. A fact about an attachment, never the end of a run.
public struct DecodeFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case empty, unsupported, broken, encrypted
    /// Over a bound: bytes, pixels, pages, entries of an archive, archives in archives, unpacked to packed bytes, seconds,
    /// memory.
    case tooLarge, tooManyPixels, tooManyPages, tooManyEntries, tooDeep, tooExpanding, tooSlow, tooHungry
    /// The decoder died over it.
    case crashed
    /// The decoder itself cannot be had; says nothing about the file.
    case unavailable
  }
  public let code: Code
  /// What happened, without personal data.
  public let what: String
  /// Name inside an archive; nil: the file itself.
  public let entry: String?
  public init(_ code: Code, _ what: String, entry: String? = nil) {
    self.code = code
    self.what = what
    self.entry = entry
  }
  public var description: String { "\(what) [\(code.rawValue)]" }
}

/// A file opened: its pages, and what of it could not be opened.
public struct DecodedFile: Sendable {
  public let type: AttachmentFact.FileType
  public let pages: [PageImage]
  public let failures: [DecodeFailure]
  public init(type: AttachmentFact.FileType, pages: [PageImage], failures: [DecodeFailure] = []) {
    self.type = type
    self.pages = pages
    self.failures = failures
  }
}

/// A line that a recogniser read.
public struct RecognizedLine: Sendable, Hashable {
  public let text: String
  /// Pixels of the picture handed in.
  public let box: Evidence.Box
  /// 0…1, the recogniser's own.
  public let confidence: Double
  public init(text: String, box: Evidence.Box, confidence: Double) {
    self.text = text
    self.box = box
    self.confidence = confidence
  }
}

/// A recogniser's natural-log probabilities along one line, frame by frame from left to right, for a few characters.
public struct FrameTable: Sendable, Hashable {
  /// What the recogniser itself reads, and the log probability of its choice in each frame.
  public let bestText: String
  public let best: [Float]
  /// Of “no character here”.
  public let blank: [Float]
  /// One row of `best.count` a character asked for; a character that the recogniser does not know is absent.
  public let characters: [Unicode.Scalar: [Float]]
  public init(bestText: String, best: [Float], blank: [Float], characters: [Unicode.Scalar: [Float]]) {
    self.bestText = bestText
    self.best = best
    self.blank = blank
    self.characters = characters
  }
}

/// Which recogniser answers, and what may rest on it.
public struct RecognizerInfo: Sendable, Hashable {
  public let name: String
  public let version: String
  /// Reads company names well enough to compare them; without it no letter is accepted automatically.
  public let readsNames: Bool
  /// Can give a `FrameTable`.
  public let givesFrames: Bool
  public init(name: String, version: String, readsNames: Bool, givesFrames: Bool) {
    self.name = name
    self.version = version
    self.readsNames = readsNames
    self.givesFrames = givesFrames
  }
}

public struct RecognizerFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable { case unavailable, tooSlow, crashed, badAnswer, unsupported }
  public let code: Code
  public let what: String
  public let fix: String
  public init(_ code: Code, _ what: String, fix: String) {
    self.code = code
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(what). \(fix) [\(code.rawValue)]" }
}

/// What a page looks like. Facts, no consequence.
public struct PageFacts: Sendable, Hashable {
  public enum Colour: String, Sendable, Hashable, CaseIterable { case colour, grey, bilevel }
  public let number: Int
  public let entry: String?
  public let width: Int, height: Int
  public let colour: Colour
  /// Quarter turns clockwise in degrees that set the writing upright: 0, 90, 180, 270; nil: not told.
  public let rotation: Int?
  /// Degrees that the page is turned besides, clockwise positive.
  public let skew: Double
  /// 0…1; below 0.3 writing of usual size cannot be read.
  public let sharpness: Double
  public let isBlank: Bool
  /// Writing of usual size would be lower than the recogniser needs.
  public let isTooSmall: Bool
  /// The sheet inside a photo, in pixels of the page; nil: the picture is the sheet.
  public let sheet: Evidence.Box?
  public let seals: [SealReading]
  public init(
    number: Int, entry: String? = nil, width: Int, height: Int, colour: Colour, rotation: Int?, skew: Double,
    sharpness: Double, isBlank: Bool, isTooSmall: Bool, sheet: Evidence.Box?, seals: [SealReading]
  ) {
    self.number = number
    self.entry = entry
    self.width = width
    self.height = height
    self.colour = colour
    self.rotation = rotation
    self.skew = skew
    self.sharpness = sharpness
    self.isBlank = isBlank
    self.isTooSmall = isTooSmall
    self.sheet = sheet
    self.seals = seals
  }
}

/// A seal, or something that could be taken for one.
public struct SealReading: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case company
    case specialPurpose = "special_purpose"
    case personal, unknown
  }
  public enum Shape: String, Sendable, Hashable, CaseIterable { case round, oval, square, other }
  public enum Ink: String, Sendable, Hashable, CaseIterable { case red, blue, black, grey }
  public enum Flaw: String, Sendable, Hashable, CaseIterable {
    /// Part of it lies outside the picture.
    case cutOff = "cut_off"
    /// Ink too pale or too much missing to read the ring.
    case faint
    /// The ink is even as only a drawn picture is: pasted digitally.
    case uniformInk = "uniform_ink"
    /// Round and red, but no ring with writing and a star: a logo, a fingerprint.
    case notASeal = "not_a_seal"
  }
  public let kind: Kind
  public let shape: Shape
  public let ink: Ink
  /// Pixels of the page.
  public let box: Evidence.Box
  /// How surely it is a seal of that shape, 0…1.
  public let score: Double
  public let hasStar: Bool
  public let flaws: Set<Flaw>
  /// What a recogniser reads along the ring; a hint, never a proof.
  public let ringText: String?
  public init(
    kind: Kind, shape: Shape, ink: Ink, box: Evidence.Box, score: Double, hasStar: Bool, flaws: Set<Flaw>,
    ringText: String? = nil
  ) {
    self.kind = kind
    self.shape = shape
    self.ink = ink
    self.box = box
    self.score = score
    self.hasStar = hasStar
    self.flaws = flaws
    self.ringText = ringText
  }
}
