"""Working days and answering hours of a council in England in spring 2027, counted by hand: 8am to 6pm, London clock times, no time zone."""
from datetime import date, datetime, time, timedelta

BANK_HOLIDAYS = {date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31)}
OPENS, CLOSES = time(8), time(18)
DAY = timedelta(days=1)


def is_working_day(day):
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def add(day, count):
    """The `count`-th working day after this one."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def between(first, last):
    """How many working days from one day to a later one, the first not counted."""
    return sum(is_working_day(first + n * DAY) for n in range(1, (last - first).days + 1))


def is_open(at):
    return is_working_day(at.date()) and OPENS <= at.time() < CLOSES


def counts_as(at):
    """The working day on which what came then counts as received."""
    day = at.date() if at.time() < CLOSES else at.date() + DAY
    return day if is_working_day(day) else add(day, 1)


def opening_of(day):
    return datetime.combine(day, OPENS)


def closing_of(day):
    return datetime.combine(day, CLOSES)


def next_opening(at):
    return at if is_open(at) else opening_of(counts_as(at))


def working_seconds(since, until):
    """Open time from one moment to another."""
    spent, day = timedelta(0), since.date()
    while day <= until.date():
        if is_working_day(day):
            spent += max(min(until, closing_of(day)) - max(since, opening_of(day)), timedelta(0))
        day += DAY
    return int(spent.total_seconds())
