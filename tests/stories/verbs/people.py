"""Who is here, who is away, who answers instead."""
from harness.program import Refused
from stories.story import STAFF, Wrong, same, verb


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
