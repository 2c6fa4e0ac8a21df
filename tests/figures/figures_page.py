"""The managers' page as it is read, and as a count by hand says that it must read."""
import collections
import html
import re
import urllib.parse
from datetime import timedelta

RUNG_NAMES = ("Team manager", "Head of service", "Complaints team")
BROKEN_SHOWN, NIGHTS_SHOWN, WEEKS_SHOWN = 60, 7, 6


def plain(markup):
    """What stands there to be seen."""
    seen = re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", seen)).split())


def read(page):
    """Each table's rows by its caption; the strip above; the bars of each picture as (label, words, note)."""
    found = {}
    for table in re.findall(r"<table.*?</table>", page, re.S):
        caption = plain(re.sub(r'<caption class="govuk-visually-hidden">', "<caption>", re.search(r"<caption.*?</caption>", table, re.S)[0]))
        body = re.search(r"<tbody.*?</tbody>", table, re.S)[0]
        found[caption] = [[plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in re.findall(r"<tr.*?</tr>", body, re.S)]
    strip = re.search(r'<ul class="hb-strip.*?</ul>', page, re.S)[0]
    found["strip"] = [plain(each) for each in re.findall(r"<li.*?</li>", strip, re.S)]
    drawing = re.search(r'<section class="hb-fig" aria-labelledby="kept">.*?</svg>', page, re.S)[0]
    found["weeks"] = [plain(each) for each in re.findall(r"<text[^>]*>(.*?)</text>", drawing, re.S)]
    return found


def seen(manager, team, weeks):
    return read(manager.ask("GET", "/figures?" + urllib.parse.urlencode({"team": team, "weeks": weeks}))[2].decode())


def hours(seconds):
    if seconds is None:
        return "-"
    h, m = divmod(seconds // 60, 60)
    return f"{m}m" if not h else f"{h}h {m}m" if m else f"{h}h"


def percent(part, of):
    return f"{(100 * part + of // 2) // of}%" if of else "-"


def short_moment(at):
    if not at:
        return "-"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at:%a} {at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def expected(hand, now, team, period, weeks_of):
    f, since, until = hand.figures(now, team, *period), *period
    p, times, up = f["promises"], f["time_to_answer"], f["went_up"]
    broken = [t for t in hand.of_team(team) for q in t.promises if q.kept is None and q.is_broken(now)]
    clock = lambda name, words: [words, hours(times[name]["half_within"]), hours(times[name]["nine_in_ten_within"]), str(times[name]["answers"])]
    share = lambda words, kept, due: [words, str(p[kept]), str(p[due]), percent(p[kept], p[due])]
    age = lambda n: "Today" if n == 0 else f"{n} day" + ("s" if n > 1 else "") + (" or more" if n == 4 else "")
    closed = [t.team for t in hand.of_team(team) for q in t.promises if q.kept and since <= q.kept < until and q.how == "no_answer_needed"]
    no_answer = collections.Counter(closed).values()
    with_somebody = sum(f["with_" + r] for r in up)
    bars = []
    for back in range(WEEKS_SHOWN - 1, -1, -1):
        w = hand.figures(now, team, *weeks_of(now.date() - timedelta(7 * back), 1))["promises"]
        monday = weeks_of(now.date() - timedelta(7 * back), 1)[0]
        bars += [f"{monday.day} {monday:%B}", f"{percent(w['kept'], w['due'])} " + (f"{percent(w['kept_by_answering'], w['due_an_answer'])} by answering" if w["due"] else "none due")]
    return {
        "strip": [f"{f['broken']} Broken now" + (f" {with_somebody} went up" if with_somebody else ""), f"{f['open']} Open", f"{percent(p['kept'], p['due'])} Kept, our count {percent(p['kept_on_first_day'], p['due_an_answer'])} as families see it",
                  f"{hours(times['since_written']['half_within'])} Half answered in 9 in 10 within {hours(times['since_written']['nine_in_ten_within'])}", f"{f['waiting_for_window']} Wait until morning", f"{f['matching']} Not matched", f"{f['returned']} Came back"],
        "Broken now": [[t.family.child if t.owner else "Not matched yet"] for t in broken],
        "Open messages by working days since the family wrote": [[age(a["days"]), str(a["open"]), str(a["late"])] for a in f["open_by_age"]] + [["All", str(f["open"]), str(f["broken"])]],
        "To whom it went": [[words, str(up[name])] for words, name in zip(RUNG_NAMES, up)],
        "How often something went up, by cause": causes(hand, now, team, since, until),
        "Share kept in the time that you chose": [share("Our count", "kept", "due"), share("Without “no answer needed”", "kept_by_answering", "due_an_answer"), share("Without days we moved, as families see it", "kept_on_first_day", "due_an_answer")],
        "Messages that were closed without an answer": [["All", str(sum(no_answer))], ["To look at again, 1 in 5 of each team", str(sum(-(-n // 5) for n in no_answer))]],
        "weeks": bars,
        "Working time to an answer": [clock("since_written", "Since the family wrote"), clock("since_given", "Since it was given to someone"), clock("before_given", "Before anyone had it")],
        "Replies that waited, and when the last one left": [[n["words"], str(n["waited"]), str(n["stopped"]), short_moment(n["last_left"])] for n in hand.nights_words(f["nights"])[-NIGHTS_SHOWN:]] or [["None", "0", "0", "-"]],
        "Where the rest stands": [["With the team manager", str(f["with_team_manager"])], ["With the head of service", str(f["with_head_of_service"])], ["With the complaints team", str(f["with_complaints_team"])],
                                  ["Set aside: automatic replies, delivery reports, copies", str(f["set_aside"])], ["Could not be understood", "0"], ["Nothing is owed now", str(f["settled"])]]}


def causes(hand, now, team, since, until):
    counts = collections.defaultdict(lambda: [0, 0, 0])
    for up in hand.went_up(now, team, since, until):
        counts[up.because, up.owner][up.rung - 1] += 1
    said = {"owner_is_away": "{} is away", "owner_did_not_answer": "{} did not answer", "not_matched": "Nobody has matched it to a child"}
    order = sorted(counts.items(), key=lambda each: (-sum(each[1]), each[0][0], each[0][1] or ""))
    return [[said[because].format(hand.names.get(owner, "")), *map(str, n)] for (because, owner), n in order] or [["None", "0", "0", "0"]]


def compared_with(shown, wanted):
    """What is shown of broken promises in an order of its own, and at most so many."""
    broken = collections.Counter(row[0] for row in shown.get("Broken now", []))
    all_broken = collections.Counter(row[0] for row in wanted["Broken now"])
    agrees = not broken - all_broken and broken.total() == min(all_broken.total(), BROKEN_SHOWN)
    return {**shown, "Broken now": agrees}, {**wanted, "Broken now": True}
