"""Grading a class: one submission never stops another, nothing is lost, and what was done is not done again."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest
from boxed import needs_box
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_course import NAME, cell, hand_in, released, source_of

from coursekit.errors import Plain
from coursekit.grading import grade as grading
from coursekit.grading.box import Box

pytestmark = needs_box
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "small"
c.LateSubmissionPlugin.penalty_method = "zero"
"""


def grade(course, accept_open=False):
    """The report of a run in this process."""
    with Box(accept_open) as box:
        return grading.grade(NAME, course, 2, box)


def source_notebook():
    own = {"solution": True, "locked": False}
    return source_of(
        new_code_cell("import math", id="plain"),
        cell("start", "numbers = [3, 1, 2]"),
        cell("largest", "### BEGIN SOLUTION\nlargest = max(numbers)\n### END SOLUTION", **own),
        cell("test-largest", "assert largest == 3\n### BEGIN HIDDEN TESTS\nassert isinstance(largest, int)\n### END HIDDEN TESTS", grade=True, points=2),
        cell("area", "### BEGIN SOLUTION\ndef area(r):\n    return math.pi * r**2\n### END SOLUTION", **own),
        cell("test-area", "assert abs(area(1) - math.pi) < 1e-9\nassert area(0) == 0", grade=True, points=3),
        cell("words", "### BEGIN SOLUTION\nIt grows.\n### END SOLUTION", new_markdown_cell, grade=True, solution=True, locked=False, points=4),
    )  # fmt: skip


RIGHT = {
    "largest": "largest = max(numbers)",
    "area": "def area(r):\n    return math.pi * r**2",
    "words": "It grows with the square.",
}
CLASS = {
    "ana": (RIGHT, [2, 3, None]),
    "bo": ({}, [0, 0, 0]),
    "chen": (RIGHT | {"largest": "largest = 4"}, [0, 3, None]),
    "diego": (RIGHT | {"area": "import warnings\nwarnings.warn('old')\ndef area(r):\n    return math.pi * r * r"}, [2, 3, None]),
    "elena": (RIGHT | {"largest": "import os\nos._exit(1)"}, [0, 3, None]),
    "fang": (RIGHT | {"area": "def area(r):\n    return 1 / 0"}, [2, 0, None]),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A released assignment and a class's submissions."""
    root = released(tmp_path_factory.mktemp("grade") / "small", CONFIG, source_notebook())
    for student, (answers, _) in CLASS.items():
        hand_in(root, student, answers)
    return root


@pytest.fixture
def course(template, tmp_path):
    return shutil.copytree(template, tmp_path / "small")


def command(course, *more):
    return [sys.executable, "-m", "coursekit", "grade", NAME, "--course", str(course), *more]


def run(course, *more):
    done = subprocess.run(command(course, *more), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def scores(course):
    """What the gradebook holds: student -> automatic scores in the order of the cells, comments, penalty."""
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(
            "select s.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, n.late_submission_penalty from grade g "
            "join submitted_notebook n on g.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id join base_cell c on g.cell_id = c.id"
        ).fetchall()
    return {(row[0], row[1]): row[2:] for row in rows}


def auto(course):
    order = ["test-largest", "test-area", "words"]
    found = scores(course)
    return {student: [found[student, name][0] for name in order] for student in {student for student, _ in found}}


def folders(course):
    """The graded notebooks, without what a clock decides."""
    return {p.relative_to(course).as_posix(): p.read_text() for p in sorted((course / "autograded").rglob("*.ipynb"))}


def test_everybody_gets_what_the_work_deserves_and_a_second_run_does_nothing(course):
    first = run(course)
    assert first.returncode == 0
    assert "6 of 6 submissions graded now" in first.stdout
    assert "elena: partly graded" in first.stderr
    assert auto(course) == {student: points for student, (_, points) in CLASS.items()}
    before, notebooks = scores(course), folders(course)
    second = run(course)
    assert second.returncode == 0
    assert "0 of 6 submissions graded now, 6 were graded already" in second.stdout
    assert (scores(course), folders(course)) == (before, notebooks)
    for name, text in notebooks.items():
        nbformat.validate(nbformat.reads(text, as_version=4))
        assert name.startswith("autograded/")


def test_one_at_a_time_and_several_at_a_time_are_the_same(calm, course):
    assert run(course, "--jobs", "1").returncode == 0
    assert (scores(course), folders(course)) == (scores(calm), folders(calm))


def test_what_cannot_be_graded_is_named_and_stops_nobody(course):
    (course / "submitted" / "bo" / NAME / "paper.ipynb").write_bytes(b"%PDF-1.4")
    (course / "submitted" / "chen" / NAME / "paper.ipynb").unlink()
    done = run(course)
    assert done.returncode == 1
    assert "bo: unreadable. paper: The file is not a notebook" in done.stdout
    assert "chen: not handed in" in done.stdout
    found = auto(course)
    assert found["bo"] == [None, None, None]  # a person looks at it: no zero by a machine
    assert found["chen"] == [0, 0, 0]
    assert found["ana"] == [2, 3, None]


def test_what_a_person_gave_stays_and_what_changed_is_told(course):
    run(course)
    with sqlite3.connect(course / "gradebook.db") as book:
        cell_id = "select id from base_cell where name = 'words'"
        mine = "select n.id from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id where s.student_id = 'chen'"
        book.execute(
            f"update grade set manual_score = 3.5, extra_credit = 1, needs_manual_grade = 0 where cell_id = ({cell_id}) and notebook_id = ({mine})"
        )
        book.execute(f"update comment set manual_comment = 'Well said.' where notebook_id = ({mine})")
    hand_in(course, "chen", RIGHT)
    done = run(course)
    assert "1 of 6 submissions graded now" in done.stdout
    assert "changed: chen: test-largest 0 → 2" in done.stdout
    assert scores(course)["chen", "words"][:3] == (None, 3.5, 1.0)
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("select count(*) from comment where manual_comment = 'Well said.'").fetchone()[0] == 3


def test_the_course_decides_what_comes_late(course):
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update assignment set duedate = '2026-11-01 12:00:00.000000'")
    hand_in(course, "ana", RIGHT, "2026-11-02 12:00:00 UTC")
    hand_in(course, "diego", RIGHT, "2026-10-31 12:00:00 UTC")
    hand_in(course, "fang", RIGHT, "no time at all")
    assert run(course).returncode == 0
    found = scores(course)
    assert found["ana", "test-area"][4] == 5.0  # all of what was earned
    assert found["diego", "test-area"][4] is None
    assert found["fang", "test-area"][4] is None


@pytest.fixture(scope="module")
def calm(template, tmp_path_factory):
    """A class that was graded undisturbed, two at a time."""
    course = shutil.copytree(template, tmp_path_factory.mktemp("calm") / "small")
    assert run(course, "--jobs", "2").returncode == 0
    return course


# A run that says when it begins with the first submission.
BEGUN = f"""
import sys
from coursekit.grading import grade as grading
from coursekit.grading.box import Box

with Box() as box:
    prove = grading.prove
    grading.prove = lambda box: (prove(box), print("begun", flush=True))
    grading.grade("{NAME}", sys.argv[1], 2, box)
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_five_random_moments_it_ends_as_undisturbed(calm, course, seed):
    """Four classes, five times each: stopped without a warning, in the midst of cells, files and transactions."""
    moments, stopped = random.Random(seed), 0
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", BEGUN, str(course)], stdout=subprocess.PIPE, start_new_session=True
        ) as process:
            if process.stdout.readline():  # when all is graded, nothing begins
                time.sleep(0.8 * moments.random())
                stopped += process.poll() is None
                os.killpg(process.pid, signal.SIGKILL)
    assert stopped
    assert run(course, "--jobs", "2").returncode == 0
    assert (scores(course), folders(course)) == (scores(calm), folders(calm))
    assert [p.name for p in (course / "autograded").rglob(".*")] == []


@pytest.mark.parametrize("step", ["keep", "_put_folder", "_put_scores"])
def test_stopped_at_any_step_of_the_writer_leaves_no_half_grade(calm, course, monkeypatch, step):
    """Stopped when a result should be kept, when its folder stands, and when its scores are written but not committed."""
    from coursekit.grading import book

    real = getattr(book, step)

    def stop(*given, **named):
        if step != "keep":
            real(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(book, step, stop)
    with pytest.raises(KeyboardInterrupt):
        grade(course)
    assert scores(course) == {}
    monkeypatch.setattr(book, step, real)
    grade(course)
    assert (scores(course), folders(course)) == (scores(calm), folders(calm))


def test_a_result_of_another_assignment_is_not_taken(course):
    run(course)
    release = course / "release" / NAME / "paper.ipynb"
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update source_cell set source = replace(source, '== 3', '== 4') where name = 'test-largest'")
    assert release.exists()
    done = run(course)
    assert "6 of 6 submissions graded now" in done.stdout
    assert auto(course)["chen"] == [2, 3, None]
    assert "changed: ana: test-largest 2 → 0" in done.stdout


@pytest.mark.parametrize(("change", "says"), [
    (lambda c: (c / "nbgrader_config.py").unlink(), "is no nbgrader course"),
    (lambda c: shutil.rmtree(c / "submitted"), "Nothing was handed in"),
    (lambda c: shutil.rmtree(c / "release"), "The release of ps1 is missing"),
    (lambda c: (c / "gradebook.db").unlink(), "ps1 is not in the gradebook"),
])  # fmt: skip
def test_when_nothing_can_be_done_it_is_said_in_a_sentence(course, change, says):
    change(course)
    with pytest.raises(Plain, match=says):
        grade(course)


def test_exit_status_two_when_nothing_was_done(course):
    shutil.rmtree(course / "submitted")
    assert run(course).returncode == 2


def test_a_failure_of_ours_is_tried_again_and_never_a_zero(course, monkeypatch):
    real, tries = grading.run_job, []

    def failing(box, steps, files, limits):
        if "largest = 4" in "".join(step.cell.source for step in steps):
            tries.append(1)
            raise OSError("the disk is gone")
        return real(box, steps, files, limits)

    monkeypatch.setattr(grading, "run_job", failing)
    report = grade(course)
    assert len(tries) == grading.TRIES
    assert report.failed == {"chen": "could not run"}
    assert "no fault of the submission" in json.dumps(report.results["chen"]["notes"])
    assert auto(course)["chen"] == [None, None, None]
    assert auto(course)["ana"] == [2, 3, None]
    monkeypatch.setattr(grading, "run_job", real)
    assert grade(course).failed == {}
    assert auto(course)["chen"] == [0, 3, None]


def test_without_a_box_grading_is_refused_unless_that_is_accepted(course, monkeypatch):
    from coursekit.grading import box

    monkeypatch.setattr(box, "bubblewrap", lambda: None)
    with pytest.raises(Plain, match="cannot be shut in on this machine"):
        grade(course)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # root may not accept it
    report = grade(course, accept_open=True)
    assert {result["isolation"] for result in report.results.values()} == {box.OPEN}
    assert auto(course)["ana"] == [2, 3, None]
