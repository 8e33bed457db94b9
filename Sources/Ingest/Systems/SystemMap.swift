/// How one ticket system writes its exports: a file of `Templates/exports`.
public struct SystemMap: Sendable {
  let id: String
  let name: String
  /// In the order in which a document is tried against them; the first that bears tickets counts as the fullest form.
  let documents: [Document]
  /// What stands beside a file of tickets and belongs to it.
  let beside: [String]
  /// What a ticket is in each form, by name.
  let records: [String: Record]

  /// A kind of file, or of line.
  struct Document: Sendable {
    /// `json`: a file, or a line of JSON Lines; `rows`: a row of a CSV, seen as an object of its header's names.
    enum Shape: String, Sendable, CaseIterable { case json, rows }
    /// How the rows of a table are written, beside its separator.
    enum Cells: String, Sendable, CaseIterable {
      case csv
      /// Quotes are letters: a row is a line, cut at the separators.
      case bare
      /// Each cell is a literal of Python: `'text'`, `None`, `['1', '2']`, `(2026, 6, 18, 1, 21, 38.0, 0, 0, 0)`.
      case python
    }
    let id: String
    let shape: Shape
    let cells: Cells
    /// Ways that must all lead somewhere.
    let has: [PathExpression]
    /// A part of the path below the folder, in place of a shape to know it by: `comments/`.
    let folder: String?
    let tickets: PathExpression?
    /// Name of the record.
    let form: String?
    let tables: [Table]
    let claims: Claims
  }

  struct Table: Sendable {
    let name: String
    let rows: PathExpression
    /// `@file` is the ticket that the file's name says. Where the way finds several texts the row stands under each.
    let key: [PathExpression]
    /// One record stands under each key (a person, a field), however many files repeat it.
    let isUnique: Bool
    /// So many files, at most, are looked at for one key: the first.
    let files: Int
  }

  /// What a document says about the whole that it is a part of.
  struct Claims: Sendable {
    var total: PathExpression?
    var page: PathExpression?
    var pages: PathExpression?
    var next: [PathExpression] = []
    var more: [Condition] = []
    /// Lengths of a full page, where an export says nothing of a next one.
    var fullPage: [Int] = []
  }

  struct Record: Sendable {
    var id: [PathExpression] = []
    var subject: [PathExpression] = []
    var category: [PathExpression] = []
    var status: [PathExpression] = []
    var created: [PathExpression] = []
    var updated: [PathExpression] = []
    /// Times without a mark are UTC; else they are in the zone of the settings.
    var timesAreUTC = false
    var requesterID: [PathExpression] = []
    var requesterEmail: [PathExpression] = []
    var requesterName: [PathExpression] = []
    /// The customer's name by the form, where the requester may be a user of the interface who filed it for him.
    var customerName: [PathExpression] = []
    var body = Text()
    /// Who wrote the body; none: the requester.
    var bodyRoles: [Roles] = []
    /// The first message is the body.
    var messagesHoldBody = false
    var custom: [Custom] = []
    var names: [String: String] = [:]
    /// Texts of the record that messages and files ask for, by the name under which they stand: `@assignee`.
    var bound: [String: [PathExpression]] = [:]
    /// Tables that the record itself carries.
    var tables: [Table] = []
    var messages: Messages?
    var attachments: Attachments?
    var standing: [Standing] = []
    /// Signs that the export holds the ticket only in part.
    var partial: [Condition] = []
    var isAlwaysPartial = false
    /// Mail quotations lose their marks in this system.
    var losesQuotes = false
  }

  /// A text in the forms in which it may be there.
  struct Text: Sendable {
    var plain: [PathExpression] = []
    var html: [PathExpression] = []
    /// Atlassian Document Format.
    var adf: [PathExpression] = []
    /// Jira's wiki markup.
    var wiki: [PathExpression] = []
    /// Redmine's Textile.
    var textile: [PathExpression] = []
    var plainBase64: [PathExpression] = []
    var htmlBase64: [PathExpression] = []
  }

  struct Roles: Sendable {
    let role: Role
    let when: [Condition]
  }
  enum Role: String, Sendable, CaseIterable { case customer, agent, system, unknown }

  struct Custom: Sendable {
    let each: PathExpression
    let name: [PathExpression]
    let value: [PathExpression]
    let raw: [PathExpression]
  }

  struct Messages: Sendable {
    /// The first that the export knows.
    var from: [PathExpression] = []
    /// How many there are, by the export's own word.
    var count: [PathExpression] = []
    /// Signs that later ones are not in the export.
    var more: [Condition] = []
    /// Lengths of a full page, where the export does not say whether another follows.
    var fullPage: [Int] = []
    /// Parts that a message has by the export's own list, and those that are there.
    var listed: PathExpression?
    var held: PathExpression?
    var keep: [Condition] = []
    var internalNote: [Condition] = []
    var author: [PathExpression] = []
    var at: [PathExpression] = []
    var roles: [Roles] = []
    var text = Text()
    var attachments: Attachments?
    /// The message is one text of parts: `date;author;text`.
    var split: Split?
  }

  /// One text that holds several values.
  struct Split: Sendable {
    let at: String
    let names: [String]
    /// The value that may hold the separator itself: a free text, the name of a file.
    let rest: String
  }

  struct Attachments: Sendable {
    var from: [PathExpression] = []
    var name: [PathExpression] = []
    var id: [PathExpression] = []
    var size: [PathExpression] = []
    /// The file itself, in base64, where the export has it in a document.
    var base64: [PathExpression] = []
    /// Where it can be fetched; used by `pull`.
    var url: [PathExpression] = []
    /// Whose it is; none: the message's author, of a ticket the author of its body.
    var roles: [Roles] = []
    var split: Split?
  }

  struct Standing: Sendable {
    enum Kind: String, Sendable, CaseIterable { case closed, merged, deleted, spam }
    let kind: Kind
    let when: [Condition]
    let into: [PathExpression]
    var relations: Relations?
  }

  /// A text that lists other tickets by how the ticket stands to them: `重复 #1, 关联到 #3`.
  struct Relations: Sendable {
    let paths: [PathExpression]
    /// Those that count, as the system's languages call them.
    let labels: [String]

    /// - Returns: the ticket that the first of them names.
    func first(in scope: PathScope) -> String? {
      for text in scope.texts(paths) {
        for piece in text.split(whereSeparator: { $0.isNewline || ",，;；、".contains($0) }) {
          guard let sign = piece.lastIndex(of: "#") else { continue }
          let label = piece[..<sign].trimmed.lowercased()
          if labels.contains(where: { $0.lowercased() == label }) { return piece[piece.index(after: sign)...].trimmed }
        }
      }
      return nil
    }
  }
}
