import ClosureModel
import Glibc

/// An engine is another program, perhaps the operator's own: nothing it says is taken unchecked. A company name may be
/// accepted on these numbers, so impossible ones are an error and never a reading.
extension EngineReply {
  func checkedInfo() throws(RecognizerFailure) -> RecognizerInfo {
    guard let name, let version, let readsNames, let givesFrames, name.isShortText, version.isShortText else {
      throw .badAnswer("the engine's answer to info lacks name, version, reads_names or gives_frames")
    }
    return RecognizerInfo(name: name, version: version, readsNames: readsNames, givesFrames: givesFrames)
  }

  func checkedLines(of picture: Pixels) throws(RecognizerFailure) -> [RecognizedLine] {
    guard let lines, lines.count <= EngineLimits.lines else {
      throw .badAnswer("the engine's answer has no lines, or too many")
    }
    var checked: [RecognizedLine] = []
    for line in lines {
      guard line.text.isText, line.box.count == 4, (0...1).contains(line.confidence) else {
        throw .badAnswer("a line's text, box or confidence is impossible")
      }
      let (x, y, width, height) = (line.box[0], line.box[1], line.box[2], line.box[3])
      // In this order nothing can overflow.
      guard x >= 0, y >= 0, width > 0, height > 0, x < picture.width, y < picture.height, width <= picture.width - x,
        height <= picture.height - y
      else { throw .badAnswer("a line's box lies outside the picture") }
      checked.append(
        RecognizedLine(
          text: line.text, box: Evidence.Box(x: x, y: y, width: width, height: height), confidence: line.confidence))
    }
    return checked
  }

  /// Rows as long as `best`, log probabilities, no more than one of everything in a frame, nothing likelier than the best.
  func checkedFrames(asked characters: [Unicode.Scalar]) throws(RecognizerFailure) -> FrameTable {
    guard let bestText, bestText.isText, let best, let blank, let rows = self.characters,
      (1...EngineLimits.frames).contains(best.count), blank.count == best.count
    else { throw .badAnswer("the engine's answer lacks best_text, best, blank or characters") }
    let asked = Set(characters)
    var table: [Unicode.Scalar: [Float]] = [:]
    for (key, row) in rows {
      guard key.unicodeScalars.count == 1, let scalar = key.unicodeScalars.first, asked.contains(scalar),
        row.count == best.count
      else { throw .badAnswer("a row of frames is not asked for or has another length") }
      table[scalar] = row
    }
    // Rounded to four places on the way.
    let slack: Float = 0.001
    for frame in 0..<best.count {
      var sum = expf(blank[frame])
      var top = blank[frame]
      for row in table.values {
        sum += expf(row[frame])
        top = max(top, row[frame])
        guard row[frame].isFinite else { throw .badAnswer("a frame's probability is not a number") }
      }
      guard best[frame].isFinite, blank[frame].isFinite, best[frame] <= slack, top <= best[frame] + slack, sum <= 1.01
      else { throw .badAnswer("a frame's probabilities are impossible") }
    }
    return FrameTable(bestText: bestText, best: best, blank: blank, characters: table)
  }
}

extension String {
  /// Bounded, on one line.
  fileprivate var isText: Bool {
    unicodeScalars.count <= EngineLimits.textScalars
      && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
  fileprivate var isShortText: Bool { isText && !isEmpty && unicodeScalars.count <= 200 }
}
