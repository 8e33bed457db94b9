import ClosureModel

/// What the ticket looks like before the post.
enum Seen: Sendable, Hashable {
  case clear
  case found(Found)
  case changed(why: String)
  /// It could not be read.
  case unknown(StepEnd)
}

/// Our reply, as it was read back.
struct Found: Sendable, Hashable {
  /// Somebody else wrote after it.
  let isAnswered: Bool
  /// It was sent as a note, and the system shows it to the customer.
  let isPublicNote: Bool
}

extension PresetAttempt {
  private static let mostPages = 50
  private static let mostFollowed = 100
  private static let readable = Success(statuses: [200...299], conditions: [])

  /// - Parameter thorough: reads the comments even where the ticket's own time says that nothing is new.
  mutating func look(_ look: Look, thorough: Bool) async -> Seen {
    var ticket: JSONValue?
    if let request = look.ticket {
      switch await send(request, Self.readable, look.answers, shows: false) {
      case .passed(let reply, let json):
        guard let json else { return .unknown(unreadable("the ticket")) }
        if let end = keep(look.keep, reply, json, shows: false) { return .unknown(end) }
        ticket = json
      case let end: return .unknown(end)
      }
    }
    let asOf = claim.entry.asOf
    let changedAt = look.changedAt.flatMap { pointer in CommentRule.time(ticket?.at(pointer)) }
    // To the second: a reply of ours may be younger than the export by less than a minute.
    let isOld = asOf.flatMap { asOf in changedAt.map { $0 <= asOf } } ?? false
    if let comments = look.comments, thorough || !isOld {
      switch await read(comments, ticket, look.answers) {
      case .failure(let unknown): return .unknown(unknown.end)
      case .success(let seen):
        let code = Marker.code(claim.entry.key)
        switch CommentRule.meaning(of: seen, code: code, asOf: asOf) {
        case .found(let isAnswered):
          let isPublic = target.setup.mode != .public && CommentRule.isPublic(seen, code: code)
          return .found(Found(isAnswered: isAnswered, isPublicNote: isPublic))
        case .changed(let why): return .changed(why: why)
        case .clear: break
        }
      }
    } else if look.comments == nil, let asOf, let changedAt, changedAt > CommentRule.lastRead(asOf) {
      return .changed(why: "it was changed at \(changedAt)")
    }
    if let ticket {
      if look.closed.contains(where: { $0.holds(ticket, fields) }) { return .changed(why: "it is closed by now") }
      if look.merged.contains(where: { $0.holds(ticket, fields) }) {
        return .changed(why: "it was merged into another ticket")
      }
    }
    return .clear
  }

  struct Unreadable: Error {
    let end: StepEnd
  }

  private func unreadable(_ what: String) -> StepEnd {
    .again(afterSeconds: nil, why: "\(what) cannot be read: the answer does not hold it", mayHaveArrived: false)
  }

  private mutating func read(_ rule: Comments, _ ticket: JSONValue?, _ answers: [Answer]) async -> Result<
    [SeenComment], Unreadable
  > {
    var seen: [SeenComment] = []
    var followed = 0
    var count = 0
    var before: [JSONValue] = []
    for page in 1...Self.mostPages {
      var answer = ticket
      if let request = rule.request {
        fields["page"] = .number("\(page)")
        fields["offset"] = .number("\(count)")
        switch await send(request, Self.readable, answers, shows: false) {
        case .passed(_, let json): answer = json
        case let end: return .failure(Unreadable(end: end))
        }
      }
      guard let answer, case .array(let items) = answer.at(rule.items) else {
        return .failure(Unreadable(end: unreadable("the list of comments")))
      }
      if !items.isEmpty, items == before { return .failure(repeating(page)) }
      before = items
      count += items.count
      for item in items where rule.only.allSatisfy({ $0.holds(item, fields) }) {
        var byUs = rule.own.allSatisfy { $0.holds(item, fields) }
        let time = CommentRule.time(item.at(rule.time))
        var text = rule.text.flatMap { item.at($0)?.text }
        if let follow = rule.follow, mayBeOurs(byUs, time) {
          followed += 1
          guard followed <= Self.mostFollowed else { return .failure(tooMany()) }
          switch await fetch(follow, rule, item, answers) {
          case .success(let json):
            text = Self.text(json, rule)
            byUs = byUs && rule.followOwn.allSatisfy { $0.holds(json, fields) }
          case .failure(let unknown): return .failure(unknown)
          }
        }
        let isTold = !rule.own.isEmpty || !rule.followOwn.isEmpty
        let isPublic = rule.isPrivate.map { item.at($0) != .bool(true) } ?? false
        seen.append(SeenComment(text: text, time: time, isByUs: byUs && isTold, isPublic: isPublic))
      }
      if let latest = rule.latest, items.count >= latest, claim.isInDoubt, !reachesBack(seen) {
        return .failure(tooMany())
      }
      guard rule.pageSize != nil, rule.end?.follows(answer, after: count) ?? !items.isEmpty else {
        return .success(seen)
      }
      // It counts rows, pages by rows, and leaves out those that we may not see.
      if items.isEmpty, let size = rule.pageSize, rule.countsByPage, let total = rule.end?.total(answer) {
        if page * size < total { continue }
        return hidden(total - count) ?? .success(seen)
      }
      // It says that there are more, and gives none.
      guard !items.isEmpty else { return .failure(Unreadable(end: unreadable("the list of comments"))) }
    }
    return .failure(tooMany())
  }

  /// A system that gives the same page again whatever it is asked for: what lies behind it stays hidden.
  private func repeating(_ page: Int) -> Unreadable {
    Unreadable(
      end: .refused(
        why: "page \(page) of the comments is the one before it again: name in the preset how the system tells the last"
          + " page (look.comments: more, last or total)", fault: .ours))
  }

  /// What we may not see could be our own reply: where one was sent before, or is none that the customer sees, nobody
  /// can tell that it is not there.
  private func hidden(_ count: Int) -> Result<[SeenComment], Unreadable>? {
    guard count > 0, claim.isInDoubt || target.setup.mode != .public else { return nil }
    return .failure(
      Unreadable(
        end: .refused(
          why: "\(count) entries of the ticket's history are hidden from us, and the reply may be one of them: give the"
            + " user the rights of the integration guide", fault: .ours)))
  }

  private func tooMany() -> Unreadable {
    Unreadable(
      end: .refused(why: "the ticket has more comments than are read; a person has to look at it", fault: .policy))
  }

  /// Our reply was made after the export: what is older, or by somebody else, need not be fetched.
  private func mayBeOurs(_ byUs: Bool, _ time: Timestamp?) -> Bool {
    guard byUs else { return false }
    guard let asOf = claim.entry.asOf, let time else { return true }
    return time >= asOf
  }

  /// Whether what was read goes back to the export: our reply can only be younger. Otherwise the reply counts as found
  /// where it was found, and as unknown where it was not.
  private func reachesBack(_ seen: [SeenComment]) -> Bool {
    let code = Marker.code(claim.entry.key)
    if seen.contains(where: { $0.text?.contains(code) ?? false }) { return true }
    guard let asOf = claim.entry.asOf else { return false }
    return seen.contains { $0.time.map { $0 <= asOf } ?? false }
  }

  private mutating func fetch(_ follow: Request, _ rule: Comments, _ item: JSONValue, _ answers: [Answer]) async
    -> Result<JSONValue, Unreadable>
  {
    guard let id = rule.id.flatMap({ item.at($0)?.text }) else {
      return .failure(Unreadable(end: unreadable("the id of a comment")))
    }
    fields["item"] = .string(id)
    switch await send(follow, Self.readable, answers, shows: false) {
    case .passed(_, let json): return json.map { .success($0) } ?? .failure(Unreadable(end: unreadable("a comment")))
    case let end: return .failure(Unreadable(end: end))
    }
  }

  private static func text(_ json: JSONValue, _ rule: Comments) -> String? {
    guard let place = rule.followText else { return nil }
    guard let items = rule.followItems else { return json.at(place)?.text }
    guard case .array(let parts) = json.at(items) else { return nil }
    return parts.compactMap { $0.at(place)?.text }.joined(separator: "\n")
  }
}
