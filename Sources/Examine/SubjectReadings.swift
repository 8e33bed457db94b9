import ClosureModel
import Synchronization

/// What the last subjects say. An export's subjects are a few titles of a form as a rule, and the same words say the same:
/// they are read once.
final class SubjectReadings: Sendable {
  private final class Entry: Sendable {
    let scalars: [UInt32]
    let day: Day?
    let reading: TextReading

    init(_ scalars: [UInt32], _ day: Day?, _ reading: TextReading) {
      (self.scalars, self.day, self.reading) = (scalars, day, reading)
    }
  }
  /// One place for all subjects of a hash: the last one stands there. A lock, as the workers of a run share one examiner
  /// and read the same subjects: it is held for one place of memory, while what the subject says is read outside of it.
  private let entries = Mutex<[Entry?]>([Entry?](repeating: nil, count: places))
  private static let places = 64
  /// Scalars of a title; a longer subject is a text of its own.
  private static let longest = 48

  /// - Parameters:
  ///   - day: the day that the reading depends on.
  ///   - read: reads the subject; depends on nothing but `scalars` and `day`.
  func reading(of scalars: [UInt32], on day: Day?, _ read: () -> TextReading) -> TextReading {
    guard scalars.count <= Self.longest else { return read() }
    let place = Self.place(of: scalars)
    let last = entries.withLock { $0[place] }
    if let last, last.day == day, last.scalars == scalars { return last.reading }
    let reading = read()
    let entry = Entry(scalars, day, reading)
    entries.withLock { $0[place] = entry }
    return reading
  }

  private static func place(of scalars: [UInt32]) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for scalar in scalars { hash = (hash ^ scalar) &* 0x0100_0193 }
    return Int(hash >> 16) & (places - 1)
  }
}
