"""`coursekit grade`: a class is graded, several submissions at a time, and nothing that is done is done again.

A result is kept on the disk before it is entered; one writer enters it in the gradebook. So a run that was stopped, by
Ctrl-C or by the power, goes on where it stood, and a second run does nothing.
"""

import concurrent.futures
import json
import threading
import traceback

from coursekit.errors import Plain
from coursekit.grading import book
from coursekit.grading.book import OURS
from coursekit.grading.box import OPEN, Box
from coursekit.grading.classroom import (
    assignment_of,
    handed_in,
    judge_cells,
    key_of,
    points_of,
    results_folder,
    settings,
    warm_cells,
)
from coursekit.grading.harmless import harmless, text
from coursekit.grading.job import run_job
from coursekit.grading.proof import prove
from coursekit.grading.rebuild import grade_id, notebook_of, rebuilt
from coursekit.grading.submission import NotHandedIn

TRIES = 3  # for failures that are ours
SCORED = ["graded", "partly graded", "timed out", "out of memory"]  # statuses with scores
STATUSES = [*SCORED, "not handed in", "unreadable", OURS]  # the worst of several notebooks is that of the submission


class Report:
    """What a run did: results by student, scores before, and what could not be done."""

    def __init__(self):
        self.results, self.before, self.known = {}, {}, []

    @property
    def failed(self):
        return {student: result["status"] for student, result in self.results.items() if result["status"] not in SCORED}


def grade(name, folder, jobs, box, told=lambda done, count, student, result: None):
    """Grade all that was handed in for an assignment and is not graded yet; returns a Report.

    box: a Box; it may be loading still. told is called after each submission that is entered. Raises Plain when nothing can be done.
    """
    config, coursedir = settings(folder)
    assignment = assignment_of(name, config, coursedir)
    home = results_folder(coursedir, name)
    book.left_over(coursedir, name)
    handed = handed_in(assignment, config, coursedir)
    if not handed:
        raise Plain(f"Nothing was handed in for {name}: {coursedir.submitted_directory}/ holds no folder with it.")
    report = Report()
    keys = {one.student: key_of(assignment, one, box.isolation) for one in handed}
    report.results = {one.student: done for one in handed if (done := book.entered(home, one.student, keys[one.student]))}
    report.known = list(report.results)
    waiting = [one for one in handed if one.student not in report.results]
    if not waiting:
        return report
    with (
        Boxes(box, warm_cells(assignment), judge_cells(assignment)) as boxes,
        book.gradebook(coursedir, name) as opened,
        concurrent.futures.ThreadPoolExecutor(jobs) as pool,
    ):
        running = {pool.submit(_result, one, assignment, keys[one.student], home, boxes): one for one in waiting}
        try:
            for done, future in enumerate(concurrent.futures.as_completed(running), 1):
                one, result = running[future], future.result()
                report.before[one.student] = book.enter(
                    opened, one, assignment, result, keys[one.student], config, coursedir, home
                )
                report.results[one.student] = result
                told(done, len(waiting), one.student, result)
        except BaseException:
            for future in running:
                future.cancel()
            boxes.stop()  # what runs ends at once; what is kept stays
            raise
    return report


class Boxes:
    """The box of a run; made anew when it fails."""

    def __init__(self, box, *cells):
        self.box, self.cells, self.lock, self.stopped = box.load(*cells), cells, threading.Lock(), False
        prove(box)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.stopped = True
        self.box.__exit__()

    def anew(self, failed):
        """Another box in the place of one that has ended."""
        with self.lock:
            if self.box is failed and not self.stopped:
                failed.__exit__()
                self.box = Box(failed.isolation == OPEN).load(*self.cells)


def _result(one, assignment, key, home, boxes):
    """The result of one submission: the one that was kept, or a new one."""
    result = book.kept(home, key)
    if result is None:
        result = _made(one, assignment, boxes)
        if result["status"] != OURS:
            book.keep(home, key, result)
    return result


def _made(one, assignment, boxes):
    for _ in range(TRIES):
        box = boxes.box
        try:
            return graded(one, assignment, box)
        except Exception as error:
            problem = error
            if boxes.stopped:
                break
            if box.gone:
                boxes.anew(box)
    said = "".join(traceback.format_exception_only(problem)).strip()
    return _failed(assignment, OURS, f"The grader failed {TRIES} times, which is no fault of the submission: {said}")


def graded(one, assignment, box):
    """One submission's result: for each notebook its scores and the notebook itself, and one status for all."""
    notebooks, notes, statuses = {}, [], []
    for paper in assignment.papers:
        found = one.notebooks[paper.name]
        try:
            if isinstance(found, Plain):
                raise found
            steps, repairs = rebuilt(found, paper.master, paper.released)
        except Plain as plain:
            missing = isinstance(plain, NotHandedIn)
            notebooks[paper.name] = _empty(paper, str(plain), 0.0 if missing else None)
            statuses.append("not handed in" if missing else "unreadable")
            notes.append(f"{paper.name}: {plain}")
            continue
        made = run_job(box, steps, one.files, assignment.limits)
        blank = [step.name for step in steps if step.name and _is_blank(step.cell, paper)]
        notebook = notebook_of(steps, paper.master)
        harmless(notebook.cells, paper.released)
        notebooks[paper.name] = {
            "notebook": json.loads(json.dumps(notebook)), "scores": made["scores"], "blank": blank,
            "self_reported": made["self_reported"], "seconds": made["seconds"], "cpu": made["cpu"], "answers": made["answers"],
        }  # fmt: skip
        notes += [*repairs, *made["notes"]]
        statuses.append(made["status"])
    return {"status": max(statuses, key=STATUSES.index), "notes": notes, "isolation": box.isolation, "notebooks": notebooks}


def _is_blank(cell, paper):
    """True for an answer that stands as it was given out."""
    given = next((c for c in paper.released.cells if grade_id(c) == grade_id(cell)), None)
    return bool(given) and cell.metadata.nbgrader.get("solution") and cell.source.strip() == given.source.strip()


def _failed(assignment, status, why):
    return {
        "status": status, "notes": [why], "isolation": "", "notebooks": {paper.name: _empty(paper, why, None) for paper in assignment.papers},
    }  # fmt: skip


def _empty(paper, why, points):
    """What stands in the gradebook's folder for a notebook that is not there: the release, with the reason above it."""
    import nbformat

    notebook = json.loads(json.dumps(paper.released))
    note = nbformat.v4.new_markdown_cell(text(why), id="reason")
    notebook["cells"].insert(0, json.loads(json.dumps(note)))
    return {
        "notebook": notebook,
        "scores": dict.fromkeys(points_of(paper), points),
        "blank": [],
        "self_reported": [],
        "seconds": 0.0,
        "cpu": 0.0,
        "answers": {},
    }


def summary(name, report):
    """What a run did, in sentences: how many, what a regrade changed, what could not be done, and how well cells were shut in."""
    results = report.results.values()
    known = f", {len(report.known)} were graded already" if report.known else ""
    said = [f"{name}: {len(results) - len(report.known)} of {len(results)} submissions graded now{known}."]
    said += [f"changed: {change}" for change in changes(report)]
    said += [f"{student}: {status}. {' '.join(report.results[student]['notes'])}" for student, status in report.failed.items()]
    boxes = sorted({result["isolation"] for result in results if result["isolation"]})
    said.append(f"Isolation: {'; '.join(boxes) or 'nothing was run'}.")
    asked = sum(any(paper["self_reported"] for paper in result["notebooks"].values()) for result in results)
    if asked:
        said.append(f"In {asked} submissions a test asked an object of the trainee's, which cannot be proven (self-reported).")
    return said


def changes(report):
    """What a regrade changed: student, and each cell whose score is another."""
    said = []
    for student, before in sorted(report.before.items()):
        papers = report.results[student]["notebooks"].values()
        now = {name: points for paper in papers for name, points in paper["scores"].items()}
        parts = [
            f"{name} {before[name]:g} → {'open' if points is None else f'{points:g}'}"
            for name, points in now.items() if before.get(name) not in (None, points)
        ]  # fmt: skip
        if parts:
            said.append(f"{student}: {', '.join(parts)}")
    return said
