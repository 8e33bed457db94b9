import ClosureModel
import CSimdJSON

/// Owns one simdjson parser; used by one pass.
final class JSONParser {
  enum Failure { case notJSON, notAnObject, notUTF8 }
  private let parser: OpaquePointer

  init() {
    guard let made = csimdjson_new() else { preconditionFailure("no memory for a JSON parser") }
    parser = made
  }

  deinit { csimdjson_free(parser) }

  /// - Parameter bytes: one object, with `RecordReader.padding` readable bytes behind it.
  /// - Returns: its members, valid until the next call.
  func members(_ bytes: UnsafeBufferPointer<UInt8>) -> (fields: UnsafeBufferPointer<csimdjson_field>, failure: Failure?)
  {
    var fields: UnsafePointer<csimdjson_field>?
    let none = UnsafeBufferPointer<csimdjson_field>(start: nil, count: 0)
    guard let base = bytes.baseAddress else { return (none, .notJSON) }
    let count = base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      csimdjson_object(parser, $0, bytes.count, &fields)
    }
    switch count {
    case 0...: return (UnsafeBufferPointer(start: fields, count: Int(count)), nil)
    case -2: return (none, .notAnObject)
    case -3: return (none, .notUTF8)
    default: return (none, .notJSON)
    }
  }
}

extension csimdjson_field {
  var keyBytes: UnsafeBufferPointer<UInt8> { Self.bytes(key, key_length) }

  /// The value as a cell's text; `nil` for an object, which is no cell. Null is blank.
  var text: String? {
    switch UInt8(bitPattern: type) {
    case UInt8(ascii: "s"), UInt8(ascii: "n"), UInt8(ascii: "a"):
      Self.string(valueBytes)
    case UInt8(ascii: "t"): "true"
    case UInt8(ascii: "f"): "false"
    case UInt8(ascii: "0"): ""
    default: nil
    }
  }

  /// - Parameter bytes: of a document that simdjson has found to be UTF-8: they are not looked at again.
  private static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: all < 0x80))
  }

  var valueBytes: UnsafeBufferPointer<UInt8> { Self.bytes(value, value_length) }

  private static func bytes(_ base: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(base)?.assumingMemoryBound(to: UInt8.self), count: base == nil ? 0 : count)
  }
}
