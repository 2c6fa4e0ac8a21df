"""Mail that comes and mail that goes, and the program under it."""
import csv
import os
import re
from datetime import datetime
from email.message import EmailMessage

from harness.program import MAILBOX
from stories.verbs.directory import import_lists
from stories.story import PEOPLE, STAFF, Wrong, same, verb


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


@verb(r"the program is restarted")
def restarted(story):
    story.program.stop()
    story.program.start()


@verb(r"the program is killed and started again")
def killed(story):
    story.program.kill()
    story.program.start()


@verb(r"(\d+) (?:strangers|families) have been sent \"([^\"]+)\"")
def families_sent(story, count, subject):
    same(len({str(x.mail["To"]) for x in story.peer.letters if x.subject == subject}), int(count), f"people who were sent {subject!r}")


@verb(r"no email to (\w+) names (\w+)")
def names_not(story, who, other):
    for letter in story.letters(who):
        if other in letter.text or other in str(letter.mail):
            raise Wrong(f"{other!r} is in:\n{letter.text}")


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


@verb(r"the program is down until (\w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d)")
def is_down(story, until):
    story.program.kill()
    story.program.start(datetime.strptime(until, "%a %d %b %Y %H:%M"))
    story.program.go_to(story.program.now)


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
