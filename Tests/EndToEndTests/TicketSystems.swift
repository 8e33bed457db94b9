import Foundation
import Glibc
import Testing

/// One of the ticket systems that can be pulled, on 127.0.0.1: it pages, limits its rate, knows one key, hands out files,
/// and has written an export of the same tickets beside it.
final class TicketSystem {
  private let process = Process()
  private let scratch: Scratch
  let port: Int
  var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameters:
  ///   - name: a preset of `pull`.
  ///   - export: a folder of `scratch` into which an export of the tickets is written.
  init(_ name: String, _ scratch: Scratch, export: String) throws {
    self.scratch = scratch
    try scratch.write("system.py", Self.source)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      scratch.path("system.py"), name, scratch.path("port"), scratch.path(export), scratch.path("log"),
      scratch.path("changed"),
    ]
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

  /// From now on ticket 3 has one message more, and there is a ticket 131.
  func change() throws { try scratch.write("changed", "1") }

  /// 130 tickets. Each has the customer's request, an answer, an internal note; every fifth another message of the
  /// customer, every fortieth a file. Every sixth answer is 429.
  private static let source = #"""
    import base64, http.server, json, os, re, sys, time, urllib.parse
    system, port_file, export, log, changed = sys.argv[1:6]
    PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    CREATED = 1772413323  # 2026-03-02T01:02:03Z
    def iso(t): return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
    class Ticket:
        def __init__(self, n):
            self.n, self.customer, self.agent = n, 1000 + n, 7
            self.email, self.account = "u%d@example.com" % n, "pin_%d" % n
            self.updated = CREATED + n + 9000
            self.messages = [
                ("customer", "本人已阅读并同意《京东云账户注销须知》，请注销账号 %s。电话 13800138000" % self.account),
                ("agent", "您好，工单 %d 已收到。" % n), ("note", "内部：客户不同意，勿受理 %d" % n)]
            if n % 5 == 0: self.messages.append(("customer", "谢谢，请尽快处理 %d。" % n))
            if n % 11 == 0: self.messages += [("agent", "第 %d 次回复" % k) for k in range(1, 9)]
            if n == 3 and os.path.exists(changed): self.touch([("customer", "补充：手机号没有变。")])
            if n == 131: self.touch([])
            self.files = [(9000 + n, "证明 %d.png" % n)] if n % 40 == 0 else []
            self.deleted = n % 33 == 0
        def touch(self, more):
            self.messages += more
            self.updated = int(os.stat(changed).st_mtime) if os.path.exists(changed) else self.updated
        def at(self, k): return CREATED + self.n + 60 * k
    def tickets(): return [Ticket(n) for n in range(1, 132 if os.path.exists(changed) else 131)]
    def ticket(n): return next((t for t in tickets() if t.n == int(n)), None)

    class Answer(Exception):
        def __init__(self, status, body=b"", headers={}): self.status, self.body, self.headers = status, body, headers
    def give(value): raise Answer(200, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": "application/json"})

    # Zendesk ------------------------------------------------------------------------------------------------------
    def z_user(i): return {"id": i, "name": "人%d" % i, "role": "agent" if i == 7 else "end-user",
                           "email": "desk@example.com" if i == 7 else "u%d@example.com" % (i - 1000)}
    def z_ticket(t):
        return {"url": "u", "id": t.n, "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
            "created_at": iso(t.at(0)), "updated_at": iso(t.updated), "generated_timestamp": t.updated,
            "subject": "注销账号 %d" % t.n, "raw_subject": "注销账号 %d" % t.n, "description": t.messages[0][1],
            "status": "deleted" if t.deleted else "open", "requester_id": t.customer, "submitter_id": t.customer,
            "tags": [], "custom_fields": [{"id": 61, "value": t.account}, {"id": 62, "value": "person"}, {"id": 63, "value": "close"}]}
    def z_comments(t, base):
        return [{"id": t.n * 100 + k, "type": "Comment", "author_id": 7 if who != "customer" else t.customer, "body": text,
                 "html_body": "<div class=\"zd-comment\">%s</div>" % text, "plain_body": text, "public": who != "note",
                 "created_at": iso(t.at(k)), "attachments": [{"id": i, "file_name": name, "size": len(PNG), "deleted": False,
                    "content_url": base + "/attachments/token/%d/?name=x" % i} for i, name in (t.files if k == 0 else [])]}
                for k, (who, text) in enumerate(t.messages)]
    Z_FIELDS = {"ticket_fields": [
        {"id": 61, "title": "账号ID", "type": "text"},
        {"id": 62, "title": "实名类型", "type": "tagger", "custom_field_options": [{"id": 1, "name": "个人", "value": "person"}]},
        {"id": 63, "title": "服务分类", "type": "tagger", "custom_field_options": [{"id": 2, "name": "账号与认证::注销", "value": "close"}]}]}
    def zendesk(path, query, headers, base):
        known = headers.get("Authorization") == "Basic " + base64.b64encode(b"a@example.com/token:good-key").decode()
        if path == "/api/v2/users/me.json": give({"user": {"id": 7 if known else None}})
        if path.startswith("/attachments/token/"): raise Answer(302, b"", {"Location": base + "/files/x.png"})
        if path == "/files/x.png": raise Answer(200, PNG)
        if not known: raise Answer(401, b"{}")
        if path == "/api/v2/ticket_fields.json": give(Z_FIELDS)
        if path == "/api/v2/incremental/tickets/cursor.json":
            if "cursor" in query: start, offset = map(int, query["cursor"].split("|"))
            else:
                start, offset = int(query["start_time"]), 0
                if start > time.time() - 60: raise Answer(422, b'{"error":"StartTimeTooRecent"}')
            # In the order in which they changed.
            found = sorted((t for t in tickets() if t.updated >= start), key=lambda t: t.updated)
            page = found[offset:offset + 50]
            give({"tickets": [z_ticket(t) for t in page], "users": [z_user(i) for i in {t.customer for t in page} | {7}],
                  "after_cursor": "%d|%d" % (start, offset + 50), "end_of_stream": offset + 50 >= len(found), "after_url": "x"})
        match = re.fullmatch(r"/api/v2/tickets/(\d+)/comments.json", path)
        if match:
            t = ticket(match[1])
            if t is None or t.deleted: raise Answer(404, b"{}")
            page = int(query.get("page", 1))
            all = z_comments(t, base)
            more = base + path + "?include=users&page=%d" % (page + 1) if len(all) > page * 5 else None
            give({"comments": all[page * 5 - 5:page * 5], "users": [z_user(t.customer), z_user(7)], "count": len(all), "next_page": more})
    def zendesk_export(base):
        json.dump(Z_FIELDS, open(export + "/ticket_fields.json", "w"))
        with open(export + "/export-tickets.ndjson", "w") as out:
            for t in tickets():
                line = dict(z_ticket(t), requester=z_user(t.customer), submitter=z_user(t.customer), assignee=z_user(7),
                            comments=[] if t.deleted else [dict(c, plain_body=None) for c in z_comments(t, base)])
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return lambda t: "%d_" % t.files[0][0]

    # Zammad -------------------------------------------------------------------------------------------------------
    def m_ticket(t):
        return {"id": t.n, "group_id": 6, "priority_id": 2, "state_id": 5 if t.deleted else 2, "number": "67%03d" % t.n,
            "title": "注销账号 %d" % t.n, "owner_id": 1, "customer_id": t.customer, "article_count": len(t.messages),
            "created_at": iso(t.at(0)).replace("Z", ".482Z"), "updated_at": iso(t.updated).replace("Z", ".120Z"),
            "account_id": t.account, "realname_type": "个人"}
    def m_article(t, k, expanded):
        who, text = t.messages[k]
        customer = who == "customer"
        out = {"id": t.n * 100 + k, "ticket_id": t.n, "type_id": 11, "sender_id": 2 if customer else 1, "to": "", "cc": "",
            "subject": "", "content_type": "text/plain", "body": text, "internal": who == "note", "preferences": {},
            "created_by_id": t.customer if customer else 7, "updated_by_id": 7, "origin_by_id": None,
            "from": "人 <%s>" % t.email if customer else "客服", "created_at": iso(t.at(k)).replace("Z", ".482Z"),
            "attachments": [{"id": i, "filename": name, "size": str(len(PNG)), "preferences": {}} for i, name in (t.files if k == 0 else [])],
            "type": "web", "sender": "Customer" if customer else "Agent"}
        if expanded: out["created_by"] = t.email if customer else "desk@example.com"
        return out
    def zammad(path, query, headers, base):
        if headers.get("Authorization") != "Token token=good-key": raise Answer(401, b'{"error":"Authentication required"}')
        if path == "/api/v1/users/me": give({"id": 7})
        if path == "/api/v1/tickets":
            page, size = int(query["page"]), min(100, int(query["per_page"]))
            found = tickets()[page * size - size:page * size]
            give([dict(m_ticket(t), group="账号与认证", state="merged" if t.deleted else "open", customer=t.email) for t in found])
        match = re.fullmatch(r"/api/v1/ticket_articles/by_ticket/(\d+)", path)
        if match:
            t = ticket(match[1])
            give([m_article(t, k, True) for k in range(len(t.messages))])
        if re.fullmatch(r"/api/v1/ticket_attachment/\d+/\d+/\d+", path): raise Answer(200, PNG)
    def zammad_export(base):
        assets = {"Ticket": {}, "User": {}, "TicketArticle": {}, "Group": {"6": {"id": 6, "name": "账号与认证"}},
                  "TicketState": {"2": {"id": 2, "name": "open"}, "5": {"id": 5, "name": "merged"}}}
        for t in tickets():
            assets["Ticket"][str(t.n)] = m_ticket(t)
            assets["User"][str(t.customer)] = {"id": t.customer, "email": t.email, "firstname": "人"}
            for k in range(len(t.messages)): assets["TicketArticle"][str(t.n * 100 + k)] = m_article(t, k, False)
        json.dump({"tickets": [t.n for t in tickets()], "tickets_count": len(tickets()), "assets": assets},
                  open(export + "/search-assets.json", "w"))
        return lambda t: "%d_" % t.files[0][0]

    # Request Tracker 5 --------------------------------------------------------------------------------------------
    def r_listed(t):
        return {"type": "ticket", "id": str(t.n), "Subject": "注销账号 %d" % t.n, "Status": "rejected" if t.deleted else "open",
            "Queue": {"id": "3", "type": "queue", "Name": "账号与认证"}, "Created": iso(t.at(0)), "LastUpdated": iso(t.updated),
            "Requestor": [{"id": t.email, "type": "user", "EmailAddress": t.email, "RealName": "人"}],
            "CustomFields": [{"id": "41", "name": "账号ID", "type": "customfield", "values": [t.account]},
                             {"id": "42", "name": "实名类型", "type": "customfield", "values": ["个人"]}]}
    def r_single(t):
        out = dict(r_listed(t), id=t.n, EffectiveId={"id": str(t.n), "type": "ticket"}, Queue={"id": "3", "type": "queue"},
                   Requestor=[{"id": t.email, "type": "user"}], Creator={"id": t.email})
        return out
    def r_history(t):
        kinds = {"customer": "Correspond", "agent": "Correspond", "note": "Comment"}
        items = [{"id": str(t.n * 100 + k), "type": "transaction", "Type": "Create" if k == 0 else kinds[who],
            "Creator": {"id": t.email if who == "customer" else "agent.li", "type": "user", "EmailAddress": t.email if who == "customer" else "li@example.com"},
            "Created": iso(t.at(k)), "Field": "", "OldValue": "", "NewValue": "", "_hyperlinks": [{"ref": "self"}]}
            for k, (who, text) in enumerate(t.messages)]
        # What RT mailed itself: other people's words again.
        return items + [{"id": str(t.n * 100 + 90), "type": "transaction", "Type": "EmailRecord", "Creator": {"id": "RT_System"},
                         "Created": iso(t.at(1)), "_hyperlinks": [{"ref": "self"}]}]
    def r_parts(t):
        parts = [(t.n * 100 + k, t.n * 100 + k, "", "text/plain", text.encode()) for k, (who, text) in enumerate(t.messages)]
        parts.append((t.n * 100 + 90, t.n * 100 + 90, "", "text/plain", ("> " + t.messages[0][1]).encode()))
        parts.append((t.n * 100 + 91, t.n * 100, "", "multipart/mixed", b""))
        return parts + [(i * 10, t.n * 100, name, "image/png", PNG) for i, name in t.files]
    def r_listing(t):
        return [{"id": str(i), "type": "attachment", "TransactionId": str(of), "Filename": name, "ContentType": kind,
                 "ContentLength": str(len(body)), "Created": iso(t.at(0)), "Subject": ""} for i, of, name, kind, body in r_parts(t)]
    def r_part(part):
        i, of, name, kind, body = part
        return {"id": i, "Subject": "", "Filename": name, "ContentType": kind, "TransactionId": {"id": str(of), "type": "transaction"},
                "Headers": "x", "Parent": "0", "Content": base64.encodebytes(body).decode()}
    def r_page(items, query, size, base, path):
        page, pages = int(query.get("page", 1)), max(1, -(-len(items) // size))
        out = {"items": items[page * size - size:page * size], "page": page, "pages": pages, "per_page": size, "total": len(items)}
        out["count"] = len(out["items"])
        if page < pages: out["next_page"] = base + path + "?per_page=%d&=&page=%d" % (size, page + 1)
        return out
    def rt5(path, query, headers, base):
        if headers.get("Authorization") != "token good-key": raise Answer(401, b'{"message":"Unauthorized"}')
        if path == "/REST/2.0/rt": give({"Version": "5.0.3"})
        if path == "/REST/2.0/tickets":
            since = re.search(r"LastUpdated > '([^']+)'", query["query"])
            found = tickets()
            if since: found = [t for t in found if iso(t.updated).replace("T", " ").rstrip("Z") > since[1]]
            give(r_page([r_listed(t) for t in found], query, min(100, int(query["per_page"])), base, path))
        match = re.fullmatch(r"/REST/2.0/ticket/(\d+)(/history|/attachments)?", path)
        if match:
            t = ticket(match[1])
            if match[2] is None: give(r_single(t))
            # Small pages: a long conversation has several.
            give(r_page(r_history(t) if match[2] == "/history" else r_listing(t), query, 8, base, path))
        match = re.fullmatch(r"/REST/2.0/attachment/(\d+)", path)
        if match:
            for t in tickets():
                for part in r_parts(t):
                    if part[0] == int(match[1]): give(r_part(part))
            raise Answer(404, b"{}")
    def rt5_export(base):
        def put(name, value): json.dump(value, open(export + "/" + name, "w"))
        put("tickets-page1.json", r_page([r_listed(t) for t in tickets()], {}, 500, base, ""))
        for t in tickets():
            put("ticket-%d.json" % t.n, r_single(t))
            put("history-%d.json" % t.n, r_page(r_history(t), {}, 500, base, ""))
            put("attachments-%d.json" % t.n, r_page(r_listing(t), {}, 500, base, ""))
            for part in r_parts(t):
                if part[4]: put("attachment-%d-%d.json" % (t.n, part[0]), r_part(part))
        return None

    # A system of one's own ----------------------------------------------------------------------------------------
    def g_ticket(t):
        return {"ticket": "T-%d" % t.n, "subject": "注销账号 %d" % t.n, "category": "账号与认证", "body": t.messages[0][1],
                "email": t.email, "account": t.account, "kind": "个人", "created_at": iso(t.at(0)), "updated_at": iso(t.updated)}
    def generic(path, query, headers, base):
        if headers.get("X-Desk-Key") != "good-key": raise Answer(403, b"{}")
        if path == "/api/tickets":
            page = int(query.get("page", 1))
            found = tickets()
            next = "/api/tickets?page=%d" % (page + 1) if page * 40 < len(found) else None
            give({"tickets": [g_ticket(t) for t in found[page * 40 - 40:page * 40]], "next": next})
    def generic_export(base):
        json.dump([g_ticket(t) for t in tickets()], open(export + "/tickets.json", "w"))
        return None

    count = 0
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        def log_message(self, *a): pass
        def do_POST(self):
            open(log, "a").write("POST\n"); self.finish_with(Answer(405))
        do_PUT = do_DELETE = do_PATCH = do_POST
        def finish_with(self, answer):
            self.send_response(answer.status)
            for k, v in answer.headers.items(): self.send_header(k, v)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        def do_GET(self):
            global count
            count += 1
            open(log, "a").write("GET %s\n" % self.path)
            if count % 6 == 0: return self.finish_with(Answer(429, b"", {"Retry-After": "1" if count == 6 else "0"}))
            url = urllib.parse.urlparse(self.path)
            try:
                globals()[system](url.path, dict(urllib.parse.parse_qsl(url.query)), self.headers, "http://127.0.0.1:%d" % server.server_port)
                raise Answer(404, b"{}")
            except Answer as answer:
                self.finish_with(answer)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    os.makedirs(export)
    prefix = globals()[system + "_export"]("http://127.0.0.1:%d" % server.server_port)
    for t in tickets():
        if prefix and t.files:
            os.makedirs(export + "/attachments/%d" % t.n)
            open(export + "/attachments/%d/%s%s" % (t.n, prefix(t), t.files[0][1]), "wb").write(PNG)
    open(port_file, "w").write("%d\n" % server.server_port)
    server.serve_forever()
    """#
}
