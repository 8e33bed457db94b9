/// Where ink begins: points of a density map with the direction towards more ink.
struct InkEdges: Sendable {
  struct Point: Sendable {
    let x: Float
    let y: Float
    /// Unit vector towards the ink.
    let dx: Float
    let dy: Float
  }
  private(set) var points: [Point] = []

  /// Most edges that are looked at; the strongest stay. A4 pages with a seal have 5,000 to 15,000 red ones.
  static let most = 40_000

  /// - Parameter least: smallest step of density between neighbours that counts, in units of the map.
  init(_ map: Plane, least: Int) {
    let width = map.width
    let height = map.height
    guard width > 4, height > 4 else { return }
    // Steps of the 3 × 3 Sobel operator are 8 times those between neighbours over two pixels.
    let floor = least * 8
    var counts = [Int](repeating: 0, count: 512)
    var found: [(at: Int32, gx: Int16, gy: Int16)] = []
    found.reserveCapacity(16_384)
    map.bytes.withUnsafeBufferPointer { p in
      for y in 1..<(height - 1) {
        let row = y * width
        for x in 1..<(width - 1) {
          let at = row + x
          let nw = Int(p[at - width - 1])
          let ne = Int(p[at - width + 1])
          let sw = Int(p[at + width - 1])
          let se = Int(p[at + width + 1])
          let gx = ne + 2 * Int(p[at + 1]) + se - nw - 2 * Int(p[at - 1]) - sw
          let gy = sw + 2 * Int(p[at + width]) + se - nw - 2 * Int(p[at - width]) - ne
          let size = abs(gx) + abs(gy)
          guard size >= floor else { continue }
          counts[min(511, size >> 2)] += 1
          found.append((Int32(at), Int16(gx), Int16(gy)))
        }
      }
    }
    var limit = 511
    var room = Self.most
    while limit > 0, counts[limit] <= room {
      room -= counts[limit]
      limit -= 1
    }
    points.reserveCapacity(min(found.count, Self.most))
    for edge in found {
      guard min(511, (abs(Int(edge.gx)) + abs(Int(edge.gy))) >> 2) > limit || limit == 0 else { continue }
      let gx = Float(edge.gx)
      let gy = Float(edge.gy)
      let length = (gx * gx + gy * gy).squareRoot()
      let at = Int(edge.at)
      points.append(Point(x: Float(at % width), y: Float(at / width), dx: gx / length, dy: gy / length))
    }
  }
}
