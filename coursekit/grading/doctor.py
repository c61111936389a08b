"""`coursekit doctor`: what this machine can do for a class, in sentences, and a handful of escapes tried."""

import os
import platform
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from coursekit.errors import Plain
from coursekit.grading import proof
from coursekit.grading.box import LIMITS, Box, bubblewrap, programs

# Switches of Linux that keep a user from making a box: file, the value that does, what to do.
SWITCHES = {
    "/proc/sys/kernel/unprivileged_userns_clone": ("0", "set kernel.unprivileged_userns_clone to 1"),
    "/proc/sys/user/max_user_namespaces": ("0", "set user.max_user_namespaces to a number above 0"),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1", "install the system's own bubblewrap, for which AppArmor has a rule (on Ubuntu: apt install bubblewrap)"),
}  # fmt: skip


def examined():
    """What this machine can do, as pairs (True when it is as it should be, sentence), one by one as they are found out."""
    yield True, f"{platform.system()} on {platform.machine()}, Python {platform.python_version()}."
    yield from _strength()
    if sys.platform != "linux":
        yield False, "Trainees' code can be shut in on Linux only; here `coursekit grade` asks for --without-box."
        return
    found = bubblewrap()
    if not found:
        yield False, _why_no_box()
        return
    yield True, f"{_version(found)} at {found} can make a box."
    try:
        with Box().load() as box, proof.in_reach() as told:
            yield from _tried(box, told)
    except Plain as plain:
        yield False, str(plain)


def _strength():
    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    needed = (cores + 1) * LIMITS["memory"] + (1 << 30)
    yield True, f"{cores} cores: `coursekit grade` grades {cores + 1} submissions at a time."
    if memory:
        few = (
            ""
            if memory >= needed
            else f"; with fewer than {needed / 2**30:.0f} GB, give --jobs {max(1, int(memory / 2**30) - 1)}"
        )
        yield not few, f"{memory / 2**30:.1f} GB of memory{few}."
    free = shutil.disk_usage(Path.cwd()).free
    yield free > 1 << 30, f"{free / 2**30:.1f} GB free on the disk of this folder."
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    yield True, "This is root, so grading goes on only in a box that is proven." if root else "This is not root."


def _why_no_box():
    hints = [what for file, (bad, what) in SWITCHES.items() if Path(file).exists() and Path(file).read_text().strip() == bad]
    if not programs():
        return "There is no bubblewrap: install it (Debian, Ubuntu, Fedora: the package bubblewrap), or run make lab once."
    return f"bubblewrap is there but is not allowed to make a box: {' or '.join(hints) or 'ask who looks after this machine for user namespaces'}."


def _version(found):
    return subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.strip() or "bubblewrap"


def _tried(box, told):
    for done, tried in ((proof.escapes(box, told), proof.ESCAPES), (proof.endless(box), proof.ENDLESS)):
        for what in tried:
            yield (False, f"NOT HELD: a cell can {what}.") if what in done else (True, f"Held: a cell cannot {what}.")
    goes_on = proof.left(box, f"left-{secrets.token_hex(8)}")
    yield (
        not goes_on,
        "NOT HELD: a cell can leave a process behind." if goes_on else "Held: a cell cannot leave a process behind.",
    )
