"""The notebook that is graded: built from the instructor's, with nothing of the submission but what the trainee wrote.

From a submission come the text of the solution cells, and plain cells in their place. Metadata, tags, outputs, the kernel
and every locked cell come from the master. What had to be put right is told, to trainee and instructor.
"""

import json
import os
import stat
from typing import NamedTuple

import nbformat

from coursekit.errors import Plain

LARGEST = 20_000_000  # bytes of a submission
MOST_CELLS, LONGEST = 2_000, 1_000_000  # cells of a notebook; characters of one
PICTURES = ("image/png", "image/jpeg", "image/gif")


def read_file(path):
    """The bytes of a submitted file; a plain sentence for what is no file or too large. No link and no pipe is followed."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Plain(f"{path.name} was not handed in.") from None
    except OSError as error:
        raise Plain(f"{path.name} is not a plain file ({error.strerror}).") from None
    with os.fdopen(file, "rb") as opened:
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise Plain(f"{path.name} is not a plain file.")
        if found.st_size > LARGEST:
            raise Plain(
                f"{path.name} has {found.st_size:,} bytes, more than {LARGEST:,}. Clear its outputs and hand it in again."
            )
        return opened.read(LARGEST + 1)


def master_of(release, sources):
    """The instructor's notebook with its hidden tests: the released one, its graded and locked cells as the gradebook keeps them.

    sources: grade_id -> source, of the gradebook's source cells.
    """
    made = nbformat.from_dict(json.loads(json.dumps(release)))
    for cell in made.cells:
        name = grade_id(cell)
        if name in sources:
            cell.source = sources[name]
    return made


def grade_id(cell):
    """The name by which nbgrader knows a cell, or None."""
    return _name(cell.get("metadata"))


def _name(metadata):
    settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = settings.get("grade_id") if isinstance(settings, dict) else None
    return found if isinstance(found, str) else None


def is_solution(cell):
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


class Step(NamedTuple):
    """One cell in the order in which it is graded.

    kind: "own" (the trainee's), "locked" (the instructor's, without points), "test" (with points), "instructor" (a plain cell of
    the master, which only the tests may need), "text".
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
    cells, repairs = _cells(data)
    wanted = {grade_id(cell): cell for cell in master.cells if grade_id(cell)}
    known = _known(cells, master, wanted, repairs)
    extras, order = _extras(cells, known)
    texts = {grade_id(cell): cell.source for cell in released.cells}
    steps = [*extras.get(None, [])]
    for cell in json.loads(json.dumps(master)).pop("cells"):
        cell = nbformat.from_dict(cell)
        name = grade_id(cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if name:
            _take_over(cell, cells[known[name]] if name in known else None, texts.get(name), repairs)
            steps += [Step(_kind(cell), cell), *extras.get(name, [])]
        elif cell.cell_type == "code":  # of the plain cells the trainee's copy is run; the tests may need the instructor's
            steps.append(Step("instructor", cell))
    if order != [name for name in wanted if name in known]:
        repairs.append("Cells were moved; they stand again in the order of the assignment.")
    return steps, repairs


def _kind(cell):
    settings = cell.metadata.nbgrader
    if cell.cell_type != "code":
        return "text"
    if settings.get("solution"):
        return "own"
    return "test" if settings.get("grade") else "locked"


def _cells(data):
    """The submission's cells as plain dictionaries of cell_type, source, metadata and id."""
    repairs = []
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            repairs.append(f"The file was saved as {encoding.upper()}, and was read all the same.")
            break
    else:
        encoding = "utf-8"
    try:
        found = json.loads(data.decode(encoding))
    except (ValueError, RecursionError) as error:
        what = "empty" if not data.strip() else "not a notebook: it cannot be read as JSON"
        raise Plain(
            f"The file is {what} ({type(error).__name__}). Open it in JupyterLab, save it, and hand it in again."
        ) from None
    if not isinstance(found, dict):
        raise Plain("The file is not a notebook: it holds JSON without cells.")
    if "worksheets" in found and "cells" not in found:
        sheets = found["worksheets"] if isinstance(found["worksheets"], list) else []
        listed = [cell for sheet in sheets if isinstance(sheet, dict) for cell in (sheet.get("cells") or [])]
        repairs.append("The notebook was in an old format, and was read all the same.")
    else:
        listed = found.get("cells")
    if not isinstance(listed, list):
        raise Plain("The file is not a notebook: it has no list of cells.")
    if len(listed) > MOST_CELLS:
        raise Plain(f"The notebook has {len(listed):,} cells, more than {MOST_CELLS:,}.")
    cells = [_cell(one) for one in listed]
    if None in cells:
        repairs.append("Parts that are not cells were left out.")
    return [cell for cell in cells if cell], repairs


def _cell(one):
    if not isinstance(one, dict):
        return None
    source = one.get("source", one.get("input", ""))
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    kind = {"heading": "markdown"}.get(one.get("cell_type"), one.get("cell_type"))
    if not isinstance(source, str) or kind not in ("code", "markdown", "raw") or len(source) > LONGEST:
        return None
    source = source.replace("\r\n", "\n").encode("utf-8", "replace").decode()  # half a character cannot be written to a file
    metadata = one.get("metadata") if isinstance(one.get("metadata"), dict) else {}
    return {"cell_type": kind, "source": source, "metadata": metadata, "id": one.get("id"), "attachments": one.get("attachments")}


def _known(cells, master, wanted, repairs):
    """Which cell of the submission is which of the master: grade_id -> place. Of two with one name the last counts."""
    known, doubled = {}, set()
    for place, cell in enumerate(cells):
        name = _name(cell["metadata"])
        if name in wanted:
            doubled |= {name} & set(known)
            known[name] = place
    for name in sorted(doubled):
        repairs.append(f"The cell {name} was there twice: both were run, and the last one counts as the answer.")
    ids = {cell.get("id"): grade_id(cell) for cell in master.cells if cell.get("id") and grade_id(cell)}
    for place, cell in enumerate(cells):
        name = ids.get(cell["id"]) if isinstance(cell["id"], str) else None
        if name and name not in known and place not in known.values():
            known[name] = place
            repairs.append(f"The cell {name} had lost its name, and was found by its number.")
    _found_between(cells, list(wanted), wanted, known, repairs)
    return known


def _found_between(cells, names, wanted, known, repairs):
    """A missing solution is the only cell of its kind between the two cells that it stood between."""
    for at, name in enumerate(names):
        if name in known or not is_solution(wanted[name]):
            continue
        before = next((known[n] for n in reversed(names[:at]) if n in known), -1)
        after = next((known[n] for n in names[at + 1 :] if n in known), len(cells))
        taken = set(known.values())
        between = [p for p in range(before + 1, after) if p not in taken and cells[p]["cell_type"] == wanted[name].cell_type]
        if len(between) == 1:
            known[name] = between[0]
            repairs.append(f"The cell {name} had lost its name, and was found by its place.")


def _extras(cells, known):
    """The plain cells, by the known cell that they follow; and the known cells in the order in which they came."""
    names = {place: name for name, place in known.items()}
    extras, order, last = {}, [], None
    for place, cell in enumerate(cells):
        if place in names:
            last = names[place]
            order.append(last)
        elif cell["source"].strip():
            made = _extra(cell, f"extra-{len(names)}-{place}")
            extras.setdefault(last, []).append(Step("own" if cell["cell_type"] == "code" else "text", made))
    return extras, order


def _extra(cell, name):
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}
    return make[cell["cell_type"]](cell["source"], id=name)


def _take_over(cell, given, text, repairs):
    """Put a trainee's text into the master's cell when it is theirs to write; restore it when it is not."""
    name = grade_id(cell)
    if given is None:
        repairs.append(f"The cell {name} was missing, and was added again.")
    elif is_solution(cell):
        if given["cell_type"] != cell.cell_type:
            repairs.append(f"The cell {name} was turned into {given['cell_type']}; it is {cell.cell_type} again, with its text.")
        cell.source = given["source"]
        pictures = _pictures(given["attachments"])
        if cell.cell_type == "markdown" and pictures:
            cell.attachments = pictures
    elif text is not None and given["source"].strip() != text.strip():
        repairs.append(f"The cell {name} was changed, and is as it was given out.")


def _pictures(attachments):
    """Pictures that were pasted into an answer, and nothing else that could be attached."""
    found = {}
    for name, parts in attachments.items() if isinstance(attachments, dict) else ():
        kept = (
            {kind: data for kind, data in parts.items() if kind in PICTURES and isinstance(data, str)}
            if isinstance(parts, dict)
            else {}
        )
        if isinstance(name, str) and kept:
            found[name] = kept
    return found


def notebook_of(steps, master):
    """The cells that were run, put together as a notebook with the master's own settings."""
    made = nbformat.from_dict({**json.loads(json.dumps(master)), "cells": []})
    made.cells = [step.cell for step in steps if step.kind != "instructor"]
    made.nbformat, made.nbformat_minor = 4, 5
    return made
