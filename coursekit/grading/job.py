"""One submission, from its cells to its scores: the trainee's cells in one process, the instructor's in another.

The trainee's process never sees a test, a key or an expected value; the other one sees a trainee's values, never the
trainee's objects. When the first is killed, it is started again with what ran before, but for the cell that killed it: what
was right stays right.
"""

import ast
import builtins
import json
import os
import re
import time

import nbformat

from coursekit.again import bound_names, drawn_names, is_check
from coursekit.course.questions import calls_of
from coursekit.grading.box import Over
from coursekit.grading.outputs import joined
from coursekit.grading.remote import CLOSED, OPEN, UNSEEN, looked_at

WHY = {
    "time": "it ran longer than it may", "notebook": "the time for the whole notebook was over", "cpu": "it ran longer than it may",
    "memory": "it took more memory than there is for it", "printed": "it printed more than can be kept", "processes": "it started too many processes",
    "large": "it made a value too large to be looked at", "ended": "it ended the process", "nonsense": "it spoke into the grader's line",
    "deaf": "its process did not answer after it", "hung up": "it closed the line to the grader",
}  # fmt: skip
STATUS = dict.fromkeys(("time", "notebook", "cpu"), "timed out") | dict.fromkeys(("memory", "processes"), "out of memory")
SURELY = {"time", "notebook", "large", "nonsense"}  # ends that no earlier cell can have prepared
DRAWS = "module matplotlib.pyplot"  # what was drawn cannot leave the process
LONGEST_ANSWER, LONGEST_TEXT = 20_000, 500  # characters of a value, and of each text of a verdict, that a result keeps
# A file that may be handed to a test: none that can be imported.
FILE = re.compile(r"(?!/|.*\.\.)[\w .\-/]+\.(?!py|pyc|so|pth)\w+")


class Job:
    """The run of one notebook."""

    def __init__(self, box, steps, files, limits):
        self.box, self.steps, self.files, self.limits = box, steps, files, limits
        self.until = time.monotonic() + limits["notebook"]
        self.ran = []  # sources that the trainee's process has gone through
        self.leaving = []  # those of them that left threads or processes
        self.locked = []  # sources that the other one has
        self.killed = set()  # names that a cell was to bind which killed its process
        self.of_tests = set()  # names to which a test gave their value, and no cell of the trainee's after it
        self.helpers, self.helping = set(), ""  # names that the functions of locked cells take from other cells; their sources
        self.text = "\n".join(step.cell.source for step in steps if step.kind == "own")
        self.status, self.notes, self.self_reported, self.at, self.anew = "graded", [], [], None, False
        self.cpu = 0.0  # seconds of a processor that the trainee's own cells took
        self.values, self.answers = {}, {}  # what a test was given: name -> packed value; what its checks found, by grade_id
        self.own = self._start()
        try:
            self.judge = self._start(judge=True)
        except BaseException:
            self.own.end()
            raise

    def _start(self, judge=False):
        made = self.box.start(self.limits, self.files, judge)
        if judge:
            made.asked = self._asked
        else:
            made.until = self.until
        return made

    def end(self):
        self.own.end()
        self.judge.end()

    def run(self):
        """Run all cells, and leave their outputs in them."""
        for number, step in enumerate(self.steps, 1):
            if step.kind == "text":
                continue
            step.cell.execution_count, self.at = number, step.name
            if step.kind == "own":
                step.cell.outputs = self._run_own(step.cell.source)
                self.cpu += self.own.cpu
            elif step.kind == "test":
                step.cell.outputs = self._run_test(step.cell.source)
            else:
                # What the instructor's cells show, they show beside the trainee's values; the tests' process needs what they do.
                step.cell.outputs = self._run_own(step.cell.source) if step.kind == "locked" else []
                self._run_locked(step.cell.source)

    def _note(self, why):
        self.status = STATUS.get(why, "partly graded") if self.status in ("graded", "partly graded") else self.status
        self.notes.append(f"The cell {self.at or 'that was added'} was stopped: {WHY.get(why, why)}.")

    # -- the trainee's cells

    def _run_own(self, source):
        self.of_tests -= bound_names(source)
        for again in (False, True):
            try:
                went, outputs = self.own.run(source)
                self._still_listens()
                break
            except Over as over:
                outputs = self.own.outputs
                suspects = self._suspects(over.why)
                self._restart()
                if again or not suspects:
                    self._note(over.why)
                    self.killed |= bound_names(source)
                    return [*outputs, stopped(over.why)]
        if any(str(output.get("ename")).endswith("MemoryError") for output in outputs):
            self._note("memory")  # the same as being stopped for it: which comes first is chance
        self.ran.append(source)
        if self.own.leaves:
            self.leaving.append(source)
        if went:
            self.killed -= bound_names(source)
        return outputs

    def _still_listens(self):
        """After a cell its process must still understand what it is asked."""
        if self.own.request({"names": []}, min(5, self.limits["cell"])).get("names") != {}:
            raise Over("deaf")

    def _suspects(self, why):
        """When a process ended that nothing in this cell need have ended: the cells that left threads or processes run no more."""
        found = [] if why in SURELY else self.leaving
        for source in found:
            self.notes.append("A cell whose threads or processes went on after it was left out when the process ended.")
            self.status = "partly graded" if self.status == "graded" else self.status
            self.ran.remove(source)
            self.killed |= bound_names(source)
        self.leaving = [] if found else self.leaving
        return found

    def _restart(self):
        """A new process for the trainee's cells, with what went through before, but for what does not go through again."""
        again = True
        while again:
            self.own.end()
            if time.monotonic() > self.until:
                self.own.over = "notebook"
                return
            self.own, again = self._start(), False
            for source in self.ran:
                try:
                    self.own.run(source)
                    self._still_listens()
                except Over as over:
                    again = True
                    if over.why != "notebook":
                        self._note(over.why)
                        self.ran.remove(source)
                        self.leaving = [one for one in self.leaving if one != source]
                        self.killed |= bound_names(source)
                    break

    def _tell(self, request):
        """What the trainee's process answers; asked once more when it ends, if that may be the work of an earlier cell."""
        try:
            return self.own.request(request)
        except Over as over:
            suspects = self._suspects(over.why)
            self._restart()
            if not suspects:
                raise
            return self.own.request(request)

    def _asked(self, request):
        """What the other process asks of the trainee's; when that ends, it is started again."""
        self.own.asked = self._called_back
        try:
            found = self.own.request(request)
            if str(found.get("raised")).startswith("['MemoryError'"):
                self._note("memory")
            return found
        except Over as over:
            self.anew = bool(self._suspects(over.why))
            if not self.anew:
                self._note(over.why)
            self._restart()
            why = f"it was stopped: {WHY.get(over.why, over.why)}"
            return {"error": why, "raised": ["RuntimeError", why]}
        finally:
            self.own.asked = None  # at no other time has it anything to ask

    def _called_back(self, request):
        """A trainee's function calls one that a test handed to it. Nothing else is done for it in the other process."""
        if not isinstance(request, dict) or request.get("do") != "call":
            return {"failed": "not a call"}
        return self.judge.request({"do": "call"} | {key: request.get(key) for key in ("on", "given", "named")})

    # -- the instructor's

    def _run_locked(self, source):
        self.locked.append(source)
        if "def " in source:
            self.helpers |= drawn_names(source)
            self.helping += f"\n{source}"
        try:
            self.judge.run(source, unseen=True)
        except Over as over:
            self.locked.pop()
            self._note(over.why)
            self._restart_judge()

    def _restart_judge(self):
        self.judge.end()
        self.judge = self._start(judge=True)
        for source in list(self.locked):
            try:
                self.judge.run(source, unseen=True)
            except Over as over:  # the instructor's own cell: the next start goes without it
                self._note(over.why)
                self.locked.remove(source)
                return

    def _run_test(self, source):
        """The outputs of a test, which runs where the trainee's cells never were."""
        try:
            wanted, files = drawn_names(source) | self.helpers, _files(source)
            for _ in range(5):
                self.anew = False  # whether the test is to run again, because an earlier cell ended the process that it asked
                self._bind(wanted, source)
                self._hand_over(files)
                outputs = self.judge.run(source, stopped=sorted(self.killed | self._stopped()))[1]
                lacking, unread = _missing(outputs) - wanted, _unread(outputs) - files
                if not (lacking or unread or self.anew):
                    break
                wanted, files = wanted | lacking, files | unread
            if self.judge.looked:
                self.self_reported.append(self.at)
            if found := answers(source, self.values, self.judge.verdicts):
                self.answers[self.at] = found
            self.of_tests |= bound_names(source) - drawn_names(source)
            return outputs
        except Over as over:
            self._note(over.why)
            self._restart_judge()
            return [stopped(over.why)]

    def _stopped(self):
        try:
            found = self._tell({"stopped": True}).get("stopped")
        except Over:
            return set()
        return {str(name) for name in found} if isinstance(found, list) else set()

    def _bind(self, names, source):
        """Give the values of the trainee's names to the other process, or what stands for an object that stays."""
        checks = is_check(source)
        names = sorted(names if checks else names - set(dir(builtins)))
        here = self.judge.request({"names": names})["names"]
        objects = looked_at(source + self.helping)
        self.values = {}
        try:
            there = self._tell({"names": names}).get("names")
            for name in names:
                # The instructor's functions and modules stay; so do values that no cell of the trainee speaks of.
                kept = here.get(name, "value") != "value" or name in self.of_tests or (name in here and name not in self.text)
                if kept or not isinstance(there, dict) or name not in there:
                    continue
                found = self._tell({"value": name})
                if {"value", "object"} & set(found):
                    how = UNSEEN if checks else OPEN if name in objects else CLOSED
                    self.judge.request({"bind": name, "found": found, "how": how})
                    self.values |= {name: found["value"]} if "value" in found else {}
            if DRAWS in here.values() or "pyplot" in source:
                self.judge.request({"draw": self._tell({"drawn": True})})
        except Over as over:
            if self.judge.over:
                raise
            self.notes.append(f"A value could not be looked at: {WHY.get(over.why, over.why)}.")

    def _hand_over(self, names):
        """Give files that the trainee's cells wrote to the other process; the instructor's stay as they are."""
        names = sorted(names - set(self.files))
        if not names:
            return
        try:
            found = self._tell({"files": names}).get("files")
        except Over:
            return
        if isinstance(found, dict) and (found := {name: found[name] for name in names if isinstance(found.get(name), str)}):
            self.judge.request({"put": found})


def answers(source, values, verdicts):
    """What the checks of a test found: a list of {"name", "value", "verdict"}, one for each answer.

    values: name -> packed value; the value of an answer is None when it is too large, or when another one was judged.
    verdicts: pairs of an answer's name and a verdict, in the order in which they were found. The first that is not right counts.

    >>> answers("check('x', x, key='…')", {"x": 3}, [["x", {"status": "wrong"}]])
    [{'name': 'x', 'value': 3, 'verdict': {'status': 'wrong'}}]
    """
    found = {}
    for name, verdict in verdicts:
        found.setdefault(name, []).append({key: _short(part) for key, part in verdict.items()})
    if not found:
        return []
    try:
        of = {call["name"]: call["value"] for call in reversed(calls_of(source, "check"))}
    except (SyntaxError, AttributeError, IndexError):  # an instructor's own way to write it
        of = {}
    made = []
    for name, told in found.items():
        value = values.get(of.get(name))
        # A later check of the same name may judge another value.
        judged = all(one["status"] in ("right", "replay") for one in told[1:])
        function = isinstance(value, dict) and value.get("t") == "function"
        kept = judged and not function and len(json.dumps(value)) <= LONGEST_ANSWER
        made.append({
            "name": _short(name), "value": value if kept else None,
            "verdict": next((one for one in told if one["status"] != "right"), told[-1]),
        })  # fmt: skip
    return made


def _short(part):
    """Part of a verdict as a result keeps it: plain, and no longer than anybody reads."""
    return part if part is None or isinstance(part, (bool, int, float)) else str(part)[:LONGEST_TEXT]


def _files(source):
    """The files of which a test speaks."""
    try:
        texts = [
            node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    except SyntaxError:
        return set()
    return {os.path.normpath(text) for text in texts if FILE.fullmatch(text)}


def _unread(outputs):
    """The files that a test did not find."""
    said = [str(o.get("evalue")) for o in outputs if o.get("output_type") == "error" and o.get("ename") == "FileNotFoundError"]
    names = {found[1] for text in said if (found := re.search(r"No such file or directory: '([^']+)'$", text))}
    return {os.path.normpath(name) for name in names if FILE.fullmatch(name)}


def run_job(box, steps, files, limits):
    """Run a notebook's cells: a dictionary of the notebook with its outputs, scores by grade_id, status, notes, self_reported,
    answers by grade_id, see `answers`, and the seconds of a processor that the trainee's own cells say they took.

    A score is None where a person has to give it. The status is graded, partly graded (a cell was stopped, the rest counts),
    timed out or out of memory.
    """
    job = Job(box, steps, files, limits)
    started = time.monotonic()
    try:
        job.run()
    finally:
        job.end()
    cells = [step.cell for step in steps if step.kind != "instructor"]
    own, others = (
        [step.cell for step in steps if step.cell.cell_type == "code" and (step.kind == "test") is not own]
        for own in (True, False)
    )
    for run in (own, others):
        for cell, outputs in zip(run, joined([cell.outputs for cell in run]), strict=True):
            cell.outputs = outputs
    return {
        "cells": json.loads(json.dumps(cells)), "scores": {step.name: score(step.cell) for step in steps if _is_graded(step.cell)}, "status": job.status,
        "notes": job.notes, "self_reported": job.self_reported, "isolation": box.isolation, "seconds": round(time.monotonic() - started, 3),
        "answers": job.answers, "cpu": round(job.cpu, 4),
    }  # fmt: skip


def score(cell):
    """The points of a graded cell as nbgrader gives them, but that a warning costs nothing; None: a person gives them."""
    from nbgrader import utils

    copy = nbformat.from_dict(json.loads(json.dumps(cell)))
    if copy.cell_type == "code":
        copy.outputs = [o for o in copy.outputs if not (o.output_type == "stream" and o.name == "stderr")]
    try:
        return utils.determine_grade(copy)[0]
    except (ValueError, KeyError):  # a test's own number that is more than there are points
        return float(cell.metadata.nbgrader.points)


def _is_graded(cell):
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def stopped(why):
    """The output of a cell that was stopped."""
    return {
        "output_type": "error",
        "ename": "Stopped",
        "evalue": f"This cell was stopped: {WHY.get(why, why)}.",
        "traceback": [f"This cell was stopped: {WHY.get(why, why)}."],
    }


def _missing(outputs):
    """The names that a cell did not find."""
    said = [str(o.get("evalue")) for o in outputs if o.get("output_type") == "error" and o.get("ename") == "NameError"]
    return {found[1] for text in said if (found := re.match(r"name '(\w+)' is not defined", text))}
