#!/usr/bin/env python3
"""A decider knows no clock, file, socket, thread, JSON, Poco, SQLite or Kafka: its library needs no such symbol.

  purity.py BUILD_FOLDER CXX      also proves itself on a planted clock and a planted file
"""
import os
import re
import subprocess
import sys
import tempfile

DECIDERS = "directory routing casework promises escalation sending_window delivery office".split()
BANNED = re.compile(r"system_clock::now|steady_clock::now|\bclock_gettime|\bgettimeofday|\btime$|\bf?open(64)?$|basic_[io]?f?stream|basic_filebuf|\bsocket$|\bconnect$|std::thread|pthread_create|"
                    r"random_device|\brand(om)?$|getenv|nlohmann|simdjson|Poco::|sqlite3_|rd_kafka|spdlog")


def needed(library):
    done = subprocess.run(["nm", "-C", "--undefined-only", library], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    names = {line.split(None, 1)[1].split("@")[0] for line in done.stdout.splitlines() if line.strip().startswith("U ")}
    return sorted(n for n in names if BANNED.search(n.split("(")[0]))


def planted(source, cxx, folder):
    path = os.path.join(folder, "planted")
    open(path + ".cpp", "w").write(source)
    subprocess.run([cxx, "-std=c++20", "-c", path + ".cpp", "-o", path + ".o"], check=True)
    return needed(path + ".o")


def main():
    build, cxx = sys.argv[1:3]
    faults = []
    for decider in DECIDERS:
        for symbol in needed(os.path.join(build, "services", "deciders", f"libhb_{decider}.a")):
            faults.append(f"{decider} needs {symbol}")
    with tempfile.TemporaryDirectory() as folder:
        if not planted("#include <chrono>\nlong f() { return std::chrono::system_clock::now().time_since_epoch().count(); }\n", cxx, folder):
            faults.append("a planted clock was not found: this test proves nothing")
        if not planted("#include <fstream>\nint f() { std::ifstream in(\"x\"); return in.get(); }\n", cxx, folder):
            faults.append("a planted file was not found: this test proves nothing")
    print("\n".join(faults) or f"{len(DECIDERS)} libraries are pure")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
