#!/usr/bin/env python3
"""The council's mail system around the whole program: Debian's Postfix in front of it and behind it (infra/postfix), Dovecot with the parents' mailboxes,
read by IMAP. A mail from outside is acknowledged in its writer's mailbox; a reply to that finds its conversation; what no mailbox takes bounces and is
shown; and while the program is stopped Postfix keeps what comes.

  whole.py BINARY FOLDER      FOLDER: where the packages are unpacked, once
"""
import os
import shutil
import smtplib
import sys
import tempfile
from datetime import datetime, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from council_mail.debian import place_of, with_packages_over_usr      # noqa: E402
from council_mail.servers import Dovecot, Postfix, until               # noqa: E402
from harness.council import families, write_lists                     # noqa: E402
from harness.program import MAILBOX, Program, Refused, free_port      # noqa: E402

PACKAGES = ("postfix", "dovecot-imapd", "dovecot-lmtpd")
WHILE_STOPPED = 12


class Council:
    """The program between the two; its clock is set, theirs are not."""

    def __init__(self, binary, folder, postfix_meta):
        os.chmod(folder, 0o755)
        self.people = families(WHILE_STOPPED + 2)
        self.family, self.gone = self.people[:2]
        port = free_port()
        self.program = Program(binary, port, folder=f"{folder}/hearback")
        self.dovecot = Dovecot(make(f"{folder}/dovecot"), [f.email for f in self.people if f is not self.gone])
        self.postfix = Postfix(make(f"{folder}/postfix"), postfix_meta, port, self.program.smtp_port, self.dovecot.lmtp)
        self.program.start(datetime(2024, 2, 15, 10, 0))
        self.program.command("directory", "import", *write_lists(folder, self.people))
        self.a_moment_later()

    def a_moment_later(self):
        self.program.go_to(self.program.now + timedelta(seconds=10))

    def writes(self, family, words, to=MAILBOX, subject="The bus", **headers):
        """By the council's mail server, as all mail from outside."""
        names = {"From": f"{family.parent} <{family.email}>", "To": to, "Subject": subject, "Date": self.program.date_header(), "Message-ID": f"<{abs(hash((family.email, words)))}@example.org>", **headers}
        text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in names.items()) + f"\r\n{words}\r\n"
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=30) as smtp:
            smtp.sendmail(family.email, [to], text.encode())

    def of(self, family):
        return [row for row in self.program.conversations() if row["case_id"] == family.case]

    def soon(self, what, true):
        """The clocks of the mail servers run by themselves: ours is put forward until it has come."""
        def look():
            self.a_moment_later()
            return true()
        return until(what, look)

    def stop(self):
        for each in (self.program, self.postfix, self.dovecot):
            each.stop()


def make(folder):
    os.makedirs(folder)
    return folder


def acknowledged_in_the_mailbox(council):
    family = council.family
    council.writes(family, "When does the bus for Ada come?")
    row = council.soon("the mail is in the conversation's list", lambda: council.of(family))[0]
    mail = council.soon("the acknowledgement is in the parent's mailbox", lambda: council.dovecot.mails_of(family.email))[0]
    text = mail.get_body(("plain",)).get_content()
    for words in ("Priya Nair", "Friday 16 February"):
        assert words in text, f"{words!r} is not in what {family.parent} reads:\n{text}"
    assert "We have got your" in str(mail["Subject"]), mail["Subject"]
    assert family.email in str(mail["To"]) and MAILBOX.split("@")[0] in str(mail["From"]), (mail["To"], mail["From"])
    # The answer to it goes to an address with a token, and no other server needs to know of that.
    answer_to = (mail["Reply-To"] or mail["From"]).addresses[0].addr_spec
    assert answer_to.startswith(MAILBOX.split("@")[0] + "+"), answer_to
    council.writes(family, "And the bus back?", to=answer_to, subject="Re: " + str(mail["Subject"]), In_Reply_To=str(mail["Message-ID"]))
    here = f"conversations/{row['conversation']}"
    council.soon("the reply is in the same conversation", lambda: len([i for i in council.program.get(here)["timeline"] if i["kind"] == "in"]) == 2)
    return mail


def returned_is_shown(council):
    council.writes(council.gone, "Where do I find the form?")
    row = council.soon("the mail of somebody whose mailbox is gone has come", lambda: council.of(council.gone))[0]
    council.soon("what bounced is shown as returned", lambda: [r for r in council.program.conversations(returned="true") if r["conversation"] == row["conversation"]])
    badges = [i["standing"] for i in council.program.get(f"conversations/{row['conversation']}")["timeline"] if i["standing"]]
    assert "returned" in badges, badges
    assert "status=bounced" in council.postfix.log()


def nothing_is_lost_while_stopped(council):
    council.program.stop()
    late = council.people[2:]
    for family in late:
        council.writes(family, "Is the school closed?")
    until("Postfix keeps them all", lambda: council.postfix.waiting() == len(late))
    council.program.start()
    council.postfix.offer_again()
    until("Postfix has handed them on", lambda: council.postfix.waiting() == 0)
    council.soon("each is in its conversation, once", lambda: all(len(council.of(family)) == 1 for family in late))
    for family in late:
        council.soon(f"{family.parent} is told", lambda: len(council.dovecot.mails_of(family.email)) == 1)


def nobody_sends_through_it(council):
    """An address of the council's that Hearback does not take is refused while its sender still listens."""
    try:
        council.writes(council.family, "Hello", to="nobody@northmere.example")
    except smtplib.SMTPRecipientsRefused as refused:
        assert refused.recipients["nobody@northmere.example"][0] == 550, refused
    else:
        raise AssertionError("mail for an address that is nobody's was taken")


def main():
    debian = os.path.abspath(sys.argv[2])
    with_packages_over_usr(debian, PACKAGES)
    folder = tempfile.mkdtemp(prefix="council-mail-")
    council = Council(os.path.abspath(sys.argv[1]), folder, place_of(debian, "/etc/postfix"))
    try:
        acknowledged_in_the_mailbox(council)
        returned_is_shown(council)
        nothing_is_lost_while_stopped(council)
        nobody_sends_through_it(council)
    except (AssertionError, Refused):
        print(council.postfix.log()[-4000:])
        raise
    finally:
        council.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"acknowledged by IMAP; returned is shown; {WHILE_STOPPED} mails waited in Postfix and none was lost")


if __name__ == "__main__":
    main()
