"""One person's browser at the program: keeps its cookies, so that several people can look through one address."""
import http.client
import re
import threading
import urllib.parse
from http.cookies import SimpleCookie

NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length", "set-cookie", "server", "date", "host", "cookie", "accept-encoding", "te", "upgrade", "origin", "referer"}


class Person:
    def __init__(self, program, staff):
        self.program, self.staff, self.cookies, self.lock = program, staff, {}, threading.Lock()

    def ask(self, method, path, body=None, headers=()):
        """(status, headers, body) as the program said it. OSError or http.client.HTTPException when it is not there."""
        line = http.client.HTTPConnection("127.0.0.1", self.program.web_port, timeout=60)
        try:
            with self.lock:
                cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            sent = {name: value for name, value in headers if name.lower() not in NOT_PASSED_ON}
            line.request(method, path, body, {**sent, **({"Cookie": cookie} if cookie else {})})
            answer = line.getresponse()
            said = answer.read()
            self.keep(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, [(n, v) for n, v in answer.getheaders() if n.lower() not in NOT_PASSED_ON], said
        finally:
            line.close()

    def keep(self, lines):
        with self.lock:
            for line in lines:
                for name, morsel in SimpleCookie(line).items():
                    if morsel["max-age"] == "0":
                        self.cookies.pop(name, None)
                    else:
                        self.cookies[name] = morsel.value

    def sign_in(self):
        page = self.ask("GET", "/sign-in")[2].decode()
        guard = re.search(r'name="csrf" value="(\w+)"', page)[1]
        self.ask("POST", "/sign-in", urllib.parse.urlencode({"csrf": guard, "person": self.staff}), [("Content-Type", "application/x-www-form-urlencoded")])

    def opens_the_list(self):
        """What a morning begins with, and the sign that somebody is at work."""
        if not self.cookies:
            self.sign_in()
        self.ask("GET", "/queue")
