"""check_london.py [--seed N] COMMAND...: the program's London time against the machine's zone data, and its sending window
against one worked out here, at 100,000 random instants and at every edge from 2024 to 2028. 0 differences, or exit 1."""
import json
import random
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FILE = Path(__file__).parents[2] / "infra/bank-holidays.json"
HOLIDAYS = {event["date"] for event in json.loads(FILE.read_text())["england-and-wales"]["events"]}


def is_open(day):
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


def release(local):
    if is_open(local.date()) and 8 <= local.hour < 18:
        return local
    day = local.date() + timedelta(days=local.hour >= 18)
    while not is_open(day):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 8)


def utc_question(instant):
    expected = instant.astimezone(LONDON).replace(tzinfo=None)
    return {"op": "utc_to_london", "utc": instant.isoformat().replace("+00:00", "Z")}, expected


def release_question(local):
    return {"op": "release_at", "local": local.isoformat()}, release(local)


def random_questions(seed):
    draw = random.Random(seed)
    first, last = datetime(1996, 1, 1, tzinfo=timezone.utc), datetime(2099, 12, 31, tzinfo=timezone.utc)
    span = int((last - first).total_seconds())
    for _ in range(100_000):
        yield utc_question(first + timedelta(seconds=draw.randrange(span)))


def edge_questions():
    second = timedelta(seconds=1)
    day = date(2024, 1, 1)
    while day.year < 2029:
        for hour in (8, 18):
            edge = datetime(day.year, day.month, day.day, hour)
            yield from (release_question(edge + step) for step in (-second, 0 * second, second))
            for step in (-second, 0 * second, second):
                yield utc_question((edge + step).replace(tzinfo=LONDON).astimezone(timezone.utc))
        day += timedelta(days=1)


def clock_change_questions():
    for year in range(1996, 2100):
        for month in (3, 10):
            day = max(d for d in (date(year, month, n) for n in range(25, 32)) if d.weekday() == 6)
            change = datetime(day.year, day.month, day.day, 1, tzinfo=timezone.utc)
            for seconds in (-3601, -3600, -1, 0, 1, 3599, 3600):
                yield utc_question(change + timedelta(seconds=seconds))


def main():
    command = sys.argv[1:]
    seed = random.randrange(2**32)
    if command[0] == "--seed":
        seed, command = int(command[1]), command[2:]
    print("seed", seed)
    asked = [*random_questions(seed), *edge_questions(), *clock_change_questions()]
    lines = "".join(json.dumps({**question, "id": n}) + "\n" for n, (question, _) in enumerate(asked))
    answers = subprocess.run([*command, "--batch"], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    results = {answer["id"]: answer.get("result") for answer in map(json.loads, answers.stdout.splitlines())}
    wrong = [(q, results.get(n), want.isoformat()) for n, (q, want) in enumerate(asked) if results.get(n) != want.isoformat()]
    for difference in wrong[:10]:
        print(*difference)
    print(f"{len(asked)} instants, {len(wrong)} differences")
    sys.exit(bool(wrong))


main()
