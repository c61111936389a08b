"""The tests of the tests, made from the notebooks: every question of every assignment."""

from types import SimpleNamespace
from unittest import mock

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from test_answers import LABEL_FORMS, ONE_FORMS

from coursekit.course import release
from coursekit.course.kernel import error_of, session, text_of
from coursekit.course.lessons import exercise_path, solution_path
from coursekit.course.mistakes import message_of
from coursekit.course.outline import outline
from coursekit.course.questions import STUB, answer_code, calls_of, questions
from coursekit.course.rehearsal import Deed, answer
from coursekit.keys import apart, judge, open_key
from coursekit.messages import SENTENCES


def flat(text):
    return " ".join(text.split())


CHECKED = [
    (name, q)
    for name in outline(ROOT).ready()
    for q in questions(nbformat.read(solution_path(ROOT, name), as_version=4))
    if not q.written
]
MISTAKES = [(name, q, slug) for name, q in CHECKED for slug in q.mistakes]
REPLAYED = [(name, q) for name, q in CHECKED if q.replayed]
ids = {"ids": lambda x: x.id if hasattr(x, "id") else str(x)}


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """What trainees see, and what nbgrader sees, for every kind of answer to every question."""
    made = {}

    def of(name):
        if name not in made:
            made[name] = _try(name, tmp_path_factory.mktemp(name))
        return made[name]

    return of


def _try(name, folder):
    source = nbformat.read(solution_path(ROOT, name), as_version=4)
    made, keyed, records = _built(name, folder)
    truths = {r["name"]: r for r in records if r["do"] == "check" and r["first"]}
    wrongs = {(r["name"], r["slug"]): r for r in records if r["do"] == "mistake"}
    released = nbformat.read(exercise_path(ROOT, name), as_version=4)
    seen, graded = {}, {}
    with session(folder) as trainee, session(folder, NBGRADER_EXECUTION="autograde") as grader:
        cells = {cell.id: cell.source for cell in released.cells}
        for kernel in (trainee, grader):
            for cell_id, text in cells.items():
                if cell_id.endswith("-setup"):
                    kernel.run(text)
        for q in questions(source):
            if q.written:
                continue
            for kernel in (trainee, grader):
                for start in q.starts:
                    kernel.run(cells[start.id])
            for did in ["blank", "right", "broken", "typed in", *(f"mistake: {slug}" for slug in q.mistakes)]:
                for kernel, checks, results in ((trainee, cells, seen), (grader, keyed, graded)):
                    stub = cells[f"{q.id}-solution"]
                    code = "" if did == "blank" else answer(q, Deed("", q.id, did, 0), _typed(truths))
                    kernel.run(stub.replace(STUB, code))
                    results[q.id, did] = kernel.run(checks[f"{q.id}-check"])
    return SimpleNamespace(truths=truths, wrongs=wrongs, seen=seen, graded=graded, keys=_keys(released), made=made)


def _typed(truths):
    return {name: repr(_value(r)) for name, r in truths.items()}


def _value(r):
    cells = {label: value for (label, _), value in r["cells"].items()}
    return cells[""] if r["shape"]["kind"] == "one" else cells


def _built(name, folder):
    """A release made anew: its files, the check cells as nbgrader's gradebook holds them, hidden parts and all, and what was recorded."""
    from nbgrader.api import Gradebook

    found = []
    record = release.recorded

    def recorded(*arguments):
        found.append(record(*arguments))
        return found[-1]

    with mock.patch.object(release, "recorded", recorded):
        made = release.build(ROOT, name, folder / "made", folder / "gradebook.db")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        cells = {cell.name: cell.source for cell in book.find_notebook(name, name).source_cells}
    return release.files(made), cells, [r for records in found[0][1] for r in records]


def _keys(released):
    found = {}
    for cell in released.cells:
        for call in calls_of(cell.source, "check") if cell.cell_type == "code" else ():
            found[call["name"]] = call["key"]
    return found


@pytest.mark.parametrize("name", outline(ROOT).ready())
def test_the_committed_release_is_what_its_solution_makes(trial, name):
    """The guard behind `make test`: another class's secret, the same bytes."""
    assert trial(name).made == release.files(exercise_path(ROOT, name).parent)


@pytest.mark.parametrize(("name", "q"), CHECKED, **ids)
def test_the_solution_passes_and_the_untouched_release_does_not(trial, name, q):
    t = trial(name)
    assert text_of(t.seen[q.id, "right"]) == f"Right. `{q.name}` is correct."
    assert error_of(t.graded[q.id, "right"]) is None
    assert text_of(t.seen[q.id, "blank"]).startswith("Not answered yet.")
    assert error_of(t.seen[q.id, "blank"]) is None
    assert error_of(t.graded[q.id, "blank"]).startswith("NotRight: Not answered yet.")
    assert error_of(t.graded[q.id, "broken"]).startswith("NotRight: The cell above stopped.")
    assert text_of(t.seen[q.id, "broken"]).startswith("The cell above stopped.")


@pytest.mark.parametrize(("name", "q", "slug"), MISTAKES, **ids)
def test_every_mistake_is_named_by_its_own_message(trial, name, q, slug):
    t, message = trial(name), message_of(q.mistakes[slug].source)[2]
    assert text_of(t.seen[q.id, f"mistake: {slug}"]) == f"Not yet: a known mistake. {message}"
    outputs = t.graded[q.id, f"mistake: {slug}"]
    assert error_of(outputs) == f"NotRight: Not yet: a known mistake. {message}"
    # What the page shows is the message alone: no traceback, no source, no line nbgrader would cut.
    assert flat(text_of(outputs)) == flat(f"Not yet: a known mistake. {message}")
    assert max(map(len, text_of(outputs).splitlines())) <= 70


@pytest.mark.parametrize(("name", "q"), REPLAYED, **ids)
def test_a_typed_in_answer_passes_the_check_and_fails_the_replay(trial, name, q):
    t = trial(name)
    assert text_of(t.seen[q.id, "typed in"]).startswith("Right.")
    assert flat(SENTENCES["replay"].format(name=q.name)) in flat(error_of(t.graded[q.id, "typed in"]))


@pytest.mark.parametrize(("name", "q"), CHECKED, **ids)
def test_answers_lie_apart(trial, name, q):
    t = trial(name)
    grids = t.truths[q.name]["shape"]["grids"]
    answers = [t.truths[q.name]["cells"], *(t.wrongs[q.name, slug]["cells"] for slug in q.mistakes)]
    assert len(answers) > 2
    assert all(apart(a, b, grids) for i, a in enumerate(answers) for b in answers[:i])


@pytest.mark.parametrize(("name", "q"), CHECKED, **ids)
def test_right_answers_pass_in_other_forms(trial, name, q):
    t = trial(name)
    truth, key = _value(t.truths[q.name]), t.keys[q.name]
    if isinstance(truth, str):
        forms = [truth, truth.upper(), f" {truth} ", [truth], (truth,), np.array(truth), pd.Series([truth]), {"a": truth}]
    elif not isinstance(truth, dict):
        forms = [form(truth) for form in ONE_FORMS]
    elif isinstance(next(iter(truth.values())), str):
        forms = [form(pd.Series(truth)) for name_, form in LABEL_FORMS.items() if name_ in ("as it is", "dict", "reset_index")]
    else:
        forms = [form(pd.Series(truth)) for form in LABEL_FORMS.values()]
    assert [judge(q.name, form, key)["status"] for form in forms] == ["right"] * len(forms)


@pytest.mark.parametrize(("name", "q"), CHECKED, **ids)
def test_the_release_holds_neither_solution_nor_messages(trial, name, q):
    text = exercise_path(ROOT, name).read_text(encoding="utf-8")
    assert "%%mistake" not in text
    assert "HIDDEN" not in text
    assert "MARK SCHEME" not in text
    assert answer_code(q.cells["solution"].source).splitlines()[-1] not in text
    for cell in q.mistakes.values():
        assert message_of(cell.source)[2][:30] not in text
    body = open_key(trial(name).keys[q.name])
    assert set(body) == {"kind", "keys", "columns", "grids", "rows", "all", "mistakes"}
    assert all(0 <= off < 8 for row in body["rows"] for off in row[2])


@pytest.mark.parametrize("name", outline(ROOT).ready())
def test_a_cell_that_stopped_is_told_kindly(trial, name, tmp_path):
    """A check whose answer does not exist says so, where Python alone would say NameError."""
    q = next(q for n, q in CHECKED if n == name)
    check = {c.id: c.source for c in nbformat.read(exercise_path(ROOT, name), as_version=4).cells}[f"{q.id}-check"]
    for env in ({}, {"NBGRADER_EXECUTION": "autograde"}):
        with session(tmp_path, **env) as kernel:
            kernel.run("from coursekit import check")
            outputs = kernel.run(check)
            assert "does not exist yet" in text_of(outputs)
            assert "Traceback" not in text_of(outputs)
            assert bool(error_of(outputs)) is bool(env)  # under nbgrader it must stay an error
            # any other NameError stays what it is
            assert "NameError" in text_of(kernel.run("print(nothing)"))
