"""Values cross from process to process as they are, or not at all."""

import collections
import contextlib
import datetime
import decimal
import fractions
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursekit import load
from coursekit.grading.values import MOST_PARTS, Function, Stays, pack, unpack


def crossed(value, **how):
    return unpack(json.loads(json.dumps(pack(value, **how))))


VALUES = [
    None, True, 0, -(10**30), 2.5, 1e-300, math.inf, "", "净利 ✔", "\ud800", [], [1, [2, [3]]], (), (1,), {1, 2}, frozenset("ab"), {}, {"a": 1, 2: [3]},
    {(1, 2): "pair"}, collections.OrderedDict(a=1), collections.Counter("aab"), collections.deque([1, 2]), range(3, 9, 2), slice(1, None), ..., 1 + 2j, b"\x00\xff",
    decimal.Decimal("2.50"), fractions.Fraction(1, 3), datetime.date(2026, 5, 1), datetime.time(12, 30), datetime.datetime(2026, 5, 1, 12),
    datetime.timedelta(days=1, seconds=3), pd.Timestamp("2026-05-01 12:00:00.123456789"), pd.Timestamp("2026-05-01", tz="Asia/Shanghai"), pd.Timedelta("1 days 3 s"),
    pd.Period("2026-05", "M"), np.float32(0.1), np.int8(-3), np.bool_(True), np.datetime64("2026-05-01"), np.str_("x"), int, ValueError, pd.DataFrame, np.float64, len,
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_as_it_went(value):
    found = crossed(value)
    assert type(found) is type(value)
    assert found == value


@pytest.mark.parametrize("value", [pd.NaT, pd.NA, NotImplemented], ids=repr)
def test_there_is_one_of_each_and_it_stays_one(value):
    assert crossed(value) is value


def test_no_number_is_no_number():
    assert math.isnan(crossed(math.nan))
    assert math.isnan(crossed(np.float32("nan")))


ARRAYS = [
    np.arange(6).reshape(2, 3), np.array([]), np.array(3.5), np.array(["a", "bc"]), np.array([1, "a", None], dtype=object), np.zeros((0, 3)),
    np.array(["2026-05-01"], dtype="M8[D]"), np.arange(6, dtype=">i4")[::2], np.asfortranarray(np.eye(3)), np.zeros(2, dtype=[("a", "i4"), ("b", "f8")]),
]  # fmt: skip


@pytest.mark.parametrize("value", ARRAYS, ids=lambda a: f"{a.dtype}{a.shape}")
def test_an_array_comes_as_it_went(value):
    found = crossed(value)
    assert found.dtype == value.dtype
    assert found.shape == value.shape
    assert found.tolist() == value.tolist()


INDEXES = [
    pd.RangeIndex(3, name="n"), pd.Index(["a", "b", None]), pd.Index([1.5, 2]), pd.DatetimeIndex(["2026-05-01", None]), pd.date_range("2026", periods=2, tz="UTC"),
    pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None]), pd.CategoricalIndex(["a", "b", "a"], categories=["b", "a"], ordered=True),
    pd.timedelta_range("1h", periods=2), pd.period_range("2026-01", periods=2, freq="M"), pd.interval_range(0, 2), pd.Index([1, "a", 2.5], dtype=object),
]  # fmt: skip


@pytest.mark.parametrize("index", INDEXES, ids=lambda i: f"{type(i).__name__} {i.dtype}")
def test_an_index_and_its_series_come_as_they_went(index):
    pd.testing.assert_index_equal(crossed(index), index, exact=True)
    one = pd.Series(range(len(index)), index=index, name=("a", 1))
    pd.testing.assert_series_equal(crossed(one), one)
    if not isinstance(index, pd.MultiIndex):
        pd.testing.assert_series_equal(crossed(pd.Series(index)), pd.Series(index))


def test_every_table_of_the_county_comes_as_it_went():
    for name in ("orders", "bookings", "sessions", "coupon_nights", "calendar"):
        table = load(name)
        found = crossed(table)
        pd.testing.assert_frame_equal(found, table)
        assert found.attrs == table.attrs  # by them `load` knows a table that a replay replaces


@pytest.mark.parametrize("dtype", [pd.StringDtype("python", na_value=empty) for empty in (np.nan, pd.NA)], ids=repr)
@pytest.mark.parametrize("texts", [["b", "a", None, "b", ""], [None, None], [], ["\ud800", "北", "nan", "None"]], ids=repr)
def test_a_column_of_text_comes_as_it_went(texts, dtype):
    column = pd.array(texts, dtype=dtype)
    packed = pack(column)
    found = unpack(json.loads(json.dumps(packed)))
    pd.testing.assert_extension_array_equal(column, found)
    assert (found.dtype.storage, repr(found.dtype.na_value)) == (dtype.storage, repr(dtype.na_value))
    for wrong in (
        {"v": pack(np.array([9]))["v"]},
        {"v": pack(np.array([-7]))["v"]},
        {"v": pack(np.array([0.5]))["v"]},
        {"of": [3, {}]},
        {"of": 5},
    ):
        with pytest.raises(ValueError, match="."):
            unpack(packed | wrong)


def test_each_text_of_a_column_crosses_once():
    assert len(json.dumps(pack(pd.Series(["a rather long text"] * 1000)))) < 15_000
    with pytest.raises(Stays):
        pack(pd.Series(["x"]).repeat(MOST_PARTS))


def test_columns_of_one_name_and_odd_types_are_kept():
    table = pd.DataFrame([[1, 2.5, "x"]], columns=["a", "a", 3])
    table["i"] = pd.array([None], dtype="Int64")
    table["b"] = pd.array([True], dtype="boolean")
    table["s"] = pd.array(["x"], dtype=pd.StringDtype("python"))
    pd.testing.assert_frame_equal(crossed(table), table)
    pd.testing.assert_frame_equal(crossed(pd.DataFrame(columns=["a"])), pd.DataFrame(columns=["a"]))


class EqualToAll:
    def __eq__(self, other):
        return True

    __hash__ = None


class Sly(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def ring():
    made = []
    made.append(made)
    return made


@pytest.mark.parametrize(("value", "says"), [
    (EqualToAll(), "an object of type EqualToAll"), (Sly(3), "a number"), ([1, EqualToAll()], "EqualToAll"), (Figure(), "Figure"), (ring(), "too deep"),
    (10**5000, "digits"), (EqualToAll, "a function"), (iter([]), "an object of type list_iterator"), (lambda: 1, "a function"),
    (np.array([EqualToAll()], dtype=object), "EqualToAll"), ({"a": Sly(1)}, "a number"),
], ids=range(11))  # fmt: skip
def test_what_has_a_will_of_its_own_stays(value, says):
    with pytest.raises(Stays, match=says):
        pack(value)


def test_a_function_crosses_as_a_number_to_call_it_by():
    kept = []

    def keep(function):
        kept.append(function)
        return len(kept) - 1

    found = crossed({"add": lambda a, b: a + b}, function=keep)
    assert isinstance(found["add"], Function)
    assert (found["add"].number, found["add"].name) == (0, "<lambda>")
    assert kept[0](1, 2) == 3


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
                    lambda v: st.lists(v) | st.tuples(v, v) | st.dictionaries(st.text() | st.integers(), v), max_leaves=30))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_plain_value_comes_as_it_went(value):
    assert crossed(value) == value


JUNK = st.recursive(st.none() | st.booleans() | st.integers(-3, 10**6) | st.floats() | st.text(max_size=8),
                    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.sampled_from(["t", "v", "index", "columns", "attrs", "name", "names", "codes", "dtype", "of", "ordered", "shape"]), v)
                    | st.fixed_dictionaries({"t": st.sampled_from(["array", "objects", "DataFrame", "Series", "Index", "MultiIndex", "moments", "extension", "texts", "type", "module", "error", "function", "range", "Categorical", "Timestamp", "scalar"]), "v": v}),
                    max_leaves=20)  # fmt: skip


@given(JUNK)
@settings(max_examples=500, deadline=None)
def test_what_was_never_packed_is_refused_in_one_way(packed):
    with contextlib.suppress(ValueError):
        unpack(packed)


@pytest.mark.parametrize("packed", [
    {"t": "type", "v": ["os", "system"]}, {"t": "type", "v": ["subprocess", "Popen"]}, {"t": "error", "v": ["eval", ["1"]]}, {"t": "pickle", "v": "x"},
], ids=range(4))  # fmt: skip
def test_nothing_that_could_do_something_comes_out(packed):
    with pytest.raises(ValueError, match="no class|no error|not a value"):
        unpack(packed)
