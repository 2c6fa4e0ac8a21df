#!/usr/bin/env python3
"""kill -9 of the program at random times while mail pours in. Every mail that was answered 250 must be there once, and
be acknowledged once; twice only where the kill fell between the ledger's mark and the durable report, at most once, and
then the conversation says that it is not known.

  kills.py BINARY [--kills 20] [--rate 20] [--seed N]
"""
import argparse
import collections
import os
import random
import smtplib
import sys
import threading
import time
from email.message import EmailMessage

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.council import families, write_lists     # noqa: E402
from harness.peer import Peer                         # noqa: E402
from harness.program import MAILBOX, Program          # noqa: E402

SETTINGS = ("sending_window: always", "standard.acknowledge: every_message", 'relay.retry_after: "1"')


class SlowPeer(Peer):
    """A relay that now and then takes its time over the last reply, so that a kill can fall there."""

    def __init__(self, draw):
        self.draw, self.sending, self.slow = draw, threading.Event(), False
        super().__init__()

    def take(self, letter):
        super().take(letter)
        if self.slow:
            self.sending.set()
            time.sleep(0.05 + self.draw.random() * 0.2)
            self.sending.clear()


class Sender:
    """Sends at a rate, as mail servers do: what was not answered 250 is sent again, the same bytes."""

    def __init__(self, program, people, rate):
        self.program, self.people, self.rate = program, people, rate
        self.accepted, self.queue, self.made, self.stop = {}, collections.deque(), 0, False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(4)]

    def make(self):
        while not self.stop:
            family = self.people[self.made % len(self.people)]
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = f"{family.parent} <{family.email}>", MAILBOX, f"Question {self.made}"
            mail["Message-ID"], mail["Date"] = f"<kill-{self.made}@example.org>", "Thu, 11 Feb 2027 13:00:00 +0000"
            mail.set_content(f"When does {family.child_first}'s taxi start? This is question {self.made}.\n")
            self.queue.append((f"<kill-{self.made}@example.org>", family.email, mail.as_bytes().replace(b"\n", b"\r\n")))
            self.made += 1
            time.sleep(1 / self.rate)

    def work(self):
        while not (self.stop and not self.queue):
            try:
                job = self.queue.popleft()
            except IndexError:
                time.sleep(0.01)
                continue
            try:
                with smtplib.SMTP("127.0.0.1", self.program.smtp_port, timeout=10) as smtp:
                    smtp.sendmail(job[1], [MAILBOX], job[2])
                    with self.lock:
                        self.accepted[job[0]] = job[1]      # 250: it is theirs now, whatever comes
            except (OSError, smtplib.SMTPException):
                if not self.accepted.get(job[0]):
                    self.queue.append(job)
                time.sleep(0.1)

    def run(self):
        for thread in [threading.Thread(target=self.make, daemon=True), *self.threads]:
            thread.start()


def acknowledged(peer):
    """How often each question was acknowledged at the relay."""
    with peer.lock:
        return collections.Counter(str(x.mail["In-Reply-To"]) for x in peer.letters)


def settle(program, peer, sender, seconds=60):
    sender.stop = True
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not sender.queue and set(sender.accepted) <= set(acknowledged(peer)):
            break
        time.sleep(0.2)
    time.sleep(3)                                        # for what should not come


def check(program, peer, sender):
    faults, uncertain = [], 0
    rows = {}
    for row in program.conversations():
        rows.setdefault(row["subject"], []).append(row["conversation"])
    times = acknowledged(peer)
    for message_id in sender.accepted:
        subject = "Question " + message_id.split("-")[1].split("@")[0]
        if len(rows.get(subject, [])) != 1:
            faults.append(f"{subject} was accepted and is there {len(rows.get(subject, []))} times")
            continue
        if times[message_id] == 0:
            faults.append(f"{subject} was never acknowledged")
        if times[message_id] > 1:
            titles = [i["title"] for i in program.get("conversations/" + rows[subject][0])["timeline"]]
            if times[message_id] > 2 or not any("not known" in t for t in titles):
                faults.append(f"{subject} was acknowledged {times[message_id]} times, and nothing says so: {titles}")
            uncertain += 1
    return faults, uncertain


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    asked = parser.parse_args()
    draw = random.Random(asked.seed)
    print(f"seed {asked.seed}")
    people = families()
    peer = SlowPeer(random.Random(asked.seed + 1))
    program = Program(asked.binary, peer.port, settings=SETTINGS)
    while_sending = 0
    try:
        program.start()
        program.command("directory", "import", *write_lists(program.folder, people))
        sender = Sender(program, people, asked.rate)
        sender.run()
        for n in range(asked.kills):
            time.sleep(0.3 + draw.random() * 1.2)
            peer.slow = n % 2 == 0                        # every second kill falls while a mail is being sent
            caught = peer.slow and peer.sending.wait(5)
            while_sending += bool(caught)
            program.kill()
            peer.slow = False
            time.sleep(draw.random() * 0.3)
            program.start()
        settle(program, peer, sender)
        faults, repeated = check(program, peer, sender)
        program.stop()
        holds = program.command("journal", "--verify").splitlines()[0]
        if "The chain holds" not in holds:
            faults.append(holds)
        if while_sending < min(5, asked.kills // 2):
            faults.append(f"only {while_sending} kills fell while a mail was being sent")
        print(f"{asked.kills} kills, {while_sending} while a mail was being sent; {len(sender.accepted)} mails accepted, {len(faults)} faults, {repeated} repeated and shown as not known")
        print(holds)
        print("\n".join(faults[:20]))
        sys.exit(1 if faults else 0)
    finally:
        program.remove()
        peer.stop()


if __name__ == "__main__":
    main()
