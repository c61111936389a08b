"""Odd but honest submissions of nbgrader's own sample assignment get the scores that stock nbgrader gives them."""

import copy
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from boxed import needs_box
from submitted import code, part, place

from coursekit.grading import box
from coursekit.grading.job import run_job
from coursekit.grading.rebuild import master_of, notebook_of, rebuilt
from coursekit.grading.submission import read_file

pytestmark = needs_box

NAME = "problem1"
CONFIG = """
from nbgrader import preprocessors as nb


class Deduplicate(nb.DeduplicateIds):
    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:  # add_missing_cells stops at what stock leaves behind
            del cell.metadata["nbgrader"]
        return cell, resources


c = get_config()
c.CourseDirectory.course_id = "sample"
c.IncludeHeaderFooter.header = "source/header.ipynb"
c.OverwriteCells.add_missing_cells = True
c.Autograde.sanitize_preprocessors = [nb.ClearOutput, Deduplicate, nb.OverwriteKernelspec, nb.OverwriteCells, nb.CheckCellMetadata]
"""
SQUARES = """def squares(n):
    if n < 1:
        raise ValueError("n must be 1 or more")
    return [i ** 2 for i in range(1, n + 1)]"""
ANSWERS = {
    "squares": SQUARES, "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    "sum_of_squares_equation": r"$\sum i^2$", "sum_of_squares_application": "print(sum_of_squares(24))",
}  # fmt: skip
WRONG = "def squares(n):\n    return [i for i in range(1, n + 1)]"


def added(cell, at):
    def change(made):
        made["cells"].insert(place(made, at) if at else len(made["cells"]), cell)

    return change


def copied(name, source, at):
    def change(made):
        cell = copy.deepcopy(part(made, name))
        cell["source"] = source or cell["source"]
        added(cell, at)(made)

    return change


def deleted(*names):
    def change(made):
        for name in names:
            made["cells"].remove(part(made, name))

    return change


def moved(name, before):
    def change(made):
        cell = part(made, name)
        made["cells"].remove(cell)
        made["cells"].insert(place(made, before), cell)

    return change


def rewritten(name, **fields):
    return lambda made: part(made, name).update(fields)


def tagged(source):
    return code(source, metadata={"tags": ["skip-execution"]})


ODDITIES = {
    "not answered": [rewritten(name, source="raise NotImplementedError()") for name in ("squares", "sum_of_squares")],
    "cells added, one not to be run": [
        added(code("def power(n):\n    return n ** 2"), "squares"), rewritten("squares", source=SQUARES.replace("i ** 2", "power(i)")),
        added(code("squares(3)"), "correct_squares"), added(tagged("squares = None"), "correct_squares"), added(code("1 / 0"), None),
    ],
    "tests and written answers deleted": [
        deleted("correct_squares", "sum_of_squares_uses_squares", "sum_of_squares_equation", "sum_of_squares_application"),
    ],
    "a wrong answer, then a right one": [copied("squares", WRONG, "squares")],
    "a right answer, then a wrong one": [copied("squares", WRONG, "correct_squares")],
    "a wrong copy between two tests": [copied("squares", WRONG, "squares_invalid_input")],
    "copies at the end, wrong or stopping": [copied("squares", WRONG, None), copied("sum_of_squares", "sum_of_squares = unknown", None)],
    "answered again with its tests at the end": [
        rewritten("squares", source=WRONG), copied("squares", SQUARES, None), copied("correct_squares", None, None), copied("squares_invalid_input", None, None),
    ],
    "answers moved to the top": [moved("sum_of_squares", "jupyter"), moved("squares", "sum_of_squares")],
    "answered in an added cell": [deleted("squares"), added(code(SQUARES), "jupyter")],
    "a test's text deleted": [rewritten("correct_squares", source=""), rewritten("squares", source=WRONG)],
}  # fmt: skip
NOT_TOLD = {"not answered", "cells added, one not to be run"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """nbgrader's sample course, as `nbgrader quickstart` makes it, with one odd submission from each trainee."""
    import nbgrader
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    root = tmp_path_factory.mktemp("sample")
    sample = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source"
    shutil.copytree(sample / "ps1", root / "source" / "ps1", ignore=shutil.ignore_patterns("problem2.ipynb"))
    shutil.copy(sample / "header.ipynb", root / "source")
    (root / "nbgrader_config.py").write_text(CONFIG)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root, config.CourseDirectory.assignment_id = str(root), "ps1"
    config.IncludeHeaderFooter.header = str(root / "source" / "header.ipynb")
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    converter.log = logging.Logger("release")
    with pytest.MonkeyPatch.context() as patched:  # nbgrader calls alembic
        patched.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        converter.start()
        released = json.loads((root / "release" / "ps1" / f"{NAME}.ipynb").read_text(encoding="utf-8"))
        for number, changes in enumerate(ODDITIES.values()):
            path = root / "submitted" / f"odd-{number:02}" / "ps1" / f"{NAME}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(odd(released, changes)), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", "autograde", "ps1"], cwd=root, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    return root


def odd(released, changes):
    made = copy.deepcopy(released)
    for name, source in ANSWERS.items():
        part(made, name)["source"] = source
    for change in changes:
        change(made)
    for cell in made["cells"]:  # each as nbformat 4.0 wants it
        cell.pop("id", None)
        if cell["cell_type"] != "code":
            cell.pop("outputs", None), cell.pop("execution_count", None)
    return made


@pytest.fixture(scope="module")
def scores(course):
    """The scores that stock nbgrader gives and those that we give, by what is odd; None: a person gives them."""
    from nbgrader.api import Gradebook

    stock, ours = {}, {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        sources = {cell.name: cell.source for cell in book.find_notebook(NAME, "ps1").source_cells}
        for submission in book.assignment_submissions("ps1"):
            given = {grade.name: None if grade.needs_manual_grade else grade.score for grade in submission.notebooks[0].grades}
            stock[list(ODDITIES)[int(submission.student.id[-2:])]] = given
    released = nbformat.read(course / "release" / "ps1" / f"{NAME}.ipynb", 4)
    master = master_of(released, sources)
    with box.Box().load() as made:
        for number, what in enumerate(ODDITIES):
            data = read_file(course / "submitted" / f"odd-{number:02}" / "ps1" / f"{NAME}.ipynb")
            steps, told = rebuilt(data, master, released)
            assert bool(told) == (what not in NOT_TOLD), (what, told)
            found = run_job(made, steps, {}, box.LIMITS)
            nbformat.validate(notebook_of(found["cells"], master))
            ours[what] = found["scores"]
            assert set(stock[what]) - set(ours[what]) == {"cell-938593c4a215c6cc"}  # the task, which a person grades
            del stock[what]["cell-938593c4a215c6cc"]
    return stock, ours


def test_odd_but_honest_submissions_get_stock_nbgraders_scores(scores):
    stock, ours = scores
    # Stock judges the sum by the answer that was given again only further down; here the order is the assignment's again.
    stock["answered again with its tests at the end"]["correct_sum_of_squares"] = 0.5
    assert ours == stock
    assert sum(score or 0 for given in stock.values() for score in given.values()) > 15
