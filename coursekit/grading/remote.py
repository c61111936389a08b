"""Objects of a trainee's as the process of the tests sees them: they stay where they were made, and their parts come by value.

A test that looks at a class of the trainee's, a figure or a model is run beside them, never in their process: there every
assert could have been taken out, and a test could be read. What such an object says of itself cannot be proven, so a test that
needs one is marked as self-reported; and it is asked nothing that would let an object which equals everything pass for a number.
"""

import ast
import builtins
import functools
import operator
import sys

from coursekit.answers import Unseen
from coursekit.grading.values import pack, unpack

# How far an object may be asked. UNSEEN: not at all. CLOSED: for its parts, and told nothing that a test holds but arguments;
# BARE: not even these. OPEN: for everything, where the test itself shows that it expects an object.
UNSEEN, BARE, CLOSED, OPEN = "unseen", "bare", "closed", "open"
# What is done with an object where it was made.
DONE = {
    "call": lambda x, *given, **named: x(*given, **named), "getattr": getattr, "setattr": setattr, "next": next, "iter": iter, "str": str, "repr": repr,
    "bool": bool, "float": float, "int": int, "len": len, "hash": hash, "abs": abs, "neg": operator.neg, "round": round,
    "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem, "enter": lambda x: x.__enter__(),
    "exit": lambda x, *why: x.__exit__(None, None, None), "instancecheck": lambda kind, x: isinstance(x, kind), "subclasscheck": lambda kind, x: issubclass(x, kind),
}  # fmt: skip
TWO = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"]
COMPARE = ["eq", "ne", "lt", "le", "gt", "ge"]
DONE |= {name: getattr(operator, f"__{name}__") for name in [*TWO, *COMPARE]}
DONE |= {f"r{name}": lambda x, y, do=DONE[name]: do(y, x) for name in TWO}
TELLS = {*TWO, *(f"r{name}" for name in TWO), *COMPARE}  # the operators: they tell an object what a test holds


@functools.cache
def of_data():
    """The attributes of values as such: a test that asks for another one looks at an object."""
    import numpy as np
    import pandas as pd

    kinds = [str, bytes, int, float, complex, list, tuple, dict, set, range]
    kinds += [pd.DataFrame, pd.Series, pd.Index, pd.Timestamp, np.ndarray, np.float64]
    grouped = pd.DataFrame({"a": []}).groupby("a")
    return frozenset(name for kind in kinds for name in dir(kind)) | frozenset(dir(type(grouped)))


def looked_at(source):
    """The names whose attributes a test asks for that no plain value has.

    >>> sorted(looked_at("assert p.age == 3 and word.upper() == 'A'\\nq = Point(1)\\nassert q.x == 1"))
    ['Point', 'p', 'q']
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    found = {
        root for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr not in of_data() if (root := _root(node))
    }
    for node in ast.walk(tree):  # what a name of the test's own was made from
        if isinstance(node, (ast.Assign, ast.For, ast.comprehension, ast.withitem)):
            to, value = _bound_to(node)
            if found & {part.id for part in ast.walk(to) if isinstance(part, ast.Name)}:
                found |= {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
    return found


def _bound_to(node):
    if isinstance(node, ast.Assign):
        return ast.Tuple(node.targets), node.value
    if isinstance(node, ast.withitem):
        return node.optional_vars or ast.Tuple([]), node.context_expr
    return node.target, node.iter


def _root(node):
    while not isinstance(node, ast.Name):
        node = getattr(node, "func", None) or getattr(node, "value", None)
        if node is None or isinstance(node, ast.Constant):
            return None
    return node.id


class Line:
    """How one process reaches the objects of another.

    ask: sends a request there and returns the answer; number: the number by which the other side calls an object, and own:
    the object of this side that has a number.
    """

    def __init__(self, ask, number, own):
        self.ask, self.number, self.own = ask, number, own
        self.looked = False  # whether an object was asked for anything

    def take(self, found, how):
        """What an answer brings: a value, or something that stands for it."""
        if "raised" in found:
            raise error(*found["raised"])
        if "failed" in found:
            raise RuntimeError("This answer could not be looked at.")
        if "value" in found:
            return self.unpacked(found["value"], how)
        if how == UNSEEN or "object" not in found:
            return Unseen(str(found.get("stays", "nothing that can be looked at")))
        if found.get("once"):
            return self._through(found["object"], how)
        return Remote(self, found, how)

    def do(self, what, number, how, *given, **named):
        """Have something done with an object, and take what comes of it; what was changed in place is changed here, too."""
        if (how == BARE and what == "call" or how in (BARE, CLOSED) and what in TELLS) and not all(
            isinstance(x, Remote) for x in (*given, *named.values())
        ):
            raise TypeError("This answer is an object with a will of its own; it cannot be compared with a value.")
        request = {"do": what, "on": number, "given": pack(list(given), self.number), "named": pack(named, self.number)}
        found = self.ask(request)
        made = self.take(found, how)
        for place, new in (found.get("changed") or {}).items():
            change(given[int(place)], self.unpacked(new, how))
        return made

    def unpacked(self, packed, how=CLOSED):
        return unpack(packed, lambda function: self.stub(function, how))

    def stub(self, function, how):
        """A function that is called where it was made."""
        own = self.own(function.number)
        if own is not None:
            return own

        def called(*given, **named):
            return self.do("call", function.number, how, *given, **named)

        called.__name__ = called.__qualname__ = function.name
        called.remote_number = function.number
        return called

    def _through(self, number, how):
        """What is gone through once, such as a generator."""
        while True:
            try:
                yield self.do("next", number, how)
            except StopIteration:
                return


class Remote:
    """One object that stayed; closed, it equals nothing but what came from where it is."""

    def __init__(self, line, told, how):
        object.__setattr__(self, "_of", (line, told, how))

    @property
    def remote_number(self):
        return self._of[1]["object"]

    @property
    def __class__(self):
        """The class of a library that it says it is of, where that is loaded here."""
        home, name = map(str, self._of[1].get("class") or ("", ""))
        found = sys.modules.get(home) if home.split(".")[0] not in {"builtins", "__main__", "numpy", "pandas"} else None
        for part in name.split("."):
            found = getattr(found, part, None)
        return found if isinstance(found, type) else Remote

    def __getattr__(self, name):
        if name.startswith("__") and name not in ("__name__", "__doc__", "__dict__"):
            raise AttributeError(name)
        return _do(self, "getattr", name)

    def __setattr__(self, name, value):
        _do(self, "setattr", name, value)

    def __iter__(self):
        return _through(_do(self, "iter"))

    def __reduce_ex__(self, protocol):
        raise TypeError("This object stays where it was made; it cannot be copied.")


def _through(made):
    """Python's own iter() wants something that has a next one."""
    while True:
        try:
            yield next(made)
        except StopIteration:
            return


def _do(remote, what, *given, **named):
    line, told, how = remote._of
    line.looked = True
    if what == "getattr" and how == CLOSED and given[0] in of_data():
        how = BARE  # a method such as equals() of a thing that is no table
    return line.do(what, told["object"], how, *given, **named)


def _method(what):
    def method(self, *given, **named):
        if what in COMPARE and self._of[2] != OPEN and not isinstance(given[0], Remote):
            return NotImplemented
        if what == "exit":
            given = ()
        return _do(self, what, *given, **named)

    return method


for _name in DONE.keys() - {"getattr", "setattr", "iter"}:
    setattr(Remote, f"__{_name}__", _method(_name))


def change(x, new):
    """Make a value what it became where the function ran."""
    import numpy as np
    import pandas as pd

    if isinstance(x, list):
        x[:] = new
    elif isinstance(x, (dict, set)):
        x.clear()
        x.update(new)
    elif isinstance(x, np.ndarray):
        x[...] = new
    elif isinstance(x, (pd.DataFrame, pd.Series)):
        x._update_inplace(new)


def error(name, text):
    """An error that was raised elsewhere."""
    kind = getattr(builtins, str(name), None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(str(name), (Exception,), {})
    try:
        return kind(text)
    except TypeError:  # such as UnicodeDecodeError, which wants five arguments
        return type(kind.__name__, (kind.__base__,), {})(text)
