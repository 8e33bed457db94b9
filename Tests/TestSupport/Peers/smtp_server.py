"""An SMTP server on 127.0.0.1 that behaves as told. Prints its port, writes a journal of what it took over."""
import argparse, base64, json, socket, ssl, threading, time

arguments = argparse.ArgumentParser()
arguments.add_argument("--security", choices=["none", "starttls", "tls"], default="none")
arguments.add_argument("--certificate")
arguments.add_argument("--key")
arguments.add_argument("--login", help="user:password; mail without it is refused")
arguments.add_argument("--journal", required=True)
arguments.add_argument("--behave", default="", help="comma-separated, one for each connection; the last one stays")
options = arguments.parse_args()
context = None
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
behaviours = options.behave.split(",")
lock = threading.Lock()
number = 0


def note(**entry):
    with lock, open(options.journal, "a") as journal:
        journal.write(json.dumps(entry) + "\n")


class Session:
    def __init__(self, peer, behaviour):
        self.peer, self.behaviour, self.secure = peer, behaviour, False
        self.sender, self.recipients, self.user = None, [], None
        if options.security == "tls":
            self.secured()
        self.file = self.peer.makefile("rb")

    def secured(self):
        self.peer = context.wrap_socket(self.peer, server_side=True)
        self.secure = True

    def say(self, text):
        self.peer.sendall(text.encode() + b"\r\n")

    def run(self):
        if self.behaviour == "greet554":
            return self.say("554 no service for desk@example.com")
        self.say("220 mail.example.com ready")
        while True:
            line = self.file.readline()
            if not line:
                return
            words = line.decode("latin-1").strip()
            verb = words.split(" ")[0].upper()
            if not self.answer(verb, words):
                return

    def answer(self, verb, words):
        if verb in ("EHLO", "HELO"):
            offers = ["mail.example.com"]
            if options.security == "starttls" and not self.secure and self.behaviour != "no_starttls":
                offers.append("STARTTLS")
            if options.login and (self.secure or options.security == "none"):
                offers.append("AUTH PLAIN")
            for index, offer in enumerate(offers):
                self.say("250" + ("-" if index < len(offers) - 1 else " ") + offer)
        elif verb == "STARTTLS":
            self.say("220 go on")
            self.secured()
            self.file = self.peer.makefile("rb")
        elif verb == "AUTH":
            given = words.split(" ")[2] if words.count(" ") >= 2 else None
            if given is None:
                self.say("334 ")
                given = self.file.readline().decode().strip()
            _, user, password = base64.b64decode(given).decode().split("\0")
            if f"{user}:{password}" != options.login:
                self.say("535 wrong password for " + user)
            else:
                self.user = user
                self.say("235 welcome")
        elif verb == "MAIL":
            if options.login and not self.user:
                self.say("530 log in first")
            else:
                self.sender = words
                self.say("250 ok")
        elif verb == "RCPT":
            if self.behaviour == "rcpt451":
                self.say("451 greylisted, come again")
            elif self.behaviour.startswith("rcpt550"):
                self.say("550 no mailbox " + words)
            elif self.behaviour == "rcpt650":
                self.say("650 nobody knows " + words)
            elif self.behaviour == "rcpt_words":
                self.say(words + " is not known here")
                return False
            else:
                self.recipients.append(words)
                self.say("250 ok")
        elif verb == "DATA":
            return self.data()
        elif verb == "QUIT":
            if self.behaviour == "rcpt550_mute":
                time.sleep(30)
            self.say("221 bye")
            return False
        elif verb == "RSET":
            self.say("250 ok")
        else:
            self.say("502 unknown")
        return True

    def data(self):
        if self.behaviour == "data554":
            self.say("554 no")
            return True
        self.say("354 go on")
        if self.behaviour == "cut_in_data":
            return False
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.behaviour == "end451":
            self.say("451 try later")
            return True
        if self.behaviour == "end650":
            self.say("650 held for %s" % self.recipients)
            return True
        if self.behaviour == "end554":
            self.say("554 looks like spam")
            return True
        if self.behaviour == "slow":
            time.sleep(0.03)
        note(sender=self.sender, recipients=self.recipients, user=self.user, secure=self.secure,
             message=b"".join(lines).decode("ascii"))
        if self.behaviour == "slow":
            time.sleep(0.03)
        if self.behaviour == "cut_after_data":
            return False
        if self.behaviour == "silent":
            time.sleep(30)
            return False
        self.say("250 taken")
        return True


def serve(peer, behaviour):
    try:
        Session(peer, behaviour).run()
    except (OSError, ssl.SSLError, UnicodeError):
        pass
    finally:
        peer.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    peer, _ = listener.accept()
    behaviour = behaviours[min(number, len(behaviours) - 1)]
    number += 1
    threading.Thread(target=serve, args=(peer, behaviour), daemon=True).start()
