"""What a trainee is told of a test: a verdict in a sentence, and nothing of what is hidden: no source, no value, no traceback."""

import ast
import builtins
import difflib
import re

from coursekit import messages
from coursekit.again import bound_names
from coursekit.grading.job import WHY

NOT_SHOWN = "A test that is not shown to you did not pass."
NOT_PASSED = "The test did not pass."
COLORS = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"Cell In\[\d+\], line (\d+)")  # the first one is the test's own
# What may build the message of a test that is shown: the text, and values by their names.
PLAIN = (ast.Constant, ast.JoinedStr, ast.FormattedValue, ast.Name, ast.Load, ast.Attribute)


def hidden_lines(master, released):
    """Which lines of a cell as the gradebook keeps it are not in the cell as it was given out: their numbers, from 0.

    >>> hidden_lines("a\\n# HIDE\\nb\\n# SHOW\\nc", "a\\nc")
    {1, 2, 3}
    """
    lines, given = ([line.rstrip() for line in source.split("\n")] for source in (master, released))
    same = difflib.SequenceMatcher(None, lines, given, autojunk=False).get_matching_blocks()
    return set(range(len(lines))) - {block.a + i for block in same for i in range(block.size)}


def verdict(outputs, points, most, master, released, hidden_names=()):
    """What is told of a test: (word, sentences).

    outputs: of the test's cell. points: of its grade, or None when a person gives them; most: that there are. master, released: the
    cell's source with and without hidden tests. hidden_names: names that hidden tests bind anywhere in the notebook.
    word: "right", "part of the points", "not yet", "not answered" or "not looked at yet".
    """
    if points is None:
        word = "not looked at yet"
    else:
        word = "right" if points >= most else "part of the points" if points > 0 else "not yet"
    error = next((one for one in outputs if one.get("output_type") == "error"), None)
    said = panels(outputs)
    if error is None:
        return word, said or ([] if word != "right" else ["Every test passed."])
    if error["ename"] == "NotRight":
        told = str(error["evalue"])
        # "right for the numbers you see" is not said twice, once with "but" after it.
        said = [one for one in said if one.partition(". ")[2].rstrip(".") not in told]
        if told.startswith(f"{messages.TITLES['unanswered']}. ") and not points:
            word = "not answered"
        return word, [*said, told]
    return word, [*said, _told(error, master, released, hidden_names)]


def panels(outputs):
    """What the checks of a cell said: the titles and sentences of their panels."""
    titles = {*messages.TITLES.values(), messages.OTHER_TITLE}
    found = []
    for one in outputs:
        data = one.get("data", {})
        text = _text(data.get("text/plain", ""))
        if 'role="status"' in _text(data.get("text/html", "")) and text.split(". ")[0] in titles:
            found.append(text)
    return found


def _told(error, master, released, hidden_names):
    if error["ename"] == "Stopped":
        why = next((why for why in WHY.values() if str(error["evalue"]) == f"This cell was stopped: {why}."), None)
        return f"The test could not be run to its end: {why}." if why else "The test could not be run to its end."
    hidden = hidden_lines(master, released)
    number = _line(error)
    if number is None or not 0 <= number < len(master.split("\n")):
        return NOT_PASSED
    if number in hidden:
        return NOT_SHOWN
    statement = _statement(released, number - sum(one < number for one in hidden), master.split("\n")[number])
    if statement is None:
        return NOT_PASSED
    text = " ".join(ast.get_source_segment(released, statement).split("\n")[0].split())
    if error["ename"] == "AssertionError" and isinstance(statement, ast.Assert):
        return _message(statement, error, hidden_names) or f"This does not hold: `{text}`"
    kind = error["ename"] if hasattr(builtins, str(error["ename"])) else "an error"
    return f"The test stopped with {kind} at `{text}`"


def _line(error):
    """The number of the test's own line, from 0, at which an error passed through it."""
    trace = COLORS.sub("", "\n".join(map(_text, error.get("traceback", ()))))
    found = FRAME.search(trace)
    return int(found[1]) - 1 if found else None


def _statement(released, number, line):
    """The smallest statement of a released test that spans a line, when that line stands there as it does in the master."""
    lines = released.split("\n")
    if number >= len(lines) or lines[number].rstrip() != line.rstrip():
        return None
    try:
        tree = ast.parse(released)
    except SyntaxError:
        return None
    spans = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= number + 1 <= node.end_lineno]
    return min(spans, key=lambda node: node.end_lineno - node.lineno, default=None)


def _message(statement, error, hidden_names):
    """The message that the test's author wrote into the released test; None where it may tell what is hidden."""
    if isinstance(statement.msg, ast.Constant) and isinstance(statement.msg.value, str):
        return statement.msg.value
    if isinstance(statement.msg, ast.JoinedStr):
        parts = list(ast.walk(statement.msg))
        names = {node.id for node in parts if isinstance(node, ast.Name)}
        if all(isinstance(node, PLAIN) for node in parts) and not names & set(hidden_names):
            return str(error["evalue"])
    return None


def names_of_hidden(master, released):
    """The names that hidden tests of a notebook bind."""
    given = {_name(cell): cell.source for cell in released.cells if _name(cell)}
    found = set()
    for cell in master.cells:
        if cell.cell_type == "code" and _name(cell) in given and cell.source != given[_name(cell)]:
            found |= bound_names(cell.source) - bound_names(given[_name(cell)])
    return found


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _text(what):
    return "".join(map(str, what)) if isinstance(what, list) else str(what)
