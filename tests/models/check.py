#!/usr/bin/env python3
"""Runs spin over a model: its claim `all` must hold, and with the rule taken out (-DRULE=0) every claim must fail.

    check.py MODEL.pml WORKING_FOLDER
"""

import pathlib
import re
import subprocess
import sys


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout


def check(model, folder, claim, options):
    """The number of errors spin finds and the number of states it has seen."""
    built = run(["spin", "-a", *options, str(model)], folder)
    built += run(["gcc", "-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-DMEMLIM=2048", "-o", "pan", "pan.c"], folder)
    said = run(["./pan", "-m100000", "-N", claim], folder)
    errors = re.search(r"errors: (\d+)", said)
    states = re.search(r"([\d.e+]+) states, stored", said)
    if not errors or not states or re.search("MEMLIM|out of memory|depth too small", said):
        sys.exit(f"spin did not finish on {claim}:\n{built}{said}")
    return int(errors[1]), int(float(states[1]))


def main(model, folder):
    model = pathlib.Path(model).resolve()
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    errors, states = check(model, folder, "all", [])
    print(f"with the rule all claims {'FAIL' if errors else 'hold'}, in {states} states")
    failed = errors > 0
    for claim in re.findall(r"^ltl (\w+)", model.read_text(), re.MULTILINE):
        errors, _ = check(model, folder, claim, ["-DRULE=0"])
        print(f"without the rule {claim} {'fails, as it must' if errors else 'STILL HOLDS'}")
        failed |= errors == 0
    sys.exit(failed)


main(*sys.argv[1:])
