"""The notebooks agree with the outline, and every check of that can fail."""

import nbformat
import pytest
from conftest import ROOT

from coursekit.course.canonical import canonical
from coursekit.course.lessons import lesson_path, make_canonical, not_canonical, solution_path
from coursekit.course.lint import problems
from coursekit.course.outline import outline
from coursekit.errors import Plain


def test_the_notebooks_have_no_problems():
    assert problems(ROOT) == []


def replace(cell_id, old, new):
    def spoil(nb):
        cell = next(c for c in nb.cells if c.id == cell_id)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return spoil


def drop(*ids):
    def spoil(nb):
        assert {c.id for c in nb.cells} >= set(ids)
        nb.cells = [c for c in nb.cells if c.id not in ids]

    return spoil


def meta(cell_id, **changes):
    def spoil(nb):
        cell = next(c for c in nb.cells if c.id == cell_id)
        for key, value in changes.items():
            if key == "tags":
                cell.metadata["tags"] = value
            else:
                cell.metadata["nbgrader"][key] = value

    return spoil


def bare_picture(nb):
    cell = next(c for c in nb.cells if c.id == "a1-trap-bars")
    cell.outputs[0].data["image/png"] = "aGVsbG8="


def no_words(nb):
    cell = next(c for c in nb.cells if c.id == "a1-trap-bars")
    cell.outputs[0].data["text/html"] = '<img alt="" src="data:,">'


LESSON = {
    "the title": replace("a1-title", "# Headline numbers", "# Headlines"),
    "the question of the day": replace("a1-title", "Was that good?", "Was it good?"),
    "the minutes": replace("a1-title", "85 minutes", "80 minutes"),
    "that it builds on s2_first_table": replace("a1-title", "*First table*", "the table lesson"),
    "objectives in the opening": replace("a1-title", "- say what a headline", "- tell what a headline"),
    "does not mirror": replace("a1-close", "- said what a headline figure cannot tell", ""),
    "words learned": replace("a1-close", "GPM, ", ""),
    "no **Sources:**": replace("a1-close", "**Sources:**", "From:"),
    "no **Next:**": replace("a1-close", "**Next:**", "Then:"),
    "one heading of the first level": replace("a1-per-text", "## Was", "# Was"),
    "heading of level 4": replace("a1-per-text", "## Was", "#### Was"),
    "leads nowhere": replace("a1-per-text", "10,000 yuan", "[10,000 yuan](nowhere.ipynb)"),
    "it imports os": replace("a1-setup", "from coursekit", "import os\nfrom coursekit"),
    "it imports from numpy": replace("a1-setup", "from coursekit import", "from numpy import mean\nfrom coursekit import"),
    "a paragraph has": replace("a1-per-text", "10,000 yuan says little alone.", "Word " * 71),
    "it is taught in a3_funnel": replace("a1-per", "print", "claims.merge(claims)\nprint"),
    "no lesson teaches it": replace("a1-per", "print", "claims.melt()\nprint"),
    "the word RevPAR is used": replace("a1-per-text", "10,000 yuan", "RevPAR"),
    "lines of code": replace("a1-gmv", "net = paid", "\n" * 12 + "net = paid"),
    "bare picture": bare_picture,
    "alternative text": no_words,
}
ASSIGNMENT = {
    'the title must be "# Headline numbers: assignment"': replace("a1-title", ": assignment", ""),
    "does not say 70 minutes": replace("a1-title", "70 minutes", "an hour"),
    "it has 2 questions": lambda nb: setattr(nb, "cells", [c for c in nb.cells if not c.id.startswith(
        ("a1-q1", "a1-q2", "a1-q3", "a1-q4"))]),
    "no question is checked by replay": lambda nb: [setattr(c, "source", c.source.replace("replay(", "print("))
                                                    for c in nb.cells if c.id.endswith("-check")],
    "no question asks for a decision": drop("a1-q6-prompt", "a1-q6-answer"),
    "no question serves objective 4": meta("a1-q6-prompt", tags=["objective-3"]),
    "objective 9, which does not exist": meta("a1-q6-prompt", tags=["objective-4", "objective-9"]),
    "no tag objective-N": meta("a1-q1-prompt", tags=[]),
    "check cell is missing": drop("a1-q1-check"),
    "heading must say (2 points)": replace("a1-q1-prompt", "(2 points)", "(3 points)"),
    "a1-q1-prompt is not locked": meta("a1-q1-prompt", locked=False),
    "a1-q1-start is not locked": meta("a1-q1-start", locked=False),
    "rubric does not say what Part": replace("a1-q6-prompt", "**Part", "**Half"),
    "must be given the name twice": replace("a1-q1-check", 'check("net", net)', 'check("net", ordered)'),
    "does not tell the name `net`": lambda nb: [replace("a1-q1-prompt", "`net`", "so")(nb),
                                                replace("a1-q1-check", "net)", "net, digits=0)")(nb)],
    "its prompt asks for 1 digits after the point, its check says digits=2": replace("a1-q2-prompt", "2 digits after", "1 digit after"),
    "needs a stub": replace("a1-q1-solution", "net = ...\n", ""),
    "it names too few mistakes (1)": lambda nb: setattr(nb, "cells", [
        c for c in nb.cells if not c.id.startswith("a1-q1-mistake") or c.id.endswith("gmv-for-net")]),
    "has no message": replace("a1-q1-mistake-gmv-for-net", "# This", "This"),
    "is about `nett`": replace("a1-q1-mistake-gmv-for-net", "net gmv-for-net", "nett gmv-for-net"),
    "words; at most 45": replace("a1-q1-mistake-gmv-for-net", "# This", "# " + "word " * 45 + "This"),
    "must stand together": lambda nb: nb.cells.append(nb.cells.pop(3)),
}  # fmt: skip


@pytest.mark.parametrize(("where", "says"), [(lesson_path, s) for s in LESSON] + [(solution_path, s) for s in ASSIGNMENT])
def test_every_check_bites(copy, where, says):
    path = where(copy, "a1_headline_numbers")
    nb = nbformat.read(path, as_version=4)
    {**LESSON, **ASSIGNMENT}[says](nb)
    nbformat.write(nb, path)
    assert any(says in p for p in problems(copy)), problems(copy)


def test_doubled_slugs_and_strange_grade_ids_are_told(copy):
    path = solution_path(copy, "a1_headline_numbers")
    whole = path.read_text(encoding="utf-8")

    def spoiled(cell_id, change):
        nb = nbformat.reads(whole, as_version=4)
        change(next(c for c in nb.cells if c.id == cell_id))
        path.write_text(nbformat.writes(nb), encoding="utf-8")

    spoiled("a1-q1-mistake-paid-for-net", lambda c: c.update(source=c.source.replace("paid-for-net", "gmv-for-net")))
    with pytest.raises(Plain, match="two cells are named a1-q1-mistake-gmv-for-net"):
        problems(copy)
    spoiled("a1-q1-check", lambda c: c.metadata.nbgrader.update(grade_id="cell-0a1b2c"))
    assert any("is named a1-qN-solution" in p for p in problems(copy))
    assert any("run `.venv/bin/coursekit canonical`" in p for p in problems(copy))


def test_a_ready_lesson_without_a_notebook_is_told(copy):
    lesson_path(copy, "a1_headline_numbers").unlink()
    assert any("there is no notebook" in p for p in problems(copy))


def test_every_notebook_is_in_canonical_form():
    assert not_canonical(ROOT) == []


def spoil_counts(nb):
    next(c for c in nb.cells if c.cell_type == "code").execution_count = 3


def spoil_outputs(nb):
    cell = next(c for c in nb.cells if c.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("stream", text="hello")]


def spoil_metadata(nb):
    nb.metadata["widgets"] = {"state": {}}


def spoil_ids(nb):
    nb.cells[1].id, nb.cells[2].id = "0a1b2c3d", nb.cells[1].id


def spoil_spaces(nb):
    nb.cells[0].source += "  \n\n"


@pytest.mark.parametrize("spoil", [spoil_counts, spoil_outputs, spoil_metadata, spoil_ids, spoil_spaces])
def test_canonical_form_is_restored(copy, spoil):
    path = solution_path(copy, "s1_first_numbers")
    before = path.read_text(encoding="utf-8")
    nb = nbformat.reads(before, as_version=4)
    spoil(nb)
    path.write_text(nbformat.writes(nb), encoding="utf-8")
    assert not_canonical(copy) == [path]
    make_canonical(copy)
    assert not_canonical(copy) == []
    if spoil is not spoil_ids:
        assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("tag", ["predict", "own-machine"])
def test_results_that_are_not_to_be_told_or_not_the_same_everywhere_are_not_kept(tag):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", id="x1-sum", metadata={"tags": [tag]})])
    nb.cells[0].outputs = [nbformat.v4.new_output("stream", text="2")]
    assert nbformat.reads(canonical(nbformat.writes(nb), "x1", True), as_version=4).cells[0].outputs == []
    nb.cells[0].metadata = {}
    assert nbformat.reads(canonical(nbformat.writes(nb), "x1", True), as_version=4).cells[0].outputs != []


def test_outline_paths_know_what_came_before():
    course = outline(ROOT)
    assert course.before("a1_headline_numbers") == {"s1_first_numbers", "s2_first_table"}
    assert len(course.lessons()) == 24
