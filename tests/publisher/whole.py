#!/usr/bin/env python3
"""The events topic on a real broker, as somebody else's program reads it. Its count of escalations agrees with the managers' figures, every record is as
asyncapi.yaml says, no word of a family is in the topic's bytes; and the program killed while it publishes, and a second publisher by mistake, leave
every event there, in order, repeats only with the same id.

  whole.py BINARY VENV [--seed N]      VENV: where requirements.txt is installed, once
"""
import collections
import glob
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import datetime
from email.message import EmailMessage

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
KILLS, MAILS_A_SECOND = 6, 25


def concluded(program):
    """All that counted, by the program's own word."""
    return [json.loads(line) for line in program.command("journal", "--json").splitlines()]


def until_published(reader, program, seconds=30):
    """The records, once the last event that counted is among them."""
    events, end = concluded(program), time.monotonic() + seconds
    while time.monotonic() < end:
        records = reader.records()
        if records and records[-1].id == events[-1]["id"]:
            return events, records
        time.sleep(0.1)
    raise AssertionError(f"{events[-1]['id']} was not published within {seconds} s")


def check_complete(events, records):
    wanted, once = [e["id"] for e in events], once_each(records)
    first_copies = list(dict.fromkeys(r.id for r in records))
    assert first_copies == wanted, f"{len(wanted)} events counted, {len(first_copies)} were published, or in another order: {next((a, b) for a, b in zip(wanted + [None], first_copies + [None]) if a != b)}"
    assert [r.id for r in once] == wanted, "who skips what is not above the highest sequence has not each event once"
    copies = collections.defaultdict(set)
    for r in records:
        copies[r.id].add((r.sequence, r.key, r.value, tuple(sorted(r.headers.items()))))
    assert all(len(each) == 1 for each in copies.values()), "two copies of an event are not the same"
    return len(records) - len(wanted)


# -- figures, the description, and the words of families

def mail_of(family, program, subject, text):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{family.parent} <{family.email}>", MAILBOX, subject
    mail["Date"], mail["Message-ID"] = program.date_header(), f"<{re.sub('[^a-z]', '', subject.lower())}.{family.case}@example.org>"
    mail.set_content(text)
    return mail.as_bytes()


def at(day, hour, minute=0):
    return datetime(2024, 2, day, hour, minute)


SAID = {"Zebra crossing on Larkspur Lane": "Wheelchair taxi never came to Larkspur Lane, and Bluebell nurse is worried.\n",
        "Quilted harness": "The quilted harness for the minibus is torn.\n",
        "Grommets again": "Grommets surgery moved to Marigold clinic.\n"}


def live_a_fortnight(program, people):
    """Some conversations go up three rungs, some two, one; some come down again."""
    subjects = list(SAID)

    def write(who, n):
        program.send(who.email, mail_of(who, program, subjects[n % 3], SAID[subjects[n % 3]]))
        program.go_to(program.now)

    def answer(who):
        row = next(r for r in program.conversations() if r["writer"] == who.parent)
        told = program.get("conversations/" + row["conversation"])
        program.ask(f"conversations/{row['conversation']}/reply", {"staff": row["owner"], "last_seen": told["newest_message"], "subject": "Your question",
                                                                   "text": "We have spoken to Periwinkle Transport and it is arranged from Monday. I am sorry that you had to wait.\n"})

    program.go_to(at(5, 9))
    for n, who in enumerate(people[:4]):
        write(who, n)
    program.go_to(at(6, 10))
    answer(people[3])                                    # in time: never goes up
    program.go_to(at(7, 9))
    for n, who in enumerate(people[4:7]):
        write(who, n)
    answer(people[2])                                    # with the team manager already
    program.send("stranger.tansy@example.net", mail_of(Family(9, "Ivy", "Tansy", "Thistlewood", "mother", "", ""), program, "Grommets again", SAID["Grommets again"]))
    program.go_to(at(9, 9))
    write(people[7], 1)
    program.go_to(at(13, 8, 30))
    answer(people[0])                                    # from the third rung back to nobody


def by_rung(events):
    """What another team counts: how often each rung was reached, and who has what now."""
    reached, now = collections.Counter(), {}
    for e in events:
        if e.type == "ConversationEscalated":
            reached[e.data["rung"]] += 1
            now[e.data["conversation"]] = e.data["rung"]
        elif e.type == "EscalationEnded":
            now.pop(e.data["conversation"], None)
    return reached, collections.Counter(now.values())


def check_figures(events, figures):
    reached, now = by_rung(events)
    assert all(reached[rung] > now[rung] or rung == 3 for rung in (1, 2, 3)) and all(reached[rung] for rung in (1, 2, 3)), f"the story is too thin: {reached}, {now}"
    counted = {f"escalated_{rung}": n for rung, n in reached.items()}
    shown = {name: n for name, n in figures["totals"].items() if name.startswith("escalated_")}
    assert counted == shown, f"by the topic {counted}, by the figures {shown}"
    shown = [figures[name] for name in ("with_team_manager", "with_head_of_service", "with_complaints_team")]
    assert [now[rung] for rung in (1, 2, 3)] == shown, f"by the topic {now}, by the figures {shown}"
    return dict(sorted(reached.items())), shown


def words_of(people):
    """Names, addresses and what was written: whatever tells one family from another."""
    found = {w for f in people for name in (f.parent, f.child) for w in (name, *name.split())} | {f.email for f in people}
    return found | {w for text in (*SAID, *SAID.values(), "Periwinkle Transport", "Thistlewood", "stranger.tansy@example.net") for w in re.findall(r"[\w.@]+", text) if len(w) > 6}


def check_silence(people, broker_folder, program):
    raw = b"".join(open(path, "rb").read() for path in glob.glob(f"{broker_folder}/logs/hearback.{AUTHORITY}.events.v1-0/*.log"))
    assert b"ConversationEscalated" in raw, "these are not the bytes of the topic"
    open_text = program.command("journal", "--json")
    words = [w for w in words_of(people) if re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", open_text)]
    assert len(words) > 40, f"only {len(words)} words of families are in the journal: this looks for nothing"
    heard = [w for w in words if re.search(rb"(?<![\w-])" + re.escape(w).encode() + rb"(?![\w-])", raw)]
    assert not heard, f"others can read {heard}"
    return len(words), len(raw)


def page(program, path):
    """Status and text of a page for machines."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{program.web_port}/{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def until(what, holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.2)


def without_the_topic(program, reader, family):
    """Somebody deletes the topic: families do not notice, the operator is told, and a new one gets everything again."""
    reader.delete_topic()
    began = time.monotonic()
    program.send(family.email, mail_of(family, program, "Quilted harness", SAID["Quilted harness"]))
    program.go_to(at(13, 9))
    took = time.monotonic() - began
    assert took < 5 and family.parent in {r["writer"] for r in program.conversations()}, f"a mail took {took:.1f} s"
    until("/health says which topic is missing", lambda: page(program, "health")[0] == 503 and reader.place.topic in page(program, "health")[1])
    program.command("log", "create")
    assert check_complete(*until_published(reader, program)) == 0
    until("/health is well again", lambda: page(program, "health")[0] == 200)
    print(f"the topic was deleted: a mail came in all the same ({took:.1f} s), /health said so, and a new topic got everything")


def figures_agree(binary, broker, folder, peer):
    program = Program(binary, peer.port, f"{folder}/set-clock", log=f"kafka://{broker.bootstrap}", authority=AUTHORITY)
    people = families(12)
    try:
        program.command("log", "create")
        program.start(at(5, 8))
        program.command("directory", "import", *write_lists(folder, people))
        live_a_fortnight(program, people)
        reader = Reader(broker.bootstrap, AUTHORITY)
        events, records = until_published(reader, program)
        assert check_complete(events, records) == 0, "nothing was repeated without need"
        description = Description(f"{ROOT}/schemas/asyncapi.yaml")
        faults = [fault for r in records for fault in description.faults(r)]
        assert not faults, "\n".join(faults[:10])
        reached, now = check_figures(once_each(records), program.figures())
        words, size = check_silence(people, f"{folder}/kafka", program)
        assert "hearback_publisher_lag 0" in page(program, "metrics")[1]
        print(f"{len(records)} events of {len({r.type for r in records})} types are as asyncapi.yaml says; escalations by rung {reached}, now {now}: as on the managers' page")
        print(f"{words} words of families are in the journal, none of them in the topic's {size} bytes")
        without_the_topic(program, reader, people[8])
    except Exception:
        print(open(f"{program.folder}/output", errors="replace").read()[-3000:])
        raise
    finally:
        program.stop()


# -- kills

def killed_while_it_publishes(binary, broker, folder, peer, draw):
    authority, people = "E06000999", families(60)
    log, settings = f"kafka://{broker.bootstrap}", ("sending_window: always", "standard.acknowledge: every_message")
    program = Program(binary, peer.port, f"{folder}/killed", log=log, authority=authority, settings=settings)
    second = Program(binary, peer.port, f"{folder}/second", log=log, authority=authority, settings=settings)
    reader, behind = Reader(broker.bootstrap, authority), 0
    sender = Sender(program, people, MAILS_A_SECOND)
    try:
        program.command("log", "create")
        program.start()
        shutil.copy(f"{program.folder}/master.key", f"{second.folder}/master.key")
        program.command("directory", "import", *write_lists(folder, people))
        sender.run()
        for n in range(KILLS):
            if n == KILLS // 2:
                second.start(roles=("publisher",))       # by mistake
            moved = reader.end() + draw.randrange(5, 60)
            while reader.end() < moved:
                pass
            program.kill()
            behind += reader.records()[-1].id != concluded(program)[-1]["id"]
            program.start()
        sender.stop = True
        second.kill()
        time.sleep(1)
        events, records = until_published(reader, program)
        repeats = check_complete(events, records)
        assert behind, "no kill fell between a conclusion and its publishing: this proves nothing"
        print(f"{KILLS} kills, {behind} with events not published yet, and a second publisher: {len(events)} events, all there, in order; {repeats} repeats, all the same as before")
    except Exception:
        print(open(f"{program.folder}/output", errors="replace").read()[-3000:])
        raise
    finally:
        sender.stop = True
        program.stop()
        second.stop()


def main():
    seed = int(sys.argv[4]) if sys.argv[3:4] == ["--seed"] else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")
    folder, peer = tempfile.mkdtemp(prefix="publisher-"), Peer()
    broker = Broker(folder + "/kafka")
    try:
        figures_agree(sys.argv[1], broker, folder, peer)
        killed_while_it_publishes(sys.argv[1], broker, folder, peer, random.Random(seed))
    finally:
        broker.stop()
        peer.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.prefix == sys.base_prefix:
        from harness.venv import in_the_venv
        in_the_venv(os.path.abspath(sys.argv[2]), f"{HERE}/requirements.txt")
    from faults.kills import Sender                       # noqa: E402
    from harness.broker import Broker                     # noqa: E402
    from harness.council import Family, families, write_lists     # noqa: E402
    from harness.peer import Peer                         # noqa: E402
    from harness.program import MAILBOX, ROOT, Program    # noqa: E402
    from reader import Description, Reader, once_each     # noqa: E402
    AUTHORITY = "E08000002"
    main()
