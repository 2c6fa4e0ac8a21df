"""A plain record of what families wrote and what the office did, and every figure of the managers' page counted from it by hand: nothing
here asks the program for more than the numbers that it gives to conversations and messages. Times are London clock times."""
import collections
import math
from datetime import date, timedelta

from working_days import add, between, closing_of, counts_as, is_open, next_opening, opening_of, working_seconds

ANSWERS = ("full", "signposted", "passed_on")
KEPT_BY = {"full": "answered", "signposted": "signposted", "passed_on": "passed_on"}
MATCHING_TEAM = "north"
RUNGS = ("team_manager", "head_of_service", "complaints_team")


class Promise:
    """An answer, or a call back, that a family was told by a day."""

    def __init__(self, received, given):
        self.received, self.given = received, given
        self.told = add(counts_as(received), 1)
        self.kept = self.how = None
        self.moved = False

    @property
    def judged(self):
        return closing_of(self.told)

    def is_broken(self, now):
        return self.judged <= now and (self.kept is None or self.kept >= self.judged)

    def is_open(self, now):
        return self.kept is None or self.kept > now


class Reply:
    """What a caseworker finished. `left` and `stopped` are when; both nothing while it waits."""

    def __init__(self, message, kind, written, new_day=None):
        self.message, self.kind, self.written, self.new_day = message, kind, written, new_day
        self.held, self.left, self.stopped, self.answered = not is_open(written), None, None, False

    def is_under_way(self, at):
        gone = self.left or self.stopped
        return self.kind in ANSWERS and self.written <= at and (gone is None or at <= gone)


class WentUp:
    def __init__(self, at, rung, owner, because, team):
        self.at, self.rung, self.owner, self.because, self.team = at, rung, owner, because, team


class Talk:
    """One conversation. `owner` and `team` are empty until somebody knows the child."""

    def __init__(self, number, owner, team):
        self.number, self.owner, self.team = number, owner, team
        self.promises, self.replies, self.written, self.acknowledged = [], [], [], []
        self.aside = self.returned = False
        self.written_by_family = True

    # -- what happens

    def family_writes(self, at, acknowledges=True):
        """True when it makes a promise; else it joins the one that is open."""
        self.written.append(at)
        owed = self.owed()
        broken = owed and owed.judged <= at
        if not owed:
            self.promises.append(Promise(at, at if self.owner else None))
            self.returned = False
        if acknowledges and not broken and counts_as(at) not in map(counts_as, self.acknowledged):
            self.acknowledged.append(at)
        return not owed

    def owed(self):
        return next((p for p in self.promises if p.kept is None), None)

    def matched(self, at, owner, team):
        self.owner, self.team = owner, team
        for promise in self.promises:
            promise.given = promise.given or at

    def keep(self, at, how):
        if promise := self.owed():
            promise.kept, promise.how = at, how

    def reply_left(self, reply, at):
        reply.left = at
        if reply.kind in ANSWERS:
            if not any(reply.written < wrote <= at for wrote in self.written):
                reply.answered = self.owed() is not None
                self.keep(at, KEPT_BY[reply.kind])
        elif (promise := self.owed()) and reply.new_day and not promise.moved and at < promise.judged and reply.new_day > promise.told:
            promise.told, promise.moved = reply.new_day, True

    def came_back(self, message, at):
        """What came back answered nobody: the answer is owed anew. Of anything else it is only seen."""
        self.returned = True
        reply = next((r for r in self.replies if r.message == message), None)
        if reply and reply.answered and not self.owed():
            self.promises.append(Promise(at, at))
            self.returned = False
            return True
        return False

    # -- what follows

    def went_up(self, now, is_away):
        """One rung at a time: at the opening after a day that passed, unless an answer is on its way."""
        ups, over = [], None
        for first in sorted(self.promises, key=lambda p: p.judged):
            if not first.is_broken(now) or (over and first.judged <= over):
                continue
            told, at = first.told, next_opening(first.judged)
            for rung in (1, 2, 3):
                for reply in self.replies:
                    if reply.is_under_way(at):
                        at = reply.left or now + timedelta(seconds=1)
                if at > now or not any(p.judged <= at and p.is_open(at) for p in self.promises):
                    break
                away = is_away(self.owner, told) or is_away(self.owner, at.date())
                ups.append(WentUp(at, rung, self.owner, "owner_is_away" if away else "owner_did_not_answer" if self.owner else "not_matched", self.team))
                told = add(counts_as(at), 1)
                at = next_opening(closing_of(told))
            over = max(p.kept or now for p in self.promises if p.judged <= (first.kept or now))
        return ups

    def taken_back(self, now):
        """Acknowledgements that did not leave, because the answer was written before they did, and left instead."""
        waited = [(at, opening_of(counts_as(at))) for at in self.acknowledged if not is_open(at)]
        return sum(any(r.kind in ANSWERS and r.held and r.left and at <= r.written < opens <= now for r in self.replies) for at, opens in waited)

    def rung(self, now, is_away):
        """With whom it is now; 0 is its caseworker."""
        ups = self.went_up(now, is_away)
        return ups[-1].rung if ups and any(p.is_broken(now) and p.is_open(now) for p in self.promises) else 0


def nearest(times, percent):
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1] if times else None


def of_times(times):
    return {"answers": len(times), "half_within": nearest(times, 50), "nine_in_ten_within": nearest(times, 90)}


class HandCount:
    """`away`: (who, first day, last day). `names`: of staff."""

    def __init__(self, talks, away, names):
        self.talks, self.away, self.names = talks, away, names

    def of_team(self, team):
        return [t for t in self.talks if team in ("", t.team)]

    def went_up(self, now, team, since, until):
        """What nobody has matched goes up to the manager of the team that matches."""
        return [u for t in self.talks for u in t.went_up(now, self.is_away) if team in ("", u.team or MATCHING_TEAM) and since <= u.at < until]

    def is_away(self, who, day):
        return any(who == absent and first <= day <= last for absent, first, last in self.away)

    def figures(self, now, team, since, until):
        """What GET /api/figures should say but for its totals."""
        talks = self.of_team(team)
        promises = [p for t in talks for p in t.promises]
        ups = self.went_up(now, team, since, until)
        rungs = collections.Counter(t.rung(now, self.is_away) for t in talks)
        still = [p for p in promises if p.kept is None]
        return {"promises": self.shares([p for p in promises if since <= p.judged < until], now), "time_to_answer": self.times([p for p in promises if p.kept and since <= p.kept < until and p.how != "no_answer_needed"]),
                "went_up": {name: sum(u.rung == n for u in ups) for n, name in enumerate(RUNGS, 1)}, "open_by_age": self.ages(still, now), "nights": self.nights(talks, since, until),
                "open": len(still), "broken": sum(p.is_broken(now) for p in still), "with_team_manager": rungs[1], "with_head_of_service": rungs[2], "with_complaints_team": rungs[3],
                "matching": sum(not t.owner and not t.aside for t in talks), "set_aside": sum(t.aside for t in talks), "settled": sum(not t.aside and t.owed() is None for t in talks),
                "waiting_for_window": sum(self.waits(t, now) for t in talks), "parked": 0, "returned": sum(t.returned for t in talks)}

    def totals(self, now):
        """What the totals should say of it, since the beginning."""
        promises = [p for t in self.talks for p in t.promises]
        replies = [r for t in self.talks for r in t.replies]
        answered = collections.Counter(p.how for p in promises if p.kept)
        rungs = collections.Counter(u.rung for t in self.talks for u in t.went_up(now, self.is_away))
        held = sum(r.held for r in replies) + sum(not is_open(at) for t in self.talks for at in t.acknowledged)
        counts = {**answered, "promises": len(promises), "broken": sum(p.is_broken(now) for p in promises), "moved": sum(p.moved for p in promises), "stopped": sum(r.stopped is not None for r in replies), "held": held,
                  "taken_back": sum(t.taken_back(now) for t in self.talks), **{f"escalated_{n}": rungs[n] for n in (1, 2, 3)}}
        return {name: n for name, n in counts.items() if n}

    @staticmethod
    def shares(promises, now):
        over = [p for p in promises if p.kept or p.judged <= now]
        kept = [p for p in over if p.kept and p.kept < p.judged]
        answer = [p for p in kept if p.how != "no_answer_needed"]
        return {"due": len(over), "kept": len(kept), "due_an_answer": sum(p.how != "no_answer_needed" for p in over), "kept_by_answering": len(answer), "kept_on_first_day": sum(not p.moved for p in answer)}

    @staticmethod
    def times(answered):
        given = [p for p in answered if p.given]
        return {"since_written": of_times([working_seconds(p.received, p.kept) for p in answered]), "since_given": of_times([working_seconds(p.given, p.kept) for p in given]),
                "before_given": of_times([working_seconds(p.received, p.given) for p in given])}

    @staticmethod
    def ages(still, now):
        age = [(min(between(counts_as(p.received), counts_as(now)), 4), p.is_broken(now)) for p in still]
        return [{"days": n, "or_more": n == 4, "open": sum(days == n for days, _ in age), "late": sum(days == n and late for days, late in age)} for n in range(5)]

    @staticmethod
    def nights(talks, since, until):
        """Replies that waited for a working morning, by the day on which they were finished."""
        of = collections.defaultdict(list)
        for reply in (r for t in talks for r in t.replies):
            if reply.held and since <= reply.written < until:
                of[reply.written.date()].append(reply)
        return [{"day": f"{day}", "waited": len(each), "stopped": sum(r.stopped is not None for r in each), "last_left": max((r.left for r in each if r.left), default=None)} for day, each in sorted(of.items())]

    @staticmethod
    def nights_words(nights):
        return [{**n, "words": f"{date.fromisoformat(n['day']):%A %-d %B}"} for n in nights]

    @staticmethod
    def waits(talk, now):
        """Messages for its family that wait for the next opening: replies, and that we have got what they wrote since it closed."""
        replies = sum(r.written <= now and r.held and not r.left and not r.stopped for r in talk.replies)
        return replies + sum(not is_open(at) and opening_of(counts_as(at)) > now for at in talk.acknowledged)
