import ClosureModel

/// The line that says what kind of paper it is.
struct LetterTitle {
  /// The policy's titles, bare.
  private let titles: [[Unicode.Scalar]]
  private let provider: [Unicode.Scalar]

  init(titles: [String], provider: String) {
    self.titles = titles.map(LetterText.bare)
    self.provider = LetterText.bare(provider)
  }

  struct Found {
    let state: LetterReading.Title.State
    /// Indices of lines.
    let lines: [Int]
    /// Index of its first row.
    let row: Int
  }

  /// Words that end the title of a paper that companies send.
  private static let kinds = TextSearch.words(
    "同意书 申请书 授权书 委托书 承诺书 声明书 确认书 告知书 证明书 通知书 申请表 登记表 申请 证明 声明 协议 合同 函 营业执照 执照 须知 承诺 报告 发票 收据 账单 说明 凭证 许可证 身份证")

  /// All titles of the pages, in order. A title stands in a row, or in two, that hold nothing else.
  func titles(in text: LetterText) -> [Found] {
    var found: [Found] = []
    var number = 0
    while number < text.rows.count {
      let one = bare(text, number...number)
      var rows = 1
      var state = state(one, text, number...number)
      if state != .exact, number + 1 < text.rows.count, text.rows[number].page == text.rows[number + 1].page {
        let both = bare(text, number...(number + 1))
        if titles.contains(both) { (state, rows) = (.exact, 2) }
      }
      if let state {
        found.append(Found(state: state, lines: text.rows[number..<(number + rows)].flatMap(\.lines), row: number))
      }
      number += rows
    }
    return found
  }

  private func bare(_ text: LetterText, _ rows: ClosedRange<Int>) -> [Unicode.Scalar] {
    rows.flatMap { text.rows[$0].lines.flatMap { LetterText.bare(text.lines[$0].text) } }
  }

  /// nil: no title.
  private func state(_ bare: [Unicode.Scalar], _ text: LetterText, _ rows: ClosedRange<Int>) -> LetterReading.Title
    .State?
  {
    guard (3...40).contains(bare.count), let lengths = titles.map(\.count).max() else { return nil }
    if titles.contains(bare) { return .exact }
    guard bare.count <= lengths + 12 else { return nil }
    let distance = titles.map { TextSearch.distance(bare, $0) }.min() ?? .max
    let shared = TextSearch.words("同意书 同意函").contains { TextSearch.ends(bare, with: $0) }
    let isTitle = Self.kinds.contains { TextSearch.ends(bare, with: $0) } && isHead(text, rows)
    let isClose = distance <= 2 || (shared && distance <= 3 && isTitle)
    guard isTitle || isClose else { return nil }
    let confidence = rows.flatMap { text.rows[$0].lines }.map { text.lines[$0].confidence }.min() ?? 0
    // Another provider's paper differs by as little as its name: certain only where it was read well and shares no
    // character of the name in question.
    let isOther = confidence > 0.9 && provider.allSatisfy { !bare.contains($0) || $0 == "云" } && isTitle
    if isOther { return .otherDocument }
    if isClose { return .near }
    return confidence > 0.9 ? .otherDocument : .near
  }

  /// A title is a heading: no sentence of the text runs into it, and no label stands in it.
  private func isHead(_ text: LetterText, _ rows: ClosedRange<Int>) -> Bool {
    let first = rows.lowerBound
    if first > 0, text.rows[first - 1].runsOn, text.rows[first - 1].page == text.rows[first].page { return false }
    if text.rows[first].runsOn { return false }
    let words = text.rows[first].lines.map { text.lines[$0].text }.joined()
    return !words.unicodeScalars.contains { ":：。，,；;".unicodeScalars.contains($0) }
  }
}
