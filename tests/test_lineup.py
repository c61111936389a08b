"""Line-ups: what a plan earns, what a star takes; what is not a line-up or no table of shows is said plainly."""

import numpy as np
import pandas as pd
import pytest

from coursekit.errors import Plain
from coursekit.methods import cannibalization, lineup_earns, ratio_of_sums

PLAN = pd.DataFrame({"minutes": [2, 3, 0], "per thousand": [100.0, 20.0, 50.0]}, index=["tea", "comb", "honey"])
WATCHING = [10, 20, 30, 40, 50]


def test_each_product_earns_in_its_own_minutes():
    found = lineup_earns(PLAN, WATCHING)
    assert found["from_minute"].to_list() == [0, 2, 5]
    assert found["watching"].to_list() == [15, 40, 0]
    assert found["earns"].to_list() == pytest.approx([3.0, 2.4, 0.0])
    turned = lineup_earns(PLAN.loc[["comb", "tea", "honey"]], pd.Series(WATCHING, index=range(7, 12)))
    assert turned["earns"].to_list() == pytest.approx([1.2, 9.0, 0.0])
    assert "earns" not in PLAN


def test_the_order_that_puts_the_best_where_most_watch_earns_most():
    rng = np.random.default_rng(1)
    for _ in range(20):
        plan = pd.DataFrame({"minutes": [5] * 4, "worth": rng.uniform(1, 100, 4)})
        falling = np.sort(rng.uniform(10, 200, 20))[::-1]
        best = lineup_earns(plan.sort_values("worth", ascending=False), falling, rate="worth")["earns"].sum()
        for _ in range(5):
            assert (
                lineup_earns(plan.sample(frac=1, random_state=int(rng.integers(99))), falling, rate="worth")["earns"].sum()
                <= best + 1e-9
            )


@pytest.mark.parametrize(("plan", "watching", "says"), [
    (PLAN.drop(columns="minutes"), WATCHING, 'no column "minutes"; its columns are per thousand'),
    (PLAN, WATCHING[:4], "The plan has 5 minutes, the evening 4: take minutes from a product"),
    (PLAN.assign(minutes=[2, 2.5, 0]), WATCHING, "whole minutes"),
    (PLAN.assign(minutes=[2, -1, 0]), WATCHING, "whole minutes"),
    (PLAN.assign(minutes=[2, np.nan, 0]), WATCHING, "whole minutes"),
    (PLAN, 50, "one number for each minute"),
    (PLAN, [10, np.nan, 30, 40, 50], "one number for each minute"),
])  # fmt: skip
def test_a_plan_that_cannot_be_is_told(plan, watching, says):
    with pytest.raises(Plain, match=says):
        lineup_earns(plan, watching)


def evenings(seed=0, many=60, taken=0.5):
    """Made evenings: the star sells 5 for a thousand viewers, its substitutes 4, or less what it takes."""
    rng = np.random.default_rng(seed)
    shown, viewers = rng.random(many) < 0.6, rng.integers(500, 4000, many)
    star = rng.poisson(0.005 * viewers * shown)
    others = rng.poisson(viewers * (0.004 - 0.005 * taken * shown))
    return pd.DataFrame({"shown": shown, "star": star, "substitutes": others, "viewers": viewers})


def test_the_balance_is_the_same_by_both_ways_and_names_of_ones_own_do():
    shows = evenings()
    found = cannibalization(shows)["value"]
    on, off = (shows[shows["shown"] == side].sum() for side in (True, False))
    kind = 1000 * (on["star"] + on["substitutes"]) / on["viewers"] - 1000 * off["substitutes"] / off["viewers"]
    assert found["net gain"] == pytest.approx(kind)
    assert found["share taken"] == pytest.approx(found["others lose"] / found["the star sells"])
    mine = shows.rename(columns={"shown": "有", "star": "爆款", "substitutes": "其他", "viewers": "人数"})
    again = cannibalization(mine, star="爆款", others="其他", viewers="人数", shown="有")
    pd.testing.assert_frame_equal(cannibalization(shows), again)


def test_the_interval_holds_what_was_planted_and_agrees_with_ratio_of_sums():
    held = []
    for seed in range(60):
        found = cannibalization(evenings(seed), rounds=400)
        held.append(found.loc["share taken", "low"] <= 0.5 <= found.loc["share taken", "high"])
    assert 0.88 <= np.mean(held) <= 1
    shows = evenings(1)
    on = shows[shows["shown"]]
    _, low, high = ratio_of_sums(1000 * on["star"], on["viewers"])
    found = cannibalization(shows).loc["the star sells"]
    assert found["high"] - found["low"] == pytest.approx(high - low, rel=0.3)


def test_few_evenings_give_a_wide_interval():
    few, many = (cannibalization(evenings(3, n)).loc["share taken"] for n in (10, 1000))
    assert few["high"] - few["low"] > 3 * (many["high"] - many["low"])


@pytest.mark.parametrize(("change", "says"), [
    (lambda t: t.drop(columns="viewers"), 'no column "viewers"; its columns are shown, star, substitutes'),
    (lambda t: t.assign(shown=t["shown"].map({True: "yes", False: "no"})), "True and False"),
    (lambda t: t.assign(star=t["star"].astype(float).mask(t.index == 3)), "empty place"),
    (lambda t: t.assign(star=1), "says? it was not shown"),
    (lambda t: t[t["shown"]], "60 shows with the star|and 0 without"),
    (lambda t: t.assign(star=0), "Nothing was sold"),
    (lambda t: t.assign(viewers=0), "Nothing was sold"),
])  # fmt: skip
def test_a_table_that_cannot_tell_is_told(change, says):
    with pytest.raises(Plain, match=says):
        cannibalization(change(evenings()))
