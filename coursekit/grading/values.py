"""Values that cross from the process of a trainee's cells to the one that judges them.

Everything crosses as JSON: plain values as they are, arrays as the bytes of numpy's own file format without objects.
Never a pickle, and no class of a trainee's: an object with a will of its own stays where it was made, so that it cannot
say that it equals everything. What cannot cross raises `Stays`, which says in words what it is.
"""

import base64
import builtins
import collections
import datetime
import decimal
import fractions
import importlib
import io
import types

import numpy as np
import pandas as pd

DEEPEST = 60  # lists in lists; a list that holds itself has no end
MOST_PARTS = 2_000_000  # values in all that crosses at once
MOST_DIGITS = 4_000  # of a whole number; Python refuses to read longer ones

PLAIN = (type(None), bool, int, float, str)
SEQUENCES = {"tuple": tuple, "set": set, "frozenset": frozenset, "deque": collections.deque}
MAPPINGS = {
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "defaultdict": collections.defaultdict,
}
BY_TEXT = {
    "Decimal": (decimal.Decimal, str, decimal.Decimal),
    "Fraction": (fractions.Fraction, str, fractions.Fraction),
    "complex": (complex, repr, complex),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "time": (datetime.time, datetime.time.isoformat, datetime.time.fromisoformat),
    "bytes": (bytes, lambda x: base64.b64encode(x).decode(), base64.b64decode),
    "Period": (pd.Period, lambda x: f"{x.freqstr} {x}", lambda s: pd.Period(s.split(" ", 1)[1], s.split(" ", 1)[0])),
}
FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)
# What crosses by name. Never what runs text, opens files or reaches into other objects: a test may call one answer with what
# another has made, such as decode(encode(x)), and would run a trainee's text if exec could be an answer.
CLASSES = [
    *(x for x in vars(builtins).values() if isinstance(x, type)), *(getattr(collections, n) for n in collections.__all__ if n != "namedtuple"),
    datetime.date, datetime.time, datetime.datetime, datetime.timedelta, datetime.timezone, decimal.Decimal, fractions.Fraction,
    *(x for x in vars(np).values() if isinstance(x, type) and issubclass(x, np.generic)), np.ndarray,
    pd.DataFrame, pd.Series, pd.Index, pd.MultiIndex, pd.RangeIndex, pd.DatetimeIndex, pd.Categorical, pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval,
]  # fmt: skip
CALLS = "abs all any ascii bin callable chr divmod format hash hex isinstance issubclass iter len max min next oct ord pow repr round sorted sum"
NAMED = {(x.__module__, x.__qualname__): x for x in CLASSES} | {
    ("builtins", name): getattr(builtins, name) for name in CALLS.split()
}
NAMED |= {("numpy", x.__name__): x for x in vars(np).values() if isinstance(x, np.ufunc)}


class Stays(Exception):
    """A value that cannot cross; its text says what it is, such as "a Figure"."""


class Function:
    """A function that stays: its number in the other process, and its name."""

    def __init__(self, number, name):
        self.number, self.name = number, name


def pack(value, function=None):
    """A value as JSON can hold it.

    function: called with each function of Python, and returns a number for it, by which it can be called from the other side;
    without it functions stay. Raises Stays for a value that cannot cross.

    >>> pack({"a": (1, 2.5)})
    {'t': 'dict', 'v': [['a', {'t': 'tuple', 'v': [1, 2.5]}]]}
    >>> unpack(pack([np.float32(0.5), pd.Timestamp("2026-01-01"), {3}]))
    [np.float32(0.5), Timestamp('2026-01-01 00:00:00'), {3}]
    >>> pack(object())
    Traceback (most recent call last):
    coursekit.grading.values.Stays: an object of type object
    """
    return _Packer(function).pack(value, 0)


class _Packer:
    """Packs one value, and counts its parts."""

    def __init__(self, function):
        self.function, self.parts = function, 0

    def pack(self, x, depth):
        self.parts += 1
        if depth > DEEPEST or self.parts > MOST_PARTS:
            raise Stays("a value too large or too deep to be compared")
        kind = type(x)
        if kind in PLAIN:
            return _whole(x) if kind is int else x
        if kind is list:
            return [self.pack(v, depth + 1) for v in x]
        if kind.__name__ in SEQUENCES and kind is SEQUENCES[kind.__name__]:
            return {"t": kind.__name__, "v": [self.pack(v, depth + 1) for v in x]}
        if kind.__name__ in MAPPINGS and kind is MAPPINGS[kind.__name__]:
            return {"t": kind.__name__, "v": [[self.pack(k, depth + 1), self.pack(v, depth + 1)] for k, v in x.items()]}
        if kind.__name__ in BY_TEXT and kind is BY_TEXT[kind.__name__][0]:
            return {"t": kind.__name__, "v": BY_TEXT[kind.__name__][1](x)}
        return self._other(x, kind, depth + 1)

    def _other(self, x, kind, depth):
        if kind is range or kind is slice:
            return {"t": kind.__name__, "v": [self.pack(v, depth) for v in (x.start, x.stop, x.step)]}
        if x is Ellipsis or x is NotImplemented or x is pd.NaT or x is pd.NA:
            return {"t": "only", "v": "NaT" if x is pd.NaT else "NA" if x is pd.NA else str(x)}
        if isinstance(x, np.generic) and kind.__module__ == "numpy":
            return {"t": "scalar", "v": _bytes(np.asarray(x))} if x.dtype != object else self.pack(x.item(), depth)
        if kind is pd.Timestamp or kind is datetime.datetime:
            stamp = pd.Timestamp(x)
            return {
                "t": kind.__name__,
                "v": [stamp.tz_localize(None).isoformat(), str(stamp.tz) if stamp.tz else None, stamp.unit],
            }
        if kind is pd.Timedelta or kind is datetime.timedelta:
            return {"t": kind.__name__, "v": [int(pd.Timedelta(x).as_unit("ns").value), pd.Timedelta(x).unit]}
        if kind is np.ndarray:
            return self._array(x, depth)
        if kind.__module__.split(".")[0] == "pandas":
            found = self._of_pandas(x, kind, depth)
            if found is not None:
                return found
        if isinstance(x, types.ModuleType):
            return {"t": "module", "v": x.__name__}
        if isinstance(x, (type, types.BuiltinFunctionType, np.ufunc)):
            name = (getattr(x, "__module__", None) or "numpy", getattr(x, "__qualname__", None) or x.__name__)
            if NAMED.get(name) is x:
                return {"t": "type", "v": list(name)}
        if isinstance(x, BaseException) and kind.__module__ == "builtins":
            return {"t": "error", "v": [kind.__name__, [self.pack(a, depth) for a in x.args]]}
        if self.function and (isinstance(x, FUNCTIONS) or hasattr(kind, "remote_number")):
            return {"t": "function", "v": [self.function(x), getattr(x, "__name__", "function")]}
        raise Stays(_what(x))

    def _of_pandas(self, x, kind, depth):
        if kind is pd.DataFrame:
            columns = [self._extension(x.iloc[:, i].array, depth) for i in range(x.shape[1])]
            return (
                {"t": "DataFrame", "v": columns}
                | {k: self._index(getattr(x, k), depth) for k in ("columns", "index")}
                | {"attrs": self._attrs(x, depth)}
            )
        if kind is pd.Series:
            return {
                "t": "Series",
                "v": self._extension(x.array, depth),
                "index": self._index(x.index, depth),
                "name": self.pack(x.name, depth),
                "attrs": self._attrs(x, depth),
            }
        if isinstance(x, pd.Index):
            return self._index(x, depth)
        if isinstance(x, pd.api.extensions.ExtensionArray):
            return self._extension(x, depth)
        if kind is pd.Interval:
            return {"t": "Interval", "v": [self.pack(x.left, depth), self.pack(x.right, depth)], "closed": x.closed}
        return None

    def _array(self, x, depth):
        if x.dtype.hasobject:
            return {"t": "objects", "v": [self.pack(v, depth) for v in x.ravel().tolist()], "shape": list(x.shape)}
        return {"t": "array", "v": _bytes(x)}

    def _extension(self, x, depth):
        if isinstance(x, pd.Categorical):
            return {
                "t": "Categorical",
                "v": self._array(np.asarray(x.codes), depth),
                "of": self._index(x.categories, depth),
                "ordered": bool(x.ordered),
            }
        if isinstance(x, (pd.arrays.DatetimeArray, pd.arrays.TimedeltaArray)):
            return {"t": "moments", "v": _bytes(np.asarray(x.asi8)), "dtype": str(x.dtype)}
        if isinstance(x, pd.arrays.NumpyExtensionArray) and not isinstance(x.dtype, pd.StringDtype):
            return self._array(x.to_numpy(), depth)
        if isinstance(x.dtype, pd.StringDtype):  # each text once: a table of bookings has few of them, many times
            self.parts += len(x)
            which, texts = pd.factorize(x)
            return {"t": "texts", "v": _bytes(which), "of": self.pack(texts.tolist(), depth), "dtype": _dtype(x.dtype)}
        return {"t": "extension", "v": [self.pack(v, depth) for v in x.tolist()], "dtype": _dtype(x.dtype)}

    def _index(self, x, depth):
        if isinstance(x, pd.MultiIndex):
            return {"t": "MultiIndex", "v": [self._index(level, depth) for level in x.levels], "codes": [_bytes(np.asarray(c)) for c in x.codes],
                    "names": self.pack(list(x.names), depth)}  # fmt: skip
        if type(x) is pd.RangeIndex:
            return {"t": "RangeIndex", "v": [x.start, x.stop, x.step], "name": self.pack(x.name, depth)}
        steps = x.freqstr if isinstance(x, (pd.DatetimeIndex, pd.TimedeltaIndex)) else None
        return {"t": "Index", "v": self._extension(x.array, depth), "name": self.pack(x.name, depth), "steps": steps}

    def _attrs(self, x, depth):
        try:
            return self.pack(x.attrs, depth)
        except Stays:
            return self.pack({}, depth)


def unpack(packed, function=None):
    """The value that was packed; function makes something of a `Function` that can be called.

    Raises ValueError for what `pack` never writes: the other side may be anybody's.
    """
    try:
        return _unpack(packed, function, 0)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"not a value that was packed: {type(error).__name__}: {str(error)[:200]}") from None


def _unpack(p, function, depth):
    if depth > 4 * DEEPEST:
        raise ValueError("too deep")
    if type(p) in PLAIN:
        return p

    def inner(v):
        return _unpack(v, function, depth + 1)

    if type(p) is list:
        return [inner(v) for v in p]
    kind, v = p["t"], p["v"]
    if kind in SEQUENCES:
        return SEQUENCES[kind](inner(x) for x in v)
    if kind in MAPPINGS:
        pairs = [(inner(a), inner(b)) for a, b in v]
        return (
            collections.defaultdict(None, pairs)
            if kind == "defaultdict"
            else MAPPINGS[kind](dict(pairs) if kind == "Counter" else pairs)
        )
    if kind in BY_TEXT:
        return BY_TEXT[kind][2](v)
    return READ[kind](p, inner, function)


def _moment(p, inner, function):
    text, zone, unit = p["v"]
    found = pd.Timestamp(text).as_unit(unit)
    found = found.tz_localize(zone) if zone else found
    return found if p["t"] == "Timestamp" else found.to_pydatetime()


def _length(p, inner, function):
    found = pd.Timedelta(p["v"][0], "ns").as_unit(p["v"][1])
    return found if p["t"] == "Timedelta" else found.to_pytimedelta()


def _frame(p, inner, function):
    columns = {i: inner(c) for i, c in enumerate(p["v"])}
    made = pd.DataFrame(columns, index=inner(p["index"]))
    made.columns = inner(p["columns"])
    made.attrs = inner(p["attrs"])
    return made


def _series(p, inner, function):
    values = inner(p["v"])
    made = pd.Series(values, index=inner(p["index"]), name=inner(p["name"]), dtype=getattr(values, "dtype", None))
    made.attrs = inner(p["attrs"])
    return made


def _indexed(p, inner, function):
    values = inner(p["v"])
    made = pd.Index(values, dtype=values.dtype, name=inner(p["name"]))
    if p["steps"]:
        made.freq = p["steps"]
    return made


def _objects(p, inner, function):
    made = np.empty(len(p["v"]), dtype=object)
    for i, v in enumerate(p["v"]):
        made[i] = inner(v)
    return made.reshape(p["shape"])


def _module(p, inner, function):
    return importlib.import_module(p["v"])


def _type(p, inner, function):
    return NAMED[tuple(p["v"])]


def _error(p, inner, function):
    kind = getattr(builtins, p["v"][0])
    if not issubclass(kind, BaseException):
        raise ValueError("no error")
    return kind(*map(inner, p["v"][1]))


def _function(p, inner, function):
    made = Function(int(p["v"][0]), str(p["v"][1]))
    return function(made) if function else made


def _texts(p, inner, function):
    # The last place, which -1 finds, is the empty one.
    return pd.array([*inner(p["of"]), None], dtype=_read_dtype(p["dtype"])).take(_load(p["v"]).astype(np.intp, casting="safe"))


def _moments(p, inner, function):
    stamps = _load(p["v"])
    dtype = pd.api.types.pandas_dtype(p["dtype"])
    if isinstance(dtype, pd.DatetimeTZDtype):
        return pd.array(pd.DatetimeIndex(stamps.view(f"M8[{dtype.unit}]")).tz_localize("UTC").tz_convert(dtype.tz), dtype=dtype)
    return pd.array(stamps.view(dtype), dtype=dtype)


READ = {
    "range": lambda p, inner, f: range(*map(inner, p["v"])),
    "slice": lambda p, inner, f: slice(*map(inner, p["v"])),
    "only": lambda p, inner, f: {"Ellipsis": ..., "NotImplemented": NotImplemented, "NaT": pd.NaT, "NA": pd.NA}[p["v"]],
    "scalar": lambda p, inner, f: _load(p["v"])[()],
    "Timestamp": _moment, "datetime": _moment, "Timedelta": _length, "timedelta": _length,
    "array": lambda p, inner, f: _load(p["v"]),
    "objects": _objects,
    "DataFrame": _frame, "Series": _series, "Index": _indexed,
    "RangeIndex": lambda p, inner, f: pd.RangeIndex(*p["v"], name=inner(p["name"])),
    "MultiIndex": lambda p, inner, f: pd.MultiIndex([inner(v) for v in p["v"]], [_load(c) for c in p["codes"]], names=inner(p["names"])),
    "Categorical": lambda p, inner, f: pd.Categorical.from_codes(inner(p["v"]), inner(p["of"]), ordered=p["ordered"]),
    "moments": _moments, "texts": _texts,
    "Interval": lambda p, inner, f: pd.Interval(*map(inner, p["v"]), closed=p["closed"]),
    "extension": lambda p, inner, f: pd.array([inner(v) for v in p["v"]], dtype=_read_dtype(p["dtype"])),
    "module": _module, "type": _type, "error": _error, "function": _function,
}  # fmt: skip


def _whole(x):
    if x.bit_length() > 3.3 * MOST_DIGITS:
        raise Stays(f"a whole number of more than {MOST_DIGITS:,} digits")
    return x


def _bytes(x):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.ascontiguousarray(x) if x.ndim else x, allow_pickle=False)
    return base64.b64encode(file.getvalue()).decode()


def _load(text):
    return np.lib.format.read_array(io.BytesIO(base64.b64decode(text)), allow_pickle=False)


def _dtype(dtype):
    """A dtype as text; pandas' own text has a storage, and what stands for an empty place, only in its name."""
    if isinstance(dtype, pd.StringDtype):
        return ["string", dtype.storage, dtype.na_value is pd.NA]
    return str(dtype)


def _read_dtype(text):
    if isinstance(text, list):
        return pd.StringDtype(text[1], na_value=pd.NA if text[2] else np.nan)
    return text


def _what(x):
    from coursekit.answers import what

    return what(x)
