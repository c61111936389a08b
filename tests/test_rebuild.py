"""What a trainee hands in becomes the notebook that is graded: the instructor's, with the trainee's answers."""

import copy
import json

import nbformat
import pytest
from submitted import ANSWERS, MASTER, RELEASED, answers, code, handed_in, name_of, part, place, ran, run, sound, sources, text

from coursekit.grading.rebuild import Step, master_of, notebook_of, rebuilt


def test_an_honest_submission_is_taken_as_it_is():
    steps, told = run(handed_in())
    assert told == []
    assert answers(steps) == ANSWERS
    assert ran(steps) == ["numbers = [1, 2, 3]", "numbers[0]", ANSWERS["total"], ANSWERS["mean"]]
    assert [step.name for step in steps if step.kind == "test"] == ["total-test", "mean-test"]
    assert [step.cell.source for step in steps if step.kind == "instructor"] == ["numbers[0]"]


def tampered(name, **settings):
    made = handed_in()
    part(made, name)["metadata"]["nbgrader"] |= settings
    return made


@pytest.mark.parametrize(("name", "settings"), [
    ("total-test", {"points": 99}), ("total-test", {"locked": False}), ("total-test", {"grade": False}), ("total-test", {"solution": True}),
    ("total", {"grade": True, "points": 5}), ("why", {"points": -1}), ("start", {"locked": False}), ("start", {"solution": True}),
    ("total", {"schema_version": 99}), ("total", {"schema_version": "three"}), ("total-test", {"schema_version": None}), ("total-test", {"extra": [[]]}),
    ("total-test", {"points": float("nan")}), ("mean", {"solution": False}), ("project", {"points": 40}), ("mean-test", {"cell_type": "markdown"}),
], ids=str)  # fmt: skip
def test_settings_are_the_masters(name, settings):
    steps, told = run(tampered(name, **settings))
    assert told == [f"The settings of the cell {name} were changed, and are again as given out."]
    assert answers(steps) == ANSWERS


def test_a_missing_schema_version_is_a_changed_setting():
    made = handed_in()
    for name in ("total", "mean", "why"):
        del part(made, name)["metadata"]["nbgrader"]["schema_version"]
    assert run(made)[1] == ["The settings of the cells total, mean and why were changed, and are again as given out."]


def test_no_tag_keeps_a_cell_from_being_run():
    made = handed_in()
    for name in ("total", "total-test"):
        part(made, name)["metadata"]["tags"] = ["skip-execution", "raises-exception"]
    steps, told = run(made)
    assert told == ["The settings of the cells total and total-test were changed, and are again as given out."]
    assert [step.kind for step in steps if step.name in ("total", "total-test")] == ["own", "test"]


def test_an_added_cell_that_jupyter_leaves_out_is_left_out_too():
    made = handed_in()
    made["cells"] += [
        code("while True: pass", metadata={"tags": ["skip-execution"]}),
        code("1", metadata={"tags": "skip-execution"}),
    ]
    steps, told = run(made)
    assert told == []
    assert [step.kind for step in steps[-2:]] == ["text", "own"]


@pytest.mark.parametrize("tags", [None, {}, "x", [[[]], 3], [None]], ids=str)
def test_tags_of_any_shape_are_borne(tags):
    made = handed_in()
    for cell in made["cells"]:
        cell["metadata"]["tags"] = tags
    assert run(made)[1] == []


def test_swapped_names_are_taken_as_moved_cells():
    made = handed_in()
    total, mean = (part(made, name)["metadata"] for name in ("total", "mean"))
    total["nbgrader"], mean["nbgrader"] = mean["nbgrader"], total["nbgrader"]
    steps, told = run(made)
    assert told == ["Cells were moved, and stand again in the order of the assignment."]
    assert answers(steps) == ANSWERS | {"total": ANSWERS["mean"], "mean": ANSWERS["total"]}


def test_a_test_that_took_an_answers_name_is_a_test_again():
    made = handed_in()
    part(made, "total")["metadata"]["nbgrader"]["grade_id"] = "total-tests"
    part(made, "total-test")["metadata"]["nbgrader"]["grade_id"] = "total"
    part(made, "total")["id"] = "gone"
    steps, _ = run(made)
    assert sources(steps)["total-test"] == "assert total > 0\nassert total == 6"
    assert sources(steps)["total"] == "assert total > 0"


def doubled(name, source, at):
    """A copy of a cell, with another text, before the cell of that place."""
    made = handed_in()
    cell = copy.deepcopy(part(made, name)) | {"source": source, "id": "copy"}
    made["cells"].insert(at if isinstance(at, int) else place(made, at), cell)
    return made


def test_of_a_doubled_answer_both_run_and_the_last_counts():
    steps, told = run(doubled("total", "total = 6", "total-test"))
    assert told == ["The cell total was there more than once: each copy was run, and the last one before its test counts."]
    assert sources(steps)["total"] == "total = 6"
    assert ran(steps)[2:4] == [ANSWERS["total"], "total = 6"]


def test_a_copy_far_below_for_trying_things_out_changes_no_answer():
    steps, told = run(doubled("total", "total = unknown", 99))
    assert told == ["The cell total was there more than once: each copy was run, and the last one before its test counts."]
    assert sources(steps)["total"] == ANSWERS["total"]
    assert ran(steps)[-1] == "total = unknown"


def test_of_a_doubled_written_answer_the_last_counts():
    steps, told = run(doubled("why", "Because of it.", 99))
    assert told == [
        "The cell why was there more than once, and the last one counts.",
        "Cells were moved, and stand again in the order of the assignment.",
    ]
    assert sources(steps)["why"] == "Because of it."
    assert "Because." in [step.cell.source for step in steps if not step.name]


@pytest.mark.parametrize("name", ["total-test", "start", "asked"])
def test_a_copied_cell_of_the_instructors_is_an_added_cell(name):
    changed = part(handed_in(), name)["source"]
    steps, told = run(doubled(name, changed, 0))
    assert told == [f"The cell {name} was there more than once; it is taken once, and copies count as added cells."]
    assert steps[0].name is None
    assert steps[0].cell.source == changed


def test_a_whole_question_copied_is_graded_from_its_copy():
    made = handed_in()
    pair = copy.deepcopy([part(made, "total"), part(made, "total-test")])
    part(made, "total")["source"] = "total = 0"
    made["cells"] += pair
    steps, _ = run(made)
    assert answers(steps) == ANSWERS
    assert "total = 0" in ran(steps)


def without(*names):
    made = handed_in()
    made["cells"] = [cell for cell in made["cells"] if name_of(cell) not in names]
    return made


def test_missing_cells_are_added_again():
    steps, told = run(without("start", "total-test", "asked", "project"))
    assert told == ["The cells start, asked, total-test and project were missing, and were added again."]
    assert answers(steps) == ANSWERS


def test_a_missing_answer_is_no_answer_and_what_was_given_out_does_not_hide_one():
    made = without("total", "why")
    made["cells"].insert(0, code("total = 6"))
    steps, told = run(made)
    assert told == ["The cells total and why were missing, and were added again without an answer."]
    assert sources(steps)["total"] == "# This cell was missing from the submission, and was added again."
    assert sources(steps)["why"] == "*This cell was missing from the submission, and was added again.*"
    assert "total = ..." not in ran(steps)


@pytest.mark.parametrize("cells", [[], [code("1")], [text("All gone")]], ids=["none", "code", "text"])
def test_a_notebook_without_its_cells_has_no_answers(cells):
    _, told = run(handed_in() | {"cells": cells})
    assert told == [
        "The cells start, asked, total-test, mean-test and project were missing, and were added again.",
        "The cells total, mean and why were missing, and were added again without an answer.",
    ][: 2 if not cells else None] or "found by its place." in " ".join(told)  # fmt: skip


def test_moved_cells_stand_in_their_order_with_the_cells_added_to_them():
    made = handed_in()
    at = place(made, "total")
    pair = made["cells"][at : at + 2]
    made["cells"][at : at + 2] = []
    made["cells"] += [pair[0], code("half = total / 2"), pair[1]]
    steps, told = run(made)
    assert told == ["Cells were moved, and stand again in the order of the assignment."]
    assert ran(steps) == ["numbers = [1, 2, 3]", "numbers[0]", ANSWERS["total"], "half = total / 2", ANSWERS["mean"]]


def nameless(*names, ids=True):
    made = handed_in()
    for name in names:
        cell = part(made, name)
        if not ids:
            del cell["id"]
        cell["metadata"] = {}
    return made


def test_a_cell_without_its_name_is_found_by_its_id():
    steps, told = run(nameless("total", "total-test"))
    assert told == ["The cells total and total-test had lost the name by which they are graded, and were found by their cell id."]
    assert answers(steps) == ANSWERS


def test_a_cell_without_name_and_id_is_found_by_its_text_or_place():
    steps, told = run(nameless("start", "total", "total-test", "why", ids=False))
    assert told == [
        "The cells start and total-test had lost the name by which they are graded, and were found by their text.",
        "The cells total and why had lost the name by which they are graded, and were found by their place.",
    ]
    assert answers(steps) == ANSWERS
    assert ran(steps).count("numbers = [1, 2, 3]") == 1


def test_a_notebook_that_lost_all_settings_is_put_together_again():
    made = nameless(*sources(run(handed_in())[0]), ids=False)
    steps, told = run(made)
    assert answers(steps) == ANSWERS
    assert [sentence.rpartition(" ")[2] for sentence in told] == ["text.", "place."]


def test_what_is_found_by_place_must_be_clear():
    made = nameless("total", ids=False)
    made["cells"].insert(place(made, "total-test"), code("other = 1"))
    steps, told = run(made)
    assert told == ["The cell total was missing, and was added again without an answer."]
    assert ran(steps)[2:4] == [ANSWERS["total"], "other = 1"]  # it has been run all the same


def test_an_added_cell_does_not_take_a_missing_tests_place():
    made = without("total-test")
    made["cells"].insert(place(made, "mean"), code("helper = 3"))
    steps, told = run(made)
    assert told == ["The cell total-test was missing, and was added again."]
    assert "helper = 3" in ran(steps)


@pytest.mark.parametrize("field", ["id", "source"])
def test_the_plain_cell_of_the_assignment_is_no_answer(field):
    made = without("start", "total", "total-test", "asked")
    made["cells"] = [cell for cell in made["cells"] if cell["id"] != "title"]
    made["cells"][0][field] = "changed"  # it is known by the other one
    steps, _ = run(made)
    assert sources(steps)["total"].startswith("# This cell was missing")
    assert made["cells"][0]["source"] in ran(steps)


@pytest.mark.parametrize(("name", "kind", "told"), [
    ("total", "markdown", "The cell total had become Markdown, and is code again."), ("total", "raw", "The cell total had become raw text, and is code again."),
    ("why", "code", "The cell why had become code, and is Markdown again."), ("total-test", "raw", "The cell total-test had become raw text, and is code again."),
    ("asked", "code", "The cell asked had become code, and is Markdown again."),
])  # fmt: skip
def test_a_cell_is_of_its_kind_again_with_its_text(name, kind, told):
    made = handed_in()
    part(made, name)["cell_type"] = kind
    steps, said = run(made)
    assert said == [told]
    assert answers(steps) == ANSWERS


def test_changed_cells_of_the_instructors_are_as_given_out():
    made = handed_in()
    part(made, "start")["source"] = "numbers = [6]"
    part(made, "total-test")["source"] = ""
    part(made, "asked")["source"] += "\n\n "  # an editor's doing
    steps, told = run(made)
    assert told == ["The cells start and total-test were changed, and are again as given out."]
    assert ran(steps)[0] == "numbers = [1, 2, 3]"


def test_added_cells_keep_their_place():
    made = handed_in()
    made["cells"].insert(0, code("first = 1"))
    made["cells"].insert(place(made, "total"), code("before = 2"))
    made["cells"].insert(place(made, "total-test"), code("between = 3"))
    made["cells"] += [text("A note"), code("last = 4"), code("  \n"), {"cell_type": "raw", "source": "<b>", "metadata": {}}]
    steps, told = run(made)
    assert told == []
    assert ran(steps) == [
        "first = 1",
        "numbers = [1, 2, 3]",
        "numbers[0]",
        "before = 2",
        ANSWERS["total"],
        "between = 3",
        ANSWERS["mean"],
        "last = 4",
    ]
    assert [step.cell.source for step in steps[-3:]] == ["A note", "last = 4", "<b>"]


def test_a_plain_cell_that_bears_settings_without_meaning_stays_the_trainees():
    """nbgrader leaves a name behind on a cell that is no longer graded; the gradebook does not know it."""
    released = copy.deepcopy(RELEASED)
    released.cells[2].metadata.nbgrader = {
        "grade": False,
        "solution": False,
        "locked": False,
        "grade_id": "old",
        "schema_version": 3,
    }
    made = json.loads(json.dumps(released))
    made["cells"][2]["source"] = "numbers[1]"
    steps, told = rebuilt(json.dumps(made).encode(), master_of(released, {}), released)
    assert "numbers[1]" in ran(steps)
    assert not any("old" in sentence for sentence in told)


def test_cells_have_ids_of_their_own():
    released = copy.deepcopy(RELEASED)
    for cell in released.cells[3:]:
        del cell["id"]
    released.cells[0].id = "cell-1"
    released.cells[2].id = "id-start"
    made = handed_in()
    made["cells"] += [code("1", id="cell-1"), code("2", id="id-start"), code("3", id="x y")]
    master = master_of(released, {})
    steps, _ = rebuilt(json.dumps(made).encode(), master, released)
    sound(steps, master)
    nbformat.validate(notebook_of(steps, master))
    assert [step.cell.id for step in steps if step.name == "start"] == ["id-start"]


def test_one_cell_is_not_taken_twice():
    made = without("total")
    part(made, "mean")["id"] = "id-total"
    steps, told = run(made)
    assert told == ["The cell total was missing, and was added again without an answer."]
    assert sources(steps)["mean"] == ANSWERS["mean"]


def test_the_master_stays_as_it_is_and_its_outputs_its_own():
    released = copy.deepcopy(RELEASED)
    start = part(released, "start")
    start.outputs, start.execution_count = [nbformat.v4.new_output("stream", text="seen")], 1
    master = master_of(released, {})
    before = copy.deepcopy(master)
    for step in run(handed_in(), master, released)[0]:
        step.cell.metadata.clear()
        step.cell.source = ""
    assert master == before


# -- put together


def test_what_was_run_is_put_together_with_all_else_from_the_master():
    made = handed_in() | {"metadata": {"kernelspec": {"name": "evil"}, "title": "x"}}
    steps, _ = run(made)
    for step in steps:
        if step.kind == "own":
            step.cell.outputs, step.cell.execution_count = [nbformat.v4.new_output("stream", text="6")], 3
    found = notebook_of(steps, MASTER)
    nbformat.validate(found)
    assert [cell.get("source") for cell in found.cells] == [
        cell["source"] if name_of(cell) not in ("total-test", "mean-test") else sources(steps)[name_of(cell)]
        for cell in made["cells"]
    ]
    assert found.metadata == MASTER.metadata
    assert part(found, "total").outputs[0].text == "6"
    returned = json.loads(json.dumps([step.cell for step in steps if step.kind != "instructor"]))  # as `run_job` returns them
    assert notebook_of(returned, MASTER) == found
    assert notebook_of([Step("own", cell) for cell in returned], MASTER) == found
    assert isinstance(found.cells[0], nbformat.NotebookNode)
    found.metadata.kernelspec.name = "changed"
    assert MASTER.metadata.kernelspec.name == "python3"  # it is a copy


def test_a_master_of_an_older_format_becomes_one_with_ids():
    released = copy.deepcopy(RELEASED)
    released.nbformat_minor = 2
    for cell in released.cells:
        del cell["id"]
    steps, told = run(handed_in(), master_of(released, {}), released)
    assert told == []
