"""What every verb of a story stands on: who is who in it, and the story itself. A verb acts through SMTP, the API or the clock, and asserts
on the API or the relay's mailbox."""
import re
from datetime import datetime
from email.message import EmailMessage

from harness.program import MAILBOX

PEOPLE = {"Sam": ("Sam Okafor", "sam.okafor@example.org"), "Donna": ("Donna Bennett", "donna.bennett@example.org"), "Grace": ("Grace Bell", "grace.bell@example.net"),
          "Lee": ("Lee Okafor", "lee.okafor@example.org"), "Jana": ("Jana Novak", "jana.novak@example.org")}
STAFF = {"Priya Nair": "priya-nair", "Leila Hart": "leila-hart", "Jo Marsh": "jo-marsh", "Ann Doyle": "ann-doyle", "Rose Quinn": "rose-quinn"}
CHILDREN = {"Ada Okafor": "NM-2041", "Kai Bennett": "NM-2042", "Leo Novak": "NM-2043", "Mia Novak": "NM-2044"}
CHILD_OF = {"Sam": "NM-2041", "Lee": "NM-2041", "Donna": "NM-2042", "Jana": "NM-2043"}
VERBS = []


class Wrong(AssertionError):
    pass


def verb(pattern):
    def keep(function):
        VERBS.append((re.compile(pattern + r"$"), function))
        return function
    return keep


def day(text):
    """"Mon 19 Feb" in the story's year."""
    return datetime.strptime(text + " 2000", "%a %d %b %Y")


def same(got, wanted, what):
    if got != wanted:
        raise Wrong(f"{what}: expected {wanted!r}, found {got!r}")


class Story:
    def __init__(self, program, peer):
        self.program, self.peer, self.conversation, self.reply, self.mark, self.sent_ids = program, peer, None, None, 0, 0

    def it(self):
        return self.program.get("conversations/" + self.conversation)

    def newest_conversation(self):
        rows = self.program.conversations()
        return max(rows, key=lambda r: (r["newest_at"] or "", r["conversation"]))["conversation"]

    def mail(self, who, subject, text, references=(), to=MAILBOX):
        self.mail_from(*PEOPLE[who], subject, text, references, to)

    def mail_from(self, name, address, subject, text, references=(), to=MAILBOX):
        message = EmailMessage()
        self.sent_ids += 1
        message["From"], message["To"], message["Subject"] = f"{name} <{address}>", to, subject
        message["Date"], message["Message-ID"] = self.program.date_header(), f"<{self.sent_ids}.{address.replace('@', '.')}@example.org>"
        if references:
            message["In-Reply-To"], message["References"] = references[-1], " ".join(references)
        message.set_content(text)
        self.program.send(address, message.as_bytes(), to)
        self.program.go_to(self.program.now)

    def iso(self, text):
        """"Mon 19 Feb" as a date of the story's year."""
        return datetime.strptime(f"{text} {self.program.now.year}", "%a %d %b %Y").strftime("%Y-%m-%d")

    def act(self, path, body):
        done = self.program.ask(path, body)
        same(done["result"], "done", path)
        self.conversation = done.get("conversation") or self.conversation
        self.program.go_to(self.program.now)     # until all that comes of it is done
        return done

    def reply_with(self, worker, text, **more):
        answer = self.act(f"conversations/{self.conversation}/reply", {"staff": STAFF[worker], "text": text, "subject": "About your email", "last_seen": self.it()["newest_message"], **more})
        self.reply = "r-" + answer["act"][:24]

    def contact(self, who):
        return self.program.get("people", text=PEOPLE[who][0])["people"][0]["contact"]

    def to_families(self):
        """What the relay was given, without what staff are told."""
        return [x for x in self.peer.letters if not str(x.mail["To"]).endswith("@northmere.example>")]

    def letters(self, who):
        return self.peer.to(PEOPLE[who][1])
