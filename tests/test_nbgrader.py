"""A practice class of every assignment: each score is the expected one, feedback names the mistake; with nbgrader alone as well."""

import csv
import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import READY

from coursekit.course import rehearsal, release
from coursekit.course.outline import outline
from coursekit.errors import Plain

STUDENTS = {"a1_headline_numbers": 12}
ALSO_STOCK = [name for name in READY if name in ("a1_headline_numbers", "b4_overbooking", "c3_capacity")]


def command(folder, module, *words):
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def nbgrader(folder, *words):
    return command(folder, "nbgrader", *words)


def practice(folder, name):
    """A practice class that waits to be graded: what its students did."""
    count = STUDENTS.get(name, 5)
    release.gradebook(folder, [name])
    deeds = rehearsal.practice_class(folder, name, count, seed=1)
    rehearsal.enroll(folder, count)
    return deeds


def graded(folder, name):
    """The points in the gradebook, None where a person gives them."""
    from nbgrader.api import Gradebook

    got = {}
    with Gradebook(f"sqlite:///{folder / 'class' / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions(name):
            for grade in submission.notebooks[0].grades:
                points = None if grade.needs_manual_grade else grade.score
                got[submission.student.id, grade.name.rpartition("-")[0]] = points
    return got


def names_mistakes(folder, name, deeds):
    """True when each feedback page names the mistakes that its student made."""
    for deed in deeds:
        page = _words(folder / "class" / "feedback" / deed.student / name / f"{name}.html")
        assert deed.message.replace("`", "") in page.replace("`", ""), (
            deed,
            page[-3000:],
        )  # code is marked in one way or the other
    return True


@pytest.mark.parametrize("name", READY)
def test_a_practice_class_gets_the_expected_scores_and_feedback(copy, name):
    deeds = practice(copy, name)
    assert {d.did.partition(":")[0] for d in deeds} == {"right", "mistake", "blank", "broken", "typed in"}
    log = command(copy, "coursekit", "grade", name)
    log += command(copy, "coursekit", "feedback", name)
    assert graded(copy, name) == {(d.student, d.question): d.points for d in deeds}, log[-3000:]
    assert names_mistakes(copy, name, deeds)
    assert sum(d.points for d in deeds if d.student == "practice-02") == 0  # who answered nothing


@pytest.mark.parametrize("name", ALSO_STOCK)
def test_stock_nbgrader_gives_the_same_scores_and_names_the_mistakes(copy, name):
    """Whoever grades with nbgrader alone gets the same; its feedback pages hide the tests, too."""
    deeds = practice(copy, name)
    log = nbgrader(copy, "autograde", name)
    log += nbgrader(copy, "generate_feedback", name)
    assert graded(copy, name) == {(d.student, d.question): d.points for d in deeds}, log[-3000:]
    assert names_mistakes(copy, name, deeds)
    page = _words(copy / "class" / "feedback" / "practice-01" / name / f"{name}.html")
    assert "replay(" not in page
    assert "HIDDEN TESTS" not in page


def _words(path):
    text = re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8"))
    return " ".join(html.unescape(text).split())


def test_the_same_class_twice_is_the_same_and_nothing_is_overwritten(copy):
    name = READY[0]
    rehearsal.practice_class(copy, name, 4, seed=3)
    before = release.files(copy / "class" / "submitted")
    rehearsal.practice_class(copy, name, 4, seed=3)
    assert release.files(copy / "class" / "submitted") == before
    with pytest.raises(Plain, match="differs"):
        rehearsal.practice_class(copy, name, 4, seed=4)
    assert release.files(copy / "class" / "submitted") == before
    text = (copy / "class" / "practice" / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 4 * 6


def test_stock_generate_assignment_makes_the_same_release(copy):
    """The formgrader's button and the command line go through the same preprocessors."""
    before = release.files(copy / "exercises")
    (copy / "class").mkdir()
    log = nbgrader(copy, "generate_assignment", READY[0], "--force")
    assert release.files(copy / "exercises") == before, log[-3000:]


@pytest.mark.parametrize(("arguments", "says"), [((0, 1), "at least one"), ((3, -1), "--seed")])
def test_bad_arguments_are_told_and_write_nothing(copy, arguments, says):
    with pytest.raises(Plain, match=says):
        rehearsal.practice_class(copy, READY[0], *arguments)
    assert not (copy / "class" / "submitted").exists()


def test_all_named_mistakes_can_be_rehearsed(root):
    """Every mistake of every question appears in a class that is large enough."""
    import nbformat

    from coursekit.course.lessons import solution_path
    from coursekit.course.questions import questions

    for name in outline(root).ready():
        found = questions(nbformat.read(solution_path(root, name), as_version=4))
        did = {(d.question, d.did) for d in rehearsal.plan(found, 300, seed=1)}
        for q in found:
            assert {(q.id, f"mistake: {slug}") for slug in q.mistakes} <= did
