"""A receiver on 127.0.0.1 that believes nothing but the standardwebhooks library of PyPI. Prints its port, writes a journal.

For each request: under which of the secrets (by number, from 0) the library verifies it as it came, and which of the
same request with one thing changed it takes all the same. Needs the environment of scripts/install-verifier."""
import argparse, http.server, json, threading

from standardwebhooks import Webhook, WebhookVerificationError

arguments = argparse.ArgumentParser()
arguments.add_argument("--journal", required=True)
arguments.add_argument("--secret", action="append", required=True, help="whsec_…; may be given more than once")
options = arguments.parse_args()
verifiers = [Webhook(secret) for secret in options.secret]
lock = threading.Lock()


def verified_by(body, headers):
    good = []
    for number, verifier in enumerate(verifiers):
        try:
            verifier.verify(body, headers)
            good.append(number)
        except (WebhookVerificationError, ValueError):
            pass
    return good


def changed(body, headers):
    """The same request with one thing changed, by what it is."""
    middle = len(body) // 2
    # Bit 0 of an ASCII byte: the text stays UTF-8, so that the signature and nothing else refuses it.
    at = next(i for i in list(range(middle, len(body))) + list(range(middle)) if body[i] < 0x80)
    yield "byte", body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :], headers
    yield "end", body + b" ", headers
    yield "id", body, {**headers, "webhook-id": headers["webhook-id"] + "x"}
    yield "time", body, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        good = verified_by(body, headers)
        entry = {"id": headers.get("webhook-id", ""), "verified_by": good, "ticket": "", "fooled_by": []}
        if good:
            entry["ticket"] = json.loads(body)["data"]["ticket"]
            entry["fooled_by"] = [name for name, *other in changed(body, headers) if verified_by(*other)]
        with lock, open(options.journal, "a") as journal:
            journal.write(json.dumps(entry) + "\n")
        self.send_response(204 if good else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
