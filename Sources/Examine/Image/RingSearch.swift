/// Round and oval rings of one ink on a page, before they are judged.
struct RingSearch {
  struct Candidate {
    /// Pixels of the planes.
    let ellipse: Ellipse
    let support: Double
  }
  /// Edges in fewer directions are chance. Blurred red seals keep few; print has many edges of its own.
  private let leastSupport: Double

  private let edges: InkEdges
  private let search: EllipseSearch
  private let peaks: [CentreVotes.Peak]

  /// Seals on a page are 4 to 50 % of its long side; more when the picture is little but a seal.
  /// - Parameter least: smallest step of density between neighbours that is an edge.
  init(_ map: Plane, fillsPicture: Bool, ink: InkColour, least: Int) {
    let long = max(map.width, map.height)
    let largest = fillsPicture ? 0.56 : 0.28
    let radii = max(8, Double(long) * 0.018)...max(16, Double(long) * largest)
    leastSupport = ink == .red ? 0.38 : ink == .blue ? 0.55 : 0.75
    edges = InkEdges(map, least: least)
    search = EllipseSearch(radii: radii, leastAspect: 0.6)
    guard edges.points.count >= 40 else {
      peaks = []
      return
    }
    let votes = CentreVotes(
      edges, width: map.width, height: map.height, radii: Int(radii.lowerBound)...Int(radii.upperBound))
    let all = votes.peaks(most: ink == .red ? 8 : 5, apart: radii.lowerBound)
    peaks = all.filter { $0.votes * 3 >= all[0].votes }
  }

  /// Hands over candidates, the most voted centre first and its largest ring first, until `judge` has seen all.
  /// - Parameter judge: whether this is certainly a seal; then nothing else is looked for within it.
  func each(_ judge: (Candidate) -> Bool) {
    var seals: [Ellipse] = []
    for peak in peaks {
      let isWithin = seals.contains {
        let dx = $0.x - peak.x
        let dy = $0.y - peak.y
        return dx * dx + dy * dy < 0.8 * $0.radius * $0.radius
      }
      if isWithin { continue }
      for radius in search.radii(of: edges, x: peak.x, y: peak.y) {
        guard let found = search.refined(of: edges, x: peak.x, y: peak.y, radius: radius),
          found.support >= leastSupport
        else { continue }
        if judge(Candidate(ellipse: found.ellipse, support: found.support)) {
          seals.append(found.ellipse)
          break
        }
      }
    }
  }
}
