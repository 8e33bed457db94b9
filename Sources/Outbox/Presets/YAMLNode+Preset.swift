import StrictYAML

extension PresetError {
  init(_ mistake: YAMLMistake) {
    self.init(file: mistake.file, line: mistake.line, what: mistake.what, fix: mistake.fix)
  }
}

extension YAMLNode {
  func pointer() throws(YAMLMistake) -> JSONPointer {
    guard let pointer = JSONPointer(try letters()) else {
      throw mistake("`\(path)` is no JSON pointer", #"Write it as /data/id, or "" for the whole answer"#)
    }
    return pointer
  }

  func template() throws(YAMLMistake) -> Template {
    let text = try letters()
    do throws(TemplateMistake) {
      return try Template(text)
    } catch {
      throw mistake("`\(path)`: \(error.what)", "Write a field as {name}, a brace of its own as {{ or }}")
    }
  }

  /// A body: texts are templates, everything else stays what YAML takes it for.
  func tree() throws(YAMLMistake) -> TemplateTree {
    switch form {
    case .map:
      var entries: [TemplateTree.Entry] = []
      for (name, value) in try pairs() { entries.append(.init(name: name, value: try value.tree())) }
      return .object(entries)
    case .list:
      var items: [TemplateTree] = []
      for item in try list() { items.append(try item.tree()) }
      return .list(items)
    case .scalar:
      if let constant = constant() { return .constant(constant) }
      return .template(try template())
    }
  }

  /// A scalar that YAML takes for something else than a text.
  func constant() -> JSONValue? {
    switch scalar {
    case .null: .null
    case .bool(let value): .bool(value)
    // Spelled as JSON spells numbers, or it stays a text.
    case .number(let text): Int(text).map { .number(String($0)) } ?? JSONValue(parsing: Array(text.utf8))
    case .text, nil: nil
    }
  }
}
