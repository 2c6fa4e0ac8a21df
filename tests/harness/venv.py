"""A Python of a test's own, with what its requirements.txt names from PyPI."""
import os
import subprocess
import sys


def in_the_venv(folder, requirements):
    """This script again, by a Python that has what the file names; it is made once."""
    with open(requirements, encoding="utf-8") as f:
        wanted = f.read()
    stamp, python = f"{folder}/installed", f"{folder}/bin/python"
    if not os.path.exists(stamp) or open(stamp, encoding="utf-8").read() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements], check=True)
        with open(stamp, "w", encoding="utf-8") as f:
            f.write(wanted)
    os.execv(python, [python, *sys.argv])
