/// The sheet in a photo: from the middle outwards as long as the paper's colour changes smoothly.
struct SheetSearch {
  /// Blocks of the paper's grid that are sheet.
  let columns: Range<Int>
  let rows: Range<Int>
  /// The sheet does not fill the picture.
  let isPart: Bool

  init(_ paper: PaperColour) {
    let width = paper.columns
    let height = paper.rows
    // Start: the brightest block of the middle ninth.
    var start = (height / 2) * width + width / 2
    for row in (height / 3)..<max(height / 3 + 1, height * 2 / 3) {
      for column in (width / 3)..<max(width / 3 + 1, width * 2 / 3)
      where paper.green[row * width + column] > paper.green[start] { start = row * width + column }
    }
    var isSheet = [Bool](repeating: false, count: width * height)
    var stack = [start]
    isSheet[start] = true
    while let at = stack.popLast() {
      let x = at % width
      let y = at / width
      for (nx, ny) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
      where nx >= 0 && ny >= 0 && nx < width && ny < height {
        let to = ny * width + nx
        guard !isSheet[to] else { continue }
        // Shade darkens all channels alike and slowly; another surface changes at once, or in colour.
        let tint = abs((paper.red[to] - paper.blue[to]) - (paper.red[start] - paper.blue[start]))
        let step = abs(paper.green[to] - paper.green[at])
        let depth = paper.green[start] - paper.green[to]
        guard step < 9, tint < 16, depth < 75 else { continue }
        isSheet[to] = true
        stack.append(to)
      }
    }
    // Rows and columns that are sheet for a fair part of its size: corners of a tilted sheet count, threads do not.
    var perRow = [Int](repeating: 0, count: height)
    var perColumn = [Int](repeating: 0, count: width)
    var total = 0
    for row in 0..<height {
      for column in 0..<width where isSheet[row * width + column] {
        perRow[row] += 1
        perColumn[column] += 1
        total += 1
      }
    }
    let rowsIn = perRow.indices.filter { perRow[$0] * 8 >= (perRow.max() ?? 0) }
    let columnsIn = perColumn.indices.filter { perColumn[$0] * 8 >= (perColumn.max() ?? 0) }
    guard total * 6 >= width * height, let top = rowsIn.first, let bottom = rowsIn.last, let left = columnsIn.first,
      let right = columnsIn.last
    else {
      columns = 0..<width
      rows = 0..<height
      isPart = false
      return
    }
    columns = left..<right + 1
    rows = top..<bottom + 1
    // Blocks of the picture's rim that are not sheet.
    isPart = columns.count * rows.count * 100 < width * height * 95 || total * 100 < width * height * 88
  }
}
