public import ClosureModel

/// The requests of a reply without sending any: what `webhook render` shows.
public struct RenderedRequest: Sendable, Hashable {
  public enum Part: String, Sendable { case look, post, after }
  public let part: Part
  /// The step's name, in the preset's words.
  public let name: String
  public let request: WebhookRequest
}

extension PresetTarget {
  /// Every request that the delivery of a reply may make, in order. Fields that only an answer can fill stand as
  /// `<name>`. Deterministic for a given time and nonce.
  /// - Throws: `PresetError` for a reply that this preset cannot send, with what is wrong with it.
  public func rendered(_ entry: OutboxEntry, at now: Timestamp) throws -> [RenderedRequest] {
    do throws(PayloadMistake) {
      var fields = try setup.fields(of: entry)
      fields["page"] = .number("1")
      fields["offset"] = .number("0")
      fields["item"] = .string("<id>")
      var out: [RenderedRequest] = []
      func add(_ part: RenderedRequest.Part, _ name: String, _ request: Request) throws(PayloadMistake) {
        out.append(
          RenderedRequest(
            part: part, name: name, request: try maker.make(request, fields, entry: entry, at: now)))
      }
      func keep(_ keeps: [Keep]) {
        for keep in keeps { fields["kept.\(keep.name)"] = .string("\(setup.url)/<\(keep.name)>") }
      }
      if let look = setup.preset.look {
        if let ticket = look.ticket { try add(.look, "the ticket", ticket) }
        keep(look.keep)
        if let request = look.comments?.request { try add(.look, "its comments", request) }
        if let follow = look.comments?.follow { try add(.look, "one comment", follow) }
      }
      for (part, steps) in [(RenderedRequest.Part.post, setup.preset.post), (.after, setup.preset.after)] {
        for step in steps where step.modes?.contains(setup.mode) ?? true {
          guard step.needs.allSatisfy({ fields[$0] != nil }) else { continue }
          try add(part, step.name, step.request)
          keep(step.keep)
        }
      }
      return out
    } catch {
      throw PresetError(file: setup.preset.file, line: nil, what: error.what, fix: "Mend the ticket or the settings")
    }
  }
}
