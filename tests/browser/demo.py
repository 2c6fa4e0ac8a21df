#!/usr/bin/env python3
"""Starts the demo as a stranger does, and a browser that goes through it moment by moment (demo.mjs).

  demo.py BINARY NODE DEMO_MJS [SHOTS]     pictures go to SHOTS
"""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.program import ROOT, Program      # noqa: E402


def main():
    binary, node, script, *shots = sys.argv[1:]
    plain = Program(binary, peer_port=9).start()          # its clock runs, and nothing is sent
    demo = subprocess.Popen([sys.executable, "-u", os.path.join(ROOT, "tests", "demo", "demo.py")], stdout=subprocess.PIPE, text=True)
    try:
        address = next((found[0] for line in demo.stdout if (found := re.search(r"http://\S+", line))), None)
        if not address:
            sys.exit("the demo did not start")
        sys.exit(subprocess.run([node, script, address, f"http://127.0.0.1:{plain.web_port}", *shots], timeout=400).returncode)
    finally:
        demo.terminate()
        demo.wait(30)
        plain.remove()


if __name__ == "__main__":
    main()
