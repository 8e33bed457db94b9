"""Group robots on 127.0.0.1: verifies each kind's signature as its documentation says. Prints its port, writes a journal."""
import argparse, base64, hashlib, hmac, http.server, json, threading, time, urllib.parse

arguments = argparse.ArgumentParser()
arguments.add_argument("--secret", default="")
arguments.add_argument("--journal", required=True)
arguments.add_argument("--behave", default="", help="comma-separated, one for each request; the last one stays")
options = arguments.parse_args()
behaviours = options.behave.split(",")
lock = threading.Lock()
number = 0


def mac(key, message):
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


class Robot(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        global number
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        url = urllib.parse.urlsplit(self.path)
        query = {key: values[0] for key, values in urllib.parse.parse_qs(url.query).items()}
        with lock:
            behaviour = behaviours[min(number, len(behaviours) - 1)]
            number += 1
        status, answer, text = self.judge(url.path, query, raw, behaviour)
        with lock, open(options.journal, "a") as journal:
            journal.write(json.dumps({"path": url.path, "text": text, "bytes": len(raw), "answer": answer}) + "\n")
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def judge(self, path, query, raw, behaviour):
        try:
            body = json.loads(raw)
        except ValueError:
            return 400, {"errcode": 93017, "errmsg": "not json"}, None
        if behaviour.startswith("http"):
            return int(behaviour[4:]), {}, None
        if behaviour == "page":
            return 200, {"login": "please"}, None
        if path == "/robot/send":
            text = body["text"]["content"] if body.get("msgtype") == "text" else None
            if behaviour == "busy":
                return 200, {"errcode": 130101, "errmsg": "send too fast"}, text
            if options.secret:
                stamp = query.get("timestamp", "0")
                fresh = abs(int(stamp) / 1000 - time.time()) < 3600
                if not fresh or query.get("sign") != mac(options.secret, f"{stamp}\n{options.secret}"):
                    return 200, {"errcode": 310000, "errmsg": "sign not match", "token": query.get("access_token")}, text
            return 200, {"errcode": 0, "errmsg": "ok"}, text
        if path.startswith("/open-apis/bot/v2/hook/"):
            text = body["content"]["text"] if body.get("msg_type") == "text" else None
            if len(raw) > 20 * 1024:
                return 200, {"code": 9499, "msg": "too large"}, text
            if behaviour == "busy":
                return 200, {"code": 11232, "msg": "frequency limited"}, text
            if options.secret:
                stamp = body.get("timestamp", "0")
                fresh = abs(int(stamp) - time.time()) < 3600
                if not fresh or body.get("sign") != mac(f"{stamp}\n{options.secret}", ""):
                    return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}, text
            return 200, {"code": 0, "msg": "success", "data": {}}, text
        if path == "/cgi-bin/webhook/send":
            text = body["text"]["content"] if body.get("msgtype") == "text" else None
            if query.get("key") != "wecom-key":
                return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, text
            if text is None or len(text.encode()) > 2048:
                return 200, {"errcode": 40058, "errmsg": "text too long"}, text
            return 200, {"errcode": 0, "errmsg": "ok"}, text
        return 404, {}, None


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Robot)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
