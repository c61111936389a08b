"""Running cells again in a copy of the notebook's names, without touching the originals.

Replay, named mistakes and function questions all do this one thing.
"""

import ast
import builtins
import contextlib
import copy
import functools
import re
import sys
import types
import warnings
from typing import NamedTuple

import pandas as pd

from coursekit import data

OF_IPYTHON = {"In", "Out", "exit", "quit", "get_ipython", "open"}


class Cell(NamedTuple):
    """A cell that ran: its source, and whether it went through to its end."""

    source: str
    ok: bool = True


def trainee_cells(name, history, inputs):
    """The cells that make an answer from the inputs: the last that binds it and those it draws from.

    ``history`` is what ran, oldest first. A cell that gives an input its value, such as the
    one that loads it, is left out.

    >>> ran = [Cell("a = 1"), Cell("b = a + 1"), Cell("x = 9"), Cell("c = b * 2"), Cell("print(c)")]
    >>> [cell.source for cell in trainee_cells("c", ran, {"a"})]
    ['b = a + 1', 'c = b * 2']
    """
    needed, chosen = {name}, []
    for cell in reversed(history):
        uses = _uses(cell.source)
        if not is_check(cell.source) and (uses.binds | uses.touches) & needed:
            chosen.append(cell)
            surely = uses.surely if cell.ok else set()
            needed = (needed - surely) | uses.draws
    chosen.reverse()
    drawn, kept = _sources(inputs), []
    for cell in chosen:
        uses = _uses(cell.source)
        if uses.draws & drawn or cell is chosen[-1] or not uses.binds & set(inputs):
            kept.append(cell)
        if uses.draws & drawn:
            drawn |= uses.binds | uses.touches
    return kept


def _sources(inputs):
    """Where unseen data come from: the inputs, and load(), which gives the unseen tables while a replay runs."""
    return {*inputs, "load"}


def all_cells(history, inputs):
    """Every cell that ran, but those that only give an input its value, and checks.

    For answers whose cells no reading of the code can find: through globals(), or a list
    that a function fills.
    """
    kept = []
    for cell in history:
        uses = _uses(cell.source)
        starts = uses.binds & set(inputs) and not uses.draws & _sources(inputs)
        if not starts and not is_check(cell.source):
            kept.append(cell)
    return kept


def is_check(source):
    """True for a cell that begins with a check: the instructor's, not part of any answer."""
    return source.lstrip().startswith("check(")


def bound_names(source):
    """The names a cell binds, read off the lines as far as they go when it is not Python.

    >>> sorted(bound_names("a = 1\\nb = 7%"))
    ['a', 'b']
    """
    return _uses(source).binds or set(re.findall(r"^(\w+) *=(?!=)", source, re.M))


def drawn_names(source):
    """The names a cell takes from other cells, or from Python.

    >>> sorted(drawn_names("a = 1\\nb = len(a) + c"))
    ['c', 'len']
    """
    return _uses(source).draws


class Uses(NamedTuple):
    """What a cell does with names."""

    binds: set  # gives them a value
    surely: set  # does so whatever the data are: not inside an if or a loop
    touches: set  # may change them in place
    draws: set  # takes them from other cells


@functools.cache
def _uses(source):
    """How a cell uses names; nothing for a cell that is not Python."""
    try:
        tree = ast.parse(_plain_python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # brackets in brackets without end are no Python either
        return Uses(set(), set(), set(), set())
    binds, surely, touches, draws = set(), set(), set(), set()
    for statement in tree.body:
        bound, touched, loaded = set(), set(), set()
        for node in ast.walk(statement):
            if isinstance(node, ast.AnnAssign) and node.value is None:
                continue
            if isinstance(node, ast.Name):
                (loaded if isinstance(node.ctx, ast.Load) else bound).add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                bound.add(node.name)
            elif isinstance(node, ast.alias):
                bound.add((node.asname or node.name).split(".")[0])
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                loaded.add(node.target.id)
            elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
                touched |= _owner(node)  # table["new"] = …
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                touched |= _owner(node.value.func)  # table.insert(…), a_list.append(…)
        if isinstance(statement, ast.AnnAssign) and statement.value is None:
            bound = set()
        draws |= loaded - surely  # what an earlier line of the cell made is not drawn from elsewhere
        binds, touches = binds | bound, touches | touched
        if not isinstance(statement, (ast.If, ast.For, ast.While, ast.Try)):
            surely = surely | bound
    return Uses(binds, surely, touches, draws)


def _owner(node):
    """The name before the first dot or bracket, as a set of one; empty for a bare name."""
    depth = 0
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node, depth = node.value, depth + 1
    return {node.id} if depth and isinstance(node, ast.Name) else set()


def _plain_python(source):
    """A cell without its magics and shell lines; what %%time measures is code like any other."""
    source = re.sub(r"\A\s*%%(time|capture)\b.*", "", source)
    if "IPython" in sys.modules:
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source


class _NoAsserts(ast.NodeTransformer):
    """A trainee's own assert speaks of the numbers that were seen; on others it says nothing."""

    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)


def run_again(cells, names, inputs=None):
    """Run cells in a deep copy of ``names`` with ``inputs`` bound.

    Returns ``(the new names, None)``, or ``(the new names, "KeyError: …")`` when a cell stops
    that went through before. What the cells print, warn or draw is dropped. A table that an
    input replaces is replaced for `load` too.
    """
    inputs = inputs or {}
    space = copied(names)
    for name in {n for cell in cells for n in _uses(cell.source).binds} & set(dir(builtins)):
        space.pop(name, None)  # `sum = …` hides sum() only after its cell has used it
    space.update({k: copied_value(v) for k, v in inputs.items()})
    if inputs:
        space["check"] = lambda *_, **__: None  # a trainee's own call would judge the other data
    with quiet(), data.instead(inputs):
        for cell in cells:
            try:
                tree = _NoAsserts().visit(ast.parse(_plain_python(cell.source)))
                exec(compile(tree, "<again>", "exec"), space)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # SystemExit included: exit() in a cell must not end the kernel
                if cell.ok:
                    return space, brief(error)
            # A starting cell that loads a table may also type in numbers that are replaced.
            uses = _uses(cell.source)
            for name in (uses.binds - uses.draws) & set(inputs):
                if not data.is_table(inputs[name]) and cell is not cells[-1]:
                    space[name] = copied_value(inputs[name])
    return space, None


def made_again(name, inputs, every, history, names):
    """What the cells of an answer make of other inputs: (value, None), or (None, what stopped them; "" when there is no cell).

    every: all cells of the history, not only those that the code says the answer is made by.
    """
    cells = all_cells(history, inputs) if every else trainee_cells(name, history, inputs)
    if not cells:
        return None, ""
    space, error = run_again(cells, names, inputs)
    return (None, error) if error else (space.get(name), None)


def results_of_calls(function, on):
    """A function's result for each of ``on`` (a tuple is several arguments), by what it was given.

    Returns ``(results, None)``, or ``(None, {"error": …, "given": …})`` for the first call that stops.

    >>> results_of_calls(lambda a, b: a / b, [(1, 2)])
    ({'1, 2': 0.5}, None)
    """
    results = {}
    with quiet():
        for arguments in on:
            arguments = arguments if isinstance(arguments, tuple) else (arguments,)
            given = ", ".join(map(repr, arguments))[:80]
            try:
                results[given] = function(*copy.deepcopy(arguments))
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                return None, {"error": brief(error), "given": given}
    return results, None


def copied(names):
    """A copy of a notebook's names in which every value is a copy too, where that can be."""
    return {k: v if k.startswith("_") or k in OF_IPYTHON else copied_value(v) for k, v in names.items()}


def copied_value(value):
    if isinstance(value, (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)):
        return value
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        return value.copy(deep=False)  # pandas copies on write
    try:
        return copy.deepcopy(value)
    except Exception:  # an open file, a widget, a lock: shared, not copied
        return value


def brief(error):
    """An error in one line: its kind and what it says."""
    says = " ".join(str(error).split())
    return f"{type(error).__name__}: {says[:120]}" if says else type(error).__name__


@contextlib.contextmanager
def quiet():
    """Drop what is printed, warned, displayed or drawn inside."""
    from IPython.utils.capture import capture_output

    plots = sys.modules.get("matplotlib.pyplot")
    before = set(plots.get_fignums()) if plots else set()
    with capture_output(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            plots = sys.modules.get("matplotlib.pyplot")
            for number in set(plots.get_fignums()) - before if plots else ():
                plots.close(number)
