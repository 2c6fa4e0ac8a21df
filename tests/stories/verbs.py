"""The verbs of a story. Each acts through SMTP, the API or the clock, and asserts on the API or the relay's mailbox."""
import csv
import os
import re
import subprocess
from datetime import datetime
from email.message import EmailMessage

from harness.program import MAILBOX, Refused

PEOPLE = {"Sam": ("Sam Okafor", "sam.okafor@example.org"), "Donna": ("Donna Bennett", "donna.bennett@example.org"), "Grace": ("Grace Bell", "grace.bell@example.net"),
          "Lee": ("Lee Okafor", "lee.okafor@example.org"), "Jana": ("Jana Novak", "jana.novak@example.org")}
STAFF = {"Priya Nair": "priya-nair", "Leila Hart": "leila-hart", "Jo Marsh": "jo-marsh", "Ann Doyle": "ann-doyle", "Rose Quinn": "rose-quinn"}
CHILDREN = {"Ada Okafor": "NM-2041", "Kai Bennett": "NM-2042", "Leo Novak": "NM-2043", "Mia Novak": "NM-2044"}
CHILD_OF = {"Sam": "NM-2041", "Lee": "NM-2041", "Donna": "NM-2042", "Jana": "NM-2043"}
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
        self.mail_from(*PEOPLE[who], subject, text, references, to)

    def mail_from(self, name, address, subject, text, references=(), to=MAILBOX):
        message = EmailMessage()
        self.sent_ids += 1
        message["From"], message["To"], message["Subject"] = f"{name} <{address}>", to, subject
        message["Date"], message["Message-ID"] = self.program.date_header(), f"<{self.sent_ids}.{address.replace('@', '.')}@example.org>"
        if references:
            message["In-Reply-To"], message["References"] = references[-1], " ".join(references)
        message.set_content(text)
        self.program.send(address, message.as_bytes(), to)
        self.program.go_to(self.program.now)

    def iso(self, text):
        """"Mon 19 Feb" as a date of the story's year."""
        return datetime.strptime(f"{text} {self.program.now.year}", "%a %d %b %Y").strftime("%Y-%m-%d")

    def act(self, path, body):
        done = self.program.ask(path, body)
        same(done["result"], "done", path)
        self.conversation = done.get("conversation") or self.conversation
        self.program.go_to(self.program.now)     # until all that comes of it is done
        return done

    def reply_with(self, worker, text, **more):
        answer = self.act(f"conversations/{self.conversation}/reply", {"staff": STAFF[worker], "text": text, "subject": "About your email", "last_seen": self.it()["newest_message"], **more})
        self.reply = "r-" + answer["act"][:24]

    def contact(self, who):
        return self.program.get("people", text=PEOPLE[who][0])["people"][0]["contact"]

    def to_families(self):
        """What the relay was given, without what staff are told."""
        return [x for x in self.peer.letters if not str(x.mail["To"]).endswith("@northmere.example>")]

    def letters(self, who):
        return self.peer.to(PEOPLE[who][1])


@verb(r"at (\w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)?)")
def at(story, when):
    story.program.go_to(datetime.strptime(when, "%a %d %b %Y %H:%M:%S" if when.count(":") == 2 else "%a %d %b %Y %H:%M"))
    story.mark = len(story.to_families())


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
    same(len(story.to_families()), 0, "mails that the relay was given")


@verb(r"nothing has been sent since")
def nothing_sent_since(story):
    same(len(story.to_families()), story.mark, "mails that the relay was given")


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


@verb(r'(?:caseworker|duty worker) ([\w ]+) writes down a call from (\w+)(?: in this conversation)? that (was answered|is still to answer|nobody took)(?:, saying "([^"]+)")?(?:, promising "([^"]+)" by (\w{3} \d{1,2} \w{3}))?( and sends a note)?')
def writes_down_call(story, worker, who, how, said, what, by, note):
    outcome = {"was answered": "answered", "is still to answer": "to_answer", "nobody took": "missed"}[how]
    body = {"staff": STAFF[worker], "outcome": outcome, "case_id": CHILD_OF[who], "contact": story.contact(who), "they_said": said or "", "we_said": "I will look into it.", "send_note": bool(note),
            "note": f"You said: {said}"}
    if story.conversation and any(r["writer"] == PEOPLE[who][0] for r in story.program.conversations() if r["conversation"] == story.conversation):
        body["conversation"] = story.conversation
    if what:
        body["promised"] = [{"kind": "something", "what": what, "by": story.iso(by)}]
    story.act("calls", body)


@verb(r"([\w ]+) rings (\w+) and (answers|does not reach them)")
def rings(story, worker, who, how):
    story.act("calls", {"staff": STAFF[worker], "conversation": story.conversation, "contact": story.contact(who), "we_rang": True, "outcome": "answered" if how == "answers" else "not_reached", "we_said": "All is arranged."})


@verb(r'([\w ]+) enters a letter from (\w+) that came on (\w{3} \d{1,2} \w{3}): "([^"]+)"')
def enters_letter(story, worker, who, on, text):
    story.act("letters", {"staff": STAFF[worker], "case_id": CHILD_OF[who], "contact": story.contact(who), "received_on": story.iso(on), "text": text})


def owed(story, kind, what=None):
    found = [o for o in story.it()["owed"] if o["kind"] == kind and (what is None or o["what"] == what)]
    same(len(found), 1, f"open promises of the kind {kind} {what or ''}")
    return found[0]


@verb(r"(an answer|a call back) is owed by (\w{3} \d{1,2} \w{3})")
def is_owed(story, kind, by):
    same(owed(story, {"an answer": "answer", "a call back": "call_back"}[kind])["answer_by"], story.iso(by), "the day")


@verb(r'([\w ]+) has promised "([^"]+)" by (\w{3} \d{1,2} \w{3})')
def has_promised(story, worker, what, by):
    row = owed(story, "something", what)
    same((row["owner"], row["answer_by"]), (STAFF[worker], story.iso(by)), "who promised it, and the day")


@verb(r'([\w ]+) says that "([^"]+)" is done')
def says_done(story, worker, what):
    story.act(f"conversations/{story.conversation}/done", {"staff": STAFF[worker], "promise": owed(story, "something", what)["promise"]})


@verb(r"nothing is owed any more")
def nothing_owed(story):
    same(story.it()["owed"], [], "what is owed")


@verb(r'caseworker ([\w ]+) answers (\d+) of their (\d+) questions "([^"]+)"')
def answers_some(story, worker, ticked, asked, text):
    story.reply_with(worker, text, left_open=int(asked) - int(ticked))


@verb(r'caseworker ([\w ]+) sends news "([^"]+)"(?: and names (\w{3} \d{1,2} \w{3}))?')
def sends_news(story, worker, text, new_day):
    story.reply_with(worker, text, kind="holding", **({"new_day": story.iso(new_day)} if new_day else {}))


@verb(r'caseworker ([\w ]+) cannot name (\w{3} \d{1,2} \w{3}): "([^"]+)"')
def cannot_name(story, worker, new_day, words):
    try:
        story.reply_with(worker, "It takes longer.", kind="holding", new_day=story.iso(new_day))
    except Refused as refusal:
        same(words in str(refusal), True, f"{words!r} in {refusal}")
        return
    raise Wrong("it was taken")


@verb(r'caseworker ([\w ]+) shows them to "([^"]+)" at "([^"]+)", saying "([^"]+)"')
def shows_the_way(story, worker, who, contact, text):
    story.reply_with(worker, text, kind="signposted", signpost={"who": who, "contact": contact})


@verb(r'caseworker ([\w ]+) passes it on to "([^"]+)", saying "([^"]+)"')
def passes_on(story, worker, who, text):
    story.reply_with(worker, text, kind="passed_on", signpost={"who": who})


@verb(r'caseworker ([\w ]+) answers about ([\w ]+) "([^"]+)"')
def answers_about(story, worker, child, text):
    story.reply_with(worker, text, cases=[CHILDREN[child]])


@verb(r"an answer about ([\w ]+) is owed by ([\w ]+) until (\w{3} \d{1,2} \w{3})")
def owed_about(story, child, worker, by):
    rows = [o for o in story.it()["owed"] if o["case_id"] == CHILDREN[child]]
    same([(r["owner"], r["answer_by"]) for r in rows], [(STAFF[worker], story.iso(by))], f"what is owed about {child}")


@verb(r"([\w ]+) takes it up again")
def takes_up(story, worker):
    story.act(f"conversations/{story.conversation}/reopen", {"staff": STAFF[worker]})


@verb(r"([\w ]+) is away from (\w{3} \d{1,2} \w{3})(?: to (\w{3} \d{1,2} \w{3}))?, and ([\w ]+) answers")
def is_away(story, worker, first, last, cover):
    story.act(f"staff/{STAFF[worker]}/away", {"staff": STAFF[worker], "from": story.iso(first), **({"to": story.iso(last)} if last else {}), "cover": STAFF[cover]})


@verb(r'([\w ]+) cannot be away from (\w{3} \d{1,2} \w{3}) with ([\w ]+) answering: "([^"]+)"')
def cannot_be_away(story, worker, first, cover, words):
    try:
        story.act(f"staff/{STAFF[worker]}/away", {"staff": STAFF[worker], "from": story.iso(first), "cover": STAFF[cover]})
    except Refused as refusal:
        same(words in str(refusal), True, f"{words!r} in {refusal}")
        return
    raise Wrong("it was taken")


@verb(r"([\w ]+) is at work")
def at_work(story, worker):
    story.program.ask(f"staff/{STAFF[worker]}/here", {"staff": STAFF[worker]})


@verb(r"the team manager is asked about ([\w ]+), with (\d+) famil(?:y|ies) due")
def is_asked(story, worker, due):
    missing = {m["staff"]: m["due"] for m in story.program.get("staff")["missing"]}
    same(missing, {STAFF[worker]: int(due)}, "who shows no sign of being here")


@verb(r"nobody is missed")
def nobody_missed(story):
    same(story.program.get("staff")["missing"], [], "who shows no sign of being here")


@verb(r"team manager ([\w ]+) gives all that ([\w ]+) has to ([\w ]+) and tells the families")
def gives_all(story, manager, worker, cover):
    today = story.program.now.strftime("%Y-%m-%d")
    story.act(f"staff/{STAFF[worker]}/away", {"staff": STAFF[manager], "from": today, "cover": STAFF[cover], "tell_families": True})


@verb(r"team manager ([\w ]+) says that ([\w ]+) has left and ([\w ]+) has it all")
def has_left(story, manager, worker, to):
    story.act(f"staff/{STAFF[worker]}/left", {"staff": STAFF[manager], "to": STAFF[to], "tell_families": True})


@verb(r"([\w ]+) gives it to ([\w ]+) and tells the family")
def gives_it(story, worker, to):
    story.act(f"conversations/{story.conversation}/hand-over", {"staff": STAFF[worker], "to": STAFF[to], "tell_family": True})


@verb(r"(\d+) conversations wait in the queue of caseworker ([\w ]+)")
def so_many_wait(story, count, worker):
    same(len(story.program.conversations(owner=STAFF[worker], standing="open")), int(count), f"conversations in the queue of {worker}")


@verb(r"(\d+) (?:strangers|families) have been sent \"([^\"]+)\"")
def families_sent(story, count, subject):
    same(len({str(x.mail["To"]) for x in story.peer.letters if x.subject == subject}), int(count), f"people who were sent {subject!r}")


@verb(r"there are two conversations about ([\w ]+), and neither has a word of the other")
def two_homes(story, child):
    rows = story.program.conversations(standing="open")
    mine = [r for r in rows if r["case_id"] == CHILDREN[child]]
    same(len({r["conversation"] for r in mine}), 2, "conversations")
    for row in mine:
        others = {r["writer"] for r in mine} - {row["writer"]}
        body = str(story.program.get("conversations/" + row["conversation"])["timeline"])
        for other in others:
            if other in body:
                raise Wrong(f"{other} stands in the conversation with {row['writer']}")


@verb(r"no email to (\w+) names (\w+)")
def names_not(story, who, other):
    for letter in story.letters(who):
        if other in letter.text or other in str(letter.mail):
            raise Wrong(f"{other!r} is in:\n{letter.text}")


@verb(r'caseworker ([\w ]+) answers by letter "([^"]+)"')
def answers_by_letter(story, worker, text):
    story.reply_with(worker, text, by_post=True, address=["Sam Okafor", "12 Mill Lane", "Northmere", "LA1 1AA"])


@verb(r"(\d+) letters? lies? in the print room's folder of (\w{3} \d{1,2} \w{3}), naming (.+)")
def in_print_room(story, count, day_of, words):
    day_of = story.iso(day_of)
    folder = os.path.join(story.program.folder, "print-room", day_of)
    with open(os.path.join(folder, "manifest.csv"), encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest))
    same(len(rows), int(count), f"letters in the manifest of {day_of}")
    told = {d["day"]: d["letters"] for d in story.program.get("print-days")["days"]}
    same(told.get(day_of), int(count), "letters of that day on the page")
    text = subprocess.run(["pdftotext", "-layout", os.path.join(folder, rows[-1]["file"]), "-"], capture_output=True, text=True, check=True).stdout
    for wanted in (words, "Sam Okafor", "LA1 1AA"):
        if wanted not in " ".join(text.split()):
            raise Wrong(f"{wanted!r} is not in:\n{text}")


@verb(r"([\w ]+) says that the letters of (\w{3} \d{1,2} \w{3}) are posted")
def are_posted(story, worker, day_of):
    story.act(f"print-days/{story.iso(day_of)}/posted", {"staff": STAFF[worker]})


@verb(r'([\w ]+) has the letter in hand: "([^"]+)"')
def letter_in_hand(story, worker, why):
    sent = [i["message"] for i in story.it()["timeline"] if i["badge"].startswith("Sent") and i["message"].startswith("r-")]
    story.act(f"messages/{sent[0]}/came-back", {"staff": STAFF[worker], "why": why})


@verb(r"it is (not )?offered as no answer needed")
def is_offered(story, no):
    same(story.it()["thanks_only"], not no, "whether it is offered")


@verb(r'parent (\w+)(?: \w+)? emails "([^"]+)" with us only in copy(?:, saying "([^"]+)")?')
def emails_in_copy(story, who, subject, text):
    name, address = PEOPLE[who]
    message = EmailMessage()
    message["From"], message["To"], message["Cc"], message["Subject"] = f"{name} <{address}>", "head@school.example", MAILBOX, subject
    message["Date"], message["Message-ID"] = story.program.date_header(), f"<copy.{who.lower()}@example.org>"
    message.set_content(text or "Dear head teacher, this is about the taxi.")
    story.program.send(address, message.as_bytes())
    story.program.go_to(story.program.now)
    story.conversation = story.newest_conversation()


@verb(r'an automatic reply comes from (\w+): "([^"]+)"')
def automatic_reply(story, who, subject):
    name, address = PEOPLE[who]
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Auto-Submitted"] = f"{name} <{address}>", MAILBOX, subject, "auto-replied"
    message["Date"], message["Message-ID"] = story.program.date_header(), f"<auto.{who.lower()}@example.org>"
    message.set_content("I am away until Monday.")
    story.program.send(address, message.as_bytes())
    story.program.go_to(story.program.now)
    story.conversation = story.newest_conversation()


@verb(r'it is set aside: "([^"]+)"')
def is_aside(story, because):
    row = story.it()
    same(row["standing"], "aside", "where it stands")
    same(because in row["because"], True, f"{because!r} in {row['because']!r}")


@verb(r"the program is down until (\w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d)")
def is_down(story, until):
    story.program.kill()
    story.program.start(datetime.strptime(until, "%a %d %b %Y %H:%M"))
    story.program.go_to(story.program.now)


@verb(r'(\w+ \w+) has been told by email (\d+) times?(?:, last that "([^"]+)")?')
def staff_told(story, who, count, subject):
    emails = story.peer.to(STAFF[who].replace("-", ".") + "@northmere.example")
    same(len(emails), int(count), f"emails to {who}")
    if subject:
        same(emails[-1].subject, subject, f"the last email to {who}")
    for word in ("Okafor", "Bennett", "Ada", "Sam "):
        if any(word in x.text for x in emails):
            raise Wrong(f"an email to {who} names a family: {word}")


@verb(r"it went up because (\w+ \w+) (is away|did not answer)")
def went_up_because(story, who, why):
    row = story.it()
    same((row["late_because"], row["late_owner"]), ({"is away": "owner_is_away", "did not answer": "owner_did_not_answer"}[why], STAFF[who]), "why it went up")


@verb(r"(\w+ \w+) gives all that went up to (\w+ \w+), and the families are told")
def gives_all(story, who, to):
    rows = {row["conversation"] for row in story.program.conversations(rung=1)}
    story.act("hand-over", {"staff": STAFF[who], "to": STAFF[to], "conversations": sorted(rows), "tell_family": True})


@verb(r"there is a possible complaint")
def possible_complaint(story):
    same([c["stands"] for c in story.program.get("complaints")["complaints"] if c["conversation"] == story.conversation], ["possible"], "complaints about it")


@verb(r"(\w+ \w+) files the complaint")
def files(story, who):
    story.act(f"conversations/{story.conversation}/file-complaint", {"staff": STAFF[who]})


@verb(r"(\w+ \w+) cannot file the complaint")
def cannot_file(story, who):
    try:
        story.program.ask(f"conversations/{story.conversation}/file-complaint", {"staff": STAFF[who]})
    except Refused:
        return
    raise Wrong(f"{who} filed a complaint")


@verb(r"(\w+ \w+) does not file it, because the family does not want it")
def declines(story, who):
    story.act(f"conversations/{story.conversation}/decline-complaint", {"staff": STAFF[who], "reason": "family_does_not_want_it"})


@verb(r"the complaint is (filed|declined)")
def complaint_stands(story, stands):
    same([c["stands"] for c in story.program.get("complaints")["complaints"] if c["conversation"] == story.conversation], [stands], "the complaint")


@verb(r"the answer to the complaint is given")
def complaint_answered(story):
    owed = [p for p in story.it()["owed"] if p["kind"] == "complaint"]
    same(len(owed), 1, "complaints that are owed an answer")
    story.act(f"conversations/{story.conversation}/done", {"staff": owed[0]["owner"], "promise": owed[0]["promise"]})
# -- the directory

def address_of(who):
    return PEOPLE[who][1] if who in PEOPLE else who.strip('"')


def edit_contacts(story, change):
    path = os.path.join(story.program.folder, "contacts.csv")
    rows = list(csv.reader(open(path, newline="", encoding="utf-8")))
    csv.writer(open(path, "w", newline="", encoding="utf-8")).writerows(rows[:1] + change(rows[1:]))


def import_lists(story, *words):
    paths = [os.path.join(story.program.folder, name) for name in ("teams.csv", "staff.csv", "cases.csv", "contacts.csv")]
    story.said = story.program.command("directory", "import", *paths, *words, check=False)
    story.program.go_to(story.program.now)


@verb(r'the council.s list has ([\w ]+) at "([^"]+)" as (\w+) of ([\w ]+) too')
def list_has_too(story, name, address, relation, child):
    edit_contacts(story, lambda rows: rows + [[CHILDREN[child], name, address, relation]])


@verb(r"the council.s list has ([\w ]+) no longer")
def list_has_no_longer(story, name):
    edit_contacts(story, lambda rows: [row for row in rows if row[1] != name])


@verb(r'the council.s list has the address "([^"]+)" for "([^"]+)"')
def list_has_address(story, new, old):
    edit_contacts(story, lambda rows: [[new if cell == old else cell for cell in row] for row in rows])


@verb(r'the lists are imported(?:, (\d+) % allowed)?, and it says "([^"]+)"')
def lists_imported(story, share, words):
    import_lists(story, *(["--allow-share", share] if share else []))
    if words not in story.said:
        raise Wrong(f"{words!r} is not in:\n{story.said}")


@verb(r'([\w ]+) enters the new address "([^"]+)" of (\w+), (told by telephone|told in person|from a letter|written from the old address)')
def enters_address(story, worker, address, who, how):
    proof = {"told by telephone": "told_by_telephone", "told in person": "told_in_person", "from a letter": "letter", "written from the old address": "from_old_address"}[how]
    story.act(f"contacts/{story.contact(who)}/correct", {"staff": STAFF[worker], "email": address, "before": PEOPLE[who][1], "proof": proof})


@verb(r'([\w ]+) confirms the new address of (\w+): "([^"]+)"')
def confirms_address(story, worker, who, reason):
    story.act(f"contacts/{story.contact(who)}/confirm", {"staff": STAFF[worker], "reason": reason})


@verb(r'([\w ]+) cannot confirm the new address of (\w+): "([^"]+)"')
def cannot_confirm(story, worker, who, words):
    try:
        story.act(f"contacts/{story.contact(who)}/confirm", {"staff": STAFF[worker], "reason": "I am sure."})
    except Refused as refusal:
        same(words in str(refusal), True, f"{words!r} in {refusal}")
        return
    raise Wrong("it was confirmed")


@verb(r'we write to (\w+) at "([^"]+)"')
def we_write_at(story, who, address):
    known = story.program.get(f"contacts/{story.contact(who)}")["addresses"]
    same([a["email"] for a in known if a["until"] is None][0], address, f"the address of {who}")


@verb(r'the address "([^"]+)" has been sent "([^"]+)"(?: naming (.+))?')
def address_sent(story, address, subject, names):
    letters = [x for x in story.peer.to(address) if x.subject == subject]
    if not letters:
        raise Wrong(f"{address} has not been sent {subject!r}, but {[x.subject for x in story.peer.to(address)]}")
    for name in re.split(r" and |, ", names or ""):
        same(not name or name in " ".join(letters[-1].text.split()), True, f"{name!r} in:\n{letters[-1].text}")


@verb(r'nothing sent to ("[^"]+"|\w+) says ("[^"]+"|\w+)')
def sent_says_not(story, who, word):
    for letter in story.peer.to(address_of(who)):
        same(word.strip('"') in letter.text or word.strip('"') in str(letter.mail), False, f"{word} in what {who} was sent")


@verb(r'the address "([^"]+)" writes to us, signing as ([\w ]+): "([^"]+)"(?:, saying "([^"]+)")?')
def address_writes(story, address, name, subject, text):
    story.mail_from(name, address, subject, text or "Can you tell me, please?")
    story.conversation = story.newest_conversation()


@verb(r'the address "([^"]+)" replies to "([^"]+)" saying "([^"]+)"')
def address_replies(story, address, subject, text):
    letter = [x for x in story.peer.to(address) if x.subject == subject][-1]
    story.mail_from("", address, "Re: " + subject, text, [letter.message_id], str(letter.mail["Reply-To"]))
    story.conversation = story.newest_conversation()


@verb(r"it could be about (.+)")
def could_be_about(story, children):
    found = {c["child"] for c in story.program.get(f"conversations/{story.conversation}/guesses")["guesses"]}
    same(found, set(re.split(r" or |, ", children)), "the guesses")


@verb(r"(\d+) families of ([\w ]+) write")
def many_write(story, count, worker):
    """New families with a child each, all with this caseworker, who write one email each."""
    path = lambda name: os.path.join(story.program.folder, name)
    for name, row in (("cases.csv", lambda n: [f"NM-3{n:03}", f"Kit Number{n}", "5", STAFF[worker], "", "2024-01-08"]), ("contacts.csv", lambda n: [f"NM-3{n:03}", f"Robin Number{n}", f"robin.{n}@example.org", "mother"])):
        with open(path(name), "a", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows(row(n) for n in range(int(count)))
    import_lists(story)
    for n in range(int(count)):
        story.mail_from(f"Robin Number{n}", f"robin.{n}@example.org", "Taxi", "When does the taxi start?")
    story.program.go_to(story.program.now)
