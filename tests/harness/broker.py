"""A real Kafka broker of one node for stories and the demo: infra/kafka/broker, on ports that nobody holds."""
import os
import subprocess
import sys

from harness.program import ROOT, free_port

SCRIPT = os.path.join(ROOT, "infra", "kafka", "broker")


class Broker:
    def __init__(self, folder):
        self.folder = folder
        self.run("fetch")
        for _ in range(10):                          # the port above must be free too
            port = free_port()
            if self.run("start", folder, str(port), check=False) == 0:
                self.bootstrap = f"127.0.0.1:{port}"
                return
        raise RuntimeError("no Kafka broker could be started")

    @staticmethod
    def run(*words, check=True):
        done = subprocess.run([sys.executable, SCRIPT, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(done.stdout)
        return done.returncode

    def stop(self):
        self.run("stop", self.folder, check=False)
