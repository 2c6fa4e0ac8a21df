"""A relay on loopback that takes every mail and keeps it, as a family's mail server would. Counts what it said 250 to."""
import email
import email.policy
import functools
import socketserver
import threading


class Letter:
    """One mail as it was taken, in the order of arrival."""

    def __init__(self, sender, recipients, raw):
        self.sender, self.recipients, self.raw = sender, recipients, raw

    @functools.cached_property
    def mail(self):
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @functools.cached_property
    def subject(self):
        return str(self.mail["Subject"])

    @property
    def text(self):
        body = self.mail.get_body(("plain",))
        return body.get_content() if body else ""

    @functools.cached_property
    def message_id(self):
        return str(self.mail["Message-ID"])

    @functools.cached_property
    def answers(self):
        """The Message-ID of what it answers."""
        return str(self.mail["In-Reply-To"])


class Dialogue(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        try:
            self.converse()
        except ConnectionError:
            pass                                     # the program was killed in mid-sentence

    def converse(self):
        self.say("220 relay.example ESMTP")
        sender, recipients = "", []
        for line in self.rfile:
            verb, rest = line[:4].upper(), line[5:].strip().decode("utf-8", "replace")
            if verb in (b"EHLO", b"HELO"):
                self.wfile.write(b"250-relay.example\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n")
            elif verb == b"MAIL":
                sender, recipients = rest.split(":", 1)[1].split(">")[0].strip(" <"), []
                self.say("250 OK")
            elif verb == b"RCPT":
                recipients.append(rest.split(":", 1)[1].split(">")[0].strip(" <"))
                self.say("250 OK")
            elif verb == b"DATA":
                self.say("354 go on")
                raw = bytearray()
                while (data := self.rfile.readline()) not in (b".\r\n", b""):
                    raw += data[1:] if data.startswith(b".") else data
                if not data:
                    return
                self.server.peer.take(Letter(sender, recipients, bytes(raw)))
                self.say("250 taken")
            elif verb == b"RSET":
                self.say("250 OK")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 OK")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 128


class Peer:
    def __init__(self, port=0):
        self.letters, self.boxes, self.lock = [], {}, threading.Lock()
        self.server = Server(("127.0.0.1", port), Dialogue)
        self.server.peer = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, letter):
        with self.lock:
            self.letters.append(letter)
            for recipient in letter.recipients:
                self.boxes.setdefault(recipient.lower(), []).append(letter)

    def to(self, address):
        with self.lock:
            return list(self.boxes.get(address.lower(), ()))

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
