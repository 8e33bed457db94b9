import Testing

/// Accounts have plain words for names, and what a name looks like says nothing of the statement.
@Suite("Names of accounts")
struct AccountNameTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》"
  private static let english = "I have read and agree to the JD Cloud account closing notice"

  @Test(
    "A plain word behind the word for an account is its name",
    arguments: [
      "birch", "oak", "maple", "pine", "bob", "shop", "dev", "prod", "alice", "river", "house", "paper", "summer",
      "market", "admin",
      "root", "demo", "music", "tiger", "moon", "sea", "tea-house",
    ])
  func named(_ name: String) throws {
    for text in [
      "\(Self.statement)，请注销账户 \(name)。", "\(Self.statement)，申请注销账号\(name)。", "\(Self.statement)，账号 \(name)",
      "\(Self.statement)。用户名是 \(name)，请尽快注销。", "账号名 \(name)，\(Self.statement)。",
    ] { try Statement.expectAffirmed(text) }
    for text in [
      "\(Self.english). Please close my account \(name).", "Please delete the account named \(name). \(Self.english).",
      "My account name is \(name). \(Self.english).",
    ] { try Statement.expectAffirmed(text) }
  }

  @Test(
    "What is said of an account is no name",
    arguments: [
      "\(statement)，账号 locked", "\(statement)，账号 later", "\(statement)，账号 keep", "\(statement)，账号是 company 的",
      "\(statement)。账号 stay", "\(english). Please close my account someday.",
      "\(english). Please close my account eventually.",
      "\(english). Please close my account sometime.", "\(english). Please keep my account alive.",
      "\(english). Please close my account later.",
    ])
  func state(_ text: String) throws { try Statement.expectNotAffirmed(text) }
}
