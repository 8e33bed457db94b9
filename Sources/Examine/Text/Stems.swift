/// Sections of a lexicon whose entries are stems: looked for in a clause as it stands, not parted into words.
protocol StemSection: CaseIterable, Sendable {
  var rawValue: Int { get }
  /// Its name in the file, without brackets.
  var section: String { get }
}

/// Everyday words that hold the closing up, or leave the statement open.
enum HoldSection: Int, StemSection {
  case act, telling, needless, small, later, noLater, other, ban, close, noClose, ticket, moment, atOnce, set
  case yet, word, contrary, soon, intent, asked, english, day, yours, yoursBy, done, better
  case await, noAwait, awaited, awaitAt, awaitedAt, fine, pondered, unlessLost
  case leavingOut, kept, otherAccount, englishAwait, englishFine, englishTold, first
  case byItself, settled, wish, wishClose, wishThing, wishElse, wishFree, wishAccount
  case wishKind, wishAct, wishOtherAccount, wishBack, wishAfter, englishWish, englishElse, englishThing
  case behalf, which, person, superior, englishBehalf, piece, thing, staying, trouble, unsettled, left, enough
  case englishTime, englishAsked, englishLeft, englishStaying, englishNone, englishTrouble
  case gapLead, headLead, tailOfUse, titleHead, keeping, noName, must, until, atEvent, asTerm, whenever, thenWords,
    englishWaiting, englishNews
  case authority, approving, outstanding, approved, sample, field, openField

  var section: String {
    switch self {
    case .act: "hold_act"
    case .telling: "hold_telling"
    case .needless: "hold_needless"
    case .small: "hold_small"
    case .later: "hold_later"
    case .noLater: "hold_no_later"
    case .other: "hold_other"
    case .ban: "hold_ban"
    case .close: "hold_close"
    case .noClose: "hold_no_close"
    case .ticket: "hold_ticket"
    case .moment: "hold_moment"
    case .atOnce: "hold_at_once"
    case .set: "hold_set"
    case .yet: "hold_yet"
    case .word: "hold_word"
    case .contrary: "hold_contrary"
    case .soon: "hold_soon"
    case .intent: "hold_intent"
    case .asked: "hold_asked"
    case .english: "hold_english"
    case .day: "hold_day"
    case .yours: "hold_yours"
    case .yoursBy: "hold_yours_by"
    case .done: "hold_done"
    case .await: "hold_await"
    case .noAwait: "hold_no_await"
    case .unlessLost: "hold_unless_lost"
    case .awaited: "hold_awaited"
    case .awaitAt: "hold_await_at"
    case .awaitedAt: "hold_awaited_at"
    case .fine: "hold_fine"
    case .pondered: "hold_pondered"
    case .leavingOut: "hold_leaving_out"
    case .kept: "hold_kept"
    case .otherAccount: "hold_other_account"
    case .englishAwait: "hold_english_await"
    case .englishFine: "hold_english_fine"
    case .englishTold: "hold_english_told"
    case .first: "hold_first"
    case .byItself: "hold_by_itself"
    case .settled: "hold_settled"
    case .wish: "hold_wish"
    case .wishClose: "hold_wish_close"
    case .wishThing: "hold_wish_thing"
    case .wishElse: "hold_wish_else"
    case .wishFree: "hold_wish_free"
    case .wishAccount: "hold_wish_account"
    case .wishKind: "hold_wish_kind"
    case .wishAct: "hold_wish_act"
    case .wishBack: "hold_wish_back"
    case .wishAfter: "hold_wish_after"
    case .wishOtherAccount: "hold_wish_other_account"
    case .englishWish: "hold_english_wish"
    case .englishElse: "hold_english_else"
    case .englishThing: "hold_english_thing"
    case .better: "hold_better"
    case .behalf: "hold_behalf"
    case .which: "hold_which"
    case .person: "hold_person"
    case .superior: "hold_superior"
    case .englishBehalf: "hold_english_behalf"
    case .piece: "hold_piece"
    case .thing: "hold_thing"
    case .staying: "hold_staying"
    case .trouble: "hold_trouble"
    case .unsettled: "hold_unsettled"
    case .left: "hold_left"
    case .enough: "hold_enough"
    case .englishTime: "hold_english_time"
    case .englishAsked: "hold_english_asked"
    case .englishLeft: "hold_english_left"
    case .englishStaying: "hold_english_staying"
    case .englishNone: "hold_english_none"
    case .englishTrouble: "hold_english_trouble"
    case .gapLead: "hold_gap_lead"
    case .headLead: "hold_head_lead"
    case .tailOfUse: "hold_tail_of_use"
    case .titleHead: "hold_title_head"
    case .keeping: "hold_keeping"
    case .noName: "hold_no_name"
    case .must: "hold_must"
    case .until: "hold_until"
    case .atEvent: "hold_at_event"
    case .asTerm: "hold_as_term"
    case .whenever: "hold_whenever"
    case .thenWords: "hold_then"
    case .englishWaiting: "hold_english_waiting"
    case .englishNews: "hold_english_news"
    case .authority: "hold_authority"
    case .approving: "hold_approving"
    case .outstanding: "hold_outstanding"
    case .approved: "hold_approved"
    case .sample: "hold_sample"
    case .field: "hold_field"
    case .openField: "hold_open_field"
    }
  }
}

/// How somebody can be reached: 打不通, 收得到信.
enum ReachSection: Int, StemSection {
  case word, not

  var section: String {
    switch self {
    case .word: "reach"
    case .not: "reach_not"
    }
  }
}

/// What short remarks right behind a statement leave open or put in its place, and whose refusals need no object.
enum StraySection: Int, StemSection {
  case enough, only, undone, dangling, instead, ban, copy, refused, unapproved, body

  var section: String {
    switch self {
    case .enough: "stray_enough"
    case .only: "stray_only"
    case .undone: "stray_undone"
    case .dangling: "stray_dangling"
    case .instead: "stray_instead"
    case .ban: "stray_ban"
    case .copy: "stray_copy"
    case .refused: "stray_refused"
    case .unapproved: "stray_unapproved"
    case .body: "stray_body"
    }
  }
}

/// What tickets' titles are made of.
enum TitleSection: Int, StemSection {
  case closing, weak, cancel, account, word, cause, trade

  var section: String {
    switch self {
    case .closing: "title_closing"
    case .weak: "title_weak"
    case .cancel: "title_cancel"
    case .account: "title_account"
    case .word: "title_word"
    case .cause: "title_cause"
    case .trade: "title_trade"
    }
  }
}

/// The lines that mail programs put below every mail: 本邮件含保密信息…
enum FooterSection: Int, StemSection {
  case head, mark

  var section: String {
    switch self {
    case .head: "footer_head"
    case .mark: "footer_mark"
    }
  }
}

/// The stems of a family of sections, by section.
struct Stems<Kind: StemSection>: Sendable {
  static var sections: [String] { Kind.allCases.map(\.section) }
  static func kind(of section: String) -> Kind? { Kind.allCases.first { $0.section == section } }

  private var words = [[[UInt32]]](repeating: [], count: Kind.allCases.count)
  /// The same words by what they begin with.
  private var sets = [WordSet](repeating: WordSet(), count: Kind.allCases.count)
  /// What they end in.
  private var tails = [ScalarSet](repeating: ScalarSet(), count: Kind.allCases.count)

  mutating func add(_ word: [UInt32], _ kind: Kind) {
    guard !word.isEmpty else { return }
    words[kind.rawValue].append(word)
    sets[kind.rawValue].insert(word)
    tails[kind.rawValue].insert(word[word.count - 1])
  }

  /// The first section that no file has: without it such words would go unseen.
  var missing: String? { Kind.allCases.first { words[$0.rawValue].isEmpty }?.section }

  /// The words of several sections.
  func words(of kinds: [Kind]) -> WordSet {
    var all = WordSet()
    for kind in kinds { for word in words[kind.rawValue] { all.insert(word) } }
    return all
  }

  /// How long the word is that a stretch begins with; the first of the file counts.
  func begins(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Int? {
    sets[kind.rawValue].beginning(s)
  }

  /// How long the words are that a stretch begins with.
  func lengths(_ s: ArraySlice<UInt32>, _ kind: Kind) -> [Int] { sets[kind.rawValue].beginnings(s) }

  /// How long the word is that a stretch ends with.
  func ends(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Int? {
    guard let last = s.last, tails[kind.rawValue].contains(last) else { return nil }
    return words[kind.rawValue].first { s.count >= $0.count && s.suffix($0.count).elementsEqual($0) }?.count
  }

  func isIn(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Bool {
    sets[kind.rawValue].isIn(s)
  }
}
