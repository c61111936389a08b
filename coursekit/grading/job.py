"""One submission, from its cells to its scores: the trainee's cells in one process, the instructor's in another.

The trainee's process never sees a test, a key or an expected value; the other one sees a trainee's values, never the
trainee's objects. When the first is killed, it is started again with what ran before, but for the cell that killed it: what
was right stays right.
"""

import builtins
import json
import time

import nbformat

from coursekit.again import bound_names, drawn_names, is_check
from coursekit.grading.box import Over

WHY = {
    "time": "it ran longer than it may", "memory": "it took more memory than there is for it", "printed": "it printed more than can be kept",
    "processes": "it started too many processes", "cpu": "it ran longer than it may", "ended": "it ended the process", "nonsense": "it spoke into the grader's line",
    "hung up": "it closed the line to the grader",
}  # fmt: skip
STATUS = {"time": "timed out", "cpu": "timed out", "memory": "out of memory", "processes": "out of memory"}
DRAWS = "module matplotlib.pyplot"  # what was drawn cannot leave the process


class Job:
    """The run of one notebook."""

    def __init__(self, box, steps, files, limits):
        self.box, self.steps, self.files, self.limits = box, steps, files, limits
        self.until = time.monotonic() + limits["notebook"]
        self.ran = []  # sources that the trainee's process has gone through
        self.locked = []  # sources that the other one has
        self.killed = set()  # names that a cell was to bind which killed its process
        self.helpers = set()  # names that the functions of locked cells take from other cells
        self.text = "\n".join(step.cell.source for step in steps if step.kind == "own")
        self.status, self.notes, self.self_reported = "graded", [], []
        self.own = self._start()
        try:
            self.judge = self._start(judge=True)
        except BaseException:
            self.own.end()
            raise

    def _start(self, judge=False):
        made = self.box.start(self.limits, self.files, judge)
        made.until = self.until
        if judge:
            made.asked = self._asked
        return made

    def end(self):
        self.own.end()
        self.judge.end()

    def run(self):
        """Run all cells, and leave their outputs in them."""
        for number, step in enumerate(self.steps, 1):
            if step.kind == "text":
                continue
            step.cell.execution_count = number
            if step.kind == "own":
                step.cell.outputs = self._run_own(step.cell.source, step.name)
            elif step.kind == "test":
                step.cell.outputs = self._run_test(step.cell.source, step.name)
            else:
                if step.kind == "locked":
                    self._run_own(step.cell.source, step.name)
                step.cell.outputs = self._run_locked(step.cell.source, step.name)

    # -- the trainee's cells

    def _run_own(self, source, name):
        try:
            went, outputs = self.own.run(source)
        except Over as over:
            outputs = self.own.outputs
            self._note(over.why, name)
            self.killed |= bound_names(source)
            self._restart()
            return [*outputs, stopped(over.why)]
        self.ran.append(source)
        if went:
            self.killed -= bound_names(source)
        return outputs

    def _restart(self):
        """A new process for the trainee's cells, with what went through before."""
        self.own.end()
        self.own = self._start()
        for source in self.ran:
            try:
                self.own.run(source)
            except Over as over:  # what went through once may take too long in what is left of the time
                self._note(over.why, "the cells before it")
                return

    def _note(self, why, name):
        self.status = STATUS.get(why, "partly graded") if self.status in ("graded", "partly graded") else self.status
        self.notes.append(f"The cell {name or 'that was added'} was stopped: {WHY.get(why, why)}.")

    def _asked(self, request):
        """What the other process asks of the trainee's; when that ends, it is started again."""
        try:
            return self.own.request(request)
        except Over as over:
            self._restart()
            return {
                "error": WHY.get(over.why, over.why),
                "raised": ["RuntimeError", f"the function was stopped: {WHY.get(over.why, over.why)}"],
            }

    # -- the instructor's

    def _run_locked(self, source, name):
        self.locked.append(source)
        if "def " in source:
            self.helpers |= drawn_names(source)
        try:
            return self.judge.run(source)[1]
        except Over as over:
            self.locked.pop()
            self._note(over.why, name)
            self._restart_judge()
            return [stopped(over.why)]

    def _restart_judge(self):
        self.judge.end()
        self.judge = self._start(judge=True)
        for source in self.locked:
            self.judge.run(source)

    def _run_test(self, source, name):
        """The outputs of a test; it runs beside the trainee's objects only when it needs one of them."""
        try:
            wanted, bound = drawn_names(source) | self.helpers, set()
            live = self._bind(wanted, source)
            for _ in range(5):
                if live:
                    return self._run_live(source, name)
                outputs = self.judge.run(source, stopped=sorted(self.killed | set(self._stopped())))[1]
                missing = _missing(outputs) - bound
                bound |= missing
                if "FileNotFoundError" in _errors(outputs):  # a file that the trainee's cells wrote
                    live = True
                elif not missing or not (live := self._bind(missing, source)) and not self._has(missing):
                    break
            return outputs
        except Over as over:
            self._note(over.why, name)
            self._restart_judge()
            return [stopped(over.why)]

    def _stopped(self):
        try:
            return self.own.request({"stopped": True})["stopped"]
        except Over:
            return []

    def _has(self, names):
        return bool(self.judge.request({"names": sorted(names)})["names"])

    def _bind(self, names, source):
        """Give the values of the trainee's names to the other process; True when the test needs an object that stays."""
        names = sorted(names if is_check(source) else names - set(dir(builtins)))
        here = self.judge.request({"names": names})["names"]
        try:
            there = self.own.request({"names": names})["names"]
            if DRAWS in here.values() or DRAWS in [there.get(name) for name in names]:
                return True
            for name in there:
                # The instructor's functions and modules stay; so do values that no cell of the trainee speaks of.
                if here.get(name, "value") != "value" or (name in here and name not in self.text):
                    continue
                found = self.own.request({"value": name})
                if "stays" in found and not is_check(source):
                    return True
                if "value" in found or "stays" in found:
                    self.judge.request({"bind": name} | found)
        except Over as over:
            self.notes.append(f"A value could not be looked at: {WHY.get(over.why, over.why)}.")
            self._restart()
        return False

    def _run_live(self, source, name):
        self.self_reported.append(name)
        try:
            return self.own.run(source)[1]
        except Over as over:
            self._note(over.why, name)
            self._restart()
            return [stopped(over.why)]


def run_job(box, steps, files, limits):
    """Run a notebook's cells: a dictionary of the notebook with its outputs, scores by grade_id, status, notes and self_reported.

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
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return {
        "cells": json.loads(json.dumps(cells)), "scores": {step.name: score(step.cell) for step in steps if _is_graded(step.cell)}, "status": job.status,
        "notes": job.notes, "self_reported": job.self_reported, "isolation": box.isolation, "seconds": round(time.monotonic() - started, 3),
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


def joined(outputs):
    """Outputs as a notebook keeps them: pieces of one stream joined, what was cleared or updated done, numbers set."""
    made, shown, clear = [], {}, False
    for output in outputs:
        kind = output.get("output_type")
        if kind == "clear_output":
            clear = bool(output.get("wait"))
            made = made if clear else []
            continue
        if clear:
            made, clear = [], False
        name = output.pop("display_id", None)
        if kind == "update_display_data":
            if name in shown:
                shown[name].update(data=output["data"], metadata=output["metadata"])
            continue
        if kind == "stream" and made and made[-1]["output_type"] == "stream" and made[-1]["name"] == output.get("name"):
            made[-1]["text"] += str(output.get("text"))
            continue
        made.append(output)
        if name:
            shown[name] = output
    return [one for output in made if (one := _valid(output))]


def _valid(output):
    """An output as the notebook format wants it, or None for what it does not know."""
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return nbformat.v4.new_output("stream", name=output["name"], text=str(output.get("text")))
    if kind == "error":
        return nbformat.v4.new_output(
            "error",
            ename=str(output.get("ename")),
            evalue=str(output.get("evalue")),
            traceback=[str(x) for x in output.get("traceback") or []],
        )
    if kind in ("display_data", "execute_result"):
        data, metadata = (part if isinstance(part, dict) else {} for part in (output.get("data"), output.get("metadata")))
        data = {
            kind: v if kind.endswith("json") else "".join(map(str, v)) if isinstance(v, list) else str(v)
            for kind, v in data.items()
        }
        more = (
            {"execution_count": output.get("execution_count") if isinstance(output.get("execution_count"), int) else None}
            if kind == "execute_result"
            else {}
        )
        return nbformat.v4.new_output(kind, data=data, metadata=metadata, **more)
    return None


def _errors(outputs):
    return [o.get("ename") for o in outputs if o.get("output_type") == "error"]


def _missing(outputs):
    """The names that a cell did not find."""
    import re

    said = [str(o.get("evalue")) for o in outputs if o.get("output_type") == "error" and o.get("ename") == "NameError"]
    return {found[1] for text in said if (found := re.match(r"name '(\w+)' is not defined", text))}
