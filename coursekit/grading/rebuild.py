"""The notebook that is graded: built from the instructor's, with nothing of the submission but what the trainee wrote.

From a submission come the text of the solution cells, and plain cells in their place. Metadata, tags, outputs, the kernel
and every locked cell come from the master. What had to be put right is told, to trainee and instructor.
"""

import itertools
import re
from typing import NamedTuple

import nbformat

from coursekit.grading.submission import KINDS, Told, cells_of, clean

PICTURES = ("image/png", "image/jpeg", "image/gif")
NOT_RUN = "skip-execution"  # the tag of a cell that Jupyter's programs leave out when they run a notebook
WAS_MISSING = "This cell was missing from the submission, and was added again."

# -- what is told; each sentence once, with the names of all its cells
MISSING = "The {cell} {names} {was} missing, and {was} added again."
EMPTY = "The {cell} {names} {was} missing, and {was} added again without an answer."
CHANGED = "The {cell} {names} {was} changed, and {is} again as given out."
SETTINGS = "The settings of the {cell} {names} were changed, and are again as given out."
DOUBLED = "The {cell} {names} {was} there more than once: each copy was run, and the last one before its test counts."
DOUBLED_ANSWER = "The {cell} {names} {was} there more than once, and the last one counts."
DOUBLED_LOCKED = "The {cell} {names} {was} there more than once; {it} {is} taken once, and copies count as added cells."
LOST = "The {cell} {names} had lost the name by which {it} {is} graded, and {was} found by {its} "
MOVED = "Cells were moved, and stand again in the order of the assignment."


def master_of(release, sources):
    """The instructor's notebook with its hidden tests: the released one, its graded and locked cells as the gradebook keeps them.

    sources: grade_id -> source, of the gradebook's source cells.
    """
    made = nbformat.from_dict(release)
    for cell in made.cells:
        name = grade_id(cell)
        if name in sources:
            cell.source = sources[name]
    return made


def grade_id(cell):
    """The name by which nbgrader knows a cell of the instructor's, or None for a plain cell."""
    settings = cell.metadata.get("nbgrader")
    if not settings:
        return None
    graded = settings.get("grade") or settings.get("solution") or settings.get("locked") or settings.get("task")
    return settings.get("grade_id") if graded else None


def is_solution(cell):
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_test(cell):
    return bool(cell.metadata.get("nbgrader", {}).get("grade")) and not is_solution(cell)


class Step(NamedTuple):
    """One cell in the order in which it is graded.

    kind: "own" (the trainee's), "locked" (the instructor's, without points), "test" (with points), "instructor" (a plain cell of
    the master, which only the tests may need), "text" (all that is not run).
    """

    kind: str
    cell: dict

    @property
    def name(self):
        return grade_id(self.cell)


def rebuilt(data, master, released):
    """A submission's bytes as the cells that are graded, and what had to be put right, in sentences.

    master: see `master_of`; released: the notebook as it was given out. Raises Plain for what cannot be read as a notebook at all.
    """
    told = Told()
    cells = cells_of(data, master, told)
    wanted = {name: cell for cell in master.cells if (name := grade_id(cell))}
    given_out = {name: cell.source for cell in released.cells if (name := grade_id(cell)) in wanted}
    known = _known(cells, master, wanted, given_out, told)
    extras, order = _extras(cells, known)
    steps = [*extras.get(None, [])]
    for source_cell in master.cells:
        cell, name = nbformat.from_dict(source_cell), grade_id(source_cell)  # a copy, to the depths
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if name:
            _take_over(cell, cells[known[name]] if name in known else None, given_out.get(name), told)
            steps += [Step(_kind(cell), cell), *extras.get(name, [])]
        elif cell.cell_type == "code":  # of the plain cells the trainee's copy is run; the tests may need the instructor's
            steps.append(Step("instructor", cell))
    if order != [name for name in wanted if name in known]:
        told.add(MOVED)
    _number(steps)
    return steps, told.sentences()


def notebook_of(steps, master):
    """The notebook that nbgrader keeps: the cells that were run, with all else from the master.

    steps: of `rebuilt`, or the cells that `job.run_job` returns.
    """
    cells = [
        one.cell if isinstance(one, Step) else one for one in steps if not (isinstance(one, Step) and one.kind == "instructor")
    ]
    minor = max(master.get("nbformat_minor", 0), 5)  # the cells have ids
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": minor, "metadata": master.metadata, "cells": cells})


def _kind(cell):
    if cell.cell_type != "code":
        return "text"
    return "own" if is_solution(cell) else "test" if is_test(cell) else "locked"


def _number(steps):
    """Give each cell an id of its own, the same ones for the same submission; the master's where it has one."""
    taken = set()
    for step in steps:
        name = step.cell.get("id")
        if isinstance(name, str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) and name not in taken:
            taken.add(name)
        else:
            step.cell.pop("id", None)
    free = (name for number in itertools.count(1) if (name := f"cell-{number}") not in taken)
    for step in steps:
        if "id" not in step.cell:
            step.cell.id = next(free)


# -- which cell is which


def _known(cells, master, wanted, given_out, told):
    """Which cell of the submission is which of the master: grade_id -> place."""
    known = _named(cells, wanted, told)
    for name, place in known.items():
        if _settings_changed(cells[place], wanted[name]):
            told.add(SETTINGS, name)
    ids = {cell.id: name for name, cell in wanted.items() if "id" in cell}
    locked = {name: cell for name, cell in wanted.items() if not is_solution(cell)}
    texts = {(cell.cell_type, given_out[name].strip()): name for name, cell in locked.items() if name in given_out}
    for place, cell in enumerate(cells):
        source = cell["source"].strip()
        by_id = ids.get(cell["id"]) if isinstance(cell["id"], str) else None
        by_text = texts.get((cell["cell_type"], source)) if source else None
        for what, name in (("cell id.", by_id), ("text.", by_text)):
            if name and name not in known and place not in known.values():
                known[name] = place
                told.add(LOST + what, name)
    _find_between(cells, master, wanted, known, told)
    return known


def _named(cells, wanted, told):
    """The cells that bear a name. Of several with one name the last counts, as for nbgrader.

    A copied solution may stand further down, for trying things out; nbgrader, which runs the cells where they stand, would
    judge what ran before the test. So the last one before the test is the answer, and the other one stays where it is.
    """
    places = {name: [] for name in wanted}
    for place, cell in enumerate(cells):
        settings = cell["metadata"].get("nbgrader")
        name = settings.get("grade_id") if isinstance(settings, dict) else None
        if isinstance(name, str) and name in wanted:
            places[name].append(place)
    known, test = {}, len(cells)
    for name in reversed(wanted):
        if found := places[name]:
            test = found[-1] if is_test(wanted[name]) else test
            judged = _is_judged(wanted[name])
            known[name] = max((place for place in found if place < test), default=found[-1]) if judged else found[-1]
    for name, cell in wanted.items():
        if len(places[name]) > 1:
            told.add(DOUBLED if _is_judged(cell) else DOUBLED_ANSWER if is_solution(cell) else DOUBLED_LOCKED, name)
    return {name: known[name] for name in wanted if name in known}


def _is_judged(cell):
    """True for code of a trainee's that a test judges, not a person."""
    return _kind(cell) == "own" and not cell.metadata.nbgrader.get("grade")


def _settings_changed(given, cell):
    """True when nbgrader's settings of a cell are not as given out, or a tag says that it is not to be run."""
    return given["metadata"].get("nbgrader") != cell.metadata.nbgrader or (
        NOT_RUN in _tags(given["metadata"]) and NOT_RUN not in _tags(cell.metadata)
    )


def _tags(metadata):
    tags = metadata.get("tags")
    return tags if isinstance(tags, list) else []


def _find_between(cells, master, wanted, known, told):
    """A solution without a name is the only cell of its kind between the two cells that it stood between."""
    names = list(wanted)
    plain = [cell for cell in master.cells if not grade_id(cell)]
    ids, texts = {cell.get("id") for cell in plain} - {None}, {cell.source.strip() for cell in plain}
    for at, name in enumerate(names):
        if name in known or not is_solution(wanted[name]):
            continue
        before = next((known[n] for n in reversed(names[:at]) if n in known), -1)
        after = next((known[n] for n in names[at + 1 :] if n in known), len(cells))
        taken = set(known.values())
        between = [
            place for place in range(before + 1, after)
            if place not in taken and cells[place]["cell_type"] == wanted[name].cell_type
            and not (isinstance(cells[place]["id"], str) and cells[place]["id"] in ids) and cells[place]["source"].strip() not in texts | {""}
        ]  # fmt: skip
        if len(between) == 1:
            known[name] = between[0]
            told.add(LOST + "place.", name)


def _extras(cells, known):
    """The plain cells, by the known cell that they follow; and the known cells in the order in which they came."""
    names = {place: name for name, place in known.items()}
    extras, order, last = {}, [], None
    for place, cell in enumerate(cells):
        if place in names:
            last = names[place]
            order.append(last)
        elif cell["source"].strip():
            extras.setdefault(last, []).append(_extra(cell))
    return extras, order


# -- what becomes of a cell


def _extra(cell):
    """A cell that the trainee added, or a plain one of the assignment that may have been changed: its text alone."""
    kind = cell["cell_type"]
    made = nbformat.from_dict({"cell_type": kind, "metadata": {}, "source": cell["source"]})
    if kind == "code":
        made.outputs, made.execution_count = [], None
        return Step("text" if NOT_RUN in _tags(cell["metadata"]) else "own", made)
    if kind == "raw":  # without a type, it would become part of the page that shows it
        made.metadata.raw_mimetype = "text/plain"
    elif pictures := _pictures(cell["attachments"]):
        made.attachments = pictures
    return Step("text", made)


def _take_over(cell, given, text, told):
    """Put a trainee's text into the master's cell when it is theirs to write; restore it when it is not."""
    name = grade_id(cell)
    if given is None:
        told.add(EMPTY if is_solution(cell) else MISSING, name)
        if is_solution(cell):  # what was given out may bind names that another cell has answered
            cell.source = f"# {WAS_MISSING}" if cell.cell_type == "code" else f"*{WAS_MISSING}*"
        return
    if given["cell_type"] != cell.cell_type:
        told.add(
            f"The {{cell}} {{names}} had become {KINDS[given['cell_type']]}, and {{is}} {KINDS[cell.cell_type]} again.", name
        )
    if not is_solution(cell):
        if text is not None and given["source"].strip() != text.strip():
            told.add(CHANGED, name)
        return
    cell.source = given["source"]
    if cell.cell_type == "markdown" and (pictures := _pictures(given["attachments"])):
        cell.attachments = pictures


def _pictures(attachments):
    """Pictures that were pasted into a text, and nothing else that could be attached."""
    found = {}
    for name, parts in attachments.items() if isinstance(attachments, dict) else ():
        for kind in PICTURES:
            data = parts.get(kind) if isinstance(parts, dict) else None
            data = "".join(data) if isinstance(data, list) and all(isinstance(part, str) for part in data) else data
            if isinstance(data, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]+", data):
                found.setdefault(clean(name), {})[kind] = data
    return found
