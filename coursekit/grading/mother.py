"""The warm process: loads once what every notebook needs, and forks a process for each one.

It runs inside the box and never runs a trainee's code itself. Each fork gets namespaces of its own, so that no process
outlives it, a folder of its own in memory, and limits; see `isolate`.

Over its socket come lines of JSON, first {"warm": [sources of the instructor's cells]} with the socket of the judges' mother, who
is told in the same way what she loads; then, with open files sent along, {"start": number, "limits": {...}} with the worker's line,
{"kill": number} or {"look": number}. It tells {"ready": …}, {"ended": number, "why": …}, {"looked": number, "why": …}. What it has
heard all its forks can read: so whatever belongs to one submission goes over its worker's own line.
"""

import ctypes
import gc
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading

from coursekit.grading import fence

NEW_FOLDERS, NEW_USER, NEW_PROCESSES, NEW_MESSAGES = 0x00020000, 0x10000000, 0x20000000, 0x08000000
NO_SETUID, NO_DEVICES, NO_PROGRAMS = 2, 4, 8
ALSO_HERE, AND_BELOW, MOVE = 4096, 16384, 8192  # of mount
NOT_TO_BE_READ, DIE_WITH_PARENT = 4, 1  # prctl: PR_SET_DUMPABLE, PR_SET_PDEATHSIG
HOME = "/tmp/notebook"  # of every notebook, in a memory of its own
NEXT = "/tmp/.next"  # where it is made
LOOK = 0.2  # seconds between two looks at what the processes hold

libc = ctypes.CDLL(None, use_errno=True)


def main(number, *names):
    """Load the modules named, make a shell, and fork until the socket is closed; number: of the socket's file."""
    line = socket.socket(fileno=int(number))
    kept = _below_tmp()
    libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    import importlib

    for name in names:
        importlib.import_module(name)
    from coursekit.grading import shell, worker  # noqa: F401

    made = shell.shell(lambda output: None)
    asked = _first(line)
    if asked is None:  # the grader has ended
        return
    request, judges = asked
    shell.warm(made, [*shell.FIRST, *request["warm"]])
    if threading.active_count() > 1:  # a fork would have only one of them
        raise SystemExit("a cell of the instructor's started a thread")
    # The judges have a mother of their own: what she is told and loads for the tests, no process of a trainee's may hold. So it
    # is said to her alone, for a fork keeps all that its mother ever heard.
    if os.fork():
        judges.close()
    else:
        libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        line.close()
        line = judges
        if (asked := _first(line)) is None:
            return
        shell.warm(made, asked[0]["warm"])
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    gc.collect()
    gc.freeze()  # a fork that looked for garbage in all that is loaded would have to copy it
    libc.prctl(NOT_TO_BE_READ, 0, 0, 0, 0)  # no child may read what its sisters are made from
    Mother(line, made, kept).serve()


def _first(line):
    """The first request, with the socket that comes with it or None; None when the other side has ended."""
    waiting, files = b"", []
    while not waiting.endswith(b"\n"):
        data, sent, _, _ = socket.recv_fds(line, 1 << 20, 8)
        if not data:
            return None
        waiting, files = waiting + data, files + sent
    return json.loads(waiting), socket.socket(fileno=files[0]) if files else None


def _below_tmp():
    """The folders that are shown below /tmp, such as a course's own Python there; each notebook's /tmp must show them, too."""
    try:
        with open("/proc/self/mountinfo") as file:
            places = sorted(line.split()[4] for line in file)
    except OSError:  # there is no such file but on Linux, where alone a box can be made
        return []
    return [place for place in places if place.startswith("/tmp/")]


class Mother:
    """The forks that live, by number."""

    def __init__(self, line, shell, kept):
        self.line, self.shell, self.kept, self.living, self.asked = line, shell, kept, {}, []

    def tell(self, what):
        self.line.sendall(json.dumps(what).encode() + b"\n")

    def serve(self):
        self.tell({"ready": os.getpid()})
        waiting, files = b"", []
        while True:
            there, _, _ = select.select([self.line], [], [], LOOK if self.living else None)
            if there:
                data, sent, _, _ = socket.recv_fds(self.line, 1 << 20, 8)
                if not data:
                    return
                files += sent
                *lines, waiting = (waiting + data).split(b"\n")
                for one in lines:
                    self.obey(json.loads(one), files)
            self.look()
            for number in self.asked:
                self.tell({"looked": number, "why": self.living[number][2] if number in self.living else None})
            self.asked = []

    def obey(self, request, files):
        if "start" in request:
            line, printed = files.pop(0), files.pop(0)
            child = os.fork()
            if not child:
                self.line.close()
                _become(request, line, printed, self.shell, self.kept)
            os.close(line)
            os.close(printed)
            self.living[request["start"]] = [child, request["limits"], None]
        elif "look" in request:
            self.asked.append(request["look"])
        elif request["kill"] in self.living:
            self.end(request["kill"], "killed")

    def end(self, number, why):
        child, _, told = self.living[number]
        self.living[number][2] = told or why
        os.kill(child, signal.SIGKILL)

    def look(self):
        """Tell which have ended, and end those that hold more than they may."""
        if not self.living:
            return
        least = min(limits["memory"] for _, limits, _ in self.living.values())
        held = _held([child for child, _, _ in self.living.values()], least)
        for number, (child, limits, _) in list(self.living.items()):
            memory, processes = held[child]
            if memory > limits["memory"]:
                self.end(number, "memory")
            elif processes > limits["processes"]:  # the kernel does not count those of a superuser
                self.end(number, "processes")
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                told = self.living.pop(number)[2]
                self.tell({"ended": number, "why": told or _why(status)})


def _why(status):
    code = os.waitstatus_to_exitcode(status)
    return {-signal.SIGXCPU: "cpu", 128 + signal.SIGXCPU: "cpu"}.get(code, "ended" if code == 0 else f"exit {code}")


def _held(children, limit):
    """What the processes under each child hold: [bytes of memory, processes]; at most the bytes where that is below the limit."""
    parent, own = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/status") as file:
                    status = dict(line.split(":", 1) for line in file)
            except OSError:  # it has just ended
                continue
            parent[int(name)] = int(status["PPid"])
            own[int(name)] = _sum(status, "RssAnon", "RssShmem")
    below = {child: [] for child in children}
    for number in own:
        at = number
        while at in parent and at not in below:
            at = parent[at]
        if at in below:
            below[at].append(number)
    held = {}
    for child, numbers in below.items():
        most = sum(own[number] for number in numbers)
        # To look closer takes some milliseconds, so it is done only when it matters.
        held[child] = [most if most <= limit else sum(_alone(number, own) for number in numbers), len(numbers)]
    return held


def _alone(number, own):
    """The memory that a process holds beside what it shares with this one."""
    try:
        with open(f"/proc/{number}/smaps_rollup"):  # the kernel shows it of other programs, but not of forks of this one
            return own[number]
    except OSError:
        return max(own[number] - own.get(os.getpid(), 0), 0)


def _sum(status, *kinds):
    return sum(1024 * int(status.get(kind, "0").split()[0]) for kind in kinds)


# -- in the child ------------------------------------------------------------------------------


def _become(request, line, printed, shell, kept):
    """Turn this fork into the keeper of a process in namespaces of its own, in which the cells run; never returns."""
    try:
        libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        limits = request["limits"]
        home = HOME if limits["isolated"] else tempfile.mkdtemp(prefix="notebook-")
        if limits["isolated"]:
            isolate()
        worker = os.fork()  # the first process in the new namespace; when it ends, the kernel ends all others
        if worker:
            os.close(line)
            os.close(printed)
            code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
            if not limits["isolated"]:
                shutil.rmtree(home, ignore_errors=True)
            os._exit(code if code >= 0 else 128 - code)
        libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if limits["isolated"]:
            own_folder(limits, kept)
        _work(request, line, printed, shell, home)
    except BaseException as error:
        os.write(printed, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(97)  # ours


def isolate():
    """Namespaces of users, processes, folders and messages of this process's own."""
    user, group = os.getuid(), os.getgid()
    _call("unshare", NEW_USER | NEW_FOLDERS | NEW_PROCESSES | NEW_MESSAGES)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def own_folder(limits, kept):
    """An empty folder in memory in the place of /tmp, and the processes of the new namespace alone in /proc."""
    os.makedirs(NEXT, exist_ok=True)
    _mount("tmpfs", NEXT, NO_SETUID | NO_DEVICES, f"size={limits['disk']},nr_inodes=20000")
    for place in kept:
        there = NEXT + place.removeprefix("/tmp")
        os.makedirs(there, exist_ok=True)
        _call("mount", place.encode(), there.encode(), None, ALSO_HERE | AND_BELOW, None)
    _call("mount", NEXT.encode(), b"/tmp", None, MOVE, None)
    _mount("tmpfs", "/dev/shm", NO_SETUID | NO_DEVICES, f"size={limits['disk']},nr_inodes=1000")
    os.mkdir(HOME, 0o700)
    try:
        _mount("proc", "/proc", NO_SETUID | NO_DEVICES | NO_PROGRAMS)
    except OSError:  # not allowed inside some containers: then nothing is to be seen at all
        _mount("tmpfs", "/proc", NO_SETUID | NO_DEVICES, "size=4k,nr_inodes=2")


def _mount(kind, where, flags, data=None):
    _call("mount", kind.encode(), where.encode(), kind.encode(), flags, data and data.encode())


def _call(name, *given):
    if getattr(libc, name)(*given):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _work(request, line, printed, shell, home):
    from coursekit.grading.worker import Worker, again_elsewhere

    limits = request["limits"]
    os.chdir(home)
    nothing = os.open("/dev/null", os.O_RDONLY)
    for new, old in ((nothing, 0), (printed, 1), (printed, 2)):
        os.dup2(new, old)
    os.close(printed)
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for kind, most in (
        (resource.RLIMIT_CPU, limits["cpu"]), (resource.RLIMIT_FSIZE, limits["disk"]), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_NPROC, limits["processes"]), (resource.RLIMIT_DATA, limits["memory"] + 1024 * held + (256 << 20)),
    ):  # fmt: skip
        resource.setrlimit(kind, (most, most))
    if limits["isolated"]:
        fence.close(libc)
    from coursekit.grading import shell as shells

    sys.stdout, sys.stderr = (shells.Stream(name, lambda output: shell.told(output)) for name in ("stdout", "stderr"))
    sys.path.insert(0, home)
    with socket.socket(fileno=line) as end:
        made = Worker(shell, end.makefile("rb"), end.makefile("wb"), bool(request.get("judge")))
        if made.judge:
            sys.modules["coursekit.checks"].elsewhere = again_elsewhere(made)
        made.serve()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
