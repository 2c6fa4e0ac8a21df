#!/usr/bin/env python3
"""Every figure on the managers' page against a count by hand of 500 messages over four weeks with Easter and the change of the clocks in
them; again after the views are deleted and made from the log, on the embedded log and on a real Kafka broker.

  five_hundred.py BINARY [--seed N] [--log sqlite|kafka]      exit 1 when a figure differs
"""
import argparse
import heapq
import itertools
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
import figures_page                                                        # noqa: E402
from hand_count import HandCount, Reply, Talk                     # noqa: E402
from working_days import add, closing_of, counts_as, is_open, is_working_day, next_opening     # noqa: E402
from harness.council import STAFF, families, write_lists                   # noqa: E402
from harness.peer import Peer                                              # noqa: E402
from harness.program import MAILBOX, Program, utc                          # noqa: E402
from families import bounce_of                                             # noqa: E402
from person import Person                                                  # noqa: E402
from town import left_at                                                   # noqa: E402

MESSAGES = 500
BEGINS, ENDS = datetime(2027, 3, 15, 7), datetime(2027, 4, 9, 15, 40)
LOOKED_AT = [datetime(2027, 3, 19, 16, 5), datetime(2027, 3, 25, 21, 15), datetime(2027, 3, 28, 11), datetime(2027, 4, 6, 9, 30), ENDS]
AWAY = [("mina-shah", date(2027, 3, 22), date(2027, 3, 31), "leila-hart"), ("eli-stone", date(2027, 4, 6), date(2027, 4, 7), "dana-reid")]
TEAM_OF = {who: team for who, _, _, team, _ in STAFF}
KINDS = ["email"] * 80 + ["chaser"] * 10 + ["to_answer"] * 3 + ["missed"] * 3 + ["answered"] * 2 + ["stranger"] * 3 + ["automatic"] * 2 + ["bounce"] * 3
# What becomes of what is owed.
PLANS = (["same day"] * 30 + ["evening"] * 14 + ["stopped"] * 6 + ["new day"] * 12 + ["new day in the evening"] * 3 + ["part"] * 5 + ["part in the evening"] * 2 + ["no answer needed"] * 8 + ["signposted"] * 4 + ["passed on"] * 3
         + ["by telephone"] * 5 + ["late"] * 12 + ["late in the evening"] * 4 + ["never"] * 8)


class Office:
    """Plays the four weeks, and keeps the record."""

    def __init__(self, program, peer, seed):
        self.program, self.peer, self.draw = program, peer, random.Random(seed)
        self.people = families()
        self.order, self.events, self.numbered = itertools.count(), [], itertools.count(1)
        self.talks, self.with_email, self.waiting = [], [], {}
        self.counts = dict.fromkeys(("received", "routed", "calls", "chasers", "matched", "set_aside", "unmatched", "returned"), 0)
        self.bounced = set()
        self.read, self.now, self.manager = 0, BEGINS, Person(program, "jo-marsh")

    def begin(self):
        self.program.start(BEGINS)
        self.program.command("directory", "import", *write_lists(self.program.folder, self.people))
        self.go(BEGINS)
        self.manager.sign_in()
        for who, first, last, cover in AWAY:
            self.program.ask(f"staff/{who}/away", {"staff": who, "from": f"{first}", "to": f"{last}", "cover": cover})
        days = [BEGINS.date() + timedelta(n) for n in range(26)]
        for _ in range(MESSAGES):
            day = self.draw.choice([d for d in days if is_working_day(d) or self.draw.random() < 0.3])
            at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=self.draw.choice([self.draw.randrange(7 * 60, 18 * 60), self.draw.randrange(8 * 60, 23 * 60)]))
            self.at(min(max(at, BEGINS), ENDS - timedelta(hours=1)), self.family, self.draw.choice(KINDS))

    def at(self, when, what, *about):
        heapq.heappush(self.events, (when, next(self.order), what, about))

    def play(self, until):
        while self.events and self.events[0][0] <= until:
            when, _, what, about = heapq.heappop(self.events)
            self.go(when)
            what(*about)
        self.go(until)

    def go(self, to):
        self.program.go_to(to)
        self.now = to
        for letter in self.peer.letters[self.read:]:
            if waited := self.waiting.pop(letter.message_id[1:].split("@")[0], None):
                waited[0].reply_left(waited[1], left_at(letter))
        self.read = len(self.peer.letters)

    # -- families

    def family(self, kind):
        self.counts["received"] += 1
        getattr(self, {"email": "email", "chaser": "chaser", "stranger": "stranger", "automatic": "automatic", "bounce": "bounce"}.get(kind, "call"))(kind)

    def mail(self, name, address, subject, text, to=MAILBOX, **headers):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Date"] = f"{name} <{address}>", to, subject, self.program.date_header()
        mail["Message-ID"] = f"<{subject.split()[-1]}.{self.counts['received']}@example.org>"
        for header, value in headers.items():
            mail[header.replace("_", "-")] = value
        mail.set_content(text)
        self.program.send(address, mail.as_bytes(), to)
        self.go(self.now)

    def begins(self, family, subject):
        """The conversation of a subject that no other has."""
        row, = self.program.conversations(text=subject)
        talk = Talk(row["conversation"], family.caseworker if family else None, TEAM_OF[family.caseworker] if family else "")
        talk.family, talk.subject = family, subject
        self.talks.append(talk)
        return talk

    def email(self, _):
        family, subject = self.draw.choice(self.people), f"Question {next(self.numbered)}"
        self.mail(family.parent, family.email, subject, f"When does {family.child_first} start at the new school?\n")
        talk = self.begins(family, subject)
        talk.asked = f"<{subject.split()[-1]}.{self.counts['received']}@example.org>"
        self.with_email.append(talk)
        self.owes(talk)

    def chaser(self, kind):
        """Answers the newest letter of ours, as a mail program does."""
        talk = self.draw.choice(self.with_email[-40:] or [None])
        letters = [x for x in self.peer.to(talk.family.email) if x.answers == talk.asked] if talk else []
        if not letters:
            return self.email(kind)
        letter = letters[-1]
        self.mail(talk.family.parent, talk.family.email, f"Re: {talk.subject}", "I have heard nothing yet. Who has it?\n", str(letter.mail["Reply-To"]), In_Reply_To=letter.message_id)
        self.owes(talk)

    def stranger(self, _):
        family, subject = self.draw.choice(self.people), f"My grandchild {next(self.numbered)}"
        self.mail("Joan Far", f"joan.{self.counts['received']}@example.net", subject, "When does the taxi come?\n")
        talk = self.begins(None, subject)
        self.counts["unmatched"] += 1
        talk.family_writes(self.now)
        if self.draw.random() < 0.7:
            self.at(self.in_hours(self.draw.randrange(30, 1500)), self.match, talk, family)

    def match(self, talk, family):
        self.program.ask(f"conversations/{talk.number}/match", {"staff": "jo-marsh", "case_id": family.case, "relation": "grandparent"})
        talk.matched(self.now, family.caseworker, TEAM_OF[family.caseworker])
        talk.family, talk.written_by_family = family, False      # a grandmother has no telephone number in our lists
        self.counts["matched"] += 1
        self.plan(talk)

    def automatic(self, _):
        family, subject = self.draw.choice(self.people), f"Out of office {next(self.numbered)}"
        self.mail(family.parent, family.email, subject, "I am away until Monday.\n", Auto_Submitted="auto-replied")
        talk = self.begins(None, subject)
        talk.aside = True
        self.counts["set_aside"] += 1

    def bounce(self, kind):
        """A mail server's report that an answer, or that we have got theirs, could not be delivered."""
        ours = [(talk, x) for talk in self.with_email[-60:] for x in self.peer.to(talk.family.email) if x.answers == talk.asked and x.message_id not in self.bounced]
        if not ours:
            return self.email(kind)
        talk, letter = self.draw.choice(ours)
        self.bounced.add(letter.message_id)
        self.program.send("", bounce_of(letter, self.counts["received"]))
        self.go(self.now)
        self.counts["returned"] += 1
        self.counts["set_aside"] += 1
        report = Talk(None, None, "")                       # the report itself waits for nobody
        report.aside = True
        self.talks.append(report)
        if talk.came_back(letter.message_id[1:].split("@")[0], self.now):
            self.plan(talk)

    def call(self, outcome):
        family = self.draw.choice(self.people)
        contact = self.program.get("people", text=family.case)["people"][0]["contact"]
        done = self.program.ask("calls", {"staff": family.caseworker, "outcome": outcome, "case_id": family.case, "contact": contact, "they_said": "About the school.", "we_said": "We will look."})
        talk = Talk(done["conversation"], family.caseworker, TEAM_OF[family.caseworker])
        talk.family = family
        self.talks.append(talk)
        self.counts["calls"] += 1
        if outcome == "answered":
            self.counts["routed"] += 1
        else:
            self.owes(talk)

    def owes(self, talk):
        self.counts["routed"] += 1
        if talk.family_writes(self.now):
            self.plan(talk)
        else:
            self.counts["chasers"] += 1

    # -- the office

    def in_hours(self, minutes):
        """So many minutes from now, or at the next opening's half past after that."""
        at = self.now + timedelta(minutes=minutes)
        return at if is_open(at) else next_opening(at) + timedelta(minutes=self.draw.randrange(1, 90))

    def evening(self, days=0):
        """One evening from now on."""
        at = datetime.combine(self.now.date() + timedelta(days), datetime.min.time()) + timedelta(minutes=self.draw.randrange(18 * 60 + 5, 23 * 60))
        return at if at > self.now else at + timedelta(1)

    def plan(self, talk):
        plan, promise, draw = self.draw.choice(PLANS), talk.owed(), self.draw
        soon, after = self.in_hours(draw.randrange(5, 540)), datetime.combine(add(promise.told, draw.randrange(1, 8)), datetime.min.time())
        if plan == "same day":
            self.at(soon, self.reply, talk, "full")
        elif plan in ("evening", "stopped"):
            self.at(self.evening(), self.reply, talk, "full", None, plan == "stopped")
        elif plan in ("new day", "new day in the evening"):
            self.at(soon if plan == "new day" else self.evening(), self.news, talk, draw.randrange(1, 4))
        elif plan in ("part", "part in the evening"):
            self.at(soon if plan == "part" else self.evening(), self.reply, talk, "part")
            if draw.random() < 0.6:
                self.at(self.in_hours(draw.randrange(600, 3000)), self.reply, talk, "full")
        elif plan == "no answer needed":
            self.at(soon, self.no_answer, talk)
        elif plan in ("signposted", "passed on"):
            self.at(soon, self.reply, talk, plan.replace(" ", "_"))
        elif plan == "by telephone" and talk.written_by_family:
            self.at(soon, self.rings, talk)
        elif plan.startswith("late"):
            self.at(after + timedelta(minutes=draw.randrange(18 * 60 + 5, 22 * 60) if "evening" in plan else draw.randrange(8 * 60 + 5, 17 * 60 + 50)), self.reply, talk, "full")

    def newest(self, talk):
        return self.program.get("conversations/" + talk.number)["newest_message"]

    def reply(self, talk, kind, new_day=None, stopped=False):
        if not talk.owed() or any(r.is_under_way(self.now) for r in talk.replies):
            return
        body = {"staff": talk.owner, "text": "Thank you for writing. The school starts on Monday.", "subject": "Your question", "last_seen": self.newest(talk), "kind": kind}
        if kind == "part":
            body["left_open"] = 1
        if kind in ("signposted", "passed_on"):
            body["signpost"] = {"who": "The transport team", "contact": "01632 960 155"}
        if new_day:
            body["new_day"] = f"{new_day}"
        act = self.program.ask(f"conversations/{talk.number}/reply", body)["act"]
        reply = Reply("r-" + act[:24], kind, self.now, new_day)
        talk.replies.append(reply)
        self.waiting[reply.message] = (talk, reply)
        if stopped:
            self.at(self.now + timedelta(minutes=20), self.stop, talk, reply)

    def stop(self, talk, reply):
        self.program.ask(f"messages/{reply.message}/stop", {"staff": talk.owner})
        reply.stopped = self.now
        del self.waiting[reply.message]
        if self.draw.random() < 0.6:
            self.at(self.in_hours(self.draw.randrange(600, 1800)), self.reply, talk, "full")

    def news(self, talk, days):
        promise = talk.owed()
        if not promise or promise.moved or promise.judged <= self.now:
            return
        self.reply(talk, "holding", add(promise.told, days))
        if self.draw.random() < 0.75:
            self.at(closing_of(promise.told) + timedelta(minutes=self.draw.randrange(870, 1400)), self.reply, talk, "full")

    def no_answer(self, talk):
        if talk.owed():
            self.program.ask(f"conversations/{talk.number}/no-answer-needed", {"staff": talk.owner, "reason": "answered_already"})
            talk.keep(self.now, "no_answer_needed")

    def rings(self, talk):
        if talk.owed():
            contact = self.program.get("people", text=talk.family.case)["people"][0]["contact"]
            self.program.ask("calls", {"staff": talk.owner, "conversation": talk.number, "contact": contact, "we_rang": True, "outcome": "answered", "we_said": "It starts on Monday."})
            talk.keep(self.now, "by_telephone")
            self.counts["calls"] += 1

    # -- the figures

    def hand_count(self):
        return HandCount(self.talks, [each[:3] for each in AWAY], {who: name for who, name, *_ in STAFF})

    def totals(self, hand):
        """What was counted while it happened, what follows from the record, and what the relay has."""
        to_staff = sum(x.recipients[0].endswith("@northmere.example") for x in self.peer.letters)
        return {**{name: n for name, n in self.counts.items() if n}, **hand.totals(self.now), "sent": len(self.peer.letters) - to_staff, "sent_to_staff": to_staff}


def weeks_up_to(day, weeks):
    monday = day - timedelta(day.weekday()) + timedelta(7)
    return tuple(datetime.combine(d, datetime.min.time()) for d in (monday - timedelta(7 * weeks), monday))


def same(where, said, counted, faults):
    """How many numbers were compared."""
    if isinstance(counted, dict):
        return sum(same(f"{where}.{name}", said.get(name), value, faults) for name, value in counted.items())
    if isinstance(counted, list) and isinstance(said, list) and len(said) == len(counted):
        return sum(same(f"{where}[{n}]", a, b, faults) for n, (a, b) in enumerate(zip(said, counted)))
    if isinstance(counted, datetime):
        said, counted = (said or "")[:19], utc(counted)[:19]
    if said != counted:
        faults.append(f"{where}: the program says {said!r}, the count by hand is {counted!r}")
    return 1


def compare(office, words, faults):
    compared, hand = 0, office.hand_count()
    for weeks in (1, 4, 52):
        since, until = weeks_up_to(office.now.date(), weeks)
        for team in ("", "north", "south", "west"):
            where = f"{words}, team {team or 'all'}, {weeks} weeks: "
            said, counted = office.program.get("figures", team=team, weeks=weeks), hand.figures(office.now, team, since, until)
            compared += same(where, said, {**counted, "from": since, "to": until, "totals": office.totals(hand)}, faults)
            shown, wanted = figures_page.compared_with(figures_page.seen(office.manager, team, weeks), figures_page.expected(hand, office.now, team, (since, until), weeks_up_to))
            compared += same(where + "the page", shown, wanted, faults)
    return compared


def run(binary, seed, log, faults):
    folder, peer, broker = tempfile.mkdtemp(prefix="figures-"), Peer(), None
    if log == "kafka":
        from harness.broker import Broker
        broker = Broker(folder + "/kafka")
    program = Program(binary, peer.port, folder + "/data", log="kafka://" + broker.bootstrap if broker else "sqlite")
    try:
        if broker:
            program.command("log", "create")
        began, compared = time.monotonic(), 0
        office = Office(program, peer, seed)
        office.begin()
        for at in LOOKED_AT:
            office.play(at)
            compared += compare(office, f"{log}, {at:%a %d %b %H:%M}", faults)
        program.stop()
        for name in os.listdir(program.folder):
            if name.startswith("views.sqlite"):
                os.remove(os.path.join(program.folder, name))
        program.start()
        office.go(office.now)
        compared += compare(office, f"{log}, made again from the log", faults)
        print(f"{log}: {office.counts['received']} messages, {len(office.talks)} conversations, {sum(len(t.replies) for t in office.talks)} replies, {len(peer.letters)} emails at the relay; {compared:,} numbers compared in {time.monotonic() - began:.0f} s", flush=True)
    finally:
        program.stop()
        peer.stop()
        if broker:
            broker.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--log", choices=("sqlite", "kafka"), action="append")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    faults = []
    for log in asked.log or ("sqlite", "kafka"):
        run(asked.binary, asked.seed, log, faults)
    print("\n".join("  WRONG: " + x for x in faults[:40]) + (f"\n  and {len(faults) - 40} more" if len(faults) > 40 else "") if faults else "Every figure is equal to the count by hand.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
