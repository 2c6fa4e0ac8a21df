"""Starts, stops and kills the real program; talks to it by SMTP and by its API."""
import json
import os
import random
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MAILBOX = "send-team@northmere.example"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def free_port():
    """A port that nobody holds, below those that outgoing connections are given."""
    draw = random.Random(os.getpid() * 7919 + time.monotonic_ns())
    for _ in range(200):
        port = draw.randrange(20000, 31000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no port is free between 20000 and 31000")


def utc(local):
    """A London clock time as an RFC 3339 instant."""
    return local.replace(tzinfo=LONDON).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Refused(Exception):
    """The API said no: its problem's title and detail."""


class Program:
    def __init__(self, binary, peer_port, folder=None, log="sqlite", settings=(), authority="E08000002"):
        self.binary, self.folder = binary, folder or tempfile.mkdtemp(prefix="hearback-")
        self.own_folder = folder is None
        self.smtp_port, self.web_port, self.log, self.process, self.now = free_port(), free_port(), log, None, None
        while self.web_port == self.smtp_port:
            self.web_port = free_port()
        os.makedirs(self.folder, exist_ok=True)
        with open(f"{self.folder}/hearback.yaml", "w", encoding="utf-8") as f:
            f.write(f"""authority: {authority}
log: {log}
council:
  name: Northmere Council
  phone: 01632 960 100
  phone_hours: Monday to Friday, 9am to 4pm
  safety_phone: 01632 960 999
  complaints_phone: 01632 960 120
  complaints_email: complaints@northmere.example
smtp_in: {{listen: "127.0.0.1:{self.smtp_port}", recipients: [{MAILBOX}], host_name: mail.northmere.example}}
relay: {{host: 127.0.0.1, port: {peer_port}, tls: none}}
web: {{listen: "127.0.0.1:{self.web_port}"}}
""")
            for line in settings:
                f.write(line + "\n")

    def command(self, *words, check=True):
        done = subprocess.run([self.binary, "--data", self.folder, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"hearback {' '.join(words)}: {done.stdout}")
        return done.stdout

    def start(self, local=None, wait=20, roles=()):
        """`local`: a London time at which the clock is set; without it the clock runs. `roles`: of many processes, one."""
        self.now = local or self.now
        words = ["run"] + (["--set-clock", utc(self.now)] if self.now else []) + (["--roles", ",".join(roles)] if roles else [])
        self.output = open(f"{self.folder}/output", "ab")
        self.process = subprocess.Popen([self.binary, "--data", self.folder, *words], stdout=self.output, stderr=subprocess.STDOUT)
        end = time.monotonic() + wait
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                if not roles or "web" in roles:
                    self.get("clock")
                if not roles or "smtp_in" in roles:
                    socket.create_connection(("127.0.0.1", self.smtp_port), 1).close()
                return self
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the program did not start: " + open(f"{self.folder}/output").read()[-2000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise RuntimeError("the program did not stop within 15 s")
        self.process = None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def remove(self):
        self.stop()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    # -- the API

    def ask(self, path, body=None, timeout=60):
        request = urllib.request.Request(f"http://127.0.0.1:{self.web_port}/api/{path}", data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as e:
            problem = json.loads(e.read() or b"{}")
            raise Refused(f"{problem.get('title', e.code)}: {problem.get('detail', '')}") from None

    def get(self, path, **query):
        return self.ask(path + ("?" + urllib.parse.urlencode(query) if query else ""))

    def go_to(self, local):
        """To a London time; returns when inbox, grants and views are quiet."""
        self.now = local
        return self.ask("clock", {"to": utc(local)}, timeout=600)

    def conversations(self, **query):
        return self.get("conversations", **query)["conversations"]

    def figures(self):
        return self.get("figures")

    # -- a parent's mail program

    def send(self, sender, raw, to=MAILBOX):
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30) as smtp:
            smtp.sendmail(sender, [to], raw)

    def date_header(self):
        at = (self.now or datetime.now()).replace(tzinfo=LONDON)
        return format_datetime(at)
