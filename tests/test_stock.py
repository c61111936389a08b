"""The best stock, against brute force, the formula and what was planted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from truth.promotion import planted_demand

from coursekit import load
from coursekit.errors import Plain
from coursekit.methods import best_stock, demand_shares, quantile, stock_outcomes, stock_profits
from coursekit.world import promotions

pieces = st.lists(st.integers(0, 40), min_size=1, max_size=12)
yuan = st.tuples(st.integers(0, 100), st.integers(1, 100), st.integers(0, 99)).filter(lambda m: m[2] < m[1])


def one_day(stock, demand, brings, cost, salvage):
    sold = min(stock, demand)
    return sold * brings + (stock - sold) * salvage - stock * cost


@given(pieces, yuan)
def test_the_table_is_one_day_by_hand_for_every_day_and_stock(demand, money):
    table = stock_outcomes(range(45), demand, *money)
    assert table.index.to_list() == demand
    assert table.to_numpy().tolist() == [[one_day(s, d, *money) for s in range(45)] for d in demand]
    shares = demand_shares(demand)
    assert stock_profits(range(45), shares, *money).to_numpy() == pytest.approx(table.mean().to_numpy())


@given(pieces, yuan)
def test_the_best_stock_is_that_of_brute_force_and_of_the_formula(demand, money):
    brings, cost, salvage = money
    means = [sum(one_day(s, d, *money) for d in demand) / len(demand) for s in range(45)]
    best = best_stock(demand_shares(demand), *money)
    assert means[best] == pytest.approx(max(means))
    assert best == next(s for s in range(45) if means[s] >= max(means) - 1e-7)  # the smaller one of two
    if brings > cost:
        ratio = (brings - cost) / (brings - salvage)
        enough = [s for s in range(45) if sum(d <= s for d in demand) / len(demand) >= ratio - 1e-9]
        assert best == enough[0]
    else:
        assert best == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=12).filter(lambda d: not all(o for _, o in d)))
def test_sold_out_days_are_shared_out_as_by_hand(days):
    """From the smallest on, each sold-out day goes in equal parts to the days above it, and nowhere when there is none."""
    order = sorted(days, key=lambda d: (d[0], not d[1]))  # with the same number, the sold-out day comes first
    weight = [1.0] * len(order)
    for i, (sold, out) in enumerate(order):
        above = [j for j in range(len(order)) if order[j][0] > sold or (order[j][0] == sold and not order[j][1])]
        if out and above:
            total = sum(weight[j] for j in above)
            for j in above:
                weight[j] += weight[i] * weight[j] / total
            weight[i] = 0
    found, by_hand = demand_shares(*zip(*days, strict=True)), {}
    for (sold, _), w in zip(order, weight, strict=True):
        by_hand[sold] = by_hand.get(sold, 0) + w / len(days)
    assert found.to_dict() == pytest.approx({d: w for d, w in by_hand.items() if w > 1e-9})
    assert found.sum() == pytest.approx(1)


def test_what_is_bought_instead_makes_a_missed_sale_cheaper():
    shares = demand_shares([6, 9, 12, 14, 16, 18, 21, 24, 28, 32])
    assert [best_stock(shares, 45, 23, 16, instead=x) for x in (-10, 0, 7, 12, 22, 30)] == [28, 24, 21, 18, 0, 0]
    assert stock_outcomes([10], [14], 45, 23, instead=3).loc[14, 10] == 10 * 22 + 4 * 3


def _plums():
    """The days that the lesson chooses."""
    history, calendar = load("demand_history"), load("calendar")
    days = history[(history["product"] == "P025") & history["date"].isin(calendar.loc[~calendar["day_off"], "date"])]
    return days[~days["date"].between("2025-07-19", "2025-08-02") & (days["date"] != "2025-06-09")]


def test_the_lesson_says_truly_what_was_planted():
    days = _plums()
    usual = np.median(promotions.daily(None, False)["usual"][24])
    truth = planted_demand(usual)
    assert best_stock(truth, 45, 23, 16) == 26
    left = stock_profits([26, 28, 21, 18, 17], truth, 45, 23, 16)
    assert (left[26] - left).round().to_dict() == {26: 0, 28: 1, 21: 10, 18: 28, 17: 36}
    assert best_stock(demand_shares(days["sold"], days["sold_out"]), 45, 23, 16) == 28
    # The days it leaves out are those it names: an offer, the ten days after it, a show.
    promos, shown = load("promos"), load("lineups").merge(load("sessions")[["session", "start"]], on="session")
    mine = promos[promos["product"] == "P025"]
    assert mine[["first_day", "last_day"]].astype(str).to_numpy().tolist() == [["2025-07-19", "2025-07-23"]]
    on = shown[(shown["product"] == "P025") & shown["start"].between("2025-06-01", "2025-09-01")]["start"]
    assert on.dt.strftime("%m-%d").to_list() == ["06-09", "08-03"]
    assert "2025-08-03" not in days["date"].astype(str).to_list()  # a day off


def test_the_further_section_says_truly_how_sure_it_is():
    days = _plums()
    assert quantile(days["sold"], ~days["sold_out"], 22 / 29) == (28, 21, np.inf)
    below = demand_shares(days["sold"], days["sold_out"]).cumsum()
    assert (100 * below[[25, 28]]).round().to_list() == [74, 79]


GOOD = pd.Series({10: 0.5, 20: 0.5})


@pytest.mark.parametrize(("call", "says"), [
    (lambda: best_stock(GOOD, 45, 23, 23), "seems to pay"),
    (lambda: best_stock(GOOD, pd.Series([45, 46]), 23), "one number of yuan"),
    (lambda: best_stock(GOOD, -5, 23), "from 0 up"),
    (lambda: best_stock(GOOD, ..., 23), "one number of yuan"),
    (lambda: best_stock(GOOD, 45, "23"), "one number of yuan"),
    (lambda: best_stock([10, 20], 45, 23), "share of days by demand"),
    (lambda: best_stock(pd.Series([10, 20]), 45, 23), "demand_shares"),
    (lambda: best_stock(pd.Series({10: 1.5, 20: -0.5}), 45, 23), "add up to 1"),
    (lambda: demand_shares([10, 20], [True]), "same rows"),
    (lambda: demand_shares([10, 20], [True, True]), "Every day was sold out"),
    (lambda: demand_shares([10, 20], ["yes", "no"]), "True or False"),
    (lambda: demand_shares([10, -1]), "from 0 up"),
    (lambda: demand_shares([10, float("nan")]), "no empty place"),
    (lambda: demand_shares([]), "at least one"),
    (lambda: demand_shares([True, False]), "from 0 up"),
    (lambda: stock_outcomes(["ten"], [10], 45, 23), "stocks must hold"),
    (lambda: stock_outcomes([10], pd.DataFrame({"a": [1], "b": [2]}), 45, 23), "one column"),
])  # fmt: skip
def test_what_is_no_stock_question_is_told_plainly(call, says):
    with pytest.raises(Plain, match=says):
        call()


def test_one_number_is_a_list_of_one_and_text_columns_of_numbers_stay_numbers():
    assert stock_outcomes(10, 14, 45, 23).loc[14, 10] == 220
    assert demand_shares(pd.Series([3, 3, 5], dtype="int8")).round(4).to_dict() == {3: 0.6667, 5: 0.3333}
    assert best_stock(demand_shares([1.5, 2.5]), 45, 23) == 1.5
    assert isinstance(best_stock(GOOD, 45, 23), int)
