"""The council's Postfix, by infra/postfix, and a Dovecot in which parents have their mailboxes: on loopback, in a folder of the test's own. Two accounts
that every Debian has serve each of them, so that none is made."""
import imaplib
import email
import email.policy
import os
import shutil
import socket
import subprocess
import time

from harness.program import ROOT, free_port

PASSWORD = "family"

PRIVATE_MAIN_CF = """
# -- a place of its own for the test
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
meta_directory = {meta}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
mail_owner = news
setgid_group = games
default_privs = nobody
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_recipient_maps =
alias_maps =
alias_database =
smtp_host_lookup = native
smtp_dns_support_level = disabled
maillog_file_prefixes = {folder}
maillog_file = {folder}/mail.log
"""

MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
flush unix n - n 1000? 0 flush
tlsmgr unix - - n 1000? 1 tlsmgr
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""

DOVECOT_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = mail
default_internal_group = mail
default_login_user = nobody
mail_location = maildir:~/Maildir
first_valid_uid = 1
first_valid_gid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
"""


def until(what, true, seconds=30):
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.1)
    return found


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Dovecot:
    """Families' mailboxes: those that are named, and no other."""

    def __init__(self, folder, addresses):
        self.folder, self.imap, self.lmtp = folder, free_port(), free_port()
        for name in ("run", "state", "home"):
            os.makedirs(f"{folder}/{name}")
        shutil.chown(f"{folder}/home", "mail", "mail")
        with open(f"{folder}/users", "w", encoding="utf-8") as f:
            f.writelines(f"{each}:{{PLAIN}}{PASSWORD}:8:8::{folder}/home/{each}::\n" for each in addresses)
        with open(f"{folder}/dovecot.conf", "w", encoding="utf-8") as f:
            f.write(DOVECOT_CONF.format(folder=folder, imap=self.imap, lmtp=self.lmtp))
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", f"{folder}/dovecot.conf"])
        until("Dovecot listens", lambda: listens(self.imap) and listens(self.lmtp))

    def mails_of(self, address):
        """All of a mailbox, as the family's mail program reads them."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=20) as imap:
            imap.login(address, PASSWORD)
            imap.select("INBOX", readonly=True)
            numbers = imap.search(None, "ALL")[1][0].split()
            return [email.message_from_bytes(imap.fetch(n, "(RFC822)")[1][0][1], policy=email.policy.default) for n in numbers]

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Postfix:
    """infra/postfix with the ports of this test; what it does not name goes to `world`, where the families' mailboxes are."""

    def __init__(self, folder, meta, port, hearback_port, world):
        self.folder, self.port, self.conf = folder, port, f"{folder}/conf"
        self.make_queue()
        with open(f"{ROOT}/infra/postfix/main.cf", encoding="utf-8") as f:
            main_cf = f.read()
        with open(f"{ROOT}/infra/postfix/hearback-transport", encoding="utf-8") as f:
            transport = f.read()
        assert transport.count(":2525") == 1, "the example names another port than smtp_in.listen has"
        files = {"main.cf": main_cf + PRIVATE_MAIN_CF.format(folder=folder, meta=meta), "master.cf": MASTER_CF.format(port=port),
                 "hearback-transport": transport.replace(":2525", f":{hearback_port}") + f"* lmtp:inet:127.0.0.1:{world}\n"}
        for name, text in files.items():
            with open(f"{self.conf}/{name}", "w", encoding="utf-8") as f:
                f.write(text)
        self.run("postfix", "start")
        until("Postfix listens", lambda: listens(port))

    def make_queue(self):
        os.makedirs(self.conf)
        for name in "incoming active deferred bounce defer flush corrupt trace hold saved private maildrop public pid".split():
            os.makedirs(f"{self.folder}/queue/{name}", 0o700)
        os.makedirs(f"{self.folder}/data", 0o700)
        for name in "incoming active deferred bounce defer flush corrupt trace hold saved private maildrop public".split():
            shutil.chown(f"{self.folder}/queue/{name}", "news", "games" if name in ("maildrop", "public") else None)
        shutil.chown(f"{self.folder}/data", "news")
        for path, mode in (("", 0o755), ("queue", 0o755), ("queue/pid", 0o755), ("queue/maildrop", 0o730), ("queue/public", 0o710)):
            os.chmod(f"{self.folder}/{path}", mode)

    def run(self, *words):
        done = subprocess.run([f"/usr/sbin/{words[0]}", "-c", self.conf, *words[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{self.log()}")
        return done.stdout

    def waiting(self):
        """How many mails it holds."""
        return len([line for line in self.run("postqueue", "-j").splitlines() if line])

    def offer_again(self):
        self.run("postqueue", "-f")

    def log(self):
        path = f"{self.folder}/mail.log"
        return open(path, encoding="utf-8", errors="replace").read() if os.path.exists(path) else ""

    def stop(self):
        self.run("postfix", "stop")
