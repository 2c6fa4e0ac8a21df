"""What families write to Northmere, and when: questions, chasers, thanks, an unknown grandmother, automatic replies, bounces."""
from datetime import datetime, timedelta
from email.message import EmailMessage

from harness.program import MAILBOX

ASK = ["When does {child}’s taxi start? {child} has missed two days of school.", "Which school have you asked, and what did they say?", "The plan says 15 hours of help. {child} gets 9. Who puts this right?",
       "Can you ring me please, it is about {child}’s speech therapy.", "{child} is at home again today. What happens now?", "I sent the hospital letter two weeks ago. Did you get it?",
       "Page 4 of the plan still has the old school on it.", "Nobody has told us who {child}’s caseworker is now.", "Can we move the review meeting to the week after half term?", "{child} comes home hungry because the taxi is too early for lunch.",
       "The school says it cannot meet need. What does that mean for us?", "I would like to see what was said about {child} at the panel.", "We move house on 1 March. Will the bus stop there?", "{child} has a new diagnosis. Do you need the report?"]
SUBJECTS = ["{child}", "Transport", "School place", "Question about the plan", "Please ring me", "Review meeting", "Still no answer", "Hospital letter", "Speech therapy", "Taxi", "About {child} {surname}"]
GREETINGS = ["Hello,", "Hi", "Dear Sir or Madam,", "Dear {caseworker},", "Good evening,", ""]
KINDS = ["question"] * 76 + ["chaser"] * 10 + ["thanks"] * 6 + ["stranger"] * 3 + ["away"] * 3 + ["bounce"] * 2
ACKNOWLEDGED = "We have got your email"


def day(number, hour, minute=0):
    return datetime(2027, 2, number, hour, minute)


# From when to when, and how many: a quiet week before, the two days, the weekend, Monday.
QUIET_WEEK = [(day(n, 8, 10), day(n, 20), 12) for n in (3, 4, 5, 8, 9, 10)]
TWO_DAYS = [(day(11, 7), day(11, 8), 12), (day(11, 8), day(11, 17, 55), 430), (day(11, 18), day(11, 23, 50), 150), (day(12, 7), day(12, 8), 18), (day(12, 8), day(12, 17, 55), 470), (day(12, 18), day(12, 23), 120)]
AND_AFTER = [(day(13, 9), day(14, 22), 60), (day(15, 8), day(15, 20, 30), 90)]


def plan(draw, spans):
    """(minute, kind) of each mail of these spans, in order."""
    return sorted((start + timedelta(minutes=draw.randrange(int((end - start).total_seconds() / 60))), draw.choice(KINDS)) for start, end, count in spans for _ in range(count))


def in_words(family, draw, text):
    hello = draw.choice(GREETINGS).format(caseworker=family.caseworker.split("-")[0].title())
    return f"{hello}\n\n{text}\n\n{family.parent}".strip() + "\n"


def mail_of(family, subject, text):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{family.parent} <{family.email}>", MAILBOX, subject
    mail.set_content(text)
    return mail


def answering(letter, mail):
    """Makes `mail` an answer to a letter of ours, as a mail program does; returns where it goes."""
    mail["In-Reply-To"] = mail["References"] = letter.message_id
    return str(letter.mail["Reply-To"])


def bounce_of(gone, number):
    """What a mail server reports of a letter of ours that it cannot deliver."""
    return (f"From: MAILER-DAEMON@example.org\nTo: {MAILBOX}\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <{number}@mx.example.org>\nMIME-Version: 1.0\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b1\n\n--b1\nContent-Type: text/plain\n\nYour message could not be delivered: mailbox full.\n"
            f"--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {gone.recipients[0]}\nAction: failed\nStatus: 5.2.2\n\n"
            f"--b1\nContent-Type: message/rfc822-headers\n\nMessage-ID: {gone.message_id}\nSubject: {gone.subject}\n\n--b1--\n").encode()


class Writers:
    """Each kind of mail as (envelope sender, mail or bytes, envelope recipient). Those that answer a letter of ours read it in the family's own mailbox."""

    def __init__(self, people, elsewhere, peer, draw):
        self.people, self.elsewhere, self.peer, self.draw, self.asked = people, elsewhere, peer, draw, []

    def somebody(self):
        """Priya's families write less than others: her list is looked at, and Sam's email should be found in it."""
        family = self.draw.choice(self.elsewhere if self.draw.random() < 0.06 else self.people)
        return self.somebody() if family.caseworker == "priya-nair" and self.draw.random() < 0.75 else family

    def question(self):
        family = self.somebody()
        self.asked.append(family)
        names = dict(child=family.child_first, surname=family.child.split()[-1])
        text = in_words(family, self.draw, self.draw.choice(ASK).format(**names))
        mail = mail_of(family, self.draw.choice(SUBJECTS).format(**names), text)
        if self.draw.random() < 0.3:
            mail.set_content("<html><body>" + "".join(f"<p>{p}</p>" for p in text.split("\n\n")) + "</body></html>", subtype="html")
        if self.draw.random() < 0.1:
            mail.add_attachment(b"%PDF-1.4 made up\n" + self.draw.randbytes(40000), maintype="application", subtype="pdf", filename="Hospital letter.pdf")
        return family.email, mail, MAILBOX

    def answer_to(self, wanted, text):
        for family in self.draw.sample(self.asked, len(self.asked)):
            letter = next((x for x in reversed(self.peer.to(family.email)) if wanted(x.subject)), None)
            if letter:
                mail = mail_of(family, "Re: " + letter.subject.removeprefix("Re: "), in_words(family, self.draw, text))
                return family.email, mail, answering(letter, mail)
        return self.question()

    def chaser(self):
        return self.answer_to(lambda subject: subject == ACKNOWLEDGED, "I have heard nothing yet. Who has it?")

    def thanks(self):
        return self.answer_to(lambda subject: subject.startswith("Re:"), "Thank you so much, that is a weight off my mind.")

    def stranger(self):
        family = self.draw.choice(self.people)
        surname = family.child.split()[-1]
        mail = EmailMessage()
        address = f"joan.{surname}.{self.draw.randrange(100)}@example.net".lower()
        mail["From"], mail["To"], mail["Subject"] = f"Joan {surname} <{address}>", MAILBOX, "my grandchild"
        mail.set_content(f"I am the grandmother of {family.child_first}, {family.case} on your letters. Please tell me when the taxi comes.\n\nJoan {surname}\n")
        return address, mail, MAILBOX

    def away(self):
        family = self.draw.choice(self.asked or self.people)
        mail = mail_of(family, "Automatic reply: out of office", "I am away until Monday.\n")
        mail["Auto-Submitted"] = "auto-replied"
        return family.email, mail, MAILBOX

    def bounce(self):
        ours = [x for x in self.peer.letters if x.subject == ACKNOWLEDGED]
        if not ours:
            return self.question()
        gone = self.draw.choice(ours)
        return "", bounce_of(gone, self.draw.randrange(1 << 40)), MAILBOX
