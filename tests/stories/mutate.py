#!/usr/bin/env python3
"""Changes three deciders one at a time, builds, and runs the stories: at least one must fail for each change. A change
that no story notices is a story that is missing.   mutate.py"""
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DECIDERS = os.path.join(ROOT, "services", "deciders")
CHANGES = [
    ("the window is open at night", "sending_window/sending_window.cpp", "if (office.window.is_open(office.now)) return {release(office, message, conversation)};", "if (true) return {release(office, message, conversation)};"),
    ("the ladder has no second rung", "escalation/escalation.cpp", "const Rung* step = rung_at(office, rung);", "const Rung* step = rung > 1 ? nullptr : rung_at(office, rung);"),
    ("what was stopped leaves all the same", "sending_window/sending_window.cpp", "return {SendCancelled{.message = act.message, .conversation = message.conversation, .staff = act.staff}};",
     "return {StopRefused{.message = act.message, .conversation = message.conversation, .staff = act.staff, .because = StopRefusedBecause::already_stopped}};"),
]


def failed_stories():
    """The names of those that fail; a change that stops the clock for ever is noticed too."""
    run = subprocess.Popen([sys.executable, f"{HERE}/run.py", os.path.join(ROOT, "build/release/hearback")], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, _ = run.communicate(timeout=180)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        said = run.communicate()[0] + "FAILED  one that does not come to its end\n"
    return [line[8:] for line in said.splitlines() if line.startswith("FAILED")]


def build():
    subprocess.run(["cmake", "--build", os.path.join(ROOT, "build/release"), "--target", "hearback"], check=True, stdout=subprocess.DEVNULL)


def main():
    unnoticed = []
    for what, path, before, after in CHANGES:
        path = os.path.join(DECIDERS, path)
        source = open(path, encoding="utf-8").read()
        if source.count(before) != 1:
            sys.exit(f"{path} has no longer the line that is to be changed: {before}")
        try:
            open(path, "w", encoding="utf-8").write(source.replace(before, after))
            build()
            failed = failed_stories()
            print(f"{what}: " + (f"noticed by {len(failed)} stories, first by “{failed[0]}”" if failed else "NOBODY NOTICED"), flush=True)
            if not failed:
                unnoticed.append(what)
        finally:
            open(path, "w", encoding="utf-8").write(source)
    build()
    sys.exit(1 if unnoticed else 0)


if __name__ == "__main__":
    main()
