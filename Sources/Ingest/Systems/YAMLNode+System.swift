import StrictYAML

extension IngestError {
  init(_ mistake: YAMLMistake) {
    self.init(code: .badTemplate, file: mistake.place, what: mistake.what, fix: mistake.fix + ".")
  }
}

extension YAMLNode {
  /// A mapping of the keys of a map file; every mapping may take over another one by `<<`.
  func systemKeys(_ known: [String]) throws(YAMLMistake) -> YAMLMap { try map(optional: known, merging: true) }

  func path() throws(YAMLMistake) -> PathExpression {
    let text = try word()
    do throws(PathExpression.Mistake) { return try PathExpression(text) } catch {
      throw mistake("\(name): \(error.what)", "Mend it")
    }
  }

  func paths() throws(YAMLMistake) -> [PathExpression] {
    var out: [PathExpression] = []
    for entry in try oneOrMore() { out.append(try entry.path()) }
    return out
  }

  func conditions() throws(YAMLMistake) -> [Condition] {
    var out: [Condition] = []
    for entry in try oneOrMore() {
      let text = try entry.word()
      do throws(PathExpression.Mistake) { out.append(try Condition(text)) } catch {
        throw entry.mistake("\(entry.name): \(error.what)", "Mend it")
      }
    }
    return out
  }
}
