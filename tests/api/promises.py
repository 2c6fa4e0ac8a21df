#!/usr/bin/env python3
"""What the API promises to machines, asked of the real program: who may come in, that a repeat is one act (also after a restart), and errors that say
what to do. Beside it tests/api/described.py.

  promises.py BINARY
"""
import base64
import json
import os
import shutil
import socket
import sys
import tempfile
import urllib.error
import urllib.request
from datetime import datetime

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from harness.council import families, write_lists    # noqa: E402
from harness.peer import Peer                         # noqa: E402
from harness.program import MAILBOX, Program          # noqa: E402

AS = {"staff": "priya-nair"}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.json = json.loads(body) if body and "json" in headers.get("Content-Type", "") else {}


class Machine:
    """A client with a key, or without one."""

    def __init__(self, program, key=None):
        self.program, self.key = program, key

    def ask(self, method, path, body=None, **headers):
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        if self.key:
            headers["Authorization"] = "Bearer " + self.key
        request = urllib.request.Request(f"http://127.0.0.1:{self.program.web_port}/api/{path}", data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as e:
            return Answer(e.code, e.headers, e.read())

    def note(self, conversation, text, key=None, **headers):
        return self.ask("POST", f"conversations/{conversation}/note", {**AS, "text": text}, **({"Idempotency_Key": f'"{key}"'} if key else {}), **headers)


def expect(answer, status, word, *in_detail):
    """A problem as RFC 9457 has it."""
    got = (answer.status, answer.headers.get("Content-Type"), answer.json.get("type"), answer.json.get("status"))
    assert got == (status, "application/problem+json", f"urn:hearback:problem:{word}", status), f"{got}: {answer.body}"
    assert answer.json["title"] and answer.json["detail"], answer.body
    for words in in_detail:
        assert words in answer.json["detail"], f"{words!r} is not in {answer.json['detail']!r}"
    return answer


def notes(machine, conversation):
    return [i["body"] for i in machine.ask("GET", f"conversations/{conversation}").json["timeline"] if i["title"] == "Note for us only"]


def errors_say_what_to_do(machine, conversation):
    here = f"conversations/{conversation}"
    expect(machine.ask("POST", f"{here}/note", b"{nope"), 400, "not-json")
    expect(machine.ask("POST", f"{here}/note", b'["staff"]'), 400, "not-json")
    expect(machine.ask("POST", f"{here}/note", b"[" * 200_000), 400, "not-json")
    expect(machine.ask("GET", "nothing"), 404, "not-found", "openapi.yaml")
    expect(machine.ask("GET", f"{here}/note/more"), 404, "not-found")
    expect(machine.note("c-nobody", "x"), 404, "not-found", "/api/conversations")
    expect(machine.ask("POST", "messages/m-nobody/came-back", AS), 404, "not-found")
    for method, path, allowed in (("DELETE", "clock", "GET, HEAD, POST"), ("GET", f"{here}/claim", "POST"), ("POST", "staff", "GET, HEAD"), ("OPTIONS", here, "GET, HEAD")):
        answer = expect(machine.ask(method, path), 405, "method-not-allowed")
        assert answer.headers["Allow"] == allowed, answer.headers["Allow"]
    expect(machine.ask("POST", f"{here}/note", {**AS, "text": "x" * 1_100_000}), 413, "too-long")
    expect(machine.note(conversation, "x" * 70_000), 413, "too-long")
    expect(machine.note(conversation, "x", Content_Type="text/plain"), 415, "wrong-media-type")
    expect(machine.note(conversation, "x", Content_Type="application/jsonp"), 415, "wrong-media-type")
    expect(machine.ask("GET", "clock", Host="elsewhere.example"), 421, "misdirected")
    wrong = expect(machine.ask("POST", f"{here}/note", {"text": 1, "txt": "x", "staff": "nobody"}), 422, "invalid")
    assert {e["where"] for e in wrong.json["errors"]} == {"text", "txt", "staff"}, wrong.body
    expect(machine.ask("POST", "calls", {**AS, "outcome": "answered", "promised": [{"kind": "meeting", "what": "x", "by": "soon"}]}), 422, "invalid", "promised[0].by")
    expect(machine.ask("GET", "conversations?rung=9&brokn=true"), 422, "invalid", "rung", "brokn")
    expect(machine.ask("POST", f"{here}/reply", {**AS, "text": "Hello", "last_seen": "m-old"}), 409, "refused", "written again")
    expect(machine.ask("POST", f"{here}/reply", {**AS, "text": "Hello", "last_seen": "m-old", "by_post": True, "address": ["Sam Okafor", "12 Mill Lane", "Nowhere"]}), 422, "invalid", "address")
    expect(machine.ask("POST", "calls", {**AS, "outcome": "answered", "name": "Sam", "we_said": "x", "send_note": True, "note": "You failed to attend."}), 422, "invalid", "note")
    expect(machine.ask("POST", "calls", {**AS, "outcome": "answered"}), 422, "invalid", "name", "they_said")
    expect(machine.ask("POST", "letters", {**AS, "received_on": "2024-02-14", "name": "Sam"}), 422, "invalid", "text")
    expect(machine.ask("POST", "letters", {**AS, "received_on": "2024-02-14", "name": "Sam", "scan": "no base64!"}), 422, "invalid", "scan")
    scan = machine.ask("POST", "letters", {**AS, "received_on": "2024-02-14", "name": "Sam Poole", "scan": base64.b64encode(b"%PDF-1.4 scan").decode(), "scan_name": "a.pdf"})
    letter = machine.ask("GET", f"conversations/{scan.json['conversation']}").json["newest_message"]
    assert machine.ask("GET", f"messages/{letter}/original").body == b"%PDF-1.4 scan"
    blocked = expect(machine.ask("POST", f"{here}/reply", {**AS, "text": "You failed to attend.", "last_seen": "m-old"}), 422, "invalid")
    assert [e["where"] for e in blocked.json["errors"]] == ["text"], blocked.body


def what_is_refused_is_read_by_nobody(program):
    """A request inside the body of one that is refused is not answered: else a proxy in front would let somebody speak for somebody else (RFC 9112 11.2)."""
    inside = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for refused in (f"Host: elsewhere.example\r\nContent-Length: {len(inside)}", f"Host: localhost\r\nHost: localhost\r\nContent-Length: {len(inside)}",
                    "Host: localhost\r\nTransfer-Encoding: chunked", f"Host: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: {len(inside)}"):
        with socket.create_connection(("127.0.0.1", program.web_port), 10) as s:
            s.sendall(f"POST /api/clock HTTP/1.1\r\n{refused}\r\n\r\n{inside}".encode())
            s.shutdown(socket.SHUT_WR)
            answers = b"".join(iter(lambda: s.recv(65536), b"")).decode()
        assert answers.count("HTTP/1.1 ") == 1, f"{refused!r} was answered {answers.count('HTTP/1.1 ')} times:\n{answers}"


def a_repeat_is_one_act(program, machine, conversation):
    first = machine.note(conversation, "one", key="k-1")
    assert first.status == 200 and machine.note(conversation, "one", key="k-1").json == first.json
    expect(machine.note(conversation, "two", key="k-1"), 422, "idempotency-key-reused")
    expect(machine.ask("POST", f"conversations/{conversation}/note", {**AS, "text": "one"}, Idempotency_Key="bare"), 400, "idempotency-key-malformed", "quotation marks")
    expect(machine.note(conversation, "x", Idempotency_Key=""), 400, "idempotency-key-malformed")
    assert machine.ask("POST", f"conversations/{conversation}/claim", {**AS, "act": "a" * 32}).status == 200
    expect(machine.ask("POST", f"conversations/{conversation}/reopen", {**AS, "act": "a" * 32}), 422, "idempotency-key-reused")
    both = machine.ask("POST", f"conversations/{conversation}/claim", {**AS, "act": "b" * 32}, Idempotency_Key='"k-0"')
    assert both.status == 200 and both.json["act"] != "b" * 32, both.body
    assert machine.ask("GET", f"acts/{first.json['act']}").json == first.json
    program.kill()
    program.start()
    assert machine.note(conversation, "one", key="k-1").json == first.json, "after a restart the repeat was not known"
    expect(machine.note(conversation, "two", key="k-1"), 422, "idempotency-key-reused")
    assert machine.note(conversation, "three", key="k-2").status == 200
    assert notes(machine, conversation) == ["one", "three"], notes(machine, conversation)


def key_of(program, *words):
    return program.command("key", "add", *words).split()[0]


def machines_need_keys(program, conversation):
    anybody = Machine(program)
    assert anybody.ask("GET", "clock").status == 200, "a council without keys is open to this machine"
    reader, writer, other = Machine(program, key_of(program, "wallboard")), Machine(program, key_of(program, "crm", "--may", "act")), Machine(program, key_of(program, "post-room", "--may", "act"))
    assert program.command("key", "list").split() == ["wallboard", "read", "crm", "act", "post-room", "act"]
    with open(f"{program.folder}/api-keys", encoding="utf-8") as f:
        kept = f.read()
    assert not any(m.key in kept or m.key.split("-")[1] in kept for m in (reader, writer, other)), "a key is kept in clear"
    assert os.stat(f"{program.folder}/api-keys").st_mode & 0o777 == 0o600
    for stranger, error in ((anybody, None), (Machine(program, "hearback-" + "0" * 64), "invalid_token"), (Machine(program, writer.key[:-1]), "invalid_token")):
        for method, path in (("GET", "clock"), ("GET", "nothing"), ("POST", f"conversations/{conversation}/claim")):
            answer = expect(stranger.ask(method, path), 401, "key-needed", "hearback key")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer") and (error or "") in answer.headers["WWW-Authenticate"]
    assert reader.ask("GET", f"conversations/{conversation}").status == 200
    expect(reader.note(conversation, "not mine to say"), 403, "may-only-read", "--may act")
    # One machine's Idempotency-Key is not another's.
    assert writer.note(conversation, "of the first", key="k-1").status == other.note(conversation, "of the second", key="k-1").status == 200
    assert notes(reader, conversation)[-2:] == ["of the first", "of the second"]
    written = [json.loads(line) for line in program.command("journal", "--json").splitlines()][-2:]
    assert [e["id"].split("-key-")[1].split(".")[0] for e in written] == ["crm", "post-room"], "the record does not say which key did it"
    assert all(e["data"]["staff"] == "priya-nair" for e in written)
    program.command("key", "remove", "crm")
    expect(writer.ask("GET", "clock"), 401, "key-needed")
    page = urllib.request.urlopen(f"http://127.0.0.1:{program.web_port}/sign-in")
    assert page.status == 200, "the pages want no key"
    for name in ("wallboard", "post-room"):
        program.command("key", "remove", name)
    expect(anybody.ask("GET", "clock"), 401, "key-needed")
    assert "already" in program.command("key", "add", "crm") + program.command("key", "add", "crm", check=False)
    assert "small letters" in program.command("key", "add", "Big Name", check=False)


def main():
    folder, peer = tempfile.mkdtemp(prefix="api-"), Peer()
    program = Program(os.path.abspath(sys.argv[1]), peer.port).start(datetime(2024, 2, 15, 10, 0))
    try:
        people = families(3)
        program.command("directory", "import", *write_lists(folder, people))
        program.go_to(datetime(2024, 2, 15, 10, 1))
        program.send(people[0].email, f"From: <{people[0].email}>\nTo: {MAILBOX}\nSubject: The bus\nMessage-ID: <1@example.org>\nDate: {program.date_header()}\n\nWhen does it come?\n".encode())
        program.go_to(datetime(2024, 2, 15, 10, 5))
        conversation = program.conversations()[0]["conversation"]
        errors_say_what_to_do(Machine(program), conversation)
        what_is_refused_is_read_by_nobody(program)
        a_repeat_is_one_act(program, Machine(program), conversation)
        machines_need_keys(program, conversation)
    finally:
        program.remove()
        peer.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("errors say what to do; a repeat is one act; machines need keys")


if __name__ == "__main__":
    main()
