"""What a forked process does: run cells and hand over values, until the other side hangs up.

One line of JSON is one request, one line or more the answer. The same worker serves the trainee's cells and the locked
ones; it decides nothing. What it says of itself is never trusted further than a trainee's answer is.

Requests: {"run": source, "stopped": [names]} · {"value": name} · {"names": [names]} · {"call": number, "given": …, "named": …} ·
{"again": name, "inputs": …, "all": bool} · {"stopped": true}. While a locked cell runs, the worker itself may ask, and waits
for the answer: {"ask": request}.
"""

import json
import os
import types

from coursekit.answers import Unseen
from coursekit.grading import shell as shells
from coursekit.grading.values import Stays, pack, unpack

MUTABLE = (list, dict, set)


class Worker:
    """One process's cells; line: a pair of binary files, to read requests from and to write answers to."""

    def __init__(self, shell, read, write):
        self.shell, self.read, self.write, self.functions, self.stubs = shell, read, write, [], []

    def say(self, what):
        self.write.write(json.dumps(what, ensure_ascii=True).encode() + b"\n")
        self.write.flush()

    def serve(self):
        """Answer requests until the line is closed."""
        self.shell.told = lambda output: self.say({"out": output})
        for line in self.read:
            self.say(self.answer(json.loads(line)))

    def answer(self, request):
        (kind, what), *_ = request.items()
        try:
            return getattr(self, f"_{kind}")(what, request)
        except Stays as stays:
            return {"stays": str(stays)}

    # -- what a trainee's process is asked

    def _run(self, source, request):
        checks = _checks()
        if "stopped" in request and checks:
            checks._stopped.clear()
            checks._stopped.update(request["stopped"])
        return {"ran": shells.run(self.shell, source)}

    def _stopped(self, _, request):
        checks = _checks()
        return {"stopped": sorted(map(str, checks._stopped)) if checks else []}

    def _names(self, names, request):
        """What stands behind names: "own" for functions, classes and modules (then with its name), "value" for the rest."""
        space = self.shell.user_ns
        return {"names": {name: self._sort(space[name]) for name in names if name in space}}

    def _sort(self, value):
        if isinstance(value, types.ModuleType):
            return f"module {value.__name__}"
        own = isinstance(value, type) or (callable(value) and not any(value is stub for stub in self.stubs))
        return "own" if own else "value"

    def _value(self, name, request):
        space = self.shell.user_ns
        return {"value": pack(space[name], self._keep)} if name in space else {"missing": name}

    def _keep(self, function):
        self.functions.append(function)
        return len(self.functions) - 1

    def _call(self, number, request):
        """Call a function that was handed over; what it changed in place goes back too."""
        given, named = unpack(request["given"], self._own), unpack(request["named"], self._own)
        before = [_packed(x) for x in given]
        try:
            found = self.functions[number](*given, **named)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return {"raised": [type(error).__name__, _text(error)]}
        after = [_packed(x) for x in given]
        changed = {str(i): new for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
        return {"value": pack(found, self._keep), "changed": changed}

    def _own(self, function):
        return self.functions[function.number]

    def _again(self, name, request):
        """What the cells of an answer make of other inputs; in a process of its own, so that nothing is left of it."""
        inputs = unpack(request["inputs"])
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            try:
                with os.fdopen(write, "w") as out:
                    json.dump(self._made_again(name, inputs, request["all"]), out)
            finally:
                os._exit(0)
        os.close(write)
        with os.fdopen(read) as file:
            text = file.read()
        os.waitpid(child, 0)
        return json.loads(text) if text else {"error": "the process ended"}

    def _made_again(self, name, inputs, every):
        from coursekit.again import made_again

        value, error = made_again(name, inputs, every, _checks().ran, self.shell.user_ns)
        if error is not None:
            return {"error": error}
        try:
            return {"value": pack(value)}
        except Stays as stays:
            return {"stays": str(stays)}

    # -- what the process of the locked cells asks for

    def ask(self, request):
        """Ask the trainee's process, through the grader."""
        self.say({"ask": request})
        return json.loads(self.read.readline())

    def _bind(self, name, request):
        """Take over a value of the trainee's process."""
        self.shell.user_ns[name] = Unseen(request["stays"]) if "stays" in request else unpack(request["value"], self.stub)
        return {"bound": name}

    def stub(self, function):
        """A function that is called where it was made."""

        def called(*given, **named):
            found = self.ask({"call": function.number, "given": pack(list(given)), "named": pack(named)})
            if "raised" in found:
                raise _error(*found["raised"])
            if "stays" in found:
                raise TypeError(f"{function.name}() returned {found['stays']}, which cannot be looked at here.")
            for place, new in found["changed"].items():
                _change(given[int(place)], unpack(new, self.stub))
            return unpack(found["value"], self.stub)

        called.__name__ = called.__qualname__ = function.name
        self.stubs.append(called)  # a function that is defined anew takes the place of its stub
        return called


def again_elsewhere(worker):
    """For `checks.replay` in the process of the locked cells: the trainee's cells run again where they are."""

    def made(name, inputs, every):
        found = worker.ask({"again": name, "inputs": pack(inputs), "all": every})
        if "value" in found:
            return unpack(found["value"], worker.stub), None
        return None, found["error"] if "error" in found else f"it is {found['stays']}"

    return made


def _checks():
    import sys

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


def _change(x, new):
    """Make a value what it became where the function ran."""
    import numpy as np
    import pandas as pd

    if isinstance(x, list):
        x[:] = new
    elif isinstance(x, (dict, set)):
        x.clear()
        x.update(new)
    elif isinstance(x, np.ndarray):
        x[...] = new
    elif isinstance(x, (pd.DataFrame, pd.Series)):
        x._update_inplace(new)


def _error(name, text):
    import builtins

    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(str(name), (Exception,), {})
    try:
        return kind(text)
    except TypeError:  # such as UnicodeDecodeError, which wants five arguments
        return type(kind.__name__, (kind.__base__,), {})(text)


def _text(error):
    try:
        return str(error)
    except Exception:
        return ""
