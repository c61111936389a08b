"""A tiny notebook of locked, answer and test cells, and how tests have a submission of it graded in a box."""

import json
import os

import nbformat
import pytest
from hostile import SHORT

from coursekit.grading import box as boxes
from coursekit.grading.job import run_job
from coursekit.grading.rebuild import master_of, rebuilt

needs_box = pytest.mark.skipif(
    boxes.bubblewrap() is None and not os.environ.get("CI"),
    reason="Left out: this test needs bubblewrap, which is not on this machine or may not make a box.",
)
SETUP = "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt\n%config InlineBackend.close_figures = False\nitems = [3, 1, 2]\ntable = pd.DataFrame({'a': [3, 1, 2]})"  # fmt: skip
TESTS = {
    "answer": "assert answer == 42\nassert abs(answer - 42) < 0.5",
    "double": "assert double(21) == 42\nassert double(-1) == -2",
    "total": "assert total == 6",
}


def notebook(solutions, tests=TESTS, setup=SETUP):
    """A notebook with a locked start, and a solution and a graded test for each question."""

    def cell(source, name, **more):
        settings = {
            "grade_id": name,
            "schema_version": 3,
            "grade": False,
            "solution": False,
            "locked": True,
            "task": False,
            **more,
        }
        return nbformat.v4.new_code_cell(source, id=name, metadata={"nbgrader": settings})

    cells = [cell(setup, "setup")]
    for name in tests:
        cells.append(cell(solutions.get(name, "pass"), name, solution=True, locked=False))
        cells.append(cell(tests[name], f"{name}-test", grade=True, points=2))
    return nbformat.v4.new_notebook(cells=cells)


def graded(box, solutions, tests=TESTS, setup=SETUP, limits=SHORT, files=()):
    """The result for one submission."""
    release = notebook({}, tests, setup)
    steps, _ = rebuilt(json.dumps(notebook(solutions, tests, setup)).encode(), master_of(release, {}), release)
    return run_job(box, steps, dict(files), limits)


def points(result):
    return tuple(result["scores"].values())
