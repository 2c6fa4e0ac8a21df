#!/usr/bin/env python3
"""The first three stories on the embedded log and on a real Kafka broker: the journals must say the same of each
conversation. Offsets, key ids, ciphertext and hashes are left out.   same_on_kafka.py BINARY"""
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from harness.broker import Broker     # noqa: E402


def main():
    folder = tempfile.mkdtemp(prefix="same-")
    broker = Broker(folder + "/kafka")
    try:
        told = {}
        for name, extra in (("sqlite", []), ("kafka", ["--kafka", broker.bootstrap])):
            out = f"{folder}/{name}.json"
            if subprocess.run([sys.executable, f"{HERE}/run.py", sys.argv[1], "--first", "3", "--journal", out, *extra]).returncode != 0:
                sys.exit(f"the stories failed on {name}")
            told[name] = json.load(open(out))
        if told["sqlite"] != told["kafka"]:
            text = {k: json.dumps(v, indent=1, sort_keys=True).splitlines() for k, v in told.items()}
            print("\n".join(list(difflib.unified_diff(text["sqlite"], text["kafka"], "sqlite", "kafka", lineterm=""))[:60]))
            sys.exit("the journals differ")
        events = sum(len(v) for story in told["kafka"].values() for v in story.values())
        print(f"equal: {events} events of {len(told['kafka'])} stories")
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
