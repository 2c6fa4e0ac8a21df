"""The program's journal, read beside it by its own command: what happened, in words, and what is counted from it."""
import collections
import json
import subprocess
import threading
from datetime import date, datetime

from town import is_open
from harness.council import STAFF
from harness.program import LONDON

NAMES = {staff: name for staff, name, *_ in STAFF}
RUNGS = {1: "team manager", 2: "head of service", 3: "complaints team"}


def clock_words(at):
    return f"{at.hour % 12 or 12}:{at.minute:02}{'am' if at.hour < 12 else 'pm'}"


def day_words(day):
    return f"{day:%A} {day.day} {day:%B}"


def london(iso):
    return datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone(LONDON).replace(tzinfo=None)


def name_of(staff):
    return NAMES.get(staff, staff or "nobody")


def by_day(iso):
    return "answer by " + day_words(date.fromisoformat(iso)) if iso else ""


def told(data):
    return by_day(data.get("told_day")) or "a day was told"


# What the record says of each event: a name, and a sentence from its data.
WORDS = {
    "MessageReceived": lambda d: ("Email came in", f"from {d.get('from_name') or d.get('from_address') or 'a mail server'}: “{d.get('subject', '')}”"),
    "MessageRouted": lambda d: ("Given to a caseworker", f"{name_of(d['owner'])}. {d.get('because', '')}"),
    "MessageUnmatched": lambda d: ("Sender not known", "waits to be matched to a child; its clock runs"),
    "ConversationMatched": lambda d: ("Matched to a child", f"by {name_of(d.get('staff'))}"),
    "MessageSetAside": lambda d: ("Set aside", f"{d.get('because', '')} No clock, nothing is sent back"),
    "ReturnReceived": lambda d: ("A report came back", "about an email of ours"),
    "MessageReturned": lambda d: ("Came back", "the family is still waiting; its caseworker sees it"),
    "PromiseMade": lambda d: ("A day is promised", told(d)),
    "ChaserJoined": lambda d: ("They asked again", "it joins what they asked before; the day stands"),
    "ReplyWritten": lambda d: ("Reply finished", f"by {name_of(d['staff'])}"),
    "SendHeld": lambda d: ("Waits until morning", f"leaves {day_words(london(d['until']))}, {clock_words(london(d['until']))}"),
    "SendWithdrawn": lambda d: ("Taken back", "a better message left first"),
    "SendCancelled": lambda d: ("Stopped", "before it left"),
    "MessageSent": lambda d: ("Delivered", f"to {d.get('to', 'the family')}: their mail service has it"),
    "AttemptUncertain": lambda d: ("Not known", "the line broke at the last byte; it may come twice, with the same number"),
    "PromiseKept": lambda d: ("Promise kept", "late" if d.get("late") else "in time"),
    "PromiseBroken": lambda d: ("Promise broken", f"the day passed: {day_words(date.fromisoformat(d['told_day']))}"),
    "NoAnswerNeeded": lambda d: ("No answer needed", f"says {name_of(d.get('staff'))}"),
    "ConversationEscalated": lambda d: ("Went up", f"to {name_of(d.get('holder'))}, {RUNGS[d['rung']]}: {told(d)}"),
    "EscalationEnded": lambda d: ("Came down", "the family has an answer"),
    "NoticePrepared": lambda d: ("The family is told", "sorry, who has it now, and by which day"),
    "NewPersonTold": lambda d: ("The family is told", "who has their message now"),
    "MorningLookedOver": lambda d: ("No sign of work", " and ".join(name_of(m["staff"]) for m in d["missing"]) + ". The manager is asked") if d.get("missing") else None,
    "AbsenceSet": lambda d: ("Away", f"{name_of(d.get('who'))}; {name_of(d.get('cover'))} answers"),
    "WorkHandedOver": lambda d: ("Work moved", f"from {name_of(d['from'])} to {name_of(d['to'])}: {d['promises']} promises"),
    "ConversationHandedOver": lambda d: ("Handed over", f"to {name_of(d.get('to'))}"),
    "ConversationClaimed": lambda d: ("Taken on", f"by {name_of(d.get('staff'))}"),
}


class Record:
    """What has been read so far. `late` are our emails that were finished when none may leave."""

    def __init__(self, newest=40):
        self.counts, self.lines, self.late, self.stopped, self.recipients = collections.Counter(), collections.deque(maxlen=newest), {}, set(), {}
        self.read = 0

    def take(self, line):
        event = json.loads(line)
        kind, data = event["type"], event["data"]
        self.counts[kind] += 1
        self.read += 1
        at = london(event["time"])
        if kind == "MessageRendered":
            self.recipients[data["message"]] = data.get("to", "")
        if kind == "ReplyWritten" and not is_open(at):
            self.late[data["message"]] = at
        if kind in ("SendCancelled", "SendWithdrawn"):
            self.stopped.add(data["message"])
        if kind == "MessageSent":
            data["to"] = self.recipients.pop(data["message"], "the family")
        if kind == "AttemptUncertain" and data["repeats"]:
            self.counts["may come twice"] += 1
        if kind in WORDS and (words := WORDS[kind](data)):
            self.lines.appendleft((event["id"], event["sequence"], at, *words, event["hash"]))

    def evenings(self, left_at):
        """(replies finished after 6pm or at a weekend, those that arrived, those that arrived on a working morning). `left_at`: from the
        relay's own mailboxes, when each message left."""
        written = self.late.keys() - self.stopped
        arrived = [left_at[message] for message in list(written) if message in left_at]
        return len(written), len(arrived), sum(1 for at in arrived if is_open(at) and at.hour < 12)


def evening_words(written, arrived, in_the_morning):
    """The one sentence that the demo is about, as the count has it."""
    if not written:
        return ""
    said = f"Staff finished {written:,} {'reply' if written == 1 else 'replies'} after 6pm or at the weekend. "
    if in_the_morning < arrived:
        return said + f"{arrived - in_the_morning:,} arrived at another time than a working morning."
    if not arrived:
        return said + "None has left: they wait until morning."
    return said + ("All arrived, each on a working morning." if arrived == written else f"{arrived:,} arrived, each on a working morning; {written - arrived:,} wait.")


def whole_record(program):
    record = Record()
    for line in program.command("journal", "--json").splitlines():
        record.take(line)
    return record


class GrowingRecord(Record):
    """The same, read while it grows; it lives on when the program is killed, for it reads beside it."""

    def __init__(self, program, changed):
        super().__init__()
        self.changed = changed
        self.tail = subprocess.Popen([program.binary, "--data", program.folder, "journal", "--json", "--follow"], stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        for line in self.tail.stdout:
            self.take(line)
            self.changed()

    def stop(self):
        self.tail.kill()
        self.tail.wait()
