"""Who has a message, what is owed, and what counts as an answer."""
import re
from datetime import datetime

from harness.program import Refused
from stories.story import CHILDREN, STAFF, Wrong, day, same, verb


@verb(r"(?:it|the conversation) waits in the queue of caseworker ([\w ]+), to be answered by (\w{3} \d{1,2} \w{3})")
def waits_in_queue(story, worker, by):
    rows = [r for r in story.program.conversations(owner=STAFF[worker], standing="open") if r["conversation"] == story.conversation]
    same(len(rows), 1, f"conversations of this story in the queue of {worker}")
    told = datetime.strptime(rows[0]["answer_by"], "%Y-%m-%d")
    same((told.day, told.month), (day(by).day, day(by).month), "the day to be answered by")


@verb(r"it has the reason \"([^\"]+)\"")
def has_reason(story, words):
    same(words in story.it()["because"], True, f"{words!r} in {story.it()['because']!r}")


@verb(r"the promise to \w+ is (open|broken|kept|kept late)")
def promise_is(story, how):
    row = story.it()
    state = ("kept late" if row["answered_late"] else "kept") if row["standing"] == "kept" else "broken" if row["broken"] else "open"
    same(state, how, "the promise")


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


@verb(r"the timeline says \"([^\"]+)\"")
def timeline_says(story, words):
    items = story.it()["timeline"]
    if not any(words in i["title"] + " " + i["because"] + " " + i["badge"] for i in items):
        raise Wrong(f"{words!r} is not in the timeline:\n" + "\n".join(f"  {i['title']} | {i['because']} | {i['badge']}" for i in items))


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


@verb(r"([\w ]+) (?:takes it up again|says that it needs an answer)")
def takes_up(story, worker):
    story.act(f"conversations/{story.conversation}/reopen", {"staff": STAFF[worker]})


@verb(r"(\d+) conversations wait in the queue of caseworker ([\w ]+)")
def so_many_wait(story, count, worker):
    same(len(story.program.conversations(owner=STAFF[worker], standing="open")), int(count), f"conversations in the queue of {worker}")


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


@verb(r"it is (not )?offered as no answer needed")
def is_offered(story, no):
    same(story.it()["thanks_only"], not no, "whether it is offered")


@verb(r'it is set aside: "([^"]+)"')
def is_aside(story, because):
    row = story.it()
    same(row["standing"], "aside", "where it stands")
    same(because in row["because"], True, f"{because!r} in {row['because']!r}")


@verb(r"it could be about (.+)")
def could_be_about(story, children):
    found = {c["child"] for c in story.program.get(f"conversations/{story.conversation}/guesses")["guesses"]}
    same(found, set(re.split(r" or |, ", children)), "the guesses")


@verb(r'it is likely about ([\w ]+): "([^"]+)"')
def likely_about(story, child, why):
    guesses = story.program.get(f"conversations/{story.conversation}/guesses")["guesses"]
    same((guesses[0]["child"], guesses[0]["likely"]) if guesses else None, (child, True), "the first guess")
    same(why in guesses[0]["why"], True, f"{why!r} in {guesses[0]['why']!r}")


@verb(r"nobody can say which child it is about")
def no_guess(story):
    same(story.program.get(f"conversations/{story.conversation}/guesses")["guesses"], [], "the guesses")
