"""A key judges without giving the answer away."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_answers import key_of, numbers

from coursekit.answers import Unclear
from coursekit.keys import VERSION, judge, make_key, offset, open_key

ONE = {"kind": "one", "keys": [], "columns": [""], "grids": {"": ["digits", 2]}}


def stored_numbers(key):
    """Every number a release stores: the key without its hashes, ids and ciphers."""
    body = open_key(key)
    return {"grids": body["grids"], "offsets": [row[2] for row in body["rows"]]}


@given(numbers, st.integers(0, 4), st.integers(-500, 500))
def test_what_is_stored_fits_many_answers_alike(x, digits, steps):
    """Without guessing at the hash nobody can tell the truth from answers any number of steps away."""
    other = x + steps * 1.2 * 10.0**-digits
    mine, theirs = (stored_numbers(key_of("x", v, digits=digits)) for v in (x, other))
    assert mine["grids"] == theirs["grids"]
    gap = abs(mine["offsets"][0][0] - theirs["offsets"][0][0])
    assert min(gap, 8 - gap) <= 1  # float noise may move the eighth


@given(st.floats(0.01, 1e6), st.sampled_from([0.01, 0.05]), st.integers(-50, 50))
def test_relative_grids_fit_many_answers_alike(x, within, steps):
    width = (math.log1p(within) - math.log1p(-within)) * 8 / 7
    mine, theirs = (stored_numbers(key_of("x", v, within=within)) for v in (x, x * math.exp(steps * width)))
    gap = abs(mine["offsets"][0][0] - theirs["offsets"][0][0])
    assert mine["grids"] == theirs["grids"]
    assert min(gap, 8 - gap) <= 1


@pytest.mark.parametrize("n", [48, 60, 97, 250, 397, 1000])
@pytest.mark.parametrize("digits", [1, 2, 4])
def test_a_visible_denominator_does_not_name_the_fraction(n, digits):
    """k / n with n known: on average at least an eighth of all k share what is stored."""
    offsets = [offset(k / n, ["digits", digits]) for k in range(1, n + 1)]
    alike = sum(offsets.count(o) for o in offsets) / n
    assert alike >= n / 8
    assert max(offsets) < 8


def combinations(values):
    """Every number two stored numbers make by arithmetic, with the usual units."""
    made = set(values)
    for a, b in itertools.product(values, repeat=2):
        made |= {a + b, a - b, a * b} | ({a / b} if b else set())
    return {m * unit for m in made for unit in (1, 10, 100, 1000, 0.1, 0.01, 0.001, 1e6)}


def numbers_in(thing):
    if isinstance(thing, bool):
        return set()
    if isinstance(thing, (int, float)):
        return {float(thing)}
    items = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    return set().union(*map(numbers_in, items)) if items else set()


def hits(truths, stored):
    """How many truths arithmetic on the numbers stored for them gives, to one digit."""
    found = 0
    for truth, numbers_ in zip(truths, stored, strict=True):
        found += any(abs(t - truth) <= 0.06 for t in combinations(numbers_ | {0.12}))
    return found


def test_arithmetic_on_what_is_stored_finds_no_more_than_chance():
    """The numbers stored for a question give its answer no more often than those of another question do."""
    rng = np.random.default_rng(5)
    truths = list(rng.uniform(50, 5000, 300))
    stored = [numbers_in(open_key(key_of("x", t, digits=1, mistakes=[("m", "m", 2 * t + 1)]))) for t in truths]
    own, others = hits(truths, stored), hits(truths, stored[1:] + stored[:1])
    assert own <= others + 3 * math.sqrt(max(others, 1))
    # It bites: a step that was derived from the truth would give every one away.
    assert hits(truths, [n | {t * 0.01} for n, t in zip(stored, truths, strict=True)]) == len(truths)


def test_messages_are_not_readable_in_the_key():
    key = key_of("x", 2.5, digits=1, mistakes=[("pooled", "You pooled the sources.", 7.5)])
    assert "pooled" not in json.dumps(open_key(key))
    found = judge("x", 7.5, key)
    assert (found["status"], found["slug"], found["message"]) == ("mistake", "pooled", "You pooled the sources.")


def test_a_mistake_is_named_when_rounded_too():
    key = key_of("x", 2.5, digits=2, mistakes=[("m", "You did it.", 7.12499)])
    assert judge("x", 7.12, key)["slug"] == judge("x", 7.13, key)["slug"] == "m"


def test_a_mistake_in_a_table_is_named_with_other_rows_too():
    truth, wrong = {"a": 1.5, "b": 2.5}, {"a": 1.25, "b": 2.5, "c": 9.0}
    key = key_of("x", truth, digits=2, mistakes=[("m", "You did it.", wrong)])
    assert judge("x", {"c": 9, "b": 2.5, "a": 1.25}, key)["slug"] == "m"


def test_answers_that_cannot_be_told_apart_are_refused():
    with pytest.raises(Unclear, match="three tolerances"):
        make_key("x", {("", ""): 2.50}, ONE, [("near", "m", {("", ""): 2.51})])
    make_key("x", {("", ""): 2.50}, ONE, [("far", "m", {("", ""): 2.52})])


def test_an_unknown_version_is_one_sentence():
    key = key_of("x", 1).replace(f"{VERSION}:", "99:", 1)
    assert judge("x", 1, key) == {"status": "form", "code": "unknown-key"}


def test_the_same_question_makes_the_same_key():
    assert key_of("x", {"a": 1.5}, digits=1) == key_of("x", {"a": 1.5}, digits=1)
