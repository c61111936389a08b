"""A solution notebook read as questions: one question is one run of cells.

Cells say what they are by their ids: ``a1-q2-prompt``, ``a1-q2-start``, ``a1-q2-solution``,
``a1-q2-check``, ``a1-q2-mistake-SLUG``; a question answered in words has ``a1-q2-answer``.
"""

import ast
import re
from dataclasses import dataclass, field

ID = re.compile(
    r"^(?P<lesson>[a-z]+\d*)-(?P<question>q\d+)-(?P<part>prompt|start(-[a-z]+)?|solution|check|answer|mistake-[a-z0-9-]+)$"
)
STUB = "# Put your answer in place of the three dots. You may add lines."
OBJECTIVE = re.compile(r"^objective-(\d+)$")
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.S)


@dataclass
class Question:
    """The cells of one question, and what can be read off them."""

    id: str
    cells: dict = field(default_factory=dict)  # part -> cell
    mistakes: dict = field(default_factory=dict)  # slug -> cell

    @property
    def starts(self):
        """The cells that give the question its numbers and tables, in order."""
        return [cell for part, cell in self.cells.items() if part.startswith("start")]

    @property
    def written(self):
        """True for a question answered in words."""
        return "answer" in self.cells

    @property
    def name(self):
        """The name the answer is given, read from the check."""
        calls = calls_of(self.cells["check"].source, "check") if "check" in self.cells else []
        return calls[0]["name"] if calls else None

    @property
    def points(self):
        """The points in the metadata of the graded cell."""
        part = "answer" if self.written else "check"
        return self.cells[part].metadata.get("nbgrader", {}).get("points") if part in self.cells else None

    @property
    def objectives(self):
        """The numbers of the objectives the question serves, from the prompt's tags."""
        tags = self.cells["prompt"].metadata.get("tags", []) if "prompt" in self.cells else []
        return [int(m[1]) for m in map(OBJECTIVE.match, tags) if m]

    @property
    def replayed(self):
        """True when unseen data are part of the check."""
        hidden = HIDDEN.search(self.cells["check"].source) if "check" in self.cells else None
        return bool(hidden and calls_of(hidden[1], "replay"))


def questions(notebook):
    """The questions of a notebook, in order."""
    found = {}
    for cell in notebook.cells:
        match = ID.match(cell.id)
        if not match:
            continue
        question = found.setdefault(match["question"], Question(f"{match['lesson']}-{match['question']}"))
        if match["part"].startswith("mistake-"):
            question.mistakes[match["part"].removeprefix("mistake-")] = cell
        else:
            question.cells[match["part"]] = cell
    return list(found.values())


def is_mistake(cell):
    """True for a cell that names a mistake."""
    return cell.cell_type == "code" and cell.source.startswith("%%mistake")


def answer_code(source):
    """The code of a solution cell between its marks; the whole cell when it has none.

    >>> answer_code("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION")
    'x = 1'
    """
    match = re.search(r"### BEGIN SOLUTION\n(.*?)\n?### END SOLUTION", source, re.S)
    return match[1] if match else source


def calls_of(source, function):
    """The calls of `check` or `replay` at the top level of a cell, in order.

    Each is {"name": …, "value": the name checked or None, "key": …, "words": {keyword: literal}, "end": (line, column),
    "comma": whether one stands after its last argument}.

    >>> calls_of('check("rate", rate, digits=4)', "check")[0]["words"]
    {'digits': 4}
    """
    found, lines = [], source.split("\n")
    for node in ast.parse(source).body:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == function:
            words = {k.arg: k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)}
            value = call.args[1] if len(call.args) > 1 else None
            found.append({
                "name": call.args[0].value,
                "value": value.id if isinstance(value, ast.Name) else None,
                "key": words.pop("key", None),
                "words": words,
                "end": (call.end_lineno - 1, call.end_col_offset),
                "comma": _ends_with_comma(call, lines),
            })  # fmt: skip
    return found


def _ends_with_comma(call, lines):
    last = max((part.end_lineno, part.end_col_offset) for part in [*call.args, *call.keywords])
    rest = [line.encode() for line in lines[last[0] - 1 : call.end_lineno]]  # ast counts bytes
    rest[-1] = rest[-1][: call.end_col_offset]
    rest[0] = rest[0][last[1] :]
    return any(b"," in line.split(b"#")[0] for line in rest)
