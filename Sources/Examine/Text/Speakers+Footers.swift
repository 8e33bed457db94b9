/// Lines that a mail program puts below every mail: 本邮件及附件含保密信息，未经我方书面同意不得复制.
extension Speakers {
  /// It begins as such lines do, speaks of secrecy or of a wrong addressee, and of nothing that this ticket is about: who
  /// hides a reservation about the notice there is still heard.
  func isFooter(_ line: Int) -> Bool {
    let s = text.scalars[ranges[line]]
    guard inFooter || footers.begins(s.drop { !Scalars.isHan($0) && !Scalars.isWord($0) }, .head) != nil,
      footers.isIn(s, .mark)
    else { return false }
    return script.lines[line].allSatisfy { index in
      let clause = script.clauses[index]
      if clause.classes.meets(Self.ofTicket) { return false }
      return !clause.classes.meets(ClassSet(.agree, .objection))
        || Self.without.contains { Scalars.contains(text.scalars[clause.range], $0) }
    }
  }
  private static var ofTicket: ClassSet {
    ClassSet(.notice, .short, .close, .ambiguous, .pause, .keep, .limit, .before)
  }
  /// 未经我方书面同意: whose consent it speaks of is the sender's to copying.
  private static let without = ["未经", "未得", "without"].map(Scalars.of)
}
