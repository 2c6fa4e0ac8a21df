"""Calls, letters in, letters out."""
import csv
import os
import subprocess

from stories.story import CHILD_OF, PEOPLE, STAFF, Wrong, same, verb


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
