import Yams

extension YAMLNode {
  /// What YAML takes the scalar for; `nil` for lists and mappings. In quotes everything is a text.
  package var scalar: PlainScalar? {
    guard case .scalar(let scalar) = node else { return nil }
    // Tags change nothing: `!!str 5` is written "5".
    let isPlain = scalar.style == .plain || scalar.style == .any
    return isPlain ? PlainScalar(plain: scalar.string) : .text(scalar.string)
  }

  /// The words of a scalar, never blank. Unquoted `no`, `~` and `95118` are not texts to YAML; which was meant must not be
  /// guessed.
  package func text() throws(YAMLMistake) -> String {
    guard case .scalar(let scalar) = node else {
      throw mistake("\(name) must be a text", "Write one value after the colon")
    }
    guard case .text? = self.scalar else {
      throw mistake(
        "\(name) must be a text, “\(scalar.string)” is read as something else", "Put it in double quotes")
    }
    return try notBlank(scalar.string)
  }

  /// The letters of a scalar as they stand, never blank: for names, addresses and paths, where `5` can only be meant as
  /// it is written. Nothing at all (`~`, `null`) is no text.
  package func word() throws(YAMLMistake) -> String {
    guard case .scalar(let scalar) = node, self.scalar != .null else {
      throw mistake("\(name) must be a text", "Give it a value, or remove the line")
    }
    return try notBlank(scalar.string)
  }

  /// The letters of a scalar as they stand, or nothing: `""` says that nothing is meant.
  package func letters() throws(YAMLMistake) -> String {
    guard case .scalar(let scalar) = node else {
      throw mistake("\(name) must be a text", "Write one value after the colon")
    }
    return scalar.string
  }

  private func notBlank(_ text: String) throws(YAMLMistake) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw mistake("\(name) is blank", "Give it a value, or remove the line")
    }
    return text
  }

  /// A list of words.
  package func words() throws(YAMLMistake) -> [String] {
    var out: [String] = []
    for item in try list() { out.append(try item.word()) }
    return out
  }

  /// Exactly this word.
  package func isWord(_ word: String) -> Bool {
    if case .scalar(let scalar) = node { return scalar.string == word }
    return false
  }

  /// Without quotes: `true` or `false`, or the other words that YAML has for them.
  package func bool() throws(YAMLMistake) -> Bool {
    guard case .bool(let value)? = scalar else { throw mistake("\(name) must be true or false", "Write true or false") }
    return value
  }

  /// A whole number, without quotes.
  package func whole(in range: ClosedRange<Int>) throws(YAMLMistake) -> Int {
    let wanted =
      "Write "
      + (range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    guard case .number(let text)? = scalar, let value = Int(text) else {
      throw mistake("\(name) must be a whole number", wanted)
    }
    guard range.contains(value) else { throw mistake("\(name) is \(value)", wanted) }
    return value
  }

  /// A number, without quotes; `0.5`, `5`, `1e3`.
  package func number(in range: ClosedRange<Double>) throws(YAMLMistake) -> Double {
    guard case .number(let text)? = scalar,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".eE+-".utf8.contains($0) }), let value = Double(text)
    else {
      throw mistake("\(name) must be a number", "Write a number from \(range.lowerBound) to \(range.upperBound)")
    }
    guard range.contains(value) else {
      throw mistake("\(name) is \(text)", "Write a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// One of a closed set of words.
  package func choice(of words: [String]) throws(YAMLMistake) -> String {
    let text = try word()
    guard words.contains(text) else {
      throw mistake("\(name) cannot be “\(text)”", "Use one of: \(words.joined(separator: ", "))")
    }
    return text
  }

  package func choice<Value: RawRepresentable<String>>(of allowed: [Value]) throws(YAMLMistake) -> Value {
    let text = try choice(of: allowed.map(\.rawValue))
    guard let value = allowed.first(where: { $0.rawValue == text }) else {
      preconditionFailure("choice(of:) checked it")
    }
    return value
  }

  package func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) throws(YAMLMistake) -> Value {
    try choice(of: Array(type.allCases))
  }

  /// A text with a form of its own, such as a date.
  /// - Parameters:
  ///   - is: what it has to be: `a date`.
  ///   - fix: how it is written.
  ///   - parse: `nil` for a text without that form.
  package func text<Value>(
    that is: String, _ fix: String, _ parse: (String) -> Value?
  ) throws(YAMLMistake) -> Value {
    let text = try text()
    guard let value = parse(text) else { throw mistake("\(name) is “\(text)”, not \(`is`)", fix) }
    return value
  }
}
