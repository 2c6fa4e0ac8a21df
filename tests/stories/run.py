#!/usr/bin/env python3
"""Runs stories (*.story beside this file) against the whole program with a set clock and a real SMTP peer.

  run.py BINARY [--only NAME] [--kafka BROKERS] [--journal FILE] [--first N]

A story's lines are verbs (verbs/); indentation and blank lines mean nothing. Exit 1 when a story fails; the line that
failed, and why, is printed. --journal keeps what each conversation's journal says, for comparing two logs.
"""
import argparse
import csv
import glob
import itertools
import json
import os
import sys
import traceback
from datetime import datetime, timedelta

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.peer import Peer                     # noqa: E402
from harness.program import Program               # noqa: E402
from stories import verbs                           # noqa: E402,F401 - they are kept as they are read
from stories.story import VERBS, Story, Wrong       # noqa: E402

AUTHORITIES = itertools.count(8000001)
HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = {
    "teams.csv": [["team", "name", "manager", "head_of_service", "complaints", "matching"], ["north", "North team", "jo-marsh", "ann-doyle", "rose-quinn", "jo-marsh"]],
    "staff.csv": [["staff", "name", "role", "team", "phone", "email"], ["priya-nair", "Priya Nair", "caseworker", "north", "01632 960 114", ""], ["leila-hart", "Leila Hart", "caseworker", "north", "01632 960 115", ""],
                  ["jo-marsh", "Jo Marsh", "team_manager", "north", "01632 960 110", "jo.marsh@northmere.example"], ["ann-doyle", "Ann Doyle", "head_of_service", "north", "01632 960 101", "ann.doyle@northmere.example"],
                  ["rose-quinn", "Rose Quinn", "complaints_team", "north", "01632 960 120", "rose.quinn@northmere.example"]],
    "cases.csv": [["case_ref", "child", "year", "caseworker", "deputy", "since"], ["NM-2041", "Ada Okafor", "6", "priya-nair", "leila-hart", "2023-11-03"],
                  ["NM-2042", "Kai Bennett", "9", "leila-hart", "priya-nair", "2024-01-08"],
                  ["NM-2043", "Leo Novak", "3", "priya-nair", "leila-hart", "2024-01-08"], ["NM-2044", "Mia Novak", "1", "leila-hart", "priya-nair", "2024-01-08"]],
    "contacts.csv": [["case_ref", "name", "email", "relation"], ["NM-2041", "Sam Okafor", "sam.okafor@example.org", "mother"], ["NM-2042", "Donna Bennett", "donna.bennett@example.org", "mother"],
                     ["NM-2041", "Lee Okafor", "lee.okafor@example.org", "father"], ["NM-2043", "Jana Novak", "jana.novak@example.org", "mother"], ["NM-2044", "Jana Novak", "jana.novak@example.org", "mother"]]}


def read(path):
    lines = [(n + 1, line.strip()) for n, line in enumerate(open(path, encoding="utf-8"))]
    return [(n, line) for n, line in lines if line and not line.startswith("#")]


def told(program):
    """What the journal says of each conversation, without what differs from log to log."""
    per = {}
    for line in program.command("journal", "--json").splitlines():
        event = json.loads(line)
        data = {k: v for k, v in event["data"].items() if k not in ("raw", "bytes", "instance", "words", "run")}
        per.setdefault(event["subject"], []).append([event["type"], event["time"], data])
    return {k: v for k, v in per.items() if k.startswith("conversation/")}


def begin(binary, first_line, kafka):
    peer = Peer()
    authority = f"E{next(AUTHORITIES):08}"       # a broker holds the topics of one story after the other
    program = Program(binary, peer.port, log=f"kafka://{kafka}" if kafka else "sqlite", authority=authority)
    if kafka:
        program.command("log", "create")
    when = first_line.removeprefix("at ")
    start = datetime.strptime(when, "%a %d %b %Y %H:%M:%S" if when.count(":") == 2 else "%a %d %b %Y %H:%M") - timedelta(hours=1)
    paths = []
    for name, rows in LISTS.items():
        paths.append(os.path.join(program.folder, name))
        csv.writer(open(paths[-1], "w", newline="", encoding="utf-8")).writerows(rows)
    program.start(start)
    program.command("directory", "import", *paths)
    program.go_to(start)
    return program, peer


def play(path, binary, kafka, journals):
    lines = read(path)
    name = lines[0][1].removeprefix("story: ")
    program, peer = begin(binary, lines[1][1], kafka)
    try:
        story = Story(program, peer)
        for number, line in lines[1:]:
            for pattern, function in VERBS:
                if found := pattern.match(line):
                    try:
                        function(story, *found.groups())
                    except Wrong as wrong:
                        print(f"FAILED  {name}\n        {os.path.basename(path)}:{number}: {line}\n        {wrong}")
                        return False
                    break
            else:
                print(f"FAILED  {name}\n        {os.path.basename(path)}:{number}: no verb says {line!r}")
                return False
        program.stop()
        holds = program.command("journal", "--verify")
        if "The chain holds" not in holds:
            print(f"FAILED  {name}\n        {holds}")
            return False
        journals[os.path.basename(path)] = told(program) if not kafka or journals is not None else None
        print(f"ok      {name}")
        return True
    except Exception:
        print(f"FAILED  {name}")
        traceback.print_exc(file=sys.stdout)
        print(open(f"{program.folder}/output").read()[-1500:])
        return False
    finally:
        program.remove()
        peer.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--only", default="")
    parser.add_argument("--kafka", default="")
    parser.add_argument("--journal", default="")
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(HERE, "*.story")))
    paths = [p for p in paths if asked.only in p][: asked.first or None]
    journals = {}
    passed = sum([play(p, asked.binary, asked.kafka, journals) for p in paths])
    if asked.journal:
        json.dump(journals, open(asked.journal, "w"), indent=1, sort_keys=True)
    print(f"{passed} of {len(paths)} stories")
    sys.exit(0 if passed == len(paths) else 1)


if __name__ == "__main__":
    main()
