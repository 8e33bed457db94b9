import Foundation
import Testing

@Suite("evaluate: figures for programs, a page for people")
struct EvaluateTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(
      "labels.jsonl",
      """
      {"id":"a","provider":"jdcloud","lang":"zh-Hans","text":"本人已阅读并同意《京东云账户注销须知》，电话 13800138000","label":"consented","why":"plain","quote":"已阅读并同意"}
      {"id":"b","provider":"tencentcloud","lang":"zh-Hans","text":"我不同意《腾讯云账号注销协议》","label":"not_consented","why":"negated","quote":""}
      {"id":"c","provider":"jdcloud","lang":"en","text":"Please close my account.","label":"consented","why":"plain","quote":"close"}
      {"id":"d","provider":"jdcloud","lang":"zh-Hans","text":"申请注销账号。已阅读并同意。","label":"unclear","why":"ambiguous_object","quote":""}
      """)
    // Wrong labels on purpose: the reader is right, the evaluation must say so loudly all the same.
    try scratch.write(
      "false.jsonl",
      """
      {"id":"f-1","provider":"jdcloud","lang":"zh-Hans","text":"本人已阅读并同意《京东云账户注销须知》。电话 13800138000 <script>alert(1)</script>","label":"not_consented","why":"<b>x</b>","quote":""}
      {"id":"f-2","provider":"jdcloud","text":"本人已阅读并同意《京东云账户注销须知》。先退款再注销。","label":"not_consented"}
      """)
    try scratch.write(
      "contacts.jsonl",
      """
      {"id":"k-1","text":"电话 13800138000，邮箱 desk@example.com","emails":["desk@example.com"],"phones":["+8613800138000"]}
      {"id":"k-2","text":"电话 13900139000 <img alt=x>","emails":["other@example.com"],"phones":[]}
      """)
  }

  private struct Scores: Decodable {
    struct Share: Decodable {
      let count: Int
      let of: Int
      let share: Double?
    }
    struct Accept: Decodable {
      let id: String
      let label: String
      let reason: String
      let words: [String]
    }
    struct Slice: Decodable {
      let name: String
      let lines: Int
      let recall: Share
    }
    let confusion: [String: [String: Int]]
    let falseAccepts: [Accept]
    let quoteOverlap: Int
    let lines: Int
    let recall: Share
    let askedBack: Share
    let leftToPeople: Share
    let unclearToReview: Share
    let slices: [String: [Slice]]
  }

  private func scores(_ file: String) throws -> (Scores, Int32) {
    let result = try Program.run("evaluate", "consent", scratch.path(file), "--json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try decoder.decode(Scores.self, from: Data(result.out.utf8)), result.code)
  }

  @Test("The figures count what was read, the whole and by provider, language, length and why")
  func figures() throws {
    let (scores, code) = try scores("labels.jsonl")
    #expect(code == 0)
    #expect(scores.lines == 4 && scores.falseAccepts.isEmpty && scores.quoteOverlap == 1)
    #expect(scores.confusion["consented"] == ["consented": 1, "not_consented": 1, "unclear": 0])
    #expect(scores.recall.count == 1 && scores.recall.of == 2 && scores.recall.share == 0.5)
    #expect(scores.askedBack.count == 1 && scores.leftToPeople.count == 0)
    #expect(scores.unclearToReview.count == 1 && scores.unclearToReview.of == 1)
    #expect(scores.slices["provider"]?.map(\.name) == ["jdcloud", "tencentcloud"])
    #expect(scores.slices["lang"]?.map(\.lines) == [3, 1])
    #expect(scores.slices["length"]?.map(\.name) == ["< 2000"])
    #expect(scores.slices["why"]?.first?.name == "plain")
    #expect(scores.slices["provider"]?.last?.recall.share == nil)
    let people = try Program.run("evaluate", "consent", scratch.path("labels.jsonl"))
    for part in ["false accepts       0", "recall              1/2 = 50.0 %", "by provider", "by why", "asked back"] {
      #expect(people.out.contains(part), "\(part)")
    }
  }

  @Test("A false accept exits 3 and is named with the reason and the words that it rests on, masked")
  func falseAccepts() throws {
    let (scores, code) = try scores("false.jsonl")
    #expect(code == 3)
    #expect(scores.falseAccepts.map(\.id) == ["f-1"])
    #expect(scores.falseAccepts.first?.words == ["本人已阅读并同意《京东云账户注销须知》"])
    #expect(scores.falseAccepts.first?.reason.isEmpty == false)
    let people = try Program.run("evaluate", "consent", scratch.path("false.jsonl"))
    #expect(people.code == 3)
    #expect(people.out.contains("f-1  not_consented") && people.out.contains("“本人已阅读并同意《京东云账户注销须知》”"))
    #expect(!people.out.contains("13800138000"))
  }

  /// One file, nothing that runs or is fetched, nothing personal.
  private func check(_ page: String) {
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("</html>"))
    for outside in ["<script", "src=", "http://", "https://", "@import", "url(", "<b>x</b>", "<img"] {
      #expect(!page.contains(outside), "\(outside)")
    }
    for personal in ["13800138000", "13900139000", "desk@example.com", "other@example.com"] {
      #expect(!page.contains(personal), "\(personal)")
    }
  }

  @Test(
    "The page of consent lists false accepts, missed and doubtful ones with their marks", arguments: ["zh-CN", "en"])
  func consentPage(_ locale: String) throws {
    let place = scratch.path("pages/report-{date}.html")
    let result = try Program.run(
      "evaluate", "consent", scratch.path("false.jsonl"), "--report", place, "--locale", locale, "--now",
      "2026-06-01T09:00:00+08:00")
    #expect(result.code == 3)
    let page = try scratch.read("pages/report-2026-06-01.html")
    check(page)
    #expect(page.contains("<mark>本人已阅读并同意《京东云账户注销须知》</mark>"))
    #expect(page.contains("<mark class=\"against\">") && page.contains("f-2") && page.contains("consent.delayed"))
    #expect(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;b&gt;x&lt;/b&gt;"))
    #expect(page.contains(locale == "en" ? "False accepts: 1" : "误受理 1"))
    // Once more in the same place: a page replaces a page.
    let again = try Program.run(
      "evaluate", "consent", scratch.path("labels.jsonl"), "--report", place, "--now", "2026-06-01")
    #expect(again.code == 0, "\(again.error)")
    #expect(try scratch.read("pages/report-2026-06-01.html").contains("误受理 0"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("pages")).count == 1)
  }

  @Test("The page of contacts shows the lines that are not exact, and --reveal shows them whole")
  func contactPage() throws {
    let result = try Program.run(
      "evaluate", "contacts", scratch.path("contacts.jsonl"), "--report", scratch.path("contacts.html"))
    #expect(result.code == 0, "\(result.error)")
    let page = try scratch.read("contacts.html")
    check(page)
    #expect(page.contains("k-2") && !page.contains("k-1"))
    #expect(page.contains("o***@example.com") && page.contains("+861********00"))
    #expect(page.contains("<mark class=\"against\">139******00</mark>"))
    try Program.run(
      "evaluate", "contacts", scratch.path("contacts.jsonl"), "--reveal", "--report", scratch.path("contacts.html"))
    #expect(try scratch.read("contacts.html").contains("<mark class=\"against\">13900139000</mark>"))
  }

  @Test("A place that cannot be written to, the corpus itself and a file that is no page exit 73 and stay as they are")
  func places() throws {
    try scratch.write("notes.txt", "my notes")
    let labels = try scratch.read("labels.jsonl")
    for (kind, corpus) in [("consent", "labels.jsonl"), ("contacts", "contacts.jsonl")] {
      for place in ["/dev/null/x.html", scratch.path(corpus), scratch.path("notes.txt"), scratch.folder.path] {
        let result = try Program.run("evaluate", kind, scratch.path(corpus), "--report", place)
        #expect(result.code == 73, "\(kind) \(place): \(result.code) \(result.error)")
        #expect(result.out.isEmpty, "nothing is read first")
        #expect(result.error.contains("ame a") || result.error.contains("ame one"), "\(result.error)")
      }
    }
    #expect(try scratch.read("notes.txt") == "my notes")
    #expect(try scratch.read("labels.jsonl") == labels)
    #expect(
      try Program.run("evaluate", "consent", scratch.path("absent.jsonl"), "--report", scratch.path("n.html")).code
        == 66)
    #expect(!scratch.exists("n.html") && !scratch.exists(".n.html.closedesk-part"))
  }

  @Test("Letters that no recogniser can be trusted with are said to be so before their score")
  func weakRecogniser() throws {
    try scratch.write("tesseract.yaml", "ocr: { engine: tesseract }\n")
    try scratch.write(
      "letters.jsonl",
      #"{"file":"absent.jpg","suggest":"accept","ticket_company":"示例科技有限公司","ticket_account":"jd_sample"}"# + "\n")
    let result = try Program.run(
      "evaluate", "letters", scratch.path("letters.jsonl"), "--config", scratch.path("tesseract.yaml"))
    #expect(result.error.contains("no letter is accepted on its word"), "\(result)")
    #expect(result.error.contains("absent.jpg"), "\(result)")
  }

  @Test("Whole tickets: outcomes against labels, false accepts first with the words they rest on, masked")
  func tickets() throws {
    let statement = "本人已阅读并同意《京东云账户注销须知》，请注销账号。"
    try scratch.write(
      "t.csv",
      Export.csv([
        Export.row("T-1", body: statement), Export.row("T-2", body: "请注销账号。"), Export.row("T-3", body: statement),
        Export.row("T-4", body: "请注销账号。"), Export.row("T-5", body: statement),
      ]))
    // T-3 and T-4 are labelled wrongly on purpose.
    let right =
      #"{"ticket":"T-1","outcome":"accepted"}"# + "\n"
      + #"{"ticket":"T-2","outcome":"incomplete","codes":["consent.missing"]}"# + "\n"
    try scratch.write("t.csv.labels.jsonl", right + #"{"id":"T-9","decision":"blocked","also_ok":["review"]}"# + "\n")
    let good = try Program.run("evaluate", "tickets", scratch.path("t.csv.labels.jsonl"), "--json")
    #expect(good.code == 0, "\(good.error)")
    for part in [
      #""tickets":2,"unlabelled":3,"absent":1"#, #""false_accepts":[]"#, #""recall":{"count":1,"of":1}"#,
      #""codes_named":{"count":1,"of":1}"#,
    ] {
      #expect(good.out.contains(part), "\(part) in \(good.out)")
    }
    try scratch.write(
      "wrong.jsonl",
      right + #"{"ticket":"T-3","outcome":"review"}"# + "\n" + #"{"ticket":"T-4","outcome":"accepted"}"# + "\n"
        + #"{"ticket":"T-5","outcome":"closed"}"# + "\n")
    let arguments = ["evaluate", "tickets", scratch.path("wrong.jsonl"), "--input", scratch.path("t.csv")]
    let bad = try Program.run(arguments + ["--report", scratch.path("t.html"), "--verbose"])
    #expect(bad.code == 3)
    #expect(bad.error.contains("line 5: “closed” is no outcome"), "\(bad.error)")
    #expect(bad.out.contains("T-3  review") && bad.out.contains("已阅读并同意《京东云账户注销须知》"), "\(bad.out)")
    #expect(bad.out.contains("T-4  accepted → incomplete  consent.missing"), "\(bad.out)")
    let page = try scratch.read("t.html")
    check(page)
    for personal in ["jd_demo_01", "13800138000", "desk@example.com"] {
      #expect(!bad.out.contains(personal) && !page.contains(personal), "\(personal)")
      #expect(try Program.run(arguments + ["--reveal"]).out.contains(personal), "\(personal)")
    }
    #expect(page.contains("误受理 1") && page.contains("T-3") && page.contains("T-4"))
    #expect(try Program.run("evaluate", "tickets", scratch.path("wrong.jsonl")).code == 64)
  }
}
