"""Debian's packages for one test and nobody else: unpacked into a folder and laid over /usr in a mount namespace of the test's own, so that each program
finds itself where it was built to be. Nothing is installed, and nothing is left."""
import glob
import os
import shutil
import subprocess
import sys

SKIPPED = 77
INSIDE = "HEARBACK_PACKAGES_OVER_USR"


def skip(why):
    print(f"Skipped: {why}")
    sys.exit(SKIPPED)


def fetch(folder, packages):
    """Unpacks them once. A folder is whole or not there."""
    if os.path.isdir(f"{folder}/root"):
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.chmod(folder, 0o755)
    got = subprocess.run(["apt-get", "download", "-qq", *packages], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if got.returncode != 0:
        skip(f"Debian's packages {', '.join(packages)} cannot be had: {got.stdout.strip().splitlines()[-1]}")
    for package in glob.glob(f"{folder}/*.deb"):
        subprocess.run(["dpkg", "-x", package, f"{folder}/unpacked"], check=True)
    os.rename(f"{folder}/unpacked", f"{folder}/root")


def with_packages_over_usr(folder, packages):
    """This script again, where /usr has these packages as well; returns there."""
    if INSIDE in os.environ:
        return
    if os.geteuid() != 0:
        skip("Postfix and Dovecot can be started by root alone, who gives each of their parts a user of its own.")
    fetch(folder, packages)
    lay_and_go_on = 'mount -t overlay overlay -o "lowerdir=$0/root/usr:/usr" /usr && exec "$@"'
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "sh", "-c", lay_and_go_on, os.path.abspath(folder), sys.executable, *sys.argv])
