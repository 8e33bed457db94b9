import ClosureModel
import StrictYAML

/// The `pictures` section of a policy.
enum PicturesLoader {
  /// - Parameter demanded: what `material` lists; each of its pictures must have words here, and nothing else may.
  static func load(_ value: YAMLNode, demanded: Set<Requirement>) throws(YAMLMistake) -> Policy.Pictures {
    let pictures = Requirement.pictures.filter(demanded.contains)
    guard !pictures.isEmpty else {
      throw value.mistake("no `material` demands a picture", "Remove `pictures:` or add the pictures to `material`")
    }
    let sides = demanded.contains(.idPhotoFront) || demanded.contains(.idPhotoBack)
    let map = try value.map(
      pictures.map(\.rawValue) + (sides ? ["either_side"] : []) + ["other_documents"])
    var names: [Requirement: [String]] = [:]
    var owner: [String: String] = [:]
    /// One word in two lists would make a name mean two things.
    func words(_ key: String) throws(YAMLMistake) -> [String] {
      let list = try map(key).strings()
      for (word, item) in zip(list, try map(key).entries()) {
        if let other = owner.updateValue(key, forKey: Fold.simple(word)) {
          throw item.mistake("“\(word)” stands under \(other) and under \(key) of `pictures`", "Keep it in one place")
        }
      }
      return list
    }
    for picture in pictures { names[picture] = try words(picture.rawValue) }
    let eitherSide = sides ? try words("either_side") : []
    return Policy.Pictures(names: names, eitherSide: eitherSide, otherDocuments: try words("other_documents"))
  }
}
