"""What an answer is, whatever Python object says it.

A trainee may say the same answer as an int, a Decimal, a Series of one element, a dict or
a table in another order. Everything is read into one plain form, the *cells*:

    {(row label, column): value}      value is a float, a str, a bool, or None for "empty"

A single number or text is a table of one cell, ``("", "")``. The *shape* says what was asked:

    {"kind": "one" | "labels" | "list" | "table",
     "keys": [names of the key columns], "columns": [names of the value columns],
     "grids": {column: grid}}

and a *grid* says how finely a value is compared: ``["whole"]``, ``["digits", 2]``,
``["within", 0.01]``, ``["text"]`` or ``["truth"]``.
"""

import numbers
import unicodedata
from decimal import Decimal

import numpy as np
import pandas as pd

MOST_ROWS = 200


class Form(Exception):
    """The answer cannot be read as what was asked; ``code`` names the message that says why."""

    def __init__(self, code, **fields):
        super().__init__(code)
        self.code, self.fields = code, fields


class Unclear(ValueError):
    """The author's question leaves open how its answer is to be compared."""


class Unseen:
    """A value that stayed in the process in which it was made; words: what it is."""

    def __init__(self, words):
        self.words = words


# -- one value ---------------------------------------------------------------------------


def plain(value):
    """The one value inside a Series, list, array or frame of one element; else the value.

    >>> plain(pd.Series([3])), plain([[2.5]]), plain("a")
    (3, 2.5, 'a')
    """
    many = (pd.DataFrame, pd.Series, pd.Index, np.ndarray, pd.api.extensions.ExtensionArray)
    if isinstance(value, many) and value.size == 1:
        return plain(np.asarray(value, dtype=object).reshape(-1)[0])
    if isinstance(value, (list, tuple, set, frozenset)) and len(value) == 1:
        return plain(next(iter(value)))
    if isinstance(value, dict) and len(value) == 1:
        return plain(next(iter(value.values())))
    return value


def is_empty(value):
    """True for None, NaN, NaT and pandas' NA."""
    return value is None or (np.isscalar(value) or value is pd.NA or value is pd.NaT) and bool(pd.isna(value))


def is_number(value):
    return isinstance(value, (numbers.Number, Decimal, np.number)) and not isinstance(value, (bool, np.bool_))


def spread(value):
    """The relative error that the type of a number already brings (0 for ordinary floats).

    >>> spread(np.float32(1)) > 0, spread(1.0)
    (True, 0.0)
    """
    if isinstance(value, np.floating) and value.dtype.itemsize < 8:
        return float(np.finfo(value.dtype).eps) / 2
    return 0.0


def as_float(value):
    """A real, finite number as a float.

    >>> as_float(Decimal("2.5")), as_float(np.float32(0.25)), as_float(np.int8(3))
    (2.5, 0.25, 3.0)
    >>> as_float("2.5")
    Traceback (most recent call last):
    coursekit.answers.Form: text-for-number
    """
    if isinstance(value, (bool, np.bool_)):
        raise Form("truth-for-number")
    if isinstance(value, (str, bytes)):
        raise Form("text-for-number", came=value if isinstance(value, str) else "bytes")
    if isinstance(value, (complex, np.complexfloating)):
        raise Form("complex-for-number")
    if not is_number(value):
        raise Form("other-for-number", came=what(value))
    try:
        x = float(value)
    except OverflowError:
        raise Form("too-large") from None
    if not np.isfinite(x):
        raise Form("not-finite", came=str(x))
    return x + 0.0  # -0.0 becomes 0.0


def what(value):
    """What an object is, in words a beginner knows.

    >>> what([1, 2]), what(pd.Series([1, 2])), what(len)
    ('a list of 2 values', 'a Series of 2 values', 'a function')
    """
    if isinstance(value, Unseen):
        return value.words
    if isinstance(value, pd.DataFrame):
        return f"a table of {len(value)} rows and {value.shape[1]} columns"
    for kind, name in ((pd.Series, "Series"), (np.ndarray, "array"), (list, "list"),
                       (tuple, "tuple"), (dict, "dict"), (set, "set"), (pd.Index, "index")):  # fmt: skip
        if isinstance(value, kind):
            size = value.size if hasattr(value, "size") else len(value)
            return f"{'an' if name[0] in 'ai' else 'a'} {name} of {size} value{'' if size == 1 else 's'}"
    if isinstance(value, (pd.api.typing.SeriesGroupBy, pd.api.typing.DataFrameGroupBy)):
        return "a grouping with no result yet (.sum(), .mean() or .count() is missing at its end)"
    if callable(value):
        return "a function"
    if isinstance(value, str):
        return "text"
    if is_number(value):
        return "a number"
    return f"an object of type {type(value).__name__}"


def as_text(value):
    """Text compared without regard to capitals and spare spaces.

    Wide letters, as a Chinese keyboard gives them, are letters too.

    >>> as_text("  Net  Sales "), as_text("ＧＭＶ")
    ('net sales', 'gmv')
    """
    if not isinstance(value, str):
        raise Form("no-text", came=what(value))
    return " ".join(unicodedata.normalize("NFKC", value).split()).casefold()


def as_truth(value):
    """True or False; 0 and 1 are taken for them.

    >>> as_truth(np.bool_(True)), as_truth(0)
    (True, False)
    """
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if is_number(value) and float(np.real(value)) in (0.0, 1.0):
        return bool(value)
    raise Form("no-truth", came=what(value))


def read_value(value, grid):
    """One cell in plain form: float, str, bool, or None when empty."""
    if is_empty(value):
        return None
    return {"text": as_text, "truth": as_truth}.get(grid[0], as_float)(value)


def label_text(value):
    """A row label as text: 1, 1.0 and "1" are one label, a date is its ISO form.

    >>> label_text(1.0), label_text(pd.Timestamp("2026-05-01")), label_text(" tea ")
    ('1', '2026-05-01', 'tea')
    """
    if isinstance(value, tuple):
        return " · ".join(map(label_text, value))
    if is_empty(value):
        return "(empty)"
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        stamp = pd.Timestamp(value)
        return stamp.date().isoformat() if stamp == stamp.normalize() else stamp.isoformat()
    if is_number(value) and not isinstance(value, complex):
        return format(Decimal(repr(float(value))).normalize(), "f")
    return str(value).strip()


# -- whole answers -----------------------------------------------------------------------


def read(value, shape):
    """The cells of an answer, read in the shape that was asked.

    Returns ``(cells, spreads)``; ``spreads`` holds the relative error of short float types.
    Raises Form with a code when the answer cannot be read so.

    >>> shape = {"kind": "one", "keys": [], "columns": [""], "grids": {"": ["whole"]}}
    >>> read(pd.Series([12]), shape)
    ({('', ''): 12.0}, {('', ''): 0.0})
    """
    if value is Ellipsis:
        raise Form("unanswered")
    if value is None:
        raise Form("none")
    if shape["kind"] == "one":
        return _read_one(value, shape["grids"][""])
    if callable(value) and not isinstance(value, type):
        raise Form("function", came=what(value))
    if shape["kind"] == "table":
        return _cells(_frame(value, shape), shape)
    return _cells(_labeled(value, shape), shape)


def _read_one(value, grid):
    labeled = isinstance(value, pd.Series) and len(value) == 1 and isinstance(value.index[0], str)
    value = plain(value)
    if value is Ellipsis:
        raise Form("unanswered")
    if labeled and grid[0] == "text" and is_number(value):
        raise Form("label-at-left")
    if isinstance(value, tuple):  # 1,906 is two values to Python; a function may give several at once
        digits_only = all(isinstance(x, int) and 0 <= x < 1000 for x in value[1:]) and isinstance(value[0], int)
        raise Form("comma" if digits_only else "several", came=what(value))
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index, np.ndarray, list, tuple, set, dict)):
        raise Form("many-for-one", came=what(value))
    if callable(value):
        raise Form("function", came=what(value))
    if is_empty(value):
        raise Form("empty-one")
    return {("", ""): read_value(value, grid)}, {("", ""): spread(value)}


def _labeled(value, shape):
    """A frame with the label as its index and one column, "" – from any labeled form."""
    if isinstance(value, dict):
        value = pd.Series(list(value.values()), index=list(value), dtype=object)
    if shape["kind"] == "list" and isinstance(value, (list, tuple, np.ndarray, pd.Index)):
        value = pd.Series(list(value), dtype=object)
    if isinstance(value, list) and value and all(isinstance(x, tuple) and len(x) == 2 for x in value):
        value = pd.Series([x[1] for x in value], index=[x[0] for x in value], dtype=object)
    if isinstance(value, pd.DataFrame):
        if value.shape[1] == 1:
            value = value.iloc[:, 0]
        elif len(value) == 1 and any(shape["knows"](label_text(c)) for c in value.columns):
            value = value.iloc[0]
        elif value.shape[1] == 2 and not any(shape["knows"](label_text(x)) for x in value.index):
            known = [sum(shape["knows"](label_text(x)) for x in value.iloc[:, i]) for i in (0, 1)]
            at = int(known[1] > known[0])
            value = pd.Series(value.iloc[:, 1 - at].array, index=value.iloc[:, at].array)
        else:
            raise Form("table-for-labels", came=what(value))
    if not isinstance(value, pd.Series):
        bare = isinstance(value, (list, tuple, np.ndarray, pd.Index))
        raise Form("bare-list" if bare else "no-labels", came=what(value))
    frame = value.astype(object).to_frame("")
    frame.attrs.clear()
    frame["\0spread"] = _spreads(value)
    return frame


def _frame(value, shape):
    """A frame with the key columns as its index, holding at least the value columns."""
    keys, columns = shape["keys"], shape["columns"]
    if isinstance(value, pd.Series) and len(columns) == 1 and value.index.nlevels == len(keys):
        value = value.rename(columns[0]).rename_axis(keys).reset_index()
    if isinstance(value, (list, dict)):
        try:
            value = pd.DataFrame(value)
        except (ValueError, TypeError):
            raise Form("no-table", came=what(value)) from None
    if not isinstance(value, pd.DataFrame):
        raise Form("no-table", came=what(value))
    missing = [k for k in keys if k not in value.columns]
    if missing and all(k in value.index.names for k in missing):
        value = value.reset_index(list(missing))
    elif len(missing) == 1 and value.index.nlevels == 1 and not isinstance(value.index, pd.RangeIndex):
        value = value.rename_axis(missing[0]).reset_index()
    names = [str(c) for c in value.columns]
    doubled = sorted({c for c in names if names.count(c) > 1} & {*keys, *columns})
    if doubled:
        raise Form("doubled-column", column=doubled[0])
    for column in [*keys, *columns]:
        if column not in value.columns:
            raise Form("no-column", column=column, came=", ".join(names))
    frame = value.set_index(keys)[columns]
    spreads = pd.DataFrame({c: _spreads(frame[c]) for c in columns}, index=frame.index)
    return frame.astype(object).assign(**{f"\0spread{c}": spreads[c] for c in columns})


def _spreads(series):
    kind = getattr(series.dtype, "numpy_dtype", series.dtype)
    short = isinstance(kind, np.dtype) and kind.kind == "f" and kind.itemsize < 8
    return float(np.finfo(kind).eps) / 2 if short else 0.0


def _cells(frame, shape):
    labels = [label_text(x) for x in frame.index]
    if len(set(labels)) < len(labels):
        again = next(x for i, x in enumerate(labels) if x in labels[:i])
        raise Form("doubled-label", label=again)
    cells, spreads = {}, {}
    for column in shape["columns"]:
        for label, value, error in zip(labels, frame[column], frame[f"\0spread{column}"], strict=True):
            value = plain(value)
            if value is Ellipsis:
                raise Form("unanswered", label=label)
            try:
                cells[label, column] = read_value(value, shape["grids"][column])
            except Form as form:
                form.fields.update(label=label, column=column)
                form.code += "-in-table"
                raise
            spreads[label, column] = error or spread(value)
    return cells, spreads


# -- what the author's own answer asks for ------------------------------------------------


def shape_of(name, value, digits=None, within=None, by=None):
    """The shape of a question, seen from the author's own right answer.

    ``digits`` (digits after the point) or ``within`` (relative, 0.01 = 1 %) is needed
    wherever a number is not whole; for a table either may be a dict by column. ``by``
    names the key columns of a table when the first columns are not meant.

    >>> shape_of("rate", 0.25, digits=2)["grids"]
    {'': ['digits', 2]}
    >>> shape_of("rate", 0.25)
    Traceback (most recent call last):
    coursekit.answers.Unclear: `rate` is not whole: say digits= or within=, as the prompt does.
    """
    kind, keys, values = _kind(name, value, by)
    grids = {}
    for column, cells in values.items():
        d = digits.get(column) if isinstance(digits, dict) else digits
        w = within.get(column) if isinstance(within, dict) else within
        grids[column] = _grid(column if column else name, cells, d, w)
    return {"kind": kind, "keys": keys, "columns": list(values), "grids": grids}


def _kind(name, value, by):
    if isinstance(value, pd.DataFrame):
        if not isinstance(value.index, pd.RangeIndex):
            by = by or [str(n) for n in value.index.names]
            value = value.reset_index()
        value = value.rename(columns=str)
        keys = list(by) if by else _keys_of(value)
        if not keys or value.duplicated(keys).any():
            raise Unclear(f"No columns of the table `{name}` name its rows: say by=[…].")
        rows, kind = len(value), "table"
        values = {c: list(value[c]) for c in value.columns if c not in keys}
    elif isinstance(value, (pd.Series, dict)):
        series = pd.Series(value)
        if series.index.nlevels > 1:
            raise Unclear(f"`{name}` has two keys: ask for a table (reset_index).")
        numbered = isinstance(series.index, pd.RangeIndex)
        keys, values, kind, rows = [], {"": list(series)}, "list" if numbered else "labels", len(series)
    elif isinstance(value, (list, tuple, np.ndarray)) and len(value) > 1:
        keys, values, kind, rows = [], {"": list(value)}, "list", len(value)
    else:
        return "one", [], {"": [plain(value)]}
    if rows > MOST_ROWS:
        raise Unclear(f"`{name}` has {rows} rows; at most {MOST_ROWS} can be checked: ask for less.")
    return kind, keys, values


def _keys_of(frame):
    """The first columns, without fractions, that together name every row once."""
    keys = []
    for column in frame.columns:
        if pd.api.types.is_float_dtype(frame[column]):
            continue
        keys.append(column)
        if not frame.duplicated(keys).any():
            return keys
    return []


def _grid(name, values, digits, within):
    values = [v for v in (plain(v) for v in values) if not is_empty(v)]
    if not values:
        raise Unclear(f"`{name}` is empty.")
    if all(isinstance(v, str) for v in values):
        return ["text"]
    if all(isinstance(v, (bool, np.bool_)) for v in values):
        return ["truth"]
    if digits is not None and within is not None:
        raise Unclear(f"`{name}`: say digits= or within=, not both.")
    if digits is not None:
        return ["digits", int(digits)]
    numbers_ = [as_float(v) for v in values]
    if within is not None:
        if any(abs(v) < 1e-9 for v in numbers_):
            raise Unclear(f"`{name}` is near zero: a relative tolerance has no meaning there, say digits=.")
        return ["within", float(within)]
    if all(v == round(v) for v in numbers_):
        return ["whole"]
    raise Unclear(f"`{name}` is not whole: say digits= or within=, as the prompt does.")
