"""Running cells again in a copy of the notebook's names, without touching the originals.

Replay, named mistakes and function questions all do this one thing.
"""

import ast
import contextlib
import copy
import re
import sys
import types
import warnings

OF_IPYTHON = {"In", "Out", "exit", "quit", "get_ipython", "open"}


def trainee_cells(name, history, inputs):
    """The cells that make an answer from the inputs: the last that binds it and those it draws from.

    ``history`` is what was run, oldest first. A cell that gives an input
    its value, such as the one that loads it, is left out.

    >>> trainee_cells("c", ["a = 1", "b = a + 1", "x = 9", "c = b * 2", "print(c)"], {"a"})
    ['b = a + 1', 'c = b * 2']
    """
    needed, chosen = {name}, []
    for source in reversed(history):
        binds, touches, loads = _names(source)
        if (binds | touches) & needed and source not in chosen:
            chosen.append(source)
            needed = (needed - binds) | loads
    chosen.reverse()
    drawn, kept = set(inputs), []
    for source in chosen:
        binds, touches, loads = _names(source)
        if loads & drawn or source is chosen[-1] or not binds & set(inputs):
            kept.append(source)
        if loads & drawn:
            drawn |= binds | touches
    return kept


def bound_names(source):
    """The names a cell binds, read off the lines as far as they go when it is not Python.

    >>> sorted(bound_names("a = 1\\nb = 7%"))
    ['a', 'b']
    """
    return _names(source)[0] or set(re.findall(r"^(\w+) *=(?!=)", source, re.M))


def _names(source):
    """The names a cell binds, those it may change in place, and those it draws from other cells."""
    try:
        tree = ast.parse(_plain_python(source))
    except SyntaxError:
        return set(), set(), set()
    binds, touches, loads = set(), set(), set()
    for statement in tree.body:
        bound, touched, loaded = set(), set(), set()
        for node in ast.walk(statement):
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
        loads |= loaded - binds  # what an earlier line of the cell made is not drawn from elsewhere
        binds, touches = binds | bound, touches | touched
    return binds, touches, loads


def _owner(node):
    """The name before the first dot or bracket, as a set of one; empty for a bare name."""
    depth = 0
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node, depth = node.value, depth + 1
    return {node.id} if depth and isinstance(node, ast.Name) else set()


def _plain_python(source):
    """A cell without its magics and shell lines."""
    if "IPython" in sys.modules:
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source


def run_again(sources, names, inputs=None):
    """Run cells in a deep copy of ``names`` with ``inputs`` bound.

    Returns ``(the new names, None)``, or ``(the new names, "KeyError: …")`` when a cell stops.
    What the cells print, warn or draw is dropped.
    """
    space = copied(names)
    space.update({k: copied_value(v) for k, v in (inputs or {}).items()})
    with quiet():
        for source in sources:
            try:
                exec(compile(_plain_python(source), "<again>", "exec"), space)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # SystemExit included: exit() in a cell must not end the kernel
                return space, brief(error)
    return space, None


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
