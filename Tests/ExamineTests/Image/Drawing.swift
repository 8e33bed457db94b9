import ClosureModel
import Examine
import TestSupport

enum Drawing {
  /// A written page with what `draw` adds, looked at.
  static func examined(
    seed: UInt64 = 1, paper: SIMD4<Float> = [0.96, 0.96, 0.95, 1], capture: DrawnPage.Capture = .init(),
    draw: (inout DrawnPage) -> Void
  ) -> PageExaminer.Examined {
    PageExaminer().examine(page(seed: seed, paper: paper, capture: capture, draw: draw))
  }

  static func page(
    seed: UInt64 = 1, paper: SIMD4<Float> = [0.96, 0.96, 0.95, 1], capture: DrawnPage.Capture = .init(),
    draw: (inout DrawnPage) -> Void
  ) -> PageImage {
    var page = DrawnPage(paper: paper, seed: seed)
    page.write()
    page.write(lines: 2, from: 880)
    draw(&page)
    let pixels = page.captured(capture)
    return PageImage(number: 1, source: .picture, pixels: pixels, width: pixels.width, height: pixels.height)
  }

  /// Intersection over union.
  static func overlap(_ a: Evidence.Box, _ b: Evidence.Box) -> Double {
    let x = max(0, min(a.x + a.width, b.x + b.width) - max(a.x, b.x))
    let y = max(0, min(a.y + a.height, b.y + b.height) - max(a.y, b.y))
    return Double(x * y) / Double(a.width * a.height + b.width * b.height - x * y)
  }
}
