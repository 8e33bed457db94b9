/// What a seal's writing is held against beside the recogniser's word.
public struct DrawnCharacters: Sendable {
  let book: GlyphBook
  let net: CharacterNet
  public init(book: GlyphBook, net: CharacterNet) {
    self.book = book
    self.net = net
  }
}

/// Small pictures of characters in a few faces, to find the size of a stamp's writing by. Made by `scripts/make-glyphs`, where the file's
/// layout is described.
public struct GlyphBook: Sendable {
  /// Pixels along one side of every picture.
  let side: Int
  let faces: Int
  private let offsets: [Unicode.Scalar: Int]
  private let bytes: [UInt8]
  /// Of one picture.
  private let length: Int
  /// From one face's first picture to the next one's.
  private let stride: Int

  /// - Parameter bytes: the whole file.
  /// - Returns: nil where they are not such a file, or a part of one.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count >= 8, bytes.starts(with: Array("CDG1".utf8)) else { return nil }
    let side = Int(bytes[4])
    let faces = Int(bytes[5])
    let count = Int(bytes[6]) << 8 | Int(bytes[7])
    let length = side * side / 4
    guard side >= 8, side.isMultiple(of: 2), faces > 0, count > 0,
      bytes.count == 8 + 2 * count + faces * count * length
    else { return nil }
    var offsets: [Unicode.Scalar: Int] = [:]
    for index in 0..<count {
      guard let scalar = Unicode.Scalar(UInt16(bytes[8 + 2 * index]) << 8 | UInt16(bytes[9 + 2 * index])) else {
        return nil
      }
      offsets[scalar] = 8 + 2 * count + index * length
    }
    guard offsets.count == count else { return nil }
    self.side = side
    self.faces = faces
    self.offsets = offsets
    self.bytes = bytes
    self.length = length
    stride = count * length
  }

  /// - Returns: ink, 0…1, `side * side`, row by row; nil where the book does not have the character.
  func picture(_ character: Unicode.Scalar, face: Int) -> [Float]? {
    guard let first = offsets[character], (0..<faces).contains(face) else { return nil }
    let start = first + face * stride
    return (0..<side * side).map { Float(bytes[start + $0 / 4] >> UInt8(6 - 2 * ($0 % 4)) & 3) / 3 }
  }

  func has(_ character: Unicode.Scalar) -> Bool { offsets[character] != nil }
}
