"""Coupons over inns: every limit is kept, nothing brings more, and the simple rule never does."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import Plain
from coursekit.methods import allot_best, allot_greedy, at_least, what_it_brings

FRIDAY = pd.Timestamp("2026-03-20")
SHOW = {"weekday": 0.8, "weekend": 0.9}


def county(rng, inns=3, days=3, most_free=3):
    """A few inns of one area on a Friday, a Saturday and the days after."""
    dates = pd.date_range(FRIDAY - pd.Timedelta(days=1), periods=days)
    rate = rng.integers(8, 60, inns) * 10
    nights = pd.DataFrame({
        "inn": np.repeat([f"X{i}" for i in range(inns)], days), "area": "lake", "date": np.tile(dates, inns),
        "night": np.tile(np.where(np.isin(dates.day_of_week, [4, 5]), "weekend", "weekday"), inns),
        "blackout": np.tile(rng.random(days) < 0.15, inns), "free_rooms": rng.integers(0, most_free + 1, inns * days),
        "rate": np.repeat(rate, days), "variable_cost": np.repeat(np.round(rate * 0.36), days),
    })  # fmt: skip
    return nights.assign(expected=np.round(nights["free_rooms"] * rng.random(inns * days), 1))


def bought(rng, many):
    return pd.DataFrame({
        "area": "lake", "wish": rng.choice(["weekday", "weekend", "any"], many), "nights": rng.choice([1, 1, 2], many),
    })  # fmt: skip


def keeps_the_limits(plan, nights, coupons):
    assert (plan["coupons"] > 0).all()
    used = plan.groupby(["area", "wish", "nights"])["coupons"].sum()
    assert (used <= coupons.groupby(["area", "wish", "nights"]).size().reindex(used.index)).all()
    each = plan.loc[plan.index.repeat(plan["nights"])]
    each = each.assign(date=each["date"] + pd.to_timedelta(each.groupby(level=0).cumcount(), unit="D"))
    each = each.merge(nights, on=["inn", "date"], suffixes=("", "_of_inn"))
    assert len(each) == plan["nights"].sum()
    assert not each["blackout"].any()
    assert ((each["wish"] == each["night"]) | (each["wish"] == "any")).all()
    assert (each["area"] == each["area_of_inn"]).all()
    held = each.groupby(["inn", "date"])["coupons"].sum()
    assert (held <= nights.set_index(["inn", "date"])["free_rooms"].reindex(held.index)).all()


def every_plan(coupons, nights):
    """What each way to place the coupons, or to leave one unplaced, brings, with its coupons by inn: by trying all."""
    rows = nights.set_index(["inn", "date"])
    options = []
    for wish, length in zip(coupons["wish"], coupons["nights"], strict=True):
        fits = [None]
        for inn, date in rows.index:
            stay = [(inn, date + pd.Timedelta(days=k)) for k in range(length)]
            if all(s in rows.index and not rows.loc[s, "blackout"] and wish in ("any", rows.loc[s, "night"]) for s in stay):
                fits.append(stay)
        options.append(fits)
    for chosen in itertools.product(*options):
        held = pd.Series([s for stay in chosen if stay for s in stay], dtype=object).value_counts()
        if all(many <= rows.loc[at, "free_rooms"] for at, many in held.items()):
            money = 0
            for at, many in held.items():
                r = rows.loc[at]
                money += many * SHOW[r["night"]] * (0.6 * r["rate"] - r["variable_cost"])
                lost = sum(at_least(r["expected"], r["free_rooms"] - k) for k in range(many))
                money -= lost * (r["rate"] - r["variable_cost"])
            yield money, pd.Series([stay[0][0] for stay in chosen if stay], dtype=object).value_counts()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("floor", "most"), [(0, None), (1, None), (0, 1), (1, 2)])
def test_the_best_plan_is_the_best_of_all(seed, floor, most):
    rng = np.random.default_rng(seed)
    nights, coupons = county(rng, inns=2, days=3, most_free=2), bought(rng, 4)
    room = nights[~nights["blackout"]].groupby("inn")["free_rooms"].sum().reindex(["X0", "X1"], fill_value=0)
    best = max(
        (money for money, got in every_plan(coupons, nights)
         if all(got.get(i, 0) >= min(floor, room[i]) for i in room.index) and (most is None or got.max() <= most or got.empty)),
        default=None,
    )  # fmt: skip
    if best is None:
        with pytest.raises(Plain, match="lake"):
            allot_best(coupons, nights, SHOW, 0.6, floor=floor, most=most)
        return
    plan = allot_best(coupons, nights, SHOW, 0.6, floor=floor, most=most)
    keeps_the_limits(plan, nights, coupons)
    assert what_it_brings(plan, nights, SHOW, 0.6)["brings"] == pytest.approx(best, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), inns=st.integers(1, 6), days=st.integers(1, 9), many=st.integers(0, 30))
def test_the_limits_are_kept_and_the_simple_rule_never_brings_more(seed, inns, days, many):
    rng = np.random.default_rng(seed)
    nights, coupons = county(rng, inns, days), bought(rng, many)
    best = allot_best(coupons, nights, SHOW, 0.6)
    keeps_the_limits(best, nights, coupons)
    for keep, turn in itertools.product([False, True], repeat=2):
        plan = allot_greedy(coupons, nights, keep=keep, turn=turn)
        keeps_the_limits(plan, nights, coupons)
        found = (what_it_brings(p, nights, SHOW, 0.6)["brings"] for p in (best, plan))
        assert next(found) >= next(found) - 1e-6


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), floor=st.integers(0, 3))
def test_a_floor_is_kept_or_refused_and_costs(seed, floor):
    rng = np.random.default_rng(seed)
    nights, coupons = county(rng, 4, 6), bought(rng, 15)
    try:
        plan = allot_best(coupons, nights, SHOW, 0.6, floor=floor)
    except Plain:
        return  # whether it is refused with reason, the trial of all plans tells
    keeps_the_limits(plan, nights, coupons)
    room = nights[~nights["blackout"]].groupby("inn")["free_rooms"].sum()
    got = plan.groupby("inn")["coupons"].sum().reindex(room.index, fill_value=0)
    assert (got >= np.minimum(floor, room)).all()
    free = what_it_brings(allot_best(coupons, nights, SHOW, 0.6), nights, SHOW, 0.6)["brings"]
    assert what_it_brings(plan, nights, SHOW, 0.6)["brings"] <= free + 1e-6


def test_the_same_tables_give_the_same_plan():
    rng = np.random.default_rng(5)
    nights, coupons = county(rng, 6, 9), bought(rng, 30)
    pd.testing.assert_frame_equal(
        allot_best(coupons, nights, SHOW, 0.6, floor=1), allot_best(coupons, nights, SHOW, 0.6, floor=1)
    )
    pd.testing.assert_frame_equal(allot_greedy(coupons, nights, turn=True), allot_greedy(coupons, nights, turn=True))


def test_the_simple_rule_takes_the_first_night_and_the_first_inn():
    nights = county(np.random.default_rng(0), 2, 4).assign(free_rooms=1, expected=0.3, blackout=False)
    coupons = pd.DataFrame({"area": "lake", "wish": "weekend", "nights": 1}, index=range(5))
    plan = allot_greedy(coupons, nights)
    assert plan[["inn", "coupons"]].to_numpy().tolist() == [["X0", 1], ["X0", 1], ["X1", 1], ["X1", 1]]
    assert allot_greedy(coupons, nights, keep=True).empty
    turn = allot_greedy(coupons.head(2), nights, turn=True)
    assert turn["inn"].tolist() == ["X0", "X1"]
    assert (turn["date"] == FRIDAY).all()


def test_a_coupon_for_two_nights_needs_both():
    nights = county(np.random.default_rng(0), 1, 4).assign(free_rooms=[5, 1, 1, 5], expected=0.0, blackout=False)
    two = pd.DataFrame({"area": "lake", "wish": "weekend", "nights": [2, 2]})
    for plan in (allot_greedy(two, nights), allot_best(two, nights, SHOW, 0.6)):
        assert plan[["date", "nights", "coupons"]].to_numpy().tolist() == [[FRIDAY, 2, 1]]
        assert what_it_brings(plan, nights, SHOW, 0.6)["room_nights"] == 2


def test_a_missing_date_is_no_night_of_a_stay():
    nights = county(np.random.default_rng(0), 1, 5).assign(free_rooms=2, expected=0.0, blackout=False).iloc[[0, 3, 4]]
    two = pd.DataFrame({"area": "lake", "wish": "weekday", "nights": [2, 2, 2, 2]})
    for plan in (allot_greedy(two, nights), allot_best(two, nights, SHOW, 0.6)):
        assert plan["coupons"].sum() == 2
        assert (plan["date"] == nights["date"].iloc[1]).all()


def test_what_is_refused_is_said_plainly():
    nights, coupons = (
        county(np.random.default_rng(3), 3, 4).assign(blackout=False, free_rooms=2),
        bought(np.random.default_rng(3), 4),
    )
    with pytest.raises(Plain, match="area lake: its inns need 6 coupons, and 4 were bought"):
        allot_best(coupons, nights, SHOW, 0.6, floor=2)
    only = pd.DataFrame({"area": "lake", "wish": "weekend", "nights": 1}, index=range(9))
    no_weekend = nights.assign(free_rooms=np.where(nights["night"] == "weekend", 0, 2))
    with pytest.raises(Plain, match="on which its inns have free rooms"):
        allot_best(only, no_weekend, SHOW, 0.6, floor=1)
    with pytest.raises(Plain, match="Lower the floor, or raise the most"):
        allot_best(coupons, nights, SHOW, 0.6, floor=2, most=1)
    with pytest.raises(Plain, match="whole number"):
        allot_best(coupons, nights, SHOW, 0.6, floor=0.5)
    with pytest.raises(Plain, match="from 0 to 1"):
        allot_best(coupons, nights, SHOW, 60)
    with pytest.raises(Plain, match="on a weekend night"):
        allot_best(coupons, nights, {"weekday": 0.8}, 0.6)
    with pytest.raises(Plain, match="no column `rate`"):
        allot_best(coupons, nights.drop(columns="rate"), SHOW, 0.6)
    with pytest.raises(Plain, match="more than once"):
        allot_greedy(coupons, pd.concat([nights, nights.head(1)]))
    over = pd.DataFrame({"inn": ["X0"], "date": [FRIDAY], "nights": [1], "coupons": [3]})
    with pytest.raises(Plain, match="holds 3 rooms for coupons in X0 on 2026-03-20, where coupons may have 2"):
        what_it_brings(over, nights, SHOW, 0.6)
    with pytest.raises(Plain, match="not in `nights`"):
        what_it_brings(over.assign(inn="Y9"), nights, SHOW, 0.6)


def test_nothing_to_place_is_no_error():
    nights = county(np.random.default_rng(1), 2, 3)
    none = bought(np.random.default_rng(1), 0)
    for plan in (allot_greedy(none, nights), allot_best(none, nights, SHOW, 0.6)):
        assert plan.empty
        assert what_it_brings(plan, nights, SHOW, 0.6)["brings"] == 0


def test_the_chance_of_so_many_guests_wants_a_whole_number_of_them():
    assert at_least(3.2, 4) == at_least([3.2], np.array([4.0]))[0]
    for guests in (3.2, [3, 2.5], np.nan):  # a swapped call, such as at_least(4, 3.2), counts guests by an average
        with pytest.raises(Plain, match="not a whole number. Give the expected number first"):
            at_least(4, guests)
    nights, coupons = county(np.random.default_rng(1)), bought(np.random.default_rng(1), 4)
    with pytest.raises(Plain, match="`free_rooms` has a number that is not whole"):
        allot_best(coupons, nights.assign(free_rooms=1.5), SHOW, 0.6)
