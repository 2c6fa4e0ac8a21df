"""What goes up, notices to staff, possible complaints."""
import re
import urllib.parse
import urllib.request

from harness.program import Refused
from stories.story import STAFF, Wrong, same, verb


@verb(r"(team manager|head of service|complaints team) ([\w ]+) has the escalation")
def has_escalation(story, role, name):
    row = story.it()
    same((row["rung"], row["with_name"]), ({"team manager": 1, "head of service": 2, "complaints team": 3}[role], name), "who has it")


@verb(r"nobody above has it")
def nobody_above(story):
    same(story.it()["rung"], 0, "the rung")


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
    story.said = story.act("hand-over", {"staff": STAFF[who], "to": STAFF[to], "conversations": sorted(rows), "tell_family": True})


@verb(r'the decision says "([^"]+)"')
def decision_says(story, words):
    same(story.said["words"], words, "what the decision says")


@verb(r"the page shows (\w+ \w+) that (\w+ \w+) had (\d+) of them before and (\w+ \w+) has them now")
def page_shows(story, reader, before, count, now):
    """As a browser without scripts sees it."""
    web = f"http://127.0.0.1:{story.program.web_port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = browser.open(web + "/sign-in").read().decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    browser.open(web + "/sign-in", urllib.parse.urlencode({**hidden, "person": STAFF[reader]}).encode())
    page = browser.open(web + "/gone-up?act=" + story.said["act"]).read().decode()
    same(page.count(f'<td data-label="Before">{before}</td><td data-label="Now with">{now}</td>'), int(count), "rows given away")


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
