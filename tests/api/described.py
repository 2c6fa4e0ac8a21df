#!/usr/bin/env python3
"""The API is what schemas/openapi.yaml says: schemathesis asks the real program of a made-up council everything that the description allows and much
that it does not. The names of this council (staff, conversations, messages) are put into the description first, so that acts get through to the end.

  described.py BINARY VENV [--seed N]      VENV: where requirements.txt is installed, once
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
SEED, SECONDS, ACTS_LEAST = 20270211, 45, 100
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance",
          "negative_data_rejection", "unsupported_method", "allow_header_conformance")


def a_council(binary, peer, folder):
    """Somebody answered, somebody unknown, a call that promises something, a reply that waits and a letter to be posted."""
    program = Program(binary, peer.port, settings=["council.write_to: 1 High Street / Northmere / NM1 2AB"])
    program.start(datetime(2024, 2, 15, 10, 0))
    people = families(12)
    program.command("directory", "import", *write_lists(folder, people))
    program.go_to(datetime(2024, 2, 15, 10, 1))
    for n, sender in enumerate([f.email for f in people[:6]] + ["stranger@example.org"]):
        program.send(sender, f"From: <{sender}>\nTo: {MAILBOX}\nSubject: The bus\nMessage-ID: <{n}@example.org>\nDate: {program.date_header()}\n\nWhen does the bus for Ada come?\n".encode())
    program.go_to(datetime(2024, 2, 15, 10, 5))
    call = {"staff": people[1].caseworker, "case_id": people[1].case, "name": people[1].parent, "outcome": "to_answer", "they_said": "Where is the plan?",
            "promised": [{"kind": "something", "what": "We will send the form", "by": "2024-02-19"}]}
    program.ask("calls", call)
    for n, row in enumerate(program.conversations(standing="open")[:2]):
        seen = program.get(f"conversations/{row['conversation']}")["newest_message"]
        by_post = {"by_post": True, "address": ["Sam Okafor", "12 Mill Lane", "Northmere", "LA1 1AA"]} if n else {}
        program.ask(f"conversations/{row['conversation']}/reply", {"staff": row["owner"], "text": "The bus comes at 8:15am.", "last_seen": seen, **by_post})
    program.go_to(datetime(2024, 2, 16, 19, 0))
    row = [r for r in program.conversations(standing="open") if r["channel"] == "email"][-1]
    program.ask(f"conversations/{row['conversation']}/reply", {"staff": row["owner"], "text": "The bus comes at 8:20am.", "last_seen": program.get(f"conversations/{row['conversation']}")["newest_message"]})
    return program


def with_names(description, program):
    """The description with this council's names in place of any text. It promises what it promised before."""
    files = [program.get(f"conversations/{row['conversation']}") for row in program.conversations()]
    names = {"staff": [s["staff"] for s in program.get("staff")["staff"]], "conversation": sorted({f["conversation"] for f in files}),
             "day": [d["day"] for d in program.get("print-days")["days"]],
             "case_id": sorted({f["case_id"] for f in files if f["case_id"]}), "promise": sorted({o["promise"] for f in files for o in f["owed"]})}
    theirs = {i["message"] for f in files for i in f["timeline"] if i["kind"] == "in" and i["message"]}
    ours = {i["message"] for f in files for i in f["timeline"] if i["message"].startswith("r-")}
    assert ours and all(names.values()), f"there is not one of everything: {names}"
    header = description["components"]["parameters"]["staff"]
    names["who"] = names["to"] = names["cover"] = names["staff"]
    description["components"]["schemas"]["Staff"]["enum"] = names["staff"]
    description["components"]["parameters"]["conversation"]["schema"]["enum"] = names["conversation"]
    for path, operations in description["paths"].items():
        names["message"] = sorted(ours if path.endswith(("/stop", "/came-back")) else theirs)
        for operation in operations.values():
            operation["parameters"] = [{**header, "schema": {"enum": names["staff"][:1]}} if p.get("$ref", "").endswith("/staff") else p for p in operation.get("parameters", [])]
            for parameter in operation["parameters"]:
                if parameter.get("in") == "path" and parameter["name"] in names:
                    parameter["schema"]["enum"] = names[parameter["name"]]
            body = operation.get("requestBody", {"content": {"application/json": {"schema": {}}}})["content"]["application/json"]["schema"].get("properties", {})
            body.pop("act", None)   # the same short one again and again would make all acts but the first a repeat
            for name in ("to", "cover", "case_id", "promise"):
                if "format" not in body.get(name, {"format": ""}):
                    body[name] = {"type": "string", "enum": names[name]}
    return description


def every_address_is_described(description):
    """What answers and nobody has described would be asked by nobody here."""
    with open(f"{ROOT}/services/edges/web/api/door.cpp", encoding="utf-8") as f:
        rows = re.findall(r'\{"([a-z-]+)", "([a-z-]*)", (true|false), (true|false), (true|false)\},', f.read())
    answers = {(method, f"/api/{what}" + ("/*" if has_id == "true" else "") + (f"/{verb}" if verb else ""))
               for what, verb, has_id, reads, acts in rows for method, yes in (("get", reads), ("post", acts)) if yes == "true"}
    described = {(method, re.sub(r"\{\w+\}", "*", path)) for path, operations in description["paths"].items() for method in operations}
    assert answers and answers == described, f"answered and not described, or the other way: {answers ^ described}"


def acts_in(program):
    """Decisions so far: each act that got through is one."""
    return len({json.loads(line)["id"].rsplit(".", 1)[0] for line in program.command("journal", "--json").split("\n") if line})


def main():
    seed = int(sys.argv[4]) if sys.argv[3:4] == ["--seed"] else SEED
    folder, peer = tempfile.mkdtemp(prefix="api-"), Peer()
    program = a_council(os.path.abspath(sys.argv[1]), peer, folder)
    try:
        with open(f"{ROOT}/schemas/openapi.yaml", encoding="utf-8") as f:
            description = yaml.safe_load(f)
        every_address_is_described(description)
        description = with_names(description, program)
        with open(f"{folder}/openapi.json", "w", encoding="utf-8") as f:
            json.dump(description, f)
        done_before = acts_in(program)
        print(f"seed {seed}", flush=True)
        done = subprocess.run([f"{sys.prefix}/bin/schemathesis", "run", "openapi.json", "--url", f"http://127.0.0.1:{program.web_port}", "--checks", ",".join(CHECKS), "--seed", str(seed),
                               "--phases", "examples,coverage,fuzzing", "--max-time", str(SECONDS), "--workers", "2", "--max-examples", "40", "--continue-on-failure", "--generation-database", "none",
                               "--suppress-health-check", "all", "--request-timeout", "20", "--no-color"], cwd=folder)
        done_now = acts_in(program) - done_before
        print(f"{done_now} acts were done")
        assert done_now > ACTS_LEAST, "hardly an act gets through: the test asks nothing of what lies behind"
        sys.exit(done.returncode)
    finally:
        program.remove()
        peer.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.prefix == sys.base_prefix:
        from harness.venv import in_the_venv
        in_the_venv(os.path.abspath(sys.argv[2]), f"{HERE}/requirements.txt")
    import yaml                                                     # noqa: E402
    from harness.council import families, write_lists              # noqa: E402
    from harness.peer import Peer                                   # noqa: E402
    from harness.program import MAILBOX, ROOT, Program              # noqa: E402
    main()
