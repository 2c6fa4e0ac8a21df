"""The council's lists, addresses and their corrections."""
import csv
import os
import re

from harness.program import Refused
from stories.story import CHILDREN, PEOPLE, STAFF, Wrong, same, verb


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
