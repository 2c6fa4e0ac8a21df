#!/usr/bin/env python3
"""Whatever is wrong with settings, files, ports, disk or broker: one sentence that says what to do, a non-zero exit within
a few seconds, and nothing lost.

  sentences.py BINARY [--only WORD]
"""
import argparse
import contextlib
import http.client
import os
import re
import resource
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.peer import Peer                         # noqa: E402
from harness.program import MAILBOX, Program, free_port     # noqa: E402

SECONDS_MAX = 8
wrong = []


def expect(truth, words):
    if not truth:
        wrong.append(words)
        print("  WRONG: " + words)


@contextlib.contextmanager
def program(binary, **more):
    one = Program(binary, 9, **more)
    try:
        yield one
    finally:
        if one.process:
            one.kill()
        one.remove()


def refuses(one, *needed, words=("run",)):
    """The program ends by itself with a failure and one sentence that has all these words."""
    began = time.monotonic()
    folder = [] if "--data" in words else ["--data", one.folder]
    try:
        done = subprocess.run([one.binary, *folder, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired as e:
        return expect(False, f"{words} went on for more than {SECONDS_MAX} s: {(e.stdout or b'')[-300:]!r}")
    said = [line for line in done.stdout.splitlines() if not re.search(r" (info|warning) ", line)]
    print(f"  {time.monotonic() - began:.1f} s, exit {done.returncode}: {' | '.join(said)[:300]}")
    expect(done.returncode == 1, f"exit status {done.returncode} is not 1")
    expect(len(said) == 1 + (words[0] == "directory" and said[0].startswith("Nothing is taken in")), f"{len(said)} lines instead of one sentence: {said}")
    for each in needed:
        expect(each in done.stdout, f"it does not say {each!r}: {done.stdout[-300:]!r}")
    expect(not re.search(r"terminate|what\(\)|SQLITE_|std::|errno|0x[0-9a-f]{6}", done.stdout), f"that is no sentence: {done.stdout[-300:]!r}")


def begun(one):
    """It has run once: there are a log and a key."""
    one.command("log", "create")


def a_setting_that_does_not_exist(binary):
    with program(binary, settings=["sending_windw: always"]) as one:
        refuses(one, "sending_windw", "Did you mean \"sending_window\"")


def values_that_are_wrong(binary):
    for setting, needed in (("sending_window=18:00-08:00", "08:00-18:00"), ("relay.connections=many", "relay.connections"), ("standard.answer_days=99", "standard.answer_days"),
                            ("standard.acknowledge=sometimes", "once_a_day"), ("closure_days=Christmas", "closure_days"), ("standard.ladder_days=1,1", "three numbers"),
                            ("relay.retry_after=soon", "relay.retry_after"), ("log=paper", "sqlite or kafka"), ("smtp_in.listen=here", "smtp_in.listen"),
                            ("smtp_in.recipients=", "smtp_in.recipients"), ("relay.tls=maybe", "relay.tls"), ("relay.ca_file=/nowhere.pem", "relay.ca_file")):
        with program(binary) as one:
            refuses(one, needed, words=("--set", setting, "run"))


def settings_that_are_not_yaml(binary):
    with program(binary, settings=["council: [unclosed"]) as one:
        refuses(one, "hearback.yaml", "line")


def a_file_of_settings_that_is_not_there(binary):
    with program(binary) as one:
        refuses(one, "/nowhere.yaml", "cannot be read", words=("--config", "/nowhere.yaml", "run"))


def a_port_in_use(binary):
    for which in ("smtp_port", "web_port"):
        with program(binary) as one, socket.socket() as taken:
            taken.bind(("127.0.0.1", getattr(one, which)))
            taken.listen()
            refuses(one, str(getattr(one, which)), "smtp_in.listen" if which == "smtp_port" else "web.listen")


def a_web_address_for_all(binary):
    with program(binary) as one:
        refuses(one, "web.listen", "127.0.0.1", words=("--set", "web.listen=0.0.0.0:8080", "run"))


def a_page_from_elsewhere_that_leads_to_this_machine(binary):
    with program(binary) as one:
        one.start()
        for host, status in (("127.0.0.1", 200), (f"localhost:{one.web_port}", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421)):
            line = http.client.HTTPConnection("127.0.0.1", one.web_port, timeout=10)
            line.request("GET", "/health", headers={"Host": host})
            got = line.getresponse().status
            expect(got == status, f"asked as {host} it says {got}, not {status}")


def a_certificate_that_is_not_there(binary):
    with program(binary) as one:
        refuses(one, "/nowhere.pem", "smtp_in.certificate", words=("--set", "smtp_in.certificate=/nowhere.pem", "--set", "smtp_in.key=/nowhere.pem", "run"))


def a_broken_log(binary):
    with program(binary) as one:
        begun(one)
        with open(f"{one.folder}/log.sqlite", "r+b") as f:
            f.write(os.urandom(8192))
        for end in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(f"{one.folder}/log.sqlite{end}")
        refuses(one, "log.sqlite")


def a_foreign_log(binary):
    import sqlite3
    with program(binary) as one:
        file = sqlite3.connect(f"{one.folder}/log.sqlite")
        file.execute("CREATE TABLE shopping(item)")
        file.commit()
        file.close()
        refuses(one, "is not a Hearback log")


def the_log_of_another_authority(binary):
    with program(binary) as one:
        begun(one)
        refuses(one, "E08000002", "E08000003", words=("--set", "authority=E08000003", "run"))


def a_master_key_that_is_missing_or_another(binary):
    with program(binary) as one:
        one.start()
        smtp_send(one, 1)
        wait_until(lambda: one.conversations())
        one.stop()
        os.rename(f"{one.folder}/master.key", f"{one.folder}/kept")
        refuses(one, "master.key", "is not there")
        with open(f"{one.folder}/master.key", "wb") as f:
            f.write(os.urandom(32))
        os.chmod(f"{one.folder}/master.key", 0o600)
        refuses(one, "another master key")
        os.rename(f"{one.folder}/kept", f"{one.folder}/master.key")
        one.start()
        expect(len(one.conversations()) == 1, "with its key back it does not show what it had")


def a_master_key_that_others_can_read(binary):
    with program(binary) as one:
        begun(one)
        os.chmod(f"{one.folder}/master.key", 0o644)
        refuses(one, "can be read by others", "chmod 600")


def a_second_program_in_one_folder(binary):
    with program(binary) as one:
        one.start()
        refuses(one, "Another hearback runs", "--data")


def a_clock_for_a_real_council(binary):
    with program(binary) as one:
        begun(one)
        refuses(one, "made-up", words=("run", "--set-clock", "2024-02-15T10:00"))


def a_folder_that_cannot_be_made(binary):
    with program(binary) as one:
        refuses(one, "The folder /proc/hearback cannot be made", "--data", words=("--data", "/proc/hearback", "run"))


def a_broken_table_of_views_or_ledger(binary):
    for name in ("views.sqlite", "mailer.sqlite", "idempotency.sqlite", "api-keys"):
        with program(binary) as one:
            begun(one)
            with open(f"{one.folder}/{name}", "wb") as f:
                f.write(b"no database at all\n" * 1000)
            refuses(one, name, "elete")


def a_broken_search_index_is_made_anew(binary):
    with program(binary) as one:
        begun(one)
        with open(f"{one.folder}/search.sqlite", "wb") as f:
            f.write(b"no database at all\n" * 1000)
        one.start()
        until = time.monotonic() + 10
        while one.get("search", text="x")["behind"] and time.monotonic() < until:
            time.sleep(0.05)
        expect(not one.get("search", text="x")["behind"], "the search index was not made anew")


def a_broker_that_is_not_there(binary):
    with program(binary) as one:
        refuses(one, "does not answer", "see that the broker runs", words=("--set", f"log=kafka://127.0.0.1:{free_port()}", "run"))


def a_publisher_without_kafka(binary):
    with program(binary) as one:
        refuses(one, "publisher", "log=kafka://", words=("run", "--roles", "publisher"))


def topics_that_are_missing(binary):
    from harness.broker import Broker
    try:
        folder = tempfile.mkdtemp(prefix="hearback-kafka-")
        broker = Broker(folder)
    except (RuntimeError, OSError) as e:
        return print(f"  skipped: no broker is to be had ({str(e).splitlines()[-1][:80]})")
    try:
        with program(binary) as one:
            refuses(one, "hearback.E08000002", "log create", words=("--set", f"log=kafka://{broker.bootstrap}", "run"))
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)


def lists_that_are_wrong(binary):
    with program(binary) as one:
        for text, needed in (("fruit,colour\napple,red\n", "first line must name the columns"), ("staff,name,role,team,phone,email\nx,X,astronaut,north,1,x@y.example\n", "astronaut")):
            with open(f"{one.folder}/list.csv", "w", encoding="utf-8") as f:
                f.write(text)
            refuses(one, "list.csv", needed, words=("directory", "import", f"{one.folder}/list.csv"))


# -- while it runs

def smtp_send(one, number, size=200):
    raw = f"From: p{number}@example.org\r\nTo: {MAILBOX}\r\nSubject: Question {number}\r\nMessage-ID: <q{number}@example.org>\r\n\r\n".encode() + (b"words " * 12 + b"\r\n") * (size // 74 + 1)
    with smtplib.SMTP("127.0.0.1", one.smtp_port, timeout=20) as smtp:
        smtp.sendmail(f"p{number}@example.org", [MAILBOX], raw)


def wait_until(true, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def send_until_full(one, kept, first):
    """Sends until it says that it cannot; the reply code."""
    for number in range(first, first + 400):
        try:
            smtp_send(one, number, 60_000)
            kept.append(number)
        except smtplib.SMTPRecipientsRefused as e:
            return next(iter(e.recipients.values()))[0]
        except smtplib.SMTPResponseException as e:
            return e.smtp_code
        except smtplib.SMTPServerDisconnected:
            return "a closed line"
    return 0


def with_a_full_disk(one, make_full, make_room):
    one.start()
    kept = []
    smtp_send(one, 0)
    kept.append(0)
    make_full(one)
    code = send_until_full(one, kept, 1)
    print(f"  {len(kept)} mails kept, then {code}")
    expect(code in (451, 452), f"a full disk is answered {code}")
    expect(one.process.poll() is None, "the program ended on a full disk")
    make_room(one)
    expect(wait_until(lambda: not_refused(one, kept)), "after room was made no mail is taken")
    wait_until(lambda: len(one.conversations()) == len(kept))
    expect(sorted(int(r["subject"].split()[1]) for r in one.conversations()) == sorted(kept), f"of {len(kept)} accepted mails {len(one.conversations())} are there")
    one.stop()
    expect("The chain holds" in one.command("journal", "--verify", check=False), "the chain does not hold after a full disk")


def not_refused(one, kept):
    try:
        smtp_send(one, 1000 + len(kept))
        kept.append(1000 + len(kept))
        return True
    except smtplib.SMTPException:
        return False


def files_that_may_not_grow(binary):
    with program(binary) as one:
        unlimited = resource.RLIM_INFINITY
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with_a_full_disk(one, lambda p: resource.prlimit(p.process.pid, resource.RLIMIT_FSIZE, (3_000_000, unlimited)),
                         lambda p: resource.prlimit(p.process.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited)))


def a_full_disk(binary):
    folder = tempfile.mkdtemp(prefix="hearback-full-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], stderr=subprocess.DEVNULL).returncode != 0:
        os.rmdir(folder)
        return print("  skipped: only root may mount a small disk")

    def fill(_):
        with contextlib.suppress(OSError), open(f"{folder}/filler", "wb") as f:
            f.write(b"x" * 12_000_000)
    try:
        with_a_full_disk(Program(binary, 9, folder=f"{folder}/data"), fill, lambda _: os.remove(f"{folder}/filler"))
    finally:
        subprocess.run(["umount", "-l", folder])
        os.rmdir(folder)


def a_stop_under_load(binary):
    peer = Peer()
    one = Program(binary, peer.port, settings=["sending_window: always", "standard.acknowledge: every_message"])
    accepted, over = [], threading.Event()

    def send(worker):
        for n in range(100000):
            if over.is_set():
                return
            try:
                smtp_send(one, worker * 100000 + n, 8000)
                accepted.append(worker * 100000 + n)
            except (OSError, smtplib.SMTPException):
                time.sleep(0.02)
    try:
        one.start()
        threads = [threading.Thread(target=send, args=(worker,), daemon=True) for worker in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(3)
        idle = socket.create_connection(("127.0.0.1", one.smtp_port))    # one that says nothing must not hold it
        began = time.monotonic()
        one.process.send_signal(signal.SIGTERM)
        try:
            status = one.process.wait(20)
        except subprocess.TimeoutExpired:
            status = "none"
        took = time.monotonic() - began
        over.set()
        print(f"  SIGTERM after {len(accepted)} mails: ended in {took:.1f} s with status {status}")
        expect(status == 0 and took < 10, f"SIGTERM took {took:.1f} s, status {status}")
        idle.close()
        for thread in threads:
            thread.join(30)
        if status == "none":
            return
        one.start()                                  # what was accepted and not yet decided is decided now
        wait_until(lambda: len(one.conversations()) >= min(len(accepted), 2000))
        one.stop()
        stored = one.command("dump").count('"raw_sha256"')
        expect(stored >= len(accepted), f"{len(accepted)} accepted, {stored} stored")
    finally:
        over.set()
        if one.process:
            one.kill()
        one.remove()
        peer.stop()


CASES = [a_setting_that_does_not_exist, values_that_are_wrong, settings_that_are_not_yaml, a_file_of_settings_that_is_not_there, a_port_in_use, a_web_address_for_all, a_page_from_elsewhere_that_leads_to_this_machine,
         a_certificate_that_is_not_there, a_broken_log, a_foreign_log, the_log_of_another_authority, a_master_key_that_is_missing_or_another, a_master_key_that_others_can_read,
         a_second_program_in_one_folder, a_clock_for_a_real_council, a_folder_that_cannot_be_made, a_broken_table_of_views_or_ledger, a_broken_search_index_is_made_anew, a_broker_that_is_not_there, a_publisher_without_kafka,
         topics_that_are_missing, lists_that_are_wrong, files_that_may_not_grow, a_full_disk, a_stop_under_load]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    for case in CASES:
        if asked.only in case.__name__:
            print(case.__name__.replace("_", " "))
            case(asked.binary)
    print("Every fault says what to do." if not wrong else f"{len(wrong)} faults say too little.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
