/// How requests prove who they come from. The secret comes from `webhook.secret_file` or `webhook.secret_env` alone.
public enum PresetAuth: Sendable {
  case none
  /// Standard Webhooks: signs id, time and body.
  case standardWebhooks
  case bearer
  case basic(user: Template, password: Template)
  case header(name: String, value: Template)
  case query(name: String)
  /// Alibaba Cloud's RPC style: signs the sorted parameters with HMAC-SHA1.
  case alibabaRPC(accessKeyID: Template)

  public enum Kind: String, CaseIterable, Sendable {
    case none, bearer, basic, header, query
    case standardWebhooks = "standard-webhooks"
    case alibabaRPC = "alibaba-rpc"

    var keys: [String] {
      switch self {
      case .none, .bearer, .standardWebhooks: []
      case .basic: ["user", "password"]
      case .header: ["name", "value"]
      case .query: ["name"]
      case .alibabaRPC: ["access_key_id"]
      }
    }
  }

  /// - Parameter words: `kind` and what that kind needs, no more and no less.
  public init(_ words: [String: String]) throws(AuthMistake) {
    guard let kind = words["kind"].flatMap(Kind.init(rawValue:)) else {
      throw AuthMistake(
        what: "it names no kind that is known",
        fix: "Use one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let wanted = Set(kind.keys + ["kind"])
    guard Set(words.keys) == wanted else {
      throw AuthMistake(
        what: "the kind \(kind.rawValue) has other keys",
        fix: "Write exactly: \(wanted.sorted().joined(separator: ", "))")
    }
    func template(_ key: String) throws(AuthMistake) -> Template {
      do throws(TemplateMistake) {
        return try Template(words[key] ?? "")
      } catch {
        throw AuthMistake(what: "\(key): \(error.what)", fix: "Write a field as {name}")
      }
    }
    switch kind {
    case .none: self = .none
    case .bearer: self = .bearer
    case .standardWebhooks: self = .standardWebhooks
    case .basic: self = .basic(user: try template("user"), password: try template("password"))
    case .header: self = .header(name: words["name"] ?? "", value: try template("value"))
    case .query: self = .query(name: words["name"] ?? "")
    case .alibabaRPC: self = .alibabaRPC(accessKeyID: try template("access_key_id"))
    }
  }

  public var needsSecret: Bool { if case .none = self { false } else { true } }

  /// Proves itself by a signature, which can be shown; the others send the secret itself.
  public var isSigned: Bool {
    switch self {
    case .standardWebhooks, .alibabaRPC: true
    case .none, .bearer, .basic, .header, .query: false
    }
  }

  var templates: [Template] {
    switch self {
    case .none, .bearer, .standardWebhooks, .query: []
    case .basic(let user, let password): [user, password]
    case .header(_, let value): [value]
    case .alibabaRPC(let id): [id]
    }
  }
}

/// What is wrong with an `auth`.
public struct AuthMistake: Error, Sendable, Hashable {
  public let what: String
  public let fix: String
}
