"""What a forked process does: run cells and hand over values, until the other side hangs up.

One line of JSON is one request, one line or more the answer, which repeats the request's number. The same worker serves the
trainee's cells and the locked ones; it decides nothing. What it says of itself is never trusted further than a trainee's answer is.

Requests: {"run": source, "stopped": [names], "unseen": true} · {"value": name} · {"names": [names]} · {"do": what, "on": number, "given": …, "named": …} ·
{"again": name, "inputs": …, "all": bool} · {"stopped": true} · {"drawn": true} · {"files": [names]}; of the locked cells' process also
{"bind": name, "found": …, "how": …}, {"draw": …}; of both, {"put": {name: base64}}. While it answers, the worker itself may ask, and waits for {"answer": …}: {"ask": request}. It may first get a
request in turn, for a test may hand a function of its own to a trainee's.
"""

import base64
import contextlib
import faulthandler
import json
import os
import random
import signal
import sys
import threading
import time
import types

from coursekit.grading import shell as shells
from coursekit.grading.remote import DONE, OPEN, UNSEEN, Line, Remote
from coursekit.grading.values import Stays, pack, unpack

MUTABLE = (list, dict, set)
PYPLOT = "matplotlib.pyplot"
GONE_THROUGH_ONCE = {"builtins", "itertools", "_io", "_csv"}  # modules whose iterators are nothing but that
FILE = 10_000_000  # bytes of a file that a test may read


class Worker:
    """One process's cells; line: a pair of binary files, to read requests from and to write answers to."""

    def __init__(self, shell, read, write, judge=False):
        self.shell, self.read, self.write, self.judge = shell, read, write, judge
        self.objects = {}  # by the number under which the other side knows them; numbers below zero are the locked cells'
        self.next = 1 + int.from_bytes(os.urandom(5), "big")  # a process that is started again never knows an old number
        self.line = Line(self.ask, self.number, self.objects.get)
        self.drawn = None  # the trainee's pyplot
        self.bound = {}  # what stands for the trainee's names while a test runs

    def say(self, what):
        self.write.write(json.dumps(what, ensure_ascii=True).encode() + b"\n")
        self.write.flush()

    def serve(self):
        """Answer requests until the line is closed."""
        self.shell.told = lambda output: self.say({"out": output})
        self.say({"begun": True})
        for line in self.read:
            self.reply(json.loads(line))

    def reply(self, request):
        self.say({"heard": request.get("id")})
        self.say(self.answer(request) | {"id": request.get("id")})

    def answer(self, request):
        (kind, what), *_ = request.items()
        try:
            return getattr(self, f"_{kind}")(what, request)
        except Stays as stays:
            return {"stays": str(stays)}
        except BaseException as error:  # an object of the trainee's may raise anything when it is looked at
            return {"failed": type(error).__name__}

    def ask(self, request):
        """Ask the other process, through the grader; it may have a function of this one called before it answers."""
        self.say({"ask": request | (self._made_of_names() if "do" in request else {})})
        while True:
            found = json.loads(self.read.readline())
            if "answer" in found:
                return found["answer"]
            self.reply(found)

    # -- objects that stay

    def number(self, x):
        """The number under which the other side knows an object."""
        number = (
            getattr(x, "remote_number", None) if hasattr(type(x), "remote_number") or isinstance(x, types.FunctionType) else None
        )
        if type(number) is int:
            return number
        self.next += 1
        number = -self.next if self.judge else self.next
        self.objects[number] = x
        return number

    def told(self, x):
        """What the other side is told of an object: its value, or what can be told of one that stays."""
        try:
            if isinstance(x, types.ModuleType) and x.__name__ == PYPLOT:
                raise Stays("what was drawn")
            return {"value": pack(x, self.number)}
        except Stays as stays:
            kind = type(x)
            once = kind.__module__ in GONE_THROUGH_ONCE and hasattr(kind, "__next__")
            what = {"object": self.number(x), "stays": str(stays), "once": once}
            return what | ({} if isinstance(x, type) else {"class": [str(kind.__module__), str(kind.__qualname__)]})

    def _do(self, what, request):
        """Do something with an object that was handed over; what it changed in place goes back too."""
        x = self.objects[request["on"]]
        given, named = self.line.unpacked(request["given"]), self.line.unpacked(request["named"])
        before = [_packed(y) for y in given]
        try:
            with self._names_as_there(request):
                found = DONE[what](x, *given, **named)
        except BaseException as error:
            return {"raised": [type(error).__name__, _text(error)]}
        told = self.told(found)
        after = [_packed(y) for y in given]
        return told | {"changed": {str(i): new for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}}

    def _made_of_names(self):
        """What a test made of the trainee's names: those that it took away, and those to which it gave a function."""
        space = self.shell.user_ns
        gone = [name for name in self.bound if name not in space]
        other = {name: space[name] for name, x in self.bound.items() if name in space and space[name] is not x}
        functions = {name: pack(x, self.number) for name, x in other.items() if isinstance(x, types.FunctionType)}
        return ({"gone": gone} if gone else {}) | ({"instead": functions} if functions else {})

    @contextlib.contextmanager
    def _names_as_there(self, request):
        """For the time of a call the trainee's names are what the test made of them: it may see that one function uses another."""
        space = self.shell.user_ns
        instead = {name: self.line.unpacked(x) for name, x in request.get("instead", {}).items()}
        names = [*request.get("gone", []), *instead]
        before = {name: space.pop(name) for name in names if name in space}
        space.update(instead)
        try:
            yield
        finally:
            for name in names:
                space.pop(name, None)
            space.update(before)

    # -- what a trainee's process is asked

    def _run(self, source, request):
        checks = _checks()
        if "stopped" in request and checks:
            checks._stopped.clear()
            checks._stopped.update(request["stopped"])
        self.line.looked = False
        if self.judge:
            self.objects.clear()  # a test's own functions are called while it runs, and never after
        threads, children = _going_on()
        started = time.process_time()
        with (
            drawn(self.drawn, self.shell.user_ns),
            shells.unseen(self.shell) if request.get("unseen") else contextlib.nullcontext(),
        ):
            went = shells.run(self.shell, source)
        cpu = time.process_time() - started
        self.drawn = None
        self.bound.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)  # an alarm would go off in somebody else's cell
        faulthandler.cancel_dump_traceback_later()
        # Threads or processes that go on may end this process in the midst of another cell.
        more, grown = _going_on()
        told = {"verdicts": json.loads(json.dumps(checks.verdicts, default=str))} if self.judge and checks else {}
        return {"ran": went, "looked": self.line.looked, "leaves": more > threads or grown and not children, "cpu": cpu} | told

    def _stopped(self, _, request):
        checks = _checks()
        return {"stopped": sorted(map(str, checks._stopped)) if checks else []}

    def _names(self, names, request):
        """What stands behind names: "own" for functions, classes and modules (then with its name), "value" for the rest."""
        space = self.shell.user_ns
        return {"names": {name: _sort(space[name]) for name in names if name in space}}

    def _value(self, name, request):
        space = self.shell.user_ns
        return self.told(space[name]) if name in space else {"missing": name}

    def _drawn(self, _, request):
        return self.told(sys.modules[PYPLOT]) if PYPLOT in sys.modules else {}

    def _files(self, names, request):
        """Files that the cells wrote into their folder."""
        found = {}
        for name in names:
            if os.path.isfile(name) and os.path.getsize(name) <= FILE:
                with open(name, "rb") as file:
                    found[name] = base64.b64encode(file.read(FILE)).decode()
        return {"files": found}

    def _again(self, name, request):
        """What the cells of an answer make of other inputs: of copies of all values, so that nothing is left of it here."""
        from coursekit.again import made_again

        inputs, states = unpack(request["inputs"]), _states()
        if any(hasattr(type(value), "__next__") for value in list(self.shell.user_ns.values())):
            return _elsewhere(lambda: self._made_again(made_again, name, inputs, request["all"]))
        try:
            return self._made_again(made_again, name, inputs, request["all"])
        finally:
            _states(states)

    def _made_again(self, made_again, name, inputs, every):
        value, error = made_again(name, inputs, every, _checks().ran, self.shell.user_ns)
        if error is not None:
            return {"error": error}
        try:
            return {"value": pack(value)}
        except Stays as stays:
            return {"stays": str(stays)}

    # -- what the process of the locked cells asks for

    def _bind(self, name, request):
        """Take over a value of the trainee's process, or what stands for it."""
        self.shell.user_ns[name] = self.bound[name] = self.line.take(request["found"], request["how"])
        return {"bound": name}

    def _draw(self, found, request):
        """For the next test: what the trainee's cells drew, in the place of what was drawn here."""
        self.drawn = self.line.take(found, OPEN)
        return {"bound": PYPLOT}

    def _put(self, files, request):
        """Files beside the notebook: those that were handed in, and for a test those that the trainee's cells wrote."""
        for name, data in files.items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(base64.b64decode(data))
        return {"put": sorted(files)}


def again_elsewhere(worker):
    """For `checks.replay` in the process of the locked cells: the trainee's cells run again where they are."""

    def made(name, inputs, every):
        found = worker.ask({"again": name, "inputs": pack(inputs), "all": every})
        if "value" in found:
            return worker.line.unpacked(found["value"], UNSEEN), None
        return None, str(found["error"]) if "error" in found else f"it is {found.get('stays')}"

    return made


def _elsewhere(do):
    """What is done in a process of its own: what is gone through once, such as an open file, cannot be copied."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            with os.fdopen(write, "w") as out:
                json.dump(do(), out)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as made:
        text = made.read()
    os.waitpid(child, 0)
    try:
        return dict(json.loads(text))
    except ValueError:
        return {"error": "the process ended"}


def _states(before=None):
    """The states of the random numbers that all cells share; set back to those given."""
    import numpy as np

    if before is None:
        return random.getstate(), np.random.get_state()
    random.setstate(before[0])
    return np.random.set_state(before[1])


def _going_on():
    """How many threads there are beside this one, and whether there are children."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return threading.active_count(), True
    except ChildProcessError:
        return threading.active_count(), False


@contextlib.contextmanager
def drawn(theirs, space):
    """Whoever has pyplot or imports it inside gets the trainee's."""
    if theirs is None:
        yield
        return
    import matplotlib

    mine = sys.modules[PYPLOT]
    sys.modules[PYPLOT] = matplotlib.pyplot = theirs
    names = [name for name in space if space[name] is mine]
    space.update(dict.fromkeys(names, theirs))
    try:
        yield
    finally:
        space.update(dict.fromkeys(names, mine))
        sys.modules[PYPLOT] = matplotlib.pyplot = mine


def _checks():
    return sys.modules.get("coursekit.checks")


def _packed(x):
    """A value that a function may change in place, as it crosses; None for all others."""
    import numpy as np
    import pandas as pd

    if isinstance(x, (*MUTABLE, np.ndarray, pd.DataFrame, pd.Series)):
        try:
            return pack(x)
        except Stays:
            return None
    return None


def _text(error):
    try:
        return str(error)
    except Exception:
        return ""


def _sort(value):
    if isinstance(value, types.ModuleType):
        return f"module {value.__name__}"
    # What stands for something of the trainee's is theirs: defined anew, it takes the place of the old one.
    theirs = type(value) is Remote or hasattr(value, "remote_number")
    return "own" if (isinstance(value, type) or callable(value)) and not theirs else "value"
