"""The demo's page in pieces of HTML: the server sends a piece again when its words have changed."""
import html
import os
import string
from datetime import timedelta

from families import day
from record import clock_words, day_words, evening_words
from town import SAMS_WORDS, is_open, is_working_day, left_at

HERE = os.path.dirname(os.path.abspath(__file__))
STRIP_FROM, STRIP_DAYS = day(11, 0), 5
BUTTONS = [("evening", "To 6pm"), ("morning", "To the morning"), ("monday", "To Monday night")]
RUNGS = [("with_complaints_team", "Complaints team"), ("with_head_of_service", "Head of service"), ("with_team_manager", "Team manager")]


def say(text):
    return html.escape(str(text))


def number(n, one=None, many=None):
    return f"{n:,} {one if n == 1 else many}" if one else f"{n:,}"


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


def whole(pieces):
    return string.Template(read("page.html")).substitute(pieces, words=say(SAMS_WORDS))


def clock(now):
    why = "Emails may leave for families." if is_open(now) else "Nothing leaves for a family until the next working morning, 8am."
    return f'<p class="hd-time">{day_words(now)}, <span class="hd-hands">{clock_words(now)}</span></p><p class="hd-why">{why}</p>{strip(now)}'


def strip(now):
    """The days from Thursday on: light while emails may leave, dark while none may, and a hand where the clock is."""
    first = STRIP_FROM + timedelta(days=max(0, (now.date() - STRIP_FROM.date()).days - STRIP_DAYS + 1))
    at = (now - first).total_seconds() / 86400 / STRIP_DAYS * 500
    days = []
    for n in range(STRIP_DAYS):
        midnight = first + timedelta(days=n)
        window = f'<rect class="hd-open" x="{n * 100 + 33.3:.1f}" y="0" width="41.7" height="16"/>' if is_working_day(midnight) else ""
        days.append(f'{window}<text x="{n * 100 + 50}" y="29">{midnight:%A}</text>')
    return (f'<svg class="hd-strip" viewBox="0 0 500 34" role="img" aria-label="{say(day_words(now))}, {clock_words(now)}, on a line of five days"><rect class="hd-shut" width="500" height="16"/>'
            f'{"".join(days)}<rect class="hd-past" width="{at:.1f}" height="16"/><rect class="hd-hand" x="{at - 1.5:.1f}" y="-1" width="3" height="20"/></svg>')


def buttons(moving, killing):
    off = " disabled" if killing else ""
    first = '<button class="govuk-button" name="to" value="stop">Stop the clock</button>' if moving else f'<button class="govuk-button" name="to" value="on"{off}>Go on</button>'
    rest = "".join(f'<button class="govuk-button govuk-button--secondary" name="to" value="{to}"{off}>{words}</button>' for to, words in BUTTONS)
    return f'{first}{rest}<button class="govuk-button govuk-button--warning" name="to" value="kill" formaction="/demo/kill"{off}>Kill the program</button>'


def ladder(figures):
    """How many conversations stand on each rung now, the highest at the top, over the ground where the caseworkers are."""
    above = sum(figures[name] for name, _ in RUNGS)
    most = max(40, *(figures[name] for name, _ in RUNGS))
    rungs = []
    for n, (name, words) in enumerate(RUNGS):
        y, wide = n * 28, figures[name] / most * 184
        rungs.append(f'<text x="114" y="{y + 18}" text-anchor="end">{words}</text><rect class="hd-rung-{n}" x="125" y="{y + 5}" width="{wide:.1f}" height="17"/>'
                     f'<line class="hd-rung" x1="124" x2="312" y1="{y + 24}" y2="{y + 24}"/><text class="hd-count" x="322" y="{y + 18}">{figures[name]}</text>')
    ground = f"With their caseworkers: {number(figures['open'] - above)}" + (f", {number(figures['broken'] - above)} of them late" if figures["broken"] > above else "")
    words = ground + ". " + ", ".join(f"{title} {figures[name]}" for name, title in reversed(RUNGS))
    return (f'<svg viewBox="0 0 350 122" role="img" aria-label="{say(words)}"><rect class="hd-ground" y="96" width="350" height="26"/><line class="hd-pole" x1="124" x2="124" y1="0" y2="98"/><line class="hd-pole" x1="312" x2="312" y1="0" y2="98"/>'
            f'{"".join(rungs)}<text class="hd-count" x="10" y="114">{ground}</text></svg>')


def note(sentence, link=None):
    more = f'<p><a class="govuk-link" href="{link[0]}" target="{link[1]}">{say(link[2])}</a></p>' if link else ""
    return f'<p><strong>{say(sentence)}</strong></p>{more}'


def counts(figures, sent):
    numbers = [(figures["totals"].get("received", 0), "emails have come in"), (sent, "sent to families"), (figures["waiting_for_window"], "wait until morning"), (figures["broken"], "past the day that was told")]
    return "".join(f"<li><b>{number(n)}</b> {words}</li>" for n, words in numbers)


def proof(kill, accepted, received, sent, twice, evenings):
    """Everything here is counted: by the senders, by the program's figures, from the relay's mailboxes."""
    rows = f'<ul class="hb-proof"><li><b>{number(accepted)}</b> emails accepted</li><li><b>{number(received)}</b> stored</li><li><b>{number(accepted - received)}</b> lost</li><li><b>{number(sent)}</b> sent to families</li><li><b>{number(twice)}</b> sent twice</li></ul>'
    honest = f"<p>{number(twice, 'email', 'emails')} went a second time, because the kill fell between handing it over and writing that down. It has the same number, so mail programs show it once, and the page of the message says so.</p>" if twice else ""
    if kill is None:
        told = "<p><strong>Kill the program</strong> sends in emails over several connections at once, kills it in the middle with SIGKILL and starts it again. Then count.</p>"
    elif not kill.done:
        told = f"<p>{number(kill.accepted)} of {kill.MAILS} emails accepted.</p>"
    else:
        told = f"<p>Killed {day_words(kill.at)}, {clock_words(kill.at)}, after {kill.in_hand} of {kill.MAILS} emails over {kill.CONNECTIONS} connections. Up again in {kill.back_after:.1f} seconds. Of these {kill.MAILS}: <b id=\"kill-accepted\">{kill.accepted}</b> accepted, <b id=\"kill-stored\">{kill.stored}</b> stored, <b>{kill.accepted - kill.stored}</b> lost.</p>"
    last = f'<p class="hd-last">{evening_words(*evenings)}</p>'
    return rows + honest + told + last


def record(lines):
    return "".join(f'<tr id="{say(event)}"><td>{number(sequence)}</td><td>{at:%a} {clock_words(at)}</td><td>{say(what)}</td><td>{say(words)}</td><td>{seal[:4]}…{seal[-4:]}</td></tr>' for event, sequence, at, what, words, seal in lines)


def telephone(letters, written):
    """Her mailbox as the relay has it, and what she wrote herself, in the order of time; the newest is last and open."""
    items = [(left_at(x), n, x) for n, x in enumerate(letters)] + [(at, -1, words) for at, words in written]
    items.sort(key=lambda each: (each[0], each[1] >= 0))
    newest = max((n for _, n, _ in items), default=None)
    shown = []
    for at, n, what in items:
        when = f'<span class="hd-when">{at:%a} {at.day} {at:%b}, {clock_words(at)}</span>'
        if n < 0:
            shown.append(f'<li class="hd-mine" id="mine-{at:%d%H%M}-{len(what)}">{when}<strong>You wrote</strong><p>{say(what)}</p></li>')
        else:
            who = str(what.mail["From"]).split("<")[0].split(",")[0].strip(' "')
            shown.append(f'<li id="mail-{n}"><details{" open" if n == newest else ""}><summary>{when}<strong>{say(who)}</strong><span class="hd-subject">{say(what.subject)}</span></summary>'
                         f'<iframe sandbox="allow-same-origin" src="/demo/mail/{n}" title="{say(what.subject)}" tabindex="0"></iframe></details></li>')
    return "".join(shown) or '<li class="hd-mine">No email yet.</li>'


def restarting(form_was_sent):
    what = "Go back and send the form once more: your words are still there." if form_was_sent else "This page comes back by itself."
    return page_of("It is being started again", f'<h1 class="govuk-heading-l">The program is dead</h1><p class="govuk-body">It was killed, and it is being started again. {what}</p>', "" if form_was_sent else '<meta http-equiv="refresh" content="1">')


def page_of(title, body, head="", main=' class="govuk-width-container hb-main"'):
    return f'<!DOCTYPE html>\n<html lang="en-GB" class="govuk-template"><head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/assets/hearback.css"><link rel="stylesheet" href="/demo/demo.css">{head}</head><body class="govuk-template__body"><main{main}>{body}</main></body></html>'
