"""Right answers pass in every fair form, and every other form is told what it is."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.answers import Unclear, read, shape_of
from coursekit.keys import judge, make_key
from coursekit.messages import SENTENCES, sentence


def key_of(name, value, mistakes=(), **how):
    shape = shape_of(name, value, **how)
    known = {str(k) for k in value} if isinstance(value, dict) else set()
    own = {**shape, "knows": lambda label: label in known}
    return make_key(name, read(value, own)[0], shape, [(s, m, read(v, own)[0]) for s, m, v in mistakes])


def status(value, key, name="x"):
    found = judge(name, value, key)
    assert sentence(name, found) if found["status"] != "mistake" else found["message"]
    return found["status"]


ONE_FORMS = [
    float, np.float64, lambda x: Decimal(repr(x)), Fraction, lambda x: pd.Series([x]), lambda x: [x], lambda x: (x,),
    lambda x: np.array(x), lambda x: np.array([[x]]), lambda x: pd.DataFrame({"a": [x]}), lambda x: pd.Series({"total": x}),
    lambda x: pd.array([x], dtype="Float64")[0], lambda x: {"a": x}, lambda x: pd.Series([x]).array,
]  # fmt: skip
numbers = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda x: abs(x) > 1e-3)


@given(numbers, st.integers(0, 4), st.sampled_from(ONE_FORMS))
def test_a_number_passes_in_every_form_and_rounded(x, digits, form):
    key = key_of("x", x, digits=digits)
    assert status(form(x), key) == "right"
    assert status(form(round(x, digits)), key) == "right"


@given(numbers, st.integers(0, 4), st.floats(1.3, 1000), st.sampled_from([-1, 1]))
def test_a_number_off_by_more_than_its_tolerance_fails(x, digits, far, sign):
    assert status(x + sign * far * 10.0**-digits, key_of("x", x, digits=digits)) != "right"


@given(numbers, st.sampled_from([0.001, 0.01, 0.05]))
def test_a_relative_tolerance(x, within):
    key = key_of("x", x, within=within)
    assert status(x * (1 + within * 0.9), key) == status(x * (1 - within * 0.9), key) == "right"
    assert status(x * (1 + 3 * within), key) != "right"


@given(st.integers(-(10**9), 10**9), st.sampled_from([*ONE_FORMS, int, np.int64, lambda x: pd.array([x], dtype="Int64")[0]]))
def test_a_whole_number_passes_as_any_type_and_its_neighbors_fail(n, form):
    key = key_of("x", n)
    assert status(form(n), key) == "right"
    assert status(form(n + 1), key) != "right"


@given(st.floats(0.01, 100), st.sampled_from([np.float16, np.float32]))
def test_short_floats_pass(x, kind):
    assert status(kind(x), key_of("x", x, digits=3)) == "right"


def test_the_last_digit_may_be_rounded_either_way():
    key = key_of("x", 0.125, digits=2)
    assert status(0.12, key) == status(0.13, key) == "right"


labels = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=2, max_size=12, unique=True)


@st.composite
def series(draw):
    names = draw(labels)
    values = draw(st.lists(numbers, min_size=len(names), max_size=len(names)))
    return pd.Series(values, index=names)


LABEL_FORMS = {
    "as it is": lambda s: s,
    "other order": lambda s: s.sample(frac=1, random_state=1),
    "dict": dict,
    "reset_index": lambda s: s.reset_index(),
    "one column": lambda s: s.to_frame("n"),
    "categorical index": lambda s: s.set_axis(pd.CategoricalIndex(s.index)),
    "extension type": lambda s: s.astype("Float64"),
    "objects": lambda s: s.astype(object),
    "decimals": lambda s: s.map(lambda x: Decimal(repr(x))),
    "pairs": lambda s: list(s.items()),
    "one wide row": lambda s: s.to_frame().T,
    "reset_index, sorted": lambda s: s.reset_index().sort_values(0),
    "an extra label that is empty": lambda s: pd.concat([s, pd.Series({"zz": np.nan})]),
}


@pytest.mark.parametrize("form", LABEL_FORMS)
@given(s=series())
def test_labeled_numbers_pass_in_every_form(form, s):
    assert status(LABEL_FORMS[form](s), key_of("x", s, digits=2)) == "right"


@given(s=series(), data=st.data())
def test_labeled_numbers_name_what_is_wrong(s, data):
    key = key_of("x", s, digits=2)
    label = data.draw(st.sampled_from(list(s.index)))
    found = judge("x", s.drop(label), key)
    assert (found["status"], found["missing_label"]) == ("rows", label)
    found = judge("x", pd.concat([s, pd.Series({"zz": 1.0})]), key)
    assert (found["status"], found["extra_label"]) == ("rows", "zz")
    other = s.copy()
    other[label] += 7
    assume(judge("x", other, key)["status"] != "slip")
    found = judge("x", other, key)
    assert (found["status"], found["label"], found["wrong"]) == ("cells", label, 1)
    other[label] = np.nan
    assert judge("x", other, key)["code"] == "empty"
    assert judge("x", list(s), key)["code"] == "bare-list"


@pytest.mark.parametrize("index", [[1, 2], [1.0, 2.0], ["1", "2"], pd.Index([1, 2], dtype="Int64")])
def test_labels_are_compared_as_text(index):
    assert status(pd.Series([5, 6], index=index), key_of("x", pd.Series([5, 6], index=[1, 2]))) == "right"


@pytest.mark.parametrize("days", [["2026-05-01", "2026-05-02"], pd.PeriodIndex(["2026-05-01", "2026-05-02"], freq="D"),
                                  pd.to_datetime(["2026-05-01", "2026-05-02"]).date])  # fmt: skip
def test_dates_pass_as_text_period_and_date(days):
    truth = pd.Series([5, 6], index=pd.to_datetime(["2026-05-01", "2026-05-02"]))
    assert status(pd.Series([5, 6], index=days), key_of("x", truth)) == "right"


TABLE = pd.DataFrame({"shop": ["a", "a", "b"], "day": [1, 2, 1], "sales": [1.5, 2.25, 9.0], "orders": [3, 4, 9]})
TABLE_FORMS = {
    "as it is": lambda t: t,
    "rows in another order": lambda t: t[::-1],
    "columns in another order": lambda t: t[["orders", "day", "sales", "shop"]],
    "an extra column": lambda t: t.assign(note="x"),
    "the key as index": lambda t: t.set_index(["shop", "day"]),
    "one key as index": lambda t: t.set_index("shop"),
    "float32": lambda t: t.astype({"sales": "float32"}),
    "counts as floats": lambda t: t.astype({"orders": float}),
    "categories": lambda t: t.astype({"shop": "category"}),
    "a list of dicts": lambda t: t.to_dict("records"),
    "a dict of lists": lambda t: t.to_dict("list"),
}


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_a_table_passes_in_every_form(form):
    assert status(TABLE_FORMS[form](TABLE), key_of("x", TABLE, digits={"sales": 2})) == "right"


def test_a_two_key_series_is_a_table():
    truth = TABLE[["shop", "day", "sales"]]
    assert status(truth.set_index(["shop", "day"])["sales"].rename("n"), key_of("x", truth, digits=2)) == "right"


WRONG_TABLES = {
    "no-column": TABLE.rename(columns={"sales": "Sales"}),
    "doubled-column": pd.concat([TABLE, TABLE[["sales"]]], axis=1),
    "doubled-label": pd.concat([TABLE, TABLE[:1]]),
    "text-for-number-in-table": TABLE.astype({"sales": str}),
    "no-table": "a table",
}


@pytest.mark.parametrize("code", WRONG_TABLES)
def test_a_table_in_a_wrong_form_is_told(code):
    assert judge("x", WRONG_TABLES[code], key_of("x", TABLE, digits={"sales": 2}))["code"] == code


WRONG_NUMBERS = {
    "none": None, "function": len, "many-for-one": [1, 2], "empty-one": np.nan, "text-for-number": "2.5",
    "comma": (1, 906), "several": (0.05, 0.04, 0.06),
    "truth-for-number": True, "complex-for-number": 2 + 1j, "not-finite": np.inf, "other-for-number": object(),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG_NUMBERS)
def test_a_number_in_a_wrong_form_is_told(code):
    found = judge("x", WRONG_NUMBERS[code], key_of("x", 2.5, digits=1))
    assert found["code"] == code
    assert "x" in sentence("x", found)


def test_unanswered_in_any_place():
    assert status(..., key_of("x", 1)) == "unanswered"
    assert status({"a": 1, "b": ...}, key_of("x", {"a": 1, "b": 2})) == "unanswered"
    assert status([...], key_of("x", 1)) == "unanswered"
    assert judge("x", {"a": 1, "b": ...}, key_of("x", {"a": 1, "b": 2}))["label"] == "b"


@pytest.mark.parametrize(("given_", "code"), [
    (250.0, "times-100"), (0.025, "over-100"), (-2.5, "sign"), (2500, "times-1000"), (25000, "times-10000"),
    (0.0025, "over-1000"), (0.00025, "over-10000"),
])  # fmt: skip
def test_slips_are_named(given_, code):
    assert judge("x", given_, key_of("x", 2.5, digits=1))["code"] == code


def test_rounding_too_early_is_named_only_when_fewer_digits_came():
    key = key_of("x", 2.347, digits=2)
    assert judge("x", 2.3, key)["code"] == judge("x", 2, key)["code"] == "rounded-early"
    assert judge("x", 2.31, key)["status"] == "wrong"


def test_a_fraction_for_a_count_is_told_and_float_noise_is_not():
    assert judge("x", 3.5, key_of("x", 3))["code"] == "not-whole"
    assert status(0.1 * 3 * 10, key_of("x", 3)) == "right"


@pytest.mark.parametrize("value", [1e308, -1e308, 10**400, 1e-308, np.float32(3e38)])
@pytest.mark.parametrize("how", [{}, {"digits": 4}, {"within": 0.01}])
def test_enormous_and_tiny_numbers_are_only_wrong(value, how):
    assert status(value, key_of("x", 3, **how)) in ("wrong", "form")


def test_groups_without_a_result_and_a_label_left_behind_are_told():
    sales = pd.Series([3, 1], index=["tea", "cup"])
    assert ".sum()" in sentence("x", judge("x", sales.groupby(level=0), key_of("x", 2.5, digits=1)))
    assert judge("x", sales.head(1), key_of("x", "tea"))["code"] == "label-at-left"
    assert status(pd.Series(["tea"], index=["best"]), key_of("x", "tea")) == "right"


def test_texts_and_truths():
    assert status(" Net  SALES ", key_of("x", "net sales")) == "right"
    assert status(1, key_of("x", True)) == status(np.bool_(True), key_of("x", True)) == "right"
    assert judge("x", "True", key_of("x", True))["code"] == "no-truth"
    assert "brackets" not in sentence("x", judge("x", "honey", key_of("x", "tea")))
    assert judge("x", 3, key_of("x", "net"))["code"] == "no-text"


def test_unknown_stays_unknown():
    truth = pd.Series({"a": 1.5, "b": np.nan})
    key = key_of("x", truth, digits=1)
    assert status(truth, key) == "right"
    assert judge("x", truth.fillna(0), key)["code"] == "filled"
    assert judge("x", truth.dropna(), key)["missing_label"] == "b"


def test_authors_are_told_what_is_unclear():
    for value, how in [(2.5, {}), (0.0, {"within": 0.1}), (pd.Series(range(201)), {}), (2.5, {"digits": 1, "within": 0.1}),
                       (TABLE.assign(day=1, orders=1), {"digits": {"sales": 1}}), (TABLE.groupby(["shop", "day"]).sales.sum(), {})]:  # fmt: skip
        with pytest.raises(Unclear):
            shape_of("x", value, **how)


def test_every_sentence_can_be_said():
    """No message asks for a field that its verdict does not have."""
    said = {"{name}", "{came}", "{label}", "{column}", "{error}", "{given}", "{missing}", "{missing_label}", "{extra}",
            "{extra_label}", "{wrong}", "{rows}"}  # fmt: skip
    import re

    for text in SENTENCES.values():
        assert set(re.findall(r"\{\w+\}", text)) <= said


def test_a_function_is_checked_by_what_it_returns():
    from coursekit.again import results_of_calls
    from coursekit.checks import Panel, verdict

    def share(part, whole):
        return part / whole

    on = [(3, 100), (1, 8)]
    truth = results_of_calls(share, on)[0]
    wrong = results_of_calls(lambda part, whole: whole / part, on)[0]
    key = key_of("share", truth, digits=3, mistakes=[("upside-down", "You divided the whole by the part.", wrong)])
    assert verdict("share", share, key, on)["status"] == "right"
    assert verdict("share", lambda a, b: b / a, key, on)["slug"] == "upside-down"
    assert verdict("share", lambda a, b: a / b if a > 1 else 0.5, key, on)["label"] == "1, 8"
    assert verdict("share", ..., key, on)["status"] == "unanswered"
    for value, code, says in [(0.03, "not-a-function", "a function (def share(…)) is asked for"),
                              (lambda a: a, "call-stopped", "stops with TypeError"),
                              (lambda a, b: a[0], "call-stopped", "when it is given 3, 100")]:  # fmt: skip
        found = verdict("share", value, key, on)
        assert found["code"] == code
        assert says in repr(Panel("share", found))
