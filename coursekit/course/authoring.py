"""`check`, `replay` and `%%mistake` in a solution notebook, where there is no key yet.

Run by an author, they compare the solution with the committed release beside it and fail
when that is stale. Run by the release (COURSEKIT_RECORD is set), they put out what the
keys are made from, as records in the cells' outputs.
"""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from coursekit import checks
from coursekit.again import Cell, results_of_calls, run_again, trainee_cells
from coursekit.answers import Form, Unclear, read, shape_of
from coursekit.course.mistakes import message_of
from coursekit.course.questions import calls_of
from coursekit.errors import Plain
from coursekit.keys import apart, open_key

RECORD = "application/vnd.coursekit.record+json"
RECORDING = bool(os.environ.get("COURSEKIT_RECORD"))

_replayed = {}  # what each replay gave: name -> {"inputs", "own" (cells), "cells"}
_asked = {}  # what each check of this notebook asked: name -> {"shape", "cells", "on"}


class SameAsSeen(Plain):
    """The unseen data of a replay give the answer that is seen; other data are needed."""


def here():
    """True in a kernel that was started beside a solution notebook."""
    return RECORDING or Path.cwd().parent.name == "solutions"


def check(name, value, *, digits, within, by, on):
    """Judge the author's own answer against the committed release, or record it."""
    _learn_mistake()
    value = _results(name, value, on)
    try:
        shape = shape_of(name, value, digits, within, by)
        cells, _ = _read(name, value, shape)
    except Unclear as unclear:
        raise Plain(str(unclear)) from None
    first = name not in _asked
    if first:
        _asked[name] = {"shape": shape, "cells": cells, "on": on}
    if RECORDING:
        return _put_out(do="check", name=name, shape=shape, cells=cells, first=first)
    if not first:
        return None  # a hidden second check; its key is the class's own
    key = _committed_key(name)
    found = checks.keys.judge(name, value, key)
    if found["status"] != "right" or open_key(key)["grids"] != shape["grids"]:
        raise _stale(name)
    return checks.show(checks.Panel(name, found))


def replay(name, inputs):
    """Run the author's own cells on the unseen inputs; the result must differ from the seen one."""
    from IPython import get_ipython

    asked = _asked_of(name)
    names = get_ipython().user_ns
    own = trainee_cells(name, checks.ran, inputs)
    space, error = run_again(own, names, inputs)
    if error:
        raise Plain(f"The solution of `{name}` stops on the unseen data with {error}.")
    cells, _ = _read(name, space[name], asked["shape"])
    _replayed[name] = {"inputs": inputs, "own": own, "cells": cells}
    _must_differ(name, names[name], "a typed-in answer")
    for one in inputs if len(inputs) > 1 else ():
        rest = {k: v for k, v in inputs.items() if k != one}
        space, error = run_again(trainee_cells(name, checks.ran, rest), names, rest)
        if not error:
            _must_differ(name, space[name], f"an answer with `{one}` typed in")
    if RECORDING:
        _put_out(do="replay", name=name, shape=asked["shape"], cells=cells, first=False)


def forget(names):
    """Ask these checks anew: the next run of their cell is the first again."""
    for name in names:
        _asked.pop(name, None)
        _replayed.pop(name, None)


def _must_differ(name, value, what):
    """Unseen data on which a wrong answer is right catch nothing: the release then takes others."""
    if not RECORDING:
        return
    shape = _asked[name]["shape"]
    try:
        cells, _ = _read(name, value, shape)
    except Plain:
        return  # not even the form that is asked for: it would not pass
    if not apart(_replayed[name]["cells"], cells, shape["grids"]):
        raise SameAsSeen(f"On the unseen data of `{name}` {what} would pass. Choose other data.")


def mistake(line, cell):
    """%%mistake NAME SLUG: a wrong answer a learner gives, with the message that names it.

    The first comment lines are the message. The cell runs in a copy of the notebook's names.
    """
    from IPython import get_ipython

    name, slug, message = message_of(f"%%mistake {line}\n{cell}")
    asked = _asked_of(name)
    names = get_ipython().user_ns
    before = {k for k in names if not k.startswith("_")}
    space, error = run_again([Cell(cell)], names)
    if error:
        raise Plain(f"The mistake {slug} stops with {error}.")
    changed = sorted(k for k in before - {name} if k in space and not _same(names[k], space[k]))
    if changed:
        raise Plain(f"The mistake {slug} changes `{changed[0]}` too; it may only change `{name}`.")
    value = _results(name, space[name], asked["on"])
    if RECORDING and name in _replayed:
        unseen, error = run_again([*_replayed[name]["own"], Cell(cell)], names, _replayed[name]["inputs"])
        if not error:
            _must_differ(name, unseen[name], f"the mistake {slug}")
    if RECORDING:
        cells, _ = _read(name, value, asked["shape"])
        return _put_out(do="mistake", name=name, slug=slug, message=message, cells=cells)
    found = checks.keys.judge(name, value, _committed_key(name))
    if (found["status"], found.get("slug"), found.get("message")) != ("mistake", slug, message):
        raise Plain(f"The check of `{name}` does not name {slug}; it says: {checks.Panel(name, found)!r} "
                    "If the notebook changed, run `make release`.")  # fmt: skip
    return checks.show(checks.Panel(name, found))


def _asked_of(name):
    if name not in _asked:
        checked = ", ".join(f"`{n}`" for n in _asked) or "none so far"
        raise Plain(f"`{name}` has no check above this line. Checked are: {checked}.")
    return _asked[name]


def _results(name, value, on):
    """The results of a function question; any other answer as it is."""
    if on is None:
        return value
    results, stopped = results_of_calls(value, on)
    if stopped:
        raise Plain(f"`{name}` stops with {stopped['error']} when it is given {stopped['given']}.")
    return results


def _read(name, value, shape):
    own = {str(label) for label in value} if isinstance(value, dict) else set()
    try:
        return read(value, {**shape, "knows": lambda label: label in own})
    except Form as form:
        raise Plain(f"`{name}` has not the form its check asks for ({form.code}).") from None


def _same(a, b):
    if isinstance(a, (pd.DataFrame, pd.Series, pd.Index)):
        return a.equals(b)
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b)
    if isinstance(a, (int, float, str, bool, list, tuple, dict, set, type(None))):
        return a == b or a != a
    return True  # modules, functions and the like are shared, not copied


def _put_out(**record):
    from IPython.display import display

    record["cells"] = [[*at, value] for at, value in record["cells"].items()]
    display({RECORD: record, "text/plain": ""}, raw=True)


@cache
def _committed():
    """The keys of the committed release of the notebook in this folder: name -> key."""
    import nbformat

    assignment = Path.cwd().name
    path = Path.cwd().parent.parent / "exercises" / assignment / f"{assignment}.ipynb"
    if not path.exists():
        return {}
    found = {}
    for cell in nbformat.read(path, as_version=4).cells:
        for call in calls_of(cell.source, "check") if cell.cell_type == "code" else ():
            found.setdefault(call["name"], call["key"])
    return found


def _committed_key(name):
    key = _committed().get(name)
    if not key:
        raise _stale(name)
    return key


def _stale(name):
    return Plain(f"The committed release has another answer for `{name}`, or none: run `make release`, "
                 "then restart the kernel and run this notebook again.")  # fmt: skip


def _learn_mistake():
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None and "mistake" not in shell.magics_manager.magics["cell"]:
        shell.register_magic_function(mistake, "cell", "mistake")
