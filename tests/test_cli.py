"""The commands: plain sentences, exit codes, and the steps of `make test` that can fail."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from coursekit.course.lessons import lesson_path, solution_path
from coursekit.course.suite import STEPS


def coursekit(folder, *words):
    done = subprocess.run([sys.executable, "-m", "coursekit", *words], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("words", "code", "says"), [
    (["practice-class", "a1_headline"], 1, 'There is no lesson "a1_headline"'),
    (["practice-class", "d1_cash_and_customers"], 1, "is planned"),
    (["practice-class", "a1_headline_numbers", "--students", "0"], 1, "at least one"),
    (["practice-class"], 2, "Missing argument"),
    (["gradbook"], 2, "No such command"),
])  # fmt: skip
def test_bad_calls_are_one_sentence(copy, words, code, says):
    returned, said = coursekit(copy, *words)
    assert (returned, says in said) == (code, True), said
    assert "Traceback" not in said


def test_outside_the_course_a_command_says_where_to_go(tmp_path):
    returned, said = coursekit(tmp_path, "lint")
    assert returned == 1
    assert "No course.yml was found" in " ".join(said.split())


def spoil(path, change):
    nb = nbformat.read(path, as_version=4)
    change(nb)
    nbformat.write(nb, path)


def test_lint_and_canonical_fail_when_they_should(copy):
    assert coursekit(copy, "lint") == (0, "")
    assert coursekit(copy, "canonical", "--check") == (0, "")
    spoil(solution_path(copy, "s1_first_numbers"), lambda nb: nb.cells.pop(2))
    nb = solution_path(copy, "s1_first_numbers")
    nb.write_text(nb.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert coursekit(copy, "lint")[0] == 1
    code, said = coursekit(copy, "canonical", "--check")
    assert (code, "not canonical" in said) == (1, True)
    assert coursekit(copy, "canonical")[0] == 0
    assert coursekit(copy, "canonical", "--check") == (0, "")


def nbval(folder, path):
    command = next(c for name, c in STEPS if name == "every notebook runs")
    words = [w for w in command if w not in ("curriculum", "solutions", "exercises", "-n", "2", "--dist", "loadfile")]
    env = {**os.environ, "PYTEST_ADDOPTS": ""}
    done = subprocess.run([sys.executable, *words, str(path)], cwd=folder, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout[-3000:]


@pytest.mark.parametrize(("change", "fails"), [
    (lambda nb: None, False),
    # the number the prose quotes has changed
    (lambda nb: next(c for c in nb.cells if c.id == "s1-two").update(source="takings = 671\ntakings"), True),
    # a cell stops
    (lambda nb: next(c for c in nb.cells if c.id == "s1-setup").update(source="from coursekit import checks_and_demos"), True),
])  # fmt: skip
def test_nbval_fails_when_prose_and_data_part(copy, change, fails):
    path = lesson_path(copy, "s1_first_numbers")
    spoil(path, change)
    code, said = nbval(copy, path)
    assert (code != 0) is fails, said


def test_make_lists_its_commands(root):
    said = subprocess.run(["make", "-C", str(root), "help"], capture_output=True, text=True, check=True).stdout
    for word in ("lab", "test", "bench", "release", "lock", "clean"):
        assert f"make {word}" in said


def test_ci_runs_the_test_command_of_the_readme(root):
    assert (root / ".ci" / "run").read_text().rstrip().endswith("make test")
    assert os.access(root / ".ci" / "run", os.X_OK)
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")


def test_no_file_holds_an_index_address_or_a_path_of_a_machine(root):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    for name in listed.strip("\0").split("\0"):
        text = (Path(root) / name).read_text(encoding="utf-8", errors="replace")
        assert str(root) + "/" not in text, name
        if name == "requirements.txt":
            assert "://" not in text
            assert "--index" not in text
            assert "file:" not in text
