#!/usr/bin/env python3
"""Thirty days of a team of twelve that can answer 60 of 100 families: what nobody answers goes up, and the people above are told, but
never so often that they stop reading.

  short_of_hands.py BINARY [--seed N]      exit 1 when somebody is told twice, a rung is jumped, or something answered goes up
"""
import argparse
import collections
import json
import os
import random
import shutil
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from email.message import EmailMessage

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "demo")]
from working_days import is_open, is_working_day                           # noqa: E402
from harness.council import STAFF, families, write_lists                   # noqa: E402
from harness.peer import Peer                                              # noqa: E402
from harness.program import MAILBOX, Program                               # noqa: E402
from record import london                                                  # noqa: E402
from town import left_at                                                   # noqa: E402

DAYS, FIRST = 30, datetime(2027, 4, 12)
ANSWERED_A_DAY = 3                                           # by each of the twelve
CAN_ANSWER = 0.6                                             # of what is written
AWAY = [("mina-shah", date(2027, 4, 19), date(2027, 4, 23), "leila-hart"), ("jo-marsh", date(2027, 4, 27), date(2027, 4, 29), "ann-doyle")]
ADDRESSES = {f"{who.replace('-', '.')}@northmere.example": who for who, *_ in STAFF}
HOUR = timedelta(hours=1)


class Team:
    def __init__(self, program, peer, seed):
        self.program, self.peer, self.draw, self.people = program, peer, random.Random(seed), families()
        self.talks, self.wrote, self.replies, self.sent, self.mails = [], collections.defaultdict(list), [], 0, []

    def begin(self):
        self.program.start(FIRST)
        self.program.command("directory", "import", *write_lists(self.program.folder, self.people))
        self.program.go_to(FIRST)
        for who, first, last, cover in AWAY:
            self.program.ask(f"staff/{who}/away", {"staff": who, "from": f"{first}", "to": f"{last}", "cover": cover})
        days = [FIRST + timedelta(n) for n in range(DAYS)]
        working = [is_working_day(day.date()) for day in days]
        written_on = self.draw.choices(days, [6 if each else 1 for each in working], k=round(sum(working) * len(STAFF) * ANSWERED_A_DAY / CAN_ANSWER))
        self.mails = sorted(day + timedelta(minutes=self.draw.randrange(6 * 60, 23 * 60)) for day in written_on)

    def play(self):
        hour = FIRST
        while hour < FIRST + timedelta(DAYS):
            hour += HOUR
            if not 7 <= hour.hour <= 23:
                continue
            self.program.go_to(hour - HOUR / 2)         # families write at half past, the office at the full hour: never both at once
            while self.mails and self.mails[0] <= hour:
                self.mails.pop(0)
                self.family()
            self.program.go_to(hour)
            if is_working_day(hour.date()):
                self.office(hour)
        self.program.go_to(hour)

    def family(self):
        """Writes for the first time, or asks again."""
        chased = self.draw.choice(self.talks) if self.talks and self.draw.random() < 0.1 else None
        letters = [x for x in self.peer.to(chased[0].email) if x.answers == chased[1]] if chased else []
        family, mail = chased[0] if letters else self.draw.choice(self.people), EmailMessage()
        self.sent += 1
        number = f"<{self.sent}.{family.case}@example.org>"
        to = str(letters[0].mail["Reply-To"]) if letters else MAILBOX
        mail["From"], mail["To"], mail["Subject"], mail["Date"], mail["Message-ID"] = f"{family.parent} <{family.email}>", to, f"Question {self.sent}", self.program.date_header(), number
        if letters:
            mail["In-Reply-To"] = letters[0].message_id
        mail.set_content(f"When does {family.child_first} start at the new school?\n")
        self.program.send(family.email, mail.as_bytes(), to)
        if not letters:
            self.talks.append((family, number))

    def office(self, hour):
        """Each of them answers by chance what is theirs, some of it in the evening; who is above answers what has come up."""
        share = {9: 1, 12: 1, 16: 0.8, 20: 0.2}.get(hour.hour)
        if not share:
            return
        lists = collections.defaultdict(list)
        for row in self.program.conversations(standing="open"):
            if not row["waiting_reply"]:
                lists[row["with"] or row["owner"]].append(row)
        for who, *_ in STAFF:
            if any(who == absent and first <= hour.date() <= last for absent, first, last, _ in AWAY):
                continue
            if lists[who] and self.draw.random() < share:
                row = self.draw.choice(lists[who])
                newest = self.program.get("conversations/" + row["conversation"])["newest_message"]
                act = self.program.ask(f"conversations/{row['conversation']}/reply", {"staff": who, "subject": "Your question", "last_seen": newest, "text": "Thank you for writing. The school starts on Monday."})["act"]
                self.replies.append((row["conversation"], "r-" + act[:24], hour))


def escalation_faults(events):
    """One rung after the other, one a conversation and day, and none without a promise that is broken and open."""
    faults, rung, told_on, broken = [], collections.Counter(), set(), collections.defaultdict(set)
    for at, kind, data in events:
        of = data.get("conversation")
        if kind == "PromiseBroken":
            broken[of].add(data["promise"])
        elif kind == "PromiseKept":
            broken[of].discard(data["promise"])
        elif kind == "EscalationEnded":
            rung[of] = 0
        elif kind == "ConversationEscalated":
            if data["rung"] != rung[of] + 1:
                faults.append(f"{of} went from rung {rung[of]} to {data['rung']} at {at}")
            if (of, at.date()) in told_on:
                faults.append(f"{of} went up twice on {at.date()}")
            if not broken[of]:
                faults.append(f"{of} went up at {at} with no promise broken and open")
            rung[of] = data["rung"]
            told_on.add((of, at.date()))
    return faults


def answered_faults(team, events):
    """By the relay's mailboxes: nothing goes up after the answer has left, unless the family has written since that was finished."""
    left = {x.message_id[1:].split("@")[0]: left_at(x) for x in team.peer.letters}
    wrote = collections.defaultdict(list)
    for at, kind, data in events:
        if kind == "MessageReceived":
            wrote[data["conversation"]].append(at)
    answered = collections.defaultdict(list)
    for of, message, written in team.replies:
        if message in left:
            answered[of].append((written, left[message]))
    return [f"{data['conversation']} went up at {at}, and was answered" for at, kind, data in events if kind == "ConversationEscalated"
            and any(gone < at and not any(written < w <= at for w in wrote[data["conversation"]]) for written, gone in answered[data["conversation"]])]


def notice_faults(peer, events):
    """From the mailboxes of the staff, and the journal for the rung, which no email names."""
    told = collections.Counter((data["staff"], data["kind"], data["rung"], data["day"]) for _, kind, data in events if kind == "StaffTold" and data["message"])
    faults = [f"{who} was told {n} times on {day} ({kind}, rung {rung})" for (who, kind, rung, day), n in told.items() if n > 1]
    mailed = collections.Counter()
    for address, who in ADDRESSES.items():
        for letter in peer.to(address):
            at, notice = left_at(letter), "waited too long" in letter.subject
            mailed[who, "notice" if notice else "morning", f"{at:%F}"] += 1
            if not is_open(at):
                faults.append(f"{who} was told at {at}")
    by_day = collections.Counter()
    for (who, kind, _, day), n in told.items():
        by_day[who, kind, day] += n
    faults += [f"{who} has {mailed[who, kind, day]} emails ({kind}) of {day}, and the journal says {by_day[who, kind, day]}" for who, kind, day in mailed.keys() | by_day.keys() if mailed[who, kind, day] != by_day[who, kind, day]]
    faults += [f"{who} has {n} morning emails of {day}" for (who, kind, day), n in mailed.items() if kind == "morning" and n > 1]
    return faults, sum(n for (_, kind, _), n in mailed.items() if kind == "notice"), sum(n for (_, kind, _), n in mailed.items() if kind == "morning")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=12)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    folder, peer, began = tempfile.mkdtemp(prefix="hands-"), Peer(), time.monotonic()
    program = Program(asked.binary, peer.port, folder + "/data")
    try:
        team = Team(program, peer, asked.seed)
        team.begin()
        team.play()
        events = [(london(e["time"]), e["type"], e["data"]) for e in map(json.loads, program.command("journal", "--json").splitlines())]
        f = program.get("figures", weeks=52)
    finally:
        program.stop()
        peer.stop()
        shutil.rmtree(folder, ignore_errors=True)
    told_faults, notices, mornings = notice_faults(peer, events)
    faults = [each for of_a_kind in (escalation_faults(events), answered_faults(team, events), told_faults) for each in of_a_kind[:12]]
    due, kept, up = f["promises"]["due"], f["promises"]["kept"], f["went_up"]
    print(f"{DAYS} days, {len(STAFF)} people who can answer {len(STAFF) * ANSWERED_A_DAY} a working day; {team.sent} emails, {len(team.replies)} answers; of {due} promises {kept} were kept ({100 * kept / max(due, 1):.0f} %)")
    print(f"went up: {up['team_manager']} to the team managers, {up['head_of_service']} to the head of service, {up['complaints_team']} to the complaints team; staff had {notices} notices and {mornings} morning emails; {time.monotonic() - began:.0f} s")
    if not (notices and mornings and up["complaints_team"] and kept):
        faults.append("too little happened for this to prove anything")
    print("\n".join("  WRONG: " + x for x in faults) if faults else "At most one notice a person, rung and day; nobody jumped a rung; nothing answered went up.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
