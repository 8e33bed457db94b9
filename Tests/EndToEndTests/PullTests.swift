import Foundation
import Glibc
import Testing

/// A ticket system on 127.0.0.1 that pages, limits its rate and knows one key, with an export of the same tickets.
private final class TicketServer {
  private let process = Process()
  let port: Int

  /// - Parameter export: a folder into which the server writes what an export of its tickets would be.
  init(_ scratch: Scratch, export: String) throws {
    let script = scratch.path("server.py")
    try scratch.write("server.py", Self.source)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [script, scratch.path("port"), scratch.path(export), scratch.path("log")]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var found: Int?
    for _ in 0..<200 where found == nil {
      Thread.sleep(forTimeInterval: 0.05)
      found = (try? scratch.read("port")).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    port = try #require(found, "the server did not start")
  }

  // SIGKILL: a child of the test runner may have been started with SIGTERM blocked, and would stay.
  deinit { kill(process.processIdentifier, SIGKILL) }

  /// 230 issues of a Redmine: pages of at most 100, every 7th answer 429, a wrong key sees an empty list.
  private static let source = #"""
    import http.server, json, os, sys, urllib.parse
    port_file, export, log = sys.argv[1:4]
    PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    def issue(n, full):
        out = {"id": n, "project": {"id": 1, "name": "desk"}, "tracker": {"id": 1, "name": "support"},
               "status": {"id": 1, "name": "新建", "is_closed": n % 10 == 0}, "author": {"id": n + 1000, "name": "客户%d" % n},
               "category": {"id": 1, "name": "账号与认证"}, "subject": "注销账号 %d" % n,
               "description": "本人已阅读并同意《京东云账户注销须知》，请注销账号。电话 13800138000，邮箱 u%d@example.com" % n,
               "custom_fields": [{"id": 1, "name": "账号ID", "value": "pin_%d" % n}, {"id": 2, "name": "实名类型", "value": "个人"}],
               "created_on": "2026-03-02T01:02:03Z", "updated_on": "2026-03-02T01:02:03Z", "closed_on": None}
        if n % 50 == 0:
            out["attachments"] = [{"id": 7000 + n, "filename": "证明 %d.png" % n, "filesize": len(PNG),
                "content_url": "http://127.0.0.1:%d/attachments/download/%d/x.png" % (server.server_port, 7000 + n),
                "author": {"id": n + 1000}}]
        else:
            out["attachments"] = []
        if full:
            out["journals"] = [{"id": 1, "user": {"id": 5, "name": "客服"}, "notes": "您好，已收到。",
                "created_on": "2026-03-02T02:02:03Z", "private_notes": False}]
        return out
    count = 0
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *a): pass
        def answer(self, status, body, headers={}):
            self.send_response(status)
            for k, v in headers.items(): self.send_header(k, v)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def do_POST(self):
            open(log, "a").write("POST\n"); self.answer(405, b"")
        do_PUT = do_DELETE = do_POST
        def do_GET(self):
            global count
            count += 1
            open(log, "a").write("GET %s\n" % self.path)
            if count % 7 == 0: return self.answer(429, b"", {"Retry-After": "0"})
            known = self.headers.get("X-Redmine-API-Key") == "good-key"
            url = urllib.parse.urlparse(self.path)
            query = dict(urllib.parse.parse_qsl(url.query))
            if url.path == "/users/current.json":
                return self.answer(200, b'{"user":{"id":3}}') if known else self.answer(401, b"")
            if url.path == "/issues.json":
                offset, limit = int(query.get("offset", 0)), min(100, int(query.get("limit", 25)))
                ids = range(1, 231) if known else []
                page = [issue(n, False) for n in list(ids)[offset:offset + limit]]
                return self.answer(200, json.dumps({"issues": page, "total_count": len(ids), "offset": offset, "limit": limit}).encode())
            if url.path.startswith("/issues/"):
                return self.answer(200, json.dumps({"issue": issue(int(url.path[8:].split(".")[0]), True)}).encode())
            if url.path.startswith("/attachments/"): return self.answer(200, PNG)
            self.answer(404, b"")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    os.makedirs(export + "/rest")
    json.dump({"issues": [issue(n, True) for n in range(1, 231)], "total_count": 230, "offset": 0, "limit": 500},
              open(export + "/rest/issues.json", "w"))
    for n in range(50, 231, 50):
        folder = export + "/attachments/%d" % n
        os.makedirs(folder)
        open(folder + "/0_证明 %d.png" % n, "wb").write(PNG)
    open(port_file, "w").write("%d\n" % server.server_port)
    server.serve_forever()
    """#
}

@Suite("Pulling tickets")
struct PullTests {
  private static func configure(_ scratch: Scratch) throws {
    try scratch.write("closedesk.yaml", "webhook: { allow_http_loopback: true }\n")
    try scratch.write("key", "good-key\n")
    try scratch.write("wrong", "bad-key\n")
  }

  @Test("A run over a pull equals a run over the export of the same tickets; only GET is sent, 429 is waited for")
  func equal() throws {
    let scratch = try Scratch()
    try Self.configure(scratch)
    let server = try TicketServer(scratch, export: "export")
    let pulled = try Program.run(
      "pull", "--preset", "redmine", "--url", "http://127.0.0.1:\(server.port)", "--key-file", scratch.path("key"),
      "--output", scratch.path("pulled"), "--state", scratch.path("state.json"), in: scratch.folder)
    #expect(pulled.code == 0, "\(pulled.error)")
    let log = try scratch.read("log")
    #expect(!log.contains("POST"))
    #expect(log.contains("offset=200"))
    let now = ["--now", "2026-03-03T09:00:00+08:00", "--output", "-", "--quiet"]
    let one = try Program.run(["validate", scratch.path("pulled"), "--require-complete"] + now, in: scratch.folder)
    let other = try Program.run(["validate", scratch.path("export")] + now, in: scratch.folder)
    #expect(one.code == 0, "\(one.error)")
    #expect(one.lines.count == 230)
    #expect(one.lines.sorted() == other.lines.sorted())
    #expect(scratch.exists("pulled/attachments/50/7050_证明 50.png"))
    #expect(try scratch.read("state.json").contains("\"since\":"))
  }

  @Test("A wrong key that would see an empty list is noticed")
  func wrongKey() throws {
    let scratch = try Scratch()
    try Self.configure(scratch)
    let server = try TicketServer(scratch, export: "export")
    let result = try Program.run(
      "pull", "--preset", "redmine", "--url", "http://127.0.0.1:\(server.port)", "--key-file", scratch.path("wrong"),
      "--output", scratch.path("pulled"), in: scratch.folder)
    #expect(result.code == 78)
    #expect(result.error.contains("key"))
    #expect(!result.error.contains("bad-key"))
  }

  @Test("A folder that holds something is not pulled into; an address that nobody listens at is told")
  func refusals() throws {
    let scratch = try Scratch()
    try Self.configure(scratch)
    try scratch.write("full/x", "1")
    let full = try Program.run(
      "pull", "--preset", "rt5", "--url", "http://127.0.0.1:9", "--key-file", scratch.path("key"), "--output",
      scratch.path("full"), in: scratch.folder)
    #expect(full.code == 73)
    let unknown = try Program.run(
      "pull", "--preset", "nosuch", "--url", "http://127.0.0.1:9", "--output", scratch.path("o"), in: scratch.folder)
    #expect(unknown.code == 64)
  }
}

@Suite("Whole exports and mapped columns")
struct ReceiptTests {
  @Test("A cut-off export is told, and with --require-complete nothing is recorded")
  func cutOff() throws {
    let scratch = try Scratch()
    try scratch.write("t.csv", "工单编号,服务分类,问题描述\n" + (1...1000).map { "T-\($0),账号与认证,请注销账号\n" }.joined())
    let loose = try Program.run("validate", scratch.path("t.csv"), "--json", in: scratch.folder)
    #expect(loose.code == 0)
    #expect(loose.error.contains("INCOMPLETE"))
    #expect(loose.out.contains("\"code\":\"round_number\""))
    try scratch.write("secret", "whsec_" + Data(repeating: 7, count: 32).base64EncodedString())
    try scratch.write(
      "closedesk.yaml",
      "ledger: ./l.sqlite\nwebhook: { url: \"http://127.0.0.1:9/x\", secret_file: ./secret, allow_http_loopback: true }\n"
    )
    let strict = try Program.run("run", scratch.path("t.csv"), "--require-complete", in: scratch.folder)
    #expect(strict.code == 65)
    #expect(!scratch.exists("l.sqlite"))
  }

  @Test("What a run was given stands in its report and in the ledger, where status finds it")
  func kept() throws {
    let scratch = try Scratch()
    try scratch.write("secret", "whsec_" + Data(repeating: 7, count: 32).base64EncodedString())
    try scratch.write(
      "closedesk.yaml",
      """
      ledger: ./l.sqlite
      input: { time_zone: Europe/Berlin }
      webhook: { url: "http://127.0.0.1:9/x", secret_file: ./secret, allow_http_loopback: true }

      """)
    let rows = (1...40).filter { $0 != 17 }.map { "T-\($0),其他,谢谢,2026-07-21 09:30\n" }.joined()
    try scratch.write("t.csv", "工单编号,服务分类,问题描述,提交时间\n" + rows + "T-41,其他")
    try scratch.write("u.csv", "工单编号,服务分类,问题描述\nU-1,其他,谢谢\n")
    let run = try Program.run(
      "run", "t.csv", "u.csv", "--report", "r.html", "--now", "2026-07-22T09:00:00+08:00", in: scratch.folder)
    #expect(run.code == 2, "\(run.error)")
    let report = try scratch.read("r.html")
    for part in ["id=\"receipts\"", "t.csv", "u.csv", "<code>last_row</code>", "Europe/Berlin", "17"] {
      #expect(report.contains(part), "\(part)")
    }
    let status = try Program.run("status", "--json", in: scratch.folder)
    for part in [
      "\"read_at\":\"2026-07-22T09:00:00+08:00\"", "\"code\":\"last_row\"", "\"local_zone\":\"Europe/Berlin\"",
      "\"tickets\":39", "\"missing\":1,\"ranges\":[\"17\"]", "\"file\":\"u.csv\"",
    ] { #expect(status.out.contains(part), "\(part): \(status.out)") }
    let text = try Program.run("status", in: scratch.folder)
    #expect(text.out.contains("INCOMPLETE: the last row is cut off") && text.out.contains("u.csv"), "\(text.out)")
    // A run without exports reads nothing and leaves the receipts as they are.
    _ = try Program.run("run", "--now", "2026-07-23T09:00:00+08:00", in: scratch.folder)
    #expect(try Program.run("status", "--json", in: scratch.folder).out.contains("\"read_at\":\"2026-07-22"))
    let dry = try Program.run("validate", "t.csv", "--report", "dry.html", in: scratch.folder)
    #expect(dry.code == 2)
    #expect(try scratch.read("dry.html").contains("<code>last_row</code>"))
    let read = try Program.run("ingest", "t.csv", "--json", in: scratch.folder)
    #expect(read.out.contains("\"created_at\":\"2026-07-21T09:30:00+02:00\""))
  }

  @Test("A proposed mapping is replayed, and a header that changed stops the run and is named")
  func mapping() throws {
    let scratch = try Scratch()
    try scratch.write("a.csv", "流水,类目,正文,联系\n7,账号与认证,我已阅读并同意注销须知，申请注销账号,13800138000\n")
    let proposal = try Program.run("map", scratch.path("a.csv"), in: scratch.folder)
    #expect(proposal.code == 0)
    #expect(proposal.error.contains("138******00"))
    #expect(!(proposal.error + proposal.out).contains("13800138000"))
    #expect(proposal.out.contains("\"联系\": phone"))
    try scratch.write("closedesk.yaml", proposal.out.replacing("\"流水\": ignore", with: "\"流水\": ticket"))
    let same = try Program.run("ingest", scratch.path("a.csv"), "--json", in: scratch.folder)
    #expect(same.code == 0, "\(same.error)")
    #expect(same.out.contains("\"ticket\":\"7\""))
    try scratch.write("b.csv", "流水,类目,正文,手机\n7,账号与认证,请注销账号,13800138000\n")
    let changed = try Program.run("validate", scratch.path("b.csv"), in: scratch.folder)
    #expect(changed.code == 65)
    #expect(changed.error.contains("new: “手机”; gone: “联系”"))
  }

  @Test("A system's folder is read whole, its attachments with it")
  func system() throws {
    let scratch = try Scratch()
    try scratch.write(
      "x/issue-1.json",
      """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"甲"},"status":{"name":"新建"},"subject":"注销账号",
       "category":{"name":"账号与认证"},"description":"请注销账号","created_on":"2026-01-02T03:04:05Z","custom_fields":[],
       "journals":[],"attachments":[{"id":5,"filename":"a.png","author":{"id":2}},{"id":6,"filename":"b.png","author":{"id":2}}]}}
      """)
    try scratch.write("x/attachments/1/5_a.png", "x")
    let result = try Program.run("validate", scratch.path("x"), "--json", in: scratch.folder)
    #expect(result.out.contains("\"system\":\"Redmine\""))
    #expect(result.out.contains("\"code\":\"attachment\",\"count\":1"), "\(result.out)")
  }
}
