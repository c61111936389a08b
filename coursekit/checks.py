"""`check` and `replay`: what a trainee reads about an answer.

In a trainee's notebook a check shows a short panel. Under nbgrader it raises when the answer
is wrong or missing, because nbgrader gives full marks to a cell that raises nothing. In an
author's notebook, where there is no key yet, `coursekit.course.authoring` takes over.
"""

import html
import os
import sys

from coursekit import keys, messages
from coursekit.again import Cell, bound_names, is_check, made_again, results_of_calls
from coursekit.answers import what
from coursekit.errors import Plain

# Set by nbgrader for the kernels it grades in. Read once: a trainee's cell must not change it.
GRADING = bool(os.environ.get("NBGRADER_EXECUTION"))

# The seed of the data no trainee has seen. Each class has its own, written into its hidden checks.
HIDDEN = int(os.environ.get("COURSEKIT_HIDDEN", "2312"))


class NotRight(Plain):
    """Raised under nbgrader, where a cell that raises nothing earns full marks."""


class Panel:
    """A verdict as a person sees it, in HTML and as plain text."""

    def __init__(self, name, verdict):
        self.name, self.verdict = name, verdict
        self.title, self.sentence = messages.title(verdict), messages.sentence(name, verdict)

    def __repr__(self):
        return f"{self.title}. {self.sentence}"

    def _repr_html_(self):
        ink, paper = {"right": ("#0b5d1e", "#eaf6ec"), "unanswered": ("#3d3d3d", "#f2f2f2")}.get(
            self.verdict["status"], ("#8a2b06", "#fdf1ea"))  # fmt: skip
        mark = {"right": "✔", "unanswered": "…"}.get(self.verdict["status"], "✘")
        words = _code_marks(html.escape(self.sentence))
        return (f'<div role="status" style="border-left:5px solid {ink};background:{paper};color:#1a1a1a;'
                f'padding:.5em .9em;margin:.2em 0;max-width:46em;line-height:1.45">'
                f'<strong style="color:{ink}"><span aria-hidden="true">{mark} </span>{html.escape(self.title)}.</strong> '
                f"{words}</div>")  # fmt: skip


def _code_marks(text):
    """`name` in back quotes becomes <code>name</code>."""
    parts = text.split("`")
    return "".join(f'<code style="color:inherit;background:transparent">{p}</code>' if i % 2 else p for i, p in enumerate(parts))


def check(name, value, *, digits=None, within=None, by=None, on=None, key=None):
    """Tell whether an answer is right and, when it is not, which mistake it is.

    name: the answer's name, as text. value: the answer. digits or within: how exactly it
    is compared (digits after the point; or relative, 0.01 = 1 %); whole numbers and text
    need neither. by: key columns of a table. on: the arguments a function is called with.
    key: made by the release. Returns None; shows a panel, or raises NotRight under nbgrader.
    """
    if key is None:
        from coursekit.course import authoring

        if authoring.here():
            return authoring.check(name, value, digits=digits, within=within, by=by, on=on)
        return _tell(name, {"status": "form", "code": "no-key"})
    found = verdict(name, value, key, on)
    if name in _stopped and (found["status"] != "right" or not GRADING):
        found = {"status": "stopped", "code": "older"}  # whatever the name holds, this cell did not make it
    if GRADING and found["status"] == "right":
        found = {"status": "right", "code": "right-seen"}  # a replay may follow and say more
    return _tell(name, found)


def replay(name, /, key=None, **inputs):
    """Run the trainee's own cells for an answer again with other inputs, and judge the result.

    inputs: the names to bind to data the trainee has not seen. It catches an answer typed in
    by hand. The cells are those that made the answer, with the cells they draw from.
    """
    if key is None:
        from coursekit.course import authoring

        return authoring.replay(name, inputs)
    found = replay_verdict(name, key, inputs)
    return _tell(name, {"status": "right", "code": "right-unseen"} if found["status"] == "right" else found)


def verdict(name, value, key, on=None):
    """The verdict on one answer: plain data, see keys.judge."""
    try:
        if on is None or value is Ellipsis:
            return keys.judge(name, value, key)
        if not callable(value):
            return {"status": "form", "code": "not-a-function", "came": what(value)}
        results, stopped = results_of_calls(value, on)
        return {"status": "form", "code": "call-stopped", **stopped} if stopped else keys.judge(name, results, key)
    except Exception:  # an object with a will of its own; a trainee must not see our inside
        return {"status": "form", "code": "unreadable"}


def replay_verdict(name, key, inputs):
    """The verdict on what an answer's own cells make of other inputs."""
    first = None
    for every in (False, True):
        value, error = elsewhere(name, inputs, every)
        if error == "" and not every:
            return {"status": "stopped", "code": "replay-no-cell"}
        found = {"status": "replay", "code": "replay-stopped", "error": error}
        if not error:
            found = verdict(name, value, key)
            if found["status"] == "right":
                return found
            found = {"status": "replay", "code": "replay"}
        first = first or found
    return first


def _here(name, inputs, every):
    from IPython import get_ipython

    return made_again(name, inputs, every, ran[:-1] if every else ran, get_ipython().user_ns)


elsewhere = _here  # where a trainee's cells run again; a grader that runs them in another process puts its own in the place


def _tell(name, found):
    verdicts.append((name, found))
    panel = Panel(name, found)
    if GRADING and found["status"] != "right":
        raise NotRight(repr(panel)) from None
    show(panel)


def show(thing):
    """Display in a notebook, print elsewhere."""
    from IPython import get_ipython

    if get_ipython() is None:
        print(repr(thing))
    else:
        from IPython.display import display

        display(thing)


def _missing_answer(shell, kind, error, trace, tb_offset=None):
    """IPython's handler of NameErrors: a check whose answer does not exist says so kindly."""
    if ran and is_check(ran[-1].source) and getattr(error, "name", None):
        found = {"status": "stopped", "code": "missing-name"}
        verdicts.append((error.name, found))
        panel = Panel(error.name, found)
        if not GRADING:
            return show(panel)
        error = NotRight(repr(panel))  # still an error: a cell without one earns full marks
        kind, trace = NotRight, None
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


# The cells that ran, oldest first. IPython's own list stays empty where a front end asks for no history.
ran = []
verdicts = []  # what the checks of the cell that ran last found: (the answer's name, the verdict)
_stopped = set()  # names whose own cell stopped with an error when it last ran


def _note_start(info):
    verdicts.clear()
    ran.append(Cell(info.raw_cell or ""))
    if is_check(ran[-1].source):  # a variable may have taken the name
        sys.modules["IPython"].get_ipython().user_ns["check"] = check


def _note_end(result):
    """After each cell: the names it was to bind are stopped when it failed, and fine when it did not."""
    source = result.info.raw_cell or ""
    if ran and ran[-1].source == source:
        ran[-1] = Cell(source, bool(result.success))
    binds = bound_names(source)
    if result.success:
        _stopped.difference_update(binds)
    else:
        _stopped.update(binds)


def attend():
    """Watch the cells, for replay and to say when the cell of an answer stopped."""
    if "IPython" in sys.modules:  # never load IPython only to find out that it is not there
        shell = sys.modules["IPython"].get_ipython()
        if shell is not None:
            ran.extend(map(Cell, shell.user_ns.get("In", [])))
            shell.set_custom_exc((NameError,), _missing_answer)
            shell.events.register("pre_run_cell", _note_start)
            shell.events.register("post_run_cell", _note_end)


attend()
