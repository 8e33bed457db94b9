import ClosureModel

/// Does the text speak of the account that the ticket was filed for?
enum AccountRule {
  static func judge(_ ticket: Ticket, _ examination: Examination) -> Finding {
    let filed = examination.folded.account.isEmpty ? Fold.simple(ticket.account) : examination.folded.account
    let cell = Evidence(.column(.account), quote: ticket.account)
    let named = examination.text.accounts
    guard !filed.isEmpty else {
      // Nothing to compare: without a name in the text the ticket system knows the submitter, and nobody is confused
      // with anybody. A name that cannot be checked against the submitter's is for a person.
      return named.isEmpty
        ? Finding(.accountConsistent, .account, .satisfied, evidence: [Evidence(.policy)])
        : Finding(.accountMismatch, .account, .doubtful, evidence: [cell] + named)
    }
    let others = named.filter { $0.quote.map(Fold.simple) != filed }
    return others.isEmpty
      ? Finding(.accountConsistent, .account, .satisfied, evidence: [cell] + named)
      : Finding(.accountMismatch, .account, .doubtful, evidence: [cell] + others)
  }
}
