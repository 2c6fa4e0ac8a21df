"""The verbs of a story. Each acts through SMTP, the API or the clock, and asserts on the API or the relay's mailbox."""
import re
from datetime import datetime
from email.message import EmailMessage

from harness.program import MAILBOX, Refused

PEOPLE = {"Sam": ("Sam Okafor", "sam.okafor@example.org"), "Donna": ("Donna Bennett", "donna.bennett@example.org"), "Grace": ("Grace Bell", "grace.bell@example.net")}
STAFF = {"Priya Nair": "priya-nair", "Leila Hart": "leila-hart", "Jo Marsh": "jo-marsh", "Ann Doyle": "ann-doyle", "Rose Quinn": "rose-quinn"}
CHILDREN = {"Ada Okafor": "NM-2041", "Kai Bennett": "NM-2042"}
VERBS = []


class Wrong(AssertionError):
    pass


def verb(pattern):
    def keep(function):
        VERBS.append((re.compile(pattern + r"$"), function))
        return function
    return keep


def day(text):
    """"Mon 19 Feb" in the story's year."""
    return datetime.strptime(text + " 2000", "%a %d %b %Y")


def same(got, wanted, what):
    if got != wanted:
        raise Wrong(f"{what}: expected {wanted!r}, found {got!r}")


class Story:
    def __init__(self, program, peer):
        self.program, self.peer, self.conversation, self.reply, self.mark, self.sent_ids = program, peer, None, None, 0, 0

    def it(self):
        return self.program.get("conversations/" + self.conversation)

    def newest_conversation(self):
        rows = self.program.conversations()
        return max(rows, key=lambda r: (r["newest_at"] or "", r["conversation"]))["conversation"]

    def mail(self, who, subject, text, references=(), to=MAILBOX):
        name, address = PEOPLE[who]
        message = EmailMessage()
        self.sent_ids += 1
        message["From"], message["To"], message["Subject"] = f"{name} <{address}>", to, subject
        message["Date"], message["Message-ID"] = self.program.date_header(), f"<{self.sent_ids}.{who.lower()}@example.org>"
        if references:
            message["In-Reply-To"], message["References"] = references[-1], " ".join(references)
        message.set_content(text)
        self.program.send(address, message.as_bytes(), to)
        self.program.go_to(self.program.now)

    def letters(self, who):
        return self.peer.to(PEOPLE[who][1])


@verb(r"at (\w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)?)")
def at(story, when):
    story.program.go_to(datetime.strptime(when, "%a %d %b %Y %H:%M:%S" if when.count(":") == 2 else "%a %d %b %Y %H:%M"))
    story.mark = len(story.peer.letters)


@verb(r'(?:parent|stranger) (\w+)(?: \w+)? emails "([^"]+)"(?: about \w+)?(?: saying "([^"]+)")?')
def emails(story, who, subject, text):
    story.mail(who, subject, text or subject + ". Can you tell me, please?")
    story.conversation = story.newest_conversation()


@verb(r'(\w+) replies to "([^"]+)" saying "([^"]+)"')
def replies_to(story, who, subject, text):
    letter = [x for x in story.letters(who) if x.subject == subject][-1]
    story.mail(who, "Re: " + subject, text, [letter.message_id], str(letter.mail["Reply-To"]))


@verb(r"(?:it|the conversation) waits in the queue of caseworker ([\w ]+), to be answered by (\w{3} \d{1,2} \w{3})")
def waits_in_queue(story, worker, by):
    rows = [r for r in story.program.conversations(owner=STAFF[worker], standing="open") if r["conversation"] == story.conversation]
    same(len(rows), 1, f"conversations of this story in the queue of {worker}")
    told = datetime.strptime(rows[0]["answer_by"], "%Y-%m-%d")
    same((told.day, told.month), (day(by).day, day(by).month), "the day to be answered by")


@verb(r"it has the reason \"([^\"]+)\"")
def has_reason(story, words):
    same(words in story.it()["because"], True, f"{words!r} in {story.it()['because']!r}")


@verb(r"nothing has been sent")
def nothing_sent(story):
    same(len(story.peer.letters), 0, "mails that the relay was given")


@verb(r"nothing has been sent since")
def nothing_sent_since(story):
    same(len(story.peer.letters), story.mark, "mails that the relay was given")


@verb(r'(\w+) has been sent "([^"]+)"(?: naming (.+))?')
def has_been_sent(story, who, subject, names):
    letters = [x for x in story.letters(who) if x.subject == subject]
    if not letters:
        raise Wrong(f"{who} has not been sent {subject!r}, but {[x.subject for x in story.letters(who)]}")
    for name in re.split(r" and |, ", names or ""):
        if name and name not in " ".join(letters[-1].text.split()):
            raise Wrong(f"{name!r} is not in:\n{letters[-1].text}")


@verb(r'(\w+) has been sent (\d+) emails?')
def has_been_sent_count(story, who, count):
    same(len(story.letters(who)), int(count), f"emails to {who}")


@verb(r"the promise to \w+ is (open|broken|kept|kept late)")
def promise_is(story, how):
    row = story.it()
    state = ("kept late" if row["answered_late"] else "kept") if row["standing"] == "kept" else "broken" if row["broken"] else "open"
    same(state, how, "the promise")


@verb(r"(team manager|head of service|complaints team) ([\w ]+) has the escalation")
def has_escalation(story, role, name):
    row = story.it()
    same((row["rung"], row["with_name"]), ({"team manager": 1, "head of service": 2, "complaints team": 3}[role], name), "who has it")


@verb(r"nobody above has it")
def nobody_above(story):
    same(story.it()["rung"], 0, "the rung")


@verb(r'(?:caseworker|team manager) ([\w ]+) replies "([^"]+)"')
def replies(story, worker, text):
    answer = story.program.ask(f"conversations/{story.conversation}/reply", {"staff": STAFF[worker], "text": text, "subject": "About your email", "last_seen": story.it()["newest_message"]})
    same(answer["result"], "done", "the reply")
    story.reply = "r-" + answer["act"][:24]


@verb(r"the reply waits until (\w{3} \d{1,2} \w{3} \d\d:\d\d)")
def reply_waits(story, until):
    items = [i for i in story.it()["timeline"] if i["message"] == story.reply and i["standing"] == "held"]
    same(bool(items), True, "a reply that waits")
    story_time = story.program.now
    wanted = datetime.strptime(until + f" {story_time.year}", "%a %d %b %H:%M %Y")
    from harness.program import utc
    same(items[-1]["until"][:16], utc(wanted)[:16], "until when it waits")


@verb(r"([\w ]+) stops the reply")
def stops(story, worker):
    same(story.program.ask(f"messages/{story.reply}/stop", {"staff": STAFF[worker]})["result"], "done", "stopping")


@verb(r'([\w ]+) cannot stop the reply: "([^"]+)"')
def cannot_stop(story, worker, words):
    try:
        story.program.ask(f"messages/{story.reply}/stop", {"staff": STAFF[worker]})
    except Refused as refusal:
        same(words in str(refusal), True, f"{words!r} in {refusal}")
        return
    raise Wrong("it was stopped")


@verb(r"([\w ]+) claims it")
def claims(story, worker):
    story.program.ask(f"conversations/{story.conversation}/claim", {"staff": STAFF[worker]})


@verb(r'([\w ]+) cannot claim it: "([^"]+)"')
def cannot_claim(story, worker, words):
    try:
        story.program.ask(f"conversations/{story.conversation}/claim", {"staff": STAFF[worker]})
    except Refused as refusal:
        same(words in str(refusal), True, f"{words!r} in {refusal}")
        return
    raise Wrong("it was claimed")


@verb(r"([\w ]+) says that no answer is needed: (\w+)")
def no_answer(story, worker, reason):
    story.program.ask(f"conversations/{story.conversation}/no-answer-needed", {"staff": STAFF[worker], "reason": reason})


@verb(r"it waits to be matched, to be answered by (\w{3} \d{1,2} \w{3})")
def waits_for_match(story, by):
    row = story.it()
    same(row["standing"], "matching", "where it stands")
    told = datetime.strptime(row["answer_by"], "%Y-%m-%d")
    same((told.day, told.month), (day(by).day, day(by).month), "the day to be answered by")


@verb(r"([\w ]+) matches it to ([\w ]+) as (\w+)")
def matches(story, worker, child, relation):
    story.program.ask(f"conversations/{story.conversation}/match", {"staff": STAFF[worker], "case_id": CHILDREN[child], "relation": relation})


@verb(r"the program is restarted")
def restarted(story):
    story.program.stop()
    story.program.start()


@verb(r"the program is killed and started again")
def killed(story):
    story.program.kill()
    story.program.start()


@verb(r"the timeline says \"([^\"]+)\"")
def timeline_says(story, words):
    items = story.it()["timeline"]
    if not any(words in i["title"] + " " + i["because"] + " " + i["badge"] for i in items):
        raise Wrong(f"{words!r} is not in the timeline:\n" + "\n".join(f"  {i['title']} | {i['because']} | {i['badge']}" for i in items))
