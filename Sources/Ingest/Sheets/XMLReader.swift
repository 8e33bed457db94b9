import CExpat

/// What an XML part is made of, in order. Names come without their prefix.
protocol XMLHandler: AnyObject {
  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes)
  func end(_ name: UnsafePointer<CChar>)
  func text(_ bytes: UnsafeRawBufferPointer)
  /// Everything needed was seen.
  var isDone: Bool { get }
}

/// Attributes of one element; valid during the call.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// - Returns: the value; a prefix of the name does not matter.
  func pointer(_ name: StaticString) -> UnsafePointer<CChar>? {
    guard let list else { return nil }
    var at = 0
    while let key = list[at] {
      if XMLReader.local(key).isNamed(name) { return list[at + 1] }
      at += 2
    }
    return nil
  }

  /// Each in turn, with its name behind the prefix.
  func forEach(_ body: (_ name: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>) -> Void) {
    guard let list else { return }
    var at = 0
    while let key = list[at], let value = list[at + 1] {
      body(XMLReader.local(key), value)
      at += 2
    }
  }

  subscript(name: StaticString) -> String? { pointer(name).map { String(cString: $0) } }

  func flag(_ name: StaticString, otherwise: Bool) -> Bool {
    self[name].map { $0 == "1" || $0 == "true" || $0 == "on" } ?? otherwise
  }
}

extension UnsafePointer<CChar> {
  func isNamed(_ name: StaticString) -> Bool {
    let wanted = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    var at = 0
    while self[at] == wanted[at] {
      if self[at] == 0 { return true }
      at += 1
    }
    return false
  }
}

/// Owns one expat parser. Document types, and with them entities of the document's own, are refused: no export has any,
/// and they are what XML bombs are made of. Nesting and the length of one tag are bounded.
final class XMLReader {
  enum Failure: Error { case broken, hostile }
  private let parser: XML_Parser
  private let handler: any XMLHandler
  private var failure: Failure?
  // Only `feed` and what the parser calls from it touch these, one at a time.
  @exclusivity(unchecked) private var depth = 0
  /// Bytes given since the handler last heard of something.
  @exclusivity(unchecked) private var silent = 0
  private static let deepest = 128
  private static let longestTag = 48 << 20

  init(_ handler: any XMLHandler) {
    guard let made = XML_ParserCreate(nil) else { preconditionFailure("no memory for an XML parser") }
    parser = made
    self.handler = handler
    // The reader outlives every call of the parser, which is made from its own methods alone.
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name else { return }
        XMLReader.with(context) { $0.start(name, attributes) }
      },
      { context, name in
        guard let name else { return }
        XMLReader.with(context) { $0.end(name) }
      })
    XML_SetCharacterDataHandler(parser) { context, bytes, count in
      XMLReader.with(context) { reader in
        reader.silent = 0
        reader.handler.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in XMLReader.with(context) { $0.stop(.hostile) } }
  }

  private func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    silent = 0
    depth += 1
    if depth > Self.deepest { return stop(.hostile) }
    handler.start(Self.local(name), XMLAttributes(list: attributes))
    if handler.isDone { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  private func end(_ name: UnsafePointer<CChar>) {
    silent = 0
    depth -= 1
    handler.end(Self.local(name))
    if handler.isDone { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  deinit { XML_ParserFree(parser) }

  /// - Parameter isLast: nothing follows.
  /// - Returns: `false`: the handler is done.
  func feed(_ bytes: ArraySlice<UInt8>, isLast: Bool) throws(Failure) -> Bool {
    silent += bytes.count
    guard silent <= Self.longestTag else { throw .hostile }
    let status = bytes.withUnsafeBytes {
      XML_Parse(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), isLast ? 1 : 0)
    }
    if let failure { throw failure }
    if handler.isDone { return false }
    guard status == XML_STATUS_OK else { throw .broken }
    return true
  }

  private func stop(_ failure: Failure) {
    self.failure = failure
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  /// Without counting references: the reader outlives the call, which `feed` makes.
  private static func with(_ context: UnsafeMutableRawPointer?, _ body: (XMLReader) -> Void) {
    guard let context else { return }
    Unmanaged<XMLReader>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
  }

  /// Behind the prefix.
  static func local(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
    var at = 0
    while name[at] != 0 {
      if name[at] == CChar(UInt8(ascii: ":")) { return name + at + 1 }
      at += 1
    }
    return name
  }
}
