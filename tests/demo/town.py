"""Northmere while its clock is put forward: families write by real SMTP, caseworkers and managers answer part of it through the API, one of
them is ill and told nobody. All of it comes from one seed; nothing but the program decides what follows."""
import collections
import concurrent.futures
import random
import re
import smtplib
import time
from datetime import datetime, timedelta

from families import ACKNOWLEDGED, AND_AFTER, QUIET_WEEK, TWO_DAYS, Writers, answering, day, mail_of, plan
from person import Person
from harness.council import STAFF, families, second_homes, write_lists
from harness.program import MAILBOX, Refused

BEGINS, OPENS, AFTERNOON, MONDAY_NIGHT, ENDS = day(3, 8), day(11, 7), day(11, 16), day(15, 21), day(19, 9)
CHILDREN = 2500
ILL, ILL_FROM, ILL_UNTIL = "mina-shah", day(12, 0), day(17, 0)
SAM_WROTE, SAM_WRITES = day(4, 9, 30), day(11, 21, 40)
SAMS_FIRST = "Who drives Ada’s taxi from Monday? Nobody has rung us."
SAMS_WORDS = "Ada’s taxi did not come again today. When will somebody tell me what happens now?"
ANSWERS = ["Thank you for writing. {child}’s taxi starts on Monday 22 February. It comes to your door at 8:05am.", "I have asked the school today. They answer by Wednesday 17 February, and I will tell you the same day.",
           "You are right, and I am sorry. I have put page 4 right. The new plan is with the school now.", "I have your letter. It is with {child}’s papers and the panel has read it."]
# Of the messages that stand on a rung: how many are answered in the office, and how many in the evening. The rest is left, so that the
# ladder is seen. The week before was a bad one.
SHARES = {0: (0.85, 0.06), 1: (0.55, 0.05), 2: (0.6, 0), 3: (0.7, 0)}
BAD_WEEK = {0: (0.7, 0.05), 1: (0.3, 0), 2: (0.1, 0), 3: (0, 0)}
HOUR = timedelta(hours=1)


def is_working_day(date):
    return date.weekday() < 5


def is_open(at):
    """8am to 6pm on a working day: when a message may leave for a family."""
    return is_working_day(at) and 8 <= at.hour < 18


def next_working(at):
    at += timedelta(days=1)
    while not is_working_day(at):
        at += timedelta(days=1)
    return at


def in_office_hours(at):
    """The same, or what is left of it the next working morning."""
    if is_working_day(at) and at.hour < 8:
        return at.replace(hour=9)
    return at if is_open(at) else next_working(at).replace(hour=9, minute=at.minute)


def step_after(at):
    """How far the clock goes at once: minutes when the doors open and much leaves, longer steps at night and at the weekend."""
    return next_full(at, 1 if is_working_day(at) and at.hour == 8 and at.minute < 15 else 10 if is_working_day(at) and 7 <= at.hour < 22 else 30 if is_working_day(at) else 60)


def next_full(at, minutes):
    return at + timedelta(minutes=minutes - at.minute % minutes)


class Town:
    def __init__(self, program, peer, seed=2027):
        self.program, self.peer, self.draw = program, peer, random.Random(seed)
        self.people = families(CHILDREN)
        self.elsewhere = second_homes(self.people)
        self.sam = self.people[0]
        self.writers = Writers(self.people[1:], self.elsewhere[1:], peer, self.draw)
        self.mails = collections.deque(plan(self.draw, QUIET_WEEK + TWO_DAYS + AND_AFTER))
        self.planned = len(self.mails)
        self.staff = {each[0]: Person(program, each[0]) for each in STAFF}
        self.hands = concurrent.futures.ThreadPoolExecutor(4)
        self.now, self.accepted, self.numbered = BEGINS, 0, 0
        self.answer_at, self.sams_words, self.at_work = {}, [], None

    def begin(self, folder):
        self.program.start(BEGINS)
        self.program.command("directory", "import", *write_lists(folder, self.people, self.elsewhere))
        self.go(BEGINS)

    # -- the clock

    def go(self, to):
        self.program.go_to(to)
        self.now = to

    def step(self, end, minutes=None):
        """One step towards `end`, of as many minutes or as many as are good to look at: the clock, then what families wrote meanwhile, then
        what the office does."""
        before = self.now
        self.go(min(next_full(before, minutes) if minutes else step_after(before), end))
        ready = []
        while self.mails and self.mails[0][0] <= self.now:
            ready.append(getattr(self.writers, self.mails.popleft()[1])())
        list(self.hands.map(self.send, [self.stamped(*each) for each in ready]))
        if before < SAM_WROTE <= self.now:
            self.sam_writes(SAMS_FIRST)
        if before < SAM_WRITES <= self.now and not any(at >= OPENS for at, _ in self.sams_words):
            self.sam_writes(SAMS_WORDS)
        self.morning()
        if 8 <= self.now.hour < 23 and before.replace(minute=before.minute // 30 * 30) != self.now.replace(minute=self.now.minute // 30 * 30):
            self.office()

    # -- families

    def stamped(self, sender, mail, to):
        if isinstance(mail, bytes):
            return sender, mail, to
        self.numbered += 1
        if mail.is_multipart():
            mail.set_boundary(f"=_{self.numbered}")          # else Python draws one, and no two runs are the same
        mail["Date"], mail["Message-ID"] = self.program.date_header(), f"<{self.numbered}.{self.draw.randrange(1 << 30)}@example.org>"
        return sender, mail.as_bytes(), to

    def send(self, mail):
        self.program.send(*mail)
        self.accepted += 1

    def sam_writes(self, words):
        """A first email, or an answer to the newest that she has had about it."""
        letters = self.peer.to(self.sam.email)
        mail = mail_of(self.sam, "Ada’s taxi", f"{words}\n\nSam Okafor\n")
        to = MAILBOX
        if letters and any(at >= OPENS for at, _ in self.sams_words):
            to = answering(letters[-1], mail)
            mail.replace_header("Subject", "Re: " + letters[-1].subject.removeprefix("Re: "))
        self.send(self.stamped(self.sam.email, mail, to))
        self.sams_words.append((self.now, words))
        self.go(self.now)

    # -- the office

    def is_ill(self, staff):
        return staff == ILL and ILL_FROM <= self.now < ILL_UNTIL

    def morning(self):
        if is_working_day(self.now) and 8 <= self.now.hour < 10 and self.at_work != self.now.date():
            self.at_work = self.now.date()
            list(self.hands.map(Person.opens_the_list, [p for name, p in self.staff.items() if not self.is_ill(name)]))

    def office(self):
        """Who is there answers what they meant to answer by now. Sam's messages are left for whoever looks at this."""
        due, seen = [], set()
        for row in self.program.conversations(standing="open"):
            who = row["with"] or row["owner"]
            if row["conversation"] in seen or row["case_id"] == self.sam.case and self.now >= OPENS:
                continue
            seen.add(row["conversation"])
            at = self.answer_at.setdefault((row["conversation"], row["rung"]), self.when_answered(row))
            if at and at <= self.now and not row["waiting_reply"] and not self.is_ill(who):
                due.append((who, row))
        list(self.hands.map(lambda each: self.answer(*each), due))
        if is_open(self.now):
            self.match()

    def when_answered(self, row):
        draw = random.Random(f"{row['conversation']}/{row['rung']}")
        office, evening = (SHARES if row["answer_by"] > f"{OPENS:%F}" else BAD_WEEK)[row["rung"]]
        share = draw.random()
        if row["case_id"] == self.sam.case or share < office:
            return in_office_hours(self.now + draw.uniform(0.5, 6) * HOUR)
        if share < office + evening:
            tonight = self.now.replace(hour=18, minute=0) + draw.uniform(0.5, 3.5) * HOUR
            return tonight if tonight > self.now else tonight + timedelta(days=1)
        return None

    def answer(self, who, row):
        path = f"conversations/{row['conversation']}"
        try:
            if row["thanks_only"]:
                return self.program.ask(f"{path}/no-answer-needed", {"staff": who, "reason": "thanks_only"})
            newest = self.program.get(path)["newest_message"]
            text = random.Random(newest).choice(ANSWERS).format(child=(row["child"] or "Your child").split()[0])
            return self.program.ask(f"{path}/reply", {"staff": who, "subject": "Re: " + row["subject"].removeprefix("Re: "), "last_seen": newest, "text": text})
        except Refused:
            return None                      # somebody answered it on a page meanwhile

    def match(self):
        """Jo finds the child by the number that a grandmother gives, two hours later."""
        for row in self.program.conversations(standing="matching"):
            at = self.answer_at.setdefault((row["conversation"], "match"), in_office_hours(self.now + 2 * HOUR))
            number = re.search(r"NM-\d+", row["first_words"])
            if at <= self.now and number:
                self.program.ask(f"conversations/{row['conversation']}/match", {"staff": "jo-marsh", "case_id": number[0], "relation": "grandparent"})


class Kill:
    """Many families write at once by several connections; in the middle the program is killed and started again. What had no 250 is sent once
    more, as every relay does. What is counted comes from the senders, the program's figures and the relay's mailboxes."""

    MAILS, CONNECTIONS, DEAD_FOR = 240, 8, 2.0

    def __init__(self, town, say):
        self.town, self.say, self.accepted, self.again, self.done = town, say, 0, 0, False
        self.before = town.program.figures()["totals"].get("received", 0)
        self.at, self.stored, self.back_after, self.in_hand = town.now, None, None, 0

    def run(self):
        town = self.town
        waiting = collections.deque(town.stamped(*town.writers.question()) for _ in range(self.MAILS))
        with concurrent.futures.ThreadPoolExecutor(self.CONNECTIONS) as relays:
            under_way = [relays.submit(self.relay, waiting) for _ in range(self.CONNECTIONS)]
            self.pour_in_until(self.MAILS // 3)
            self.in_hand = self.accepted
            town.program.kill()
            self.say(f"Killed with SIGKILL after {self.in_hand} of {self.MAILS} emails. Nothing answers now; the mail servers of the families wait and try again.")
            time.sleep(self.DEAD_FOR)
            began = time.monotonic()
            town.program.start()
            self.back_after = time.monotonic() - began
            self.say("It is up again and reads what it had written down. The rest of the emails come in.")
            for each in under_way:
                each.result()
        town.go(town.now)
        self.stored = town.program.figures()["totals"].get("received", 0) - self.before
        self.done = True

    def pour_in_until(self, count):
        while self.accepted < count:
            self.say(f"{self.accepted} of {self.MAILS} emails are in, over {self.CONNECTIONS} connections at once.")
            time.sleep(0.02)

    def relay(self, waiting):
        while waiting:
            try:
                mail = waiting.popleft()
            except IndexError:
                return
            while not self.taken(mail):
                self.again += 1
                time.sleep(0.2)

    def taken(self, mail):
        try:
            self.town.send(mail)
        except (OSError, smtplib.SMTPException):
            return False
        self.accepted += 1
        return True


class Arrived:
    """What the families' mail servers have, looked at once a letter: when each left, and how often a family got what it had: the same
    Message-ID a second time, or a second acknowledgement of one email."""

    def __init__(self, letters):
        self.letters, self.looked_at, self.to_staff, self.had, self.left_at, self.twice = letters, 0, 0, set(), {}, 0

    @property
    def to_families(self):
        return self.looked_at - self.to_staff

    def look(self):
        while self.looked_at < len(self.letters):
            letter = self.letters[self.looked_at]
            self.looked_at += 1
            self.to_staff += letter.recipients[0].endswith("@northmere.example")
            known = {(letter.recipients[0], letter.message_id)}
            if letter.subject == ACKNOWLEDGED:
                known.add((letter.recipients[0], "acknowledges " + letter.answers))
            self.twice += bool(known & self.had)
            self.had |= known
            self.left_at[letter.message_id[1:].split("@")[0]] = left_at(letter)
        return self


def left_at(letter):
    """The London clock time at which a letter of ours left."""
    return datetime.strptime(str(letter.mail["Date"])[:25].strip(), "%a, %d %b %Y %H:%M:%S")
