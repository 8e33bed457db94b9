/// What one consent letter (同意书) says and bears, held against what the ticket says. Facts with their places; what follows
/// from them is judged elsewhere. Nothing is `equal`, `exact`, `affirmed` or `matched` unless that was certain.
public struct LetterReading: Sendable, Hashable {
  /// Words that were read.
  public struct Field: Sendable, Hashable {
    /// As read; blanks at the ends dropped.
    public let text: String
    /// Name of the file, page, box and words; several where the words stand in several places.
    public let evidence: [Evidence]
    public init(text: String, evidence: [Evidence]) {
      self.text = text
      self.evidence = evidence
    }
  }

  public struct Title: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
      /// One of the policy's titles, letter for letter after folding.
      case exact
      /// Looks like one of them: misread, or another wording.
      case near
      /// A title of some other paper.
      case otherDocument = "other_document"
      /// No title was read.
      case absent
    }
    public let state: State
    public let field: Field?
    public init(state: State, field: Field?) {
      self.state = state
      self.field = field
    }
  }

  /// Something written on the letter against what the ticket says.
  public struct Comparison: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
      /// The same wherever it stands on the letter, read without doubt.
      case equal
      /// Read without doubt, and something else stands there.
      case differs
      /// Not found, or too doubtful to compare; also where the ticket names nothing to compare with.
      case notRead = "not_read"
      /// Its place on the form is there and empty.
      case blank
    }
    public let state: State
    public let field: Field?
    public init(state: State, field: Field?) {
      self.state = state
      self.field = field
    }
  }

  public struct DateField: Sendable, Hashable {
    public enum State: Sendable, Hashable {
      case day(Day)
      /// `年 月 日` without numbers.
      case missing
      /// No certain day was read: cut short, covered, two different days, or no place for a date was seen.
      case unreadable
    }
    public let state: State
    public let field: Field?
    public init(state: State, field: Field?) {
      self.state = state
      self.field = field
    }
  }

  public struct Statement: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
      /// Agrees to the closing of the account, without reservation.
      case affirmed
      case conditional, refused
      /// A word such as 作废 or VOID stands on the letter, beside whatever it states.
      case marked
      /// Agrees to something else, or asks for something else.
      case other
      /// Not found, or not understood as a whole.
      case notRead = "not_read"
    }
    public let state: State
    /// The words that state it, or that speak against it.
    public let field: Field?
    public init(state: State, field: Field?) {
      self.state = state
      self.field = field
    }
  }

  /// The writing along a seal's ring against the company that is expected there.
  public struct Ring: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
      /// The expected name, and no other name near it, explains the writing.
      case matched
      /// Another name stands there.
      case contradicted
      case undecided
    }
    public let verdict: Verdict
    /// Natural-log probability per character that the expected name loses against the free best reading; 0 or less.
    public let loss: Double
    /// Of the expected name's characters, the least: its log probability less that of the recogniser's choice there.
    public let worst: Double
    /// Offset of that character in the expected name, in Unicode scalars.
    public let worstAt: Int?
    /// By how much each character is likelier than its nearest rival in the same place, the least of them, in natural
    /// logarithms; with the strokes as second witness where they were asked. -infinity: the strokes are not the name's.
    public let lead: Double
    /// What the recogniser reads by itself.
    public let text: String
    public init(verdict: Verdict, loss: Double, worst: Double, worstAt: Int?, lead: Double, text: String) {
      self.verdict = verdict
      self.loss = loss
      self.worst = worst
      self.worstAt = worstAt
      self.lead = lead
      self.text = text
    }
  }

  /// A seal on one of the letter's pages.
  public struct Sealed: Sendable, Hashable {
    public let page: Int
    public let seal: SealReading
    /// nil: no company seal, or nothing to read the ring with.
    public let ring: Ring?
    public let evidence: Evidence
    public init(page: Int, seal: SealReading, ring: Ring?, evidence: Evidence) {
      self.page = page
      self.seal = seal
      self.ring = ring
      self.evidence = evidence
    }
  }

  /// Name inside an archive; nil: the file itself.
  public let entry: String?
  /// 1-based numbers of the letter's pages.
  public let pages: [Int]
  public let title: Title
  /// In the text and in the signature block.
  public let company: Comparison
  public let account: Comparison
  public let date: DateField
  public let contactName: Field?
  public let phone: Field?
  public let email: Field?
  public let statement: Statement
  /// The form as the provider publishes it: its fields are empty.
  public let isBlankTemplate: Bool
  /// What other paper it seems to be, as its title says.
  public let otherDocument: Field?
  /// Every seal on the letter's pages, the likeliest company seal first.
  public let seals: [Sealed]

  public init(
    entry: String?, pages: [Int], title: Title, company: Comparison, account: Comparison, date: DateField,
    contactName: Field?, phone: Field?, email: Field?, statement: Statement, isBlankTemplate: Bool,
    otherDocument: Field?, seals: [Sealed]
  ) {
    self.entry = entry
    self.pages = pages
    self.title = title
    self.company = company
    self.account = account
    self.date = date
    self.contactName = contactName
    self.phone = phone
    self.email = email
    self.statement = statement
    self.isBlankTemplate = isBlankTemplate
    self.otherDocument = otherDocument
    self.seals = seals
  }
}

/// Everything that was seen of one file of a ticket.
public struct AttachmentReading: Sendable, Hashable {
  /// Something about the file or one of its pages that a letter must not have.
  public struct Problem: Sendable, Hashable {
    public enum Code: String, Sendable, Hashable, CaseIterable {
      /// Nothing is on the page.
      case blank
      case blurred
      case tooSmall = "too_small"
      case grey, bilevel
      /// No seal, nor anything like one, on any page.
      case noSeal = "no_seal"
      /// What looks like a seal is none that a company signs with.
      case noCompanySeal = "no_company_seal"
      /// The recogniser gave no answer: nothing is known of the words.
      case notRead = "not_read"
      /// The recogniser answered, and nothing that it gave is writing.
      case unreadable
      /// The recogniser does not read names well enough to rest anything on them.
      case weakRecognizer = "weak_recognizer"
      /// More pages than are read.
      case pagesLeft = "pages_left"
      /// Two letters in one file that do not say the same.
      case severalLetters = "several_letters"
      /// The letter runs over several pages, and nothing but the seal stands on the sealed one: it may go with any paper.
      case sealApart = "seal_apart"
    }
    public let code: Code
    /// nil: of the file as a whole.
    public let page: Int?
    public let entry: String?
    public let evidence: Evidence
    public init(_ code: Code, page: Int?, entry: String? = nil, evidence: Evidence) {
      self.code = code
      self.page = page
      self.entry = entry
      self.evidence = evidence
    }
  }

  /// How far the examination went.
  public enum Depth: String, Sendable, Hashable, CaseIterable {
    /// Nothing could be opened.
    case notOpened = "not_opened"
    /// The look at the pages was enough: whatever is written there, it is no letter that can be accepted. Nothing was read.
    case looked
    /// The words were asked for; `problems` says whether they came.
    case read
  }

  /// As the ticket lists it.
  public let name: String
  /// Of the bytes, hexadecimal.
  public let sha256: String
  public let type: AttachmentFact.FileType
  public let failures: [DecodeFailure]
  public let pages: [PageFacts]
  public let depth: Depth
  public let problems: [Problem]
  /// nil: not read, or no page is anything like a letter.
  public let letter: LetterReading?
  /// What it says against a letter that stands in another file: 前述同意书作废. Of the letter itself, its own reservation.
  public var objection: Evidence?
  /// What the recogniser read, as it gave it.
  public var words: [PageWords] = []

  public struct PageWords: Sendable, Hashable {
    public let page: Int
    public let entry: String?
    /// Boxes in pixels of the page.
    public let lines: [RecognizedLine]
    public init(page: Int, entry: String?, lines: [RecognizedLine]) {
      self.page = page
      self.entry = entry
      self.lines = lines
    }
  }

  /// The lines of a page; nil: not read.
  public func text(ofPage page: Int, entry: String?) -> String? {
    words.first { $0.page == page && $0.entry == entry }
      .map { $0.lines.map(\.text).joined(separator: "\n") }
  }

  public init(
    name: String, sha256: String, type: AttachmentFact.FileType, failures: [DecodeFailure], pages: [PageFacts],
    depth: Depth, problems: [Problem], letter: LetterReading?
  ) {
    self.name = name
    self.sha256 = sha256
    self.type = type
    self.failures = failures
    self.pages = pages
    self.depth = depth
    self.problems = problems
    self.letter = letter
  }
}
