#!/usr/bin/env python3
"""The made-up council of Northmere on one page: a parent's telephone, her caseworker's list, the team manager's page, and a clock. 2,500
children, 12 staff; about 1,200 emails by real SMTP over Thursday 11 and Friday 12 February 2027; what nobody answers goes up by itself.

  demo.py [--kafka] [--port N]     prints the address of the page to open
  demo.py --check [--kafka]        plays it to its end without a person; exit 0 when every figure agrees, else 1
"""
import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from director import Director                     # noqa: E402
from record import clock_words, day_words, evening_words, whole_record    # noqa: E402
from serve import Stage                           # noqa: E402
from town import CHILDREN, ENDS, OPENS, Arrived, Kill, Town, day, is_open      # noqa: E402
from harness.peer import Peer                          # noqa: E402
from harness.program import ROOT, Program              # noqa: E402

KILLED_AT = day(12, 11)


def quietly(town, end):
    while town.now < end:
        town.step(end, minutes=60)


def play(town):
    """The two days, a kill in the middle of Friday, and on until the ladder has been climbed to its end."""
    killed, told = None, None
    while town.now < ENDS:
        out_of_hours = town.now.weekday() > 4 or not 7 <= town.now.hour < 22
        town.step(ENDS, minutes=60 if out_of_hours or town.now > day(15, 21) else 20)
        if town.now >= KILLED_AT and not killed:
            killed = Kill(town, lambda _: None)
            killed.run()
        if told != (told := (town.now.date(), town.now.hour // 4)):
            f = town.program.figures()
            print(f"  {day_words(town.now):24} {clock_words(town.now):>7}   emails in {town.accepted:5,}   to families {len(town.peer.letters):5,}   waiting for the morning {f['waiting_for_window']:3}   past their day {f['broken']:3}", flush=True)
    return killed


def faults_of(town, killed, record):
    t, letters = town.program.figures()["totals"], town.peer.letters
    n = lambda name: t.get(name, 0)
    seen = Arrived(letters).look()
    written, arrived, in_the_morning = record.evenings(seen.left_at)
    twice, unsure = seen.twice, record.counts["may come twice"]
    checks = [
        (n("received") == town.accepted, f"{town.accepted} emails were accepted, and {n('received')} are there"),
        (killed.accepted == killed.stored == killed.MAILS, f"of {killed.MAILS} emails around the kill {killed.accepted} were accepted and {killed.stored} stored"),
        (seen.to_families - twice == n("sent"), f"the program says that it sent {n('sent')} to families, and the relay has {seen.to_families - twice}"),
        (seen.to_staff == n("sent_to_staff"), f"the program says that it sent {n('sent_to_staff')} to staff, and the relay has {seen.to_staff}"),
        (twice <= unsure, f"{twice} emails went twice, and the program says so of {unsure}"),
        (all(map(is_open, seen.left_at.values())), "an email left outside the window"),
        (not n("parked"), f"{n('parked')} inputs were not understood"),
        (all(n(f"escalated_{rung}") for rung in (1, 2, 3)), "the ladder was not climbed to its end"),
        (written and written == arrived == in_the_morning, f"{written} replies were finished out of hours, {arrived} arrived, {in_the_morning} on a working morning"),
    ]
    return [words for holds, words in checks if not holds]


def summary(town, killed, record):
    f, letters = town.program.figures(), town.peer.letters
    seen = Arrived(letters).look()
    n = lambda name: f["totals"].get(name, 0)
    rows = [("Received", n("received")), ("Came to a caseworker by itself", n("routed")), ("Matched to a child by a person", n("matched")), ("Set aside (machines, copies)", n("set_aside")), ("Came back to us", n("returned")),
            ("Held until a working morning", n("held")), ("Sent to families", n("sent")), ("Sent to staff: what came up to them", n("sent_to_staff")), ("Answered", n("answered")), ("Went up to the team manager", n("escalated_1")), ("Went up to the head of service", n("escalated_2")), ("Went up to the complaints team", n("escalated_3"))]
    print("\n" + "".join(f"  {words:34}{count:6,}\n" for words, count in rows))
    print(f"  Killed with SIGKILL while {killed.MAILS} emails came in: {killed.accepted} accepted, {killed.stored} stored; up again in {killed.back_after:.1f} s. Sent twice in all: {seen.twice}, shown as such.")
    faults = faults_of(town, killed, record)
    print("\n".join("  WRONG: " + x for x in faults) if faults else f"  The relay's own count agrees: {len(letters):,} emails, none outside 8am to 6pm on a working day.")
    return not faults, evening_words(*record.evenings(seen.left_at))


def check(town, began):
    print(f"Northmere Council: 3 teams, 12 staff, {CHILDREN:,} children. The clock is set, the mail is real.")
    quietly(town, OPENS)
    killed = play(town)
    good, last = summary(town, killed, whole_record(town.program))
    print(f"  It took {time.monotonic() - began:.0f} s.\n\n{last}")
    return good


def show(town, port, began):
    quietly(town, OPENS)
    director = Director(town)
    stage = Stage(director, port)
    print(f"\nReady after {time.monotonic() - began:.0f} s. Open  {stage.address}\n  The day begins when you do. Ctrl-C ends it and removes everything.", flush=True)
    if sys.stdout.isatty() and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and shutil.which("xdg-open"):
        subprocess.Popen(["xdg-open", stage.address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            time.sleep(0.5)
    finally:
        director.stop()
        stage.shutdown()
        print("\n" + evening_words(*director.record.evenings(director.arrived.left_at)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="wait for nobody; exit 0 when all figures agree, else 1")
    parser.add_argument("--kafka", action="store_true", help="on a real Kafka broker on this machine")
    parser.add_argument("--port", type=int, help="where the page is served (else one that is free)")
    asked = parser.parse_args()
    began = time.monotonic()
    folder = tempfile.mkdtemp(prefix="northmere-")
    peer, broker, good = Peer(), None, False
    log = "sqlite"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if asked.kafka:
        from harness.broker import Broker
        print("Starting a Kafka broker", flush=True)
        broker = Broker(folder + "/kafka")
        log = "kafka://" + broker.bootstrap
    program = Program(os.path.join(ROOT, "build", "release", "hearback"), peer.port, folder + "/data", log=log)
    try:
        if broker:
            program.command("log", "create")
        town = Town(program, peer)
        town.begin(folder)
        good = check(town, began) if asked.check else show(town, asked.port, began)
    except KeyboardInterrupt:
        good = True
        print()
    finally:
        program.stop()
        peer.stop()
        if broker:
            broker.stop()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
