"""Debian's packages for one test and nobody else: unpacked into a folder and laid over /usr in a mount namespace of the test's own, so that each program
finds itself where it was built to be. Nothing is installed, and nothing is left."""
import glob
import os
import shutil
import subprocess
import sys

SKIPPED = 77
INSIDE = "HEARBACK_PACKAGES_OVER_USR"


def place_of(folder, path):
    """A file of a package, which this machine may have had already."""
    return f"{folder}/root{path}" if os.path.exists(f"{folder}/root{path}") else path


def skip(why):
    print(f"Skipped: {why}")
    sys.exit(SKIPPED)


def fetch(folder, packages):
    """Unpacks them once, with what they need and this machine does not have. A folder is whole or not there."""
    if os.path.isdir(f"{folder}/root"):
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f"{folder}/debs/partial")
    os.makedirs(f"{folder}/unpacked/usr")
    os.chmod(folder, 0o755)
    got = subprocess.run(["apt-get", "install", "-qq", "-y", "--download-only", "--no-install-recommends", "-o", "Debug::NoLocking=1", "-o", f"Dir::Cache::archives={folder}/debs", *packages],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if got.returncode != 0:
        skip(f"Debian's packages {', '.join(packages)} cannot be had (apt-get update may help): {(got.stdout.strip().splitlines() or ['no reason given'])[-1]}")
    for package in glob.glob(f"{folder}/debs/*.deb"):
        subprocess.run(["dpkg", "-x", package, f"{folder}/unpacked"], check=True)
    os.rename(f"{folder}/unpacked", f"{folder}/root")


def with_packages_over_usr(folder, packages):
    """This script again, where /usr has these packages as well; returns there."""
    if INSIDE in os.environ:
        return
    if os.geteuid() != 0:
        skip("Postfix and Dovecot can be had by root alone, who gives each of their parts a user of its own.")
    if subprocess.run(["unshare", "--mount", "--propagation", "private", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        skip("Here nothing can be laid over /usr that nobody else sees (the root folder is no mount of its own).")
    fetch(folder, packages)
    lay_and_go_on = f'''mount -t overlay overlay -o "lowerdir=$0/root/usr:/usr" /usr || {{ echo "Skipped: this machine lays no folder over /usr."; exit {SKIPPED}; }}; exec "$@"'''
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "sh", "-c", lay_and_go_on, os.path.abspath(folder), sys.executable, *sys.argv])
