#!/usr/bin/env python3
"""Hearback beside the least program that does the same job (the floor) and Debian's Postfix, turn by turn in one run, so
that a noisy neighbour meets all. Only ratios count: a machine drifts by two.

  run.py BINARY [--rounds 3] [--mails 4000] [--kafka] [--quick]

Whole way: connect to acknowledgement at the relay, sending window set to always, 8.4 kB mails, one a connection.
Exit 1 when a mail was lost, doubled or refused, or a goal was missed.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))
from harness.broker import Broker         # noqa: E402
from harness.program import free_port     # noqa: E402

CONFIG = """authority: {authority}
log: {log}
council: {{name: Northmere Council, phone: 01632 960 100, safety_phone: 01632 960 999, complaints_phone: 01632 960 120}}
smtp_in: {{listen: "127.0.0.1:{port}", recipients: [send@council.example]}}
relay: {{host: 127.0.0.1, port: {sink}, tls: none}}
web: {{listen: "127.0.0.1:{web}"}}
sending_window: always
standard.acknowledge: every_message
"""


class Bench:
    def __init__(self, binary, mails, work):
        self.binary, self.work, self.mails, self.authority = binary, work, f"{work}/mails", 8_100_000
        subprocess.run([sys.executable, f"{HERE}/gen_mails.py", self.mails, "--n", str(max(mails, 2500)), "--attach", "0", "--no-mbox"], check=True, stdout=subprocess.DEVNULL)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gmime-3.0"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        self.floor = f"{work}/floor"
        subprocess.run(["g++", "-std=c++20", "-O2", "-pthread", f"{HERE}/floor.cpp", "-o", self.floor, *flags, "-lsqlite3", "-lcrypto", "-lrdkafka"], check=True)
        self.postfix = None

    def drive(self, process, port, sink, n, sessions, rate, extra_pids=()):
        pid = f"{self.work}/pid"
        open(pid, "w").write(str(process.pid))
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            try:
                import socket
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        done = subprocess.run([sys.executable, f"{HERE}/e2e.py", "--mails", self.mails, "--port", str(port), "--sink-port", str(sink), "--n", str(n), "--c", str(sessions), "--rate", str(rate),
                               "--work", f"{self.work}/e2e", "--timeout", "60", "--pids", ",".join([pid, *extra_pids])], stdout=subprocess.PIPE, text=True)
        process.terminate()
        process.wait(20)
        result = json.loads(done.stdout.splitlines()[-1])
        result["failed_run"] = done.returncode != 0
        return result

    def product(self, n, sessions, rate, kafka=None):
        # Kept until the end: ext4 is slow to make files for half a minute after thousands were deleted.
        data, port, sink, web = tempfile.mkdtemp(prefix="data-", dir=self.work), free_port(), free_port(), free_port()
        self.authority += 1
        log = f"kafka://{kafka.bootstrap}" if kafka else "sqlite"
        open(f"{data}/hearback.yaml", "w").write(CONFIG.format(authority=f"E{self.authority:08}", log=log, port=port, sink=sink, web=web))
        if kafka:
            subprocess.run([self.binary, "--data", data, "log", "create"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([self.binary, "--data", data, "directory", "import", f"{self.mails}/cases.csv"], check=True, stdout=subprocess.DEVNULL)
        process = subprocess.Popen([self.binary, "--data", data, "run"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self.drive(process, port, sink, n, sessions, rate, [f"{kafka.folder}/pid"] if kafka else [])

    def floor_run(self, n, sessions, rate, kafka=None):
        data, port, sink = tempfile.mkdtemp(prefix="floor-", dir=self.work), free_port(), free_port()
        words = [f"log=kafka", f"brokers={kafka.bootstrap}", "flush=1"] if kafka else ["raw=log"]
        process = subprocess.Popen([self.floor, f"port={port}", f"sink={sink}", f"cases={self.mails}/cases.csv", f"dir={data}", *words], stdout=subprocess.DEVNULL)
        return self.drive(process, port, sink, n, sessions, rate, [f"{kafka.folder}/pid"] if kafka else [])

    def postfix_run(self, n, sessions):
        """Nothing when there is no Postfix to be had (not root, or no package source): skipped, never replaced."""
        try:
            if self.postfix is None:
                self.postfix = f"{self.work}/postfix"
                os.makedirs(self.postfix)
                subprocess.run(["bash", f"{HERE}/postfix.sh", "prepare", self.postfix, str(free_port())], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                subprocess.run(["bash", f"{HERE}/postfix.sh", "start", self.postfix], check=True, stdout=subprocess.DEVNULL)
            if self.postfix:
                done = subprocess.run(["bash", f"{HERE}/postfix.sh", "drive", self.postfix, self.mails, str(n), str(sessions)], check=True, stdout=subprocess.PIPE, text=True)
                return json.loads(done.stdout.splitlines()[-1])
        except (subprocess.CalledProcessError, OSError):
            self.postfix = ""
        return None

    def end(self):
        if self.postfix:
            subprocess.run(["bash", f"{HERE}/postfix.sh", "stop", self.postfix])


def median(rows, name):
    values = [r[name] for r in rows if r and r.get(name) is not None]
    return statistics.median(values) if values else None


def show(x, digits=0):
    return "-" if x is None else f"{x:.{digits}f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mails", type=int, default=4000)
    parser.add_argument("--kafka", action="store_true", help="on a real broker with every record flushed, too")
    parser.add_argument("--quick", action="store_true", help="one round of 1,000 mails")
    asked = parser.parse_args()
    rounds, n = (1, 1000) if asked.quick else (asked.rounds, asked.mails)
    work = tempfile.mkdtemp(prefix="hearback-bench-")
    os.chmod(work, 0o755)                            # Postfix runs under accounts of its own
    bench = Bench(asked.binary, n, work)
    broker, missed, runs = None, [], {}
    try:
        for label in ("embedded", "kafka") if asked.kafka else ("embedded",):
            if label == "kafka":                     # only now: a broker that idles takes a part of two cores
                broker = Broker(f"{work}/kafka")
            kafka = broker
            for turn in range(rounds):
                for sessions, rate, count in ((10, 0, n), (50, 0, n), (1, 0, min(n, 2000)), (10, 50, 500)):
                    key = (label, f"{rate} mails/s" if rate else f"{sessions} sessions")
                    print(f"\r\033[Kround {turn + 1} of {rounds}: {label}, {key[1]}", end="", file=sys.stderr, flush=True)
                    runs.setdefault((*key, "hearback"), []).append(bench.product(count, sessions, rate, kafka))
                    runs.setdefault((*key, "floor"), []).append(bench.floor_run(count, sessions, rate, kafka))
                    if not kafka and not rate:
                        runs.setdefault((*key, "postfix"), []).append(bench.postfix_run(min(count, 800), sessions))
        print("\r\033[K", end="", file=sys.stderr)
        missed = table(runs)
    finally:
        bench.end()
        if broker:
            broker.stop()
        shutil.rmtree(work, ignore_errors=True)
    print("\nAll goals reached." if not missed else "\nMissed: " + "; ".join(missed))
    sys.exit(1 if missed else 0)


def table(runs):
    missed = []
    print(f"{'':10} {'':12} {'':9} {'mails/s':>8} {'250 p50':>8} {'whole p50':>9} {'whole p99':>9} {'CPU us':>7} {'RSS MB':>7}")
    for key in sorted({k[:2] for k in runs}, key=lambda k: (k[0], "mails/s" in k[1], k[1])):
        label, what = key
        of = {who: runs.get((*key, who), []) for who in ("hearback", "floor", "postfix")}
        for who, rows in of.items():
            if [r for r in rows if r]:
                rate = median(rows, "delivered_per_s") if who == "postfix" else median(rows, "acked_per_s")
                print(f"{label:10} {what:12} {who:9} {show(rate):>8} {show(median(rows, 'ms_p50') if who == 'postfix' else median(rows, 'accept_ms_p50'), 2):>8} {show(median(rows, 'whole_ms_p50'), 1):>9} {show(median(rows, 'whole_ms_p99'), 1):>9} "
                      f"{show(median(rows, 'cpu_us_per_mail')):>7} {show(median(rows, 'rss_mb')):>7}")
            elif who == "postfix" and rows:
                print(f"{label:10} {what:12} postfix   skipped: it is not to be had here")
        ratio = lambda name, a="hearback", b="floor": median(of[a], name) / median(of[b], name)
        goals = [(f"{label}, {what}: a mail was lost, doubled or refused", not any(r["failed_run"] for r in of["hearback"]))]
        if what in ("10 sessions", "50 sessions"):
            goals.append((f"mails/s {ratio('acked_per_s'):.2f} x floor, goal 0.35", ratio("acked_per_s") >= 0.35))
            if label == "embedded":
                goals.append((f"CPU {ratio('cpu_us_per_mail'):.2f} x floor, goal 3", ratio("cpu_us_per_mail") <= 3))
                goals.append((f"memory {median(of['hearback'], 'rss_mb'):.0f} MB, goal 150", median(of["hearback"], "rss_mb") <= 150))
                peer = median(of["postfix"], "delivered_per_s") if any(of["postfix"]) else None
                if peer:
                    goals.append((f"mails/s {median(of['hearback'], 'acked_per_s') / peer:.2f} x Postfix, goal 1.5", median(of["hearback"], "acked_per_s") / peer >= 1.5))
        if what == "1 sessions" and label == "embedded":
            goals.append((f"accept to 250 {ratio('accept_ms_p50'):.2f} x floor, goal 2.5", ratio("accept_ms_p50") <= 2.5))
        if "mails/s" in what:
            p99 = median(of["hearback"], "whole_ms_p99")
            goals.append((f"connect to acknowledgement p99 {p99:.0f} ms, goal 50", p99 <= 50) if label == "embedded" else (f"connect to acknowledgement p99 {ratio('whole_ms_p99'):.1f} x floor, goal 5", ratio("whole_ms_p99") <= 5))
        for words, reached in goals:
            if "lost" not in words:
                print(f"{'':10} {'':12} {'reached' if reached else 'MISSED '}  {words}")
            if not reached:
                missed.append(words)
    return missed


if __name__ == "__main__":
    main()
