/// A question about a record: `/status = closed|solved`, `/spam`, `/name ~ @`, `/a != @requester`, `/from ~@ @address`
/// (the address of a mail's header is that one); parts joined by ` & ` must all hold. Letters count alike in both
/// cases. A way that finds nothing is blank.
struct Condition: Sendable, Hashable {
  private struct Part: Sendable, Hashable {
    enum Test: Sendable, Hashable {
      case isTrue, isOneOf([String]), isNoneOf([String]), contains(String), isAddress(String)
    }
    let path: PathExpression
    let test: Test
  }
  private let parts: [Part]

  init(_ text: String) throws(PathExpression.Mistake) {
    var parts: [Part] = []
    for piece in Self.split(text, at: " & ") {
      var path = piece
      var test = Part.Test.isTrue
      for (sign, kind) in [(" != ", 0), (" = ", 1), (" ~@ ", 3), (" ~ ", 2)] {
        let halves = Self.split(piece, at: sign)
        guard halves.count > 1 else { continue }
        path = halves[0]
        let value = halves[1...].joined(separator: sign)
        switch kind {
        case 0: test = .isNoneOf(value.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
        case 1: test = .isOneOf(value.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
        case 3: test = .isAddress(value)
        default: test = .contains(value)
        }
        break
      }
      parts.append(Part(path: try PathExpression(path.trimmed), test: test))
    }
    self.parts = parts
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  func holds(in scope: PathScope) -> Bool {
    parts.allSatisfy { part in
      let texts = (scope.find(part.path) ?? []).flatMap { found -> [String] in
        if case .array(let items) = found.value { return items.compactMap(\.text) }
        return [found.value.text ?? ""]
      }
      func same(_ value: String) -> Bool {
        if value.hasPrefix("@"), value.count > 1 {
          // An unbound name is equal to nothing, itself included.
          guard let bound = scope.variables[String(value.dropFirst())], !bound.isEmpty else { return false }
          return texts.contains { $0.lowercased() == bound.lowercased() }
        }
        if value.isEmpty { return texts.allSatisfy { $0.isEmpty } }
        return texts.contains { $0.lowercased() == value.lowercased() }
      }
      func bound(_ value: String) -> String {
        value.hasPrefix("@") && value.count > 1 ? scope.variables[String(value.dropFirst())] ?? "\u{0}" : value
      }
      switch part.test {
      case .isTrue:
        return texts.contains { !["", "false", "0", "no", "none", "[]"].contains($0.lowercased()) }
      case .isOneOf(let values): return values.contains(where: same)
      case .isNoneOf(let values): return !values.contains(where: same)
      case .contains(let value):
        let wanted = bound(value)
        return !wanted.isEmpty && texts.contains { $0.lowercased().contains(wanted.lowercased()) }
      case .isAddress(let value):
        let wanted = bound(value)
        return !wanted.isEmpty && texts.contains { SystemTicket.address($0).lowercased() == wanted.lowercased() }
      }
    }
  }
}

extension Array where Element == Condition {
  func anyHolds(in scope: PathScope) -> Bool { contains { $0.holds(in: scope) } }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
