import ClosureModel

/// Does the text speak of the account that the ticket was filed for?
enum AccountRule {
  static func judge(_ ticket: Ticket, _ examination: Examination) -> Finding {
    let isBlank = MissingValue.stands(in: ticket.account)
    let folded = examination.folded.account.isEmpty ? Fold.simple(ticket.account) : examination.folded.account
    let filed = isBlank ? "" : folded
    let cell = Evidence(.column(.account), quote: ticket.account)
    let named = examination.text.accounts
    guard !filed.isEmpty else {
      // The export says whose account it is, and not of this ticket.
      if ticket.lacksAccount || !ticket.account.isEmpty {
        return Finding(.accountMissing, .account, .doubtful, evidence: [cell] + named)
      }
      // Nothing to compare: without a name in the text the ticket system knows the submitter, and nobody is confused
      // with anybody. A name that cannot be checked against the submitter's is for a person.
      return named.isEmpty
        ? Finding(.accountUnchecked, .account, .satisfied, evidence: [Evidence(.policy)])
        : Finding(.accountMismatch, .account, .doubtful, evidence: [cell] + named)
    }
    let others = named.filter { $0.quote.map(Fold.simple) != filed }
    return others.isEmpty
      ? Finding(.accountConsistent, .account, .satisfied, evidence: [cell] + named)
      : Finding(.accountMismatch, .account, .doubtful, evidence: [cell] + others)
  }
}
