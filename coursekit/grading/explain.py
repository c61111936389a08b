"""Wrong answers that no named mistake explains: what they are in words, which are the same, and the mistake that would name them.

Answers come as `grade` keeps them, see `job.answers`. Nothing is run here, and what a trainee's process sent is data.
"""

import ast
import re

from coursekit import keys
from coursekit.again import Cell, trainee_cells
from coursekit.answers import what
from coursekit.course.questions import calls_of
from coursekit.grading.rebuild import grade_id
from coursekit.grading.values import READ, unpack

LARGEST = 10_000  # values of an answer that is looked at again
MOST_CELLS = 6  # of a table that are said in words
MOST_TEXT = 80  # characters of a text that are said
NO_DATA = {"module", "type", "error", "function"}  # kinds that do more than hold data when they are read
# Lines with one of these are not proposed to an author, who runs a mistake outside the box.
RISKY = re.compile(
    r"__|\b(import|open|exec|eval|compile|globals|locals|vars|getattr|setattr|delattr|input|breakpoint)\b|\.(to|read|load|save)\w*\(|\b_"
)


def unnamed(verdict):
    """True for the verdict on a wrong answer that was read and is no mistake the question names, nor a slip of any number.

    >>> unnamed({"status": "wrong"}), unnamed({"status": "slip", "code": "sign"})
    (True, False)
    """
    return verdict["status"] in ("wrong", "cells", "rows") or verdict.get("code") == "not-whole"


def keys_of(notebook):
    """The keys of a released notebook, of answers that are values: grade_id -> the answer's name -> key."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "check(" in cell.source and (name := grade_id(cell)):
            for call in _calls(cell.source):
                if call["key"] and call["value"]:
                    found.setdefault(name, {}).setdefault(call["name"], call["key"])
    return found


def _calls(source):
    try:
        return calls_of(source, "check")
    except (SyntaxError, AttributeError, IndexError):  # a check that is another's, or written in another way
        return []


def explained(result, keys_by_paper):
    """A kept result, in which a wrong answer that nothing named is a named mistake where the keys name it now.

    keys_by_paper: each notebook's name -> `keys_of` its present release. A verdict that was found anew has "anew": True;
    everything else stays, scores included. Nothing is run.
    """
    papers = {
        paper: one | {"answers": {name: [_anew(answer, keys_by_paper.get(paper, {}).get(name, {})) for answer in found]
                                  for name, found in one.get("answers", {}).items()}}
        for paper, one in result["notebooks"].items()
    }  # fmt: skip
    return result | {"notebooks": papers}


def _anew(answer, keys_here):
    key = keys_here.get(answer["name"])
    if not key or not unnamed(answer["verdict"]) or answer["value"] is None:
        return answer
    try:
        verdict = keys.judge(answer["name"], value_of(answer["value"]), key)
    except Exception:  # what a trainee's process sent need not be a value
        return answer
    return answer | {"verdict": verdict | {"anew": True}} if verdict["status"] == "mistake" else answer


def value_of(packed):
    """The value of a kept answer; raises ValueError for what holds more than data, or too much of it.

    >>> value_of({"t": "tuple", "v": [1, 2]})
    (1, 2)
    >>> value_of({"t": "module", "v": "antigravity"})
    Traceback (most recent call last):
    ValueError: no data
    """
    _only_data(packed)
    value = unpack(packed)
    if hasattr(value, "__len__") and len(value) > LARGEST:
        raise ValueError("too large")
    return value


def _only_data(packed):
    if isinstance(packed, dict):
        if packed.get("t") in NO_DATA & set(READ):
            raise ValueError("no data")
        packed = list(packed.values())
    if isinstance(packed, list):
        for part in packed:
            _only_data(part)


def signature(answer, key):
    """What is the same for equal wrong answers, and the answer in words: numbers are equal when they are to the digits asked.

    key: the question's key, or None when there is none; then only the very same values are equal.
    """
    body = keys.open_key(key) if key else None
    try:
        value = value_of(answer["value"])
        if body is None:
            return repr(answer["value"]), _said(value) if isinstance(value, (int, float, str)) else what(value)
        cells, _ = keys.cells_of(answer["name"], value, body)
    except Exception:  # what a trainee's process sent need not be a value
        return repr(answer["value"]), "a value that was not kept" if answer["value"] is None else "a value that cannot be said"
    cells = {at: _rounded(x, body["grids"][at[1]]) for at, x in cells.items()}
    return repr(sorted(cells.items())), _in_words(cells, value)


def _rounded(x, grid):
    if not isinstance(x, float):
        return x
    if grid[0] == "digits":
        return round(x, grid[1])
    return x if x == round(x) and abs(x) < 1e15 else float(f"{x:.6g}")


def _in_words(cells, value):
    if list(cells) == [("", "")]:
        return _said(cells["", ""])
    parts = [f"{_line(', '.join(part for part in at if part))}: {_said(x)}" for at, x in list(cells.items())[:MOST_CELLS]]
    more = f" … and {len(cells) - MOST_CELLS} more" if len(cells) > MOST_CELLS else ""
    return f"{what(value)} – {'; '.join(parts)}{more}"


def _said(x):
    if isinstance(x, str):
        return f'"{_line(x)}"'
    if x is None:
        return "empty"
    return str(x) if isinstance(x, bool) else f"{x:,.10g}"


def _line(text):
    """Text of a trainee's as part of one line."""
    text = " ".join(str(text).split())
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def own_cells(notebook):
    """The trainee's cells before each test of a graded notebook: grade_id -> cells; a graded answer has itself."""
    found, waiting = {}, []
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader") or {}
        if settings.get("grade"):
            found[settings["grade_id"]] = [cell] if settings.get("solution") else waiting
            waiting = []
        elif cell["cell_type"] == "code" and (settings.get("solution") or not settings):
            waiting.append(cell)
    return found


def is_blank(cells, blank):
    """True when every answer among a trainee's cells stands as it was given out; blank: the names of those that do."""
    names = [
        cell["metadata"]["nbgrader"]["grade_id"] for cell in cells if (cell["metadata"].get("nbgrader") or {}).get("solution")
    ]
    return bool(names) and set(names) <= set(blank)


def draft(name, slug, sources, words):
    """The cell that would name a mistake, for an author to complete: its message is a note, its lines are a trainee's.

    >>> print(draft("net", "unnamed-1", ["net = ...\\nlost = 3 # why?\\nprint(lost)\\nnet = paid - 2 * lost"], "42"))
    %%mistake net unnamed-1
    # To complete: say in one line which mistake gives 42, and what to do instead.
    lost = 3
    net = paid - 2 * lost
    """
    note = f"%%mistake {name} {slug}\n# To complete: say in one line which mistake gives {words}, and what to do instead."
    lines = "\n".join(_needed(name, sources))
    if not lines or RISKY.search(lines):
        lines = f"{name} = ...  # a trainee's lines could not be proposed here: write those that make the mistake"
    return f"{note}\n{lines}"


def _needed(name, sources):
    """The statements that make an answer, each as Python writes it: without comments, and without what only shows something."""
    statements = []
    for source in sources:
        plain = "\n".join(line for line in source.split("\n") if not re.match(r"\s*[%!]", line))
        try:
            statements += [Cell(ast.unparse(statement)) for statement in ast.parse(plain).body]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
    return [cell.source for cell in trainee_cells(name, statements, set())]
