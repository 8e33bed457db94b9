/// Numbers of clauses or of sentences, in order and each once: few as a rule, and looked up often.
struct Places: Sendable, RandomAccessCollection {
  private var numbers: [Int]

  init(_ numbers: some Sequence<Int>) {
    self.numbers = []
    for number in numbers.sorted() where number != self.numbers.last { self.numbers.append(number) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { numbers.count }
  subscript(place: Int) -> Int { numbers[place] }

  func contains(_ number: Int) -> Bool {
    guard let first = numbers.first, number >= first, number <= numbers[numbers.count - 1] else { return false }
    let place = numbers.place(of: number)
    return place < numbers.count && numbers[place] == number
  }
}

extension [Int] {
  /// Where the first of rising numbers stands that is not below a number; the count where there is none.
  func place(of number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
