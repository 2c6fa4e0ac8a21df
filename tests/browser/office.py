#!/usr/bin/env python3
"""Starts the whole program on an evening with a few emails, and a browser that does a caseworker's work (office.mjs).

  office.py BINARY NODE OFFICE_MJS [SHOTS]     pictures of every page go to SHOTS

The browser asks one small server here for the world outside: POST /mail {from, subject, text}, POST /clock {to} (London
time), GET /letters/ADDRESS (subjects that the family has been sent).
"""
import http.server
import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from email.message import EmailMessage

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.council import families, write_lists    # noqa: E402
from harness.peer import Peer                        # noqa: E402
from harness.program import MAILBOX, Program         # noqa: E402

EVENING = datetime(2027, 2, 11, 20, 0)
NAMES = {"joan.okafor@example.net": "Joan Okafor"}


class World:
    def __init__(self, program, peer):
        self.program, self.peer, self.sent, self.last = program, peer, 0, {}

    def mail(self, sender, subject, text):
        self.sent += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"{NAMES.get(sender, sender.split('@')[0])} <{sender}>", MAILBOX, subject
        mail["Date"], mail["Message-ID"] = self.program.date_header(), f"<office.{self.sent}@example.org>"
        if sender in self.last:
            mail["In-Reply-To"] = mail["References"] = self.last[sender]
        self.last[sender] = str(mail["Message-ID"])
        mail.set_content(text + "\n")
        self.program.send(sender, mail.as_bytes())
        self.program.go_to(self.program.now)

    def answer(self, path, body):
        if path == "/mail":
            return self.mail(body["from"], body["subject"], body["text"])
        if path == "/clock":
            return self.program.go_to(datetime.fromisoformat(body["to"])) and None
        return [letter.subject for letter in self.peer.to(path.removeprefix("/letters/"))]


def serve(world):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            said = json.dumps(world.answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    binary, node, script, *shots = sys.argv[1:]
    peer = Peer()
    program = Program(binary, peer.port)
    try:
        people = families()
        NAMES.update({f.email: f.parent for f in people})
        program.start(EVENING.replace(hour=9))
        program.command("directory", "import", *write_lists(program.folder, people))
        program.go_to(EVENING)
        world = World(program, peer)
        server = serve(world)
        of_priya = [f.email for f in people if f.caseworker == "priya-nair"][:5]
        of_leila = [f.email for f in people if f.caseworker == "leila-hart"][:1]
        addresses = [f"http://127.0.0.1:{p}" for p in (program.web_port, server.server_port)]
        sys.exit(subprocess.run([node, script, *addresses, ",".join(of_priya + of_leila), *shots], timeout=280).returncode)
    finally:
        program.remove()
        peer.stop()


if __name__ == "__main__":
    main()
