"""The demo's own small server: its page and pieces, and before everything else a way to the program's real pages as two people at once.

A page of the program is passed on byte for byte under /caseworker or /manager, each with the cookies of one person, kept here. Its links begin with
a slash and so leave that folder: such a request is led back by the page that it came from (Referer). The program keeps its own rules
(Host, policy, form tokens); the page outlives it.
"""
import http.client
import http.server
import json
import threading
import urllib.parse

import page
from person import Person
from harness.program import free_port

FRAMES = {"caseworker": "priya-nair", "manager": "jo-marsh"}
FILES = {"demo.css": "text/css; charset=utf-8", "demo.js": "text/javascript; charset=utf-8", "telephone.js": "text/javascript; charset=utf-8"}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-same-origin; frame-ancestors 'self'"
BODY_MOST = 16 * 1024 * 1024


class Stage(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64

    def __init__(self, director, port=None):
        super().__init__(("127.0.0.1", port or free_port()), Visitor)
        self.director, self.town = director, director.town
        self.people = {frame: Person(director.town.program, staff) for frame, staff in FRAMES.items()}
        self.assets = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request, client_address):
        pass                                         # a browser that leaves in mid-sentence is nobody's trouble


class Visitor(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(None)

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_MOST:
            return self.give(413, b"This is too long.\n", "text/plain", close=True)
        self.answer(self.rfile.read(length))

    def answer(self, body):
        path = urllib.parse.urlsplit(self.path).path
        first = path.split("/")[1]
        if self.headers.get("Host") not in (f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"):
            return self.give(421, b"Only this machine's own names lead here.\n", "text/plain")
        if body is not None and self.headers.get("Origin") not in (None, f"http://{self.headers.get('Host')}"):
            return self.give(403, b"This came from another site.\n", "text/plain")
        if first in FRAMES:
            return self.pass_on(first, body)
        if path == "/" and body is None and not self.frame_before():
            return self.give(200, page.whole({name: words for name, words in self.server.director.board.pieces.items() if name != "telephone"}).encode(), policy=POLICY.replace("frame-ancestors 'self'", "frame-ancestors 'none'"))
        if path.startswith("/assets/"):
            return self.asset(path)
        if path.startswith("/demo/"):
            return self.demo(path.removeprefix("/demo/"), body)
        return self.lead_back()

    # -- the demo's own

    def demo(self, what, body):
        director = self.server.director
        if body is not None:
            form = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace")))
            return self.act(what, form)
        if what == "events":
            return self.events(director)
        if what in FILES:
            return self.give(200, page.read(what).encode(), FILES[what])
        if what == "telephone":
            return self.give(200, telephone_page(director.board.pieces["telephone"]).encode())
        if what.startswith("mail/"):
            return self.mail(what.removeprefix("mail/"))
        return self.give(404, b"There is nothing here.\n", "text/plain")

    def act(self, what, form):
        director = self.server.director
        if what == "go":
            director.go(form.get("to"))
        elif what == "kill":
            director.kill_it()
        elif what == "mail" and form.get("words", "").strip():
            director.mail(form["words"].strip()[:2000])
        elif what == "mail":
            return self.give(400, "Write something first.".encode(), "text/plain; charset=utf-8")
        else:
            return self.give(404, b"There is nothing here.\n", "text/plain")
        self.give(303, b"", headers=[("Location", "/")])

    def events(self, director):
        """Server-Sent Events (WHATWG HTML 9.2): the pieces that have changed; all of them at first."""
        director.begins()
        self.send_response(200)
        for name, value in (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        version = 0
        while True:
            version, pieces = director.board.after(version, 10)
            self.wfile.write(f"data: {json.dumps(pieces)}\n\n".encode() if pieces else b": still here\n\n")
            self.wfile.flush()

    def mail(self, number):
        letters = self.server.town.peer.to(self.server.town.sam.email)
        if not number.isdigit() or int(number) >= len(letters):
            return self.give(404, b"There is no such email.\n", "text/plain")
        body = letters[int(number)].mail.get_body(("html", "plain"))
        self.give(200, body.get_content().encode(), f"{body.get_content_type()}; charset=utf-8", policy=MAIL_POLICY)

    # -- the program's

    def pass_on(self, frame, body):
        person = self.server.people[frame]
        try:
            if not person.cookies and "sign-in" not in self.path:
                person.sign_in()
            status, headers, said = person.ask(self.command, self.path.removeprefix("/" + frame) or "/", body, self.headers.items())
        except (OSError, http.client.HTTPException):
            return self.give(503, page.restarting(body is not None).encode())
        headers = [(name, f"/{frame}{value}" if name.lower() == "location" and value.startswith("/") else value) for name, value in headers]
        self.give(status, said, None, headers)

    def asset(self, path):
        """The program's own style sheet and script, kept for when it is dead."""
        if path not in self.server.assets:
            status, headers, said = Person(self.server.town.program, "").ask("GET", path)
            if status != 200:
                return self.give(status, said, "text/plain")
            self.server.assets[path] = said, dict(headers).get("Content-Type")
        said, kind = self.server.assets[path]
        self.give(200, said, kind)

    def lead_back(self):
        """An address of the program without its folder: the page that led here knows it. 307 keeps the form's words (RFC 9110 15.4.8)."""
        frame = self.frame_before()
        self.give(307, b"", headers=[("Location", f"/{frame}{self.path}" if frame else "/")])

    def frame_before(self):
        """The frame whose page led here, or nothing."""
        folder = urllib.parse.urlsplit(self.headers.get("Referer", "")).path.split("/")[1:2]
        return folder[0] if folder and folder[0] in FRAMES else None

    def give(self, status, body, kind="text/html; charset=utf-8", headers=(), policy=POLICY, close=False):
        self.send_response(status)
        own = [("Content-Type", kind), ("Content-Security-Policy", policy), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")] if kind else []
        for name, value in [*own, *headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        if close:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def telephone_page(piece):
    body = f'<div class="hd-phone__body"><div class="hd-phone__bar"><h1>Sam’s emails</h1><p id="time">{piece["time"]}</p></div><ol tabindex="0" aria-label="Emails, the newest last">{piece["items"]}</ol></div>'
    return page.page_of("Sam’s telephone", body, '<script src="/demo/telephone.js" defer></script>', ' class="hd-phone"')
