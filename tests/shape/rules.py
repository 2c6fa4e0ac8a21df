#!/usr/bin/env python3
"""Rules of the house that no compiler keeps: which room may know which, where time and chance come from, where JSON
trees may be, that each service says in its README what it hears and says, that docs/events.md and schemas/asyncapi.yaml are true.

  rules.py ROOT HEARBACK
"""
import os
import re
import subprocess
import sys

ROOT, HEARBACK = sys.argv[1:3]
KERNEL = {"kernel"}
MAY_KNOW = {"kernel": KERNEL, "log": {"kernel", "runtime"}, "runtime": {"kernel"}, "events": {"kernel", "log", "runtime"}, "vault": {"kernel", "log", "events"},
            "mail": {"kernel", "runtime"}, "words": {"kernel"}, "deciders": {"kernel", "events"}, "clerk": {"kernel", "events", "deciders", "log", "vault", "runtime"},
            "views": {"kernel", "events", "log", "deciders", "words"}}
TIME_OR_CHANCE = re.compile(r"::now\(\)|sleep_for|sleep_until|random_device|mt19937|std::rand\b|randombytes|time\(nullptr\)|time\(NULL\)")
FREE = ("services/runtime/", "services/vault/", "tests/", "schemas/")


def sources():
    for folder in ("services",):
        for at, _, files in os.walk(os.path.join(ROOT, folder)):
            for name in files:
                if name.endswith((".cpp", ".hpp")):
                    path = os.path.join(at, name)
                    yield os.path.relpath(path, ROOT), open(path, encoding="utf-8").read()


def includes(faults):
    for path, text in sources():
        parts = path.split("/")
        room = parts[1]
        for known in re.findall(r'#include "([^"]+)"', text):
            other = known.split("/")
            if room in MAY_KNOW and other[0] != room and other[0] not in MAY_KNOW[room] | {"embedded"}:
                faults.append(f"{path} may not know {known}")
            if room == "deciders" and len(parts) == 4 and other[0] == "deciders" and len(other) == 3 and other[1] != parts[2] and known != "deciders/directory/people.hpp":
                faults.append(f"{path}: a decider may not know another, {known}")
            if room == "edges" and other[0] == "edges" and other[1] != parts[2]:
                faults.append(f"{path}: an edge may not know another, {known}")
            if room != "commands" and other[0] == "commands" and path != "services/main.cpp":
                faults.append(f"{path} may not know {known}")


def text_rules(faults):
    for path, text in sources():
        if not path.startswith(FREE):
            for number, line in enumerate(text.splitlines(), 1):
                if TIME_OR_CHANCE.search(line.split("//")[0]):
                    faults.append(f"{path}:{number}: time and chance come from runtime/ and vault/: {line.strip()}")
        if "nlohmann" in text and (path.endswith(".hpp") or not path.startswith("services/edges/web/api/")):
            faults.append(f"{path}: nlohmann/json stays in the API's sources")


def readmes(faults):
    services, name = {}, None
    for line in subprocess.run([HEARBACK, "services"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        if not line.startswith(" "):
            services[name := line.strip()] = {}
        else:
            word, *rest = line.split()
            services[name][word] = sorted(rest)
    for service, told in services.items():
        path = os.path.join(ROOT, "services", "deciders", service, "README.md")
        if not os.path.exists(path):
            faults.append(f"{service} has no README.md")
            continue
        text = open(path, encoding="utf-8").read()
        if len(text.splitlines()) > 20:
            faults.append(f"{path} has more than 20 lines")
        for word, label in (("hears", "Hears"), ("says", "Says")):
            line = next((x for x in text.splitlines() if x.startswith(f"**{label}**")), "")
            if sorted(re.findall(r"`(\w+)`", line)) != told[word]:
                faults.append(f"{path}: **{label}** must be: " + " ".join(f"`{t}`" for t in told[word]))
    for edge in os.listdir(os.path.join(ROOT, "services", "edges")):
        path = os.path.join(ROOT, "services", "edges", edge, "README.md")
        if not os.path.exists(path) or len(open(path, encoding="utf-8").read().splitlines()) > 20:
            faults.append(f"services/edges/{edge} has no README.md of at most 20 lines")


def main():
    faults = []
    includes(faults)
    text_rules(faults)
    readmes(faults)
    for generator in ("describe.py", "asyncapi.py"):
        done = subprocess.run([sys.executable, os.path.join(ROOT, "schemas", generator), "--check"], stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            faults.append(done.stderr.strip())
    print("\n".join(faults) or "the house is in order")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
