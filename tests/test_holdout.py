"""The cost of an extra order and the difference of two means, against a second way to the same number."""

import numpy as np
import pandas as pd
import pytest

from coursekit.demos.holdout import LOTTERIES, PEOPLE, USUAL, Lotteries, _luck, many_lotteries
from coursekit.errors import Plain
from coursekit.methods import cost_per_extra, difference, mean_difference


def test_cost_per_extra_is_the_cost_by_the_extra_orders():
    found = cost_per_extra(915, 264, 9957, 99, 10_043)
    more, low, high = difference(264, 9957, 99, 10_043)
    assert found == pytest.approx((915 / (more * 9957), 915 / (high * 9957), 915 / (low * 9957)))
    assert found[1] < found[0] < found[2]


@pytest.mark.parametrize(
    ("counts", "bounded"), [((12, 500, 8, 500), [True, True, False]), ((8, 500, 9, 500), [False, True, False]),
                            ((2, 5000, 90, 5000), [False, False, False]), ((300, 5000, 90, 5000), [True, True, True])],
)  # fmt: skip
def test_a_lift_that_may_be_zero_has_no_highest_cost(counts, bounded):
    assert np.isfinite(cost_per_extra(90, *counts)).tolist() == bounded


def test_nothing_spent_costs_nothing_and_bad_costs_are_told():
    assert cost_per_extra(0, 300, 5000, 90, 5000) == (0, 0, 0)
    for cost in (-1, np.nan, np.inf, [1, 2]):
        with pytest.raises(Plain, match="one number of yuan"):
            cost_per_extra(cost, 300, 5000, 90, 5000)
    with pytest.raises(Plain, match="27 of 4000"):
        cost_per_extra(10, 300, 200, 90, 5000)


def test_mean_difference_by_its_formula():
    rng = np.random.default_rng(2)
    new, old = (
        np.exp(rng.normal(3, 1, 4000)) * (rng.random(4000) < 0.1),
        np.exp(rng.normal(3, 1, 3000)) * (rng.random(3000) < 0.08),
    )
    wide = 1.96 * np.sqrt(new.var(ddof=1) / len(new) + old.var(ddof=1) / len(old))
    more = new.mean() - old.mean()
    assert mean_difference(pd.Series(new), old) == pytest.approx((more, more - wide, more + wide), abs=1e-3)
    assert mean_difference([True, False, True], [False, False, True])[0] == pytest.approx(1 / 3)
    assert mean_difference([2, 2], [1, 1, 1]) == (1, 1, 1)


@pytest.mark.parametrize("bad", [3, [], [1], ["a", "b"], [[1, 2], [3, 4]]])
def test_what_is_no_column_of_numbers_is_told(bad):
    with pytest.raises(Plain, match="Two columns of numbers"):
        mean_difference(bad, [1, 2, 3])


def test_an_empty_place_is_told():
    with pytest.raises(Plain, match=r"fillna\(0\)"):
        mean_difference([1, 2, np.nan], [1, 2, 3])


def test_the_lotteries_intervals_are_those_of_the_lesson():
    from scipy.stats import binom

    table = many_lotteries(2000, 50)[0]
    counts = [int(binom.ppf(_luck()[i, 3], n, p)) for i, (n, p) in enumerate([(PEOPLE - 2000, 1.5 * USUAL), (2000, USUAL)])]
    assert table.loc["lottery 4"].to_list() == pytest.approx(
        [100 * x for x in difference(counts[0], 18_000, counts[1], 2000)], abs=0.0051
    )


@pytest.mark.parametrize("held_out", [500, 10_000])
@pytest.mark.parametrize("lift", [0, 150])
def test_the_demo_says_what_it_draws_and_stays_inside(held_out, lift):
    table, says = many_lotteries(held_out, lift)
    assert len(table) == 5
    assert f"of {LOTTERIES} lotteries" in says
    assert f"by {lift} %" in says
    drawing = Lotteries(table, "Five lotteries", "percentage points", limit=2.7)
    low, high = drawing.axes.get_xlim()
    assert low < table["low"].min()
    assert table["high"].max() < high


def test_a_larger_holdout_sees_more():
    seen = [int(many_lotteries(held, 50)[1].split(" of 200 lotteries")[0].split()[-1]) for held in (500, 2000, 5000, 10_000)]
    assert seen == sorted(seen)
    assert seen[0] < 40 < 160 < seen[-1]
