#!/usr/bin/env python3
"""The made-up council of Northmere over Thursday 11 to Friday 19 February 2027: 200 varied emails by real SMTP at set
times, a caseworker's day, and what nobody answers going up by itself.

  demo.py [--check] [--kafka]     --check: waits for nobody, exit 0 when every figure agrees, else 1
"""
import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import datetime, timedelta
from email.message import EmailMessage

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.council import families, write_lists      # noqa: E402
from harness.peer import Peer                          # noqa: E402
from harness.program import MAILBOX, ROOT, Program     # noqa: E402

FIRST, LAST = datetime(2027, 2, 11, 13, 0), datetime(2027, 2, 19, 9, 0)
ASK = ["When does {child}’s taxi start? {They} has missed two days of school.", "Which school have you asked, and what did they say?", "The plan says 15 hours of help. {They} gets 9. Who puts this right?",
       "Can you ring me please, it is about {child}’s speech therapy.", "{child} is at home again today. What happens now?", "I sent the hospital letter two weeks ago. Did you get it?",
       "Page 4 of the plan still has the old school on it.", "Nobody has told us who {child}’s caseworker is now.", "Can we move the review meeting to the week after half term?", "{child} comes home hungry because the taxi is too early for lunch.",
       "The school says it cannot meet need. What does that mean for us?", "I would like to see what was said about {child} at the panel."]
SUBJECTS = ["{child}", "Transport", "School place", "Question about the plan", "Please ring me", "Review meeting", "Still no answer", "Hospital letter", "Speech therapy", "Taxi", "About {child} {surname}"]
ANSWER = ["Thank you for writing. {child}’s taxi starts on Monday 22 February. It comes to your door at 8:05am.", "I have asked the school today. They answer by Wednesday 17 February, and I will tell you the same day.",
          "You are right, and I am sorry. I have put page 4 right. The new plan is with the school now.", "I have your letter. It is with {child}’s papers and the panel has read it."]


def greeting(family, draw):
    return draw.choice(["Hello,", "Hi", "Dear Sir or Madam,", f"Dear {family.caseworker.split('-')[0].title()},", "Good evening,", ""])


def person_mail(family, draw, subject, text, html=False):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{family.parent} <{family.email}>", MAILBOX, subject
    words = f"{greeting(family, draw)}\n\n{text}\n\n{family.parent}".strip() + "\n"
    if html:
        mail.set_content("<html><body>" + "".join(f"<p>{p}</p>" for p in words.split("\n\n")) + "</body></html>", subtype="html")
    else:
        mail.set_content(words)
    return mail


class Mails:
    """What is sent when. Every mail knows its sender; some need a letter of ours to answer to, and find it when it is time."""

    def __init__(self, people, draw):
        self.people, self.draw, self.asked = people, draw, []

    def question(self, _peer):
        family = self.draw.choice(self.people)
        self.asked.append(family)
        child = dict(child=family.child_first, surname=family.child.split()[-1], They="Your team knows: " + family.child_first)
        mail = person_mail(family, self.draw, self.draw.choice(SUBJECTS).format(**child), self.draw.choice(ASK).format(**child), self.draw.random() < 0.3)
        if self.draw.random() < 0.15:
            mail.add_attachment(b"%PDF-1.4 made up\n" + bytes(self.draw.randrange(256) for _ in range(40000)), maintype="application", subtype="pdf", filename="Hospital letter.pdf")
        return family.email, mail, MAILBOX

    def chaser(self, peer):
        for family in self.draw.sample(self.asked, len(self.asked)):
            letters = [x for x in peer.to(family.email) if x.subject == "We have got your email"]
            if letters:
                mail = person_mail(family, self.draw, "Re: We have got your email", "I have heard nothing yet. Who has it?")
                mail["In-Reply-To"] = mail["References"] = letters[-1].message_id
                return family.email, mail, str(letters[-1].mail["Reply-To"])
        return self.question(peer)

    def thanks(self, peer):
        for family in self.draw.sample(self.asked, len(self.asked)):
            letters = [x for x in peer.to(family.email) if x.subject.startswith("About")]
            if letters:
                mail = person_mail(family, self.draw, "Re: " + letters[-1].subject, "Thank you so much, that is a weight off my mind.")
                mail["In-Reply-To"] = mail["References"] = letters[-1].message_id
                return family.email, mail, str(letters[-1].mail["Reply-To"])
        return self.question(peer)

    def stranger(self, _peer):
        family = self.draw.choice(self.people)
        mail = EmailMessage()
        name, address = f"Joan {family.child.split()[-1]}", f"joan.{family.child.split()[-1]}.{self.draw.randrange(100)}@example.net".lower()
        mail["From"], mail["To"], mail["Subject"] = f"{name} <{address}>", MAILBOX, "my grandchild"
        mail.set_content(f"I look after {family.child_first} on Tuesdays. Please tell me when the taxi comes. Thank you.\n")
        return address, mail, MAILBOX

    def absence(self, _peer):
        family = self.draw.choice(self.people)
        mail = person_mail(family, self.draw, "Automatic reply: out of office", "I am away until Monday.")
        mail["Auto-Submitted"] = "auto-replied"
        return family.email, mail, MAILBOX

    def bounce(self, peer):
        ours = [x for x in peer.letters if x.subject == "We have got your email"]
        if not ours:
            return self.question(peer)
        gone = self.draw.choice(ours)
        raw = (f"From: MAILER-DAEMON@example.org\r\nTo: {MAILBOX}\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
               "Content-Type: multipart/report; report-type=delivery-status; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered: mailbox full.\r\n"
               f"--b1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {gone.recipients[0]}\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
               f"--b1\r\nContent-Type: message/rfc822-headers\r\n\r\nMessage-ID: {gone.message_id}\r\nSubject: {gone.subject}\r\n\r\n--b1--\r\n")
        return "", raw.encode(), MAILBOX


def plan(draw, count=200):
    """(time, kind) of each mail: Thursday afternoon and evening, Friday, the weekend, Monday and Tuesday."""
    spans = [(datetime(2027, 2, 11, 13, 5), datetime(2027, 2, 11, 17, 55), 60), (datetime(2027, 2, 11, 18, 5), datetime(2027, 2, 11, 23, 30), 45), (datetime(2027, 2, 12, 8, 10), datetime(2027, 2, 12, 17, 0), 25),
             (datetime(2027, 2, 13, 9, 0), datetime(2027, 2, 14, 22, 0), 30), (datetime(2027, 2, 16, 8, 30), datetime(2027, 2, 16, 21, 0), 40)]
    kinds = ["question"] * 76 + ["chaser"] * 10 + ["thanks"] * 4 + ["stranger"] * 5 + ["absence"] * 3 + ["bounce"] * 2
    times = [start + timedelta(seconds=draw.randrange(int((end - start).total_seconds()))) for start, end, n in spans for _ in range(n * count // 200)]
    return sorted((t.replace(second=0), draw.choice(kinds)) for t in times)


def say(program, peer, at, sent, of):
    f = program.figures()
    line = f"{at:%A %d %B, %H:%M}   emails in {sent:3} of {of}   sent to families {len(peer.letters):3}   waiting for the morning {f['waiting_for_window']:3}   past their day {f['broken']:3}"
    end = "\r" if sys.stdout.isatty() else "\n"
    if sys.stdout.isatty() or say.last != (at.date(), at.hour // 4):
        print("\033[K" * sys.stdout.isatty() + line, end=end, flush=True)
    say.last = (at.date(), at.hour // 4)


say.last = None


def answer_some(program, draw, share):
    """Caseworkers answer part of what is due; the rest is left, so that the ladder is seen."""
    for row in program.conversations(standing="open"):
        if row["waiting_reply"] or draw.random() > share:
            continue
        newest = program.get("conversations/" + row["conversation"])["newest_message"]
        program.ask(f"conversations/{row['conversation']}/reply", {"staff": row["owner"], "subject": "About your email", "last_seen": newest,
                                                                   "text": draw.choice(ANSWER).format(child=row["child"].split()[0])})


def match_some(program, people):
    """The person who matches finds the child by the sender's family name, where only one fits."""
    for row in program.conversations(standing="matching"):
        fits = [f for f in people if f.child.split()[-1] == row["writer"].split()[-1] and f.child_first in row["first_words"]]
        if len(fits) == 1:
            program.ask(f"conversations/{row['conversation']}/match", {"staff": "jo-marsh", "case_id": fits[0].case, "relation": "grandparent"})


def live(program, peer, draw, people):
    mails, todo = Mails(people, draw), plan(draw)
    office = [(datetime(2027, 2, 12, 9, 30), 0.5), (datetime(2027, 2, 12, 16, 0), 0.6), (datetime(2027, 2, 15, 11, 0), 0.4), (datetime(2027, 2, 15, 19, 30), 0.3), (datetime(2027, 2, 16, 15, 0), 0.4), (datetime(2027, 2, 17, 10, 0), 0.6), (datetime(2027, 2, 18, 14, 0), 0.5)]
    steps = sorted([(t, kind, None) for t, kind in todo] + [(t, "office", share) for t, share in office], key=lambda s: s[0])
    sent = 0
    for at, kind, share in steps:
        program.go_to(at)
        if kind == "office":
            match_some(program, people)
            answer_some(program, draw, share)
        else:
            sender, mail, to = getattr(mails, kind)(peer)
            if not isinstance(mail, bytes):
                mail["Date"], mail["Message-ID"] = program.date_header(), f"<{sent}.{draw.randrange(1 << 30)}@example.org>"
                mail = mail.as_bytes()
            program.send(sender, mail, to)
            sent += 1
        say(program, peer, at, sent, len(todo))
    program.go_to(LAST)
    say(program, peer, LAST, sent, len(todo))
    return sent


def summary(program, peer, sent):
    f = program.figures()
    t = f["totals"]
    n = lambda name: t.get(name, 0)
    late = sum(1 for x in peer.letters if not in_window(x))
    print(f"""

  Received                         {n('received'):4}
  Came to a caseworker by itself   {n('routed'):4}
  Waiting to be matched to a child {f['matching']:4}
  Set aside (machines, copies)     {n('set_aside'):4}
  Held until a working morning     {n('held'):4}
  Sent to families                 {n('sent'):4}
  Answered                         {n('answered'):4}
  Went up to the team manager      {n('escalated_1'):4}
  Went up to the head of service   {n('escalated_2'):4}
  Went up to the complaints team   {n('escalated_3'):4}
""")
    faults = []
    if n("received") != sent:
        faults.append(f"{sent} emails were sent in, and {n('received')} are there")
    if n("sent") != len(peer.letters):
        faults.append(f"the program says that it sent {n('sent')}, and the relay has {len(peer.letters)}")
    if len({x.message_id for x in peer.letters}) != len(peer.letters):
        faults.append("a family got the same email twice")
    if late:
        faults.append(f"{late} emails left outside the window")
    if n("parked"):
        faults.append(f"{n('parked')} inputs were not understood")
    if not all(n(f"escalated_{rung}") for rung in (1, 2, 3)):
        faults.append("the ladder was not climbed to its end")
    held = sum(1 for x in peer.letters)
    print("\n".join("  WRONG: " + x for x in faults) if faults else f"  The relay's own count agrees: {held} emails, none twice, none outside 8am to 6pm on a working day.")
    return not faults


def in_window(letter):
    at = datetime.strptime(str(letter.mail["Date"])[:25].strip(), "%a, %d %b %Y %H:%M:%S")
    return at.weekday() < 5 and 8 <= at.hour < 18


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="wait for nobody; exit 0 when all figures agree, else 1")
    parser.add_argument("--kafka", action="store_true", help="on a real Kafka broker on this machine")
    asked = parser.parse_args()
    binary = os.path.join(ROOT, "build", "release", "hearback")
    folder = tempfile.mkdtemp(prefix="northmere-")
    peer, broker, good = Peer(), None, False
    log = "sqlite"
    if asked.kafka:
        from harness.broker import Broker
        print("Starting a Kafka broker")
        broker = Broker(folder + "/kafka")
        log = "kafka://" + broker.bootstrap
    program = Program(binary, peer.port, folder + "/data", log=log)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        if asked.kafka:
            program.command("log", "create")
        people = families()
        print("Northmere Council: 3 teams, 12 staff, 400 children. The clock is set, the mail is real.")
        began = time.monotonic()
        program.start(FIRST)
        program.command("directory", "import", *write_lists(folder, people))
        program.go_to(FIRST)
        sent = live(program, peer, random.Random(2027), people)
        good = summary(program, peer, sent)
        print(f"  It took {time.monotonic() - began:.0f} s.\n")
        if asked.check:
            return
        print(f"  Open  http://127.0.0.1:{program.web_port}/  and pick a name: Priya Nair is a caseworker, Jo Marsh her manager.")
        print(f"  The log is in {program.folder}; see it with  {os.path.relpath(binary)} --data {program.folder} journal")
        print("  Ctrl-C ends it and removes everything.\n")
        while program.process.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
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
