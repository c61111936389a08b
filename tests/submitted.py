"""A small assignment and what is handed in for it, for the tests of rebuilding; `run` checks what is true of every result."""

import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.grading.rebuild import master_of, notebook_of, rebuilt


def graded(make, name, source, **settings):
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": name, **settings}
    return make(source, id=f"id-{name}", metadata={"nbgrader": flags, "deletable": False})


def release():
    """A notebook as it is given out: a locked start, two questions with a test each, a written answer and a task."""
    cells = [
        new_markdown_cell("# Two questions", id="title"),
        graded(new_code_cell, "start", "numbers = [1, 2, 3]", locked=True),
        new_code_cell("numbers[0]", id="look"),
        graded(new_markdown_cell, "asked", "What is the total?", locked=True),
        graded(new_code_cell, "total", "total = ...", solution=True),
        graded(new_code_cell, "total-test", "assert total > 0", grade=True, locked=True, points=2),
        graded(new_code_cell, "mean", "mean = ...", solution=True),
        graded(new_code_cell, "mean-test", "assert mean > 0", grade=True, locked=True, points=1),
        graded(new_markdown_cell, "why", "*Write here.*", grade=True, solution=True, points=3),
        graded(new_markdown_cell, "project", "Do more.", task=True, locked=True, points=4),
        new_markdown_cell("The end", id="end"),
    ]
    names = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    return new_notebook(cells=cells, metadata=names)


RELEASED = release()
MASTER = master_of(
    RELEASED, {"total-test": "assert total > 0\nassert total == 6", "mean-test": "assert mean > 0\nassert mean == 2"}
)
ANSWERS = {"total": "total = sum(numbers)", "mean": "mean = total / 3", "why": "Because."}


def handed_in():
    """An honest submission, as plain dictionaries."""
    made = json.loads(json.dumps(RELEASED))
    for cell in made["cells"]:
        cell["source"] = ANSWERS.get(name_of(cell), cell["source"])
    return made


def name_of(cell):
    return (cell["metadata"].get("nbgrader") or {}).get("grade_id")


def part(notebook, name):
    return next(cell for cell in notebook["cells"] if name_of(cell) == name)


def place(notebook, name):
    return [name_of(cell) for cell in notebook["cells"]].index(name)


def code(source, **more):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, "id": "x"} | more


def text(source, **more):
    return {"cell_type": "markdown", "source": source, "metadata": {}} | more


def run(notebook, master=MASTER, released=RELEASED):
    """The steps of a submission and what is told; whatever it was, all but the answers must be the master's."""
    data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    steps, told = rebuilt(data, master, released)
    sound(steps, master)
    made = notebook_of(steps, master)
    nbformat.validate(made, relax_add_props=False)
    assert (made.metadata, made.nbformat, made.nbformat_minor) == (master.metadata, 4, 5)
    assert told == list(dict.fromkeys(told))
    assert all(sentence[0].isupper() and sentence.endswith(".") and not set("{}[]") & set(sentence) for sentence in told)
    assert rebuilt(data, master, released) == (steps, told)
    return steps, told


def sound(steps, master):
    wanted = [cell for cell in master.cells if name_of(cell)]
    found = [step.cell for step in steps if step.name]
    assert [cell.metadata for cell in found] == [cell.metadata for cell in wanted]
    assert [cell.cell_type for cell in found] == [cell.cell_type for cell in wanted]
    for given, cell in zip(found, wanted, strict=True):
        assert cell.metadata.nbgrader.solution or given.source == cell.source
    for step in steps:
        assert (step.kind in ("locked", "test")) <= bool(step.name)
        if step.cell.cell_type == "code":
            assert (step.cell.outputs, step.cell.execution_count) == ([], None)
        if not step.name and step.kind != "instructor":
            assert step.cell.metadata in ({}, {"raw_mimetype": "text/plain"})
    ids = [step.cell.id for step in steps]
    assert len(set(ids)) == len(ids)


def sources(steps):
    return {step.name: step.cell.source for step in steps if step.name}


def answers(steps):
    return {name: source for name, source in sources(steps).items() if name in ANSWERS}


def ran(steps):
    """What the trainee's process runs, in this order."""
    return [step.cell.source for step in steps if step.kind in ("own", "locked")]
