"""Makes the environment in .venv; run by the machine's own Python, before anything is installed.

    python3 coursekit/ready.py

Only the standard library is used, and nothing that a Python too old to run the course would
not understand: such a Python must still be able to say so. An environment is ready only when
every step went through; a half-made one is made again. Run again, it only looks and returns.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
NEEDED_MB = 1500
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
MARK = os.path.join(VENV, "ready")


def stop(sentence):
    """One plain sentence, and no traceback."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def version():
    return "%d.%d" % tuple(sys.version_info[:2])


def fit(pair):
    return OLDEST <= tuple(pair) <= NEWEST


def other_python():
    """Another Python on this machine that is neither too old nor too new, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            return found
    return None


def wanted():
    """What the environment depends on, as one hash: the lock, the project file, the Python, the place."""
    digest = hashlib.sha256(("%s %s" % (version(), ROOT)).encode("utf-8"))
    for name in ("requirements.txt", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read().split(b"[tool.")[0])  # settings of tools change nothing that is installed
    return digest.hexdigest()


def is_ready():
    try:
        with open(MARK) as file:
            return file.read().strip() == wanted()
    except OSError:
        return False


def python_of_venv():
    return os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python.exe" if os.name == "nt" else "python")


def check_machine():
    """Everything that can be known before minutes are spent."""
    if not fit(sys.version_info[:2]):
        found = other_python()
        if found and not os.environ.get("COURSEKIT_READY_AGAIN"):
            os.environ["COURSEKIT_READY_AGAIN"] = "1"
            sys.exit(subprocess.call([found, os.path.abspath(__file__)]))
        stop("This is Python %s; the course needs Python 3.11, 3.12 or 3.13. Install one of them, then run: "
             "make lab PYTHON=python3.12 (with the version you installed)." % version())  # fmt: skip
    try:
        import ensurepip  # noqa: F401 – Debian leaves it out, and with it a working venv
        import venv  # noqa: F401
    except ImportError:
        stop("This Python cannot make environments: its venv module is missing. On Debian or Ubuntu run: "
             "sudo apt install python%s-venv. Then run make lab again." % version())  # fmt: skip
    free = shutil.disk_usage(ROOT).free // 10**6
    if free < NEEDED_MB:
        stop("The disk has %d MB free; the course needs %d MB. Make room, then run make lab again." % (free, NEEDED_MB))
    if not os.access(ROOT, os.W_OK):
        stop("The folder %s cannot be written to. Copy the course to a folder of your own." % ROOT)


def step(number, words, command):
    """One step, told before it begins; its own output is shown when it fails."""
    sys.stdout.write("%d of 3: %s\n" % (number, words))
    sys.stdout.flush()
    environment = dict(os.environ, PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return
    said = done.stdout.decode("utf-8", "replace")
    shutil.rmtree(VENV, ignore_errors=True)
    stop(reason(said) + " What pip said last:\n" + "\n".join(said.strip().splitlines()[-5:]))


def reason(said):
    """Why a step failed, as a sentence that says what to do."""
    if "No space left" in said or "Errno 28" in said:
        return "The disk is full; nothing was left behind. Make about %d MB of room, then run make lab again." % NEEDED_MB
    if "do not match the hashes" in said or "DO NOT MATCH THE HASHES" in said:
        return "A package that came over the line is not the one the course was tested with. Try again; if it stays so, tell the authors."
    if any(words in said for words in ("NewConnectionError", "Max retries", "Temporary failure in name resolution", "timed out")):
        return "The line to the package index broke. Run make lab again; what was fetched is kept and not fetched twice."
    return "The environment could not be made; nothing was left behind."


def make():
    shutil.rmtree(VENV, ignore_errors=True)
    step(1, "making an environment in .venv", [sys.executable, "-m", "venv", VENV])
    python = python_of_venv()
    step(2, "fetching the packages of the course (about 300 MB, one to ten minutes)",
         [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt"])  # fmt: skip
    step(3, "installing the course's own library",
         [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."])  # fmt: skip
    with open(MARK + ".new", "w") as file:
        file.write(wanted() + "\n")
    os.replace(MARK + ".new", MARK)


def main():
    if is_ready() and os.path.exists(python_of_venv()):
        return
    check_machine()
    try:
        make()
    except KeyboardInterrupt:
        shutil.rmtree(VENV, ignore_errors=True)
        stop("Stopped; nothing was left behind. Run make lab to begin again.")


if __name__ == "__main__":
    main()
