#!/usr/bin/env python3
"""Roles apart on a real Kafka broker: one process takes mail in, renders and sends; two others conclude and show, each
of them a second clerk to the other. What was accepted while no clerk ran is concluded later; a clerk that is killed is
replaced by the one that stands there; every mail is acknowledged once.   roles_apart.py BINARY"""
import os
import shutil
import sys
import tempfile
import time
from email.message import EmailMessage

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.broker import Broker                     # noqa: E402
from harness.council import families, write_lists     # noqa: E402
from harness.peer import Peer                         # noqa: E402
from harness.program import MAILBOX, Program          # noqa: E402

EDGES, OFFICE = ("smtp_in", "rendering", "mailer"), ("clerk", "web")


def until(what, holds, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")


def question(number, family):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{family.parent} <{family.email}>", MAILBOX, f"Question {number}"
    mail["Message-ID"] = f"<apart-{number}@example.org>"
    mail.set_content(f"When does {family.child_first}'s taxi start?\n")
    return mail.as_bytes()


def main():
    folder, peer, people = tempfile.mkdtemp(prefix="apart-"), Peer(), families(20)
    broker = Broker(folder + "/kafka")
    settings = ("sending_window: always", "standard.acknowledge: every_message", f"blob_folder: {folder}/blobs")
    programs = [Program(sys.argv[1], peer.port, f"{folder}/{name}", log=f"kafka://{broker.bootstrap}", settings=settings) for name in ("edges", "office", "second")]
    edges, office, second = programs
    sent = 0

    def send(count):
        nonlocal sent
        for _ in range(count):
            edges.send(people[sent % 20].email, question(sent, people[sent % 20]))
            sent += 1

    def shown(program):
        return {row["subject"] for row in program.conversations() if row["subject"].startswith("Question")}

    def all_stand(program):
        until(f"{sent} emails are in the queues", lambda: len(shown(program)) == sent)
        until(f"{sent} acknowledgements have left", lambda: len(peer.letters) == sent)

    try:
        office.command("log", "create")
        office.start(roles=OFFICE)
        for other in (edges, second):                 # every role seals and opens with the same master key
            shutil.copy(f"{office.folder}/master.key", f"{other.folder}/master.key")
        office.command("directory", "import", *write_lists(folder, people))
        edges.start(roles=EDGES)
        send(5)
        all_stand(office)
        print("roles apart: 5 emails came in, were shown and acknowledged")

        office.kill()
        send(5)
        office.start(roles=OFFICE)
        all_stand(office)
        print("no clerk for a while: 5 emails were taken meanwhile, and concluded afterwards")

        second.start(roles=OFFICE)
        send(5)
        office.kill()
        send(5)
        all_stand(second)
        print("two clerks, one killed: the other concluded what came")

        edges.kill()
        edges.start(roles=EDGES)
        send(5)
        all_stand(second)
        time.sleep(1)                                 # for what should not come
        told = sorted(str(x.mail["In-Reply-To"]) for x in peer.letters)
        assert told == sorted(f"<apart-{n}@example.org>" for n in range(sent)), f"acknowledged otherwise than once each: {told}"
        holds = second.command("journal", "--verify").splitlines()[0]
        assert "The chain holds" in holds, holds
        print(f"edges killed: they went on. {sent} emails, {len(told)} acknowledgements. {holds}")
    except Exception:
        for program in programs:                      # what each of them has said, and what was concluded
            print(f"-- {os.path.basename(program.folder)}\n" + open(f"{program.folder}/output", errors="replace").read()[-2000:] if os.path.exists(f"{program.folder}/output") else "")
        print(office.command("journal", check=False)[-6000:])
        raise
    finally:
        for program in programs:
            program.stop()
        broker.stop()
        peer.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
