/// Round and oval rings of one ink on a page, before they are judged.
struct RingSearch {
  struct Candidate {
    /// Pixels of the planes.
    let ellipse: Ellipse
    let support: Double
  }
  /// Seals on a page are 4 to 50 % of its long side; more when the picture is little but a seal.
  static func candidates(in map: Plane, fillsPicture: Bool, least: Int) -> [Candidate] {
    let long = max(map.width, map.height)
    let largest = fillsPicture ? 0.56 : 0.28
    let radii = max(8, Double(long) * 0.018)...max(16, Double(long) * largest)
    let edges = InkEdges(map, least: least)
    guard edges.points.count >= 40 else { return [] }
    var found: [Candidate] = []
    let search = EllipseSearch(radii: radii, leastAspect: 0.6)
    let votes = CentreVotes(
      edges, width: map.width, height: map.height, radii: Int(radii.lowerBound)...Int(radii.upperBound))
    for peak in votes.peaks(most: 8, apart: radii.lowerBound) {
      for radius in search.radii(of: edges, x: peak.x, y: peak.y) {
        if let ellipse = search.refined(of: edges, x: peak.x, y: peak.y, radius: radius) {
          found.append(Candidate(ellipse: ellipse.ellipse, support: ellipse.support))
        }
      }
    }
    return found
  }
}
