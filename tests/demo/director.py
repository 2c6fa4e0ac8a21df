"""Moves the clock when the page asks, one thing at a time, and tells the page what has changed."""
import queue
import threading
import time
from datetime import timedelta

import page
from record import GrowingRecord, clock_words, day_words
from town import AFTERNOON, ILL, ILL_FROM, ILL_UNTIL, MONDAY_NIGHT, Arrived, Kill, is_open, is_working_day, next_working

CALM = 0.25          # seconds that a step of "go on" takes, so that one can look


class Board:
    """The pieces of the page as they are now; whoever looks waits for the next change."""

    def __init__(self):
        self.pieces, self.version, self.since, self.changed = {}, 0, {}, threading.Condition()

    def put(self, pieces):
        with self.changed:
            for name, words in pieces.items():
                if self.pieces.get(name) != words:
                    self.version += 1
                    self.pieces[name], self.since[name] = words, self.version
            self.changed.notify_all()

    def after(self, version, wait):
        """(version, what has changed since), at the latest when `wait` seconds are over."""
        with self.changed:
            self.changed.wait_for(lambda: self.version > version, wait)
            return self.version, {name: words for name, words in self.pieces.items() if self.since[name] > version}


class Director:
    def __init__(self, town):
        self.town, self.board, self.asked, self.end, self.calm, self.kill = town, Board(), queue.Queue(), None, False, None
        self.sentence, self.link, self.alive, self.figures = "", None, True, None
        self.count()
        self.showing, self.ending = threading.Lock(), False
        self.dirty, self.noted, self.arrived = threading.Event(), set(), Arrived(town.peer.letters)
        self.record = GrowingRecord(town.program, self.dirty.set)
        self.say("This is Thursday morning in a council with 2,500 children. Families write; the clock runs to 4pm and then it is yours.")
        self.show()
        threading.Thread(target=self.work, daemon=True).start()
        threading.Thread(target=self.keep_showing, daemon=True).start()

    # -- what the page asks for

    def begins(self):
        """The day begins when somebody looks."""
        if "begun" not in self.noted:
            self.noted.add("begun")
            self.asked.put(self.first_day)

    def go(self, to):
        now = self.town.now
        ends = {"on": lambda: now + timedelta(days=365), "evening": lambda: evening(now), "morning": lambda: morning(now), "monday": lambda: monday_night(now)}
        if to == "stop":
            self.end = None
        elif to in ends:
            self.asked.put(lambda: self.until(ends[to](), calm=to == "on"))

    def mail(self, words):
        self.asked.put(lambda: self.sam(words))

    def kill_it(self):
        self.end = None
        self.asked.put(self.killing)

    # -- one thing at a time

    def work(self):
        while not self.ending:
            moving = self.end is not None
            try:
                if moving and self.asked.empty():
                    self.step()
                else:
                    self.asked.get(timeout=1)()
            except queue.Empty:
                if self.has_died() and not self.ending:
                    self.start_again()
                continue
            except Exception as trouble:                     # the page goes on, and says it
                if self.ending:
                    return
                self.end = None
                self.start_again() if self.has_died() else self.say(f"Something went wrong in the demo: {trouble}")
            self.show()

    def has_died(self):
        return self.town.program.process is None or self.town.program.process.poll() is not None

    def start_again(self):
        """Somebody killed it from elsewhere."""
        self.town.program.start()
        self.town.go(self.town.now)
        self.count()
        self.say_at_once("The program had died, and not by this page. It was started again and goes on where it was.")

    def first_day(self):
        sentence = self.sentence
        self.until(AFTERNOON)
        self.say(sentence)

    def until(self, end, calm=False):
        if end <= self.town.now:
            return
        self.end, self.calm = end, calm
        self.say("The clock runs, until you stop it." if calm else f"The clock runs to {day_words(end)}, {clock_words(end)}.")

    def step(self):
        began, end = time.monotonic(), self.end
        before = self.town.accepted
        self.town.step(end)
        if self.town.accepted > before:
            self.town.go(self.town.now)                      # what came in is on the lists: the figures below are of one moment
        self.count()
        self.tell(end)
        if self.town.now >= end and self.end == end:
            self.end = None
        if self.calm:
            time.sleep(max(0, CALM - (time.monotonic() - began)))

    def sam(self, words):
        self.town.sam_writes(words)
        self.count()
        when = "Sam’s answer that it has come leaves at once." if is_open(self.town.now) else "Nothing leaves now: even the answer that it has come waits until the next working morning."
        mine = [row for row in self.rows_of_sam() if row["owner"] == "priya-nair"]
        self.say(f"Sam’s email is on Priya’s list. {when}", (f"/caseworker/conversations/{mine[-1]['conversation']}", "caseworker", "Open it as Priya") if mine else None)

    def killing(self):
        self.kill = Kill(self.town, self.say_at_once)
        self.alive = False
        try:
            self.kill.run()
        finally:
            self.alive = True
        self.count()
        self.say(f"Killed and up again in {self.kill.back_after:.1f} seconds: {self.kill.accepted} emails accepted, {self.kill.stored} stored.", ("#killed", "_self", "See the count"))

    def count(self):
        """What has had 250, and what the program says that it has. Nothing is under way now."""
        self.accepted, self.figures = self.town.accepted, self.town.program.figures()

    # -- what is said

    def say(self, sentence, link=None):
        self.sentence, self.link = sentence, link

    def say_at_once(self, sentence):
        self.say(sentence)
        self.show()

    def tell(self, end):
        """One sentence on what to look at, when something has just come to pass."""
        now, above = self.town.now, self.figures["with_team_manager"]
        if now == AFTERNOON:
            self.say("It is Thursday, 4pm, and yours. Write as Sam, answer as Priya, or put the clock forward.")
        elif now == MONDAY_NIGHT:
            self.say(f"Monday night. {above} are with a team manager{self.of_mina()}. {self.of_sam()}", ("/manager/queue", "manager", "See Jo’s"))
        elif is_working_day(now) and now.hour == 18 and now.minute == 0:
            self.say("It is 6pm. From now on nothing leaves for a family; staff may go on writing.")
        elif is_working_day(now) and now.hour == 8 and now.minute >= 15 and self.once("morning"):
            self.say("The morning: what was written in the evening has left, one email after the other.", ("/manager/queue", "manager", "See what is with Jo") if above else None)
        elif ILL_FROM <= now < ILL_UNTIL and is_working_day(now) and now.hour >= 10 and self.once("missing"):
            self.say_who_is_missing()
        elif now == end:
            up = f"{above} are with a team manager{self.of_mina()}. " if above > 10 else ""
            self.say(up + self.of_sam() or f"It is {day_words(now)}, {clock_words(now)}.")

    def once(self, what):
        """True the first time on each day."""
        new = (what, self.town.now.date()) not in self.noted
        self.noted.add((what, self.town.now.date()))
        return new

    def say_who_is_missing(self):
        for each in self.town.program.get("staff")["missing"]:
            if each["staff"] == ILL:
                self.say(f"10am: Mina Shah shows no sign of work and told nobody. {each['due']} families are to hear from her today. Jo is asked.", ("/manager/people", "manager", "Decide as Jo"))

    def of_mina(self):
        hers = sum(1 for row in self.town.program.conversations(standing="open", owner=ILL) if row["with"])
        return f", {hers} of them Mina Shah’s, whom nobody covers" if hers else ""

    def rows_of_sam(self):
        return [row for row in self.town.program.conversations(standing="open") if row["case_id"] == self.town.sam.case]

    def of_sam(self):
        rows = self.rows_of_sam()
        if any(row["with"] for row in rows):
            return f"Sam’s email is with {rows[0]['with_name']}, and Sam knows."
        return "Sam’s day has passed too: hers goes up in the morning." if any(row["broken"] for row in rows) else ""

    # -- what is shown

    def keep_showing(self):
        while True:
            self.dirty.wait()
            self.dirty.clear()
            self.show()
            time.sleep(0.2)

    def show(self):
        with self.showing:
            self.put_pieces()

    def put_pieces(self):
        town, arrived = self.town, self.arrived.look()
        self.board.put({
            "clock": page.clock(town.now), "buttons": page.buttons(self.end is not None, not self.alive), "ladder": page.ladder(self.figures),
            "note": page.note(self.sentence, self.link), "counts": page.counts(self.figures, arrived.to_families),
            "proof": page.proof(self.kill, self.accepted, self.figures["totals"].get("received", 0), arrived.to_families, arrived.twice, self.record.evenings(arrived.left_at)),
            "record": page.record(list(self.record.lines)),
            "telephone": {"items": page.telephone(town.peer.to(town.sam.email), list(town.sams_words)), "time": clock_words(town.now)}})

    def stop(self):
        self.ending, self.end = True, None
        self.record.stop()


def evening(now):
    today = now.replace(hour=18, minute=0)
    return today if today > now and is_working_day(now) else next_working(now).replace(hour=18, minute=0)


def morning(now):
    today = now.replace(hour=8, minute=20)
    return today if today > now and is_working_day(now) else next_working(now).replace(hour=8, minute=20)


def monday_night(now):
    end = MONDAY_NIGHT
    while end <= now:
        end += timedelta(days=7)
    return end
